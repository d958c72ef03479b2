"""Words for the values of the enumerations, translated when shown.

By kind first: members of different kinds with one value are equal as texts.
"""

from collections.abc import Callable, Mapping
from enum import StrEnum

from app.queries.verification import Breach
from app.rules.accountability import Handling
from app.rules.grading.case import Adjusted, How, NotCounted, NotRated
from app.rules.grading.scheme import Ending, Half, KindOf, PeriodKind, Result, RunsFrom, SameAct, Span
from app.words import mark, tr
from models.types import (
    AuthorityLevel,
    Capacity,
    Category,
    Channel,
    Commitment,
    EntryStatus,
    EvaluationStatus,
    LeadStatus,
    Leaving,
    Polarity,
    Role,
    ServiceState,
)

LABELS: Mapping[type[StrEnum], Mapping[StrEnum, str]] = {
    Polarity: {
        Polarity.POSITIVE: mark("Positive"),
        Polarity.NEGATIVE: mark("Negative"),
    },
    Category: {
        Category.PERFORMANCE: mark("Achievement in duty"),
        Category.LAWFULNESS: mark("Lawful conduct"),
        Category.EXAMPLE: mark("Exemplary conduct"),
        Category.ORDERS_BLOCKED: mark("Orders obstructed"),
        Category.IMPROPER_STYLE: mark("Improper style of work"),
        Category.POOR_WORK: mark("Poor work"),
        Category.POOR_IMAGE: mark("Poor image"),
        Category.LAX_DISCIPLINE: mark("Lax discipline"),
    },
    Commitment: {
        Commitment.FIRST_ASKED: mark("First asked is responsible"),
        Commitment.SERVICE_PROMISE: mark("Service promise"),
        Commitment.TIME_LIMIT: mark("Handled within the time limit"),
        Commitment.ACCOUNTABILITY: mark("Neglect is answered for"),
        Commitment.REFUSAL_REPORTED: mark("Refusals are reported"),
        Commitment.FREE_AGENCY: mark("Free agency"),
        Commitment.TOLD_ONCE: mark("Told everything at once"),
        Commitment.AB_POST: mark("A/B posts"),
    },
    Channel: {
        Channel.COMPLAINT: mark("Complaint by the public"),
        Channel.HOTLINE: mark("Conduct hotline"),
        Channel.SUPERVISOR: mark("Supervisor"),
        Channel.MEDIA: mark("Media"),
        Channel.ENFORCEMENT_REVIEW: mark("Review of law enforcement"),
        Channel.RECONSIDERATION: mark("Administrative reconsideration"),
        Channel.LITIGATION: mark("Administrative litigation"),
        Channel.AUDIT: mark("Audit"),
        Channel.INSPECTION: mark("Inspection"),
        Channel.EFFICIENCY_CHECK: mark("Efficiency check"),
        Channel.OWN_UNIT: mark("Own unit"),
        Channel.SUPERIOR: mark("Superior body"),
        Channel.OTHER: mark("Other source"),
    },
    AuthorityLevel: {
        AuthorityLevel.UNIT: mark("Own unit"),
        AuthorityLevel.COUNTY_DEPARTMENT: mark("County department"),
        AuthorityLevel.COUNTY: mark("County"),
        AuthorityLevel.CITY_DEPARTMENT: mark("City department"),
        AuthorityLevel.CITY: mark("City"),
        AuthorityLevel.PROVINCE_DEPARTMENT: mark("Provincial department"),
        AuthorityLevel.PROVINCE: mark("Province"),
        AuthorityLevel.NATION: mark("Nation"),
    },
    EntryStatus: {
        EntryStatus.SUBMITTED: mark("To be verified"),
        EntryStatus.RETURNED: mark("Returned to the recorder"),
        EntryStatus.EFFECTIVE: mark("Effective"),
        EntryStatus.DISPUTED: mark("Disputed"),
        EntryStatus.SUPERSEDED: mark("Superseded"),
        EntryStatus.REVOKED: mark("Revoked"),
        EntryStatus.WITHDRAWN: mark("Withdrawn"),
    },
    LeadStatus: {
        LeadStatus.OPEN: mark("In hand"),
        LeadStatus.SUBSTANTIATED: mark("Substantiated"),
        LeadStatus.UNSUBSTANTIATED: mark("Not substantiated"),
        LeadStatus.HANDED_OVER: mark("Handed over"),
    },
    EvaluationStatus: {
        EvaluationStatus.SUBMITTED: mark("To be decided"),
        EvaluationStatus.RETURNED: mark("Returned"),
        EvaluationStatus.APPROVED: mark("Approved"),
        EvaluationStatus.CONFIRMED: mark("Confirmed"),
        EvaluationStatus.PUBLICISED: mark("Publicised"),
        EvaluationStatus.FINAL: mark("Final"),
        EvaluationStatus.SUPERSEDED: mark("Superseded"),
    },
    ServiceState: {
        ServiceState.RATED_ELSEWHERE: mark("Rated elsewhere"),
        ServiceState.PROBATION: mark("On probation"),
        ServiceState.SECONDED: mark("On secondment"),
        ServiceState.POSTED: mark("Temporary post"),
        ServiceState.AID: mark("Aid posting"),
        ServiceState.LONG_LEAVE: mark("Long leave"),
        ServiceState.CASE_OPEN: mark("Case open"),
    },
    Capacity: {Capacity.HEAD: mark("Head of the unit")},
    Leaving: {
        Leaving.RETIRED: mark("Retired"),
        Leaving.TRANSFERRED: mark("Transferred"),
        Leaving.RESIGNED: mark("Resigned"),
        Leaving.DISMISSED: mark("Dismissed"),
        Leaving.DIED: mark("Died"),
        Leaving.OTHER: mark("Left"),
    },
    Role: {
        Role.PERSONNEL_OFFICER: mark("Personnel officer"),
        Role.VERIFIER: mark("Verifier"),
        Role.DEPARTMENT_HEAD: mark("Department head"),
        Role.LEADER_IN_CHARGE: mark("Leader in charge"),
        Role.SYSTEM_ADMINISTRATOR: mark("System administrator"),
    },
    NotCounted: {
        NotCounted.NOT_VERIFIED: mark("not verified yet"),
        NotCounted.RETURNED: mark("returned to the recorder"),
        NotCounted.REVOKED: mark("revoked"),
        NotCounted.SUPERSEDED: mark("superseded by a correction"),
        NotCounted.WITHDRAWN: mark("withdrawn by who keeps the file"),
        NotCounted.LATER: mark("decided after the period"),
        NotCounted.EXPIRED: mark("no longer valid at the end of the period"),
        NotCounted.SAME_ACT: mark("the same act already counts by another entry"),
        NotCounted.NOT_IN_SCHEME: mark("the standard has no such item"),
        NotCounted.NO_POINTS_FOR_LEVEL: mark("the standard gives no points at this level"),
        NotCounted.EARLIER: mark("the act lies before the period"),
        NotCounted.SWITCHED_OFF: mark("the item is switched off in the standard"),
        NotCounted.NOT_IN_FORCE: mark("the item did not hold on the day of the act"),
        NotCounted.SUSPENDED: mark("suspended until the objection is decided"),
        NotCounted.OWN_YEAR: mark("an appraisal result never counts in its own year"),
        NotCounted.NO_POINTS_GIVEN: mark("the points within the range are not decided yet"),
        NotCounted.OUT_OF_RANGE: mark("the points decided lie outside the range of the standard"),
        NotCounted.NO_QUANTITY: mark("the quantity is missing"),
        NotCounted.NO_HEADS_SHARE: mark("the standard gives the head of the unit no share"),
        NotCounted.BEFORE_NTH: mark("counts only when it happens more often"),
        NotCounted.FROZEN: mark("frozen until the directly graded wrong is corrected"),
    },
    How: {
        How.PLAIN: "",
        How.REPEATED: mark("repeated while the earlier one was valid"),
        How.REPAIRED: mark("corrected: points instead of the direct grade"),
        How.HEAD: mark("share of the head of the unit"),
        How.SHARED: mark("shared by several"),
        How.CUMULATED: mark("by the cumulative quantity"),
    },
    Adjusted: {
        Adjusted.BASE: mark("Base"),
        Adjusted.PART_BASE: mark("Base of the part {name}"),
        Adjusted.CARRY_OVER: mark("Carried over from the last period ({name})"),
        Adjusted.INPUT: mark("Measured: {name}"),
        Adjusted.ITEM_CAP: mark("Limit of the item {name}"),
        Adjusted.GROUP_CAP: mark("Limit of the group {name}"),
        Adjusted.GROUP_ZERO: mark("The group {name} goes to zero"),
        Adjusted.PART_CAP: mark("Limit of the part {name}"),
        Adjusted.PART_ZERO: mark("The part {name} goes to zero"),
        Adjusted.WEIGHT: mark("Weight of the part {name}"),
        Adjusted.CEILING: mark("Highest score"),
        Adjusted.FLOOR: mark("Lowest score"),
        Adjusted.ROUNDING: mark("Rounded"),
    },
    Handling: {
        Handling.REMINDER: mark("reminder"),
        Handling.CRITICISM: mark("criticism"),
        Handling.SELF_EXAMINATION: mark("written self-examination"),
        Handling.ADMONITION: mark("admonition"),
        Handling.ADJUSTMENT: mark("organisational adjustment"),
        Handling.PARTY_WARNING: mark("party warning"),
        Handling.PARTY_SERIOUS_WARNING: mark("serious party warning"),
        Handling.PARTY_REMOVAL: mark("removal from party posts"),
        Handling.PARTY_PROBATION: mark("probation within the party"),
        Handling.PARTY_EXPULSION: mark("expulsion from the party"),
        Handling.WARNING: mark("warning"),
        Handling.DEMERIT: mark("demerit"),
        Handling.SERIOUS_DEMERIT: mark("serious demerit"),
        Handling.DEMOTION: mark("demotion"),
        Handling.REMOVAL: mark("removal from office"),
        Handling.DISMISSAL: mark("dismissal"),
        Handling.DISCHARGE: mark("discharge"),
        Handling.REFERRAL: mark("referral to the competent body"),
    },
    NotRated: {
        NotRated.JOINED_LATER: mark("joined after the period"),
        NotRated.LEFT: mark("left before the end of the period"),
    },
    RunsFrom: {
        RunsFrom.OCCURRENCE: mark("from the first day"),
        RunsFrom.CONDUCT: mark("from the act, or its end"),
        RunsFrom.DECISION: mark("from the decision"),
    },
    SameAct: {
        SameAct.LARGEST: mark("the largest number of points and the lowest direct grade"),
        SameAct.DIRECT: mark("the direct grade alone, else the largest number of points"),
    },
    KindOf: {
        KindOf.ITEM: mark("the same item"),
        KindOf.GROUP: mark("the same group"),
        KindOf.CATEGORY: mark("the same category"),
    },
    Span: {
        Span.PERIOD: mark("the whole period"),
        Span.YEAR: mark("each calendar year"),
    },
    PeriodKind: {
        PeriodKind.YEAR: mark("a calendar year"),
        PeriodKind.ROLLING: mark("a number of months"),
        PeriodKind.OPENING: mark("since the file was opened"),
    },
    Ending: {
        Ending.YEAR: mark("with the calendar year"),
        Ending.NEVER: mark("never"),
    },
    Half: {
        Half.HALF_UP: mark("half up"),
        Half.DOWN: mark("down"),
        Half.UP: mark("up"),
    },
    Result: {
        Result.EXCELLENT: mark("Excellent"),
        Result.COMPETENT: mark("Competent"),
        Result.BASICALLY_COMPETENT: mark("Basically competent"),
        Result.INCOMPETENT: mark("Incompetent"),
    },
}


def label(value: StrEnum, translate: Callable[[str], str] | None = None) -> str:
    """What people read for a value, in the language in use or in that of a ``translator``."""
    message = LABELS[type(value)][value]
    return (translate or tr)(message) if message else ""  # gettext answers "" with the head of the catalogue


BREACHES: Mapping[Breach, str] = {
    Breach.EVENT_CHANGED: mark("this event or the one before it was changed"),
    Breach.EVENT_MISSING: mark("an event is missing here"),
    Breach.CONTENT_CHANGED: mark("the content of the event was changed"),
    Breach.CONTENT_MISSING: mark("the content of the event was removed, and no erasure says so"),
    Breach.EVENT_ADDED: mark("the event was put in"),
    Breach.TAIL_CUT: mark("the newest events were cut off"),
    Breach.HEAD_CHANGED: mark("the newest event or the head of the chain was changed"),
    Breach.CHAIN_MISSING: mark("the head of the chain is missing"),
    Breach.RECORD_CHANGED: mark("the record was changed"),
    Breach.RECORD_MISSING: mark("the record was removed"),
    Breach.RECORD_WITHOUT_EVENT: mark("the record was put in"),
    Breach.EVIDENCE_CHANGED: mark("the file of evidence is not the one that was attached"),
    Breach.EVIDENCE_MISSING: mark("the file of evidence was removed"),
    Breach.WRITTEN_ANEW: mark("the chain was written anew up to here since the heads were exported"),
    Breach.CUT_SINCE: mark("events were cut off since the heads were exported"),
    Breach.SEAL_BROKEN: mark("the chains do not come to the root of this seal any more"),
    Breach.CHAIN_GONE: mark("the whole chain is gone since the heads were exported"),
}


EVENTS: Mapping[str, str] = {
    "heads_sealed": mark("Heads sealed"),
    "file_opened": mark("File opened"),
    "person_changed": mark("Person changed"),
    "person_moved": mark("Moved to another department"),
    "person_posted": mark("Post or rank changed"),
    "file_closed": mark("File closed"),
    "file_reopened": mark("File reopened"),
    "file_sent": mark("File sent to another office"),
    "file_received": mark("File received from another office"),
    "file_merged": mark("File merged into another of the same person"),
    "file_split": mark("File split from another again"),
    "merger_made": mark("Another file of the same person merged into this one"),
    "merger_ended": mark("Merged file split off again"),
    "file_id_number_entered": mark("ID number entered"),
    "file_id_number_shown": mark("ID number shown in full"),
    "lead_kept_back": mark("Lead kept by the office that sent the file"),
    "lead_found_again": mark("Lead kept here, and the file is back"),
    "state_set": mark("State of service entered"),
    "state_ended": mark("State of service ended"),
    "department_added": mark("Department added"),
    "department_renamed": mark("Department renamed"),
    "department_moved": mark("Department moved"),
    "department_merged": mark("Department merged into another"),
    "department_dissolved": mark("Department dissolved"),
    "entry_submitted": mark("Entry recorded"),
    "entry_verified": mark("Entry verified"),
    "entry_returned": mark("Entry returned to the recorder"),
    "entry_disputed": mark("Entry disputed"),
    "entry_superseded": mark("Entry superseded"),
    "entry_revoked": mark("Entry revoked"),
    "entry_corrected_conduct": mark("Correction of the wrong recorded"),
    "entry_withdrawn": mark("Entry withdrawn"),
    "evidence_added": mark("Evidence added"),
    "lead_registered": mark("Lead registered"),
    "lead_closed": mark("Lead closed"),
    "evaluation_submitted": mark("Grade proposed"),
    "evaluation_computed_again": mark("Grade computed and submitted again"),
    "evaluation_approved": mark("Grade approved"),
    "evaluation_returned": mark("Grade returned"),
    "evaluation_superseded": mark("Grade superseded by a new computation"),
}
"""What happened in a file, by the kinds of its events."""


def event_label(kind: str) -> str:
    """What happened, in the language in use; the kind itself where a newer program wrote it."""
    return tr(EVENTS[kind]) if kind in EVENTS else kind
