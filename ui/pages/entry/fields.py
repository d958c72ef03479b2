"""The fields of an entry, in the order of the paper document."""

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QCheckBox, QGridLayout, QLineEdit, QWidget

from app.problems import field_label
from app.queries.authorities import Authority
from app.queries.entries import ItemRow
from app.queries.files import EntryRow
from app.reports.wording import plain_points
from app.rules.grading.reading import NO_TEXT
from app.rules.grading.scheme import ItemRule
from app.words import in_use, ntr, tr
from models.types import AuthorityLevel, Capacity, Channel, Commitment, Day, iso
from ui import theme
from ui.fields import ChoiceField, DayField, EnterMovesOn, KnownField, LinesField
from ui.pages.entry.attachments import AttachmentsField
from ui.pages.entry.draft import GONE, MONTH_IS_ENOUGH, Draft
from ui.pages.entry.item_picker import ItemPicker
from ui.widgets import FormRow

_DAYS = ("occurred_on", "decided_on", "ended_on")
_LINES = ("quantity", "given_points", "given_reason", "authors", "document_no", "paper", "place")
_ASKED = {
    "quantity": (3, 3),
    "given_points": (3, 2),
    "given_reason": (4, 4),
    "capacity": (4, 3),
    "authors": (3, 2),
}
"""The fields that only some items need: their width beside the item, and where several must fit there.
They take their room from the item's field, so that nothing else moves."""
_ROOM = 8
_POINTS = {"given_points": (0, 3), "given_reason": (3, 9)}
"""Where even that is not enough, these stand on a line of their own."""
_PLACES: Mapping[str, tuple[int, int, int]] = {
    "occurred_on": (1, 0, 4),
    "decided_on": (1, 4, 4),
    "ended_on": (1, 8, 4),
    "authority": (2, 0, 5),
    "level": (2, 5, 3),
    "document_no": (2, 8, 4),
    "facts": (3, 0, 12),
    "channel": (4, 0, 4),
    "commitment": (4, 4, 4),
    "act": (4, 8, 4),
    "paper": (5, 0, 5),
    "place": (5, 5, 4),
    "seen": (5, 9, 3),
    "evidence": (6, 0, 12),
}
"""Row, column and width of the others."""
_COLUMNS = 12
_ORDER = ("item", *_ASKED, *_PLACES)
"""In which Enter and Tab go through them."""


class EntryFields(QWidget):
    """Holds what is typed as a Draft, and says beside each field what is wrong with it."""

    changed = Signal()
    left = Signal(str)
    """A field in which dates are typed, by its name."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.item, self.facts = ItemPicker(), LinesField(2)
        self._days = {
            name: DayField(Day(20250101), month_is_enough=name in MONTH_IS_ENOUGH) for name in _DAYS
        }
        self._authority = KnownField()
        self._lines = {name: QLineEdit() for name in _LINES} | {"authority": self._authority}
        self._seen = QCheckBox(tr("I have seen it"))
        self._seen.setAccessibleName(tr("I have seen the original of the paper"))
        self._seen.setToolTip(self._seen.accessibleName())
        self._seen.setEnabled(False)
        self._choices = {
            "capacity": ChoiceField(Capacity, tr("the person's own")),
            "level": ChoiceField(AuthorityLevel),
            "act": ChoiceField({}, tr("an act of its own")),
            "channel": ChoiceField(Channel),
            "commitment": ChoiceField(Commitment, tr("none")),
        }
        self.files = AttachmentsField()
        self._carried = Draft()
        self._rules: Mapping[str, ItemRule] = {}
        self._asked: tuple[str, ...] = ()
        """Those of _ASKED that are shown."""
        self._first = _grid()
        """Of the item and what it asks, apart, so that the columns of the others stay as they are."""
        self._levels: dict[str, AuthorityLevel] = {}
        self.rows = {
            name: FormRow(title, self._field(name), hint, beside=name == "evidence")
            for name, title, hint in _titles()
        }
        self._lay_out()
        self._listen()
        self.put_draft(Draft())

    def begin(self, today: Day, entries: Sequence[EntryRow], rules: Mapping[str, ItemRule]) -> None:
        """What the fields need to know of the file, and of the standard: its items by their code."""
        self._rules = rules
        for field in self._days.values():
            field.set_today(today)
        self._choices["act"].offer(dict(_acts(entries)), tr("an act of its own"))
        self._ask()

    def rule(self) -> ItemRule | None:
        """What the standard says of the chosen item."""
        return self._rules.get(self.item.code())

    def offer(self, items: Sequence[ItemRow], known: Sequence[Authority]) -> None:
        """Items to choose from, and authorities that need not be typed again."""
        self.item.offer(items)
        self._levels = {one.name: one.level for one in reversed(known)}
        self._authority.offer(list(dict.fromkeys(one.name for one in known)))

    def draft(self) -> Draft:
        """What is typed, and shown: what the item does not need is kept aside until another one does."""
        values: dict[str, Any] = {name: field.text() for name, field in (self._days | self._lines).items()}
        values |= {name: field.chosen() for name, field in self._choices.items()}
        values |= {name: "" for name in _ASKED if name not in self._asked}
        code = self.item.code()
        return Draft(
            item=code,
            item_typed="" if code else self.item.text(),
            facts=self.facts.toPlainText(),
            seen=self._seen.isEnabled() and self._seen.isChecked(),
            files=self.files.files,
            instead_of=self._carried.instead_of,
            correction=self._carried.correction,
            lead=self._carried.lead,
            **values,
        )

    def put_draft(self, draft: Draft) -> None:
        """Show what was typed before."""
        self.item.put(draft.item, draft.item_typed)
        for name, field in (self._days | self._lines).items():
            field.setText(getattr(draft, name))
            field.setCursorPosition(0)
        for name, choice in self._choices.items():
            choice.choose(getattr(draft, name))
        self.facts.setPlainText(draft.facts)
        self._seen.setChecked(draft.seen)
        self.files.put(draft.files)
        self._carried = draft
        self._ask()
        self.refuse({})

    def refuse(self, sentences: Mapping[str, str]) -> None:
        """Say beside each field what is wrong with it, and go to the first; nothing takes it all back."""
        for name, row in self.rows.items():
            row.refuse(sentences.get(name, ""))
        if first := self.refused():
            self.rows[first[0]].field.setFocus()

    def refused(self) -> list[str]:
        """The fields beside which something is said against them, from the first to the last."""
        return [name for name, row in self.rows.items() if row.refusal]

    def tell(self, name: str, sentence: str) -> None:
        """Say beside one field what is wrong with it, or that nothing is; the keyboard stays where it is."""
        self.rows[name].refuse(sentence)

    def explain_evidence(self, earlier: int) -> None:
        """Say what the item must rest on, and how much of an earlier entry goes on to count."""
        rule, row = self.rule(), self.rows["evidence"]
        hints = []
        if rule and rule.evidence != NO_TEXT:
            required = rule.evidence.in_language(in_use())
            hints.append(tr("Required evidence: {evidence}").format(evidence=required))
        if earlier:
            words = ntr(
                "{n} piece of evidence of the earlier entry stays.",
                "{n} pieces of evidence of the earlier entry stay.",
                earlier,
            )
            hints.append(words.format(n=earlier))
        refused = row.refusal
        row.explain(" · ".join(hints) or tr("or drop or paste them"))
        row.refuse(refused)

    def judge_again(self, sentences: Mapping[str, str]) -> None:
        """Something was typed: what was refused is still wrong, otherwise wrong, or well."""
        for name in self.refused():
            self.rows[name].refuse(sentences.get(name, ""))

    def _ask(self) -> None:
        """Show what the item needs, and what a returned entry said; in room that the item's field leaves."""
        rule, before = self.rule(), self._carried
        needs = needed(rule) | {name for name in _ASKED if before.instead_of and getattr(before, name)}
        self._asked = tuple(name for name in _ASKED if name in needs)
        beside = _beside(self._asked)
        column = _COLUMNS - sum(beside.values())
        self._place("item", 0, 0, column)
        for name, width in beside.items():
            self._place(name, 0, column, width)
            column += width
        for name, (first, width) in _POINTS.items():
            if name not in beside:
                self._place(name, 1, first, width)
        for name in _ASKED:
            row = self.rows[name]
            said = row.refusal if name in self._asked else ""
            row.explain(_hint(name, rule))
            row.refuse(said)
            row.setVisible(name in self._asked)

    def _place(self, name: str, row: int, column: int, width: int) -> None:
        self._first.removeWidget(self.rows[name])
        self._first.addWidget(self.rows[name], row, column, 1, width, Qt.AlignmentFlag.AlignTop)

    def _field(self, name: str) -> QWidget:
        own: dict[str, QWidget] = {
            "item": self.item,
            "facts": self.facts,
            "seen": self._seen,
            "evidence": self.files,
        }
        return {**own, **self._days, **self._lines, **self._choices}[name]

    def _lay_out(self) -> None:
        grid = _grid()
        grid.setContentsMargins(theme.L, theme.XS, theme.L, 0)
        self.setLayout(grid)
        grid.addLayout(self._first, 0, 0, 1, _COLUMNS)
        self._authority.ensurePolished()
        self._seen.setFixedHeight(self._authority.sizeHint().height())  # in line with the fields beside it
        for name in ("item", *_ASKED):  # the keyboard goes through them as they are put here
            self._place(name, 0, 0, _COLUMNS)
        for name, (row, column, width) in _PLACES.items():
            grid.addWidget(self.rows[name], row, column, 1, width, Qt.AlignmentFlag.AlignTop)
        grid.setRowStretch(7, 1)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A file or picture on the clipboard is attached wherever the keyboard is; a text stays a text."""
        if not (isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress):
            return False
        if not event.matches(QKeySequence.StandardKey.Paste):
            return False
        given = QGuiApplication.clipboard().mimeData()
        return (watched is self.files or not given.hasText() or bool(given.urls())) and self.files.take(given)

    def _listen(self) -> None:
        mover = EnterMovesOn(self)
        for name in self.rows:
            self._field(name).setAcceptDrops(False)  # the form takes files wherever they are dropped
            self._field(name).installEventFilter(self)
            if name != "evidence":
                self._field(name).installEventFilter(mover)
        self.item.picked.connect(self._ask)
        self.item.picked.connect(self.changed)
        self.files.changed.connect(self.changed)
        self.facts.textChanged.connect(self.changed)
        for field in (self._days | self._lines).values():
            field.textChanged.connect(self.changed)
        for name, day in self._days.items():
            day.editingFinished.connect(partial(self.left.emit, name))
        for choice in self._choices.values():
            choice.currentIndexChanged.connect(self.changed)
        self._authority.taken.connect(self._on_authority)
        self._lines["paper"].textChanged.connect(lambda text: self._seen.setEnabled(bool(text.strip())))
        self._seen.toggled.connect(self.changed)

    def _on_authority(self, name: str) -> None:
        self._choices["level"].choose(self._levels.get(name, AuthorityLevel.UNIT))


def _grid() -> QGridLayout:
    made = QGridLayout()
    made.setHorizontalSpacing(theme.M)
    made.setVerticalSpacing(2)
    for column in range(_COLUMNS):
        made.setColumnStretch(column, 1)
        made.setColumnMinimumWidth(column, 1)
    return made


def _beside(asked: Sequence[str]) -> dict[str, int]:
    """Which of the fields that are needed stand beside the item, and how wide."""
    for place in (0, 1):
        widths = {name: _ASKED[name][place] for name in asked}
        if sum(widths.values()) <= _ROOM:
            return widths
    return {name: _ASKED[name][0] for name in asked if name not in _POINTS}


def needed(rule: ItemRule | None) -> frozenset[str]:
    """The fields that an item needs beside the usual ones: points that are decided need a reason."""
    needs = rule.needs if rule else frozenset()
    return needs | {"given_reason"} if "given_points" in needs else needs


def _hint(name: str, rule: ItemRule | None) -> str:
    """What stands beneath a field that the item needs: the unit, or between which points to decide."""
    if name == "quantity" and rule:
        return rule.unit.in_language(in_use())
    if name == "given_points" and rule and rule.range:
        low, high = (plain_points(end) for end in sorted((rule.range.least, rule.range.most)))
        return tr("{least} to {most}").format(least=low, most=high)
    return tr("people in all") if name == "authors" else ""


def _titles() -> Iterator[tuple[str, str, str]]:
    """Name, title and hint of each field."""
    own = {
        "paper": tr("Evidence on paper"),
        "place": tr("Where it lies"),
        "seen": " ",
        "evidence": tr("Evidence files"),
        "act": tr("Same act as"),
    }
    hints = {"ended_on": tr("of continuing conduct"), "facts": tr("Shift+Enter begins a new line")}
    for name in _ORDER:
        yield name, own.get(name) or field_label(name), hints.get(name, "")


def _acts(entries: Sequence[EntryRow]) -> Iterator[tuple[str, str]]:
    """The acts on file, each by its newest entry."""
    seen = set()
    for entry in entries:
        if entry.act not in seen and entry.status not in GONE:
            seen.add(entry.act)
            yield entry.act, f"{entry.item_name(in_use())} {iso(entry.occurred_on)}"
