"""What can be done with an entry, by whom, and why not now."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import NamedTuple

from PySide6.QtWidgets import QWidget

from app.commands.conduct import (
    Basis,
    correct_conduct,
    return_entry,
    revoke_entry,
    verify_entry,
    withdraw_entry,
)
from app.context import AppContext
from app.labels import label
from app.permissions import Permission
from app.queries.files import EntryRow, FileHead
from app.words import in_use, mark, tr
from models.types import Day, EntryStatus, Polarity, Target, iso
from ui import messages, tasks
from ui.dialogs.reason import REASON, Answers, Field, Question, ask_reason
from ui.dialogs.take_back import undoing
from ui.pages.file.objecting import ask_objection


class Offered(NamedTuple):
    """A button: its words, why it cannot be pressed now (empty where it can), and what it does."""

    text: str
    why_not: str
    do: Callable[[], object]
    dangerous: bool = False
    rare: bool = False
    """Whether it stands in the menu behind the buttons."""


_IN_FORCE = (EntryStatus.EFFECTIVE, EntryStatus.DISPUTED)
_DAY = Field("on", mark("Date of the document"), "day", mark("Enter the date of the document."))
_DECISION = Field(
    "document_no",
    mark("Number of the decision"),
    "line",
    mark("Enter the number of the decision that overturned the entry."),
)
_PROOF = Field(
    "document_no",
    mark("Number of the document"),
    "line",
    mark("Enter the number of the document that proves the correction."),
)
_CORRECTED_ON = Field(
    "on", mark("Corrected on"), "day", mark("Enter the day on which the wrong was corrected.")
)
_HOW = Field("reason", mark("How it was corrected"), missing=mark("Say in a sentence how it was corrected."))


def offered(
    owner: QWidget,
    context: AppContext,
    head: FileHead,
    entry: EntryRow,
    today: Day,
    again: Callable[[], object],
    to_be_corrected: bool = False,
) -> Iterator[Offered]:
    """The acts that belong to the account's work, whether they can be done now or not.

    What came back is recorded again or withdrawn, and nothing else: once recorded again, nothing at all.
    ``to_be_corrected``: by an upheld objection.
    """
    actor, department = context.actor, head.department_id
    if entry.status is EntryStatus.RETURNED and actor.may(Permission.KEEP_FILES, department):
        if not entry.again:
            yield Offered(tr("Record again…"), "", again)
            withdraw = partial(_withdraw, owner, context, head, entry)
            yield Offered(tr("Withdraw…"), "", withdraw, dangerous=True)
        return
    if to_be_corrected and actor.may(Permission.KEEP_FILES, department):
        yield Offered(tr("Record as it should have been…"), "", again)
        return
    if actor.may(Permission.VERIFY_ENTRIES, department):
        why_not = _not_verifiable(entry, context)
        yield Offered(tr("Verify"), why_not, partial(_verify, owner, context, entry))
        yield Offered(tr("Return…"), why_not, partial(_return, owner, context, head, entry))
    if actor.may(Permission.KEEP_FILES, department):
        objectable = _unless(entry, (EntryStatus.EFFECTIVE,), tr("Only an entry in force is objected to."))
        object_to = partial(
            ask_objection, owner, context, Target.ENTRY, entry.uid, titled(head, entry), today
        )
        yield Offered(tr("Enter an objection…"), objectable, object_to)
        if entry.polarity is Polarity.NEGATIVE:
            correct = partial(_correct, owner, context, head, entry, today)
            yield Offered(tr("Record its correction…"), _not_correctable(entry), correct)
        revocable = _unless(entry, _IN_FORCE, tr("Only an entry in force can be revoked."))
        revoke = partial(_revoke, owner, context, head, entry, today)
        yield Offered(tr("Revoke…"), revocable, revoke, dangerous=True)


def _unless(entry: EntryRow, allowed: tuple[EntryStatus, ...], sentence: str) -> str:
    if entry.status in allowed:
        return ""
    now = tr("This one is: {status}.").format(status=label(entry.status))
    return f"{sentence}\n{now}"


def _not_verifiable(entry: EntryRow, context: AppContext) -> str:
    if entry.status is EntryStatus.SUBMITTED and entry.recorder == context.actor.uid:
        return tr("You recorded this entry. Someone else has to verify it.")
    return _unless(entry, (EntryStatus.SUBMITTED,), tr("Only an entry that waits can be verified."))


def _not_correctable(entry: EntryRow) -> str:
    if entry.corrected_on:
        return tr("Its correction is on file already, of {date}.").format(date=iso(entry.corrected_on))
    return _unless(entry, _IN_FORCE, tr("Only a wrong in force can be corrected."))


def titled(head: FileHead, entry: EntryRow) -> str:
    """An entry and whose it is, as dialogs name it."""
    words = tr("{name}: {item}, {date}").format(
        name=head.name, item=entry.item_name(in_use()), date=iso(entry.occurred_on)
    )
    return f"{words} · {entry.document_no}" if entry.document_no else words


def _verify(owner: QWidget, context: AppContext, entry: EntryRow) -> None:
    sentence = tr("The entry is verified and takes effect.")
    done = partial(messages.say, owner, "ok", sentence, undoing(owner, context))
    tasks.write(owner, partial(context.do, verify_entry, entry.uid), lambda _: done())


def _return(owner: QWidget, context: AppContext, head: FileHead, entry: EntryRow) -> None:
    what = tr("The entry goes back to {recorder}, who reads the reason.").format(recorder=entry.recorded_by)
    question = Question(
        tr("Return the entry"), f"{titled(head, entry)}\n{what}", tr("Return to the recorder"), (REASON,)
    )
    ask_reason(
        owner, question, lambda answers: partial(context.do, return_entry, entry.uid, answers.text("reason"))
    )


def _withdraw(owner: QWidget, context: AppContext, head: FileHead, entry: EntryRow) -> None:
    what = tr("It is not recorded after all: it stays on file with the reason, and never counts.")
    sentence = f"{titled(head, entry)}\n{what}"
    question = Question(tr("Withdraw the entry"), sentence, tr("Withdraw"), (REASON,), dangerous=True)
    uid = entry.uid
    ask_reason(
        owner, question, lambda answers: partial(context.do, withdraw_entry, uid, answers.text("reason"))
    )


def _correct(owner: QWidget, context: AppContext, head: FileHead, entry: EntryRow, today: Day) -> None:
    what = tr("The wrong itself was put right: paid back, carried out, served. The record stays as it is.")
    sentence = f"{titled(head, entry)}\n{what}"
    act = tr("Record the correction")
    question = Question(
        tr("Record that the wrong was corrected"), sentence, act, (_PROOF, _CORRECTED_ON, _HOW), today=today
    )
    ask_reason(
        owner, question, lambda answers: partial(context.do, correct_conduct, entry.uid, _basis(answers))
    )


def _revoke(owner: QWidget, context: AppContext, head: FileHead, entry: EntryRow, today: Day) -> None:
    what = tr("The entry no longer counts. It stays on file with the decision that overturned it.")
    question = Question(
        tr("Revoke the entry"),
        f"{titled(head, entry)}\n{what}",
        tr("Revoke"),
        (_DECISION, _DAY, REASON),
        dangerous=True,
        today=today,
    )
    ask_reason(owner, question, lambda answers: partial(context.do, revoke_entry, entry.uid, _basis(answers)))


def _basis(answers: Answers) -> Basis:
    return Basis(answers.text("document_no"), answers.day("on"), answers.text("reason"))
