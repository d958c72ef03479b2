"""The items of a draft as a table that is typed into, and all of the chosen one as a form beneath."""

from collections.abc import Iterator, Mapping
from functools import partial

from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QWidget,
)

from app.rules.grading.scheme import ItemRule
from app.standards.draft_check import Seen
from app.standards.drafts import free_code, insert, put_all
from app.standards.item_cells import CELLS, WORTHS, Pasted, pasted, title_of_item
from app.standards.toml_text import Path
from app.words import in_use, ntr, tr
from ui import messages, theme
from ui.pages.standards.editor.areas import form_area, show_focus, table_over_form
from ui.pages.standards.editor.form import RowForm
from ui.pages.standards.editor.part import EditorPart, acts_row, buttons_of
from ui.pages.standards.editor.sheet import Sheet, Widths
from ui.pages.standards.editor.unclear import show_unclear
from ui.widgets import label

WIDTHS = {
    "polarity": 3,
    "name_zh": 11,
    "name_en": 13,
    "points": 9,
    "category": 6,
    "group": 6,
    "direct": 5,
    "validity": 4,
    "runs_from": -8,
    "influence": -4,
    "appraisal": -8,
    "reference": -12,
    "code": 9,
    "part": -6,
    "direct_validity": -5,
    "result": -6,
    "since": -6,
    "until": -6,
}


def _widths() -> Widths:
    """The name in the other language can be asked for."""
    other = "name_en" if in_use().startswith("zh") else "name_zh"
    return {**WIDTHS, other: -WIDTHS[other]}


IN_TABLE = ("code", "name", "polarity")
"""What is typed into the table alone."""


class ItemsTab(EditorPart):
    """Filter, table, form."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.filter = QLineEdit()
        self.filter.setPlaceholderText(tr("Filter by name, pinyin, code, category, reference"))
        self.filter.setAccessibleName(tr("Filter the items"))
        self.filter.setClearButtonEnabled(True)
        self.filter.textChanged.connect(self._on_filter)
        self.count = label("", "muted")
        self.sheet = Sheet(CELLS, self.names, f"items-{in_use()[:2]}", _widths(), tr("Items"))
        self.sheet.sheet.typed.connect(lambda place, changes: self.put_all(("items", place), changes))
        self.sheet.picked.connect(self._look)
        self.sheet.pasted.connect(self.paste)
        self.form = RowForm(ItemRule, self.known, skip=IN_TABLE)
        self.form.edited.connect(self._on_edited)
        self.form_title = label("", "heading")
        self._looked_at = -1
        self.first = self.sheet
        self._lay_out()

    # Showing

    def show_draft(self) -> None:
        self.sheet.show_rows(self.rows("items"))
        self._count()
        self._look(self.sheet.current_place())
        if self.sheet.current_place() < 0 and self.sheet.sheet.shown:
            self.sheet.stand_on(self.sheet.sheet.shown[0])

    def show_seen(self, seen: Seen) -> None:
        self.seen = seen
        wrong = {}
        for path, said in self.wrong(("items",)).items():
            if path and isinstance(path[0], int):
                wrong[path[0], str(path[1]) if len(path) > 1 else ""] = said
        self.sheet.sheet.mark(wrong)
        self._mark()

    def go(self, path: Path, line: int) -> None:
        if len(path) < 2 or not isinstance(path[1], int):
            self.sheet.setFocus()
            return
        if path[1] not in self.sheet.sheet.shown:
            self.filter.clear()
        key = str(path[2]) if len(path) > 2 else ""
        column = {"name": "name_zh"}.get(key, "points" if key in WORTHS else key)
        self.sheet.stand_on(path[1], column)
        in_table = any(one.key == column for one in self.sheet.shown_cells()) and len(path) == 3
        if in_table or not self.form.focus_path(path[2:]):
            self.sheet.setFocus()
        show_focus(self._below)

    def _look(self, place: int) -> None:
        rows = self.rows("items")
        there = 0 <= place < len(rows)
        self._below.setVisible(there)
        if there:
            if place != self._looked_at:
                self._looked_at = place
                self._below.verticalScrollBar().setValue(0)
            self.form.put(rows[place], place)
            self.form_title.setText(title_of_item(rows[place], in_use()))
            self._mark()

    def _mark(self) -> None:
        place = self.sheet.current_place()
        if place >= 0:
            self.form.mark(self.wrong(("items", place)))

    def _count(self) -> None:
        shown, every = len(self.sheet.sheet.shown), len(self.rows("items"))
        n = ntr("{n} item", "{n} items", every).format(n=every)
        self.count.setText(n if shown == every else tr("{n} of {all}").format(n=shown, all=n))
        theme.mark(self.count, "look", "muted" if shown == every else "heading")

    def _on_filter(self, wanted: str) -> None:
        self.sheet.sheet.filter(wanted)
        self._count()

    def chain(self) -> Iterator[QWidget]:
        yield from (self.filter, *buttons_of(self._acts), self.sheet)
        yield from self.form.chain()

    # Changing

    def _on_edited(self, path: Path, value: object) -> None:
        place = self.sheet.current_place()
        if place >= 0:
            self.put(("items", place, *path), value)

    def add(self) -> None:
        """A new item after the one that the keyboard stands on."""
        rows = self.rows("items")
        place = self.sheet.current_place() + 1 or len(rows)
        near = rows[place - 1] if rows and place else {}
        kept = {key: near[key] for key in ("polarity", "category", "runs_from") if key in near}
        code = free_code("item.", (str(row.get("code")) for row in rows))
        self._insert(place, {"code": code, "name": tr("New item"), **kept})

    def duplicate(self) -> None:
        """The same again, under another code."""
        rows, place = self.rows("items"), self.sheet.current_place()
        if place >= 0:
            code = free_code(f"{rows[place].get('code')}.", (str(row.get("code")) for row in rows))
            self._insert(place + 1, {**rows[place], "code": code})

    def _insert(self, place: int, row: Mapping[str, object]) -> None:
        self.filter.clear()
        self.insert("items", place, [row])
        self.sheet.stand_on(place, "name_zh")
        self.sheet.setFocus()

    def take(self) -> None:
        """The chosen items go; Ctrl+Z brings them back."""
        self.remove("items", self.sheet.chosen_places())

    def shift(self, by: int) -> None:
        """The item one place up or down."""
        place = self.sheet.current_place()
        if 0 <= place + by < len(self.rows("items")) and place >= 0:
            self.shift_row("items", place, by)
            self.sheet.stand_on(place + by)

    def paste(self, text: str) -> None:
        """Take in rows of a spreadsheet: all of them, or none where something is not understood."""
        rows = self.rows("items")
        found = pasted(text, rows, self.sheet.shown_cells(), self.names())
        if found.unclear:
            show_unclear(self, found.unclear, self.names())
        elif self.opened and (found.added or found.changed):
            self._take_in(found, self.sheet.current_place() + 1 or len(rows))

    def _take_in(self, found: Pasted, place: int) -> None:
        assert self.opened
        draft = self.opened.draft
        for number, changes in found.changed:
            draft = put_all(draft, ("items", number), changes)
        draft = insert(draft, ("items",), place, found.added) if found.added else draft
        self.filter.clear()
        self.opened.edit(lambda _: draft)
        self.sheet.stand_on(place if found.added else found.changed[0][0])
        added, changed = len(found.added), len([one for _, one in found.changed if one])
        sentence = tr("{added} items added, {changed} changed. Ctrl+Z takes it back.")
        same = tr("The table says what the draft says; nothing is changed.")
        messages.say(self, "ok", sentence.format(added=added, changed=changed) if added or changed else same)

    # What it is made of

    def _lay_out(self) -> None:
        self._acts = acts = acts_row(
            self,
            (
                (tr("Add an item"), "Ctrl+Shift+N", "plus", self.add),
                (tr("Duplicate the item"), "Ctrl+D", "copy", self.duplicate),
                (tr("Remove the chosen items"), "Ctrl+Del", "x", self.take),
                (tr("Item up"), "Ctrl+Shift+Up", "chevron-up", partial(self.shift, -1)),
                (tr("Item down"), "Ctrl+Shift+Down", "chevron-down", partial(self.shift, 1)),
            ),
        )
        top = QHBoxLayout()
        top.setContentsMargins(theme.L, theme.S, theme.M, theme.S)
        top.setSpacing(theme.S)
        top.addWidget(self.filter, 1)
        top.addWidget(self.count)
        top.addLayout(acts)
        self._below = form_area(self.form_title, self.form)
        table_over_form(self, top, self.sheet, self._below, (340, 220))
