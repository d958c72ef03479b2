"""Asks for what purpose negative entries leave the office, and who approved that."""

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget

from app.commands.changes import Changes
from app.commands.reading import Disclosure
from app.exchange.listing import UNDISCLOSED
from app.reports.content import Listing
from app.words import mark, tr
from ui import tasks
from ui.dialogs.reason import Answers, Field, Question, ask_reason

_PURPOSE = Field(
    "purpose",
    mark("Purpose"),
    "line",
    mark("Say for what purpose the negative entries leave the office."),
    mark("It stands across every page and in the register of readings."),
)
_APPROVER = Field(
    "approver",
    mark("Approved by"),
    "line",
    mark("Say who approved that, and where it is written."),
    mark("Name, and the number of the approval."),
)


def ask_disclosure(
    parent: QWidget,
    found: Listing,
    command: Callable[[Disclosure], Callable[[], Changes]],
    done: Callable[[], object],
) -> None:
    """Ask, then do what is asked for; the answers stay where that is refused."""
    sentence = tr("This list tells of negative entries. It leaves the office for a purpose, with approval.")
    question = Question(found.title, sentence, tr("Export"), (_PURPOSE, _APPROVER))

    def answered(answers: Answers) -> Callable[[], Changes]:
        return command(Disclosure(answers.text("purpose"), answers.text("approver")))

    ask_reason(parent, question, answered, lambda _: done())


def save_disclosed(
    parent: QWidget, found: Listing, write: Callable[[Disclosure], Changes], done: Callable[[], object]
) -> None:
    """Write a list, once it is said for what where it tells of negative entries."""
    if found.negative and found.rows:
        ask_disclosure(parent, found, lambda given: partial(write, given), done)
    else:
        tasks.write(parent, partial(write, UNDISCLOSED), lambda _: done())
