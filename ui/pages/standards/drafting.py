"""What is done with drafts as a whole: beginning, opening, publishing, discarding, files."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from app.cli.standards import text_of
from app.commands.changes import Changes
from app.commands.drafts import begin_draft, discard_draft, publish_draft
from app.context import AppContext
from app.errors import Invalid, UserError
from app.exchange.scheme_items import items_from_workbook, items_to_workbook, merge_items
from app.files import write_whole
from app.queries.drafts import DraftRow, OpenDraft, draft
from app.queries.schemes import PublishedScheme
from app.standards.drafts import next_edition
from app.standards.schemes import SHIPPED
from app.words import in_use, mark, tr
from models.types import Day, Moment, Uid, day_at, iso, local_time
from ui import messages, tasks
from ui.desk.rows import Mark, QueueItem
from ui.dialogs.confirm import Act, confirm
from ui.dialogs.files import ask_file, ask_new_file, documents_folder
from ui.dialogs.reason import Answers, Command, ask_reason
from ui.pages.standards.compare import compare_draft
from ui.pages.standards.editor.editor import Editor
from ui.pages.standards.editor.opened import OpenedDraft
from ui.pages.standards.editor.unclear import show_refused
from ui.pages.standards.publishing import question
from ui.pages.standards.trial.dialog import show_trial

BROUGHT = {
    "national-baseline": mark("From the national baseline"),
    "wendeng-2020": mark("From the example Wendeng 2020"),
}


class Drafting(QWidget):
    """The editor of the draft that is chosen in the list."""

    begun = Signal(str)
    """The uid of a draft that is new in the list."""
    file_wanted = Signal(str)
    """The file of this staff number."""
    published = Signal(str)
    """The uid of the standard that a draft has become."""

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._published: Sequence[PublishedScheme] = ()
        self._today = Day(0)
        self._wanted = Uid("")
        self._fresh = ""
        """The draft that was just begun: it gets the keyboard."""
        self._editor: Editor | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)

    @property
    def editor(self) -> Editor:
        """Built for the first draft that is opened."""
        if self._editor is None:
            made = self._editor = Editor(self._context)
            made.publish_wanted.connect(self._ask_to_publish)
            self._fill_more(made.menu)
            made.copied.connect(self.begun)
            made.theirs.clicked.connect(self._take_theirs)
            self._column.addWidget(made)
        return self._editor

    def _fill_more(self, menu: QMenu) -> None:
        menu.addAction(tr("Compare…"), self._compare)
        menu.addAction(tr("Try on a past year…"), self._try)
        menu.addSeparator()
        menu.addAction(tr("Save as a file…"), self._ask_where)
        menu.addAction(tr("Save the items as a table…"), self._ask_where_items)
        menu.addAction(tr("Take the items from a table…"), self._ask_which_items)
        menu.addSeparator()
        menu.addAction(tr("Discard the draft…"), self._ask_to_discard)

    @property
    def opened(self) -> OpenedDraft | None:
        """What is being written."""
        return self._editor.opened if self._editor else None

    def show_draft(self, uid: Uid) -> None:
        """Open a draft, unless it is open already."""
        if uid != self._wanted:
            self._wanted = uid
            tasks.read(self, partial(self._context.ask, draft, uid), self._on_opened, key="draft")

    def leave(self) -> None:
        """Something else is chosen in the list."""
        self._wanted = Uid("")
        if self._editor:
            self._editor.close_draft()

    def know(self, published: Sequence[PublishedScheme], rows: Sequence[DraftRow], today: Day) -> None:
        """What there is to begin from, when drafts were saved, and what day it is."""
        self._published, self._today = published, today
        for row in rows:
            if self.opened and row.uid == self.opened.uid:
                self.opened.tell_saved(row.changed_at)

    def unsaved(self) -> str:
        """Save what can be saved; what cannot, in a sentence."""
        opened = self.opened
        if opened:
            self.editor.commit()
            opened.save_now()
        if opened and opened.broken and opened.state == "changed":
            return tr("The text of the draft cannot be read and is not saved; saved is what it said before.")
        if opened and opened.state in ("conflict", "gone"):
            return tr("What you wrote in the draft is not saved: someone else changed it meanwhile.")
        return ""

    def kept_open(self, rows: Sequence[DraftRow]) -> list[DraftRow]:
        """The drafts in the list; one that is gone stays while what was written in it is nowhere else."""
        opened = self.opened
        missing = opened and opened.state in ("conflict", "gone", "changed") and opened.text
        if not opened or not missing or any(row.uid == opened.uid for row in rows):
            return list(rows)
        title = self.editor.title.text()
        return [DraftRow(opened.uid, title, "", Moment(opened.saved_at), opened.version), *rows]

    def _on_opened(self, found: OpenDraft) -> None:
        if found.uid == self._wanted:
            self.editor.open(found, self._today)
            if found.uid == self._fresh:
                self.editor.items.begin()
            self._fresh = ""

    def _take_theirs(self) -> None:
        uid = self._wanted
        self.leave()
        self.show_draft(uid)

    # Beginning

    def fill_menu(self, menu: QMenu, shown: PublishedScheme | None) -> None:
        """From what a draft can begin."""
        menu.clear()
        if shown:
            title = tr("From edition {n} of {title}").format(
                n=shown.edition, title=shown.scheme.title.in_language(in_use())
            )
            menu.addAction(title, partial(self.begin, lambda: shown.text, shown.code))
        for code, words in BROUGHT.items():
            menu.addAction(
                tr(words), partial(self.begin, partial(text_of, str(SHIPPED / f"{code}.toml")), code)
            )
        menu.addSeparator()
        menu.addAction(tr("From a file…"), self._choose_file)

    def begin(self, read: Callable[[], str], code: str) -> None:
        """A draft of the edition after all that are published of a standard."""
        editions = [one.edition for one in self._published if one.code == code]
        self._keep(lambda: next_edition(read(), editions))

    def take_in(self, path: Path) -> None:
        """A file as a draft, just as it is."""
        self._keep(partial(text_of, str(path)))

    def _keep(self, make: Callable[[], str]) -> None:
        command = partial(_begin, self._context, make)
        tasks.write(self, command, self._on_begun)

    def _on_begun(self, changes: Changes) -> None:
        self._fresh = changes.uids[0]
        self.begun.emit(self._fresh)

    def _choose_file(self) -> None:
        ask_file(
            self,
            tr("Choose the file of a standard"),
            tr("Standards (*.toml)"),
            documents_folder(),
            self.take_in,
        )

    # Ending

    def _ask_to_publish(self) -> None:
        opened, seen = self.editor.opened, self.editor.seen
        if not opened or not seen or not seen.scheme:
            return
        opened.save_now()
        ask_reason(self, question(seen.scheme, self._today), self._publish, self._on_published)

    def _publish(self, answers: Answers) -> Command:
        opened = self.editor.opened
        if not opened or opened.state != "saved":
            raise Invalid(tr("The draft is being saved at this moment. Try again."))
        document, day = answers.text("adopted_by"), answers.day("valid_from")
        return partial(self._context.do, publish_draft, opened.uid, opened.version, document, day)

    def _on_published(self, changes: Changes) -> None:
        self.leave()
        messages.say(self, "ok", tr("The standard is published."))
        self.published.emit(changes.uids[0])

    def _ask_to_discard(self) -> None:
        opened = self.editor.opened
        if opened:
            detail = tr("“{title}” is removed with all that was written in it.")
            opened.save_now()
            act = Act(tr("Discard"), self._discard, danger=True)
            confirm(self, tr("Discard the draft?"), detail.format(title=self.editor.title.text()), act)

    def _discard(self) -> None:
        opened = self.editor.opened
        if opened:
            self.leave()
            command = partial(self._context.do, discard_draft, opened.uid, opened.version)
            tasks.write(self, command, lambda _: messages.say(self, "ok", tr("The draft is discarded.")))

    # Before it holds

    def _compare(self) -> None:
        if (opened := self.opened) and self._published:
            code, title = opened.draft.content.get("id"), self.editor.title.text()
            compare_draft(self, title, opened.text, code, self._published)

    def _try(self) -> None:
        if opened := self.opened:
            trial = show_trial(self, self._context, self.editor.title.text(), lambda: opened.text)
            trial.file_wanted.connect(self.file_wanted)

    # Files

    def _ask_where(self) -> None:
        title, kinds = tr("Save the draft as a file"), tr("Standards (*.toml)")
        ask_new_file(self, title, kinds, documents_folder() / f"{self._file_name()}.toml", self.export)

    def export(self, path: Path) -> None:
        """Write the draft into a file."""
        if opened := self.opened:
            said = tr("Written to {file}.").format(file=path)
            write = partial(write_whole, path, opened.text.encode())
            tasks.read(self, write, lambda _: messages.say(self, "ok", said))

    def _ask_where_items(self) -> None:
        title, kinds = tr("Save the items as a table"), tr("Workbooks (*.xlsx)")
        ask_new_file(self, title, kinds, documents_folder() / f"{self._file_name()}.xlsx", self.export_items)

    def export_items(self, path: Path) -> None:
        """Write the items into a workbook."""
        if opened := self.opened:
            said = tr("Written to {file}.").format(file=path)
            write = partial(items_to_workbook, opened.text, path)
            tasks.read(self, write, lambda _: messages.say(self, "ok", said))

    def _ask_which_items(self) -> None:
        title, kinds = tr("Choose the table with the items"), tr("Workbooks (*.xlsx)")
        ask_file(self, title, kinds, documents_folder(), self.take_items)

    def take_items(self, path: Path) -> None:
        """The items of a workbook in place of those of the draft: all, or none where anything is wrong."""
        if opened := self.opened:
            merge = partial(_merged, opened.text, path)
            tasks.read(self, merge, partial(self._on_items, opened, opened.text), self._on_refused)

    def _on_items(self, opened: OpenedDraft, before: str, text: str) -> None:
        if opened is not self.opened or opened.text != before:
            sentence = tr("The draft was changed meanwhile; take the table in again.")
            messages.say(self, "refusal", sentence)
            return
        had = len(opened.draft.content.get("items", ()))
        opened.set_text(text)
        n = len(opened.draft.content.get("items", ()))
        said = tr("The items are taken in: {n} instead of {had}. Ctrl+Z takes it back.").format(n=n, had=had)
        same = tr("The table says what the draft says; nothing is changed.")
        messages.say(self, "ok", same if text == before else said)

    def _on_refused(self, error: UserError) -> None:
        show_refused(self, error.sentence.splitlines())

    def _file_name(self) -> str:
        content = self.opened.draft.content if self.opened else {}
        return f"{content.get('id', 'standard')}-{content.get('edition', 1)}"


def _merged(text: str, path: Path) -> str:
    return merge_items(text, items_from_workbook(path, text))


def _begin(context: AppContext, make: Callable[[], str]) -> Changes:
    """On a worker: the text is read there too."""
    return context.do(begin_draft, make())


def draft_item(one: DraftRow, today: Day) -> QueueItem:
    """A draft in the list."""
    local = local_time(one.changed_at)
    day = day_at(one.changed_at)
    return QueueItem(
        one.uid,
        one.title,
        below=((one.changed_by, "text"),),
        marks=(Mark(tr("Draft"), "pencil", "accent"),),
        aside=f"{local:%H:%M}" if day == today else iso(day),
    )
