"""An entry as it is typed: what the fields hold, what it comes to, and what stands against it."""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from app.exchange.typed import typed_day
from app.exchange.values import read_document_no, read_line, read_text
from app.problems import problem_sentence
from app.queries.files import EntryRow
from app.rules.inputs import NewEntry
from app.rules.validation import Problem, check_entry
from app.words import tr
from models.types import AuthorityLevel, Channel, Commitment, Day, EntryStatus, Uid, iso


class Draft(NamedTuple):
    """The fields of the form, as typed."""

    item: str = ""
    """Code of the item; empty where what was typed is none."""
    item_typed: str = ""
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
    files: tuple[Path, ...] = ()

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
        return self._replace(level=Draft().level, channel=Draft().channel) == Draft()


def draft_of(entry: EntryRow) -> Draft:
    """A returned entry, to be recorded again."""
    return Draft(
        item=entry.item,
        occurred_on=iso(entry.occurred_on),
        decided_on=iso(entry.decided_on) if entry.decided_on else "",
        ended_on=iso(entry.ended_on) if entry.ended_on else "",
        authority=entry.authority,
        level=entry.level,
        document_no=entry.document_no,
        facts=entry.facts,
        channel=entry.channel,
        commitment=entry.commitment or "",
    )


class Judged(NamedTuple):
    """What the fields come to. Where a date cannot be read, it is left out of ``entry``."""

    entry: NewEntry
    refusals: dict[str, str]
    """Sentences by field; empty where all is well."""


MONTH_IS_ENOUGH = frozenset({"occurred_on", "ended_on"})


def judge(draft: Draft, staff_no: str, today: Day) -> Judged:
    """The entry that was typed, and everything wrong with it."""
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
    )
    found = {problem.field: problem_sentence(problem) for problem in check_entry(entry, today)}
    if not draft.item and draft.item_typed:
        found["item"] = tr("Choose an item from the list: type its name, pinyin, initials or code.")
    found |= {problem.field: problem_sentence(problem) for problem in problems}
    if draft.paper and not draft.place:
        found["place"] = tr("Say where the paper lies, such as a cabinet or a volume.")
    if draft.place and not draft.paper:
        found["paper"] = tr("Say what lies there, such as the notice or the record of the check.")
    return Judged(entry, found)


def _day(draft: Draft, field: str, today: Day, problems: list[Problem]) -> Day | None:
    text: str = getattr(draft, field).strip()
    if not text:
        return None
    value = typed_day(text, today, month_is_enough=field in MONTH_IS_ENOUGH)
    if isinstance(value, Problem):
        problems.append(value._replace(field=field))
        return None
    return value


_GONE = frozenset({EntryStatus.RETURNED, EntryStatus.SUPERSEDED, EntryStatus.REVOKED})


def alike(entries: Sequence[EntryRow], new: NewEntry) -> list[EntryRow]:
    """The entries of the file that may be the same one: by the number of the document, or item and date."""
    return [
        entry
        for entry in entries
        if entry.status not in _GONE
        and (
            (new.document_no and entry.document_no == new.document_no)
            or (new.item == entry.item and new.occurred_on == entry.occurred_on)
        )
    ]
