"""The working days of each year, and the notices they follow; the next one is imported here."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from app.commands.calendars import import_calendar
from app.commands.changes import Changes
from app.commands.finding import ROOT
from app.context import AppContext
from app.errors import Invalid, UserError
from app.files import reason_of
from app.permissions import Permission
from app.queries.calendars import YearRow, calendar_years
from app.words import listed, tr
from models.types import iso
from ui import tasks, theme
from ui.dialogs.files import ask_file, documents_folder
from ui.widgets import RingedList, button, label, paragraph

WIDTH = 720


def show_calendars(window: QWidget, context: AppContext) -> "CalendarDialog":
    """Open the dialog over the window."""
    dialog = CalendarDialog(window, context)
    dialog.open()
    return dialog


class CalendarDialog(QDialog):
    """A line for each year, the newest first."""

    def __init__(self, parent: QWidget, context: AppContext) -> None:
        super().__init__(parent)
        self._context = context
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Working days"))
        self.list = RingedList(self)
        self.list.setAccessibleName(tr("Years whose holiday arrangement is known"))
        self.list.setWordWrap(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        theme.mark(self.list, "surface", "framed")
        self._below = label("", "error")
        self._below.setWordWrap(True)
        self._below.hide()
        self.act = button(tr("Import a calendar file…"), "primary")
        self.act.clicked.connect(self._ask)
        self.act.setVisible(context.actor.may(Permission.KEEP_FILES, ROOT))
        self._lay_out()
        self._read()

    def _lay_out(self) -> None:
        said = tr(
            "Terms run in working days by the State Council's holiday arrangement, weekends that are worked "
            "included. Of a year that is not here, weekends alone are left out."
        )
        close = button(tr("Close"))
        close.clicked.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.XL, theme.L, theme.XL, theme.L)
        column.setSpacing(theme.S)
        column.addWidget(paragraph(said, WIDTH - 2 * theme.XL))
        column.addWidget(self.list, 1)
        column.addWidget(self._below)
        row = QHBoxLayout()
        row.addStretch()
        row.addWidget(close)
        row.addWidget(self.act)
        column.addLayout(row)
        self.resize(WIDTH, 480)

    def _read(self) -> None:
        tasks.read(self, partial(self._context.ask, calendar_years), self._show, key="years")

    def _show(self, rows: list[YearRow]) -> None:
        self.list.clear()
        self.list.addItems([_words(row) for row in rows])
        self.list.setCurrentRow(0)

    def _ask(self) -> None:
        kinds = tr("Calendars (*.toml)")
        ask_file(self, tr("Import a calendar file…"), kinds, documents_folder(), self.take)

    def take(self, path: Path) -> None:
        """Import a file; what is wrong with it stands beneath the list."""
        self.refuse(None)
        tasks.write(self, partial(_imported, self._context, path), lambda _: self._read(), self.refuse)

    def refuse(self, error: UserError | None) -> None:
        """Say why a file was not taken; None takes it back."""
        self._below.setText(error.sentence if error else "")
        self._below.setVisible(error is not None)


def _imported(context: AppContext, path: Path) -> Changes:
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        sentence = tr("{file} is not a text in UTF-8. Choose the calendar file.")
        raise Invalid(sentence.format(file=path.name)) from error
    except OSError as error:
        sentence = tr("{file} cannot be read ({reason}).")
        raise Invalid(sentence.format(file=path.name, reason=reason_of(error))) from error
    return context.do(import_calendar, text)


def _words(row: YearRow) -> str:
    notices = listed(f"{one.number} ({iso(one.dated)})" for one in row.notices)
    source = tr("came with the program") if row.imported_at is None else tr("imported here")
    return f"{row.year}    {source}    {notices}"
