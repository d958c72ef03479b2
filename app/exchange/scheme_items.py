"""The items of a standard as a workbook, and a workbook as the items of a standard.

Out and back in is the same text. What a sheet says is taken whole or not at all, and what it cannot say
stays as it is in the text, with its comments and its order.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from operator import itemgetter
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from python_calamine import CalamineWorkbook

from app.errors import Invalid
from app.exchange.item_columns import (
    COLUMNS,
    TEXTS,
    advice,
    column_called,
    names_of,
    read,
    read_both,
    shown,
)
from app.exchange.saving import MOST, save_workbook
from app.exchange.tables import Row as Line
from app.exchange.tables import read_table
from app.exchange.templates import drop_down
from app.rules.grading.parsing import BadScheme, content_of
from app.rules.grading.reading import Fault, Problem
from app.rules.validation import LINE
from app.standards.drafts import Draft, free_code, insert, put_all, read_draft, remove
from app.standards.item_cells import Cell
from app.standards.schemes import fault_sentence, refusal
from app.standards.toml_text import Found, find, sections
from app.words import LANGUAGES, in_use, tr

Item = Mapping[str, Any]
"""A row as the text of a standard has it."""

MOST_ITEMS = 1000
"""Rows of a sheet; the longest standard that we know has a hundred."""
MOST_TOLD = 20
"""Problems that are told one by one."""


def items_to_workbook(text: str, path: Path) -> int:
    """Save the items of a standard as a table, in the language in use; gives how many there are.

    Raises Invalid where the text cannot be read, or the file not be written.
    """
    draft = _draft_of(text)
    names, items = names_of(draft.content, in_use()), _items(draft)
    if len(items) > MOST_ITEMS:
        sentence = tr("The standard has {n} items; a table has at most {most}. Keep them in the text.")
        raise Invalid(sentence.format(n=len(items), most=MOST_ITEMS))
    book = Workbook()
    sheet: Any = book.active
    choices: Any = book.create_sheet(tr("Choices"))
    sheet.title, choices.sheet_state = tr("Items"), "hidden"
    for place, cell in enumerate(COLUMNS, 1):
        _write(sheet, 1, place, tr(cell.title))
        sheet.cell(1, place).font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(place)].width = _WIDTHS.get(cell.key, 14)
        for row, item in enumerate(items, 2):
            _write(sheet, row, place, shown(cell, item, names))
        offered = [cell.show({cell.key: code}, names) for code in cell.choices(names)] if cell.choices else []
        if offered:
            drop_down(sheet, choices, place, offered)
    sheet.freeze_panes = "C2"
    save_workbook(book, path)
    return len(items)


_WIDTHS = {"polarity": 6, "name_zh": 30, "name_en": 30, "points": 30, "code": 24, "reference": 40}


def _write(sheet: Any, row: int, place: int, text: str) -> None:
    """A text, also when it is typed in anew: a sign in front makes no formula of it."""
    cell = sheet.cell(row, place)
    cell.value = ILLEGAL_CHARACTERS_RE.sub("", text)[:MOST] or None
    cell.data_type = "s" if cell.value else "n"
    cell.number_format = "@"


# Back in


def items_from_workbook(path: Path, text: str) -> list[Item]:
    """The items that a table says, each with what it has in the text of the standard and no cell can say.

    Raises Invalid, which names every cell that is wrong: nothing is read in part.
    """
    draft, table = _draft_of(text), read_table(path)
    filled = (line for line in table.rows if any(cell.strip() for cell in line[1]))
    lines = list(islice(filled, MOST_ITEMS + 1))
    cells = [column_called(head) for head in table.columns]
    _refuse([*_wrong_heads(table.columns, cells), *_merged(path, table.sheet, lines), *_too_many(lines)])
    sheet = _Sheet(draft, cells, lines)
    items = [item for number, line in lines for item in sheet.item(number, line)]
    _refuse(sheet.wrong)
    return items


def _refuse(wrong: Sequence[str]) -> None:
    more = len(wrong) - MOST_TOLD
    rest = [tr("And {n} more.").format(n=more)] if more > 0 else []
    if wrong:
        raise Invalid("\n".join([*wrong[:MOST_TOLD], *rest]))


def _at(cell: str, sentence: str) -> str:
    return tr("{cell}: {problem}").format(cell=cell, problem=sentence)


def _wrong_heads(heads: Sequence[str], cells: Sequence[Cell | None]) -> Iterator[str]:
    """Columns that nobody knows, that stand twice, and the code where it is missing."""
    for place, (head, cell) in enumerate(zip(heads, cells, strict=True), 1):
        if cell is None:
            sentence = tr("No column is called “{head}”. Correct the heading, or delete the column.")
            yield _at(get_column_letter(place), sentence.format(head=head))
        elif cell in cells[: place - 1]:
            sentence = tr("“{head}” says the same as column {letter}. Delete one of them.")
            letter = get_column_letter(cells.index(cell) + 1)
            yield _at(get_column_letter(place), sentence.format(head=head, letter=letter))
    if not any(cell and cell.key == "code" for cell in cells):
        yield tr("The table has no column “{head}”, by which items are known. Save the table anew.").format(
            head=tr("Code")
        )


def _merged(path: Path, sheet: str, lines: Sequence[Line]) -> Iterator[str]:
    """Merged cells below the headings: whether one row is meant or all of them, nobody knows."""
    ranges = CalamineWorkbook.from_path(path).get_sheet_by_name(sheet).merged_cell_ranges if sheet else None
    for (top, left), (bottom, right) in ranges or ():
        if lines and bottom + 1 >= lines[0][0]:
            first = f"{get_column_letter(left + 1)}{top + 1}"
            last = f"{get_column_letter(right + 1)}{bottom + 1}"
            yield _at(f"{first}:{last}", tr("These cells are merged. Split them, and fill in each one."))


def _too_many(lines: Sequence[Line]) -> Iterator[str]:
    if len(lines) > MOST_ITEMS:
        sentence = tr("A table has at most {most} items. Delete the rows from here on that are none.")
        yield _at(f"A{lines[MOST_ITEMS][0]}", sentence.format(most=MOST_ITEMS))


class _Sheet:
    """Reads the rows of a table against the items that the standard has, and notes what is wrong."""

    def __init__(self, draft: Draft, cells: Sequence[Cell | None], lines: Sequence[Line]) -> None:
        self.wrong: list[str] = []
        self.known = {code: _items(draft)[place] for code, place in _places(draft).items()}
        places = {cell.key: place for place, cell in enumerate(cells) if cell}
        self.columns = [(cell, places[cell.key]) for cell in COLUMNS if cell.key in places]
        self.code, self.width = places["code"], len(cells)
        self.taken = [*self.known, *(_cell(line, self.code) for _, line in lines)]
        self.rows: dict[str, int] = {}
        """The row of each code."""
        self.names = [names_of(draft.content, one) for one in (in_use(), *LANGUAGES)]

    def item(self, number: int, line: Sequence[str]) -> Iterator[Item]:
        """The item of a row, unless its code is wrong."""
        code = _cell(line, self.code) or free_code("item.", (*self.taken, *self.rows))
        if self.rows.setdefault(code, number) != number:
            sentence = tr("The code “{code}” stands in row {row} too. Give one of them another code.")
            self._note(number, self.code, sentence.format(code=code, row=self.rows[code]))
            return
        item: dict[str, Any] = {"code": code, **self.known.get(code, {})}
        typed = {cell.key: _cell(line, place) for cell, place in self.columns}
        for key in TEXTS:
            item |= read_both(key, typed, item, self.names[0])
        for cell, place in self.columns:
            if cell.key != "code":
                self._read(number, cell, place, typed[cell.key], item)
        for place in range(self.width, len(line)):
            if _cell(line, place):
                self._note(number, place, tr("There is no heading above this. Delete it."))
        yield {key: value for key, value in item.items() if value is not None}

    def _read(self, number: int, cell: Cell, place: int, text: str, item: dict[str, Any]) -> None:
        found = (read(cell, text, item, names) for names in self.names)
        changes = next((one for one in found if one is not None), None)
        if changes is None:
            sentence = tr("“{text}” is not understood as “{column}”. {advice}")
            said = sentence.format(text=text, column=tr(cell.title), advice=advice(cell, self.names[0]))
            self._note(number, place, said)
        else:
            item.update({key: value for key, value in changes.items() if item.get(key) != value})

    def _note(self, number: int, place: int, sentence: str) -> None:
        self.wrong.append(_at(f"{get_column_letter(place + 1)}{number}", sentence))


def _cell(line: Sequence[str], place: int) -> str:
    return line[place].strip() if place < len(line) else ""


# Into the text


def merge_items(text: str, items: Sequence[Item]) -> str:
    """The text of a standard with these items and no others; the rest of it stays as it is, and so do the
    order of the items that it had and the comments between them.

    Raises Invalid where the text cannot be read.
    """
    draft = _draft_of(text)
    wanted = {str(item["code"]): item for item in items}
    had = _places(draft)
    behind: dict[str, list[Item]] = defaultdict(list)
    last = ""
    for code, item in wanted.items():
        last = code if code in had else last
        if code not in had:
            behind[last].append(item)
    rows = find(sections(text), ("items",))
    for code, place in sorted(had.items(), key=itemgetter(1), reverse=True):  # so that earlier places stay
        start, end, row = _piece(text, rows, place)
        piece = read_draft(text[start:end])
        if behind[code]:
            piece = insert(piece, ("items",), row + 1, behind[code])
        if code in wanted:
            piece = put_all(piece, ("items", row), _changes(_items(draft)[place], wanted[code]))
        else:
            piece = remove(piece, ("items",), [row])
        text = text[:start] + piece.text + text[end:]
    return insert(read_draft(text), ("items",), 0, behind[""]).text if behind[""] else text


def _piece(text: str, rows: Found | None, place: int) -> tuple[int, int, int]:
    """From where to where the text is read to change an item, and which row of that piece it is."""
    if not isinstance(rows, list):
        return 0, len(text), place
    spans = rows[place].spans
    end = max(span.end for span in spans)
    return spans[0].start, end + 1 if text[end : end + 1] == "\n" else end, 0


def _changes(old: Item, new: Item) -> dict[str, Any]:
    return {key: new.get(key) for key in {**old, **new} if new.get(key) != old.get(key)}


def _draft_of(text: str) -> Draft:
    """Raises Invalid where this is no text of a standard."""
    try:
        content = content_of(text)
    except BadScheme as error:
        raise refusal(error) from error
    rows = content.get("items", [])
    if not (isinstance(rows, list) and all(isinstance(row, Mapping) for row in rows)):
        raise Invalid(fault_sentence(Problem("items", Fault.NOT_A_LIST, str(rows)[:LINE])))
    return Draft(text, content)


def _places(draft: Draft) -> dict[str, int]:
    """The items by their codes; one without a code is known by nothing, and stays where it is."""
    codes = [item.get("code") for item in _items(draft)]
    return {code: place for place, code in enumerate(codes) if isinstance(code, str) and code}


def _items(draft: Draft) -> Sequence[Item]:
    found: Sequence[Item] = draft.content.get("items", [])
    return found
