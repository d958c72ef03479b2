"""What is done with the person as a whole, from the menu in the head of the file."""

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QLabel, QMessageBox
from pytestqt.qtbot import QtBot

from app.commands.conduct import Basis
from app.commands.service import begin_state, close_file
from app.queries.files import file_head, file_view
from app.queries.reading import readings
from app.rules.grading.case import year
from models.types import Access, Day, Leaving, ServiceState
from tests.offices import OFFICE, TODAY, WINDOW, TestOffice, entry
from tests.ui.conftest import unnamed
from tests.ui.pages.files import FileDesk
from ui.dialogs.paper import PaperDialog
from ui.dialogs.reason import ReasonDialog
from ui.fields import ChoiceField
from ui.pages.file.page import FilePage

Idle = Callable[[], None]


@pytest.fixture
def files(embedded: TestOffice, qtbot: QtBot, idle: Idle) -> FileDesk:
    return FileDesk(qtbot, embedded, "officer", idle)


def begin(files: FileDesk, page: FilePage, words: str) -> ReasonDialog:
    """Choose a line of the menu; the dialog that opens."""
    (action,) = (one for one in page.head.person_menu.actions() if one.text() == words)
    assert action.isEnabled(), action.toolTip()
    action.trigger()
    files.idle()
    (dialog,) = (one for one in files.window.findChildren(ReasonDialog) if one.isVisible())
    assert not unnamed(dialog)
    return dialog


def fill(dialog: ReasonDialog, **given: str) -> None:
    for name, text in given.items():
        field = dialog.row(name).field
        if isinstance(field, ChoiceField):
            field.choose(text)
            assert field.chosen() == text
        else:
            field.setText(text)


def greyed(page: FilePage) -> dict[str, str]:
    actions = page.head.person_menu.actions()
    return {one.text(): one.toolTip() for one in actions if one.text() and not one.isEnabled()}


def test_a_person_is_moved_with_what_is_open_told_before(files: FileDesk, embedded: TestOffice) -> None:
    from app.commands.conduct import record_entry

    embedded.as_("officer").do(record_entry, entry())
    page = files.go("0003")
    dialog = begin(files, page, "Move or appoint…")
    shown = "\n".join(one.text() for one in dialog.findChildren(QLabel))
    assert "Still open: 1 entry waits for verification." in shown and "审批一科" in shown
    assert dialog.row("department").field.chosen() == str(WINDOW)  # type: ignore[attr-defined]
    dialog.act.click()
    assert dialog.row("document_no").refusal and dialog.isVisible()
    fill(dialog, department=str(OFFICE), post="副主任", document_no="泽政服人〔2025〕60号", on="2026-1-1")
    dialog.act.click()
    files.idle()
    assert "not come yet" in dialog.row("on").refusal and dialog.row("post").field.text() == "副主任"  # type: ignore[attr-defined]
    fill(dialog, on="2025-12-1")
    dialog.act.click()
    files.idle()
    head = embedded.as_("officer").ask(file_head, "0003")
    assert (head.department_id, head.post) == (OFFICE, "副主任")


def test_a_file_is_closed_and_reopened(files: FileDesk, embedded: TestOffice) -> None:
    page = files.go("0003")
    assert greyed(page).keys() == {
        "State of service ends…",
        "Reopen the file…",
        "Split again…",
        "Show the ID number in full",
    }
    dialog = begin(files, page, "Close the file…")
    fill(dialog, leaving=Leaving.RETIRED, on="2025-12-1", document_no="1号")
    dialog.act.click()
    files.idle()
    assert not page.head.record.isEnabled() and "closed" in page.head.record.toolTip()
    assert greyed(page)["Move or appoint…"] == "The file is closed."
    dialog = begin(files, page, "Reopen the file…")
    fill(dialog, on="2025-12-10", document_no="2号", reason="调回")
    dialog.act.click()
    files.idle()
    assert embedded.as_("officer").ask(file_head, "0003").left_on is None
    assert page.head.record.isEnabled()


def test_a_state_begins_and_ends(files: FileDesk, embedded: TestOffice) -> None:
    page = files.go("0003")
    dialog = begin(files, page, "State of service begins…")
    fill(dialog, state=ServiceState.SECONDED, on="2025-12-1", document_no="1号")
    dialog.act.click()
    files.idle()
    dialog = begin(files, page, "State of service ends…")
    assert dialog.row("state").field.chosen() == ServiceState.SECONDED  # type: ignore[attr-defined]
    fill(dialog, on="2025-12-10", document_no="2号")
    dialog.act.click()
    files.idle()
    view = embedded.as_("officer").ask(file_view, "0003", year(2025))
    assert view.states == ((ServiceState.SECONDED, Day(20251201), Day(20251210)),)


def test_who_does_not_keep_the_file_is_offered_nothing(
    embedded: TestOffice, qtbot: QtBot, idle: Idle
) -> None:
    page = FileDesk(qtbot, embedded, "head", idle).go("0003")
    assert page.head.person.isHidden() and not page.head.person_menu.actions()


def test_a_closed_file_opens_no_form(files: FileDesk, embedded: TestOffice) -> None:
    officer = embedded.as_("officer")
    officer.do(begin_state, "0003", ServiceState.AID, None, Basis("1号", Day(20251101), ""))
    officer.do(close_file, "0003", Leaving.DIED, Basis("2号", Day(20251201), ""))
    page = files.go("0003", "new")
    assert not page.form.isVisible()


def test_two_files_are_merged_and_split(files: FileDesk, embedded: TestOffice) -> None:
    page = files.go("0003")
    assert greyed(page)["Split again…"] == "No other file is merged into this one."
    dialog = begin(files, page, "Merge with another file…")
    fill(dialog, other="0003", document_no="1号", on="2025-12-1")
    dialog.row("reason").field.setPlainText("同一人")  # type: ignore[attr-defined]
    dialog.act.click()
    files.idle()
    assert "one file already" in dialog.row("other").refusal
    fill(dialog, other="0004")
    dialog.act.click()
    files.idle()
    officer = embedded.as_("officer")
    assert [one.staff_no for one in officer.ask(file_head, "0003").seconds] == ["0004"]
    dialog = begin(files, page, "Split again…")
    assert dialog.row("other").field.chosen() == "0004"  # type: ignore[attr-defined]
    fill(dialog, document_no="2号", on="2025-12-2")
    dialog.row("reason").field.setPlainText("两人")  # type: ignore[attr-defined]
    dialog.act.click()
    files.idle()
    assert officer.ask(file_head, "0003").seconds == ()


def test_an_id_number_is_entered_masked_and_shown_on_demand(files: FileDesk) -> None:
    page = files.go("0003")
    assert "Show the ID number in full" in greyed(page)
    dialog = begin(files, page, "Enter the ID number…")
    fill(dialog, id_number="230103199001011238")
    dialog.act.click()
    files.idle()
    assert "last digit" in dialog.row("id_number").refusal
    fill(dialog, id_number="230103199001011237")
    dialog.act.click()
    files.idle()
    shown = [one.text() for one in page.overview.findChildren(QLabel)]
    assert "2301**********1237" in shown
    (action,) = (one for one in page.head.person_menu.actions() if "in full" in one.text())
    action.trigger()
    files.idle()
    (box,) = files.window.findChildren(QMessageBox)
    assert box.text() == "230103199001011237" and "history" in box.informativeText()
    box.close()


def test_a_copy_of_the_own_file_is_given_on_request_and_registered(
    files: FileDesk, embedded: TestOffice
) -> None:
    page = files.go("0003")
    dialog = begin(files, page, "Own copy for the person…")
    dialog.act.click()
    assert "written request" in dialog.row("request").refusal
    fill(dialog, request="书面申请", on="12-17")
    dialog.act.click()
    files.idle()
    (paper,) = page.findChildren(PaperDialog)
    assert paper.preview.pages == 1
    paper.reject()
    register = embedded.as_("officer").ask(readings, TODAY, TODAY)
    assert [row.document_no for row in register if row.how is Access.OWN_COPY] == ["书面申请 2025-12-17"]
