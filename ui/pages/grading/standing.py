"""Grades as they stand, beside the departments: opened with Enter, with what there is to say about each."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.labels import label as words_of
from app.queries.progress import GradeRow
from app.reports.wording import plain_points
from app.words import in_use, tr
from models.types import EvaluationStatus, local_time
from ui import theme
from ui.desk.queue import QueueList
from ui.desk.reading import ReadingPane, escape, piece
from ui.desk.rows import Group, Mark, QueueItem, Run
from ui.widgets import Elided, label, rule


class StandingPane(QWidget):
    """A heading, the grades, and beneath them the reason of the one that the keyboard stands on."""

    file_wanted = Signal(str)
    left = Signal()
    """Esc: back to the departments."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: dict[str, GradeRow] = {}
        self._heading = Elided()
        theme.mark(self._heading, "look", "heading")
        self.quotas = label("", "muted")
        self.quotas.setWordWrap(True)
        self.quotas.hide()
        self.list = QueueList(tr("Grades as they stand"))
        self.list.opened.connect(lambda uid: self.file_wanted.emit(self._rows[uid].staff_no))
        self.list.picked.connect(self._look)
        self.reason = ReadingPane(tr("What there is to say about it"), theme.M)
        self.reason.setFixedHeight(7 * self.fontMetrics().lineSpacing())
        leave = QShortcut(QKeySequence(Qt.Key.Key_Escape), self, self.left.emit)
        leave.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        top = QVBoxLayout()
        top.setContentsMargins(theme.M, theme.S, theme.M, theme.S)
        top.setSpacing(theme.XS)
        top.addWidget(self._heading)
        top.addWidget(self.quotas)
        column.addLayout(top)
        for widget in (rule(), self.list, rule(), self.reason):
            column.addWidget(widget)
        column.setStretchFactor(self.list, 1)

    def show_rows(self, heading: str, rows: Sequence[GradeRow], quotas: Sequence[str] = ()) -> None:
        """Other grades: what is to be done again comes first. ``quotas``: what is to be said of these."""
        self.quotas.setText("\n".join(quotas))
        self.quotas.setVisible(bool(quotas))
        self._rows = {row.uid: row for row in rows}
        self._heading.setText(heading)
        self.list.show_groups(_groups(rows))
        self._look(self.list.current())

    def _look(self, uid: str) -> None:
        row = self._rows.get(uid)
        self.reason.show_text(partial(_reason_html, row) if row else str)


def _groups(rows: Sequence[GradeRow]) -> list[Group]:
    titles = (tr("Returned"), tr("Approved, changed since"), tr("Waiting"), tr("Approved"))
    return [Group(title, [_item(row) for row in rows if _place(row) == n]) for n, title in enumerate(titles)]


def _place(row: GradeRow) -> int:
    if row.status is EvaluationStatus.RETURNED:
        return 0
    if row.status is EvaluationStatus.SUBMITTED:
        return 2
    return 1 if row.changed else 3


def _item(row: GradeRow) -> QueueItem:
    said: Run = (row.reason, "text") if row.reason else (words_of(row.status), "muted")
    changed = (Mark(tr("Changed since"), "triangle-alert", "dispute"),) if row.changed else ()
    disputed = (Mark(tr("Grade disputed"), "flag", "dispute"),) if row.disputed else ()
    day = local_time(row.decided_at).date().isoformat() if row.decided_at else ""
    return QueueItem(
        row.uid,
        row.name,
        f"{row.staff_no} · {row.department}",
        f"{row.band_name(in_use())} {plain_points(row.score)}",
        () if row.changed and not row.reason else (said,),  # the mark says more
        changed + disputed,
        f"{row.decided_by} {day}".strip(),
        row.reason,
    )


def _reason_html(row: GradeRow) -> str:
    said = [row.reason] if row.reason else []
    if row.changed:
        said.append(
            tr("What this grade rests on has changed since it was computed. Submitting computes it again.")
        )
    text = "".join(f"<p>{escape(one)}</p>" for one in said)
    if row.decided_at is None:
        return text
    who = f"{row.decided_by} · {local_time(row.decided_at):%Y-%m-%d %H:%M}"
    return f"{text}<p>{piece(who, 'muted small')}</p>"
