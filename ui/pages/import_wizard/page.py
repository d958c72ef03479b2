"""The import wizard: file, columns, values, trial run, import. Back and forth loses nothing.

All that was chosen is one mapping; a step shows it and says which one is wanted otherwise. What was
tried is forgotten when the mapping changes, so that what is imported was always seen before.
"""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QApplication, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.commands.changes import Changes, Kind
from app.commands.imports import Imported
from app.context import AppContext
from app.errors import UserError
from app.exchange.content import SUFFIXES
from app.exchange.fields import Kind as ListKind
from app.exchange.guess import guess_kind
from app.exchange.mapping import ListMapping
from app.exchange.remembered import load_mapping, remember, save_mapping
from app.exchange.survey import Survey
from app.exchange.templates import TEMPLATES
from app.words import mark, ntr, tr
from ui import messages, tasks, theme
from ui.dialogs.files import ask_file, ask_new_file, documents_folder
from ui.page import Page, Place
from ui.pages.import_wizard import running
from ui.pages.import_wizard.columns_step import ColumnsStep
from ui.pages.import_wizard.file_step import FileStep
from ui.pages.import_wizard.import_step import ImportStep
from ui.pages.import_wizard.progress import JobProgress
from ui.pages.import_wizard.step_line import StepLine
from ui.pages.import_wizard.trial_step import TrialStep
from ui.pages.import_wizard.values_step import ValuesStep
from ui.pages.import_wizard.work import (
    COLUMNS,
    FILE,
    IMPORT,
    STEPS,
    TRIAL,
    VALUES,
    Known,
    Tried,
    Work,
    begun,
    furthest,
    hindrance,
    report_name,
    taken,
    with_loaded,
)
from ui.widgets import Elided, IconLabel, button, rule

T = TypeVar("T")


class ImportPage(Page):
    """Holds the work; the steps only show it."""

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.work = Work()
        self.step = FILE
        self._job: tasks.Job | None = None
        self._again = False
        self._seen = FILE
        self._report: Path | None = None
        self._folder = documents_folder()
        self.setWindowTitle(tr("Import"))
        self.line = StepLine([tr(title) for title in STEPS], self)
        self.file, self.columns, self.values = FileStep(), ColumnsStep(), ValuesStep()
        self.trial, self.taking = TrialStep(), ImportStep()
        self._steps: Sequence[FileStep | ColumnsStep | ValuesStep | TrialStep] = (
            self.file,
            self.columns,
            self.values,
            self.trial,
        )
        self._stack = QStackedWidget()
        self._hindrance = Elided()
        theme.mark(self._hindrance, "look", "muted")
        self._make_buttons()
        self._lay_out()
        self._connect()
        self._learn()
        self._show()

    def refresh(self, changes: Changes) -> None:
        """Items, departments and people decide how rows are judged."""
        if changes.kinds & {Kind.SCHEMES, Kind.DEPARTMENTS}:
            self._learn()
        if changes.kinds & {Kind.PEOPLE, Kind.ENTRIES, Kind.LEADS, Kind.SCHEMES} and not self.work.imported:
            self._put(self.work._replace(tried=None))
            if self.step == TRIAL and self.isVisible():
                self._try()

    def go(self, step: int) -> None:
        """Show a step, as far as one can go."""
        held = self._has_keyboard()
        before, self.step = self.step, min(step, furthest(self.work))
        self._stack.setCurrentIndex(self.step)
        self._show()
        if self.step == TRIAL and self.work.tried is None:
            self._try()
        if held and self.step != before:
            self._give_keyboard()

    # The list

    def choose(self, path: Path, sheet: str = "") -> None:
        """Read a list, or another sheet of it, and begin with it."""
        title = tr("Reading: {name}").format(name=path.name)
        kind = self.work.mapping.kind if sheet else None
        job = partial(running.look, path, sheet)
        self._folder = path.parent
        self._run(title, job, partial(self._on_read, kind), self.file.progress)

    def _on_read(self, kind: ListKind | None, survey: Survey) -> None:
        self._report, self._seen = None, FILE
        self._put(begun(self.work, survey, kind or guess_kind(survey.columns)))
        self.go(FILE)

    def _on_kind(self, kind: ListKind) -> None:
        if self.work.survey and kind is not self.work.mapping.kind:
            self._put(begun(self.work, self.work.survey, kind))

    def _on_sheet(self, sheet: str) -> None:
        if self.work.survey and sheet != self.work.survey.sheet:
            self.choose(self.work.survey.path, sheet)

    def _learn(self) -> None:
        tasks.read(self, partial(running.learn, self._context), self._on_known, key="known")

    def _on_known(self, known: Known) -> None:
        self._put(self.work._replace(known=known))

    # The mapping

    def _on_mapping(self, mapping: ListMapping) -> None:
        if self._job:
            self._job.cancelled = True
        self._put(self.work.mapped(mapping))

    def _match(self, field: str) -> None:
        """Go to where the values of a field are matched."""
        self.go(VALUES)
        self.values.go(field)

    def load(self, path: Path) -> None:
        """Take the mapping of a file."""
        try:
            self._put(with_loaded(self.work, load_mapping(path), path.name))
        except UserError as error:
            messages.say(self, "refusal", error.sentence)
        else:
            messages.say(self, "ok", self.work.brought)
            self.go(self.step)

    def save(self, path: Path) -> None:
        """Save the mapping, as the command line takes it."""
        try:
            save_mapping(self.work.mapping, path)
        except UserError as error:
            messages.say(self, "refusal", error.sentence)
        else:
            messages.say(self, "ok", tr("The mapping is saved: {path}").format(path=path))

    # Trying and importing

    def _try(self) -> None:
        assert self.work.survey
        remember(self.work.mapping, self.work.survey.columns)
        self._put(self.work._replace(tried=None, refused=""))
        title = tr("Trying: {name}").format(name=self.work.survey.path.name)
        job = partial(running.try_out, self._context, self.work)
        self._run(title, job, partial(self._on_tried, self.work.mapping), self.trial.progress)

    def _on_tried(self, mapping: ListMapping, tried: Tried) -> None:
        if mapping is self.work.mapping:
            self._put(self.work._replace(tried=tried))

    def save_report(self, path: Path) -> None:
        """Save the report on the trial run."""
        title = tr("Writing the report: {name}").format(name=path.name)
        job = partial(running.save_report, self._context, self.work, path)
        self._run(title, job, self._on_saved, self.trial.progress)

    def _on_saved(self, path: Path) -> None:
        messages.say(self, "ok", tr("Saved: {path}").format(path=path))

    def _import(self) -> None:
        assert self.work.survey
        self._put(self.work._replace(refused=""))
        title = tr("Importing: {name}").format(name=self.work.survey.path.name)
        job = partial(running.take_in, self._context, self.work, self._report)
        self._run(title, job, self._on_imported, self.taking.progress, lambda done: done.changes)

    def _on_imported(self, done: Imported) -> None:
        self._put(self.work._replace(imported=done))

    def _another(self) -> None:
        self._report, self._seen = None, FILE
        self._put(Work(known=self.work.known))
        self.go(FILE)

    def _save_template(self, name: str, path: Path) -> None:
        job = partial(running.save_template, self._context, name, path)
        tasks.read(self, job, self._on_saved)

    def _run(
        self,
        title: str,
        job: Callable[[tasks.Report], T],
        done: Callable[[T], object],
        progress: JobProgress,
        changes: Callable[[T], Changes] | None = None,
    ) -> None:
        """One at a time; what comes while a cancelled one still runs is taken up after it."""
        if self._job:
            self._again = self._job.cancelled
            return
        ended = partial(self._on_ended, progress)
        self._job = tasks.run(self, title, job, done, self._on_refused, ended=ended, changes=changes)
        progress.show_job(self._job)
        self._show()

    def _on_refused(self, error: UserError) -> None:
        self._put(self.work._replace(refused=error.sentence))

    def _on_ended(self, progress: JobProgress) -> None:
        self._job, again, self._again = None, self._again, False
        progress.show_job(None)
        self._show()
        if self.step not in (COLUMNS, VALUES) and self._has_keyboard():
            self._give_keyboard()
        if again and self.step == TRIAL:
            self._try()

    # Showing

    def _has_keyboard(self) -> bool:
        """Whether the keyboard is on this page, or nowhere."""
        here = QApplication.focusWidget()
        return self.isVisible() and (here is None or self.isAncestorOf(here))

    def _give_keyboard(self) -> None:
        """To where one goes on."""
        if self.first:
            self.first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _where_one_goes_on(self) -> QWidget | None:
        """What has the keyboard when one comes to this step, or back to it from another page."""
        if self.step == FILE and not self.work.survey:
            wanted: QWidget = self.file.choose
        elif self.step == TRIAL:
            wanted = self.trial.table
        elif self.step in (COLUMNS, VALUES):
            wanted = self._steps[self.step]
        else:
            wanted = self.taking.another if self.work.imported else self.next
        here = self._stack.currentWidget()
        found = (wanted, self.next, self.taking.progress.stop, self.line.steps[self.step])
        return next((one for one in found if one.isVisibleTo(self) and one.isEnabledTo(self)), here)

    def _put(self, work: Work) -> None:
        self.work = work
        if self.step > furthest(work):
            self.step = furthest(work)
            self._stack.setCurrentIndex(self.step)
        self._show()

    def _show(self) -> None:
        work, held = self.work, self._has_keyboard()
        self._seen = max(self._seen, self.step)
        self.line.show_steps(self.step, self._seen, furthest(work))
        if self.step < IMPORT:
            self._steps[self.step].show_work(work)
        self.taking.show_work(work, self._report)
        self._show_buttons()
        self.first = self._where_one_goes_on()
        if held and not self._has_keyboard():  # what had it is greyed now
            self._give_keyboard()

    def _show_buttons(self) -> None:
        work, busy = self.work, self._job is not None
        importing = busy and self.step == IMPORT
        why = tr("Please wait…") if busy else hindrance(work, self.step) if self.step < IMPORT else ""
        self._hindrance.setText("" if busy else why)
        self._sign.setVisible(bool(self._hindrance.text()))
        self.next.setText(self._next_words())
        self.next.setEnabled(not why)
        self.next.setToolTip(why or tr("Ctrl+Enter"))
        self.next.setVisible(not work.imported or self.step < IMPORT)
        self.trial.again.setEnabled(not busy)
        self.back.setEnabled(self.step > FILE and not importing)
        self.back.setToolTip("Alt+PgUp" if self.step > FILE else tr("This is the first step."))
        for number, shown in enumerate(self.line.steps):
            shown.setToolTip("" if number <= furthest(work) else hindrance(work, furthest(work)))
        self.line.setEnabled(not importing)
        self.load_mapping.setEnabled(work.survey is not None and not importing)
        self.save_mapping.setEnabled(work.survey is not None)
        for one in (self.load_mapping, self.save_mapping):
            one.setToolTip(hindrance(work, FILE))

    def _next_words(self) -> str:
        if self.step < IMPORT:
            return tr(_NEXT[self.step])
        rows = taken(self.work.tried.counts) if self.work.tried else 0
        return ntr("Import {n} row", "Import {n} rows", rows).format(n=f"{rows:,}")

    def _on_next(self) -> None:
        if not self.next.isEnabled() or not self.next.isVisible():
            return
        if self.step < IMPORT:
            self.go(self.step + 1)
        else:
            self._import()

    # Files

    def _ask_file(self) -> None:
        lists = tr("Lists ({kinds})").format(kinds=" ".join(f"*{suffix}" for suffix in SUFFIXES))
        ask_file(self, tr("Choose a list"), lists, self._folder, self.choose)

    def _ask_mapping(self) -> None:
        ask_file(self, tr("Load a mapping"), tr("Mappings (*.toml)"), self._folder, self.load)

    def _ask_saved_mapping(self) -> None:
        path = self._folder / f"{self.work.mapping.source or self.work.mapping.kind}.toml"
        ask_new_file(self, tr("Save the mapping"), tr("Mappings (*.toml)"), path, self.save)

    def _ask_report(self, then: Callable[[Path], object]) -> None:
        assert self.work.survey
        path = self._folder / report_name(self.work.survey.path)
        ask_new_file(self, tr("Save the report"), _WORKBOOKS, path, then)

    def report_to(self, path: Path | None) -> None:
        """Save a report with the import, or none."""
        self._report = path
        self._show()

    def _ask_template(self, template: str) -> None:
        path = self._folder / f"{tr(TEMPLATES[template].title)}.xlsx"
        then = partial(self._save_template, template)
        ask_new_file(self, tr("Save a template"), _WORKBOOKS, path, then)

    # What it is made of

    def _make_buttons(self) -> None:
        self.back, self.next = button(tr("Previous step")), button("", "primary")
        self.load_mapping = button(tr("Load mapping…"), "flat")
        self.save_mapping = button(tr("Save mapping…"), "flat")
        self._sign = IconLabel("info", "accent")
        for text, keys, do in (
            (tr("Next step"), "Ctrl+Return", self._on_next),
            (tr("Previous step"), "Alt+PgUp", lambda: self.go(max(FILE, self.step - 1))),
        ):
            action = QAction(text, self)
            action.setShortcut(QKeySequence(keys))
            action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
            action.triggered.connect(do)
            self.addAction(action)

    def _connect(self) -> None:
        self.line.wanted.connect(self.go)
        self.back.clicked.connect(lambda: self.go(self.step - 1))
        self.next.clicked.connect(self._on_next)
        self.load_mapping.clicked.connect(self._ask_mapping)
        self.save_mapping.clicked.connect(self._ask_saved_mapping)
        self.file.choose_wanted.connect(self._ask_file)
        self.file.dropped.connect(self.choose)
        self.file.sheet_wanted.connect(self._on_sheet)
        self.file.kind_wanted.connect(self._on_kind)
        self.file.template_wanted.connect(self._ask_template)
        self.columns.wanted.connect(self._on_mapping)
        self.values.wanted.connect(self._on_mapping)
        self.trial.match_wanted.connect(self._match)
        self.trial.again_wanted.connect(self._try)
        self.trial.report_wanted.connect(lambda: self._ask_report(self.save_report))
        self.taking.report_wanted.connect(lambda: self._ask_report(self.report_to))
        self.taking.report_dropped.connect(lambda: self.report_to(None))
        self.taking.people_wanted.connect(lambda: self.place_wanted.emit(Place("people")))
        self.taking.save_mapping_wanted.connect(self._ask_saved_mapping)
        self.taking.another_wanted.connect(self._another)

    def _lay_out(self) -> None:
        for step in (*self._steps, self.taking):
            self._stack.addWidget(step)
        head, foot = _bar(), _bar()
        head.addWidget(self.line)
        head.addStretch(1)
        for widget in (self.load_mapping, self.save_mapping):
            head.addWidget(widget)
        foot.addWidget(self._sign)
        foot.addWidget(self._hindrance, 1)
        for widget in (self.back, self.next):
            foot.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(rule())
        column.addWidget(self._stack, 1)
        column.addWidget(rule())
        column.addLayout(foot)


_NEXT = (mark("Match the columns"), mark("Match the values"), mark("Try it"), mark("Go on to the import"))
_WORKBOOKS = "Excel (*.xlsx)"


def _bar() -> QHBoxLayout:
    made = QHBoxLayout()
    made.setContentsMargins(theme.L, theme.S, theme.L, theme.S)
    made.setSpacing(theme.S)
    return made
