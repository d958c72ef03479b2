"""What has to be known before a summary is printed: a paper that went out is not called back."""

from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple

from sqlalchemy.orm import Session

from app.errors import NotAllowed, NotFound
from app.permissions import Actor, Permission, require
from app.queries.summaries import STALE, summary
from app.reports.content import Summary, texts_of
from app.rules.grading.case import Period
from app.words import translator


class Concern(StrEnum):
    """What may stand against printing, in the order in which it is looked at."""

    STANDARD = "standard"
    """None is in force: there is nothing to print."""
    REFUSED = "refused"
    """The account may not print this file."""
    CHARACTERS = "characters"
    """No font can draw some; a sign stands for them, to be written in by hand."""
    STALE = "stale"
    """Entries changed after the grade was computed."""
    UNDECIDED = "undecided"
    """The grade is a proposal."""


class Finding(NamedTuple):
    """One concern about one person."""

    concern: Concern
    who: str
    """Name; the staff number of someone whose file may not be read."""
    detail: str = ""


class Readied(NamedTuple):
    """What can be printed, and what stands against it."""

    summaries: tuple[Summary, ...] = ()
    findings: tuple[Finding, ...] = ()


def readied(
    session: Session, actor: Actor, staff_numbers: Sequence[str], period: Period, language: str
) -> Readied:
    """The summaries of some people, as far as the actor may print them."""
    require(actor, Permission.PRINT)
    summaries: list[Summary] = []
    found: list[Finding] = []
    for staff_no in staff_numbers:
        try:
            made = summary(session, actor, staff_no, period, language)
        except (NotFound, NotAllowed) as error:
            concern = Concern.STANDARD if error.field == "scheme" else Concern.REFUSED
            found.append(Finding(concern, staff_no, error.sentence))
        else:
            summaries.append(made)
            found += findings(made, language)
    return Readied(tuple(summaries), tuple(found))


def findings(summary: Summary, language: str) -> tuple[Finding, ...]:
    """What stands against printing a summary made in a language."""
    from app.reports.fonts import missing_characters  # reportlab only where something is printed

    found = []
    if missing := missing_characters(texts_of(summary)):
        found.append(Finding(Concern.CHARACTERS, summary.name, " ".join(missing)))
    if translator(language)(STALE) in summary.marks:
        found.append(Finding(Concern.STALE, summary.name))
    if summary.is_proposal and summary.grade:
        found.append(Finding(Concern.UNDECIDED, summary.name, summary.status))
    return tuple(found)
