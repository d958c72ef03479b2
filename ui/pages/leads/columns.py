"""The columns of the table of leads."""

from collections.abc import Callable

from app.labels import label as words
from app.queries.lead_list import LeadLine, LeadOrder
from app.words import mark, tr
from models.types import Day, LeadStatus, iso
from ui import theme
from ui.pages.leads.words import step_words
from ui.tables.row_model import Column


def _whom(line: LeadLine) -> str:
    return line.name or line.department


def _whom_hint(line: LeadLine) -> str:
    if line.name:
        return f"{line.name} {line.staff_no} · {line.department}"
    return tr("{department}, person not known yet").format(department=line.department)


def _standing(line: LeadLine) -> str:
    """What is to be done next; the status where nothing is."""
    if line.status is LeadStatus.OPEN or not line.steps:
        return words(line.status)
    return tr("; ").join(words(step) for step, _ in line.steps)


def _standing_hint(line: LeadLine) -> str:
    steps = (step_words(step, due) for step, due in line.steps)
    return tr("; ").join((words(line.status), *steps))


def _due(line: LeadLine) -> str:
    due = line.due_on()
    return iso(due) if due else ""


def columns(today: Callable[[], Day]) -> tuple[Column[LeadLine], ...]:
    """``today``: what was due before is marked; asked when a row is shown."""

    def late(line: LeadLine) -> bool:
        return (line.due_on() or today()) < today()

    def due_spoken(line: LeadLine) -> str:
        return tr("{date}, overdue").format(date=_due(line)) if late(line) else _due(line)

    def due_icon(line: LeadLine) -> tuple[str, theme.Role] | None:
        return ("triangle-alert", "dispute") if late(line) else None

    return (
        Column(LeadOrder.RECEIVED, mark("Received"), lambda line: iso(line.received_on), 6),
        Column(LeadOrder.CHANNEL, mark("Channel"), lambda line: words(line.channel), 6),
        Column(
            LeadOrder.PERSON, mark("About whom"), _whom, 5, tooltip=lambda line: line.staff_no or _whom(line)
        ),
        Column(LeadOrder.DEPARTMENT, mark("Department"), lambda line: line.department, 6, shown=False),
        Column(
            LeadOrder.MATTER,
            mark("What was reported"),
            lambda line: line.matter,
            14,
            tooltip=lambda line: line.matter,
        ),
        Column(
            LeadOrder.DUE,
            mark("Due on"),
            _due,
            8,
            icon=due_icon,
            spoken=due_spoken,
            colour=lambda line: "dispute" if late(line) else None,
        ),
        Column(LeadOrder.STANDING, mark("Standing"), _standing, 6, tooltip=_standing_hint),
        Column(LeadOrder.HANDLER, mark("Handler"), lambda line: line.handler, 5, shown=False),
        Column(LeadOrder.ORDER_NO, mark("Work order"), lambda line: line.order_no, 12, shown=False),
    )
