"""Makes an office: name, place, passphrase, the two people it starts with; then the recovery code."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QDialog,
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.cli.offices import FOUNDING
from app.errors import UserError
from app.founding import Founder, NewOffice, create_office
from app.office import Database, is_url
from app.words import tr
from models.types import Role
from ui import tasks, theme
from ui.widgets import FormRow, button, label, paragraph

WIDTH = 560


class NewOfficeDialog(QDialog):
    """Two steps: what the office is made of, and the recovery code that is shown once."""

    made = Signal(str, object, str)
    """Place, Database, login of the first account."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("New office"))
        self.setFixedWidth(WIDTH)
        self._database: Database | None = None
        self._fields = {name: QLineEdit() for name in _FIELDS}
        for name in ("passphrase", "again", "password", "verifier_password"):
            self._fields[name].setEchoMode(QLineEdit.EchoMode.Password)
        self._rows = {name: FormRow(text, self._fields[name]) for name, text in _labels().items()}
        self._steps = QStackedWidget(self)
        self._steps.addWidget(self._question())
        self._code = label("", "title")
        self._steps.addWidget(self._answer())
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.XL, theme.XL, theme.XL, theme.L)
        column.addWidget(self._steps)

    def _question(self) -> QWidget:
        step = QWidget(self)
        grid = QGridLayout(step)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.L)
        for place, name in enumerate(_FIELDS):
            row, column, width = _PLACES[place]
            grid.addWidget(self._rows[name], row, column, 1, width)
        browse = button(tr("Choose a folder…"), "flat")
        browse.clicked.connect(self._browse)
        self._make = button(tr("Make the office"), "primary")
        self._make.clicked.connect(self._on_make)
        buttons = QHBoxLayout()
        buttons.addWidget(browse)
        buttons.addStretch()
        buttons.addWidget(self._make)
        grid.addLayout(buttons, 10, 0, 1, 2)
        return step

    def _answer(self) -> QWidget:
        step = QWidget(self)
        column = QVBoxLayout(step)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.M)
        self._code.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        told = tr(
            "This recovery code opens the office when keyring and passphrase are gone. It is shown this "
            "once: write it down or print it, and lock it away."
        )
        self._done = button(tr("Go on"), "primary")
        self._done.setEnabled(False)
        kept = QCheckBox(tr("The code is on paper and locked away"))
        kept.toggled.connect(self._done.setEnabled)
        first = tr("Write the code down first, and say so above.")
        self._done.setToolTip(first)
        kept.toggled.connect(lambda on: self._done.setToolTip("" if on else first))
        copy = button(tr("Copy"), icon="copy")
        copy.clicked.connect(lambda: QApplication.clipboard().setText(self._code.text()))
        self._done.clicked.connect(self._on_done)
        row = QHBoxLayout()
        row.addWidget(copy)
        row.addStretch()
        row.addWidget(self._done)
        column.addWidget(label(tr("Recovery code"), "title"))
        column.addWidget(paragraph(told, WIDTH - 2 * theme.XL))
        column.addWidget(self._code)
        column.addWidget(kept)
        column.addStretch()
        column.addLayout(row)
        return step

    def _browse(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, tr("Empty folder for the office"))
        if folder:
            self._fields["place"].setText(folder)

    def _on_make(self) -> None:
        for row in self._rows.values():
            row.refuse("")
        given = {name: field.text().strip() for name, field in self._fields.items()}
        needed = [name for name in _FIELDS if not given[name] and name not in ("passphrase", "again")]
        for name in needed:
            self._rows[name].refuse(tr("Fill this in."))
        if given["passphrase"] != given["again"]:
            self._rows["again"].refuse(tr("The two passphrases differ. Type them again."))
        elif not needed:
            self._make.setEnabled(False)
            tasks.read(self, partial(_make, given), self._on_made, self._on_refused, ended=self._on_ended)

    def _on_made(self, made: tuple[Database, str]) -> None:
        self._database, code = made
        self._code.setText(code)
        if code:
            self._steps.setCurrentIndex(1)
        else:
            self._on_done()

    def _on_refused(self, refusal: UserError) -> None:
        self._rows.get(refusal.field, self._rows["place"]).refuse(refusal.sentence)

    def _on_ended(self) -> None:
        self._make.setEnabled(True)

    def _on_done(self) -> None:
        self.accept()
        self.made.emit(
            self._fields["place"].text().strip(), self._database, self._fields["login"].text().strip()
        )


def _make(given: dict[str, str]) -> tuple[Database, str]:
    founders = (
        Founder(given["login"], given["officer"], given["password"], FOUNDING),
        Founder(given["verifier_login"], given["verifier"], given["verifier_password"], (Role.VERIFIER,)),
    )
    passphrase = "" if is_url(given["place"]) else given["passphrase"]
    return create_office(given["place"], passphrase, NewOffice(given["name"], founders))


_FIELDS = (
    "name", "place", "passphrase", "again", "officer", "login", "password", "verifier", "verifier_login",
    "verifier_password",
)  # fmt: skip
_PLACES = (
    (0, 0, 2), (1, 0, 2), (2, 0, 1), (2, 1, 1), (3, 0, 1), (3, 1, 1), (4, 0, 2), (5, 0, 1), (5, 1, 1),
    (6, 0, 2),
)  # fmt: skip


def _labels() -> dict[str, str]:
    return {
        "name": tr("Name of the organ"),
        "place": tr("Empty folder, or address of an empty shared database"),
        "passphrase": tr("Passphrase of the office"),
        "again": tr("The passphrase again"),
        "officer": tr("Personnel officer, who also manages accounts"),
        "login": tr("Login of the personnel officer"),
        "password": tr("First password of the personnel officer"),
        "verifier": tr("Verifier"),
        "verifier_login": tr("Login of the verifier"),
        "verifier_password": tr("First password of the verifier"),
    }
