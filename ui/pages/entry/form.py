"""Records an entry: a sheet over the file, which stays in view."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QDragEnterEvent, QDropEvent, QKeySequence
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from app.commands.changes import Changes
from app.context import AppContext
from app.errors import UserError
from app.queries.alike import OnFile, on_file_already
from app.queries.authorities import Authority, authorities
from app.queries.entries import ItemRow, items
from app.queries.files import EntryRow
from app.queries.finding import FoundPerson, find_people
from app.rules.inputs import NewEntry
from app.words import tr
from models.types import iso, new_uid
from ui import messages, tasks, theme
from ui.dialogs.confirm import Act, confirm
from ui.pages.entry.attachments import local_files
from ui.pages.entry.draft import Draft, Judged, alike, judge, twins
from ui.pages.entry.fields import EntryFields
from ui.pages.entry.keeping import Keeping
from ui.pages.entry.people import PeopleBar
from ui.pages.entry.preview import (
    Said,
    earlier_evidence,
    others,
    outlook,
    warning,
    warning_elsewhere,
)
from ui.pages.entry.recording import record
from ui.pages.entry.said import SaidLines
from ui.pages.file.reading import FileReading, named
from ui.widgets import IconLabel, button, label, rule


class EntryForm(QFrame):
    """Ctrl+Enter submits, F9 submits and begins the next, Esc closes. What is typed is saved as it is typed,
    and stays until submitted."""

    closed = Signal()
    recorded = Signal(str, object)
    """Staff number and Changes."""
    person_wanted = Signal(str)
    """Staff number of somebody for whom to go on instead."""
    entry_wanted = Signal(str)
    """An entry that may be the same."""

    def __init__(self, context: AppContext, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self._reading: FileReading | None = None
        self._last: Draft | None = None
        self._waiting = False
        self._elsewhere: Sequence[OnFile] = ()
        self.keeping = Keeping(context, self._to_keep, self)
        self.keeping.rested.connect(self._look_elsewhere)
        theme.mark(self, "surface", "page")
        self.setAccessibleName(tr("Record an entry"))
        self.setAcceptDrops(True)
        self.people = PeopleBar(partial(_people, context))
        self.fields = EntryFields()
        self._refusal = label("", "error")
        self._refusal.setWordWrap(True)
        self._said = SaidLines()
        self._again = button("", "flat")
        self._again.clicked.connect(self._take_last)
        self._again.hide()
        self._show_same, self._same = button(tr("Show the entry on file"), "flat"), ""
        self._show_same.clicked.connect(lambda: self.entry_wanted.emit(self._same))
        self._make_actions()
        self._lay_out()
        self.fields.changed.connect(self._on_typed)
        self.fields.left.connect(self._on_left)
        self.fields.files.refused.connect(self._on_not_attached)
        self.people.changed.connect(self._on_typed)
        self.people.person_wanted.connect(self.person_wanted)
        self.people.passed.connect(self.fields.item.setFocus)

    # What is typed

    def waits(self) -> bool:
        """Whether something was typed that would be lost: the same document, kept by F9, is not."""
        draft = self.draft()
        return not draft.is_empty() and draft != self._last

    def begin(self, reading: FileReading, draft: Draft) -> None:
        """Another file is there, and perhaps what was typed for it before."""
        self.put_reading(reading)
        self.put_draft(self.keeping.begin(reading.view.head.staff_no, draft))

    def put_kept(self, draft: Draft) -> None:
        """The office has another draft now, discarded or changed elsewhere; what is not saved yet stays."""
        if self._reading and self.keeping.may_take(draft):
            self.begin(self._reading, draft)

    def put_reading(self, reading: FileReading) -> None:
        """The file was read anew; what is typed stays."""
        self._reading = reading
        head = reading.view.head
        self.people.put_person(head.staff_no, head.name)
        published = reading.view.published
        self.fields.begin(reading.today, reading.view.entries, published.scheme.items if published else {})
        self._tell()

    def leave(self) -> None:
        """The file is left; what was typed for it is shown again when it comes back."""
        self.save_now()
        self.keeping.end()
        self._reading = None
        self.put_draft(Draft())

    def draft(self) -> Draft:
        """What is typed, to be shown again later."""
        return self.people.typed(self.fields.draft())

    def put_draft(self, draft: Draft) -> None:
        """Show what was typed before."""
        self.people.put(draft)
        self.fields.put_draft(draft)
        self.fields_area.verticalScrollBar().setValue(0)
        self._refusal.clear()
        self._tell()

    def replace_draft(self, draft: Draft, sentence: str) -> None:
        """Show something else than what was typed, which can be had back."""
        before = self.draft()
        self.put_draft(draft)
        undo = messages.Action(tr("Undo"), partial(self.put_draft, before))
        messages.say(self, "info", sentence, None if before.is_empty() else undo)

    def open_sheet(self) -> None:
        """Show the sheet."""
        self.show()
        ask = partial(_choices, self._context)
        tasks.read(self, ask, lambda found: self.fields.offer(*found), key="choices")

    def begin_typing(self) -> None:
        """Give the first field the keyboard."""
        if self.isVisible():
            self.fields.item.setFocus(Qt.FocusReason.TabFocusReason)  # what a draft holds is typed over

    def save_now(self) -> None:
        """Save what is typed without waiting for a rest; what is being submitted was saved before."""
        if not self._waiting:
            self.keeping.save_now()

    def _to_keep(self) -> Draft:
        return self.draft() if self.waits() else Draft()

    def _on_typed(self) -> None:
        self.keeping.start()
        self._tell()

    def _look_elsewhere(self) -> None:
        """Whether the like is on file for the others."""
        draft = self.draft()
        if self._reading and draft.people:
            staff_nos = [one.staff_no for one in draft.people]
            new = self._judged(self._reading, draft).entry
            ask = partial(self._context.ask, on_file_already, staff_nos, new)
            tasks.read(self, ask, self._on_elsewhere, key="alike")
        elif self._elsewhere:
            self._on_elsewhere(())

    def _on_elsewhere(self, found: Sequence[OnFile]) -> None:
        self._elsewhere = found
        self._tell()

    # Submitting

    def submit(self, go_on: bool) -> None:
        """Submit for verification; ``go_on`` begins the next under the same document."""
        if self._reading is None or self._waiting:
            return
        head, draft = self._reading.view.head, self.draft()
        judged = self._judged(self._reading, draft)
        self._refuse(judged.refusals)
        if judged.refusals:
            return
        write = partial(self._write, head.staff_no, draft, judged.entry, go_on)
        if same := twins(others(self._reading, draft), judged.entry):
            self._ask_once_more(same[0], write)
        else:
            write()

    def _judged(self, reading: FileReading, draft: Draft) -> Judged:
        staff_no, rule = reading.view.head.staff_no, self.fields.rule()
        return judge(draft, staff_no, reading.today, rule, evidenced=bool(earlier_evidence(reading, draft)))

    def _ask_once_more(self, same: EntryRow, write: Callable[[], None]) -> None:
        """The same item on the same day is on file: twice the same fact would count twice."""
        confirm(
            self,
            tr("Is this entry on file already?"),
            tr(
                "{entry} stands in this file: the same item on the same day. "
                "Recorded once more, the fact is there twice."
            ).format(entry=named(same)),
            Act(tr("Record it all the same"), write, danger=True),
        )

    def _write(self, staff_no: str, draft: Draft, new: NewEntry, go_on: bool) -> None:
        if self._waiting or self._reading is None:
            return
        self.save_now()  # so that it is there whatever becomes of it
        self._wait(True)
        draft = draft._replace(decided_on=iso(new.decided_on) if new.decided_on else "")
        tasks.write(
            self,
            partial(record, self._context, new, draft, new_uid()),
            partial(self._on_recorded, staff_no, draft, go_on),
            self._on_refused,
            ended=lambda: self._wait(False),
        )

    def _on_recorded(self, staff_no: str, draft: Draft, go_on: bool, changes: Changes) -> None:
        said = tr("The entry is submitted and waits for verification.")
        if len(changes.uids) > 1:
            several = tr("{n} entries are submitted, one for each person, and wait for verification.")
            said = several.format(n=len(changes.uids))
        messages.say(self, "ok", said)
        self._last = draft.same_document()
        self.recorded.emit(staff_no, changes)
        if self._reading is None or self._reading.view.head.staff_no != staff_no:
            return  # another file came meanwhile
        self.keeping.begin(staff_no, Draft())
        self.put_draft(self._last if go_on else Draft())
        if go_on:
            self._wait(False)
            self.people.person.setFocus()
        else:
            self.closed.emit()

    def _on_refused(self, refusal: UserError) -> None:
        self._wait(False)
        if refusal.field in self.fields.rows:
            self._refuse({refusal.field: refusal.sentence})
        else:
            self._refusal.setText(refusal.sentence)

    def _refuse(self, sentences: dict[str, str]) -> None:
        self._refusal.setText(sentences.get("people", ""))
        self.fields.refuse(sentences)
        for name in self.fields.refused()[:1]:
            self._bring_into_view(name)
        if list(sentences) == ["people"]:
            self.people.also.setFocus()

    def _wait(self, waiting: bool) -> None:
        self._waiting = waiting
        for part in (self.people, self.fields):
            part.setEnabled(not waiting)
        for action in (self._submit, self._next):
            action.setEnabled(not waiting)

    def _take_last(self) -> None:
        if self._last:
            self.put_draft(self._last)
            self.fields.item.setFocus()

    # What is said about it

    def _tell(self) -> None:
        """What it would count, and whether something like it is on file."""
        if self._reading is None:
            return
        draft = self.draft()
        new, refusals = self._judged(self._reading, draft)
        self.fields.judge_again(refusals)
        said = list(outlook(self._reading, new))
        self.fields.explain_evidence(len(earlier_evidence(self._reading, draft)))
        if self._elsewhere and draft.people:
            said.insert(0, warning_elsewhere(self._elsewhere))
        found = alike(others(self._reading, draft), new)
        if found:
            said.insert(0, Said(warning(found), "dispute"))
        self._said.put(said)
        self._same = found[0].uid if found else ""
        self._show_same.setVisible(bool(found))
        last = self._last or Draft()
        self._again.setText(tr("As before: {document}").format(document=last.document_no or last.authority))
        self._again.setVisible(draft.is_empty() and not last.is_empty())

    def _on_left(self, name: str) -> None:
        """A date that is none is told at once, not only when all is submitted."""
        draft = self.draft()
        if self._reading and getattr(draft, name):
            self.fields.tell(name, self._judged(self._reading, draft).refusals.get(name, ""))

    # Evidence

    def _on_not_attached(self, sentence: str) -> None:
        self.fields.tell("evidence", sentence)
        self._bring_into_view("evidence")

    def _bring_into_view(self, name: str) -> None:
        """A field with what is said against it."""
        self.fields_area.ensureWidgetVisible(self.fields.rows[name])

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if local_files(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """A file may be dropped anywhere on the form."""
        if self.fields.files.take(event.mimeData()):
            event.acceptProposedAction()

    # What it is made of

    def _make_actions(self) -> None:
        self._submit = self._action(tr("Submit for verification"), ["Ctrl+Enter", "Ctrl+Return"])
        self._next = self._action(tr("Submit, and the next under this document"), ["F9"])
        self._close = self._action(tr("Close the form, keep the draft"), ["Esc"])
        self._clear = self._action(tr("Clear the form"), [])
        self._submit.triggered.connect(lambda: self.submit(go_on=False))
        self._next.triggered.connect(lambda: self.submit(go_on=True))
        self._close.triggered.connect(self.closed)
        cleared = tr("The form is cleared.")
        self._clear.triggered.connect(lambda: self.replace_draft(Draft(), cleared))

    def _action(self, text: str, keys: list[str]) -> QAction:
        action = QAction(text, self)
        action.setShortcuts([QKeySequence(key) for key in keys])
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.addAction(action)
        return action

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(rule(vertical=True))
        column = QVBoxLayout()
        column.setSpacing(0)
        row.addLayout(column, 1)
        self.fields_area = QScrollArea()
        self.fields_area.setWidgetResizable(True)
        self.fields_area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.fields_area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.fields_area.setWidget(self.fields)
        self.fields.setAutoFillBackground(False)
        self.fields_area.viewport().setAutoFillBackground(False)
        self.people.setContentsMargins(theme.L, theme.XS, theme.L, theme.XS)
        column.addWidget(self.people)
        column.addWidget(rule())
        column.addWidget(self.fields_area, 1)
        column.addWidget(rule())
        column.addLayout(self._outlook())
        column.addLayout(self._buttons())

    def _standing(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.S)
        row.addWidget(IconLabel("lock", "dispute"))
        secret = label(tr("Classified matter must not be entered here"))
        theme.mark(secret, "tone", "dispute")
        row.addWidget(secret, 1)
        row.addWidget(self._show_same)
        row.addWidget(self._again)
        self._again.ensurePolished()
        row.addStrut(self._again.sizeHint().height())  # it comes and goes, and moves nothing
        return row

    def _outlook(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setContentsMargins(theme.L, 0, theme.L, 0)
        column.setSpacing(1)
        column.addLayout(self._standing())
        column.addWidget(self._said)
        column.addWidget(self._refusal)
        return column

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(theme.L, theme.XS, theme.L, theme.S)
        row.setSpacing(theme.S)
        for action, text, kind in (
            (self._submit, tr("Submit"), "primary"),
            (self._next, tr("Submit and next"), ""),
            (self._close, tr("Close"), "flat"),
        ):
            keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
            made = button(tr("{text} ({keys})").format(text=text, keys=keys), kind)
            made.setToolTip(action.text())
            made.clicked.connect(action.trigger)
            action.enabledChanged.connect(made.setEnabled)
            row.addWidget(made)
        row.addStretch()
        clear = button(tr("Clear"), "flat")
        clear.setToolTip(self._clear.text())
        clear.clicked.connect(self._clear.trigger)
        row.addWidget(clear)
        return row


def _choices(context: AppContext) -> tuple[list[ItemRow], list[Authority]]:
    return context.ask(items), context.ask(authorities)


def _people(context: AppContext, typed: str) -> list[FoundPerson]:
    """On a worker: who is meant by what was typed."""
    return context.ask(find_people, typed)
