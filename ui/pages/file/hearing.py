"""Tells the person of an entry and hears what the person states: notice, delivery, statement, conclusion."""

from collections.abc import Iterator
from functools import partial

from PySide6.QtWidgets import QWidget

from app.commands.changes import Changes
from app.commands.hearing import Delivered, conclude_hearing, deliver_notice, issue_notice, rebut_entry
from app.context import AppContext
from app.errors import Invalid
from app.permissions import Permission
from app.queries.files import EntryRow
from app.rules.hearing import TERM
from app.words import mark, tr
from models.types import Delivery, EntryStatus, Polarity, iso
from ui import messages
from ui.dialogs.reason import Answers, Field, Question, ask_reason
from ui.pages.file.notice import show_notice
from ui.pages.file.offers import IN_FORCE, Offered, named_entry, unless
from ui.pages.file.reading import FileReading

_NUMBER = Field("number", mark("Number of the notice"), "line", mark("Enter the number of the notice."))
_ISSUED_ON = Field("on", mark("Date of the notice"), "day", mark("Enter the date of the notice."))
_TERM = Field(
    "term",
    mark("Working days for the statement"),
    "line",
    hint=mark("5 where nothing is entered; the rule of the office goes first."),
)
_DELIVERY = Field(
    "delivery",
    mark("How it was delivered"),
    "choice",
    mark("Say how the notice was delivered."),
    choices=tuple(Delivery),
)
_DELIVERED_ON = Field("on", mark("Delivered on"), "day", mark("Enter the day of the delivery."))
_WITNESS = Field(
    "witness", mark("Witness"), "line", hint=mark("Needed where the signature was refused or it was left.")
)
_RECEIVED_ON = Field(
    "received_on", mark("Received on"), "day", mark("Enter the day on which the statement came.")
)
_STATED = Field(
    "text",
    mark("What the person states"),
    missing=mark("Write down what the person states."),
    hint=mark("In the person's words. Nothing secret is entered here."),
)
_FINDING = Field(
    "finding",
    mark("Finding on the statement"),
    missing=mark("Say what was made of the statement, or that there was none."),
)


def telling(owner: QWidget, context: AppContext, reading: FileReading, entry: EntryRow) -> Iterator[Offered]:
    """Notice, delivery and statement, for who keeps the file."""
    notice = reading.view.around.notice(entry.uid)
    verified = (EntryStatus.HEARING, *IN_FORCE)
    if entry.polarity is Polarity.NEGATIVE:
        may_print = context.actor.may(Permission.PRINT, reading.view.head.department_id)
        told = unless(entry, verified, tr("The person is told of what was verified and stands."))
        if not notice:
            yield Offered(tr("Issue the notice…"), told, partial(_issue, owner, context, reading, entry))
        else:
            why_not = "" if may_print else tr("Only who may print files prints notices.")
            yield Offered(tr("Print the notice…"), why_not, partial(show_notice, owner, context, entry))
        why_not = told or tr("There is no notice yet. Issue it first.") if not notice else ""
        if notice and notice.delivered_on:
            why_not = tr("It was delivered on {date}.").format(date=iso(notice.delivered_on))
        deliver = partial(_deliver, owner, context, reading, entry)
        yield Offered(tr("Record its delivery…"), why_not, deliver)
    stated = unless(
        entry,
        (*verified, EntryStatus.REVOKED, EntryStatus.SUPERSEDED),
        tr("A statement stands beside what was verified."),
    )
    yield Offered(tr("Statement of the person…"), stated, partial(_rebut, owner, context, reading, entry))


def concluding(owner: QWidget, context: AppContext, reading: FileReading, entry: EntryRow) -> Offered:
    """To let an entry take effect after the hearing, for a second person."""
    why_not = reading.view.around.why_not_conclude(entry.uid, reading.today)
    if entry.recorder == context.actor.uid:
        why_not = tr("You recorded this entry. Someone else has to conclude the hearing.")
    return Offered(tr("Let it take effect…"), why_not, partial(_conclude, owner, context, reading, entry))


def _issue(owner: QWidget, context: AppContext, reading: FileReading, entry: EntryRow) -> None:
    what = tr("It tells the person what is on file, and by when the own view can be stated.")
    question = Question(
        tr("Issue the notice"),
        f"{named_entry(reading.view.head, entry)}\n{what}",
        tr("Issue and show it"),
        (_NUMBER, _ISSUED_ON, _TERM),
        today=reading.today,
    )

    def command(answers: Answers) -> "partial[Changes]":
        term = answers.text("term")
        if term and not term.isdecimal():
            raise Invalid(tr("Enter a number of working days."), field="term")
        days = int(term) if term else TERM.days
        return partial(context.do, issue_notice, entry.uid, answers.text("number"), answers.day("on"), days)

    ask_reason(owner, question, command, lambda _: show_notice(owner, context, entry))


def _deliver(owner: QWidget, context: AppContext, reading: FileReading, entry: EntryRow) -> None:
    notice = reading.view.around.notice(entry.uid)
    assert notice is not None  # offered only where there is one
    sentence = tr("Notice {number}: {days} working days for the statement run from the delivery on.")
    question = Question(
        tr("Record the delivery"),
        f"{named_entry(reading.view.head, entry)}\n"
        + sentence.format(number=notice.number, days=notice.term),
        tr("Record the delivery"),
        (_DELIVERY, _DELIVERED_ON, _WITNESS),
        today=reading.today,
    )

    def command(answers: Answers) -> "partial[Changes]":
        how = Delivered(answers.day("on"), Delivery(answers.text("delivery")), answers.text("witness"))
        return partial(context.do, deliver_notice, entry.uid, how)

    ask_reason(owner, question, command)


def _rebut(owner: QWidget, context: AppContext, reading: FileReading, entry: EntryRow) -> None:
    what = tr("It stands beside the entry wherever that is shown or printed, and changes nothing of it.")
    question = Question(
        tr("Statement of the person"),
        f"{named_entry(reading.view.head, entry)}\n{what}",
        tr("Put it on file"),
        (_STATED, _RECEIVED_ON),
        today=reading.today,
    )

    def command(answers: Answers) -> "partial[Changes]":
        return partial(context.do, rebut_entry, entry.uid, answers.text("text"), answers.day("received_on"))

    ask_reason(owner, question, command)


def _conclude(owner: QWidget, context: AppContext, reading: FileReading, entry: EntryRow) -> None:
    stated = reading.view.around.stated(entry.uid)
    what = "\n".join(one.text for one in stated) or tr("The person let the term pass without a statement.")
    question = Question(
        tr("Conclude the hearing"),
        f"{named_entry(reading.view.head, entry)}\n{what}",
        tr("Let it take effect"),
        (_FINDING,),
    )
    done = partial(messages.say, owner, "ok", tr("The hearing is concluded and the entry takes effect."))

    def command(answers: Answers) -> "partial[Changes]":
        return partial(context.do, conclude_hearing, entry.uid, answers.text("finding"))

    ask_reason(owner, question, command, lambda _: done())
