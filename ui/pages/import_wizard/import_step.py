"""The last step: what will be taken in, and then what was, and what happens next."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.commands.imports import Imported
from app.exchange.fields import Kind, Placement
from app.words import ntr, tr
from ui import theme
from ui.pages.import_wizard.progress import JobProgress
from ui.pages.import_wizard.trial_step import Counts
from ui.pages.import_wizard.work import Work, taken
from ui.widgets import Elided, IconLabel, button, label, paragraph

WIDTH = 680


class ImportStep(QWidget):
    """Says whether a report is wanted with the import, and what comes after it."""

    report_wanted = Signal()
    report_dropped = Signal()
    people_wanted = Signal()
    save_mapping_wanted = Signal()
    another_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.counts, self.progress = Counts(), JobProgress()
        self._title, self._source = label("", "title"), label("", "muted")
        self.report_path = Elided()
        self.choose_report, self.no_report = (
            button(tr("Save a report with it…")),
            button(tr("Without a report"), "flat"),
        )
        self.choose_report.clicked.connect(self.report_wanted)
        self.no_report.clicked.connect(self.report_dropped)
        self.refusal = label("", "error")
        self.refusal.setWordWrap(True)
        self._batch, self._next = label("", "heading"), label("")
        self._next.setWordWrap(True)
        for text in (self._batch, self._next):
            text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.another, self.people = (
            button(tr("Import another list"), "primary"),
            button(tr("Go to the people")),
        )
        self.save_mapping = button(tr("Save the mapping…"))
        self.another.clicked.connect(self.another_wanted)
        self.people.clicked.connect(self.people_wanted)
        self.save_mapping.clicked.connect(self.save_mapping_wanted)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self._before())
        self._stack.addWidget(self._after())
        self._lay_out()

    def show_work(self, work: Work, report: Path | None) -> None:
        """Show what would be imported, or what was."""
        done = work.imported
        counts = done.counts if done else work.tried.counts if work.tried else None
        self.refusal.setText(work.refused)
        self.refusal.setVisible(bool(work.refused))
        doubts = done.doubts if done else work.tried.doubts if work.tried else 0
        self.counts.show_counts(work.mapping.kind, counts, doubts)
        rows = taken(counts) if counts else 0
        if done:
            words = ntr("{n} row is imported", "{n} rows are imported", rows)
            self._show_done(work, done)
        else:
            words = ntr("{n} row will be imported", "{n} rows will be imported", rows)
        self._title.setText(words.format(n=f"{rows:,}"))
        self._source.setText(work.survey.path.name if work.survey else "")
        self.report_path.setText(str(report) if report else tr("No report is saved."))
        theme.mark(self.report_path, "look", "" if report else "muted")
        self.no_report.setVisible(report is not None)
        self._stack.setCurrentIndex(1 if done else 0)

    def _show_done(self, work: Work, done: Imported) -> None:
        self._batch.setText(tr("List no. {number}").format(number=(done.batch or "")[:8]))
        self._next.setText(_next(work, done))
        self.people.setVisible(work.mapping.kind is Kind.PEOPLE)

    def _before(self) -> QWidget:
        made = QWidget()
        row = QHBoxLayout()
        row.setSpacing(theme.S)
        row.addWidget(self.choose_report)
        row.addWidget(self.report_path, 1)
        row.addWidget(self.no_report)
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.M)
        sentence = tr(
            "It is written all or not at all. Rows that are rejected stay out; corrected, they can be "
            "imported later with the same list, in which nothing is taken twice."
        )
        column.addWidget(paragraph(sentence, WIDTH, "muted"))
        column.addLayout(row)
        column.addStretch()
        return made

    def _after(self) -> QWidget:
        made = QWidget()
        row = QHBoxLayout()
        row.setSpacing(theme.S)
        for one in (self.another, self.people, self.save_mapping):
            row.addWidget(one)
        row.addStretch()
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.S)
        column.addWidget(self._batch)
        column.addWidget(self._next)
        column.addSpacing(theme.S)
        column.addLayout(row)
        column.addStretch()
        return made

    def _lay_out(self) -> None:
        title = QHBoxLayout()
        title.setSpacing(theme.M)
        title.addWidget(IconLabel("upload", "accent", 24))
        title.addWidget(self._title)
        title.addWidget(self._source, 1, Qt.AlignmentFlag.AlignBottom)
        column = QVBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.M)
        column.addLayout(title)
        column.addWidget(self.counts)
        column.addWidget(self.progress)
        column.addWidget(self.refusal)
        column.addWidget(self._stack, 1)
        frame = QWidget()
        frame.setFixedWidth(WIDTH)
        frame.setLayout(column)
        middle = QHBoxLayout(self)
        middle.setContentsMargins(theme.XL, theme.XL, theme.XL, theme.M)
        middle.addStretch(1)
        middle.addWidget(frame)
        middle.addStretch(1)


def _next(work: Work, done: Imported) -> str:
    entries = done.counts[Placement.ENTRY]
    if not taken(done.counts) and done.earlier:
        return done.repeated()
    if work.mapping.kind is Kind.PEOPLE:
        return tr("The people are in the office at once, each with a file of their own.")
    if entries:
        words = ntr(
            "{n} entry waits: a second account has to compare it with the papers and verify the list. "
            "Until then it counts nowhere.",
            "{n} entries wait: a second account has to compare them with the papers and verify the list. "
            "Until then they count nowhere.",
            entries,
        )
        return words.format(n=f"{entries:,}")
    return tr("Leads never count; whoever handles them finds them in the files.")
