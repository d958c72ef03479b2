"""The verb on leads: those in hand, overdue or all, without who complained."""

from argparse import Namespace

from app.cli.offices import entered
from app.labels import label
from app.queries.lead_list import LeadFilter, LeadLine, LeadOrder, Which, lead_ids, lead_lines
from app.words import tr
from models.types import iso


def listed(given: Namespace) -> tuple[int, object, str]:
    """``leads``"""
    context = entered(given)
    which = Which.OVERDUE if given.overdue else Which.EVERY if given.all else Which.OPEN
    wanted = LeadFilter(which, order=LeadOrder.DUE, descending=False)
    ids = context.ask(lead_ids, wanted)
    lines = context.ask(lead_lines, ids)
    found = [lines[key] for key in ids]
    told = "\n".join(map(_told, found)) or tr("There is no such lead.")
    return 0, [_data(one) for one in found], told


def _told(line: LeadLine) -> str:
    whom = f"{line.name} {line.staff_no}" if line.name else line.department
    steps = tr("; ").join(label(step) for step, _ in line.steps)
    due = line.due_on()
    parts = (iso(due) if due else "", whom, label(line.channel), line.order_no, line.matter)
    return " · ".join(filter(None, (*parts, label(line.status), steps, line.handler)))


def _data(line: LeadLine) -> dict[str, object]:
    due = line.due_on()
    return {
        "uid": line.uid,
        "received_on": iso(line.received_on),
        "channel": line.channel,
        "order_no": line.order_no,
        "staff_no": line.staff_no,
        "name": line.name,
        "department": line.department,
        "matter": line.matter,
        "status": line.status,
        "handler": line.handler,
        "due_on": iso(due) if due else None,
        "steps": [step for step, _ in line.steps],
    }
