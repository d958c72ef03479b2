"""A paper that is shown, printed and saved: each print stands in the register of readings."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.offices import TestOffice, printed
from tests.ui.conftest import unnamed
from tests.ui.test_printing import paper, pdf_printer
from ui.dialogs.paper import Document, PaperDialog, show_paper

Show = Callable[[tuple[str, ...]], PaperDialog]


@pytest.fixture
def show(embedded: TestOffice, qtbot: QtBot) -> Show:
    owner = QWidget()
    qtbot.addWidget(owner)

    def show(staff_nos: tuple[str, ...]) -> PaperDialog:
        document = Document("Clearing", "0003-澄清", paper(2), staff_nos)
        return show_paper(owner, embedded.as_("officer"), document)

    return show


def test_what_is_printed_or_saved_stands_in_the_register(
    show: Show, embedded: TestOffice, idle: Callable[[], None], tmp_path: Path
) -> None:
    dialog = show(("0003", "0004"))
    assert dialog.preview.pages == 2 and unnamed(dialog) == [] and printed(embedded) == []
    dialog.save_to(tmp_path / "saved.pdf")
    idle()
    assert (tmp_path / "saved.pdf").read_bytes().startswith(b"%PDF")
    both = [("0003", "Clearing"), ("0004", "Clearing")]
    assert printed(embedded) == both
    show(("0003",)).print_on(pdf_printer(tmp_path / "printed.pdf"))
    idle()
    assert (tmp_path / "printed.pdf").exists() and printed(embedded) == [*both, both[0]]


def test_what_cannot_be_written_is_not_registered(
    show: Show, embedded: TestOffice, idle: Callable[[], None], tmp_path: Path
) -> None:
    show(("0003",)).save_to(tmp_path / "nowhere" / "saved.pdf")
    idle()
    assert printed(embedded) == []


def test_what_was_registered_before_is_not_registered_again(
    show: Show, embedded: TestOffice, idle: Callable[[], None], tmp_path: Path
) -> None:
    show(()).save_to(tmp_path / "saved.pdf")
    idle()
    assert (tmp_path / "saved.pdf").exists() and printed(embedded) == []
