"""Makes an office: name, place, passphrase, the two people it starts with; then the recovery code."""

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import Qt, Signal
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
from app.commands.accounts import PASSWORD_RULES, check_password
from app.errors import Invalid, UserError
from app.founding import Founder, NewOffice, create_office
from app.office import Database, check_passphrase, is_url, passphrase_rules
from app.words import mark, tr
from models.types import Role
from ui import tasks, theme
from ui.widgets import FormRow, button, label, paragraph

WIDTH = 640


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
        for name in SECRETS:
            self._fields[name].setEchoMode(QLineEdit.EchoMode.Password)
        hints = _hints()
        self._rows = {
            name: FormRow(text, self._fields[name], hints.get(name, ""), lines=1 + name.endswith("password"))
            for name, text in _labels().items()
        }
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
            grid.addWidget(self._rows[name], row, column, 1, width, Qt.AlignmentFlag.AlignTop)
        browse = button(tr("Choose a folder…"), "flat")
        browse.clicked.connect(self._browse)
        self._make = button(tr("Make the office"), "primary")
        self._make.clicked.connect(self._on_make)
        self._cancel = button(tr("Cancel"))
        self._cancel.clicked.connect(self.reject)
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.S)
        buttons.addWidget(browse)
        buttons.addStretch()
        buttons.addWidget(self._cancel)
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

    def reject(self) -> None:
        """Leave it, but not while the office is made, nor before the recovery code is on paper."""
        if self._cancel.isEnabled():
            super().reject()

    def _browse(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, tr("Empty folder for the office"))
        if folder:
            self._fields["place"].setText(folder)

    def _on_make(self) -> None:
        given = {name: field.text() for name, field in self._fields.items()}
        given |= {name: text.strip() for name, text in given.items() if name not in SECRETS}
        refusals = refused(given)
        for name, row in self._rows.items():
            row.refuse(refusals.get(name, ""))
        if refusals:
            next(self._fields[name] for name in _FIELDS if name in refusals).setFocus()
            return
        self._wait(True)
        tasks.read(
            self, partial(_make, given), self._on_made, self._on_refused, ended=lambda: self._wait(False)
        )

    def _on_made(self, made: tuple[Database, str]) -> None:
        self._database, code = made
        self._code.setText(code)
        if code:
            self._steps.setCurrentIndex(1)
        else:
            self._on_done()

    def _on_refused(self, refusal: UserError) -> None:
        self._rows.get(refusal.field, self._rows["place"]).refuse(refusal.sentence)

    def _wait(self, waiting: bool) -> None:
        self._make.setEnabled(not waiting)
        self._cancel.setEnabled(not waiting and self._database is None)

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


SECRETS = ("passphrase", "again", "password", "password_again", "verifier_password", "verifier_again")
_FIELDS = (
    "name", "place", "passphrase", "again", "officer", "login", "password", "password_again", "verifier",
    "verifier_login", "verifier_password", "verifier_again",
)  # fmt: skip
_PLACES = (
    (0, 0, 2), (1, 0, 2), (2, 0, 1), (2, 1, 1), (3, 0, 1), (3, 1, 1), (4, 0, 1), (4, 1, 1), (5, 0, 1),
    (5, 1, 1), (6, 0, 1), (6, 1, 1),
)  # fmt: skip
_DIFFER = mark("The two passwords differ. Type them again.")
_TWICE = {
    "passphrase": ("again", mark("The two passphrases differ. Type them again.")),
    "password": ("password_again", _DIFFER),
    "verifier_password": ("verifier_again", _DIFFER),
}


def refused(given: Mapping[str, str]) -> dict[str, str]:
    """Everything that is wrong with what was typed, by its field."""
    shared = is_url(given["place"])  # which has no passphrase
    asked = [name for name in _FIELDS if not (shared and name in ("passphrase", "again"))]
    same_login = given["login"] == given["verifier_login"]
    wrong = {
        "passphrase": _refusal(check_passphrase, given["passphrase"]),
        "password": _refusal(check_password, given["password"]),
        "verifier_login": tr("Each of the two needs an account of the own.") if same_login else "",
        "verifier_password": _refusal(check_password, given["verifier_password"]),
    }
    wrong |= {again: tr(differ) for first, (again, differ) in _TWICE.items() if given[first] != given[again]}
    wrong |= {name: tr("Fill this in.") for name in asked if not given[name]}
    return {name: wrong[name] for name in asked if wrong.get(name)}


def _refusal(check: Callable[[str], None], secret: str) -> str:
    try:
        check(secret)
    except Invalid as refusal:
        return refusal.sentence
    return ""


def _hints() -> dict[str, str]:
    return {
        "passphrase": passphrase_rules(),
        "password": tr(PASSWORD_RULES),
        "verifier_password": tr(PASSWORD_RULES),
    }


def _labels() -> dict[str, str]:
    return {
        "name": tr("Name of the organ"),
        "place": tr("Empty folder, or address of an empty shared database"),
        "passphrase": tr("Passphrase of the office"),
        "again": tr("The passphrase again"),
        "officer": tr("Personnel officer, who also manages accounts"),
        "login": tr("Login of the personnel officer"),
        "password": tr("First password of the personnel officer"),
        "password_again": tr("The password again"),
        "verifier": tr("Verifier"),
        "verifier_login": tr("Login of the verifier"),
        "verifier_password": tr("First password of the verifier"),
        "verifier_again": tr("The password again"),
    }
