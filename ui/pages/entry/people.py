"""For whom an entry is recorded: the person of the file, another one instead, and others besides."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from app.queries.finding import FoundPerson
from app.words import listed, tr
from ui import theme
from ui.pages.entry.draft import Also, Draft
from ui.pages.entry.person_picker import PersonPicker
from ui.widgets import Elided, button, label


class PeopleBar(QWidget):
    """Somebody else chosen in the first field brings the other file; in the second, one entry more."""

    changed = Signal()
    person_wanted = Signal(str)
    """Staff number of the one for whom to record instead."""
    passed = Signal()
    """Enter, with nothing to choose."""

    def __init__(self, find: Callable[[str], Sequence[FoundPerson]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.person, self.also = PersonPicker(find), PersonPicker(find)
        self.person.setAccessibleName(tr("Person"))
        self.also.setAccessibleName(tr("Also for"))
        self._staff_no, self._people = "", tuple[Also, ...]()
        self._names, self._menu = Elided(), QMenu(self)
        theme.mark(self._names, "look", "small")
        self._fewer = button(tr("Take away…"), "flat")
        self._fewer.clicked.connect(self._offer)
        self.person.picked.connect(self._on_person)
        self.also.picked.connect(self._on_also)
        self.also.textChanged.connect(self.changed)
        self.also.installEventFilter(self)
        for picker in (self.person, self.also):
            picker.passed.connect(self.passed)
            picker.setAcceptDrops(False)  # a file is dropped on the form, not here
        self._lay_out()
        self.put(Draft())

    def put_person(self, staff_no: str, name: str) -> None:
        """Whose file it is."""
        self._staff_no = staff_no
        self.person.put(f"{name} {staff_no}")

    def put(self, draft: Draft) -> None:
        """Show the others. What is recorded again, or comes from a lead, concerns one person."""
        one = bool(draft.instead_of or draft.lead)
        why = tr("What comes from a lead or is recorded again concerns one person.") if one else ""
        for picker in (self.person, self.also):
            picker.setEnabled(not one)
            picker.setToolTip(why)
        self.also.setText(draft.people_typed)
        self._show(draft.people)

    def typed(self, draft: Draft) -> Draft:
        """The draft with the others in it."""
        return draft._replace(people=self._people, people_typed=self.also.typed())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Backspace where nothing is typed takes the last one away."""
        if not (isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress):
            return False
        if event.key() == Qt.Key.Key_Backspace and not self.also.text() and self._people:
            self._show(self._people[:-1])
            return True
        return False

    def _on_person(self, one: Also) -> None:
        if one.staff_no != self._staff_no:
            self.person_wanted.emit(one.staff_no)
        else:
            self.passed.emit()

    def _on_also(self, one: Also) -> None:
        if one.staff_no != self._staff_no and one not in self._people:
            self._show((*self._people, one))

    def _offer(self) -> None:
        self._menu.clear()
        for one in self._people:
            text = tr("Take away: {name}").format(name=f"{one.name} {one.staff_no}")
            rest = tuple(other for other in self._people if other != one)
            self._menu.addAction(text, partial(self._show, rest))
        self._menu.popup(self._fewer.mapToGlobal(self._fewer.rect().bottomLeft()))

    def _show(self, people: tuple[Also, ...]) -> None:
        self._people = people
        names = listed(f"{one.name} {one.staff_no}" for one in people)
        said = tr("Also for {n}: {names}").format(n=len(people), names=names)
        self._names.setText(said if people else "")
        self._more.setVisible(bool(people))
        self.changed.emit()

    def _lay_out(self) -> None:
        pickers = QHBoxLayout()
        pickers.setSpacing(theme.S)
        pickers.addWidget(label(tr("Record an entry for"), "heading"))
        pickers.addWidget(self.person, 4)
        pickers.addWidget(label(tr("and also for")))
        pickers.addWidget(self.also, 4)
        self._more = QWidget(self)
        more = QHBoxLayout(self._more)
        more.setContentsMargins(0, 0, 0, 0)
        more.addWidget(self._names, 1)
        more.addWidget(self._fewer)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.XS)
        column.addLayout(pickers)
        column.addWidget(self._more)
