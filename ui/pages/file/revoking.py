"""Takes an entry out of force, by two, and a sanction out of its period."""

from collections.abc import Iterator
from functools import partial

from PySide6.QtWidgets import QWidget

from app.commands.changes import Changes
from app.commands.conduct import Basis
from app.commands.revoking import confirm_revocation, lift_sanction, propose_revocation, refuse_revocation
from app.context import AppContext
from app.queries.files import EntryRow
from app.queries.hearings import RevocationRow
from app.words import mark, tr
from models.types import iso
from ui import messages, tasks
from ui.dialogs.confirm import Act, confirm
from ui.dialogs.reason import REASON, Answers, Field, Question, ask_reason
from ui.pages.file.offers import DAY, IN_FORCE, Offered, named_entry, unless
from ui.pages.file.reading import FileReading

_DECISION = Field(
    "document_no",
    mark("Number of the decision"),
    "line",
    mark("Enter the number of the decision that overturned the entry."),
)
_LIFTING = _DECISION._replace(missing=mark("Enter the number of the decision that lifted the sanction."))


def revoking(owner: QWidget, context: AppContext, reading: FileReading, entry: EntryRow) -> Offered:
    """To propose that an entry be revoked."""
    proposal = reading.view.around.proposal(entry.uid)
    waits = tr("{name} proposed to revoke it by {document}; a second person has to confirm it.")
    why_not = (
        waits.format(name=proposal.proposed_by, document=proposal.document_no)
        if proposal
        else unless(entry, IN_FORCE, tr("Only an entry in force can be revoked."))
    )
    return Offered(tr("Revoke…"), why_not, partial(_propose, owner, context, reading, entry), dangerous=True)


def _propose(owner: QWidget, context: AppContext, reading: FileReading, entry: EntryRow) -> None:
    what = tr("Once a second person has confirmed it, the entry no longer counts. It stays on file.")
    question = Question(
        tr("Revoke the entry"),
        f"{named_entry(reading.view.head, entry)}\n{what}",
        tr("Propose the revocation"),
        (_DECISION, DAY, REASON),
        dangerous=True,
        today=reading.today,
    )
    said = partial(messages.say, owner, "ok", tr("The revocation waits for a second person to confirm it."))
    ask_reason(
        owner,
        question,
        lambda answers: partial(context.do, propose_revocation, entry.uid, _basis(answers)),
        lambda _: said(),
    )


def settling(owner: QWidget, context: AppContext, reading: FileReading, entry: EntryRow) -> Iterator[Offered]:
    """To confirm or refuse what somebody proposed."""
    proposal = reading.view.around.proposal(entry.uid)
    if proposal is None:
        return
    own = proposal.proposer == context.actor.uid
    why_not = tr("You proposed this. Someone else has to compare it with the decision.") if own else ""
    yield Offered(
        tr("Confirm the revocation…"),
        why_not,
        partial(_confirm, owner, context, reading, entry, proposal),
        dangerous=True,
    )
    yield Offered(tr("Refuse it…"), why_not, partial(_refuse, owner, context, reading, entry))


def _confirm(
    owner: QWidget, context: AppContext, reading: FileReading, entry: EntryRow, proposal: RevocationRow
) -> None:
    sentence = tr("Compared with {document} of {date}: the entry no longer counts.")
    what = sentence.format(document=proposal.document_no, date=iso(proposal.decided_on))
    write = partial(context.do, confirm_revocation, entry.uid)
    done = partial(messages.say, owner, "ok", tr("The entry is revoked."))
    act = Act(tr("Confirm the revocation"), lambda: tasks.write(owner, write, lambda _: done()), danger=True)
    named = named_entry(reading.view.head, entry)
    confirm(owner, tr("Confirm the revocation"), f"{named}\n{what}\n{proposal.reason}", act)


def _refuse(owner: QWidget, context: AppContext, reading: FileReading, entry: EntryRow) -> None:
    what = tr("The entry stands on. Who proposed it reads the reason.")
    question = Question(
        tr("Refuse the revocation"),
        f"{named_entry(reading.view.head, entry)}\n{what}",
        tr("Refuse the revocation"),
        (REASON,),
    )

    def command(answers: Answers) -> "partial[Changes]":
        return partial(context.do, refuse_revocation, entry.uid, answers.text("reason"))

    ask_reason(owner, question, command)


def lifting(owner: QWidget, context: AppContext, reading: FileReading, entry: EntryRow) -> Offered | None:
    """To record that a decision lifted a sanction; None where the entry has no period."""
    influence = reading.influence(entry.uid)
    if influence is None:
        return None
    why_not = ""
    if entry.lifted_on:
        why_not = tr("The lifting is on file already, of {date}.").format(date=iso(entry.lifted_on))
    elif influence.until < reading.today:
        sentence = tr("The period ended by itself on {date}. There is nothing to lift.")
        why_not = sentence.format(date=iso(influence.until))
    return Offered(
        tr("The sanction was lifted…"), why_not, partial(_lift, owner, context, reading, entry), more=True
    )


def _lift(owner: QWidget, context: AppContext, reading: FileReading, entry: EntryRow) -> None:
    what = tr("From the day of the decision on it no longer bars promotion. The entry stands and counts.")
    question = Question(
        tr("Record that the sanction was lifted"),
        f"{named_entry(reading.view.head, entry)}\n{what}",
        tr("Record the lifting"),
        (_LIFTING, DAY),
        today=reading.today,
    )

    def command(answers: Answers) -> "partial[Changes]":
        basis = Basis(answers.text("document_no"), answers.day("on"), "")
        return partial(context.do, lift_sanction, entry.uid, basis)

    ask_reason(owner, question, command)


def _basis(answers: Answers) -> Basis:
    return Basis(answers.text("document_no"), answers.day("on"), answers.text("reason"))
