"""A person gets a copy of everything held, on written request (本人查阅)."""

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget

from app.commands.changes import Changes
from app.commands.own_copy import give_own_copy
from app.context import AppContext
from app.papers import Document, own_copy
from app.queries.files import FileHead
from app.words import in_use, mark, tr
from models.types import Day
from ui.dialogs.paper import show_paper
from ui.dialogs.reason import Answers, Field, Question, ask_reason

_REQUEST = Field(
    "request",
    mark("Written request"),
    "line",
    mark("Enter the number of the written request, or how it was made."),
)
_ON = Field("on", mark("Date of the request"), "day", mark("Enter the date of the request."))


def ask_own_copy(owner: QWidget, context: AppContext, head: FileHead, today: Day) -> None:
    """Ask for the request; then the copy is registered, and shown to be printed or saved."""
    sentence = tr(
        "{name} gets everything held, and who read it; without who complained, and without leads that are "
        "still looked into. That the copy was given stands in the register."
    ).format(name=head.name)
    question = Question(tr("Own copy"), sentence, tr("Show the copy"), (_REQUEST, _ON), today=today)
    made: list[Document] = []

    def command(given: Answers) -> Callable[[], Changes]:
        request, on = given.text("request"), given.day("on")
        return partial(_give, context, head.staff_no, request, on, made)

    def done(_: Changes) -> None:
        show_paper(owner, context, made[-1])

    ask_reason(owner, question, command, done)


def _give(context: AppContext, staff_no: str, request: str, on: Day, made: list[Document]) -> Changes:
    """On a worker: registered only once the copy could be drawn."""
    made.append(own_copy(context, staff_no, request, on, in_use()))
    return context.do(give_own_copy, staff_no, request, on)
