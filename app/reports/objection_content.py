"""What the papers of an objection show, as plain data: application, receipt, decision."""

from dataclasses import dataclass
from enum import StrEnum

from app.words import mark
from models.types import Day


class Paper(StrEnum):
    """Which of the three."""

    APPLICATION = "application"  # 异议申请书, to be filled in by the person
    RECEIPT = "receipt"  # 收件回执
    DECISION = "decision"  # 异议处理决定告知书


TITLES = {
    Paper.APPLICATION: mark("Application for an Objection"),
    Paper.RECEIPT: mark("Receipt for an Objection"),
    Paper.DECISION: mark("Notice of the Decision on an Objection"),
}


@dataclass(frozen=True, slots=True)
class ObjectionPaper:
    """One paper about one person. Words come in the language of the print."""

    paper: Paper
    office: str
    printed_on: Day
    name: str
    staff_no: str
    file_no: str
    department: str
    post: str
    target: str
    """What is objected to: an entry by item, date and document, or a grade by its period."""
    of_grade: bool
    chain_seq: int
    chain_hash: str
    last_day: Day | None = None
    """Last day to object to a grade; None for an entry, to which one may object at any time."""
    filed_on: Day | None = None
    due_on: Day | None = None
    term: int = 0
    late: bool = False
    claim: str = ""
    received_by: str = ""
    upheld: bool = False
    outcome: str = ""
    """What follows from the decision, in words."""
    decided_on: Day | None = None
    document_no: str = ""
    reasons: str = ""
    provisional: str = ""
    """What must be said of a last day in a year whose holidays are not known."""
    seal_root: str = ""
    sealed_on: Day | None = None
