"""What goes into a grade, and what comes out: plain tuples, because many thousands are made in a second."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple

from models.types import Day, Points, ServiceState, Uid


class Period(NamedTuple):
    """What a grade is for: both days belong to it."""

    start: Day
    end: Day
    label: str


def year(number: int) -> Period:
    """A calendar year."""
    return Period(Day(number * 10000 + 101), Day(number * 10000 + 1231), str(number))


class CaseEntry(NamedTuple):
    """What grading needs to know of a conduct entry."""

    uid: Uid
    act: Uid
    item: str
    status: str
    occurred_on: Day
    decided_on: Day | None
    ended_on: Day | None
    level: str
    quantity: int | None = None
    """In thousandths of the item's unit."""
    given: Points | None = None
    """Decided within the range of the item."""
    capacity: str | None = None
    """``head``: of the unit that was honoured or punished."""
    authors: int | None = None
    """How many share what was achieved."""
    corrected_on: Day | None = None
    """When the wrong was put right."""


class Last(NamedTuple):
    """What the evaluation of the period before came to."""

    band: str
    score: Points
    base: Points | None = None
    """What everybody began with by the standard of that evaluation; None: as by the one in question."""


class Case(NamedTuple):
    """Everything about one person that a grade may depend on."""

    entries: Sequence[CaseEntry]
    states: frozenset[ServiceState] = frozenset()
    """Those that held on the last day of the period."""
    joined_on: Day | None = None
    left_on: Day | None = None
    last: Last | None = None
    inputs: Mapping[str, int] = {}
    """What was measured in the period, in thousandths, by the code of the input."""


class NotCounted(StrEnum):
    """Why an entry brought no points."""

    NOT_VERIFIED = "not_verified"
    RETURNED = "returned"
    NOT_HEARD = "not_heard"
    """No competent body decided it, and the person may still state the own view."""
    REVOKED = "revoked"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"
    LATER = "later"
    EARLIER = "earlier"
    """Only acts of the period count."""
    EXPIRED = "expired"
    SAME_ACT = "same_act"
    NOT_IN_SCHEME = "not_in_scheme"
    NO_POINTS_FOR_LEVEL = "no_points_for_level"
    SWITCHED_OFF = "switched_off"
    NOT_IN_FORCE = "not_in_force"
    """The item did not hold on the day of the act."""
    SUSPENDED = "suspended"
    OWN_YEAR = "own_year"
    NO_POINTS_GIVEN = "no_points_given"
    OUT_OF_RANGE = "out_of_range"
    NO_QUANTITY = "no_quantity"
    NO_HEADS_SHARE = "no_heads_share"
    BEFORE_NTH = "before_nth"
    FROZEN = "frozen"


HAPPENED = (None, NotCounted.SAME_ACT)
"""Of an act that counts, also of the entries that give way to another of it."""


class NotRated(StrEnum):
    """Why a person gets no grade, beside the states that the scheme names."""

    JOINED_LATER = "joined_later"
    LEFT = "left"


class How(StrEnum):
    """What made the points of an entry other than the item's own."""

    PLAIN = ""
    REPEATED = "repeated"
    REPAIRED = "repaired"
    HEAD = "head"
    SHARED = "shared"
    CUMULATED = "cumulated"


class Line(NamedTuple):
    """What became of one entry."""

    entry: Uid
    item: str
    points: Points
    """0 where it did not count."""
    reason: NotCounted | None
    """None where it counted."""
    until: Day
    """Last day on which it counts; 0 where that was not looked at."""
    direct: str
    """Band it gives directly; empty for none."""
    disputed: bool
    how: How = How.PLAIN
    by: Uid | None = None
    """The other entry: that of the same act which counts, that which is repeated, that which freezes it."""


class Adjusted(StrEnum):
    """What moves a score beside the entries."""

    BASE = "base"
    PART_BASE = "part_base"
    CARRY_OVER = "carry_over"
    INPUT = "input"
    ITEM_CAP = "item_cap"
    GROUP_CAP = "group_cap"
    GROUP_ZERO = "group_zero"
    PART_CAP = "part_cap"
    PART_ZERO = "part_zero"
    WEIGHT = "weight"
    CEILING = "ceiling"
    FLOOR = "floor"
    ROUNDING = "rounding"
    KEPT = "kept"
    """What the person's own objection alone would have cost."""


class Adjustment(NamedTuple):
    """Points that come from no entry. With those of the lines they make the score."""

    kind: Adjusted
    code: str
    """Of the part, group, item or input; empty for the whole."""
    points: Points


class Fixed(StrEnum):
    """What fixed the grade."""

    SCORE = "score"
    ENTRY = "entry"
    """The direct grade of one entry."""
    RULE = "rule"
    """A direct grade by a count or a result."""
    NEEDS = "needs"
    """A better grade asks for more than its score."""
    LIMIT = "limit"
    KEPT = "kept"
    """What it would be had the person not objected."""


class Lack(NamedTuple):
    """What stood between a person and the next better grade."""

    what: str
    """A condition's name: ``score``, ``deductions`` …; or ``direct``, ``rule``, ``limit``: what holds it."""
    amount: int
    """Points, entries, or the last day of a direct grade."""
    code: str = ""
    """Of the rule, or the uid of the entry."""


class Grade(NamedTuple):
    """The result and everything that led to it."""

    band: str | None
    """None where the person is not rated."""
    score: Points | None
    lines: tuple[Line, ...]
    """By date of the act."""
    direct: Uid | None
    """The entry whose direct grade decided; None where something else did."""
    not_rated: ServiceState | NotRated | None
    adjustments: tuple[Adjustment, ...] = ()
    fixed: Fixed = Fixed.SCORE
    rule: str = ""
    """Code of the rule, or of the better band, that fixed it."""
    fallen_from: str = ""
    """Band by the score, where a direct grade remembers it."""
    next_band: str = ""
    """The next better one; empty for who has the best."""
    lacks: tuple[Lack, ...] = ()
    """What that would have needed."""
