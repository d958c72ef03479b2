"""Which column of the list is which field: theirs with their first values at the left, ours to choose."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.exchange.fields import FIELDS, column_words
from app.exchange.mapping import ListMapping, unmentioned
from app.exchange.matching import (
    fields_of,
    lacking,
    needed,
    ruling_columns,
    set_aside,
    with_field,
    without_field,
)
from app.problems import field_label
from app.words import listed, mark, ntr, tr
from ui import theme
from ui.page import Part
from ui.pages.import_wizard.choosing import Choice
from ui.pages.import_wizard.match_table import Line, MatchColumn, MatchTable
from ui.pages.import_wizard.work import Work
from ui.widgets import Elided, IconLabel, button, label

FIELD, ALSO = 2, 3
COLUMNS = (
    MatchColumn(mark("Column of the list"), 11),
    MatchColumn(mark("Its first values"), 0),
    MatchColumn(mark("Holds"), 12, "choice"),
    MatchColumn(mark("And also"), 12, "choice"),
    MatchColumn(mark("State"), 8),
)
NONE, ASIDE = "", "-"
"""Two choices that are no field: not used, and left aside on purpose."""


class ColumnsStep(Part):
    """Shows a mapping; says which one is wanted otherwise."""

    wanted = Signal(object)
    """A ListMapping."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._work = Work()
        self.brought = Elided()
        theme.mark(self.brought, "look", "muted")
        self.table = MatchTable(tr("Columns of the list"), COLUMNS, self._choices, self)
        self.table.filled.connect(self._on_filled)
        self._open = label("", "muted")
        self.aside = button(tr("Leave the rest aside"))
        self.aside.clicked.connect(self._set_rest_aside)
        self._sign, self._lacking = IconLabel("triangle-alert", "dispute"), Elided()
        theme.mark(self._lacking, "tone", "dispute")
        beneath = QHBoxLayout()
        beneath.addWidget(self._open)
        beneath.addWidget(self.aside)
        beneath.addStretch()
        beneath.addWidget(self._sign)
        beneath.addWidget(self._lacking)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.L, theme.M, theme.L, theme.S)
        column.setSpacing(theme.S)
        column.addWidget(self.brought)
        column.addWidget(self.table, 1)
        column.addLayout(beneath)
        self.first = self.table

    def show_work(self, work: Work) -> None:
        """Show how the columns are matched now."""
        self._work = work
        if work.survey is None:
            return
        self.brought.setText(work.brought)
        self.table.show_lines([_line(work, column) for column in work.survey.columns])
        fields = listed(map(field_label, lacking(work.mapping)))
        self._lacking.setText(tr("No column is chosen yet for: {fields}").format(fields=fields))
        for widget in (self._sign, self._lacking):
            widget.setVisible(bool(fields))
        left = len(self._unused())
        words = ntr("{n} column is not used yet.", "{n} columns are not used yet.", left).format(n=left)
        self._open.setText(words if left else tr("Every column is used or left aside."))
        self.aside.setEnabled(left > 0)

    def _unused(self) -> tuple[str, ...]:
        return unmentioned(self._work.mapping, self._work.survey.columns) if self._work.survey else ()

    def _set_rest_aside(self) -> None:
        self.wanted.emit(set_aside(self._work.mapping, self._unused()))

    def _choices(self, column: str, place: int) -> tuple[Sequence[Choice], str]:
        mapping = self._work.mapping
        first, *others = [*fields_of(mapping, column), NONE]
        if place == FIELD:
            aside = column in mapping.ignored
            special = [Choice(NONE, tr("Not used")), Choice(ASIDE, tr("Left aside on purpose"))]
            return [*special, *_fields(mapping, column)], ASIDE if aside else first
        besides = [choice for choice in _fields(mapping, column) if choice.value != first]
        return [Choice(NONE, tr("Nothing else")), *besides], others[0] if others else NONE

    def _on_filled(self, column: str, place: int, value: str) -> None:
        mapping = self._work.mapping
        if place == FIELD:
            changed = set_aside(mapping, [column]) if value == ASIDE else with_field(mapping, column, value)
        elif value == NONE:
            changed = mapping
            for other in fields_of(mapping, column)[1:]:
                changed = without_field(changed, other)
        elif value in fields_of(mapping, column):
            changed = without_field(mapping, value)
        else:
            changed = with_field(mapping, column, value, besides=True)
        self.wanted.emit(changed)


def _fields(mapping: ListMapping, column: str) -> list[Choice]:
    return [_field(mapping, column, name) for name in FIELDS[mapping.kind]]


def _field(mapping: ListMapping, column: str, name: str) -> Choice:
    text = field_label(name)
    if name in needed(mapping):
        text = tr("{field} (needed)").format(field=text)
    theirs = mapping.columns.get(name, column)
    if theirs != column:
        text = tr("{field} – now from “{column}”").format(field=text, column=theirs)
    words = [word.lower() for word in column_words()[name].all()] if name in column_words() else []
    icon: tuple[str, theme.Role] | None = ("check", "positive") if name in mapping.columns else None
    return Choice(name, text, lambda typed: any(typed in word for word in words), icon)


def _line(work: Work, column: str) -> Line:
    assert work.survey
    mapping = work.mapping
    first, *others = [*map(field_label, fields_of(mapping, column)), ""]
    aside = column in mapping.ignored
    chosen = first or (tr("Left aside") if aside else "")
    state = _state(mapping, column)
    samples = "  ·  ".join(" ".join(value.split()) for value in work.survey.samples[column])
    return Line(
        column,
        (column, samples, chosen, listed(filter(None, others)), tr(_WORDS[state[0]])),
        state,
        frozenset({1, 4, FIELD} if aside else {1, 4}),
        {} if first else {ALSO: ""},
    )


_WORDS = {
    "circle-check": mark("matched"),
    "minus": mark("left aside"),
    "list-filter": mark("in rules or key"),
    "triangle-alert": mark("not used yet"),
}


def _state(mapping: ListMapping, column: str) -> tuple[str, theme.Role]:
    if fields_of(mapping, column):
        return "circle-check", "positive"
    if column in mapping.ignored:
        return "minus", "muted"
    return ("list-filter", "accent") if column in ruling_columns(mapping) else ("triangle-alert", "dispute")
