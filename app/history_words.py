"""What an event changed, in words: each value as a reader of the file would say it."""

from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from typing import Any, NamedTuple

from app.labels import label
from app.problems import FIELDS
from app.queries.history import FieldChange, HistoryRow
from app.reports.wording import plain_points, signed_points
from app.words import mark, tr
from models.types import (
    AuthorityLevel,
    Capacity,
    Channel,
    ClearingScope,
    Commitment,
    Day,
    Delivery,
    EntryStatus,
    ErasureStatus,
    EvaluationStatus,
    Filing,
    LeadStatus,
    Leaving,
    Moment,
    ObjectionStatus,
    Points,
    Remedy,
    ReplyWay,
    RevocationStatus,
    Role,
    ServiceState,
    iso,
    local_time,
)

Names = Mapping[str, str]
"""What records are called: by the uid or code that an image has."""

_MORE: Mapping[str, str] = {
    "corrected_reason": mark("How it was corrected"),
    "status_document": mark("By document"),
    "status_on": mark("Of the date"),
    "status_reason": mark("Reason"),
    "reason": mark("Reason"),
    "recorded_by": mark("Recorded by"),
    "verified_by": mark("Verified by"),
    "submitted_by": mark("Submitted by"),
    "handler": mark("Handler"),
    "number": mark("File number"),
    "opened_on": mark("Opened on"),
    "since": mark("since"),
    "until": mark("until"),
    "title": mark("Title"),
    "digest": mark("SHA-256"),
    "size": mark("Bytes"),
    "place": mark("Where the paper lies"),
    "seen_by": mark("Original seen by"),
    "seen_on": mark("Original seen on"),
    "period_label": mark("Period"),
    "grade": mark("Grade"),
    "score": mark("Score"),
    "step": mark("Decided as"),
    "decision": mark("Decision"),
    "account_name": mark("Decided by"),
    "decided_at": mark("Decided at"),
    "input": mark("Input"),
    "value": mark("Value"),
    "supersedes": mark("Instead of"),
    "lead": mark("From the lead"),
    "hearing": mark("How the other party was heard"),
    "handed_to": mark("Handed over to"),
    "handed_on": mark("Handed over on"),
    "letter_no": mark("Number of the letter"),
    "remedy": mark("What is to be put right"),
    "remedy_by": mark("Until"),
    "checked_on": mark("Checked on"),
    "checked_by": mark("Checked by"),
    "check_note": mark("What was found"),
    "reply_by": mark("To be answered until"),
    "replied_on": mark("Answered on"),
    "reply_way": mark("How"),
    "cleared_on": mark("Cleared on"),
    "cleared_by": mark("Body that checked"),
    "clearing_scope": mark("Scope, as agreed with the person"),
    "agreed_on": mark("Agreed on"),
    "entry": mark("Of the entry"),
}
"""Values of records that no form asks for. What stands nowhere here is of use to the program alone."""

_OF_RECORD: Mapping[str, Mapping[str, str]] = {
    "notice": {
        "number": mark("Number of the notice"),
        "issued_on": mark("Issued on"),
        "issued_by": mark("Made out by"),
        "term": mark("Working days for the statement"),
        "delivered_on": mark("Delivered on"),
        "delivery": mark("How delivered"),
        "witness": mark("Witness"),
        "last_day": mark("Last day for the statement"),
        "finding": mark("What was made of the statement"),
    },
    "statement": {"text": mark("Statement of the person"), "received_by": mark("Received by")},
    "revocation": {"proposed_by": mark("Proposed by"), "refusal": mark("Why it was refused")},
    "objection": {
        "filed_on": mark("Filed on"),
        "claim": mark("Claim"),
        "filing": mark("How it was filed"),
        "received_by": mark("Received by"),
        "term": mark("Working days for the decision"),
        "reasons": mark("Reasons"),
        "remedy": mark("What is to be done"),
        "decided_by": mark("Decided by"),
    },
    "erasure": {
        "ordered_on": mark("Date of the order"),
        "registered_by": mark("Registered by"),
        "decided_by": mark("Decided by"),
    },
}
"""The same of one kind of record; goes before the others."""

_KINDS: Mapping[str, type[StrEnum]] = {
    "level": AuthorityLevel,
    "channel": Channel,
    "commitment": Commitment,
    "capacity": Capacity,
    "leaving": Leaving,
    "state": ServiceState,
    "step": Role,
    "decision": EvaluationStatus,
    "delivery": Delivery,
    "filing": Filing,
    "reply_way": ReplyWay,
    "clearing_scope": ClearingScope,
}
_STATUS: Mapping[str, type[StrEnum]] = {
    "entry": EntryStatus,
    "lead": LeadStatus,
    "evaluation": EvaluationStatus,
    "revocation": RevocationStatus,
    "objection": ObjectionStatus,
    "erasure": ErasureStatus,
}
_DAYS = frozenset({"since", "until", "remedy_by", "reply_by", "last_day"})
_THOUSANDTHS = frozenset({"quantity", "value", "score"})
_WHY = ("status_reason", "corrected_reason", "reason", "outcome")
_DIGITS = 16  # of a hash: enough to compare by eye


class ChangeWords(NamedTuple):
    """One value that changed, in the language in use; empty where there is none."""

    field: str
    before: str
    after: str


def change_words(row: HistoryRow, names: Names) -> Iterator[ChangeWords]:
    """What an event changed. What only the program needs is left out."""
    for change in row.changes:
        own = _OF_RECORD.get(row.record, {})
        if title := own.get(change.field) or FIELDS.get(change.field) or _MORE.get(change.field):
            before, after = (_said(row.record, change.field, one, names) for one in change[1:])
            yield ChangeWords(tr(title), before, after)


def why(row: HistoryRow) -> str:
    """The reason that was given with an event; empty where none was."""
    given = {change.field: change.after for change in row.changes if change.after}
    return next((str(given[field]) for field in _WHY if field in given), "")


def references(rows: Iterable[HistoryRow]) -> frozenset[str]:
    """What the changes of some events name by uid or code."""
    values = (value for row in rows for change in row.changes for value in _named(change))
    return frozenset(values)


_REFERENCES = frozenset(
    {
        *("recorded_by", "verified_by", "submitted_by", "handler", "department", "item"),
        *("issued_by", "received_by", "proposed_by", "decided_by", "registered_by"),
        *("supersedes", "lead", "entry"),
    }
)


def _named(change: FieldChange) -> Iterator[str]:
    if change.field in _REFERENCES:
        yield from (value for value in change[1:] if value)


def _said(record: str, field: str, value: Any, names: Names) -> str:
    if value is None or value == "":
        return ""
    kind = _STATUS.get(record) if field == "status" else _KINDS.get(field)
    if (record, field) == ("objection", "remedy"):
        kind = Remedy
    if kind is not None:
        return label(kind(value))
    if field.endswith("_on") or field in _DAYS:
        return iso(Day(value))
    if field == "given_points":
        return signed_points(Points(value))
    if field in _THOUSANDTHS:
        return plain_points(Points(value))
    if field == "decided_at":
        return f"{local_time(Moment(value)):%Y-%m-%d %H:%M}"
    return str(value)[:_DIGITS] if field == "digest" else names.get(str(value), str(value))
