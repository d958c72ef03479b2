"""Verbs on objections."""

from argparse import Namespace
from functools import partial
from pathlib import Path

from app.cli.offices import entered
from app.commands.objections import Ruling, decide_objection, file_objection, withdraw_objection
from app.commands.reading import register_prints
from app.context import AppContext
from app.errors import Invalid, NotFound
from app.exchange.typed import typed_day
from app.files import write_whole
from app.labels import label
from app.queries.files import file_view
from app.queries.objection_papers import application, decision, receipt
from app.queries.objections import ObjectionRow, running_objections
from app.reports.objection_content import TITLES, Paper
from app.rules.grading.case import year
from app.words import in_use, tr
from models.types import Day, Remedy, Target, Uid, iso

_PAPERS = {Paper.APPLICATION: application, Paper.RECEIPT: receipt, Paper.DECISION: decision}


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
    write = partial(write_whole, path, paper_pdf(context, paper, given.person, uid, given.language))
    context.do(register_prints, [given.person], tr(TITLES[paper]), write)
    return 0, {"file": str(path)}, str(path)


def paper_pdf(context: AppContext, paper: Paper, staff_no: str, uid: Uid, language: str) -> bytes:
    """One paper as PDF; ``uid``: of what is objected to for an application, else of the objection.

    Raises Invalid where a character cannot be drawn.
    """
    from app.reports.objections import missing_in, objection_pdf  # reportlab only where something is printed

    content = context.ask(_PAPERS[paper], staff_no, uid, language)
    if missing := missing_in(content):
        sentence = tr("No font here can draw {characters} for {name}. Add a font that has them.")
        raise Invalid(sentence.format(characters=" ".join(missing), name=content.name))
    return objection_pdf(content, language)


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
