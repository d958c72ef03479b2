"""A lead in words: title, what is to be done next, and all that is known of it."""

from collections.abc import Iterator

from app.labels import label as words
from app.queries.leads import LeadRow
from app.rules.leads import Step
from app.words import tr
from models.types import Day, LeadStatus, iso
from ui import theme
from ui.widgets import Chip

_LOOK: dict[LeadStatus, tuple[theme.Role, str]] = {
    LeadStatus.OPEN: ("accent", "clock"),
    LeadStatus.SUBSTANTIATED: ("negative", "check"),
    LeadStatus.HANDED_OVER: ("muted", "arrow-right"),
    LeadStatus.PASSED_ON: ("muted", "arrow-right"),
}
_LATE: tuple[theme.Role, str] = ("dispute", "triangle-alert")
_CLOSED: tuple[theme.Role, str] = ("muted", "x")


def title_of(lead: LeadRow) -> str:
    """Day, channel and work-order number."""
    parts = (iso(lead.received_on), words(lead.channel), lead.order_no)
    return " · ".join(part for part in parts if part)


def status_chip(lead: LeadRow, today: Day) -> Chip:
    """Where it stands, and whether something should be done by now."""
    late, status = lead.overdue(today), words(lead.status)
    role, icon = _LATE if late else _LOOK.get(lead.status, _CLOSED)
    return Chip(tr("{status}, overdue").format(status=status) if late else status, role, icon)


def step_words(step: Step, due: Day | None) -> str:
    """What is to be done, and until when."""
    if due is None:
        return words(step)
    return tr("{step}, due {date}").format(step=words(step), date=iso(due))


def facts_of(lead: LeadRow) -> Iterator[tuple[str, str]]:
    """All that is known of it, as titles and texts; what is not known is empty."""
    steps = tr("; ").join(step_words(step, due) for step, due in lead.steps())
    yield tr("Next"), steps
    yield tr("In the hands of"), lead.handler or ""
    yield tr("Occurred on"), _day(lead.occurred_on)
    yield tr("Commitment"), words(lead.commitment) if lead.commitment else ""
    yield tr("Published promise"), lead.promise or ""
    yield tr("How the other party was heard"), lead.hearing or ""
    yield tr("Changed because"), lead.reason or ""
    yield tr("Closed on"), _day(lead.closed_on)
    yield tr("Outcome"), lead.outcome
    yield tr("Handed over to"), _joined(lead.handed_to, lead.letter_no)
    yield tr("To be put right"), _joined(lead.remedy, _until(lead.remedy_by))
    found = tr("Put right") if lead.remedied else tr("Not put right")
    checked = _joined(_day(lead.checked_on), lead.checked_by, found, lead.check_note)
    yield tr("Checked"), checked if lead.checked_on else ""
    yield tr("Answered"), _joined(_day(lead.replied_on), words(lead.reply_way) if lead.reply_way else "")
    scope = words(lead.clearing_scope) if lead.clearing_scope else ""
    yield tr("Cleared"), _joined(_day(lead.cleared_on), lead.cleared_by, scope)


def _day(day: Day | None) -> str:
    return iso(day) if day else ""


def _until(day: Day | None) -> str:
    return tr("until {date}").format(date=iso(day)) if day else ""


def _joined(*parts: str | None) -> str:
    return " · ".join(part for part in parts if part)
