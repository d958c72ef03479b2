"""What people type and lists bring, before it is judged by ``rules.validation``.

Named tuples and not dataclasses, because an import makes hundreds of thousands of them and a
frozen dataclass costs seven times as much to fill. Change one with ``_replace``.
"""

from typing import NamedTuple

from models.types import (
    AuthorityLevel,
    Capacity,
    Channel,
    Commitment,
    Day,
    LeadStatus,
    Leaving,
    Points,
    ServiceState,
    Uid,
)


class NewPerson(NamedTuple):
    """One civil servant. An empty text or None means: not known."""

    staff_no: str
    name: str
    department: str = ""
    """Path of names from the top, separated by ``/``; empty is the office itself."""
    post: str = ""
    rank: str = ""
    joined_on: Day | None = None
    left_on: Day | None = None
    leaving: Leaving | None = None
    id_number: str = ""
    states: tuple[tuple[ServiceState, Day, Day | None], ...] = ()
    """(state, since, until)"""


class NewEntry(NamedTuple):
    """One decided or verified fact about one person's official conduct."""

    staff_no: str
    item: str
    """Code of the item."""
    occurred_on: Day
    decided_on: Day | None = None
    ended_on: Day | None = None
    """Last day of continuing conduct."""
    authority: str = ""
    level: AuthorityLevel = AuthorityLevel.UNIT
    document_no: str = ""
    facts: str = ""
    channel: Channel = Channel.OWN_UNIT
    commitment: Commitment | None = None
    act: Uid | None = None
    """Shared by all entries that follow from one act (同一行为); None is an act of its own."""
    quantity: int | None = None
    """In thousandths of the unit of the item."""
    given_points: Points | None = None
    """Decided case by case within the range of the item (一事一议); only with a reason."""
    given_reason: str = ""
    capacity: Capacity | None = None
    authors: int | None = None
    """How many share what was achieved; None: the person alone."""
    corrected_on: Day | None = None
    """When the wrong was put right. Lists of earlier years know it; else ``correct_conduct`` comes later."""
    corrected_document: str = ""


class NewLead(NamedTuple):
    """One complaint or report on service."""

    staff_no: str
    received_on: Day
    matter: str = ""
    occurred_on: Day | None = None
    due_on: Day | None = None
    channel: Channel = Channel.COMPLAINT
    order_no: str = ""
    commitment: Commitment | None = None
    status: LeadStatus = LeadStatus.OPEN
    closed_on: Day | None = None
    outcome: str = ""


class NewComplainant(NamedTuple):
    """Who complained, and how to answer. Kept apart from the lead."""

    name: str
    contact: str = ""


class Circumstances(NamedTuple):
    """What else is known of a single lead; lists do not say it."""

    hearing: str = ""
    """Of a review of law enforcement: how the other party was heard."""
    promise: Uid | None = None
    department_id: int | None = None
    """Of a lead that names nobody yet."""
    complainant: NewComplainant | None = None


class NewPromise(NamedTuple):
    """One published promise: what is done, within which limit, by which post."""

    matter: str
    term: str
    post: str
    published_on: Day


class NewHandover(NamedTuple):
    """All that stays of a discipline matter."""

    handed_on: Day
    body: str
    letter_no: str
