"""Templates of lists that can be filled in and imported without any mapping by hand."""

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from pathlib import Path
from typing import Any, NamedTuple

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from app.exchange.fields import CHOICES, FIELDS, Form, Kind, choice_words, column_words, examples
from app.exchange.saving import harmless, save_workbook
from app.words import mark, translator
from models.types import Polarity


class Template(NamedTuple):
    """A list to fill in."""

    title: str
    kind: Kind
    fields: tuple[str, ...]
    required: tuple[str, ...]
    items: str = ""
    """Which items it offers: one of those that ``items_offered`` tells apart."""


_FACT = ("occurred_on", "decided_on", "authority", "level", "document_no")
_WORTH = ("quantity", "given_points", "given_reason", "capacity")
"""What the standard asks of some items only."""
_ENTRY_REQUIRED = ("staff_no", "item", "occurred_on")

_APPRAISAL = "appraisal"
"""Items of the results of the annual appraisal: their codes begin with it."""

TEMPLATES: Mapping[str, Template] = {
    "people": Template(mark("People"), Kind.PEOPLE, tuple(FIELDS[Kind.PEOPLE]), ("staff_no", "name")),
    "rewards": Template(
        mark("Rewards"),
        Kind.ENTRIES,
        ("staff_no", "name", "item", *_FACT, *_WORTH, "authors", "facts"),
        _ENTRY_REQUIRED,
        Polarity.POSITIVE,
    ),
    "appraisals": Template(
        mark("Appraisal results"),
        Kind.ENTRIES,
        ("staff_no", "name", "item", "occurred_on", "decided_on", "authority", "document_no", "facts"),
        _ENTRY_REQUIRED,
        _APPRAISAL,
    ),
    "handlings": Template(
        mark("Handlings and sanctions"),
        Kind.ENTRIES,
        (
            *("staff_no", "name", "item", *_FACT, "ended_on", "channel", "commitment", "act"),
            *(*_WORTH, "corrected_on", "corrected_document", "facts"),
        ),
        _ENTRY_REQUIRED,
        Polarity.NEGATIVE,
    ),
}
"""By name. Another list needs a line here and no other code."""

_MEANINGS: Mapping[str, str] = {
    "staff_no": mark("Identifies the person; the name never does. Keep the noughts in front."),
    "name": mark("Full name. Beside a staff number it is compared, so that no slip hits someone else."),
    "department": mark("From the top down, with / between; blank means the office itself."),
    "post": mark("As in the decision of appointment."),
    "rank": mark("Rank of the civil servant."),
    "joined_on": mark("Day on which the person came to this office."),
    "left_on": mark("Day on which the person left; blank while still here."),
    "leaving": mark("Why the person left; only together with the day."),
    "id_number": mark("18 characters as text; leave the column out where it is not needed."),
    "state": mark("What bears on being rated; blank for the usual case."),
    "state_since": mark("First day of this state."),
    "state_until": mark("Last day of this state; blank while it lasts."),
    "item": mark("What was done, by the name in the standard."),
    "occurred_on": mark(
        "Day of the act; of continuing conduct, its first day; of an appraisal, the last day of its year."
    ),
    "decided_on": mark("Day of the decision."),
    "ended_on": mark("Last day of continuing conduct."),
    "authority": mark("Body that decided."),
    "level": mark("Level of this body."),
    "document_no": mark("Number of the decision."),
    "facts": mark("What happened, in a few sentences. Only conduct in office; no state secrets."),
    "channel": mark("Where the fact came from."),
    "commitment": mark("Which of the eight commitments it concerns, if any."),
    "act": mark("The same text in all rows that follow from one act: they count once."),
    "quantity": mark("Hours, days, times or yuan, where the standard scores the item by them; without unit."),
    "given_points": mark("Points decided within the range of the standard; a deduction with a minus."),
    "given_reason": mark("Why these points; wherever points are given."),
    "capacity": mark("Only where the unit was honoured or punished, and the person is named as its head."),
    "authors": mark("How many people share what was achieved; blank for one alone."),
    "corrected_on": mark("Day on which the wrong was put right, paid back or carried out."),
    "corrected_document": mark("Number of the document that proves it."),
}
_ROWS = 2000
"""Rows that the drop-downs reach."""

_HEADING = Font(bold=True)
_REQUIRED = PatternFill("solid", fgColor="FFF2CC")
_OPTIONAL = PatternFill("solid", fgColor="EDEDED")


def items_offered(catalogue: Iterable[tuple[str, Polarity, str]]) -> dict[str, list[str]]:
    """The names that the templates offer, of items given as (code, polarity, name)."""
    offered: dict[str, list[str]] = {}
    for code, polarity, name in catalogue:
        own = _APPRAISAL if code.startswith(f"{_APPRAISAL}.") else polarity.value
        offered.setdefault(own, []).append(name)
    return offered


def write_template(
    template: str,
    path: Path,
    items: Mapping[str, Sequence[str]],
    language: str = "zh_CN",
    known: Sequence[tuple[Mapping[str, str], Set[str]]] = (),
) -> None:
    """Save a template. ``items``: as ``items_offered`` gives them. ``known``: rows to begin with, each as
    what its fields say, and the fields that are to be filled in.

    The sheet to fill in comes first, the notes second, the choices of the drop-downs last and hidden.
    Raises Invalid where the file cannot be written.
    """
    made = TEMPLATES[template]
    book = Workbook()
    data: Any = book.active
    notes: Any = book.create_sheet()
    choices: Any = book.create_sheet()
    say = translator(language)
    words = "zh" if language.startswith("zh") else "en"
    data.title, notes.title, choices.title = (
        say(made.title),
        say(mark("Notes on filling in")),
        say(mark("Choices")),
    )
    choices.sheet_state = "hidden"
    offered = {field: list(_offered(field, made, items, words)) for field in made.fields}
    for place, field in enumerate(made.fields, 1):
        _column(data, place, column_words()[field].usual(words), field, made)
        if offered[field]:
            drop_down(data, choices, place, offered[field])
    data.freeze_panes = "A2"
    _begin(data, made, known)
    _notes(notes, made, offered, language)
    save_workbook(book, path)


def _begin(sheet: Any, made: Template, known: Sequence[tuple[Mapping[str, str], Set[str]]]) -> None:
    for row, (values, missing) in enumerate(known, 2):
        for place, field in enumerate(made.fields, 1):
            cell = sheet.cell(row, place, harmless(values.get(field, "")) or None)
            cell.number_format = "@"
            if field in missing:
                cell.fill = _REQUIRED


def _offered(field: str, made: Template, items: Mapping[str, Sequence[str]], words: str) -> Iterator[str]:
    if field in CHOICES:
        yield from (entry.usual(words) for entry in choice_words(field).values())
    elif field == "item":
        yield from items.get(made.items, ())


def _column(sheet: Any, place: int, heading: str, field: str, made: Template) -> None:
    cell = sheet.cell(1, place, heading)
    cell.font, cell.fill = _HEADING, _REQUIRED if field in made.required else _OPTIONAL
    column = sheet.column_dimensions[get_column_letter(place)]
    column.width = 40 if FIELDS[made.kind][field] is Form.TEXT else max(14, 3 * len(heading))
    column.number_format = "@"  # as text, or the spreadsheet eats noughts and rounds ID numbers


def drop_down(sheet: Any, choices: Any, place: int, offered: Sequence[str]) -> None:
    """Let a column offer these, which are kept in the same column of the sheet of choices."""
    letter = get_column_letter(place)
    for row, choice in enumerate(offered, 1):
        choices.cell(row, place, choice)
    where = f"'{choices.title}'!${letter}$1:${letter}${len(offered)}"
    rule = DataValidation(type="list", formula1=where, allow_blank=True, showErrorMessage=True)
    rule.add(f"{letter}2:{letter}{_ROWS}")
    sheet.add_data_validation(rule)


def _notes(sheet: Any, made: Template, offered: Mapping[str, list[str]], language: str) -> None:
    say = translator(language)
    words = "zh" if language.startswith("zh") else "en"
    heads = (
        say(mark("Column")),
        say(mark("Required")),
        say(mark("What it means")),
        say(mark("Allowed")),
        say(mark("Example")),
    )
    sheet.append(heads)
    for field in made.fields:
        required = say(mark("yes")) if field in made.required else ""
        example = (offered[field] or [examples().get(field, "")])[0]
        allowed = say(mark("a date such as 2015-03-01")) if FIELDS[made.kind][field] is Form.DAY else ""
        allowed = (", " if words == "en" else "、").join(offered[field]) or allowed
        heading = column_words()[field].usual(words)
        sheet.append((heading, required, say(_MEANINGS[field]), allowed, example))
    for cell in sheet[1]:
        cell.font = _HEADING
    for letter, width in zip("ABCDE", (20, 8, 50, 60, 26), strict=True):
        sheet.column_dimensions[letter].width = width
    for row in sheet.iter_rows():
        for cell in row:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
