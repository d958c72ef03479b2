"""Verbs on the text of a standard that need no office: its items as a table, its examples, its schema."""

import datetime as dt
import json
from argparse import Namespace
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

from app.cli.standards import in_points, missed, text_of
from app.errors import Invalid
from app.exchange.scheme_items import items_from_workbook, items_to_workbook, merge_items
from app.files import write_whole
from app.reports.wording import plain_points
from app.rules.grading.examples import Ran, run_examples
from app.rules.grading.schema import json_schema
from app.standards.draft_check import look_through
from app.standards.drafts import read_draft
from app.standards.schemes import published_scheme, read_scheme
from app.words import listed, ntr, tr
from models.types import POINT, day_of


def items(given: Namespace) -> tuple[int, object, str]:
    """``scheme items``"""
    text = text_of(given.file)
    if given.source:
        return _taken_in(Path(given.file), text, Path(given.source))
    path = Path(given.to)
    if path.suffix.lower() != ".xlsx":
        raise Invalid(tr("{file} must have a name that ends in .xlsx.").format(file=given.to))
    number = items_to_workbook(text, path)
    said = ntr("{n} item written to {file}.", "{n} items written to {file}.", number)
    return 0, {"items": number, "file": given.to}, said.format(n=number, file=given.to)


def _taken_in(path: Path, text: str, table: Path) -> tuple[int, object, str]:
    """The file with the items of the table, where nothing is wrong with it then."""
    new = merge_items(text, items_from_workbook(table, text))
    seen = look_through(new, day_of(dt.date.today()))
    if seen.scheme is None:
        raise Invalid("\n".join(one.sentence for one in seen.findings))
    if new != text:
        write_whole(path, _as_before(new, path.read_bytes()))
    changes = _changes(_by_code(text), _by_code(new))
    failed = [ran.number for ran in seen.ran if ran.misses]
    lines = [_CHANGED[kind]().format(codes=listed(codes)) for kind, codes in changes.items() if codes]
    lines = lines or [tr("The table says what the file says; nothing is changed.")]
    if failed:
        numbers = listed(map(str, failed))
        lines.append(tr("Examples that come out otherwise now: {numbers}.").format(numbers=numbers))
    return int(bool(failed)), {**changes, "failed": failed}, "\n".join(lines)


def _as_before(text: str, before: bytes) -> bytes:
    """With the ends of lines and the mark at the beginning that the file had."""
    ends = text.replace("\n", "\r\n") if b"\r\n" in before else text
    return ends.encode("utf-8-sig" if before.startswith(b"\xef\xbb\xbf") else "utf-8")


def _by_code(text: str) -> dict[str, Mapping[str, Any]]:
    return {str(row.get("code")): row for row in read_draft(text).content.get("items", ())}


def _changes(old: Mapping[str, object], new: Mapping[str, object]) -> dict[str, list[str]]:
    return {
        "added": [code for code in new if code not in old],
        "changed": [code for code in new if code in old and new[code] != old[code]],
        "removed": [code for code in old if code not in new],
    }


_CHANGED = {
    "added": lambda: tr("Added: {codes}."),
    "changed": lambda: tr("Changed: {codes}."),
    "removed": lambda: tr("Removed: {codes}."),
}


def examples(given: Namespace) -> tuple[int, object, str]:
    """``scheme examples``"""
    text = text_of(given.file)
    scheme = read_scheme(text, day_of(dt.date.today()))
    ran = run_examples(scheme, partial(published_scheme, text))
    lines = [_came_out(one, given.language) for one in ran]
    data = [
        {
            "number": one.number,
            "name": one.example.name.in_language(given.language),
            "passed": not one.misses,
            "grade": (one.grade.band or "") + one.grade.fallen_from,
            "score": None if one.grade.score is None else one.grade.score / POINT,
            "misses": [in_points(miss)._asdict() for miss in one.misses],
        }
        for one in ran
    ]
    said = "\n".join(lines) or tr("The standard has no examples.")
    return int(any(one.misses for one in ran)), data, said


def _came_out(ran: Ran, language: str) -> str:
    if ran.misses:
        return f"✗ {missed(ran, language)}"
    score = "" if ran.grade.score is None else plain_points(ran.grade.score)
    shown = f"{ran.grade.band or tr('not rated')}{ran.grade.fallen_from} {score}".strip()
    return f"✓ {ran.number} {ran.example.name.in_language(language)}  {shown}"


def schema(given: Namespace) -> tuple[int, object, str]:
    """``scheme schema``"""
    made = json_schema()
    return 0, made, json.dumps(made, ensure_ascii=False, indent=1)
