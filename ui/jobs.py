"""The running jobs in the status strip: what, how far, how long still, and a way to cancel."""

import time

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QToolButton, QWidget

from app.words import ntr, tr
from ui import icons, tasks, theme

_PERIOD = 200  # milliseconds between two looks at the numbers


class JobsStrip(QWidget):
    """Shows up to two jobs, and says how many more there are."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = [_JobRow(self), _JobRow(self)]
        self._more = QLabel(self)
        theme.mark(self._more, "look", "small")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.L)
        for widget in (*self._rows, self._more):
            row.addWidget(widget)
        self._timer = QTimer(self)
        self._timer.setInterval(_PERIOD)
        self._timer.timeout.connect(self._look)
        tasks.jobs_changed.connect(self._look)
        self._look()

    def _look(self) -> None:
        running = tasks.jobs()
        if bool(running) != self._timer.isActive():
            self._timer.start() if running else self._timer.stop()
        for row, job in zip(self._rows, [*running[:2], None, None], strict=False):
            row.show_job(job)
        more = len(running) - len(self._rows)
        self._more.setVisible(more > 0)
        self._more.setText(ntr("and {n} more", "and {n} more", more).format(n=more))


class _JobRow(QWidget):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._job: tasks.Job | None = None
        self._title, self._left = QLabel(self), QLabel(self)
        theme.mark(self._title, "look", "small")
        theme.mark(self._left, "look", "small")
        self._bar = QProgressBar(self)
        self._bar.setTextVisible(False)
        self._bar.setFixedWidth(120)
        self._cancel = QToolButton(self)
        self._cancel.setIcon(icons.icon("x", "muted"))
        self._cancel.clicked.connect(self._on_cancel)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.S)
        for widget in (self._title, self._bar, self._left, self._cancel):
            row.addWidget(widget)

    def show_job(self, job: tasks.Job | None) -> None:
        self._job = job
        self.setVisible(job is not None)
        if job is None:
            return
        self._title.setText(job.title)
        self._bar.setAccessibleName(job.title)
        self._bar.setRange(0, job.total)  # 0 of 0 is Qt's sign for "no number yet"
        self._bar.setValue(job.done)
        self._left.setText(tr("Stopping…") if job.cancelled else time_left(job, time.monotonic()))
        self._cancel.setEnabled(not job.cancelled)
        words = tr("Stop: {title}").format(title=job.title)
        self._cancel.setToolTip(words)
        self._cancel.setAccessibleName(words)

    def _on_cancel(self) -> None:
        if self._job:
            self._job.cancelled = True


def time_left(job: tasks.Job, now: float) -> str:
    """In words; empty while it is too early to tell. ``now``: seconds of the monotonic clock."""
    spent = now - job.started
    if spent < 2 or not 0 < job.done <= job.total:
        return ""
    seconds = round(spent * (job.total - job.done) / job.done)
    if seconds < 60:
        return ntr("{n} second left", "{n} seconds left", seconds).format(n=seconds)
    minutes = round(seconds / 60)
    return ntr("{n} minute left", "{n} minutes left", minutes).format(n=minutes)
