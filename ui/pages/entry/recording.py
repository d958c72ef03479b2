"""Writes what the form holds. On a worker."""

from app.commands.changes import Changes
from app.commands.evidence import NewEvidence, record_with_evidence
from app.context import AppContext
from app.errors import Invalid
from app.rules.inputs import NewEntry
from app.words import tr
from models.types import Uid
from ui.pages.entry.draft import Attached, Draft


def record(context: AppContext, new: NewEntry, draft: Draft, uid: Uid) -> Changes:
    """Write all in one transaction. The capacity is that of the person of the file alone."""
    evidence = [_evidence(one) for one in draft.files]
    if draft.paper.strip():
        evidence.append(NewEvidence(draft.paper.strip(), place=draft.place.strip(), seen=draft.seen))
    lead, instead_of = Uid(draft.lead) or None, Uid(draft.instead_of) or None
    others = [new._replace(staff_no=one.staff_no, capacity=None) for one in draft.people]
    return context.do(record_with_evidence, new, evidence, uid, lead, instead_of, draft.correction, others)


def _evidence(one: Attached) -> NewEvidence:
    content = one.content or one.path
    if content is None:
        sentence = tr("“{name}” was pasted, and a draft does not keep it. Paste it again, or take it away.")
        raise Invalid(sentence.format(name=one.name), field="evidence")
    return NewEvidence(one.name, content)
