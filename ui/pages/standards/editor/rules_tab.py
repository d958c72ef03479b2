"""The rules of a draft, section by section: a card a rule. The sections are the fields of a standard, so that
a new construct has its section by itself."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import MISSING, fields, is_dataclass
from functools import partial
from typing import Any, NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QListWidgetItem,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.rules.grading.reading import Slot, Text, slots_of
from app.rules.grading.scheme import Group, Limit, Named, Scheme, Validity
from app.standards.draft_check import Seen
from app.standards.drafts import free_code
from app.standards.field_titles import title
from app.standards.toml_text import Path
from app.words import tr
from ui import theme
from ui.pages.standards.editor.areas import show_focus
from ui.pages.standards.editor.card import RuleCard
from ui.pages.standards.editor.form import RowForm
from ui.pages.standards.editor.part import EditorPart
from ui.pages.standards.editor.values import kind_of
from ui.widgets import RingedList, button, label, rule

ELSEWHERE = ("format", "bands", "items", "examples")
"""What other tabs are for, and what never changes."""
FEW = 4
"""Cards of a section that are open from the beginning."""


USUAL: Mapping[type, tuple[str, ...]] = {
    Limit: ("name", "at_most"),
    Validity: ("items", "months"),
    Group: ("name", "cap"),
}
"""Fields of a new row that are shown at once, the first with the keyboard, beside those it must have."""


class Section(NamedTuple):
    """One construct, or what is said of the whole."""

    key: str
    slots: tuple[Slot, ...]
    cls: type
    many: bool


def sections() -> list[Section]:
    """In the order of the format."""
    slots = [slot for slot in slots_of(Scheme) if slot.key not in ELSEWHERE]
    tables = [slot for slot in slots if _is_table(slot)]
    lists = [slot for slot in slots if kind_of(slot.kind).many and not _is_table(slot)]
    frame = tuple(slot for slot in slots if slot not in tables and slot not in lists)
    made = [Section("", frame, Scheme, False)]
    made += [Section(slot.key, (slot,), kind_of(slot.kind).one, kind_of(slot.kind).many) for slot in tables]
    return [*made, *([Section(lists[0].key, tuple(lists), Scheme, False)] if lists else [])]


def _is_table(slot: Slot) -> bool:
    one = kind_of(slot.kind).one
    return is_dataclass(one) and one is not Text


class RulesTab(EditorPart):
    """Sections left, the cards of the chosen one right."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sections = sections()
        self.list = RingedList()
        self.list.setAccessibleName(tr("Sections of the rules"))
        theme.mark(self.list, "surface", "plain")
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for section in self.sections:
            self.list.addItem(QListWidgetItem(_title(section)))
        self.list.setFixedWidth(9 * self.fontMetrics().horizontalAdvance("中") + 2 * theme.L)
        self.cards: list[RuleCard] = []
        self.form: RowForm | None = None
        self.add = button(tr("Add"), "", "plus")
        self.add.clicked.connect(self._on_add)
        self.heading = label("", "heading")
        self.about = label("", "muted")
        self.about.setWordWrap(True)
        self._shown = (-1, -1)
        self.first = self.list
        self._lay_out()
        self.list.currentRowChanged.connect(lambda _: self._show(True))
        self.list.setCurrentRow(0)

    def section(self) -> Section:
        """The one that is shown."""
        return self.sections[max(0, self.list.currentRow())]

    # Showing

    def show_draft(self) -> None:
        for number, section in enumerate(self.sections):
            value = self.content().get(section.key)
            n = len(value) if isinstance(value, list) and section.many else 0
            words = _title(section)
            self.list.item(number).setText(tr("{title} ({n})").format(title=words, n=n) if n else words)
        self._show(False)

    def _show(self, another: bool) -> None:
        """The rows of the section; its cards stay while there are as many as before."""
        section = self.section()
        rows = self._values(section)
        shape = (self.list.currentRow(), len(rows) if section.cls is not Scheme else -2)
        if another or shape != self._shown:
            self._shown = shape
            self._build(section, len(rows))
        scheme = self.seen.scheme if self.seen else None
        for card, row in zip(self.cards, rows, strict=False):
            card.put(row, scheme or self._last)
        if self.form:
            self.form.put(self.content(), True)
        self._mark()

    def show_seen(self, seen: Seen) -> None:
        self.seen = seen
        if seen.scheme:
            self._last = seen.scheme
        wrong = {one.path[0] if one.path else "" for one in seen.findings if one.wrong}
        for number, section in enumerate(self.sections):
            bad = any(slot.key in wrong for slot in section.slots)
            self.list.item(number).setForeground(theme.colour("negative" if bad else "text"))
            self.list.item(number).setToolTip(tr("Something is to be put right here") if bad else "")
        self._show(False)

    def _mark(self) -> None:
        section = self.section()
        for number, card in enumerate(self.cards):
            card.mark(self.wrong((section.key, number) if section.many else (section.key,)))
        if self.form:
            self.form.mark(self.wrong(()))

    def _values(self, section: Section) -> Sequence[Any]:
        if section.cls is Scheme:
            return ()
        value = self.content().get(section.key)
        if section.many:
            return self.rows(section.key)
        needed = section.slots[0].default is not None  # what is always there, written or not
        return [value if isinstance(value, Mapping) else {}] if value is not None or needed else []

    def go(self, path: Path, line: int) -> None:
        number = next(
            (n for n, one in enumerate(self.sections) if any(slot.key == path[0] for slot in one.slots)), 0
        )
        self.list.setCurrentRow(number)
        if self.form:
            self.form.focus_path(path)
            return
        row, rest = (path[1], path[2:]) if self.section().many and len(path) > 1 else (0, path[1:])
        if isinstance(row, int) and row < len(self.cards):
            form = self.cards[row].unfold()
            if not form.focus_path(rest):
                form.setFocus()
            show_focus(self._area)
        else:
            self.add.setFocus()

    def chain(self) -> Iterator[QWidget]:
        yield self.list
        if self.form:
            yield from self.form.chain()
        for card in self.cards:
            yield from card.chain()
        yield self.add

    # Changing

    def _on_add(self) -> None:
        section = self.section()
        if not section.many:
            self.put((section.key,), _needed(section.cls))
        else:
            rows = self.rows(section.key)
            row = _needed(section.cls)
            if issubclass(section.cls, Named):
                row["code"] = free_code(f"{section.key}.", (str(one.get("code")) for one in rows))
            self.insert(section.key, len(rows), [row])
        if self.cards:
            self.cards[-1].unfold().begin(USUAL.get(section.cls, ()))
            show_focus(self._area)

    def _on_act(self, number: int, act: str) -> None:
        section = self.section()
        if act == "take" and section.many:
            self.remove(section.key, [number])
        elif act == "take":
            self.put((section.key,), None)
        else:
            self.shift_row(section.key, number, -1 if act == "up" else 1)

    def _on_edited(self, number: int, path: Path, value: object) -> None:
        section = self.section()
        self.put((section.key, number, *path) if section.many else (section.key, *path), value)

    # What it is made of

    def _build(self, section: Section, count: int) -> None:
        open_ones = {n for n, card in enumerate(self.cards) if card.is_open}
        for old in (*self.cards, *([self.form] if self.form else [])):
            old.hide()
            old.deleteLater()
        self.cards, self.form = [], None
        self.heading.setText(_title(section))
        slot = section.slots[0]
        self.about.setText(tr(slot.about) if section.cls is not Scheme and slot.about else "")
        self.about.setVisible(bool(self.about.text()))
        if section.cls is Scheme:
            mine = {one.key for one in section.slots}
            others = [one.key for one in slots_of(Scheme) if one.key not in mine]
            self.form = RowForm(Scheme, self.known, others, columns=1)
            self.form.edited.connect(self.put)
            self._cards.insertWidget(0, self.form)
        may_go = section.many or section.slots[0].default is not MISSING
        for number in range(count):
            card = RuleCard(section.cls, self.known, section.many, may_go)
            card.edited.connect(partial(self._on_edited, number))
            card.act_wanted.connect(partial(self._on_act, number))
            self._cards.insertWidget(number, card)
            self.cards.append(card)
        rows = self._values(section)
        scheme = (self.seen.scheme if self.seen else None) or self._last
        for number, card in enumerate(self.cards):
            card.put(rows[number], scheme)
            if count <= FEW or number in open_ones:
                card.unfold()
        self.add.setVisible(section.many or (section.cls is not Scheme and not count))
        self.empty.setVisible(section.many and not count)

    _last: Scheme | None = None

    def _lay_out(self) -> None:
        self.empty = label(tr("The standard says nothing of this."), "muted")
        self._cards = QVBoxLayout()
        self._cards.setSpacing(theme.S)
        foot = QHBoxLayout()
        foot.addWidget(self.add)
        foot.addStretch()
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(theme.L, theme.M, theme.M, theme.M)
        column.setSpacing(theme.S)
        for widget in (self.heading, self.about, self.empty):
            column.addWidget(widget)
        column.addLayout(self._cards)
        column.addLayout(foot)
        column.addStretch()
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setWidget(inner)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.list)
        row.addWidget(rule(vertical=True))
        row.addWidget(self._area, 1)


def _title(section: Section) -> str:
    return title(Scheme, section.slots[0]) if section.key else tr("General")


def _needed(cls: type) -> dict[str, Any]:
    """A new row: names empty, conditions and numbers to be filled in."""
    return {"name": tr("New")} if any(one.name == "name" for one in fields(cls)) else {}
