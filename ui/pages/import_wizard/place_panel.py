"""Where the rows go: all to one place, or by the values of one column."""

from collections.abc import Mapping, Sequence

from PySide6.QtWidgets import QComboBox, QGridLayout, QLabel, QWidget

from app.exchange.fields import PLACES, Placement
from app.exchange.mapping import ListMapping, PlaceRule
from app.exchange.matching import PlaceForm, place_form, with_places
from app.exchange.values import plain
from app.problems import field_label
from app.words import listed, mark, ntr, tr
from models.types import LeadStatus
from ui import theme
from ui.fields import ChoiceField
from ui.pages.import_wizard.choosing import Choice
from ui.pages.import_wizard.match_table import Line, MatchColumn, MatchTable
from ui.pages.import_wizard.value_panels import Panel
from ui.pages.import_wizard.work import Work
from ui.widgets import button, label

MOST = 60
"""Different values of a column by which rows can be placed."""
REST = "\x00rest"
REJECT = ""
GOES, REASON = 2, 3
COLUMNS = (
    MatchColumn(mark("Value in the list"), 0),
    MatchColumn(mark("Rows"), 5, right=True),
    MatchColumn(mark("Goes to"), 22, "choice"),
    MatchColumn(mark("Reason or outcome"), 14, "text"),
)
_PLACES: Mapping[Placement, str] = {
    Placement.PERSON: mark("People"),
    Placement.ENTRY: mark("Entries: decided or verified facts"),
    Placement.LEFT_OUT: mark("Left out"),
}
_LEADS: Mapping[LeadStatus, str] = {
    LeadStatus.UNSUBSTANTIATED: mark("Leads, closed: not substantiated"),
    LeadStatus.OPEN: mark("Leads, in hand"),
    LeadStatus.HANDED_OVER: mark("Leads, handed over"),
}
_SIGNS: Mapping[Placement, tuple[str, theme.Role]] = {
    Placement.PERSON: ("user", "positive"),
    Placement.ENTRY: ("file-text", "positive"),
    Placement.LEAD: ("flag", "accent"),
    Placement.LEFT_OUT: ("minus", "muted"),
}


class PlacePanel(Panel):
    """Writes the rules of placement, so that nobody else has to."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(
            tr(
                "A complaint that was not sustained is a lead and never an entry: it must not touch a grade. "
                "Where a column says what was found, let it decide."
            ),
            parent,
        )
        self.by, self.all_to = QComboBox(self), ChoiceField({}, parent=self)
        self._kept = label("", "muted")
        self._kept.setWordWrap(True)
        self.simplify = button(tr("Write new rules instead"))
        self.simplify.clicked.connect(lambda: self._want(PlaceForm(rest=_usual(self.work.mapping))))
        self.table = MatchTable(tr("Places of the rows"), COLUMNS, self._choices, self)
        self.table.filled.connect(self._on_filled)
        self.by.activated.connect(lambda _: self._on_by())
        self.all_to.activated.connect(lambda _: self._want(PlaceForm(rest=self._rule(self.all_to.chosen()))))
        self._lay_out()

    def show_work(self, work: Work) -> None:
        super().show_work(work)
        form = place_form(work.mapping)
        rules = len(work.mapping.place)
        words = ntr(
            "The mapping has {n} rule that this form cannot show; it holds.",
            "The mapping has {n} rules that this form cannot show; they hold.",
            rules,
        )
        self._kept.setText("" if form else words.format(n=rules))
        shown = form or PlaceForm()
        self._offer(shown)
        seen: dict[QWidget, bool] = {
            self._kept: form is None,
            self.simplify: form is None,
            self._by_words: form is not None,
            self.by: form is not None,
            self._to_words: form is not None and not shown.column,
            self.all_to: form is not None and not shown.column,
            self.table: bool(shown.column),
        }
        for widget, visible in seen.items():
            widget.setVisible(visible)
        self.table.show_lines(_lines(work, shown) if shown.column else [])

    def _offer(self, form: PlaceForm) -> None:
        self.by.clear()
        self.by.addItem(tr("All to one place"), "")
        for column, values in _deciding(self.work, form.column).items():
            words = ntr("By “{column}” ({n} value)", "By “{column}” ({n} values)", len(values))
            self.by.addItem(words.format(column=column, n=len(values)), column)
        self.by.setCurrentIndex(max(0, self.by.findData(form.column)))
        places = self._places(form.rest)
        self.all_to.offer({choice.value: choice.text for choice in places})
        self.all_to.choose(_code(form.rest) if form.rest else REJECT)

    def _places(self, now: PlaceRule | None) -> list[Choice]:
        mapping = self.work.mapping
        rules = [rule for placement in PLACES[mapping.kind] for rule in _ways(mapping, placement)]
        codes = {_code(rule): rule for rule in [*rules, *([now] if now else [])]}
        return [Choice(code, _words(rule), icon=_SIGNS[rule.to]) for code, rule in codes.items()]

    def _rule(self, code: str) -> PlaceRule | None:
        """The rule that a choice means; one of a loaded mapping may say more than the usual ones."""
        form = place_form(self.work.mapping) or PlaceForm()
        now = [*form.goes.values(), *([form.rest] if form.rest else [])]
        ways = [rule for to in PLACES[self.work.mapping.kind] for rule in _ways(self.work.mapping, to)]
        return next((rule._replace(reason="") for rule in [*ways, *now] if _code(rule) == code), None)

    def _on_by(self) -> None:
        column = self.by.currentData()
        form = place_form(self.work.mapping) or PlaceForm()
        if column == form.column:
            return
        self._want(PlaceForm(column) if column else PlaceForm(rest=_usual(self.work.mapping)))

    def _choices(self, value: str, column: int) -> tuple[Sequence[Choice], str]:
        form = place_form(self.work.mapping) or PlaceForm()
        now = form.rest if value == REST else form.goes.get(plain(value))
        return [*self._places(now), Choice(REJECT, tr("Not said: rejected"))], _code(now) if now else REJECT

    def _on_filled(self, value: str, column: int, filled: str) -> None:
        form = place_form(self.work.mapping) or PlaceForm()
        now = form.rest if value == REST else form.goes.get(plain(value))
        rule = now._replace(reason=filled) if column == REASON and now else self._rule(filled)
        if rule and column == GOES:
            rule = rule._replace(reason=_reason(rule, now, value))
        if value == REST:
            self._want(form._replace(rest=rule))
            return
        goes = {key: kept for key, kept in form.goes.items() if key != plain(value)}
        self._want(form._replace(goes={**goes, plain(value): rule} if rule else goes))

    def _want(self, form: PlaceForm) -> None:
        self.wanted.emit(with_places(self.work.mapping, form))

    def _lay_out(self) -> None:
        self._by_words, self._to_words = QLabel(tr("The rows go")), QLabel(tr("Namely to"))
        self._by_words.setBuddy(self.by)
        self._to_words.setBuddy(self.all_to)
        self.by.setAccessibleName(tr("The rows go"))
        self.all_to.setAccessibleName(tr("Namely to"))
        for box in (self.by, self.all_to):
            box.setMinimumWidth(320)
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.M)
        grid.setVerticalSpacing(theme.S)
        grid.setColumnStretch(2, 1)
        for row, (words, box) in enumerate(((self._by_words, self.by), (self._to_words, self.all_to))):
            grid.addWidget(words, row, 0)
            grid.addWidget(box, row, 1)
        self.column.addLayout(grid)
        for widget in (self._kept, self.simplify):
            self.column.addWidget(widget)
        self.column.addWidget(self.table, 1)
        self.column.addStretch()


def unplaced(work: Work) -> int:
    """The values of the deciding column of which nobody has said where their rows go."""
    form = place_form(work.mapping)
    if form is None or not form.column or form.rest or work.survey is None:
        return 0
    return sum(plain(value) not in form.goes for value in work.survey.values.get(form.column, {}))


def _deciding(work: Work, column: str) -> dict[str, Mapping[str, int]]:
    """The columns by which rows can be placed; that by which they are is among them."""
    if work.survey is None:
        return {}
    values = work.survey.values
    few = {one: found for one, found in values.items() if 1 < len(found) <= MOST or one == column}
    return {one: few[one] for one in work.survey.columns if one in few}


def _ways(mapping: ListMapping, to: Placement) -> list[PlaceRule]:
    if to is not Placement.LEAD:
        return [PlaceRule({}, to)]
    ways = [PlaceRule({}, to, status=status) for status in _LEADS]
    if "closed_on" in mapping.columns:  # a lead in hand has no day on which it was closed
        ways.insert(2, PlaceRule({}, to, status=LeadStatus.OPEN, without=("closed_on",)))
    return ways


def _usual(mapping: ListMapping) -> PlaceRule:
    return PlaceRule({}, PLACES[mapping.kind][0])


def _code(rule: PlaceRule) -> str:
    status = rule.status.value if rule.to is Placement.LEAD else ""
    return ":".join((rule.to.value, status, *rule.without))


def _words(rule: PlaceRule) -> str:
    name = _LEADS.get(rule.status, rule.status.value) if rule.to is Placement.LEAD else _PLACES[rule.to]
    words = tr(name)
    if rule.without:
        fields = listed(map(field_label, rule.without))
        words = tr("{place}, without: {fields}").format(place=words, fields=fields)
    return words


def _reason(rule: PlaceRule, now: PlaceRule | None, value: str) -> str:
    """What was said already; else what the list says, for what is not an entry."""
    if now and now.reason:
        return now.reason
    usual = rule.to in (Placement.PERSON, Placement.ENTRY)
    return "" if usual or value == REST else value


def _lines(work: Work, form: PlaceForm) -> list[Line]:
    assert work.survey
    values = work.survey.values.get(form.column, {})
    lines = [
        _line(value, value or tr("(blank)"), f"{n:,}", form.goes.get(plain(value)), form.rest)
        for value, n in values.items()
    ]
    others = [value for value in form.goes if value not in map(plain, values)]
    lines += [_line(value, value or tr("(blank)"), "0", form.goes[value], None) for value in others]
    return [*lines, _line(REST, tr("Every other value"), "", form.rest, None)]


def _line(key: str, value: str, rows: str, rule: PlaceRule | None, rest: PlaceRule | None) -> Line:
    goes = rule or rest
    words = _words(goes) if goes else tr("Not said: rejected")
    muted = frozenset({0} if key in ("", REST) else ()) | (frozenset({GOES}) if rule is None else frozenset())
    return Line(
        key, (value, rows, words, goes.reason if goes else ""), None, muted, {} if rule else {REASON: ""}
    )
