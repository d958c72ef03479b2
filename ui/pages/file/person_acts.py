"""How the menu of a person asks: what has to be known is read first, then a dialog is opened."""

from collections.abc import Callable
from functools import partial
from typing import NamedTuple

from PySide6.QtWidgets import QWidget

from app.commands.conduct import Basis
from app.context import AppContext
from app.permissions import Permission
from app.queries.departments import DepartmentRow, departments
from app.queries.files import FileHead
from app.queries.matters import Matter, open_matters
from app.words import listed, mark, tr
from ui import messages, tasks
from ui.dialogs.reason import Answers, Command, Field, Question, ask_reason
from ui.pages.file.reading import FileReading

DOCUMENT = Field(
    "document_no",
    mark("Document it rests on"),
    "line",
    mark("Enter the number of the document by which this is done."),
)
FROM = Field("on", mark("Takes effect on"), "day", mark("Enter the day from which it holds."))


class Asked(NamedTuple):
    """What a dialog has to know beforehand."""

    rows: list[DepartmentRow]
    matters: tuple[Matter, ...]


class Act(NamedTuple):
    """A dialog that is opened as soon as what it tells is read."""

    owner: QWidget
    context: AppContext
    reading: FileReading
    ask: Callable[["Act", Asked], object]

    @property
    def head(self) -> FileHead:
        """Whose file it is."""
        return self.reading.view.head

    def begin(self) -> None:
        """Read, then ask."""
        tasks.read(self.owner, self._read, partial(self.ask, self), key="person-menu")

    def _read(self) -> Asked:
        rows = self.context.ask(departments)
        offered = [row for row in rows if self.context.actor.may(Permission.KEEP_FILES, row.id)]
        return Asked(offered, self.context.ask(open_matters, self.head.staff_no))

    def open(self, question: Question, command: Callable[[Answers], Command], done: str) -> None:
        """Open the dialog; ``done`` is said when it is done."""
        ask_reason(self.owner, question, command, lambda _: messages.say(self.owner, "ok", done))

    def question(self, title: str, sentence: str, act: str, fields: tuple[Field, ...]) -> Question:
        """A question about this person."""
        return Question(title, sentence, act, fields, today=self.reading.today)


def matters_words(matters: tuple[Matter, ...]) -> str:
    """What is still open, in a sentence; empty for nothing."""
    if not matters:
        return ""
    return tr("Still open: {matters}.").format(matters=listed(one.words for one in matters))


def lines(*texts: str) -> str:
    """Those texts that are none, left out."""
    return "\n".join(filter(None, texts))


def basis(given: Answers) -> Basis:
    """The document, the day and the reason, as far as they were asked."""
    return Basis(given.text("document_no"), given.day("on"), given.text_or("reason"))
