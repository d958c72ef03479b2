"""What the values mean: topics at the left with how much is open in each, one of them at the right."""

from collections.abc import Mapping
from typing import NamedTuple

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from app.exchange.fields import FIELDS, Form
from app.exchange.matching import lacking
from app.problems import field_label
from app.words import tr
from ui import icons, theme
from ui.page import Part
from ui.pages.import_wizard.identity_panel import IdentityPanel
from ui.pages.import_wizard.place_panel import PlacePanel, unplaced
from ui.pages.import_wizard.value_panels import (
    ConstantPanel,
    DatePanel,
    Panel,
    ValuePanel,
    dates_of,
    matchable,
    open_values,
)
from ui.pages.import_wizard.work import Work

_KEY = Qt.ItemDataRole.UserRole
PLACE, CONSTANTS, DATES, IDENTITY = "place", "constants", "dates", "identity"
TOPICS = 232
_TOPICS: Mapping[Form | None, str] = {Form.DAY: DATES, Form.STAFF_NO: IDENTITY}
"""Where it is said how fields are read whose values are not matched one by one."""


class Topic(NamedTuple):
    """One part of what the values mean."""

    key: str
    """One of the constants above, or a field."""
    title: str
    left: int = 0
    """How much of it is open: its rows would be rejected."""


class ValuesStep(Part):
    """Shows a mapping; says which one is wanted otherwise."""

    wanted = Signal(object)
    """A ListMapping."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._work = Work()
        self.topics, self._stack = QListWidget(self), QStackedWidget(self)
        self.topics.setAccessibleName(tr("What is to be said"))
        self.values = ValuePanel()
        self.panels: dict[str, Panel] = {
            PLACE: PlacePanel(),
            CONSTANTS: ConstantPanel(),
            DATES: DatePanel(),
            IDENTITY: IdentityPanel(),
        }
        for panel in (*self.panels.values(), self.values):
            self._stack.addWidget(panel)
            panel.wanted.connect(self.wanted)
        self.topics.currentRowChanged.connect(lambda _: self._show_panel())
        self._lay_out()
        self.first = self.topics

    def show_work(self, work: Work) -> None:
        """Show what the values mean now."""
        self._work = work
        if work.survey:
            self._show_topics(_topics(work))
            self._show_panel()

    def go(self, topic: str) -> None:
        """Show a topic, or where one says how a field is read."""
        rows = {self.topics.item(row).data(_KEY): row for row in range(self.topics.count())}
        form = FIELDS[self._work.mapping.kind].get(topic)
        self.topics.setCurrentRow(rows.get(topic, rows.get(_TOPICS.get(form, CONSTANTS), 0)))

    def _show_topics(self, topics: list[Topic]) -> None:
        self.topics.blockSignals(True)
        keys = [self.topics.item(row).data(_KEY) for row in range(self.topics.count())]
        if keys != [topic.key for topic in topics]:
            here = self.topics.currentItem()
            now = here.data(_KEY) if here else ""
            self.topics.clear()
            for topic in topics:
                item = QListWidgetItem()
                item.setData(_KEY, topic.key)
                self.topics.addItem(item)
            self.topics.setCurrentRow(next((n for n, one in enumerate(topics) if one.key == now), 0))
        for row, topic in enumerate(topics):
            _dress(self.topics.item(row), topic)
        self.topics.blockSignals(False)

    def _show_panel(self) -> None:
        item = self.topics.currentItem()
        if item is None:
            return
        key = item.data(_KEY)
        panel = self.panels.get(key, self.values)
        if panel is self.values:
            self.values.show_field(key)
        panel.show_work(self._work)
        self._stack.setCurrentWidget(panel)

    def _lay_out(self) -> None:
        sides = QSplitter(self)
        sides.addWidget(self.topics)
        sides.addWidget(self._stack)
        sides.setChildrenCollapsible(False)
        sides.setStretchFactor(1, 1)
        sides.setSizes([TOPICS, 900])
        self.topics.setProperty("surface", "plain")
        self.topics.setIconSize(QSize(theme.ICON, theme.ICON))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(sides)


def _topics(work: Work) -> list[Topic]:
    values = [Topic(name, field_label(name), open_values(work, name)) for name in matchable(work)]
    dates = [Topic(DATES, tr("Dates"))] if dates_of(work.mapping) else []
    return [
        Topic(PLACE, tr("Where the rows go"), unplaced(work)),
        *values,
        Topic(CONSTANTS, tr("The same in all rows"), len(lacking(work.mapping))),
        *dates,
        Topic(IDENTITY, tr("Source and key")),
    ]


def _dress(item: QListWidgetItem, topic: Topic) -> None:
    words = tr("{title} ({n} open)").format(title=topic.title, n=topic.left)
    item.setText(words if topic.left else topic.title)
    name, role = _OPEN if topic.left else _DONE
    item.setIcon(icons.icon(name, role))


_OPEN: tuple[str, theme.Role] = ("triangle-alert", "dispute")
_DONE: tuple[str, theme.Role] = ("circle-check", "positive")
