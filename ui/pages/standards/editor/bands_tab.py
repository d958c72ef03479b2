"""The grades of a draft: on a ruler, as a table, and all of the chosen one as a form."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import partial
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.rules.grading.reading import Reader
from app.rules.grading.scheme import Band, When
from app.standards.draft_check import Seen
from app.standards.drafts import free_code, number_text, text_in, typed_number
from app.standards.item_cells import BY_KEY, Cell, Changes, Names, Row, is_dated
from app.standards.sentences import conditions
from app.standards.toml_text import Path
from app.words import in_use, mark, tr
from models.types import POINT, Points
from ui import theme
from ui.pages.standards.editor.areas import form_area, show_focus, table_over_form
from ui.pages.standards.editor.drag_ruler import DragRuler
from ui.pages.standards.editor.form import RowForm
from ui.pages.standards.editor.part import EditorPart, acts_row, buttons_of
from ui.pages.standards.editor.sheet import Sheet
from ui.pages.standards.ruler import Ladder, Rung
from ui.widgets import label


def _score(key: str, title: str) -> Cell:
    def read(text: str, row: Row, names: Names) -> Changes | None:
        if not text.strip():
            return {key: None}
        number = typed_number(text)
        other = {"from": "above", "above": "from"}[key]
        return None if number is None else {key: _whole(number), other: None}

    return Cell(
        key, title, lambda row, names: "" if is_dated(row.get(key)) else number_text(row.get(key)), read
    )


def _whole(number: Decimal) -> Decimal | int:
    return int(number) if number % 1 == 0 else number


def _needs(row: Row, names: Names) -> str:
    needs = row.get("needs")
    read = Reader().table(When, needs, "") if isinstance(needs, dict) else None
    return conditions(read, None, names.language) if read else tr("see below") if needs else ""


CELLS: tuple[Cell, ...] = (
    BY_KEY["code"],
    BY_KEY["name_zh"],
    BY_KEY["name_en"],
    _score("from", mark("From")),
    _score("above", mark("Above")),
    Cell("needs", mark("What else it needs"), _needs, lambda text, row, names: {}),
    BY_KEY["reference"],
)
WIDTHS = {"code": 5, "name_zh": 7, "name_en": 7, "from": 4, "above": 4, "needs": 12, "reference": 10}


class BandsTab(EditorPart):
    """Ruler, table, form."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ruler = DragRuler()
        self.ruler.moved.connect(self._on_moved)
        self.sheet = Sheet(CELLS, self.names, "bands", WIDTHS, tr("Grades"))
        self.sheet.sheet.typed.connect(lambda place, changes: self.put_all(("bands", place), changes))
        self.sheet.picked.connect(self._look)
        self.form = RowForm(Band, self.known)
        self.form.edited.connect(self._on_edited)
        self.form_title = label("", "heading")
        self.first = self.sheet
        self._lay_out()

    def show_draft(self) -> None:
        rows = self.rows("bands")
        self.sheet.show_rows(rows)
        self.ruler.show_ladder(self._ladder())
        self.ruler.setVisible(len(rows) > 1)
        self._look(self.sheet.current_place())
        if self.sheet.current_place() < 0 and rows:
            self.sheet.stand_on(0)

    def show_seen(self, seen: Seen) -> None:
        self.seen = seen
        wrong = {}
        for path, said in self.wrong(("bands",)).items():
            row = path[0] if path and isinstance(path[0], int) else len(self.rows("bands")) - 1
            wrong[row, str(path[1]) if len(path) > 1 else ""] = said
        self.sheet.sheet.mark(wrong)
        self.form.mark(self.wrong(("bands", self.sheet.current_place())))

    def go(self, path: Path, line: int) -> None:
        if len(path) > 1 and isinstance(path[1], int):
            self.sheet.stand_on(path[1], str(path[2]) if len(path) > 2 else "")
            if len(path) > 3 and self.form.focus_path(path[2:]):
                show_focus(self._below)
                return
        self.sheet.setFocus()

    def _ladder(self) -> Ladder:
        score = self.content().get("score")
        score = score if isinstance(score, Mapping) else {}
        rungs = [_rung(row) for row in self.rows("bands")]
        return Ladder(
            rungs,
            _points(score.get("base")) or Points(0),
            _points(score.get("floor")),
            _points(score.get("ceiling")),
        )

    def _look(self, place: int) -> None:
        rows = self.rows("bands")
        self._below.setVisible(0 <= place < len(rows))
        if 0 <= place < len(rows):
            self.form.put(rows[place], place)
            self.form_title.setText(
                text_in(rows[place].get("name"), in_use()) or str(rows[place].get("code", ""))
            )
            self.form.mark(self.wrong(("bands", place)))

    def chain(self) -> Iterator[QWidget]:
        yield from (self.ruler, *buttons_of(self._acts), self.sheet)
        yield from self.form.chain()

    # Changing

    def _on_moved(self, number: int, score: Decimal) -> None:
        key = "above" if "above" in self.rows("bands")[number] else "from"
        self.put(("bands", number, key), _whole(score))
        self.sheet.stand_on(number, key)

    def _on_edited(self, path: Path, value: object) -> None:
        if (place := self.sheet.current_place()) >= 0:
            self.put(("bands", place, *path), value)

    def add(self) -> None:
        """A grade below the chosen one, halfway to the next."""
        rows = self.rows("bands")
        place = min(self.sheet.current_place() + 1, max(0, len(rows) - 1))
        lows = [_points(row.get("from")) for row in rows]
        above = lows[place - 1] if place else None
        below = lows[place] if place < len(lows) else None
        middle = ((above or 0) + (below if below is not None else (above or 0) - 20 * POINT)) // 2 // POINT
        code = free_code("N", (str(row.get("code")) for row in rows))
        self.insert("bands", place, [{"code": code, "name": tr("New grade"), "from": middle}])
        self.sheet.stand_on(place, "name_zh")
        self.sheet.setFocus()

    def shift(self, by: int) -> None:
        """The grade one place up or down."""
        place = self.sheet.current_place()
        if place >= 0 and 0 <= place + by < len(self.rows("bands")):
            self.shift_row("bands", place, by)
            self.sheet.stand_on(place + by)

    def _lay_out(self) -> None:
        self._acts = acts = acts_row(
            self,
            (
                (tr("Add a grade"), "Ctrl+Shift+N", "plus", self.add),
                (tr("Remove the chosen grades"), "Ctrl+Del", "x", self._take),
                (tr("Grade up"), "Ctrl+Shift+Up", "chevron-up", partial(self.shift, -1)),
                (tr("Grade down"), "Ctrl+Shift+Down", "chevron-down", partial(self.shift, 1)),
            ),
        )
        top = QHBoxLayout()
        top.setContentsMargins(theme.XS, theme.S, theme.M, theme.S)
        top.addWidget(self.ruler, 1)
        top.addLayout(acts)
        self._below = form_area(self.form_title, self.form)
        table_over_form(self, top, self.sheet, self._below, (260, 240))

    def _take(self) -> None:
        self.remove("bands", self.sheet.chosen_places())


def _points(value: Any) -> Points | None:
    """Of a number as the text has it; None for anything else."""
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        return None
    return Points(round(value * POINT))


def _rung(row: Row) -> Rung:
    low, above = _points(row.get("from")), _points(row.get("above"))
    name = text_in(row.get("name"), in_use()) or str(row.get("code", ""))
    return Rung(name, above if low is None else low, low is None and above is not None)
