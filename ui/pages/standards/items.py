"""The items of a standard as a table that is filtered by typing, and all of one item beneath."""

from array import array
from collections.abc import Sequence
from functools import partial
from typing import NamedTuple

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.labels import label
from app.pinyin import search_keys
from app.reports.wording import plain_points, signed_points
from app.rules.grading.faults import worth_of
from app.rules.grading.scheme import ItemRule, RunsFrom, Scheme
from app.words import in_use, mark, ntr, tr
from models.types import Points, Polarity
from ui import theme
from ui.desk.reading import ReadingPane, cell, escape, piece, table
from ui.fields import ChoiceField
from ui.tables.row_model import Column, RowModel
from ui.tables.table import Table
from ui.widgets import label as text_label
from ui.widgets import rule, sign


class Item(NamedTuple):
    """A rule with its place in the standard and what it is found by."""

    number: int
    rule: ItemRule
    direct: str
    """Name of the grade that it gives directly."""
    words: str
    keys: tuple[str, ...]

    def found_by(self, typed: str) -> bool:
        """Whether it is meant by a name, code, category, reference, pinyin or initials."""
        small = typed.strip().lower()
        return small in self.words or any(key.startswith(small) for key in self.keys)


def items_of(scheme: Scheme) -> list[Item]:
    """The items of a standard, in its order."""
    names = {band.code: band.name.in_language(in_use()) for band in scheme.bands}
    return [
        Item(
            number,
            rule,
            names.get(rule.direct, ""),
            " ".join((rule.name.zh, rule.name.en, rule.code, label(rule.category), rule.reference)).lower(),
            search_keys(rule.name.zh),
        )
        for number, rule in enumerate(scheme.items.values())
    ]


def months(number: int) -> str:
    """A stretch of months; empty for none."""
    return ntr("{n} month", "{n} months", number).format(n=number) if number else ""


def points_text(rule: ItemRule) -> str:
    """The points; the least and the most where they depend on level, quantity or decision."""
    if rule.unit_points:
        unit, each = rule.unit.in_language(in_use()), rule.unit_points
        points, per = signed_points(each.points), plain_points(Points(each.per))
        return tr("{points} for {n} {unit}").format(points=points, n=per, unit=unit)
    values = sorted({Points(points) for points in worth_of(rule)}, key=abs)
    ends = values if len(values) < 2 else (values[0], values[-1])
    return " … ".join(signed_points(value) for value in ends)


def _direct(item: Item) -> str:
    stretch = months(item.rule.direct_validity)
    return f"{item.direct} ({stretch})" if item.direct and stretch else item.direct


def _validity(rule: ItemRule) -> str:
    start = tr("from the decision") if rule.runs_from is RunsFrom.DECISION else tr("from the act")
    return f"{months(rule.validity)} {start}"


COLUMNS: tuple[Column[Item], ...] = (
    Column("sign", mark("Sign"), lambda item: sign(item.rule.polarity)[0], width=2, alignment="center",
           colour=lambda item: sign(item.rule.polarity)[1], spoken=lambda item: label(item.rule.polarity)),
    Column("name", mark("Item"), lambda item: item.rule.name.in_language(in_use()), width=12,
           tooltip=lambda item: item.rule.name.in_language(in_use())),
    Column("category", mark("Category"), lambda item: label(item.rule.category), width=6,
           tooltip=lambda item: label(item.rule.category)),
    Column("points", mark("Points"), lambda item: points_text(item.rule), width=5, alignment="right",
           colour=lambda item: sign(item.rule.polarity)[1]),
    Column("validity", mark("Validity"), lambda item: months(item.rule.validity), width=6, alignment="right"),
    Column("direct", mark("Direct grade"), _direct, width=6),
    Column("influence", mark("Influence"), lambda item: months(item.rule.influence), width=6,
           alignment="right"),
    Column("appraisal", mark("Annual appraisal"), lambda item: item.rule.appraisal, width=7,
           tooltip=lambda item: item.rule.appraisal),
    Column("reference", mark("Reference"), lambda item: item.rule.reference, width=14,
           tooltip=lambda item: item.rule.reference, shown=False),
    Column("code", mark("Code"), lambda item: item.rule.code, width=12, shown=False),
)  # fmt: skip

_ORDERS = {
    "sign": lambda item: item.rule.polarity,
    "name": lambda item: item.keys if in_use().startswith("zh") else item.rule.name.en,
    "points": lambda item: max(worth_of(item.rule), key=abs, default=0),
    "validity": lambda item: item.rule.validity,
    "influence": lambda item: item.rule.influence,
}


class ItemsPane(QWidget):
    """Filter, table, and all of the chosen item."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._items: list[Item] = []
        self._sort = ("", False)
        self.filter = QLineEdit()
        self.filter.setPlaceholderText(tr("Filter by name, pinyin, code, category, reference"))
        self.filter.setAccessibleName(tr("Filter the items"))
        self.filter.setClearButtonEnabled(True)
        self.filter.textChanged.connect(lambda _: self._show())
        self.polarity = ChoiceField(Polarity, none=tr("Both signs"))
        self.polarity.setAccessibleName(tr("Sign"))
        self.polarity.setSizeAdjustPolicy(ChoiceField.SizeAdjustPolicy.AdjustToContents)
        self.polarity.activated.connect(lambda _: self._show())
        self._count = text_label("", "muted")
        self.table = Table(RowModel(COLUMNS, self._fetch), "items")
        self.table.setAccessibleName(tr("Items"))
        self.table.chosen.connect(self._look)
        self.table.sort_wanted.connect(self._on_sort)
        self.detail = ReadingPane(tr("The chosen item"))
        self._lay_out()

    def show_scheme(self, scheme: Scheme) -> None:
        """Show the items of another standard; the filter stays."""
        self._items = items_of(scheme)
        self._show()

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setContentsMargins(theme.L, theme.S, theme.L, theme.S)
        top.setSpacing(theme.S)
        top.addWidget(self.filter, 1)
        top.addWidget(self.polarity)
        top.addWidget(self._count)
        self.detail.setFixedHeight(7 * self.fontMetrics().lineSpacing())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        for widget in (rule(), self.table, rule(), self.detail):
            column.addWidget(widget)
        column.setStretchFactor(self.table, 1)

    def _fetch(self, ids: Sequence[int]) -> dict[int, Item]:
        return {number: self._items[number] for number in ids}

    def _on_sort(self, key: str, descending: bool) -> None:
        self._sort = (key, descending)
        self._show()

    def _show(self) -> None:
        wanted, polarity = self.filter.text(), self.polarity.chosen()
        found = [
            item for item in self._items if polarity in ("", item.rule.polarity) and item.found_by(wanted)
        ]
        key, descending = self._sort
        column = next((one for one in COLUMNS if one.key == key), None)
        if column:
            found.sort(key=_ORDERS.get(key, column.text), reverse=descending)
        self.table.replace(array("q", [item.number for item in found]), {item.number: item for item in found})
        if found and self.table.current_id() is None:
            self.table.choose([found[0].number], found[0].number)
        n = ntr("{n} item", "{n} items", len(self._items)).format(n=len(self._items))
        some = tr("{n} of {all}").format(n=len(found), all=n)
        self._count.setText(n if len(found) == len(self._items) else some)
        theme.mark(self._count, "look", "muted" if len(found) == len(self._items) else "heading")
        self._look()

    def _look(self) -> None:
        number = self.table.current_id()
        self.detail.show_text(str if number is None else partial(_item_html, self._items[number]))


def _item_html(item: Item) -> str:
    rule = item.rule
    figure, role = sign(rule.polarity)
    other = rule.name.en if in_use().startswith("zh") else rule.name.zh
    name, rest = escape(rule.name.in_language(in_use())), piece(f"{other} · {rule.code}", "muted")
    words = [
        _validity(rule),
        tr("gives grade {band} directly").format(band=_direct(item)) if item.direct else "",
        tr("influence period {months}").format(months=months(rule.influence)) if rule.influence else "",
        rule.appraisal,
        rule.reference,
    ]
    below = piece(" · ".join(filter(None, words)), "muted")
    return f"<p>{piece(figure, role)} <b>{name}</b> {rest}</p><p>{below}</p>{_levels(rule)}"


def _levels(rule: ItemRule) -> str:
    """The points at each level of the deciding body; one figure where it makes no difference."""
    role = sign(rule.polarity)[1]
    levels = rule.points or {}
    if not levels:
        return f"<p>{piece(points_text(rule), role)}</p>" if worth_of(rule) else ""
    if len(set(levels.values())) == 1:
        same = signed_points(next(iter(levels.values())))
        return f"<p>{piece(same, role)} {escape(tr('at every level of the deciding body'))}</p>"
    names = [cell(escape(label(level)), "muted small", align="center") for level in levels]
    figures = [cell(signed_points(points), role, align="center") for points in levels.values()]
    return table(["".join(names), "".join(figures)], "last")
