"""Finds a person by staff number, name, pinyin or initials, while it is typed."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QModelIndex, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QCompleter, QLineEdit, QListView, QWidget

from app.queries.finding import FoundPerson
from app.words import tr
from ui import icons, tasks, theme
from ui.pages.entry.draft import Also
from ui.pages.entry.item_picker import DETAIL, Detailed
from ui.widgets import closed_by_escape

_PAUSE = 120  # milliseconds without a key before the office is asked
_PERSON = Qt.ItemDataRole.UserRole


class PersonPicker(QLineEdit):
    """Enter takes the highlighted person; with nothing new typed, it passes on."""

    picked = Signal(object)
    """Also: somebody was chosen."""
    passed = Signal()

    def __init__(self, find: Callable[[str], Sequence[FoundPerson]], parent: QWidget | None = None) -> None:
        """``find`` runs on a worker."""
        super().__init__(parent)
        self._find, self._shown, self._take_first = find, "", False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE)
        self._timer.timeout.connect(self._ask)
        self._hits, self._list = QStandardItemModel(self), QListView()
        self._list.setIconSize(QSize(theme.ICON, theme.ICON))
        self._list.setAccessibleName(tr("People found"))
        self._popup = QCompleter(self._hits, self)
        self._popup.setWidget(self)
        self._popup.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._popup.setPopup(self._list)
        closed_by_escape(self._popup)
        self._list.setItemDelegate(Detailed(self._list))  # a completer brings one of its own
        self._popup.activated[QModelIndex].connect(self._on_picked)  # type: ignore[index]  # an overload
        self.textEdited.connect(self._on_edited)
        self.setPlaceholderText(tr("Name or number"))

    def put(self, text: str) -> None:
        """Show who is meant; empty for nobody. What is being typed stays where that is the same."""
        if text != self._shown:
            self._shown = text
            self.clear_typed()

    def clear_typed(self) -> None:
        """Show who was meant before anything was typed."""
        self.setText(self._shown)
        self.setCursorPosition(0)

    def typed(self) -> str:
        """What was typed and is nobody yet."""
        return self.text().strip() if self.text() != self._shown else ""

    def event(self, event: QEvent) -> bool:
        """A popup hands its keys to the field first, past every filter."""
        if not (isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress):
            return super().event(event)
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier or not (
            enter or event.key() == Qt.Key.Key_Tab
        ):
            return super().event(event)
        if self._list.isVisible():
            self._on_picked(self._list.currentIndex())
        elif self.typed():
            self._take_first = True  # typed faster than the office answers
            self._ask()
        elif enter:
            self.passed.emit()
        else:
            return super().event(event)
        return True

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.selectAll()

    def _on_edited(self, text: str) -> None:
        self._take_first = False
        if text.strip():
            self._timer.start()
        else:
            self._timer.stop()
            self._list.hide()

    def _ask(self) -> None:
        self._timer.stop()
        text = self.typed()
        if text:
            tasks.read(
                self, lambda: self._find(text), lambda found: self._on_found(text, found), key="people"
            )

    def _on_found(self, text: str, found: Sequence[FoundPerson]) -> None:
        if text != self.typed():
            return
        one = next((one for one in found if one.staff_no == text), None) or (
            found[0] if len(found) == 1 else None
        )
        if self._take_first and one:
            self._take(one)
        elif self.hasFocus():
            self._show(text, found)

    def _show(self, text: str, found: Sequence[FoundPerson]) -> None:
        self._hits.clear()
        for one in found:
            self._hits.appendRow(_line(one))
        if not found:
            nothing = QStandardItem(tr("Nobody found for “{text}”").format(text=text))
            nothing.setEnabled(False)
            self._hits.appendRow(nothing)
        self._popup.complete(self.rect())
        if found:
            self._list.setCurrentIndex(self._popup.completionModel().index(0, 0))

    def _on_picked(self, index: QModelIndex) -> None:
        one = index.data(_PERSON)
        self._list.hide()
        if isinstance(one, FoundPerson):
            self._take(one)

    def _take(self, one: FoundPerson) -> None:
        self._take_first = False
        self.clear_typed()
        self.picked.emit(Also(one.staff_no, one.name))


def _line(one: FoundPerson) -> QStandardItem:
    made = QStandardItem(icons.icon("user", "muted"), f"{one.name} {one.staff_no}")
    made.setData(one, _PERSON)
    made.setData(one.department, DETAIL)
    made.setData(f"{one.name}, {one.staff_no}, {one.department}", Qt.ItemDataRole.AccessibleTextRole)
    return made
