"""Verbs on grading standards."""

from argparse import Namespace
from pathlib import Path

from app.cli.offices import entered
from app.commands.schemes import publish_scheme
from app.errors import Invalid
from app.files import reason_of
from app.queries.schemes import schemes
from app.schemes import read_scheme
from app.words import tr
from models.types import Day, iso


def listed(given: Namespace) -> tuple[int, object, str]:
    """``scheme list``"""
    found = entered(given).ask(schemes)
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
    scheme = read_scheme(text_of(given.file))
    said = tr("{title}: {items} items, {bands} bands; nothing is wrong with it.").format(
        title=scheme.title.in_language(given.language), items=len(scheme.items), bands=len(scheme.bands)
    )
    return 0, {"id": scheme.code, "edition": scheme.edition, "items": len(scheme.items)}, said


def publish(given: Namespace) -> tuple[int, object, str]:
    """``scheme publish``"""
    digits = given.valid_from.replace("-", "")
    if not (digits.isdigit() and len(digits) == 8):
        raise Invalid(tr("--valid-from must be a date like 2025-01-01."))
    text = text_of(given.file)
    entered(given).do(publish_scheme, text, given.adopted_by, Day(int(digits)))
    scheme = read_scheme(text)
    said = tr("{title}, edition {edition}, is published.").format(
        title=scheme.title.in_language(given.language), edition=scheme.edition
    )
    return 0, {"id": scheme.code, "edition": scheme.edition}, said


def text_of(name: str) -> str:
    """The text of a file. Raises Invalid where it cannot be read as UTF-8."""
    try:
        return Path(name).read_text(encoding="utf-8-sig")
    except OSError as error:
        sentence = tr("{file} cannot be read: {reason}. Check that it is there and open to you.")
        raise Invalid(sentence.format(file=name, reason=reason_of(error))) from error
    except UnicodeDecodeError as error:
        raise Invalid(tr("{file} is not a text in UTF-8. Save it as such.").format(file=name)) from error
