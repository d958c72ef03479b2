"""Verbs on objections."""

from argparse import Namespace
from pathlib import Path

from app import papers
from app.cli.offices import entered
from app.commands.objections import Ruling, decide_objection, file_objection, withdraw_objection
from app.context import AppContext
from app.errors import Invalid, NotFound
from app.exchange.typed import typed_day
from app.labels import label
from app.queries.files import file_view
from app.queries.objections import ObjectionRow, running_objections
from app.reports.objection_content import Paper
from app.rules.grading.case import year
from app.words import in_use, tr
from models.types import Day, Remedy, Target, Uid, iso


def listed(given: Namespace) -> tuple[int, object, str]:
    """``objections``: those that run, or all of one person."""
    context = entered(given)
    rows = _of(context, given.person) if given.person else context.ask(running_objections)
    told = "\n".join(map(_told, rows)) or tr("No objection runs.")
    return 0, [_data(row) for row in rows], told


def file(given: Namespace) -> tuple[int, object, str]:
    """``objection file``"""
    kind = Target.EVALUATION if given.grade else Target.ENTRY
    context = entered(given)
    target = _target(context, given.person, given.grade, given.entry)
    filed_on = _day(context, given.on, "--on")
    uid = context.do(file_objection, kind, target, given.claim, filed_on).uids[0]
    row = next(one for one in _of(context, given.person) if one.uid == uid)
    said = tr("The objection {uid} runs until {date}.").format(uid=uid[:8], date=iso(row.due_on))
    return 0, _data(row), said


def decide(given: Namespace) -> tuple[int, object, str]:
    """``objection uphold`` and ``objection reject``"""
    context = entered(given)
    row = _one(context, given.objection)
    on = _day(context, given.on, "--on") or context.today()
    remedy = Remedy.CORRECT if getattr(given, "correct", False) else Remedy.REVOKE
    ruling = Ruling(given.upheld, on, given.document, given.reasons, remedy)
    context.do(decide_objection, row.uid, ruling)
    return 0, {"uid": row.uid, "upheld": given.upheld}, tr("The objection is decided.")


def withdraw(given: Namespace) -> tuple[int, object, str]:
    """``objection withdraw``"""
    context = entered(given)
    row = _one(context, given.objection)
    context.do(withdraw_objection, row.uid, _day(context, given.on, "--on"), given.reason)
    return 0, {"uid": row.uid}, tr("The objection is taken back.")


def print_paper(given: Namespace) -> tuple[int, object, str]:
    """``print objection``"""
    context, paper = entered(given), Paper(given.paper)
    if paper is Paper.APPLICATION:
        uid = _target(context, given.person, given.grade, given.entry)
    else:
        if not given.objection:
            raise Invalid(tr("Say which objection: --objection UID."))
        uid = next(
            (one.uid for one in _of(context, given.person) if one.uid.startswith(given.objection)), Uid("")
        )
    path = Path(given.out)
    papers.save(context, papers.objection(context, paper, given.person, uid, given.language), path)
    return 0, {"file": str(path)}, str(path)


def _of(context: AppContext, staff_no: str) -> list[ObjectionRow]:
    return list(context.ask(file_view, staff_no, year(context.today() // 10000)).objections)


def _one(context: AppContext, uid: str) -> ObjectionRow:
    """The running objection whose uid begins so."""
    found = [one for one in context.ask(running_objections) if one.uid.startswith(uid)]
    if len(uid) < 8 or len(found) != 1:
        sentence = tr("There is no single objection {uid} that runs. Give the number shown by objections.")
        raise NotFound(sentence.format(uid=uid))
    return found[0]


def _target(context: AppContext, staff_no: str, period: str, entry: str) -> Uid:
    """The newest grade of a period, or the entry whose uid or document number is given."""
    view = context.ask(file_view, staff_no, year(context.today() // 10000))
    if period:
        found = [one.uid for one in view.evaluations if one.period.label == period]
        return _single(found[:1], period)
    wanted = [
        one.uid
        for one in view.entries
        if (len(entry) >= 8 and one.uid.startswith(entry)) or (entry and one.document_no == entry)
    ]
    return _single(wanted, entry)


def _single(found: list[Uid], said: str) -> Uid:
    if len(found) != 1:
        sentence = tr(
            "Not one, but {n} fit “{said}”. Give --grade YEAR, or --entry with a number of its own."
        )
        raise NotFound(sentence.format(n=len(found), said=said))
    return found[0]


def _day(context: AppContext, typed: str, option: str) -> Day | None:
    if not typed:
        return None
    found = typed_day(typed, context.today())
    if not isinstance(found, int):
        raise Invalid(tr("{option} must be a date like 2025-01-01.").format(option=option))
    return Day(found)


def _data(row: ObjectionRow) -> dict[str, object]:
    return {
        "uid": row.uid,
        "staff_no": row.staff_no,
        "name": row.name,
        "against": row.kind,
        "target": row.target,
        "target_name": row.target_name(in_use()),
        "filed_on": iso(row.filed_on),
        "due_on": iso(row.due_on),
        "working_days_left": row.left,
        "late": row.late,
        "provisional_years": list(row.provisional),
        "status": row.status,
        "closed_on": iso(row.closed_on) if row.closed_on else None,
        "document_no": row.document_no or None,
    }


def _told(row: ObjectionRow) -> str:
    clock = tr("{n} working days left").format(n=row.left) if row.left is not None else label(row.status)
    parts = (row.uid[:8], iso(row.due_on), clock, row.staff_no, row.name, row.target_name(in_use()))
    return "  ".join(parts)
