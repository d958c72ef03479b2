"""Who is heard before an entry counts (陈述、申辩), and how long there is time for it.

What a competent body decided stands by its decision: before it, that body heard the person (政务处分法
第四十三条). What only the own unit found out is told to the person first, who may state the own view.
"""

from enum import StrEnum
from typing import NamedTuple

from models.types import AuthorityLevel, Day, Polarity


class Term(NamedTuple):
    """A term in working days, and where it is from."""

    days: int
    source: str


TERM = Term(5, "比照行政处罚法第六十四条：告知后五个工作日内")
"""For the statement, unless the notice gives another; the office's own rule goes first."""
SHORTEST, LONGEST = 3, 20
"""What a notice may give."""


def is_decided(
    decided_on: int | None, document_no: str | None, authority: str | None, level: AuthorityLevel | str
) -> bool:
    """Whether an entry rests on a decision of a competent body.

    That is the number of its document; or, in lists that name none, its day and a body above the own unit.
    The own unit's word without a numbered document is a finding and no decision.
    """
    by_others = decided_on is not None and bool(authority) and level != AuthorityLevel.UNIT
    return bool(document_no) or by_others


def is_heard_first(polarity: Polarity | str, is_decided: bool) -> bool:
    """Whether the person is heard before the entry takes effect."""
    return polarity == Polarity.NEGATIVE and not is_decided


class Hindrance(StrEnum):
    """Why an entry that waits for the person's statement cannot take effect yet."""

    NO_NOTICE = "no_notice"
    NOT_DELIVERED = "not_delivered"
    TERM_RUNS = "term_runs"


def hindrance(
    issued: bool, delivered_on: Day | None, last_day: Day | None, stated: bool, today: Day
) -> Hindrance | None:
    """Why not yet; None where it can: the term is over, or the person stated the own view and was heard.

    ``stated``: whether a statement came since the delivery.
    """
    if not issued:
        return Hindrance.NO_NOTICE
    if delivered_on is None or last_day is None:
        return Hindrance.NOT_DELIVERED
    return None if stated or today > last_day else Hindrance.TERM_RUNS
