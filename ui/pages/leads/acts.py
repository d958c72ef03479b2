"""What can be done with a lead now, and the questions that are asked for it."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, NamedTuple

from PySide6.QtWidgets import QWidget

from app.commands.changes import Changes
from app.commands.complainants import destroy_complainant
from app.commands.handovers import hand_over_lead, register_handover
from app.commands.lead_follow_up import Check, Clearing, check_remedy, clear_lead, plan_remedy, record_reply
from app.commands.leads import close_lead, extend_lead, give_lead, name_person
from app.context import AppContext
from app.queries.lead_choices import LeadChoices
from app.queries.leads import LeadView
from app.rules.inputs import NewHandover
from app.rules.leads import Step
from app.words import mark, tr
from models.types import ClearingScope, LeadStatus, ReplyWay, Uid
from ui import messages
from ui.dialogs.reason import REASON, Answers, Field, Question, ask_reason
from ui.pages.leads.words import title_of


class Act(NamedTuple):
    """A button and what it does."""

    text: str
    do: Callable[[], object]


_OUTCOMES = (LeadStatus.SUBSTANTIATED, LeadStatus.UNSUBSTANTIATED, LeadStatus.HANDED_OVER)
_BODY = Field("handed_to", mark("Handed over to"), "line", hint=mark("Only where it is handed over."))
_LETTER = Field("letter_no", mark("Number of the letter"), "line", hint=mark("Only where it is handed over."))
_CLOSING = (
    Field("status", mark("What came of it"), "choice", mark("Say what came of the lead."), choices=_OUTCOMES),
    Field("closed_on", mark("Closed on"), "day", mark("Enter the day on which it was closed.")),
    Field("outcome", mark("What was found"), missing=mark("Say in a sentence what was found.")),
    _BODY,
    _LETTER,
)
_TERM = mark("A number of working days, or a date.")
_REMEDY = (
    Field("remedy", mark("What is to be put right"), missing=mark("Say what is to be put right.")),
    Field("remedy_by", mark("Until"), "term", mark("Enter until when."), hint=_TERM),
)
_CHECK = (
    Field("checked_on", mark("Checked on"), "day", mark("Enter the day.")),
    Field("checked_by", mark("Checked by"), "line", mark("Enter who checked it.")),
    Field("check_note", mark("What was found"), missing=mark("Say in a sentence what was found.")),
)
_REPLY = (
    Field("replied_on", mark("Answered on"), "day", mark("Enter the day.")),
    Field("reply_way", mark("How"), "choice", mark("Say how the answer was given."), choices=tuple(ReplyWay)),
)
_CLEARING = (
    Field(
        "cleared_by",
        mark("Body that checked"),
        "line",
        mark("Enter the body that checked, and therefore clears."),
    ),
    Field(
        "scope",
        mark("Scope, as agreed with the person"),
        "choice",
        mark("Choose who is told."),
        choices=tuple(ClearingScope),
    ),
    Field("agreed_on", mark("Agreed on"), "day", mark("Enter the day.")),
    Field("cleared_on", mark("Cleared on"), "day", mark("Enter the day.")),
)
_HANDOVER = (
    Field("handed_on", mark("Handed over on"), "day", mark("Enter the day.")),
    Field("body", mark("Handed over to"), "line", mark("Enter the body that it was handed over to.")),
    Field("letter_no", mark("Number of the letter"), "line", mark("Enter the number of the letter.")),
)


class Acts:
    """The acts on one lead, for the widget over which their questions open. ``moved``: to go on with the lead
    that it became."""

    def __init__(
        self,
        owner: QWidget,
        context: AppContext,
        view: LeadView,
        choices: LeadChoices,
        moved: Callable[[Uid], object],
    ) -> None:
        self._owner, self._context, self._view, self._choices = owner, context, view, choices
        self._moved = moved

    def offered(self) -> Iterator[Act]:
        """Those that can be done now, the next one first; what leads elsewhere is the page's."""
        lead, view = self._view.row, self._view
        steps = {step for step, _ in lead.steps()}
        if lead.status is LeadStatus.OPEN:
            yield Act(tr("Close the lead…"), self._close)
            if view.keeps:
                yield from self._keeping()
        if Step.PLAN in steps:
            yield Act(tr("What is to be put right…"), self._plan)
        if Step.CHECK in steps:
            yield Act(tr("Record the check…"), self._check)
        if Step.REPLY in steps:
            yield Act(tr("Record the answer…"), self._reply)
        if lead.status is LeadStatus.UNSUBSTANTIATED and view.staff_no and not lead.cleared_on:
            yield Act(tr("Issue a clearing…"), self._clear)
        if Step.CHECK in steps:
            yield Act(tr("Put right otherwise…"), self._plan)
        if view.holds_complainant and lead.status is not LeadStatus.OPEN and Step.REPLY not in steps:
            yield Act(tr("Destroy who complained…"), self._destroy)

    def _keeping(self) -> Iterator[Act]:
        yield Act(tr("Give to someone else…"), self._give)
        yield Act(tr("Put off the due date…"), self._extend)
        if not self._view.staff_no:
            yield Act(tr("Name the person…"), self._name)
        yield Act(tr("Hand over as a discipline matter…"), self._hand_over)

    def _ask(
        self,
        act: str,
        sentence: str,
        fields: tuple[Field, ...],
        command: Callable[[Answers], tuple[Any, ...]],
        done: str,
        dangerous: bool = False,
        then: Callable[[Changes], object] | None = None,
    ) -> None:
        """``command`` makes of the answers the command with what it is given."""
        choices, about = self._choices, title_of(self._view.row)
        text = f"{about}\n{sentence}" if sentence else about
        question = Question(act, text, act, fields, dangerous, choices.today, choices.calendar)

        def made(answers: Answers) -> Callable[[], Changes]:
            return partial(self._context.do, *command(answers))

        def on_done(changes: Changes) -> None:
            messages.say(self._owner, "ok", done)
            if then:
                then(changes)

        ask_reason(self._owner, question, made, on_done)

    def _close(self) -> None:
        said = tr("What is substantiated can be recorded as an entry afterwards; nothing else ever counts.")
        self._ask(tr("Close the lead"), said, _CLOSING, self._closing, tr("The lead is closed."))

    def _closing(self, given: Answers) -> tuple[Any, ...]:
        names = ("outcome", "handed_to", "letter_no")
        status = LeadStatus(given.text("status"))
        return (close_lead, self._view.row.uid, status, given.day("closed_on"), *map(given.text, names))

    def _give(self) -> None:
        handlers = {one.login: one.name for one in self._choices.handlers}
        to = Field("handler", mark("To"), "choice", mark("Choose who looks into it."), choices=handlers)
        said = tr("Who looks into a lead may not be whom it is about, nor a relative.")
        uid = self._view.row.uid
        self._ask(
            tr("Give to someone else"),
            said,
            (to, REASON),
            lambda given: (give_lead, uid, given.text("handler"), given.text("reason")),
            tr("The lead is in other hands."),
        )

    def _extend(self) -> None:
        due = Field("due_on", mark("Due on"), "term", mark("Enter until when."), hint=_TERM)
        uid = self._view.row.uid
        self._ask(
            tr("Put off the due date"),
            "",
            (due, REASON),
            lambda given: (extend_lead, uid, given.day("due_on"), given.text("reason")),
            tr("The due date is put off."),
        )

    def _name(self) -> None:
        who = Field("staff_no", mark("Staff number"), "line", mark("Enter the staff number."))
        said = tr("The lead goes on in the file of that person.")
        uid = self._view.row.uid
        self._ask(
            tr("Name the person"),
            said,
            (who,),
            lambda given: (name_person, uid, given.text("staff_no")),
            tr("The lead goes on with the person."),
            then=lambda changes: self._moved(changes.uids[0]),
        )

    def _hand_over(self) -> None:
        said = tr(
            "A discipline matter is only handed over. All that is written of this lead here is erased; date, "
            "body and number of the letter stay. This cannot be taken back."
        )
        uid = self._view.row.uid
        self._ask(
            tr("Hand over and erase"),
            said,
            _HANDOVER,
            lambda given: (hand_over_lead, uid, handover(given)),
            tr("The matter is handed over; nothing of it is kept."),
            dangerous=True,
        )

    def _plan(self) -> None:
        uid = self._view.row.uid
        self._ask(
            tr("What is to be put right"),
            "",
            _REMEDY,
            lambda given: (plan_remedy, uid, given.text("remedy"), given.day("remedy_by")),
            tr("It is recorded what is to be put right."),
        )

    def _check(self) -> None:
        said = self._view.row.remedy or ""
        results = {"yes": tr("Put right"), "no": tr("Not put right")}
        missing = mark("Say whether it is put right.")
        result = Field("remedied", mark("Result"), "choice", missing, choices=results)
        fields = (*_CHECK, result)
        self._ask(tr("Record the check"), said, fields, self._checked, tr("The check is recorded."))

    def _checked(self, given: Answers) -> tuple[Any, ...]:
        remedied = given.text("remedied") == "yes"
        check = Check(given.day("checked_on"), given.text("checked_by"), remedied, given.text("check_note"))
        return check_remedy, self._view.row.uid, check

    def _reply(self) -> None:
        said = tr("When and how who complained was answered; neither to whom nor what.")
        uid = self._view.row.uid
        self._ask(
            tr("Record the answer"),
            said,
            _REPLY,
            lambda given: (record_reply, uid, given.day("replied_on"), ReplyWay(given.text("reply_way"))),
            tr("The answer is recorded."),
        )

    def _clear(self) -> None:
        said = tr("{name} is cleared by the body that checked, before those whom the person agreed to.")
        said = said.format(name=self._view.name)
        self._ask(tr("Issue a clearing"), said, _CLEARING, self._cleared, tr("The clearing is issued."))

    def _cleared(self, given: Answers) -> tuple[Any, ...]:
        scope = ClearingScope(given.text("scope"))
        clearing = Clearing(given.day("cleared_on"), given.text("cleared_by"), scope, given.day("agreed_on"))
        return clear_lead, self._view.row.uid, clearing

    def _destroy(self) -> None:
        said = tr("Nobody needs to know any more who complained. This cannot be taken back.")
        uid = self._view.row.uid
        self._ask(
            tr("Destroy who complained"),
            said,
            (),
            lambda given: (destroy_complainant, uid),
            tr("Who complained is destroyed."),
            dangerous=True,
        )


def ask_handover(owner: QWidget, context: AppContext, choices: LeadChoices) -> None:
    """Register a discipline matter that was handed over without a lead here."""
    said = tr("Of a discipline matter only date, body and number of the letter are kept.")
    act = tr("Register the handing over")
    ask_reason(
        owner,
        Question(act, said, act, _HANDOVER, today=choices.today),
        lambda given: partial(context.do, register_handover, handover(given)),
        lambda _: messages.say(owner, "ok", tr("The handing over is registered.")),
    )


def handover(given: Answers) -> NewHandover:
    """What was answered about a discipline matter."""
    return NewHandover(given.day("handed_on"), given.text("body"), given.text("letter_no"))
