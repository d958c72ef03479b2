"""Verbs on grading standards."""

import datetime as dt
from argparse import Namespace
from pathlib import Path

from app.cli.offices import entered
from app.commands.schemes import publish_scheme
from app.errors import Invalid
from app.files import reason_of
from app.queries.schemes import own_schemes
from app.reports.wording import plain_points
from app.rules.grading.examples import Asked, Miss, Ran
from app.standards.draft_check import look_through
from app.standards.schemes import read_scheme
from app.words import ntr, tr
from models.types import Day, Points, day_of, iso


def listed(given: Namespace) -> tuple[int, object, str]:
    """``scheme list``"""
    found = entered(given).ask(own_schemes)
    data = [
        {
            "id": one.code,
            "edition": one.edition,
            "title": one.scheme.title.in_language(given.language),
            "adopted_by": one.adopted_by,
            "valid_from": iso(one.valid_from),
            "digest": one.digest.hex(),
        }
        for one in found
    ]
    lines = [
        f"{one['id']}  {one['edition']}  {one['valid_from']}  {one['adopted_by']}  {one['title']}"
        for one in data
    ]
    return 0, data, "\n".join(lines) or tr("No standard is published yet: scheme publish FILE")


def check(given: Namespace) -> tuple[int, object, str]:
    """``scheme check``"""
    text = text_of(given.file)
    today = day_of(dt.date.today())
    scheme = read_scheme(text, today)
    seen = look_through(text, today)
    failed = [ran for ran in seen.ran if ran.misses]
    said = tr("{title}: {items} items, {bands} bands; nothing is wrong with it.").format(
        title=scheme.title.in_language(given.language), items=len(scheme.items), bands=len(scheme.bands)
    )
    lines = [said, *(_line_and(one.line, one.sentence) for one in seen.findings)]
    lines.append(_examples(len(seen.ran), len(failed)))
    lines += [f"  {missed(ran, given.language)}" for ran in failed]
    data = {
        "id": scheme.code,
        "edition": scheme.edition,
        "items": len(scheme.items),
        "remarks": [{"line": one.line, "sentence": one.sentence} for one in seen.findings],
        "examples": len(seen.ran),
        "failed": [missed(ran, given.language) for ran in failed],
    }
    return int(bool(failed)), data, "\n".join(lines)


def _line_and(line: int, sentence: str) -> str:
    return tr("line {n}: {sentence}").format(n=line, sentence=sentence) if line else sentence


def _examples(run: int, failed: int) -> str:
    if not failed:
        return ntr("{n} example ✓", "{n} examples ✓", run).format(n=run)
    said = ntr("{failed} of {n} example ✗", "{failed} of {n} examples ✗", run)
    return said.format(n=run, failed=failed)


def missed(ran: Ran, language: str) -> str:
    """An example with what should have come out, and what did."""
    wanted = []
    for miss in map(in_points, ran.misses):
        asked = f"{miss.asked} {miss.entry}" if miss.entry else str(miss.asked)
        wanted.append(f"{asked}: {miss.expected or '—'} ≠ {miss.found or '—'}")
    return f"{ran.number} {ran.example.name.in_language(language)}  {'; '.join(wanted)}"


def in_points(miss: Miss) -> Miss:
    """With points where thousandths were compared."""
    if miss.asked not in (Asked.SCORE, Asked.POINTS):
        return miss
    expected, found = (
        plain_points(Points(int(one))) if one.lstrip("-").isdigit() else ""
        for one in (miss.expected, miss.found)
    )
    return miss._replace(expected=expected, found=found)


def publish(given: Namespace) -> tuple[int, object, str]:
    """``scheme publish``"""
    valid_from = valid_from_of(given)
    text = text_of(given.file)
    entered(given).do(publish_scheme, text, given.adopted_by, valid_from)
    scheme = read_scheme(text)
    said = tr("{title}, edition {edition}, is published.").format(
        title=scheme.title.in_language(given.language), edition=scheme.edition
    )
    return 0, {"id": scheme.code, "edition": scheme.edition}, said


def valid_from_of(given: Namespace) -> Day:
    """The day of --valid-from. Raises Invalid."""
    try:
        return day_of(dt.date.fromisoformat(given.valid_from))
    except ValueError as error:
        raise Invalid(tr("--valid-from must be a date like 2025-01-01.")) from error


def text_of(name: str) -> str:
    """The text of a file. Raises Invalid where it cannot be read as UTF-8."""
    try:
        return Path(name).read_text(encoding="utf-8-sig")
    except OSError as error:
        sentence = tr("{file} cannot be read: {reason}. Check that it is there and open to you.")
        raise Invalid(sentence.format(file=name, reason=reason_of(error))) from error
    except UnicodeDecodeError as error:
        raise Invalid(tr("{file} is not a text in UTF-8. Save it as such.").format(file=name)) from error
