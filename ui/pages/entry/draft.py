"""An entry as it is typed: what the fields hold, what it comes to, and what stands against it."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from app.exchange.typed import typed_day
from app.exchange.values import read_amount, read_count, read_document_no, read_line, read_text
from app.problems import missing_basis, problem_sentence
from app.queries.files import EntryRow
from app.queries.leads import LeadRow
from app.rules.grading.scheme import ItemRule
from app.rules.inputs import NewEntry
from app.rules.validation import Fault, Problem, check_basis, check_entry, figure, item_contradictions
from app.words import tr
from models.types import (
    AuthorityLevel,
    Capacity,
    Channel,
    Commitment,
    Day,
    EntryStatus,
    Points,
    Polarity,
    Uid,
    iso,
)


class Attached(NamedTuple):
    """A file to be attached: where it lies, or a picture that was pasted."""

    name: str
    path: Path | None = None
    content: bytes | None = None
    """Of a pasted picture; a draft does not keep it."""


class Also(NamedTuple):
    """Somebody else for whom the same act is recorded."""

    staff_no: str
    name: str


class Draft(NamedTuple):
    """The fields of the form, as typed."""

    item: str = ""
    """Code of the item; empty where what was typed is none."""
    item_typed: str = ""
    quantity: str = ""
    given_points: str = ""
    given_reason: str = ""
    capacity: str = ""
    authors: str = ""
    occurred_on: str = ""
    decided_on: str = ""
    ended_on: str = ""
    authority: str = ""
    level: str = AuthorityLevel.UNIT
    document_no: str = ""
    act: str = ""
    facts: str = ""
    channel: str = Channel.OWN_UNIT
    commitment: str = ""
    paper: str = ""
    place: str = ""
    seen: bool = False
    """Whether who records has seen the original of the paper."""
    files: tuple[Attached, ...] = ()
    instead_of: str = ""
    """The entry that is hereby recorded again or corrected."""
    correction: str = ""
    """What is wrong in the entry in force that is hereby corrected."""
    lead: str = ""
    """The substantiated lead that it comes from."""
    people: tuple[Also, ...] = ()
    people_typed: str = ""
    """What was typed there and is nobody yet."""

    def same_document(self) -> "Draft":
        """What stays for the next entry under the same document."""
        return Draft(
            decided_on=self.decided_on,
            authority=self.authority,
            level=self.level,
            document_no=self.document_no,
        )

    def is_empty(self) -> bool:
        """Whether nothing was typed or attached."""
        shown = self._replace(instead_of="", correction="", lead="")
        return shown._replace(level=Draft().level, channel=Draft().channel) == Draft()


def draft_text(draft: Draft) -> str:
    """A draft as it is kept: what was typed, and of files their names and places alone."""
    typed = {name: value for name, value in draft._asdict().items() if value != Draft._field_defaults[name]}
    typed |= {"files": [(one.name, str(one.path or "")) for one in draft.files]}
    return json.dumps(typed, ensure_ascii=False)


def draft_read(text: str) -> Draft:
    """A draft that was kept. What a newer program asked beside is left out."""
    typed: dict[str, Any] = {name: value for name, value in json.loads(text).items() if name in Draft._fields}
    typed["files"] = tuple(Attached(name, Path(path) if path else None) for name, path in typed["files"])
    typed["people"] = tuple(Also(*one) for one in typed.get("people", ()))
    return Draft(**typed)


def draft_of_act(entry: EntryRow) -> Draft:
    """Another decision on the act of an entry: what happened stays, who decided and how is new."""
    again = draft_of(entry)
    return Draft(
        occurred_on=again.occurred_on,
        ended_on=again.ended_on,
        act=again.act,
        facts=again.facts,
        channel=again.channel,
        commitment=again.commitment,
    )


def draft_of(entry: EntryRow, correction: str = "") -> Draft:
    """A returned entry, to be recorded again; or with what is wrong in it one in force, to be corrected."""
    return Draft(
        item=entry.item,
        quantity=_figure("quantity", entry.quantity),
        given_points=_figure("given_points", entry.given_points),
        given_reason=entry.given_reason or "",
        capacity=entry.capacity or "",
        authors=_figure("authors", entry.authors),
        occurred_on=iso(entry.occurred_on),
        decided_on=iso(entry.decided_on) if entry.decided_on else "",
        ended_on=iso(entry.ended_on) if entry.ended_on else "",
        authority=entry.authority,
        level=entry.level,
        document_no=entry.document_no,
        act=entry.act,
        facts=entry.facts,
        channel=entry.channel,
        commitment=entry.commitment or "",
        instead_of=entry.uid,
        correction=correction,
    )


def _figure(field: str, value: int | None) -> str:
    return "" if value is None else figure(field, value)


def draft_from(lead: LeadRow) -> Draft:
    """A substantiated lead, to be recorded as the fact it turned out to be on the day it was closed."""
    return Draft(
        occurred_on=iso(lead.occurred_on) if lead.occurred_on else "",
        decided_on=iso(lead.closed_on) if lead.closed_on else "",
        facts="\n".join(filter(None, (lead.matter, lead.outcome))),
        channel=lead.channel,
        commitment=lead.commitment or "",
        lead=lead.uid,
    )


class Judged(NamedTuple):
    """What the fields come to. Where a date cannot be read, it is left out of ``entry``."""

    entry: NewEntry
    refusals: dict[str, str]
    """Sentences by field; empty where all is well."""


MONTH_IS_ENOUGH = frozenset({"occurred_on", "ended_on"})


def judge(
    draft: Draft, staff_no: str, today: Day, rule: ItemRule | None = None, *, evidenced: bool = False
) -> Judged:
    """The entry that was typed, and everything wrong with it.

    ``rule``: what the standard says of the item; None where it has no such item. ``evidenced``: whether the
    entry in whose place it is recorded has evidence, which goes on to count.
    """
    problems: list[Problem] = []
    document_no = read_document_no(draft.document_no)
    if isinstance(document_no, Problem):
        problems.append(document_no._replace(field="document_no"))
    entry = NewEntry(
        staff_no,
        draft.item,
        _day(draft, "occurred_on", today, problems) or Day(0),
        _day(draft, "decided_on", today, problems),
        _day(draft, "ended_on", today, problems),
        read_line(draft.authority),
        AuthorityLevel(draft.level),
        "" if isinstance(document_no, Problem) else document_no,
        read_text(draft.facts),
        Channel(draft.channel),
        Commitment(draft.commitment) if draft.commitment else None,
        Uid(draft.act) if draft.act else None,
        _number(draft, "quantity", problems),
        _given(_number(draft, "given_points", problems), draft, rule),
        read_text(draft.given_reason),
        Capacity(draft.capacity) if draft.capacity else None,
        _number(draft, "authors", problems),
    )
    evidenced = evidenced or bool(draft.files or draft.paper.strip())
    wrong = check_entry(entry, today) + check_basis(entry, evidenced or bool(draft.lead))
    if rule:
        wrong += item_contradictions(entry, rule.polarity)
        if "quantity" in rule.needs and not draft.quantity.strip():
            wrong.append(Problem("quantity", Fault.REQUIRED))
    found = missing_basis(entry, rule, evidenced)
    found |= {problem.field: _sentence(problem) for problem in wrong}
    if draft.people_typed:
        found["people"] = tr("Choose the person from the list: type a name, pinyin or staff number.")
    if not draft.item and draft.item_typed:
        found["item"] = tr("Choose an item from the list: type its name, pinyin, initials or code.")
    found |= {problem.field: problem_sentence(problem) for problem in problems}
    if draft.paper and not draft.place:
        found["place"] = tr("Say where the paper lies, such as a cabinet or a volume.")
    if draft.place and not draft.paper:
        found["paper"] = tr("Say what lies there, such as the notice or the record of the check.")
    return Judged(entry, found)


def _sentence(problem: Problem) -> str:
    """Beneath a field, whose name stands above it."""
    return tr("Fill this in.") if problem.fault is Fault.REQUIRED else problem_sentence(problem)


def _number(draft: Draft, field: str, problems: list[Problem]) -> int | None:
    text: str = getattr(draft, field).strip()
    if not text:
        return None
    value = read_count(text) if field == "authors" else read_amount(text)
    if isinstance(value, Problem):
        problems.append(value._replace(field=field))
        return None
    return value


def _given(typed: int | None, draft: Draft, rule: ItemRule | None) -> Points | None:
    """Points of a deduction may be typed without their minus: 3 off is −3. With a plus they are refused."""
    if typed is None:
        return None
    takes_off = rule is not None and rule.polarity is Polarity.NEGATIVE
    return Points(-typed if takes_off and draft.given_points.strip()[0] not in "+＋" and typed > 0 else typed)


def _day(draft: Draft, field: str, today: Day, problems: list[Problem]) -> Day | None:
    text: str = getattr(draft, field).strip()
    if not text:
        return None
    value = typed_day(text, today, month_is_enough=field in MONTH_IS_ENOUGH)
    if isinstance(value, Problem):
        problems.append(value._replace(field=field))
        return None
    return value


GONE = frozenset({EntryStatus.RETURNED, EntryStatus.SUPERSEDED, EntryStatus.REVOKED, EntryStatus.WITHDRAWN})
"""No longer, or not yet, a fact on file."""


def alike(entries: Sequence[EntryRow], new: NewEntry) -> list[EntryRow]:
    """The entries of the file that may be the same one: by the number of the document, or item and date."""
    return [
        entry
        for entry in entries
        if entry.status not in GONE
        and (
            (new.document_no and entry.document_no == new.document_no)
            or (new.item == entry.item and new.occurred_on == entry.occurred_on)
        )
    ]


def twins(entries: Sequence[EntryRow], new: NewEntry) -> list[EntryRow]:
    """Those in all likelihood the same: item and date agree, and no number tells them apart."""
    return [
        entry
        for entry in alike(entries, new)
        if (entry.item, entry.occurred_on) == (new.item, new.occurred_on)
        and len({entry.document_no, new.document_no} - {""}) < 2
    ]
