"""The examples of a draft: which come out as expected, and the chosen one with what came out instead."""

from collections.abc import Iterator
from functools import partial

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QFrame,
    QListWidgetItem,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from app.explanation import fixed_words, line_words, moves
from app.reports.wording import plain_points, signed_points
from app.rules.grading.examples import Asked, Ran
from app.rules.grading.scheme import Example, Scheme
from app.standards.draft_check import Seen
from app.standards.drafts import text_in
from app.standards.toml_text import Path
from app.words import in_use, tr
from models.types import Points, Uid, iso
from ui import icons, theme
from ui.desk.reading import ReadingPane, cell, escape, piece, table
from ui.pages.standards.editor.areas import form_area, show_focus
from ui.pages.standards.editor.form import RowForm
from ui.pages.standards.editor.part import EditorPart, acts_row, buttons_of
from ui.widgets import RingedList, label, rule


class ExamplesTab(EditorPart):
    """List, result, form."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.list = RingedList()
        self.list.setAccessibleName(tr("Examples"))
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        theme.mark(self.list, "surface", "plain")
        self.list.setIconSize(QSize(theme.ICON, theme.ICON))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.currentRowChanged.connect(self._look)
        self.result = ReadingPane(tr("What came out"), theme.M)
        self.form = RowForm(Example, self.known, columns=1)
        self.form.edited.connect(self._on_edited)
        self.form_title = label("", "heading")
        self._scheme: Scheme | None = None
        self._ran: dict[int, Ran] = {}
        self.first = self.list
        self._lay_out()

    # Showing

    def show_draft(self) -> None:
        rows = self.rows("examples")
        at = self.list.currentRow()
        self.list.blockSignals(True)
        while self.list.count() > len(rows):
            self.list.takeItem(self.list.count() - 1)
        while self.list.count() < len(rows):
            self.list.addItem(QListWidgetItem())
        for number, row in enumerate(rows):
            name = text_in(row.get("name"), in_use()) or tr("Without a name")
            self.list.item(number).setText(f"{number + 1}  {name}")
            self.list.item(number).setToolTip(name)
        self.list.setCurrentRow(min(max(at, 0), len(rows) - 1))
        self.list.blockSignals(False)
        self._icons()
        self._look(self.list.currentRow())

    def show_seen(self, seen: Seen) -> None:
        self.seen = seen
        self._ran = {ran.number - 1: ran for ran in seen.ran}
        self._scheme = seen.scheme
        self._icons()
        self._look(self.list.currentRow())

    def go(self, path: Path, line: int) -> None:
        if len(path) > 1 and isinstance(path[1], int):
            self.list.setCurrentRow(path[1])
            if len(path) > 2 and self.form.focus_path(path[2:]):
                show_focus(self._area)
                return
        self.list.setFocus()

    def _icons(self) -> None:
        for number in range(self.list.count()):
            ran = self._ran.get(number)
            icon, role, words = (
                ("clock", "muted", tr("not run: something is wrong with the standard"))
                if ran is None
                else ("circle-x", "negative", tr("comes out otherwise"))
                if ran.misses
                else ("circle-check", "positive", tr("comes out as expected"))
            )
            item = self.list.item(number)
            item.setIcon(icons.icon(icon, role))
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{item.text()}; {words}")

    def _look(self, place: int) -> None:
        rows = self.rows("examples")
        there = 0 <= place < len(rows)
        self._right.setVisible(there)
        if there:
            self.form.put(rows[place], place)
            self.form_title.setText(tr("Example {n}").format(n=place + 1))
            self.form.mark(self.wrong(("examples", place)))
            self.result.show_text(partial(self._result, place))

    def _result(self, place: int) -> str:
        ran, scheme = self._ran.get(place), self._scheme
        if ran is None or scheme is None:
            return f"<p>{piece(tr('It runs as soon as nothing is wrong with the standard.'), 'muted')}</p>"
        return result_html(ran, scheme)

    def chain(self) -> Iterator[QWidget]:
        yield from (*buttons_of(self._acts), self.list)
        yield from self.form.chain()
        yield self.result

    # Changing

    def _on_edited(self, path: Path, value: object) -> None:
        if (place := self.list.currentRow()) >= 0:
            self.put(("examples", place, *path), value)

    def add(self) -> None:
        """A new example at the end, of a person with nothing on record."""
        rows = self.rows("examples")
        ends = rows[-1].get("ends") if rows else None
        grade = next(iter(self.known("bands")), "")
        row = {"name": tr("New example"), **({"ends": ends} if ends else {}), "grade": grade, "entries": []}
        self._insert(len(rows), row)

    def duplicate(self) -> None:
        """The same again."""
        if (place := self.list.currentRow()) >= 0:
            self._insert(place + 1, self.rows("examples")[place])

    def _insert(self, place: int, row: object) -> None:
        assert isinstance(row, dict)
        self.insert("examples", place, [row])
        self.list.setCurrentRow(place)
        self.form.begin(())

    def take(self) -> None:
        """The chosen example goes."""
        if (place := self.list.currentRow()) >= 0:
            self.remove("examples", [place])

    def shift(self, by: int) -> None:
        """The example one place up or down."""
        place = self.list.currentRow()
        if place >= 0 and 0 <= place + by < self.list.count():
            self.shift_row("examples", place, by)
            self.list.setCurrentRow(place + by)

    def _lay_out(self) -> None:
        self._acts = acts = acts_row(
            self,
            (
                (tr("Add an example"), "Ctrl+Shift+N", "plus", self.add),
                (tr("Duplicate the example"), "Ctrl+D", "copy", self.duplicate),
                (tr("Remove the example"), "Ctrl+Del", "x", self.take),
                (tr("Example up"), "Ctrl+Shift+Up", "chevron-up", partial(self.shift, -1)),
                (tr("Example down"), "Ctrl+Shift+Down", "chevron-down", partial(self.shift, 1)),
            ),
        )
        acts.setContentsMargins(theme.S, theme.XS, theme.S, theme.XS)
        acts.addStretch()
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(acts)
        column.addWidget(rule())
        column.addWidget(self.list, 1)
        self._right = QSplitter(Qt.Orientation.Vertical)
        self._area = form_area(self.form_title, self.form)
        self._right.addWidget(self._area)
        self._right.addWidget(self.result)
        self._right.setChildrenCollapsible(False)
        self._right.setSizes([330, 190])
        sides = QSplitter()
        sides.addWidget(left)
        sides.addWidget(self._right)
        sides.setChildrenCollapsible(False)
        sides.setStretchFactor(1, 1)
        sides.setSizes([210, 490])
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(sides)


def result_html(ran: Ran, scheme: Scheme) -> str:
    """What an example came to: the verdict, what was expected otherwise, and every move of the score."""
    names: dict[str, str] = {band.code: band.name.in_language(in_use()) for band in scheme.bands}
    grade = ran.grade
    if grade.band is None or grade.score is None:
        came = tr("No grade")
    else:
        came = tr("{grade}, {score} points").format(
            grade=names.get(grade.band, grade.band) + grade.fallen_from, score=plain_points(grade.score)
        )
    role = "negative" if ran.misses else "positive"
    verdict = tr("Comes out otherwise: {came}") if ran.misses else tr("Comes out as expected: {came}")
    head = f"<p class='{role}'><b>{escape(verdict.format(came=came))}</b></p>"
    misses = "".join(f"<p class='negative'>{escape(said)}</p>" for said in _missed(ran))
    name_of = partial(_entry_name, ran, scheme)
    rows = [
        cell(escape(move.words or name_of(move.line.entry) if move.line else move.words))
        + cell(
            escape(signed_points(move.points)), "positive" if move.points >= 0 else "negative", 60, "right"
        )
        + cell(escape(plain_points(move.total)), "", 60, "right")
        for move in moves(grade, scheme, in_use())
    ]
    rows += [
        cell(f"{escape(name_of(line.entry))} {piece(line_words(line, scheme, name_of), 'muted')}")
        + cell(piece("0", "muted"), "", 60, "right")
        + cell("", "", 60)
        for line in grade.lines
        if line.reason
    ]
    fixed = fixed_words(grade, scheme, in_use(), name_of)
    return head + misses + (table(rows) if rows else "") + f"<p>{piece(fixed, 'muted')}</p>"


def _entry_name(ran: Ran, scheme: Scheme, uid: Uid) -> str:
    entry = ran.example.entries[int(uid) - 1]
    item = scheme.items.get(entry.item)
    name = item.name.in_language(in_use()) if item else entry.item
    return f"{name} {iso(entry.on)}"


def _missed(ran: Ran) -> Iterator[str]:
    words = {
        Asked.GRADE: tr("Grade: expected {expected}, came out {found}"),
        Asked.SCORE: tr("Score: expected {expected}, came out {found}"),
        Asked.BY: tr("Fixed by: expected {expected}, came out {found}"),
        Asked.POINTS: tr("Points of entry {n}: expected {expected}, came out {found}"),
        Asked.WHY: tr("Entry {n} not counted because: expected {expected}, came out {found}"),
    }
    for miss in ran.misses:
        shown = _points if miss.asked in (Asked.SCORE, Asked.POINTS) else _or_none
        yield words[miss.asked].format(n=miss.entry, expected=shown(miss.expected), found=shown(miss.found))


def _points(text: str) -> str:
    return plain_points(Points(int(text))) if text.lstrip("-").isdigit() else tr("none")


def _or_none(text: str) -> str:
    return text or tr("none")
