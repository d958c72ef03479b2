"""Sending a file away and taking one in, from the window."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QLabel
from pytestqt.qtbot import QtBot

from app.commands.conduct import Basis, record_entry
from app.commands.people import add_person
from app.commands.sending import send_file
from app.queries.bundles import write_bundle
from app.queries.files import file_head
from app.queries.verification import verify
from app.rules.inputs import NewPerson
from models.types import Day
from tests.offices import OFFICE, TestOffice, entry
from tests.ui.conftest import unnamed
from tests.ui.pages.files import FileDesk
from ui.dialogs.reason import ReasonDialog
from ui.dialogs.transfer import ask_receiving
from ui.fields import ChoiceField

Idle = Callable[[], None]


@pytest.fixture
def files(embedded: TestOffice, qtbot: QtBot, idle: Idle) -> FileDesk:
    embedded.as_("officer").do(record_entry, entry())
    return FileDesk(qtbot, embedded, "officer", idle)


def choose(files: FileDesk, path: Path) -> None:
    """Choose a file in the dialog that is open."""
    (dialog,) = (one for one in files.window.findChildren(QFileDialog) if one.isVisible())
    dialog.fileSelected.emit(str(path))
    dialog.close()
    files.idle()


def asked(files: FileDesk) -> ReasonDialog:
    (dialog,) = (one for one in files.window.findChildren(ReasonDialog) if one.isVisible())
    assert not unnamed(dialog)
    return dialog


def fill(dialog: ReasonDialog, **given: str) -> None:
    for name, text in given.items():
        field = dialog.row(name).field
        if isinstance(field, ChoiceField):
            field.choose(text)
        else:
            field.setText(text)  # type: ignore[attr-defined]


def trigger(files: FileDesk, words: str) -> None:
    page = files.go("0003")
    (action,) = (one for one in page.head.person_menu.actions() if one.text() == words)
    assert action.isEnabled(), action.toolTip()
    action.trigger()
    files.idle()


def test_a_file_is_sent_with_its_slip_and_the_bundle_made_again(
    files: FileDesk, embedded: TestOffice, tmp_path: Path
) -> None:
    trigger(files, "Send to another office…")
    dialog = asked(files)
    assert any("waits for verification" in one.text() for one in dialog.findChildren(QLabel))
    fill(dialog, to="临江市财政局", document_no="泽组调1号", on="2025-12-17")
    dialog.act.click()
    files.idle()
    path = tmp_path / "0003.bundle"
    choose(files, path)
    assert path.with_suffix(".pdf").read_bytes().startswith(b"%PDF")
    whole = path.read_bytes()
    trigger(files, "Write the bundle again…")
    choose(files, path)
    assert path.read_bytes() == whole
    assert embedded.as_("officer").ask(file_head, "0003").sent_to == "临江市财政局"


@pytest.fixture
def come(copy_sqlite: Callable[[Path], TestOffice], tmp_path: Path) -> tuple[Path, str]:
    """A bundle of another office, and the fingerprint on its paper."""
    (tmp_path / "away").mkdir()
    away, path = copy_sqlite(tmp_path / "away"), tmp_path / "0300.bundle"
    officer = away.as_("officer")
    officer.do(add_person, NewPerson("0300", "单于明", "办公室", "科员"))
    officer.do(record_entry, entry("0300"))
    officer.do(send_file, "0300", "泽临市政务服务局", Basis("泽组调1号", Day(20251217), ""))
    slip = officer.ask(write_bundle, "0300", path)
    away.database.close()
    return path, slip.fingerprint


def test_a_bundle_is_taken_in_after_the_fingerprint_of_the_paper(
    files: FileDesk, embedded: TestOffice, come: tuple[Path, str]
) -> None:
    path, fingerprint = come
    ask_receiving(files.window, embedded.as_("officer"))
    choose(files, path)
    dialog = asked(files)
    shown = "\n".join(one.text() for one in dialog.findChildren(QLabel))
    assert "单于明" in shown and "泽组调1号" in shown and fingerprint not in shown
    fill(dialog, fingerprint="0000", department=str(OFFICE), document_no="2号", on="2025-12-18")
    dialog.act.click()
    files.idle()
    assert "fingerprint" in dialog.row("fingerprint").refusal
    fill(dialog, fingerprint=fingerprint.lower(), staff_no="0004")
    dialog.act.click()
    files.idle()
    assert "王丽" in dialog.row("staff_no").refusal and dialog.row("fingerprint").field.text()  # type: ignore[attr-defined]
    fill(dialog, staff_no="0301")
    dialog.act.click()
    files.idle()
    officer = embedded.as_("officer")
    assert officer.ask(file_head, "0301").name == "单于明" and not officer.ask(verify).findings


def test_what_is_no_bundle_opens_no_form(files: FileDesk, embedded: TestOffice, tmp_path: Path) -> None:
    path = tmp_path / "junk.bundle"
    path.write_bytes(b"junk")
    ask_receiving(files.window, embedded.as_("officer"))
    choose(files, path)
    assert not [one for one in files.window.findChildren(ReasonDialog) if one.isVisible()]
