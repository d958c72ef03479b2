"""Asks for an objection that came on paper, for its withdrawal, and for the decision on it."""

from functools import partial

from PySide6.QtWidgets import QWidget

from app.commands.changes import Changes
from app.commands.objections import Ruling, decide_objection, file_objection, withdraw_objection
from app.context import AppContext
from app.queries.objections import ObjectionRow
from app.words import in_use, mark, ntr, tr
from models.types import Day, ObjectionStatus, Remedy, Target, Uid
from ui import messages
from ui.dialogs.reason import Answers, Field, Question, ask_reason

_CLAIM = Field(
    "claim",
    mark("What the person objects to, and why"),
    missing=mark("Say what the person objects to, and why."),
    hint=mark("In the words of the paper. Nothing secret is entered here."),
)
_FILED_ON = Field("filed_on", mark("Received on"), "day", mark("Enter the day on which the objection came."))
_PAPER = Field(
    "reason",
    mark("How it was taken back"),
    missing=mark("Say by which paper of the person it was taken back."),
)
_ON = Field("on", mark("On"), "day", mark("Enter the day."))
_DECISION = Field(
    "decision",
    mark("Decision"),
    "choice",
    mark("Say whether the objection is upheld."),
    choices=(ObjectionStatus.UPHELD, ObjectionStatus.REJECTED),
)
_REMEDY = Field(
    "remedy",
    mark("If upheld"),
    "choice",
    choices=tuple(Remedy),
    hint=mark("Where nothing is chosen, the entry is revoked."),
)
_DECIDED_ON = Field("on", mark("Decided on"), "day", mark("Enter the day of the decision."))
_NUMBER = Field(
    "document_no",
    mark("Number of the decision"),
    "line",
    mark("Enter the number of the decision, which the person is told."),
)
_REASONS = Field(
    "reasons",
    mark("Reasons"),
    missing=mark("Give the reasons: the person is told them."),
    hint=mark("They stand on the written decision."),
)


def ask_objection(
    owner: QWidget, context: AppContext, kind: Target, target: Uid, named: str, today: Day
) -> None:
    """An objection that came on paper. ``named``: what it is against, in words."""
    if kind is Target.ENTRY:
        what = tr("The entry is marked as disputed at once. It counts on while the objection runs.")
    else:
        what = tr("The grade is marked as disputed at once. After the last day it is registered as late.")
    act = tr("Enter the objection")
    question = Question(act, f"{named}\n{what}", act, (_CLAIM, _FILED_ON), today=today)

    def filing(answers: Answers) -> "partial[Changes]":
        said = answers.text("claim"), answers.day("filed_on")
        return partial(context.do, file_objection, kind, target, *said)

    done = tr("The objection runs. Print its receipt on the tab Objections.")
    ask_reason(owner, question, filing, lambda _: messages.say(owner, "ok", done))


def ask_withdrawal(owner: QWidget, context: AppContext, row: ObjectionRow, today: Day) -> None:
    """The person took the objection back on paper."""
    what = tr("The objection ends without a decision, and what it was against stands as it did.")
    act = tr("Enter that it was taken back")
    question = Question(act, f"{named(row)}\n{what}", act, (_ON, _PAPER), today=today)

    def withdrawing(answers: Answers) -> "partial[Changes]":
        return partial(context.do, withdraw_objection, row.uid, answers.day("on"), answers.text("reason"))

    ask_reason(owner, question, withdrawing)


def ask_ruling(owner: QWidget, context: AppContext, row: ObjectionRow, today: Day) -> None:
    """The decision, with its reasons."""
    of_entry = row.kind is Target.ENTRY
    if of_entry:
        what = tr("Upheld, the entry is revoked by this decision at once; rejected, it stands as it did.")
    else:
        what = tr("Upheld, the grade no longer stands and is computed and submitted again.")
    fields = (_DECISION, *((_REMEDY,) if of_entry else ()), _DECIDED_ON, _NUMBER, _REASONS)
    sentence = "\n".join(filter(None, (named(row), _late(row), f"“{row.claim}”", what)))
    act = tr("Decide on the objection")
    question = Question(act, sentence, act, fields, today=today)

    def ruling(answers: Answers) -> "partial[Changes]":
        remedy = answers.text("remedy") if of_entry else ""
        said = Ruling(
            answers.text("decision") == ObjectionStatus.UPHELD,
            answers.day("on"),
            answers.text("document_no"),
            answers.text("reasons"),
            Remedy(remedy) if remedy else Remedy.REVOKE,
        )
        return partial(context.do, decide_objection, row.uid, said)

    done = tr("The objection is decided. Print the written decision for the person.")
    ask_reason(owner, question, ruling, lambda _: messages.say(owner, "ok", done))


def named(row: ObjectionRow) -> str:
    """Whose objection, and against what."""
    return tr("{name} ({staff_no}) objects to: {target}").format(
        name=row.name, staff_no=row.staff_no, target=row.target_name(in_use())
    )


def left_words(left: int) -> str:
    """How many working days are left, or passed since."""
    if left < 0:
        return ntr("{n} working day overdue", "{n} working days overdue", -left).format(n=-left)
    if left == 0:
        return tr("due today")
    return ntr("{n} working day left", "{n} working days left", left).format(n=left)


def _late(row: ObjectionRow) -> str:
    if not row.late:
        return ""
    return tr("It came after the last day. Say in the reasons whether it is heard all the same.")
