"""What forms show, as plain data, so that whoever asks for it need not load what draws it.

Words (labels, reasons, names) come in the language of the print; dates and points come as numbers.
"""

from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from typing import NamedTuple

from models.types import Day, Moment, Points


@dataclass(frozen=True, slots=True)
class CountedLine:
    """An entry that counts towards the grade."""

    date: Day
    item: str
    points: Points
    facts: str = ""
    authority: str = ""
    document_no: str = ""
    until: Day | None = None
    """Last day on which it counts; None where nothing ends it."""
    reference: str = ""
    """What the points rest on: the rule, or the law behind it."""
    marks: tuple[str, ...] = ()
    """What must be said beside it: 有异议, 直接判级…"""


@dataclass(frozen=True, slots=True)
class UncountedLine:
    """An entry that does not count, and why, in words."""

    date: Day
    item: str
    reason: str
    facts: str = ""
    authority: str = ""
    document_no: str = ""
    marks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Decision:
    """One step of the approval that has been taken."""

    step: str
    who: str
    when: Moment
    decision: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Summary:
    """All that the summary of one person shows."""

    office: str
    printed_on: Day
    name: str
    staff_no: str
    file_no: str
    department: str
    post: str
    rank: str
    period_label: str
    period_start: Day
    period_end: Day
    scheme: str
    adopted_by: str
    """Document number by which the office adopted the scheme."""
    grade: str
    """Label of the grade; empty where there is none."""
    score: Points | None
    base: Points
    status: str
    """Where the evaluation stands, in words: 待审核."""
    is_proposal: bool
    """Whether the grade still waits for the person with the authority to decide."""
    content_digest: str
    """SHA-256 of what is decided about, in hexadecimal; empty where nothing was submitted yet."""
    chain_seq: int
    """Number of the last event of the file's chain, and its hash in hexadecimal."""
    chain_hash: str
    counted: tuple[CountedLine, ...] = ()
    not_counted: tuple[UncountedLine, ...] = ()
    adjustments: tuple[tuple[str, Points], ...] = ()
    """What moved the score beside the entries: the base, ceilings, what was carried over."""
    reasoning: tuple[str, ...] = ()
    """What fixed the grade, and what the next better one would have needed."""
    counts: tuple[tuple[str, int], ...] = ()
    """What the file holds besides, as (label, number)."""
    decisions: tuple[Decision, ...] = ()
    marks: tuple[str, ...] = ()
    """What must be said of the whole: 有异议, 审核后内容有变动."""
    influences: tuple[str, ...] = ()
    """The influence periods that run on the day of the print."""
    note: str = ""
    seal_root: str = ""
    """Of all chains of the office when they were sealed last, in hexadecimal."""
    sealed_on: Day | None = None


class HeldEntry(NamedTuple):
    """An entry as a person reads it of themselves."""

    date: Day
    item: str
    facts: str
    authority: str
    document_no: str
    standing: str
    """Where it stands, who recorded and who verified it, its evidence."""


class HeldGrade(NamedTuple):
    """A grade of a period, and who decided."""

    period: str
    scheme: str
    grade: str
    status: str
    decisions: str


class HeldObjection(NamedTuple):
    """An objection of the person, and what was decided on it."""

    filed_on: Day
    against: str
    claim: str
    status: str
    decision: str
    """Who decided, with the reasons and the document; empty while it runs."""


class HeldLead(NamedTuple):
    """A lead that was closed, without who complained."""

    received_on: Day
    channel: str
    matter: str
    outcome: str


class HeldReading(NamedTuple):
    """Who read the file."""

    read_at: Moment
    reader: str
    how: str
    purpose: str


@dataclass(frozen=True, slots=True)
class OwnCopy:
    """Everything that is held on a person, and who read it (本人查阅)."""

    office: str
    printed_on: Day
    request: str
    """Document and date of the written request."""
    name: str
    staff_no: str
    file_no: str
    particulars: tuple[tuple[str, str], ...]
    entries: tuple[HeldEntry, ...]
    grades: tuple[HeldGrade, ...]
    objections: tuple[HeldObjection, ...]
    leads: tuple[HeldLead, ...]
    erased: tuple[tuple[str, str], ...]
    """When something was erased, and on whose order."""
    readings: tuple[HeldReading, ...]
    chain_seq: int
    chain_hash: str
    seal_root: str = ""
    sealed_on: Day | None = None


@dataclass(frozen=True, slots=True)
class ListColumn:
    """A column of a list."""

    title: str
    width: int
    """Its share of the page, in characters of Chinese."""


@dataclass(frozen=True, slots=True)
class Listing:
    """A list that an office works through or keeps: what it is, of which day, and its rows."""

    name: str
    """In ``app.queries.lists.LISTS``."""
    title: str
    office: str
    printed_on: Day
    said: tuple[str, ...]
    """What the list is of: department, days, by which rule."""
    columns: tuple[ListColumn, ...]
    rows: tuple[tuple[str, ...], ...]
    whose: tuple[str, ...]
    """Staff number of each row."""
    empty: str
    """What is said where no row is."""
    negative: bool = False
    """Whether it tells of negative entries, and leaves the office for a purpose and with approval only."""
    watermark: str = ""
    seal_root: str = ""
    """Of all chains of the office when they were sealed last, in hexadecimal."""
    sealed_on: Day | None = None


@dataclass(frozen=True, slots=True)
class NoticePaper:
    """All that the notice to a person about a negative entry shows (诚信记录告知书)."""

    office: str
    number: str
    name: str
    staff_no: str
    file_no: str
    post: str
    """Department and post."""
    issued_on: Day
    term: int
    """Working days for the statement."""
    facts: tuple[tuple[str, str], ...]
    """What is on file, as (title, text)."""
    heard_first: bool
    """Whether it takes effect only after the term."""
    chain_seq: int
    """Number of the last event of the file's chain, and its hash in hexadecimal."""
    chain_hash: str
    delivered_on: Day | None = None
    delivery: str = ""
    """How it was delivered, in words; empty before."""
    witness: str = ""
    last_day: Day | None = None
    """Of the term; None before the delivery."""
    seal_root: str = ""
    """Of all chains of the office when they were sealed last, in hexadecimal."""
    sealed_on: Day | None = None


@dataclass(frozen=True, slots=True)
class PeriodEnd:
    """All that the notice that an influence period ends shows (期满告知)."""

    office: str
    printed_on: Day
    name: str
    staff_no: str
    file_no: str
    post: str
    """Department and post."""
    item: str
    authority: str
    document_no: str
    since: Day
    until: Day
    """Last day on which it bars."""
    others_until: Day | None
    """Last day of what still bars the person after it; None for nothing."""
    by_law: bool
    """Whether it is a sanction of the law, and not of the standard alone."""
    restores_nothing: bool
    """Whether what the sanction took, a post or a rank, does not come back by itself."""
    chain_seq: int
    chain_hash: str
    seal_root: str = ""
    sealed_on: Day | None = None


def texts_of(value: object) -> Iterator[str]:
    """Every text in a content, however deep."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for one in value:
            yield from texts_of(one)
    elif is_dataclass(value):
        for field in fields(value):
            yield from texts_of(getattr(value, field.name))
