"""What the values of a list mean: of one field, of dates, and what is the same in all rows."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from enum import StrEnum
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.exchange.fields import CHOICES, FIELDS, RECORDS, Form, Kind, Placement
from app.exchange.mapping import ListMapping
from app.exchange.matching import (
    Meaning,
    Understood,
    constant_fields,
    lacking,
    understanding,
    with_constant,
    with_meaning,
)
from app.labels import label as words_of
from app.problems import field_label
from app.words import in_use, mark, tr
from models.types import Polarity
from ui import theme
from ui.pages.import_wizard.choosing import Choice
from ui.pages.import_wizard.match_table import Line, MatchColumn, MatchTable
from ui.pages.import_wizard.work import Known, Work
from ui.widgets import label

ITSELF = "\x00itself"
"""The choice to let a value say what it says."""


class Panel(QWidget):
    """Shows one part of a mapping; says which mapping is wanted otherwise."""

    wanted = Signal(object)
    """A ListMapping."""

    def __init__(self, sentence: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.work = Work()
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(theme.L, theme.M, theme.L, theme.S)
        self.column.setSpacing(theme.S)
        explained = label(sentence, "muted")
        explained.setWordWrap(True)
        self.column.addWidget(explained)

    def show_work(self, work: Work) -> None:
        """Show it as it is now."""
        self.work = work


def closed_choices(name: str, known: Known) -> list[Choice]:
    """What a field can be: items, values of an enumeration, departments."""
    if name == "item":
        return [
            Choice(item.code, item.name(in_use()), item.found_by, _SIGNS[item.polarity])
            for item in known.items
        ]
    if name == "department":
        return [Choice(path, path) for path in known.departments if path]
    return [Choice(value.value, words_of(value)) for value in CHOICES[name]] if name in CHOICES else []


_SIGNS: Mapping[Polarity, tuple[str, theme.Role]] = {
    Polarity.POSITIVE: ("plus", "positive"),
    Polarity.NEGATIVE: ("minus", "negative"),
}


def said(name: str, value: str, known: Known) -> str:
    """The words for a value of a field."""
    if name == "item":
        return next((item.name(in_use()) for item in known.items if item.code == value), value)
    return words_of(CHOICES[name](value)) if name in CHOICES and value in list(CHOICES[name]) else value


# --- The values of one field ---

VALUES = (
    MatchColumn(mark("Value in the list"), 0),
    MatchColumn(mark("Rows"), 5, right=True),
    MatchColumn(mark("Means"), 18, "choice"),
    MatchColumn(mark("State"), 9),
)
_STATES: Mapping[Meaning, tuple[str, str, theme.Role]] = {
    Meaning.MATCHED: (mark("matched"), "circle-check", "positive"),
    Meaning.BY_ITSELF: (mark("understood"), "circle-check", "positive"),
    Meaning.FREE: (mark("as it stands"), "minus", "muted"),
    Meaning.OPEN: (mark("to be matched"), "triangle-alert", "dispute"),
}


class ValuePanel(Panel):
    """Each different value of the column that holds a field."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(
            tr("Say what each value means here. A row with a value that nobody understands is rejected."),
            parent,
        )
        self._name = ""
        self.table = MatchTable(tr("Values"), VALUES, self._choices, self)
        self.table.filled.connect(self._on_filled)
        self.column.addWidget(self.table, 1)

    def show_field(self, name: str) -> None:
        """The values of another field."""
        self._name = name
        self.table.setAccessibleName(tr("Values of {field}").format(field=field_label(name)))

    def show_work(self, work: Work) -> None:
        super().show_work(work)
        self.table.show_lines([_value_line(*one) for one in values_of(work, self._name)])

    def _choices(self, value: str, column: int) -> tuple[Sequence[Choice], str]:
        mapping, known = self.work.mapping, self.work.known
        now = understanding(mapping, self._name, known.item_codes)(value)
        itself = Choice(ITSELF, tr("What it says itself")) if value else Choice(ITSELF, tr("Not said"))
        special = [itself, Choice("", tr("Nothing, as a blank cell"))]
        chosen = now.ours if now.meaning in (Meaning.MATCHED, Meaning.BY_ITSELF) else ITSELF
        return [*special, *closed_choices(self._name, known)], chosen

    def _on_filled(self, value: str, column: int, ours: str) -> None:
        self.wanted.emit(with_meaning(self.work.mapping, self._name, value, None if ours == ITSELF else ours))


def matchable(work: Work) -> list[str]:
    """The fields whose values are matched one by one: those with few, of which not every text will do."""
    forms = FIELDS[work.mapping.kind]
    wanted = (Form.ITEM, Form.CHOICE, Form.DEPARTMENT)
    values = work.survey.values if work.survey else {}
    return [
        name for name, column in work.mapping.columns.items() if forms[name] in wanted and column in values
    ]


def values_of(work: Work, name: str) -> list[tuple[str, int, Understood, str]]:
    """(value, rows, what it means, in words), those to be matched first."""
    assert work.survey
    understood = understanding(work.mapping, name, work.known.item_codes)
    counts = work.survey.values.get(work.mapping.columns.get(name, ""), {})
    rows = [(value, count, understood(value)) for value, count in counts.items()]
    return [(value, count, now, said(name, now.ours, work.known)) for value, count, now in rows]


def open_values(work: Work, name: str) -> int:
    """How many values of a field still have to be matched."""
    return sum(now.meaning is Meaning.OPEN for _, _, now, _ in values_of(work, name))


def _value_line(value: str, count: int, now: Understood, words: str) -> Line:
    state, icon, role = _STATES[now.meaning]
    if now.meaning is Meaning.MATCHED and not now.ours:
        words = tr("Nothing")
    if not value and now.meaning is Meaning.FREE:
        state = mark("stays blank")
    shown = value or tr("(blank)")
    muted = {3} if now.meaning in (Meaning.MATCHED, Meaning.OPEN) else {2, 3}
    return Line(
        value,
        (shown, f"{count:,}", words, tr(state)),
        (icon, role),
        frozenset(muted | ({0} if not value else set())),
    )


# --- The same in all rows ---

CONSTANTS = (
    MatchColumn(mark("Field"), 12),
    MatchColumn(mark("Is"), 18, "text"),
    MatchColumn(mark("Where"), 0),
)
_SELDOM = ("act", "ended_on", "left_on", "leaving", "closed_on", "outcome", "order_no")
_OF_LEADS = ("received_on", "matter", "due_on")


class ConstantPanel(Panel):
    """What holds where the list says nothing."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(
            tr(
                "What the list does not say because it is the same in all rows, such as the body that "
                "decided. Where a column holds the field, this fills in its blank cells."
            ),
            parent,
        )
        self.table = MatchTable(tr("The same in all rows"), CONSTANTS, self._choices, self)
        self.table.filled.connect(self._on_filled)
        self.column.addWidget(self.table, 1)

    def show_work(self, work: Work) -> None:
        super().show_work(work)
        self.table.show_lines([_constant_line(work, name) for name in _constants(work.mapping)])

    def _choices(self, name: str, column: int) -> tuple[Sequence[Choice], str]:
        now = self.work.mapping.constants.get(name, "")
        return [Choice("", tr("Not said")), *closed_choices(name, self.work.known)], now

    def _on_filled(self, name: str, column: int, value: str) -> None:
        self.wanted.emit(with_constant(self.work.mapping, name, value))


def _constants(mapping: ListMapping) -> list[str]:
    leads = any(rule.to is Placement.LEAD for rule in mapping.place)
    hidden = _SELDOM if leads else (*_SELDOM, *_OF_LEADS)
    return [name for name in constant_fields(mapping.kind) if name in mapping.constants or name not in hidden]


def _constant_line(work: Work, name: str) -> Line:
    value = work.mapping.constants.get(name, "")
    column = work.mapping.columns.get(name)
    usual = RECORDS[Placement.ENTRY if work.mapping.kind is Kind.ENTRIES else Placement.PERSON]
    default = usual._field_defaults.get(name, "")
    shown = said(name, value, work.known)
    if not value and isinstance(default, StrEnum):
        shown = tr("{value}, unless it is said").format(value=words_of(default))
    where = tr("where “{column}” is blank").format(column=column) if column else tr("in all rows")
    open_ = name in lacking(work.mapping)
    if open_:
        where = tr("no column is chosen, and nothing is said")
    closed = bool(closed_choices(name, work.known))
    return Line(
        name,
        (field_label(name), shown, where),
        ("triangle-alert", "dispute") if open_ else None,
        frozenset({1} if open_ else {2} if value else {1, 2}),
        {1: "choice"} if closed else {},
    )


# --- Dates ---

DATES = (
    MatchColumn(mark("Field"), 10),
    MatchColumn(mark("First values of its column"), 0),
    MatchColumn(mark("Order"), 13, "choice"),
    MatchColumn(mark("Without a day"), 13, "choice"),
)
_ORDERS = {
    "": mark("Year first"),
    "day_first": mark("Day first: 31/12/2015"),
    "month_first": mark("Month first: 12/31/2015"),
}
_MONTHS = {"": mark("Rejected"), "month": mark("The month is enough")}


class DatePanel(Panel):
    """How the dates of the list are written."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(
            tr(
                "2015-03-01, 2015.3.1, 20150301, 2015年3月1日 and a spreadsheet's own dates are read as they "
                "are. Say only what a date like 3/12/2015 means, and whether 2015.3 will do."
            ),
            parent,
        )
        self.table = MatchTable(tr("Dates"), DATES, self._choices, self)
        self.table.filled.connect(self._on_filled)
        self.column.addWidget(self.table, 1)

    def show_work(self, work: Work) -> None:
        super().show_work(work)
        self.table.show_lines([_date_line(work, name) for name in dates_of(work.mapping)])

    def _choices(self, name: str, column: int) -> tuple[Sequence[Choice], str]:
        offered = _ORDERS if column == 2 else _MONTHS
        now = _order(self.work.mapping, name) if column == 2 else _month(self.work.mapping, name)
        return [Choice(value, tr(text)) for value, text in offered.items()], now

    def _on_filled(self, name: str, column: int, value: str) -> None:
        mapping, put = self.work.mapping, partial(_with, name=name)
        if column == 2:
            changed = replace(
                mapping,
                day_first=put(mapping.day_first, value == "day_first"),
                month_first=put(mapping.month_first, value == "month_first"),
            )
        else:
            changed = replace(mapping, month_is_enough=put(mapping.month_is_enough, bool(value)))
        self.wanted.emit(changed)


def dates_of(mapping: ListMapping) -> list[str]:
    """The fields with dates that have a column."""
    return [name for name in mapping.columns if FIELDS[mapping.kind][name] is Form.DAY]


def _with(names: tuple[str, ...], on: bool, name: str) -> tuple[str, ...]:
    others = tuple(one for one in names if one != name)
    return (*others, name) if on else others


def _order(mapping: ListMapping, name: str) -> str:
    return next((way for way in ("day_first", "month_first") if name in getattr(mapping, way)), "")


def _month(mapping: ListMapping, name: str) -> str:
    return "month" if name in mapping.month_is_enough else ""


def _date_line(work: Work, name: str) -> Line:
    assert work.survey
    samples = "  ·  ".join(work.survey.samples[work.mapping.columns[name]])
    order, month = _order(work.mapping, name), _month(work.mapping, name)
    cells = (field_label(name), samples, tr(_ORDERS[order]), tr(_MONTHS[month]))
    muted = {1, *([] if order else [2]), *([] if month else [3])}
    return Line(name, cells, None, frozenset(muted))
