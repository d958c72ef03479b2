"""Records an entry: a sheet over the file, which stays in view."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from app.commands.changes import Changes
from app.commands.evidence import LARGEST, NewEvidence, record_with_evidence
from app.context import AppContext
from app.errors import Invalid, UserError
from app.queries.authorities import Authority, authorities
from app.queries.entries import ItemRow, items
from app.queries.files import EntryRow
from app.rules.inputs import NewEntry
from app.words import tr
from models.types import Uid, iso, new_uid
from ui import messages, tasks, theme
from ui.dialogs.confirm import Act, confirm
from ui.pages.entry.draft import Draft, Judged, alike, judge, twins
from ui.pages.entry.fields import EntryFields
from ui.pages.entry.preview import Said, outlook, warning
from ui.pages.entry.said import SaidLines
from ui.pages.file.reading import FileReading, named
from ui.widgets import Elided, IconLabel, button, label, rule


class EntryForm(QFrame):
    """Ctrl+Enter submits, F9 submits and begins the next, Esc closes. What is typed stays until submitted."""

    closed = Signal()
    recorded = Signal(str, object)
    """Staff number and Changes."""

    def __init__(self, context: AppContext, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self._reading: FileReading | None = None
        self._last: Draft | None = None
        self._waiting = False
        theme.mark(self, "surface", "page")
        self.setAccessibleName(tr("Record an entry"))
        self.fields = EntryFields()
        self._title, self._refusal = Elided(), label("", "error")
        theme.mark(self._title, "look", "heading")
        self._refusal.setWordWrap(True)
        self._said = SaidLines()
        self._again = button("", "flat")
        self._again.clicked.connect(self._take_last)
        self._again.hide()
        self._make_actions()
        self._lay_out()
        self.fields.changed.connect(self._tell)
        self.fields.left.connect(self._on_left)

    # What is typed

    def waits(self) -> bool:
        """Whether something was typed that would be lost: the same document, kept by F9, is not."""
        draft = self.draft()
        return not draft.is_empty() and draft != self._last

    def begin(self, reading: FileReading, draft: Draft | None) -> None:
        """Another file is there, and perhaps what was typed for it before."""
        self.put_reading(reading)
        self.put_draft(draft or Draft())

    def put_reading(self, reading: FileReading) -> None:
        """The file was read anew; what is typed stays."""
        self._reading = reading
        head = reading.view.head
        self._title.setText(
            tr("Record an entry: {name} {staff_no}").format(name=head.name, staff_no=head.staff_no)
        )
        published = reading.view.published
        self.fields.begin(reading.today, reading.view.entries, published.scheme.items if published else {})
        self._tell()

    def leave(self) -> Draft:
        """The file is left: what was typed for it, to be shown again when it comes back."""
        draft = self.draft() if self.waits() else Draft()
        self._reading = None
        self.put_draft(Draft())
        return draft

    def draft(self) -> Draft:
        """What is typed, to be shown again later."""
        return self.fields.draft()

    def put_draft(self, draft: Draft) -> None:
        """Show what was typed before."""
        self.fields.put_draft(draft)
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
            self.fields.item.setFocus()

    # Submitting

    def submit(self, go_on: bool) -> None:
        """Submit for verification; ``go_on`` begins the next under the same document."""
        if self._reading is None or self._waiting:
            return
        head, draft = self._reading.view.head, self.fields.draft()
        judged = self._judged(self._reading, draft)
        self._refuse(judged.refusals)
        if judged.refusals:
            return
        write = partial(self._write, head.staff_no, draft, judged.entry, go_on)
        if same := twins(_others(self._reading, draft), judged.entry):
            self._ask_once_more(same[0], write)
        else:
            write()

    def _judged(self, reading: FileReading, draft: Draft) -> Judged:
        return judge(draft, reading.view.head.staff_no, reading.today, self.fields.rule())

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
        self._wait(True)
        draft = draft._replace(decided_on=iso(new.decided_on) if new.decided_on else "")
        tasks.write(
            self,
            partial(_record, self._context, new, draft, new_uid()),
            partial(self._on_recorded, staff_no, draft, go_on),
            self._on_refused,
            ended=lambda: self._wait(False),
        )

    def _on_recorded(self, staff_no: str, draft: Draft, go_on: bool, changes: Changes) -> None:
        messages.say(self, "ok", tr("The entry is submitted and waits for verification."))
        self._last = draft.same_document()
        self.recorded.emit(staff_no, changes)
        if self._reading is None or self._reading.view.head.staff_no != staff_no:
            return  # another file came meanwhile
        self.put_draft(self._last if go_on else Draft())
        if go_on:
            self.fields.setEnabled(True)
            self.fields.item.setFocus()
        else:
            self.closed.emit()

    def _on_refused(self, refusal: UserError) -> None:
        self._wait(False)
        if refusal.field in self.fields.rows:
            self._refuse({refusal.field: refusal.sentence})
        else:
            self._refusal.setText(refusal.sentence)

    def _refuse(self, sentences: dict[str, str]) -> None:
        self._refusal.clear()
        self.fields.refuse(sentences)

    def _wait(self, waiting: bool) -> None:
        self._waiting = waiting
        self.fields.setEnabled(not waiting)
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
        draft = self.fields.draft()
        new, refusals = self._judged(self._reading, draft)
        self.fields.judge_again(refusals)
        said = list(outlook(self._reading, new))
        if found := warning(alike(_others(self._reading, draft), new)):
            said.insert(0, Said(found, "dispute"))
        self._said.put(said)
        last = self._last or Draft()
        self._again.setText(tr("As before: {document}").format(document=last.document_no or last.authority))
        self._again.setVisible(draft.is_empty() and not last.is_empty())

    def _on_left(self, name: str) -> None:
        """A date that is none is told at once, not only when all is submitted."""
        draft = self.fields.draft()
        if self._reading and getattr(draft, name):
            judged = judge(draft, self._reading.view.head.staff_no, self._reading.today, self.fields.rule())
            self.fields.tell(name, judged.refusals.get(name, ""))

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
        column.addLayout(self._heading())
        column.addWidget(rule())
        column.addWidget(self.fields_area, 1)
        column.addWidget(rule())
        column.addLayout(self._outlook())
        column.addLayout(self._buttons())

    def _heading(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(theme.L, theme.XS, theme.L, theme.XS)
        row.setSpacing(theme.S)
        row.addWidget(self._title, 1)
        row.addWidget(self._again)
        self._again.ensurePolished()
        row.addStrut(self._again.sizeHint().height())  # it comes and goes, and moves nothing
        row.addWidget(IconLabel("lock", "dispute"))
        secret = label(tr("State secrets are never entered here"))
        theme.mark(secret, "tone", "dispute")
        row.addWidget(secret)
        return row

    def _outlook(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setContentsMargins(theme.L, theme.S, theme.L, 0)
        column.setSpacing(1)
        column.addWidget(self._said)
        column.addWidget(self._refusal)
        return column

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(theme.L, theme.S, theme.L, theme.M)
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


def _others(reading: FileReading, draft: Draft) -> list[EntryRow]:
    """The entries of the file but for the one in whose place this is recorded."""
    return [one for one in reading.view.entries if one.uid != draft.instead_of]


def _choices(context: AppContext) -> tuple[list[ItemRow], list[Authority]]:
    return context.ask(items), context.ask(authorities)


def _record(context: AppContext, new: NewEntry, draft: Draft, uid: Uid) -> Changes:
    """On the worker: read the files, and write all in one transaction."""
    evidence = [_file(path) for path in draft.files]
    if draft.paper.strip():
        evidence.append(NewEvidence(draft.paper.strip(), place=draft.place.strip(), seen=draft.seen))
    lead, instead_of = Uid(draft.lead) or None, Uid(draft.instead_of) or None
    return context.do(record_with_evidence, new, evidence, uid, lead, instead_of, draft.correction)


def _file(path: Path) -> NewEvidence:
    try:
        with path.open("rb") as file:
            return NewEvidence(path.name, file.read(LARGEST + 1))
    except OSError as error:
        sentence = tr("{name} cannot be read. Attach it again, or take it away.").format(name=path.name)
        raise Invalid(sentence, field="evidence") from error
