"""The entrance: which office, its passphrase where the keyring does not answer, and who it is.

It should stand there at once, so it imports neither SQLAlchemy nor the pages; they come while the
password is typed.
"""

from __future__ import annotations

import re
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.errors import NotAllowed, UserError
from app.office import Database, open_office
from app.words import in_use, tr
from ui import tasks, theme
from ui.widgets import Elided, FormRow, button, label, paragraph

if TYPE_CHECKING:
    from app.context import AppContext
    from app.queries.identity import OfficeName

WIDTH = 460


class Entrance(QDialog):
    """Asks only what is needed. ``context`` is set once someone has come in."""

    def __init__(self, place: str, login: str, sample: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context: AppContext | None = None
        self.place, self.login, self._sample = place, login, sample
        self._database: Database | None = None
        self.setWindowTitle(tr("Integrity files"))
        self.setFixedWidth(WIDTH)
        self._steps = QStackedWidget(self)
        self._office, self._passphrase, self._account = (
            _OfficeStep(self),
            _PassphraseStep(self),
            _AccountStep(self),
        )
        for step in (self._office, self._passphrase, self._account):
            self._steps.addWidget(step)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.XL, theme.XL, theme.XL, theme.L)
        column.addWidget(self._steps)
        if place:
            self.open_place(place)

    @property
    def is_sample(self) -> bool:
        """Whether the office is the desk's sample."""
        return self.place == self._sample

    def open_place(self, place: str, passphrase: str | None = None) -> None:
        """Open an office; its passphrase is asked for where the keyring does not hold the key."""
        self.place = place
        self._busy(True)
        tasks.read(
            self,
            partial(open_office, place, passphrase),
            self._on_opened,
            partial(self._on_refused, wrong=passphrase is not None),
            ended=lambda: self._busy(False),
            key="open",
        )

    def open_sample(self) -> None:
        """Open the desk's sample office, made at its first use."""
        from app.office import DATABASE
        from app.sample import passphrase

        if (Path(self._sample) / DATABASE).exists():
            self.open_place(self._sample, passphrase())
            return
        self.place = self._sample
        self._busy(True)
        self._office.say(tr("The sample office is being made; this takes a few seconds…"))
        tasks.read(
            self, self._make_sample, self._on_opened, self._on_refused, ended=lambda: self._busy(False)
        )

    def _make_sample(self) -> Database:
        from app.sample import create_sample, passphrase

        create_sample(self._sample).close()
        return open_office(self._sample, passphrase())

    def new_office(self) -> None:
        """Make an office, and come into it."""
        from ui.dialogs.new_office import NewOfficeDialog

        dialog = NewOfficeDialog(self)
        dialog.made.connect(self._on_made)
        dialog.open()

    def sign_in(self, login: str, password: str) -> None:
        """Come in as an account."""
        if self._database is None:
            return
        self.login = login
        self._busy(True)
        tasks.read(
            self,
            partial(_enter, self._database, login, password),
            self._on_entered,
            self._on_turned_away,
            ended=lambda: self._busy(False),
            key="enter",
        )

    def show_offices(self) -> None:
        """Choose another office."""
        self._show(self._office)
        self._office.begin(self.place)

    def _on_opened(self, database: Database) -> None:
        self._database = database
        self._show(self._account)
        self._account.begin(self.place, self.login, self.is_sample)
        tasks.read(self, partial(_prepare, database), self._account.show_office, key="name")

    def _on_made(self, place: str, database: Database, login: str) -> None:
        self.place, self.login = place, login
        self._on_opened(database)

    def _on_refused(self, refusal: UserError, wrong: bool = False) -> None:
        """``wrong``: a passphrase was given. Where none was, that one is needed is nobody's mistake."""
        if isinstance(refusal, NotAllowed) and refusal.field == "passphrase":
            self._show(self._passphrase)
            self._passphrase.begin(self.place, refusal.sentence, wrong)
            return
        self._show(self._office)
        self._office.say(refusal.sentence)

    def _on_entered(self, context: AppContext) -> None:
        from app.permissions import Permission

        if not context.actor.may(Permission.READ_FILES):
            sentence = tr("This account manages accounts, with the command line. The window shows files.")
            self._on_turned_away(NotAllowed(sentence, field="password"))
            return
        self.context = context
        self.accept()

    def _on_turned_away(self, refusal: UserError) -> None:
        self._show(self._account)
        self._account.refuse(refusal)

    def _show(self, step: QWidget) -> None:
        self._busy(False)  # what is greyed takes no focus
        self._steps.setCurrentWidget(step)

    def _busy(self, busy: bool) -> None:
        self._steps.setEnabled(not busy)
        self.setCursor(Qt.CursorShape.BusyCursor if busy else Qt.CursorShape.ArrowCursor)


def _prepare(database: Database) -> OfficeName:
    import app.queries.home  # noqa: F401  # and with it nearly all that a page asks
    from app.queries.identity import name_at_the_door

    return name_at_the_door(database)


def shown_place(place: str) -> str:
    """A place without the password that the address of a shared database may hold."""
    return re.sub(r"(?<=://)([^:/@]*):[^@/]*@", r"\1@", place)


def _enter(database: Database, login: str, password: str) -> AppContext:
    from app.context import enter

    return enter(database, login, password)


class _Step(QWidget):
    """One question, with what may be done about it in a row of buttons."""

    def __init__(self, entrance: Entrance, title: str) -> None:
        super().__init__(entrance)
        self.entrance = entrance
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(theme.M)
        self.column.addWidget(label(title, "title"))

    def end(self, *buttons: QWidget) -> None:
        self.column.addStretch()
        row = QHBoxLayout()
        row.addStretch()
        for one in buttons:
            row.addWidget(one)
        self.column.addLayout(row)


class _OfficeStep(_Step):
    def __init__(self, entrance: Entrance) -> None:
        super().__init__(entrance, tr("Open an office"))
        self._field = QLineEdit(entrance.place)
        self._row = FormRow(tr("Folder of the office, or address of the shared database"), self._field)
        browse = button(tr("Choose a folder…"))
        browse.clicked.connect(self._browse)
        open_ = button(tr("Open"), "primary")
        open_.clicked.connect(self._open)
        self._field.returnPressed.connect(self._open)
        sample, new = button(tr("Look at the sample office"), "flat"), button(tr("New office…"), "flat")
        sample.clicked.connect(entrance.open_sample)
        new.clicked.connect(entrance.new_office)
        self.column.addWidget(self._row)
        self.column.addWidget(sample, alignment=Qt.AlignmentFlag.AlignLeft)
        self.column.addWidget(new, alignment=Qt.AlignmentFlag.AlignLeft)
        self.end(browse, open_)

    def begin(self, place: str) -> None:
        self._field.setText(place)
        self._field.setFocus()

    def say(self, sentence: str) -> None:
        self._row.refuse(sentence)
        self._field.setFocus()

    def _open(self) -> None:
        if self._field.text().strip():
            self._row.refuse("")
            self.entrance.open_place(self._field.text().strip())

    def _browse(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, tr("Folder of the office"), self._field.text())
        if folder:
            self._field.setText(folder)
            self._open()


class _PassphraseStep(_Step):
    def __init__(self, entrance: Entrance) -> None:
        super().__init__(entrance, tr("Passphrase of the office"))
        self._field = QLineEdit()
        self._field.setEchoMode(QLineEdit.EchoMode.Password)
        self._row = FormRow(tr("Passphrase or recovery code"), self._field)
        open_, other = button(tr("Open"), "primary"), button(tr("Another office…"))
        open_.clicked.connect(self._open)
        other.clicked.connect(entrance.show_offices)
        self._field.returnPressed.connect(self._open)
        self._place = label("", "muted")
        self._place.setWordWrap(True)
        self.column.addWidget(self._place)
        self.column.addWidget(self._row)
        self.end(other, open_)

    def begin(self, place: str, sentence: str, wrong: bool) -> None:
        self._place.setText(shown_place(place))
        if wrong:
            self._row.refuse(sentence)
        else:
            self._row.explain(sentence)
        self._field.clear()
        self._field.setFocus()

    def _open(self) -> None:
        if self._field.text():
            self.entrance.open_place(self.entrance.place, self._field.text())


class _AccountStep(_Step):
    def __init__(self, entrance: Entrance) -> None:
        super().__init__(entrance, tr("Sign in"))
        self._login = QComboBox()
        self._login.setEditable(True)
        self._password = QLineEdit()
        self._password.setEchoMode(QLineEdit.EchoMode.Password)
        self._office, self._place = Elided(), Elided()
        theme.mark(self._office, "look", "heading")
        theme.mark(self._place, "look", "small")
        self._notice = QVBoxLayout()
        self._login_row = FormRow(tr("Account"), self._login)
        if field := self._login.lineEdit():
            field.setAccessibleName(tr("Account"))
        self._password_row = FormRow(tr("Password"), self._password)
        enter_, other = button(tr("Sign in"), "primary"), button(tr("Another office…"))
        enter_.clicked.connect(self._enter)
        other.clicked.connect(entrance.show_offices)
        self._password.returnPressed.connect(self._enter)
        named = QVBoxLayout()
        named.setSpacing(2)
        named.addWidget(self._office)
        named.addWidget(self._place)
        self.column.addLayout(named)
        self.column.addLayout(self._notice)
        self.column.addWidget(self._login_row)
        self.column.addWidget(self._password_row)
        self.end(other, enter_)

    def begin(self, place: str, login: str, is_sample: bool) -> None:
        self._office.clear()
        self._place.setText(shown_place(place))
        self._password_row.refuse("")
        while item := self._notice.takeAt(0):
            if widget := item.widget():
                widget.deleteLater()
        self._login.clear()
        self._password.clear()
        if is_sample:
            self._offer_sample()
        else:
            self._login.setEditText(login)
        (self._password if login or is_sample else self._login).setFocus()

    def show_office(self, office: OfficeName) -> None:
        self._office.setText(office.in_language(in_use()))
        self._password.setAccessibleDescription(self._office.text())

    def refuse(self, refusal: UserError) -> None:
        self._password_row.refuse(refusal.sentence)
        self._password.selectAll()
        self._password.setFocus()

    def _offer_sample(self) -> None:
        from app.sample import account_choices, passphrase, password

        words = tr(
            "Nobody in the sample office is real. Its passphrase is {passphrase}; every account has "
            "the password {password}."
        )
        told = words.format(passphrase=passphrase(), password=password())
        self._notice.addWidget(paragraph(told, WIDTH - 2 * theme.XL, "muted"))
        for login, text in account_choices():
            self._login.addItem(text, login)
        self._password.setText(password())

    def _enter(self) -> None:
        self._password_row.refuse("")
        chosen = self._login.currentData()
        typed = self._login.currentText().strip()
        known = chosen is not None and typed == self._login.itemText(self._login.currentIndex())
        self.entrance.sign_in(str(chosen) if known else typed, self._password.text())
