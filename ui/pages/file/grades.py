"""The tab 等级: every evaluation with its result, its lines and the decisions about it."""

from collections.abc import Callable, Iterator
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.explanation import NameOf, fixed_words, line_words, moves, next_words
from app.labels import label as words
from app.queries.evaluations import ApprovalRow, EvaluationView
from app.queries.objected import DECIDED
from app.reports.wording import plain_points, signed_points
from app.rules.grading.case import Line
from app.words import in_use, tr
from models.types import EvaluationStatus, iso
from ui import theme
from ui.pages.file.entry_detail import by_whom
from ui.pages.file.parts import Card, Scrolled, coloured, note, wrapped
from ui.pages.file.reading import FileReading, grade_words
from ui.widgets import Chip, EmptyState, button, label, rule

_LOOK: dict[EvaluationStatus, tuple[theme.Role, str]] = {
    EvaluationStatus.SUBMITTED: ("accent", "clock"),
    EvaluationStatus.RETURNED: ("dispute", "undo-2"),
    EvaluationStatus.SUPERSEDED: ("muted", ""),
}


class GradesTab(Scrolled):
    """A card for each evaluation, the newest period first."""

    objection_wanted = Signal(object)
    """Enter an objection to this EvaluationView."""

    def __init__(
        self,
        print_summary: Callable[[], object] | None,
        parent: QWidget | None = None,
        keeps: bool = False,
    ) -> None:
        super().__init__(tr("Grades"), parent)
        self._print, self._keeps = print_summary, keeps

    def put_reading(self, reading: FileReading) -> None:
        """Show the evaluations of a file."""
        if not reading.view.evaluations:
            sentence = tr("No grade was submitted yet. The personnel officer submits the grades of a year.")
            self.put(EmptyState("scale", sentence))
            return
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(theme.L, theme.M, theme.L, theme.L)
        column.setSpacing(theme.M)
        for number, evaluation in enumerate(reading.view.evaluations):
            column.addWidget(self._card(reading, evaluation, newest=number == 0))
        column.addStretch()
        self.put(content)

    def _card(self, reading: FileReading, evaluation: EvaluationView, newest: bool) -> Card:
        card = Card(f"{evaluation.period.label} · {grade_words(evaluation)}")
        role, icon = _LOOK.get(evaluation.status, ("positive", "check"))
        card.heading.insertWidget(1, Chip(words(evaluation.status), role, icon))
        if evaluation.disputed:
            card.heading.insertWidget(2, Chip(tr("Disputed"), "dispute", "flag"))
        elif self._keeps and evaluation.status in DECIDED and reading.view.as_of is None:
            enter = button(tr("Enter an objection…"))
            enter.clicked.connect(partial(self.objection_wanted.emit, evaluation))
            card.heading.addWidget(enter)
        if newest and self._print:
            made = button(tr("Print summary…"), icon="printer")
            made.clicked.connect(self._print)
            card.heading.addWidget(made)
        if evaluation.stale:
            sentence = tr("Entries changed after this grade was computed")
            detail = stale_words(evaluation)
            card.column.addLayout(note("triangle-alert", "dispute", sentence, detail))
        if evaluation.erased:
            sentence = tr("An entry that this grade rests on was lawfully erased since; the grade stands")
            card.column.addLayout(note("info", "muted", sentence))
        card.column.addLayout(_lines(reading, evaluation))
        card.column.addWidget(rule())
        card.column.addLayout(_steps(evaluation))
        return card


def stale_words(evaluation: EvaluationView) -> str:
    """What follows from entries having changed since."""
    if evaluation.status in (EvaluationStatus.SUBMITTED, EvaluationStatus.RETURNED):
        return tr("Submit it again before it is decided.")
    return tr("What was decided stands for the facts of then. Submit the grade again to renew it.")


def _lines(reading: FileReading, evaluation: EvaluationView) -> QGridLayout:
    """The base, every counted entry with its points, and what did not count with the reason."""
    grid = QGridLayout()
    grid.setHorizontalSpacing(theme.L)
    grid.setVerticalSpacing(6)
    grid.setColumnStretch(1, 1)
    scheme, names = evaluation.published.scheme, reading.entry_name
    for move in moves(evaluation.grade, scheme, in_use()):
        after = plain_points(move.total)
        if move.line:
            remark = _remark(move.line, evaluation, names)
            _row(grid, *_named(move.line, reading, evaluation), signed_points(move.points), remark, after)
        else:
            base = grid.rowCount() == 1
            points = plain_points(move.points) if base else signed_points(move.points)
            _row(grid, "", move.words, points, "", after)
    for line in evaluation.grade.lines:
        if line.reason:
            why = line_words(line, scheme, names)
            _row(grid, *_named(line, reading, evaluation), "0", why)
    score = evaluation.grade.score
    row = grid.rowCount()
    grid.addWidget(label(tr("Score"), "heading"), row, 1)
    total = label(plain_points(score) if score is not None else "—", "heading")
    grid.addWidget(total, row, 2, Qt.AlignmentFlag.AlignRight)
    for said in (
        fixed_words(evaluation.grade, scheme, in_use(), names),
        next_words(evaluation.grade, scheme, in_use(), names),
    ):
        if said:
            grid.addWidget(wrapped(said, "muted"), grid.rowCount(), 1, 1, 4)
    return grid


def _named(line: Line, reading: FileReading, evaluation: EvaluationView) -> tuple[str, str]:
    """The date and the name of an entry."""
    entry = reading.entry(line.entry)
    item = evaluation.published.scheme.items.get(line.item)
    name = item.name.in_language(in_use()) if item else entry.item_name(in_use()) if entry else line.item
    if entry and entry.document_no:
        name += f" · {entry.document_no}"
    return iso(entry.occurred_on) if entry else "", name


def _remark(line: Line, evaluation: EvaluationView, names: NameOf) -> str:
    why = line_words(line, evaluation.published.scheme, names)
    parts = [why] if why else []
    parts += [tr("until {date}").format(date=iso(line.until))] if line.until else []
    if line.disputed:
        parts.append(tr("disputed"))
    if line.direct:
        band = next((b for b in evaluation.published.scheme.bands if b.code == line.direct), None)
        if band:
            parts.append(tr("gives grade {band} directly").format(band=band.name.in_language(in_use())))
    return " · ".join(parts)


def _row(grid: QGridLayout, date: str, name: str, points: str, remark: str, after: str = "") -> None:
    """One move of the score and where it stands ``after``; what did not count has no such place."""
    row, top, muted = grid.rowCount(), Qt.AlignmentFlag.AlignTop, not after
    grid.addWidget(label(date, "muted"), row, 0, top)
    grid.addWidget(wrapped(name, "muted" if muted else ""), row, 1, top)
    right = label(points, "muted")
    if points[:1] in "+−" and not muted:
        right = coloured(points, "positive" if points[0] == "+" else "negative")
    right.setAlignment(Qt.AlignmentFlag.AlignRight | top)
    grid.addWidget(right, row, 2, top)
    total = label(f"= {after}" if after else "", "muted")
    total.setAlignment(Qt.AlignmentFlag.AlignRight | top)
    grid.addWidget(total, row, 3, top)
    below = label(remark, "muted")
    below.setMinimumWidth(220)
    grid.addWidget(below, row, 4, top)


def _steps(evaluation: EvaluationView) -> QVBoxLayout:
    """Who submitted and who decided, with the reasons."""
    column = QVBoxLayout()
    column.setSpacing(theme.XS)
    column.addLayout(_step(tr("Submitted"), by_whom(evaluation.submitted_by, evaluation.submitted_at), ""))
    for approval in evaluation.approvals:
        column.addLayout(_decision(approval))
    scheme = evaluation.published
    said = tr("{title}, edition {edition}, adopted by {document}").format(
        title=scheme.scheme.title.in_language(in_use()), edition=scheme.edition, document=scheme.adopted_by
    )
    column.addLayout(_step(tr("Standard"), scheme.scheme.notice.in_language(in_use()), said))
    return column


def _decision(approval: ApprovalRow) -> QHBoxLayout:
    who = by_whom(approval.account_name, approval.decided_at)
    return _step(words(approval.decision), who, approval.reason)


def _step(title: str, who: str, reason: str) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(theme.M)
    head = label(title, "muted")
    head.setMinimumWidth(104)
    row.addWidget(head, alignment=Qt.AlignmentFlag.AlignTop)
    column = QVBoxLayout()
    column.setSpacing(0)
    for text, look in _texts(who, reason):
        column.addWidget(wrapped(text, look))
    row.addLayout(column, 1)
    return row


def _texts(who: str, reason: str) -> Iterator[tuple[str, str]]:
    if reason:
        yield reason, ""
        yield who, "muted"
    else:
        yield who, ""
