"""The file of the list, what it holds, and templates for a list that is still to be written."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from app.exchange.fields import Kind
from app.exchange.templates import TEMPLATES
from app.words import mark, ntr, tr
from ui import theme
from ui.page import Part
from ui.pages.import_wizard.progress import JobProgress
from ui.pages.import_wizard.work import Work
from ui.widgets import Elided, IconLabel, button, label, paragraph

KINDS = {
    Kind.PEOPLE: (
        mark("People"),
        mark("Who serves here, with department, post and rank. They are in the office at once."),
    ),
    Kind.ENTRIES: (
        mark("Entries and leads"),
        mark("Rewards, handlings, complaints. Entries count once a second account has verified them."),
    ),
}
WIDTH = 560
_INDENT = theme.XL + 3
"""Where the words of a radio button begin."""


class FileStep(Part):
    """Says which file, sheet, kind and template is wanted."""

    choose_wanted = Signal()
    dropped = Signal(object)
    """A Path."""
    sheet_wanted = Signal(str)
    kind_wanted = Signal(object)
    template_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAcceptDrops(True)
        self.progress = JobProgress()
        self._card = QFrame(self)
        theme.mark(self._card, "surface", "card")
        self._title, self._beneath = Elided(), label("", "muted")
        theme.mark(self._title, "look", "heading")
        self.choose = button(tr("Choose a file…"), "primary")
        self.choose.clicked.connect(self.choose_wanted)
        self._sheet_words, self.sheet = QLabel(tr("Sheet")), QComboBox()
        self.sheet.setAccessibleName(tr("Sheet"))
        self._sheet_words.setBuddy(self.sheet)
        self.sheet.activated.connect(lambda _: self.sheet_wanted.emit(self.sheet.currentText()))
        self.refusal = label("", "error")
        self.refusal.setWordWrap(True)
        self._kinds = QButtonGroup(self)
        self.kinds = {kind: QRadioButton(tr(title)) for kind, (title, _) in KINDS.items()}
        for kind, radio in self.kinds.items():
            self._kinds.addButton(radio)
            radio.clicked.connect(lambda _, kind=kind: self.kind_wanted.emit(kind))
        self.templates = {
            name: button(tr("{name}…").format(name=tr(one.title))) for name, one in TEMPLATES.items()
        }
        for name, one in self.templates.items():
            one.clicked.connect(lambda _, name=name: self.template_wanted.emit(name))
        self._lay_out()
        self.first = self.choose

    def show_work(self, work: Work) -> None:
        """Show what was chosen."""
        found = work.survey
        self.refusal.setText(work.refused)
        self.refusal.setVisible(bool(work.refused))
        self.choose.setText(tr("Another file…") if found else tr("Choose a file…"))
        self._title.setText(found.path.name if found else tr("Drag a list here, or choose its file"))
        if found:
            rows = ntr("{n} row", "{n} rows", found.rows).format(n=f"{found.rows:,}")
            columns = ntr("{n} column", "{n} columns", len(found.columns)).format(n=len(found.columns))
            self._beneath.setText(f"{rows}  ·  {columns}")
        else:
            self._beneath.setText(tr("Excel (.xlsx, .xls) or text with commas (.csv, .csv.gz)"))
        self._offer_sheets(work)
        for kind, radio in self.kinds.items():
            radio.setEnabled(found is not None)
            radio.setToolTip("" if found else tr("Choose the file of a list."))
            radio.setChecked(found is not None and kind is work.mapping.kind)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _dropped(event):
            event.acceptProposedAction()
            theme.mark(self._card, "dropping", "true")

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        theme.mark(self._card, "dropping", "")

    def dropEvent(self, event: QDropEvent) -> None:
        theme.mark(self._card, "dropping", "")
        if path := _dropped(event):
            event.acceptProposedAction()
            self.dropped.emit(path)

    def _offer_sheets(self, work: Work) -> None:
        sheets = work.survey.sheets if work.survey else ()
        self.sheet.clear()
        self.sheet.addItems(list(sheets))
        if work.survey and sheets:
            self.sheet.setCurrentText(work.survey.sheet)
        for widget in (self._sheet_words, self.sheet):
            widget.setVisible(len(sheets) > 1)

    def _lay_out(self) -> None:
        column = QVBoxLayout()
        column.setSpacing(theme.S)
        column.addWidget(self._filled_card())
        column.addWidget(self.progress)
        column.addWidget(self.refusal)
        column.addSpacing(theme.M)
        column.addWidget(label(tr("What the list holds"), "heading"))
        for kind, (_, sentence) in KINDS.items():
            column.addWidget(self.kinds[kind])
            indented = QHBoxLayout()
            indented.setContentsMargins(_INDENT, 0, 0, theme.XS)
            indented.addWidget(paragraph(tr(sentence), WIDTH - _INDENT, "muted"))
            indented.addStretch()
            column.addLayout(indented)
            self.kinds[kind].setAccessibleDescription(tr(sentence))
        column.addSpacing(theme.M)
        column.addWidget(label(tr("No list yet?"), "heading"))
        sentence = tr("Save a template with notes on filling it in; it is matched without any work.")
        column.addWidget(paragraph(sentence, WIDTH, "muted"))
        row = QHBoxLayout()
        row.setSpacing(theme.S)
        for one in self.templates.values():
            row.addWidget(one)
        row.addStretch()
        column.addLayout(row)
        column.addStretch()
        middle = QHBoxLayout(self)
        middle.setContentsMargins(theme.XL, theme.XL, theme.XL, theme.M)
        middle.addStretch(1)
        frame = QWidget()
        frame.setFixedWidth(WIDTH)
        frame.setLayout(column)
        column.setContentsMargins(0, 0, 0, 0)
        middle.addWidget(frame)
        middle.addStretch(1)

    def _filled_card(self) -> QFrame:
        words = QVBoxLayout()
        words.setSpacing(theme.XS)
        words.addWidget(self._title)
        words.addWidget(self._beneath)
        above, row = QHBoxLayout(), QHBoxLayout()
        above.setSpacing(theme.M)
        above.addWidget(IconLabel("upload", "accent", 28))
        above.addLayout(words, 1)
        above.addWidget(self.choose, alignment=Qt.AlignmentFlag.AlignVCenter)
        row.setSpacing(theme.S)
        row.addWidget(self._sheet_words)
        row.addWidget(self.sheet, 1)
        row.addStretch(1)
        column = QVBoxLayout(self._card)
        column.setContentsMargins(theme.L, theme.L, theme.L, theme.L)
        column.setSpacing(theme.M)
        column.addLayout(above)
        column.addLayout(row)
        return self._card


def _dropped(event: QDropEvent) -> Path | None:
    """The one file that is dragged; whether it is a list is found out by reading it."""
    urls = event.mimeData().urls()
    return Path(urls[0].toLocalFile()) if len(urls) == 1 and urls[0].isLocalFile() else None
