"""The filters beside the table of entries: department, sign, item, status and period."""

from typing import Any

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from app.labels import label as words
from app.queries.departments import DepartmentRow
from app.queries.entries import ItemRow
from app.queries.entry_list import EntryFilter
from app.words import tr
from models.types import Day, EntryStatus, Polarity, iso
from ui import theme
from ui.fields import DayField
from ui.pages.entry.item_picker import ItemPicker
from ui.tables.department_tree import DepartmentTree
from ui.widgets import FormRow, rule

WIDTH = 208


class EntryFilterPane(QWidget):
    """Says which entries are wanted."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedWidth(WIDTH)
        self.tree = DepartmentTree(self)
        self.polarity, self.status = _choice(tr("All"), Polarity), _choice(tr("All"), EntryStatus)
        self.item = ItemPicker(self)
        self.since = DayField(Day(0), month_is_enough=True, parent=self)
        self.until = DayField(Day(0), month_is_enough=True, parent=self)
        self._rows = {"since": FormRow(tr("Since"), self.since), "until": FormRow(tr("Until"), self.until)}
        self._days: tuple[Day | None, Day | None] = (None, None)
        self._lay_out()
        self.tree.changed.connect(self.changed)
        for one in (self.polarity, self.status):
            one.currentIndexChanged.connect(lambda _: self.changed.emit())
        self.item.picked.connect(self.changed)
        for day in (self.since, self.until):
            day.editingFinished.connect(self._on_day)

    @property
    def rows(self) -> list[DepartmentRow]:
        """The departments that are shown."""
        return self.tree.rows

    def put(self, rows: list[DepartmentRow]) -> None:
        """Show these departments."""
        self.tree.put(rows)

    def offer(self, items: list[ItemRow], today: Day) -> None:
        """The items to choose from, and what day it is."""
        blocker = QSignalBlocker(self)
        self.item.offer(items)
        blocker.unblock()
        for day in (self.since, self.until):
            day.set_today(today)

    def wanted(self) -> EntryFilter:
        """The filter, without text and order."""
        since, until = self._days
        polarity, status = self.polarity.currentData(), self.status.currentData()
        return EntryFilter(
            departments=self.tree.departments(),
            polarity=Polarity(polarity) if polarity else None,
            item=self.item.code(),
            status=EntryStatus(status) if status else None,
            since=since,
            until=_to_the_end(until),
        )

    def words(self) -> list[str]:
        """What is filtered by, in a few words each; none where nothing is."""
        since, until = self._days
        wanted = self.wanted()
        chosen = (
            self.tree.chosen_name(),
            words(wanted.polarity) if wanted.polarity else "",
            self.item.text() if wanted.item else "",
            words(wanted.status) if wanted.status else "",
            tr("since {date}").format(date=iso(since)) if since else "",
            tr("until {date}").format(date=iso(until)) if until else "",
        )
        return [one for one in chosen if one]

    def state(self) -> dict[str, Any]:
        """What is chosen, to be kept."""
        since, until = self._days
        return {
            "department": self.tree.chosen(),
            "polarity": self.polarity.currentData(),
            "item": self.item.code(),
            "status": self.status.currentData(),
            "since": since,
            "until": until,
        }

    def restore(self, state: dict[str, Any]) -> None:
        """Choose what was kept, or nothing where nothing is said; says so once."""
        blocker = QSignalBlocker(self)
        self.tree.choose(state.get("department"))
        for field, name in ((self.polarity, "polarity"), (self.status, "status")):
            field.setCurrentIndex(max(0, field.findData(state.get(name))))
        self.item.put(state.get("item") or "")
        self.since.put(state.get("since"))
        self.until.put(state.get("until"))
        self._days = state.get("since"), state.get("until")
        blocker.unblock()
        self.changed.emit()

    def _on_day(self) -> None:
        for name, field in (("since", self.since), ("until", self.until)):
            self._rows[name].refuse(field.refusal("occurred_on"))
        days = (_day(self.since), _day(self.until))
        if days != self._days and not any(row.refusal for row in self._rows.values()):
            self._days = days
            self.changed.emit()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.S, 0, theme.S)
        column.setSpacing(theme.XS)
        inset = QVBoxLayout()
        inset.setContentsMargins(theme.S, 0, theme.S, 0)
        inset.addWidget(self.tree)
        column.addLayout(inset, 1)
        column.addWidget(rule())
        fields = QVBoxLayout()
        fields.setContentsMargins(theme.M, theme.S, theme.M, 0)
        fields.setSpacing(0)
        for title, field in (
            (tr("Sign"), self.polarity),
            (tr("Item"), self.item),
            (tr("Status"), self.status),
        ):
            fields.addWidget(FormRow(title, field))
        for row in self._rows.values():
            fields.addWidget(row)
        column.addLayout(fields)


def _choice(every: str, kinds: type[Polarity] | type[EntryStatus]) -> QComboBox:
    made = QComboBox()
    made.addItem(every, None)
    for one in kinds:
        made.addItem(words(one), one)
    return made


def _day(field: DayField) -> Day | None:
    value = field.value()
    return Day(value) if isinstance(value, int) else None


def _to_the_end(value: Day | None) -> Day | None:
    """Until 2025-03 means until the end of the month."""
    return Day(value + 31) if value and value % 100 == 0 else value
