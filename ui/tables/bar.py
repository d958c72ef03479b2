"""What stands above a long table: the search field, how many rows there are, and what is filtered by."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QMenu, QPushButton, QVBoxLayout, QWidget

from app.words import tr
from ui import icons, theme
from ui.widgets import Elided, IconLabel, button, label

_PAUSE = 120
"""Milliseconds without a key before the office is asked."""
_LINE = 34
"""Height of the line that says what is filtered by, whether it does or not."""


@dataclass(frozen=True)
class BarWords:
    """What a bar says, in the language of the window."""

    searched_by: str
    """In the empty search field."""
    hint: str
    """Over it."""
    count: Callable[[int], str]
    """How many there are."""


class ListBar(QWidget):
    """Two lines that keep their height, whatever they say."""

    searched = Signal()
    """Another text, a moment after the last key."""
    opened = Signal()
    """Enter in the search field."""
    left = Signal()
    """Down in the search field: to the table."""

    def __init__(
        self,
        said: BarWords,
        clear: QAction,
        acts: Sequence[QAction],
        below_acts: Sequence[QAction],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._said = said
        self.search = QLineEdit(self)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self._pause.timeout.connect(self.searched)
        self._count = label("…")
        self._sign, self._filter = QFrame(self), Elided()
        self._set_up_search()
        self._set_up_sign()
        above, below = QHBoxLayout(), QHBoxLayout()
        above.setSpacing(theme.S)
        above.addWidget(self.search, 10)
        above.addStretch(1)
        for act in acts:
            above.addWidget(self._button(act))
        below.setSpacing(theme.M)
        below.addWidget(self._count)
        below.addWidget(self._sign)
        below.addWidget(self._button(clear, "flat"))
        below.addStretch(1)
        for act in below_acts:
            below.addWidget(self._button(act, "flat"))
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.M, theme.M, theme.M, theme.XS)
        column.setSpacing(theme.XS)
        column.addLayout(above)
        column.addLayout(below)
        below.addStrut(_LINE)

    def text(self) -> str:
        """What is searched for; from now on, no pause is waited for."""
        self._pause.stop()
        return self.search.text().strip()

    @property
    def waits(self) -> bool:
        """Whether something was typed that nobody has asked for yet."""
        return self._pause.isActive()

    def clear(self) -> None:
        """Search for nothing, without saying so."""
        self.search.clear()

    def show_count(self, count: int | None) -> None:
        """How many rows there are; None while that is found out."""
        self._count.setText("…" if count is None else self._said.count(count))

    def show_filter(self, words: Sequence[str]) -> None:
        """What is filtered by; nothing where all is shown."""
        text = tr("Filtered: {what}").format(what=" · ".join(words))
        self._filter.setText(text)
        self._sign.setVisible(bool(words))
        self._sign.setAccessibleName(text)

    def _set_up_search(self) -> None:
        self.search.setPlaceholderText(self._said.searched_by)
        self.search.setAccessibleName(tr("Search this list"))
        self.search.setToolTip(self._said.hint)
        self.search.setMaximumWidth(420)
        self.search.addAction(
            QAction(icons.icon("search", "muted"), "", self.search), QLineEdit.ActionPosition.LeadingPosition
        )
        self.search.textEdited.connect(lambda _: self._pause.start())
        self.search.returnPressed.connect(self.opened)
        down = QShortcut(QKeySequence(Qt.Key.Key_Down), self.search)
        down.setContext(Qt.ShortcutContext.WidgetShortcut)
        down.activated.connect(self.left)

    def _set_up_sign(self) -> None:
        theme.mark(self._sign, "chip", "accent")
        row = QHBoxLayout(self._sign)
        row.setContentsMargins(theme.S, 2, theme.S, 2)
        row.setSpacing(theme.XS)
        row.addWidget(IconLabel("list-filter", "accent", 14, self._sign))
        row.addWidget(self._filter)
        theme.mark(self._filter, "chip", "accent")
        self._sign.hide()

    def _button(self, act: QAction, kind: str = "") -> QPushButton:
        """A button that does what the action does, and says why where it cannot."""
        made = button(act.text(), kind, parent=self)
        act.changed.connect(partial(_follow, made, act))
        if isinstance(menu := act.menu(), QMenu):
            made.setMenu(menu)
        else:
            made.clicked.connect(act.trigger)
        _follow(made, act)
        return made


def _follow(made: QPushButton, act: QAction) -> None:
    made.setEnabled(act.isEnabled())
    made.setToolTip(act.toolTip())
    made.setAccessibleDescription("" if act.isEnabled() else act.toolTip())
    made.setVisible(act.isVisible())
