"""What can be done with an entry, by whom, and why not now."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import NamedTuple

from PySide6.QtWidgets import QWidget

from app.commands.changes import Changes
from app.commands.conduct import Basis, correct_conduct, return_entry, verify_entry, withdraw_entry
from app.context import AppContext
from app.permissions import Permission
from app.queries.files import EntryRow, FileHead
from app.words import mark, tr
from models.types import Day, EntryStatus, Polarity, Target, iso
from ui import messages, tasks
from ui.dialogs.reason import REASON, Answers, Field, Question, ask_reason
from ui.dialogs.take_back import undoing
from ui.pages.file.hearing import concluding, telling
from ui.pages.file.objecting import ask_objection
from ui.pages.file.offers import IN_FORCE, Offered, named_entry, unless
from ui.pages.file.reading import FileReading
from ui.pages.file.revoking import lifting, revoking, settling

_PROOF = Field(
    "document_no",
    mark("Number of the document"),
    "line",
    mark("Enter the number of the document that proves the correction."),
)
_CORRECTED_ON = Field(
    "on", mark("Corrected on"), "day", mark("Enter the day on which the wrong was corrected.")
)
_WRONG = Field(
    "reason", mark("What is wrong"), missing=mark("Say in a sentence what is wrong in the record.")
)
_HOW = Field("reason", mark("How it was corrected"), missing=mark("Say in a sentence how it was corrected."))


class Forms(NamedTuple):
    """What opens the entry form, beginning with something of the entry."""

    again: Callable[[], object]
    """To record a returned one again."""
    correct: Callable[[str], object]
    """To record one in force as it should have been; given what is wrong in it."""
    same_act: Callable[[], object]
    """To record another decision on the same act."""


def offered(
    owner: QWidget, context: AppContext, reading: FileReading, entry: EntryRow, forms: Forms
) -> Iterator[Offered]:
    """The acts that belong to the account's work, whether they can be done now or not.

    What came back is recorded again or withdrawn, and nothing else: once recorded again, nothing at all.
    """
    head, today = reading.view.head, reading.today
    actor, department = context.actor, head.department_id
    if entry.status is EntryStatus.RETURNED and actor.may(Permission.KEEP_FILES, department):
        if not entry.again:
            yield Offered(tr("Record again…"), "", forms.again)
            yield _withdrawing(owner, context, head, entry)
        return
    if reading.to_be_corrected(entry) and actor.may(Permission.KEEP_FILES, department):
        yield Offered(tr("Record as it should have been…"), "", forms.again)
        return
    if actor.may(Permission.VERIFY_ENTRIES, department):
        yield from _for_verifier(owner, context, reading, entry)
    if not actor.may(Permission.KEEP_FILES, department):
        return
    if entry.status is EntryStatus.HEARING:
        yield from telling(owner, context, reading, entry)
        yield _withdrawing(owner, context, head, entry)
        return
    objectable = unless(entry, (EntryStatus.EFFECTIVE,), tr("Only an entry in force is objected to."))
    object_to = partial(
        ask_objection, owner, context, Target.ENTRY, entry.uid, named_entry(head, entry), today
    )
    yield Offered(tr("Enter an objection…"), objectable, object_to)
    if entry.polarity is Polarity.NEGATIVE:
        correct = partial(_correct, owner, context, head, entry, today)
        yield Offered(tr("Record its correction…"), _not_correctable(entry), correct)
    yield revoking(owner, context, reading, entry)
    yield Offered(
        tr("The record is wrong…"),
        _not_replaceable(reading, entry),
        partial(_replace, owner, head, entry, forms.correct),
        more=True,
    )
    for one in telling(owner, context, reading, entry):
        yield one._replace(more=True)
    yield Offered(
        tr("Another decision on this act…"),
        unless(entry, IN_FORCE, tr("Only of what is in force.")),
        forms.same_act,
        more=True,
    )
    if lifted := lifting(owner, context, reading, entry):
        yield lifted


def _for_verifier(
    owner: QWidget, context: AppContext, reading: FileReading, entry: EntryRow
) -> Iterator[Offered]:
    if entry.status is EntryStatus.HEARING:
        yield concluding(owner, context, reading, entry)
    elif reading.view.around.proposal(entry.uid):
        yield from settling(owner, context, reading, entry)
    else:
        why_not = _not_verifiable(entry, context)
        yield Offered(tr("Verify"), why_not, partial(_verify, owner, context, entry))
        send_back = partial(_return, owner, context, reading.view.head, entry)
        yield Offered(tr("Return…"), why_not, send_back)


def _not_verifiable(entry: EntryRow, context: AppContext) -> str:
    if entry.status is EntryStatus.SUBMITTED and entry.recorder == context.actor.uid:
        return tr("You recorded this entry. Someone else has to verify it.")
    return unless(entry, (EntryStatus.SUBMITTED,), tr("Only an entry that waits can be verified."))


def _not_correctable(entry: EntryRow) -> str:
    if entry.corrected_on:
        return tr("Its correction is on file already, of {date}.").format(date=iso(entry.corrected_on))
    return unless(entry, IN_FORCE, tr("Only a wrong in force can be corrected."))


def _not_replaceable(reading: FileReading, entry: EntryRow) -> str:
    if entry.status in IN_FORCE and entry.again:
        return tr("A correction of it is under way: {entry}").format(entry=reading.entry_name(entry.again))
    return unless(entry, IN_FORCE, tr("Only the record of what is in force is corrected."))


def _verify(owner: QWidget, context: AppContext, entry: EntryRow) -> None:
    sentence = tr("The entry is verified and takes effect.")
    done = partial(messages.say, owner, "ok", sentence, undoing(owner, context))
    tasks.write(owner, partial(context.do, verify_entry, entry.uid), lambda _: done())


def _return(owner: QWidget, context: AppContext, head: FileHead, entry: EntryRow) -> None:
    what = tr("The entry goes back to {recorder}, who reads the reason.").format(recorder=entry.recorded_by)
    question = Question(
        tr("Return the entry"), f"{named_entry(head, entry)}\n{what}", tr("Return to the recorder"), (REASON,)
    )
    ask_reason(
        owner, question, lambda answers: partial(context.do, return_entry, entry.uid, answers.text("reason"))
    )


def _replace(owner: QWidget, head: FileHead, entry: EntryRow, record: Callable[[str], object]) -> None:
    """Ask what is wrong, then for the entry as it should have been."""
    what = tr(
        "It is recorded anew as it should have been, and verified by a second person. "
        "Until then it counts on."
    )
    question = Question(
        tr("Correct the record"), f"{named_entry(head, entry)}\n{what}", tr("Go on to the form"), (_WRONG,)
    )
    said: list[str] = []

    def keep(answers: Answers) -> Callable[[], Changes]:
        said[:] = [answers.text("reason")]
        return Changes

    ask_reason(owner, question, keep, lambda _: record(said[0]))


def _withdrawing(owner: QWidget, context: AppContext, head: FileHead, entry: EntryRow) -> Offered:
    withdraw = partial(_withdraw, owner, context, head, entry)
    return Offered(tr("Withdraw…"), "", withdraw, dangerous=True)


def _withdraw(owner: QWidget, context: AppContext, head: FileHead, entry: EntryRow) -> None:
    what = tr("It is not recorded after all: it stays on file with the reason, and never counts.")
    sentence = f"{named_entry(head, entry)}\n{what}"
    question = Question(tr("Withdraw the entry"), sentence, tr("Withdraw"), (REASON,), dangerous=True)
    uid = entry.uid
    ask_reason(
        owner, question, lambda answers: partial(context.do, withdraw_entry, uid, answers.text("reason"))
    )


def _correct(owner: QWidget, context: AppContext, head: FileHead, entry: EntryRow, today: Day) -> None:
    what = tr("The wrong itself was put right: paid back, carried out, served. The record stays as it is.")
    sentence = f"{named_entry(head, entry)}\n{what}"
    act = tr("Record the correction")
    question = Question(
        tr("Record that the wrong was corrected"), sentence, act, (_PROOF, _CORRECTED_ON, _HOW), today=today
    )
    ask_reason(
        owner, question, lambda answers: partial(context.do, correct_conduct, entry.uid, _basis(answers))
    )


def _basis(answers: Answers) -> Basis:
    return Basis(answers.text("document_no"), answers.day("on"), answers.text("reason"))
