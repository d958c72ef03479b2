"""A job where one waits for it: what, how far, how long still, and a way to stop it."""

import time

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from app.words import ntr, tr
from ui import tasks, theme
from ui.jobs import time_left
from ui.widgets import button, label

_PERIOD = 100  # milliseconds between two looks at the numbers


class JobProgress(QWidget):
    """Shows the job it was given last, until it is told that there is none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._job: tasks.Job | None = None
        self._title, self._numbers = label(""), label("", "muted")
        self._bar = QProgressBar(self)
        self._bar.setTextVisible(False)
        self.stop = button(tr("Stop"))
        self.stop.clicked.connect(self._on_stop)
        self._timer = QTimer(self, interval=_PERIOD)
        self._timer.timeout.connect(self._look)
        row = QHBoxLayout()
        row.setSpacing(theme.M)
        row.addWidget(self._bar, 1)
        row.addWidget(self.stop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.XS)
        column.addWidget(self._title)
        column.addLayout(row)
        column.addWidget(self._numbers)
        self.hide()

    def show_job(self, job: tasks.Job | None) -> None:
        """Follow another job; None for none."""
        self._job = job
        self.setVisible(job is not None)
        if job is None:
            self._timer.stop()
            return
        self._title.setText(job.title)
        self._bar.setAccessibleName(job.title)
        self.stop.setEnabled(True)
        self._timer.start()
        self._look()

    def _look(self) -> None:
        if job := self._job:
            self._bar.setRange(0, job.total)
            self._bar.setValue(job.done)
            rows = ntr("{n} row", "{n} rows", job.done).format(n=f"{job.done:,}")
            if job.total:
                rows = tr("{done} of {total} rows").format(done=f"{job.done:,}", total=f"{job.total:,}")
            left = tr("Stopping…") if job.cancelled else time_left(job, time.monotonic())
            self._numbers.setText("  ·  ".join(filter(None, (rows, left))))

    def _on_stop(self) -> None:
        if self._job:
            self._job.cancelled = True
            self.stop.setEnabled(False)
