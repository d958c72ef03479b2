"""The tables of a trial: who is in a cell of the matrix, by what people move, and from which departments."""

from array import array
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import NamedTuple

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from app.context import AppContext
from app.queries.what_if import WhatIf, Whom, whom
from app.rules.grading.moving import Move
from app.standards.what_if import Tally, all_words, grade_words, move_words, score_words
from app.words import mark
from ui import theme
from ui.tables.row_model import Column, RowModel
from ui.tables.table import Table

_ROLES: dict[Move, theme.Role] = {Move.UP: "positive", Move.DOWN: "negative", Move.OTHER: "dispute"}


_ARROWS = {Move.UP: "↑", Move.DOWN: "↓", Move.OTHER: "↔"}


class PersonRow(NamedTuple):
    """Somebody in the trial."""

    who: Whom
    grades: str
    scores: str
    move: Move
    why: str


PEOPLE: tuple[Column[PersonRow], ...] = (
    Column("staff_no", mark("Staff number"), lambda row: row.who.staff_no, 4, sortable=False),
    Column("name", mark("Name"), lambda row: row.who.name, 5, sortable=False),
    Column("department", mark("Department"), lambda row: row.who.department, 7, sortable=False),
    Column(
        "grades",
        mark("Grade"),
        lambda row: row.grades,
        8,
        colour=lambda row: _ROLES.get(row.move),
        spoken=lambda row: f"{row.grades} ({move_words(row.move)})",
        sortable=False,
    ),
    Column("scores", mark("Score"), lambda row: row.scores, 7, sortable=False),
    Column("why", mark("What decides"), lambda row: row.why, 18, sortable=False),
)


def people_of(context: AppContext, found: WhatIf, places: Sequence[int]) -> Mapping[int, PersonRow]:
    """The rows of some places, on a worker."""
    known = context.ask(whom, [found.files[place] for place in places])
    return {
        place: _person(found, place, known[found.files[place]])
        for place in places
        if found.files[place] in known
    }


def _person(found: WhatIf, place: int, who: Whom) -> PersonRow:
    cell = found.cells[place]
    before, after = (
        grade_words(one.scheme, code) for one, code in zip((found.old, found.new), cell, strict=True)
    )
    move = found.move(cell)
    grades = before if move is Move.SAME else f"{_ARROWS[move]} {before} → {after}"
    return PersonRow(who, grades, score_words(found, place), move, all_words(found, place))


class PartRow(NamedTuple):
    """A rule or a department."""

    key: object
    name: str
    tally: Tally


def _number(key: str, title: str, of: Callable[[Tally], int]) -> Column[PartRow]:
    return Column(
        key,
        title,
        lambda row: str(of(row.tally)),
        width=4,
        alignment="right",
        colour=lambda row: None if of(row.tally) else "muted",
        sortable=False,
    )


def _part_columns(title: str) -> tuple[Column[PartRow], ...]:
    """The last one is painted."""
    return (
        Column("name", title, lambda row: row.name, 17, sortable=False),
        _number("up", mark("↑ up"), lambda tally: tally.up),
        _number("down", mark("↓ down"), lambda tally: tally.down),
        _number("other", mark("↔ otherwise"), lambda tally: tally.other),
        Column("balance", mark("In proportion"), lambda row: "", 9, sortable=False),
    )


class PartTable(Table):
    """Rules or departments, with a picture of who goes up and who down."""

    def __init__(self, title: str, name: str) -> None:
        self._parts: Sequence[PartRow] = ()
        super().__init__(RowModel(_part_columns(title), self._rows_of), name)
        self._balance = Balance(self)
        self.setItemDelegateForColumn(self.rows.columnCount() - 1, self._balance)

    def show_parts(self, parts: Sequence[PartRow]) -> None:
        """Show these, the place in the list being their id."""
        self._parts = parts
        self._balance.most = max((max(row.tally.down, row.tally.up) for row in parts), default=0) or 1
        self.replace(array("q", range(len(parts))), dict(enumerate(parts)))

    def part(self, number: int) -> PartRow:
        """What is in a row."""
        return self._parts[number]

    def _rows_of(self, ids: Sequence[int]) -> Mapping[int, PartRow]:
        return {number: self._parts[number] for number in ids if number < len(self._parts)}


class Balance(QStyledItemDelegate):
    """Down to the left, up to the right, from the same middle in every row."""

    def __init__(self, table: PartTable) -> None:
        super().__init__(table)
        self._table, self.most = table, 1

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        super().paint(painter, option, index)
        room: QRect = option.rect.adjusted(theme.S, theme.S, -theme.S, -theme.S)
        tally = self._table.part(self._table.rows.ids[index.row()]).tally
        middle, unit = room.center().x(), room.width() / 2 / self.most
        paint = partial(_bar, painter, room)
        paint(middle - round(tally.down * unit), middle, "negative")
        paint(middle, middle + round(tally.up * unit), "positive")
        painter.fillRect(middle, room.top() - 2, 1, room.height() + 4, QColor(theme.colours().field_border))


def _bar(painter: QPainter, room: QRect, left: int, right: int, role: theme.Role) -> None:
    shade = QColor(theme.mixed(theme.colour(role).name(), theme.colours().base, 0.72))
    painter.fillRect(left, room.top(), right - left, room.height(), shade)
