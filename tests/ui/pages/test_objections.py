"""Objections in the window: entered, decided, taken back, printed; and one's own."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from app.commands.evaluations import approve_evaluation, propose_evaluations
from app.queries.cases import Whose
from app.queries.files import file_view
from app.queries.objections import ObjectionRow
from app.rules.grading.case import year
from models.types import Day, EntryStatus, ObjectionStatus, Remedy, Target, Uid
from tests.app.rules.test_working_days import FILE
from tests.offices import TestOffice, object_to, printed
from tests.ui.conftest import unnamed
from tests.ui.pages.files import FileDesk, verified
from tests.ui.pages.windows import press
from tests.ui.typing import type_text
from ui.desk.rows import Group, QueueItem
from ui.dialogs.calendars import CalendarDialog, show_calendars
from ui.dialogs.own_objections import OwnObjectionsDialog, show_own_objections
from ui.dialogs.paper import PaperDialog
from ui.dialogs.reason import ReasonDialog
from ui.page import Place
from ui.pages.file.page import FilePage
from ui.pages.home.page import HomePage

Idle = Callable[[], None]
Open = Callable[[str], FileDesk]
YEAR = year(2025)


@pytest.fixture
def desk(qtbot: QtBot, embedded: TestOffice, idle: Idle) -> Open:
    return partial(FileDesk, qtbot, embedded, idle=idle)


def the(office: TestOffice, staff_no: str = "0003") -> ObjectionRow:
    return office.as_("officer").ask(file_view, staff_no, YEAR).objections[0]


def graded(office: TestOffice) -> Uid:
    uid = office.as_("officer").do(propose_evaluations, YEAR, whose=Whose(staff_no="0003"))
    office.as_("head").do(approve_evaluation, uid.evaluations["0003"])
    return uid.evaluations["0003"]


def buttons(page: FilePage) -> dict[str, QPushButton]:
    shown = page.objections.findChildren(QPushButton)
    return {one.text(): one for one in shown if one.isVisibleTo(page)}


def said(page: FilePage) -> list[str]:
    return [one.text() for one in page.objections.findChildren(QLabel) if one.isVisibleTo(page)]


def fill(page: FilePage, **texts: str) -> ReasonDialog:
    dialog = page.findChildren(ReasonDialog)[-1]
    for name, text in texts.items():
        type_text(dialog.row(name).field, text)
    return dialog


def choose(dialog: ReasonDialog, name: str, value: str) -> None:
    field = dialog.row(name).field
    field.setCurrentIndex(field.findData(value))  # type: ignore[attr-defined]


def test_an_empty_tab_says_what_belongs_here(desk: Open, embedded: TestOffice) -> None:
    page = desk("officer").go("0003", "objections")
    assert any("on paper is entered here" in text for text in said(page))
    assert not buttons(page)["Enter an objection"].isEnabled()
    verified(embedded)
    page = desk("head").go("0003", "objections")
    assert "Enter an objection" not in buttons(page)


def test_an_objection_to_a_grade_is_entered_and_seen_everywhere(
    desk: Open, embedded: TestOffice, idle: Idle
) -> None:
    graded(embedded)
    page = desk("officer").go("0003", "objections")
    menu = buttons(page)["Enter an objection"].menu()
    (act,) = menu.actions()
    assert act.text() == "grade 2025 Good · 100"
    act.trigger()
    dialog = fill(page, claim="未计表彰", filed_on="20251218")
    dialog.act.click()
    idle()
    assert (the(embedded).kind, the(embedded).claim) == (Target.EVALUATION, "未计表彰")
    text = said(page)
    assert {"Running", "7 working days left", "未计表彰"} <= set(text)
    assert page.tabs.bar.tabText(3) == "Objections 1"
    marks = [one.text() for one in page.head.findChildren(QLabel)]
    assert "Grade 2025 disputed" in marks
    assert "Disputed" in [one.text() for one in page.grades.findChildren(QLabel)]
    noted = [one.text() for one in page.overview.findChildren(QLabel)]
    assert "Grade disputed: 2025 Good, 7 working days left" in noted


def test_a_decision_is_one_enter_away_from_home(
    desk: Open, embedded: TestOffice, qtbot: QtBot, idle: Idle
) -> None:
    uid = verified(embedded)
    objection = object_to(embedded, uid)
    home = HomePage(embedded.as_("reviewer"))
    qtbot.addWidget(home)
    idle()
    model = home.list.rows
    rows = [model.shown(model.index(n)) for n in range(model.rowCount())]
    assert [one.title for one in rows if isinstance(one, Group | QueueItem)] == ["Overdue", "王丽"]
    spoken = model.index(1).data(Qt.ItemDataRole.AccessibleTextRole)
    assert "6 working days overdue" in spoken and "与事实不符" in spoken
    with qtbot.waitSignal(home.place_wanted) as signal:
        qtbot.keyClick(home.first, Qt.Key.Key_Return)
    assert signal.args == [Place("file", ("0003", "objections", objection))]
    page = desk("reviewer").go(*signal.args[0].args)
    assert page.window().focusWidget() is buttons(page)["Decide on the objection…"]
    qtbot.keyClick(page.window().focusWidget(), Qt.Key.Key_Return)
    dialog = fill(page, on="12-18", document_no="泽政服异〔2025〕1号", reasons="经查不实")
    dialog.act.click()
    assert "Say whether the objection is upheld" in dialog.row("decision").field.accessibleDescription()
    choose(dialog, "decision", ObjectionStatus.UPHELD)
    choose(dialog, "remedy", Remedy.CORRECT)
    dialog.act.click()
    idle()
    assert (the(embedded).status, the(embedded).remedy) == (ObjectionStatus.UPHELD, Remedy.CORRECT)
    assert {"Upheld", "经查不实"} <= set(said(page))


def test_a_refused_decision_keeps_what_was_typed(desk: Open, embedded: TestOffice, idle: Idle) -> None:
    object_to(embedded, verified(embedded))
    page = desk("reviewer").go("0003", "objections")
    buttons(page)["Decide on the objection…"].click()
    dialog = fill(page, on="20251130", document_no="泽政服异〔2025〕1号", reasons="经查不实")
    choose(dialog, "decision", ObjectionStatus.REJECTED)
    dialog.act.click()
    idle()
    assert "came only on 2025-12-01" in dialog.row("on").field.accessibleDescription()
    assert dialog.row("document_no").field.text() == "泽政服异〔2025〕1号"  # type: ignore[attr-defined]


def test_who_may_not_decide_is_told_why(desk: Open, embedded: TestOffice) -> None:
    from app.commands.accounts import grant_role
    from models.types import Role

    object_to(embedded, verified(embedded))
    embedded.as_("officer").do(grant_role, "verifier", Role.OBJECTION_OFFICER)
    page = desk("verifier").go("0003", "objections")
    decide = buttons(page)["Decide on the objection…"]
    assert not decide.isEnabled() and "Someone else has to decide" in decide.toolTip()
    assert "Enter that it was taken back…" not in buttons(page)


def test_what_was_upheld_is_recorded_as_it_should_have_been(
    desk: Open, embedded: TestOffice, qtbot: QtBot, idle: Idle
) -> None:
    from app.commands.objections import Ruling, decide_objection

    uid = verified(embedded)
    ruling = Ruling(True, Day(20251218), "泽政服异〔2025〕1号", "不实", Remedy.CORRECT)
    embedded.as_("reviewer").do(decide_objection, object_to(embedded, uid), ruling)
    home = HomePage(embedded.as_("officer"))
    qtbot.addWidget(home)
    idle()
    with qtbot.waitSignal(home.place_wanted) as signal:
        qtbot.keyClick(home.first, Qt.Key.Key_Return)
    assert signal.args == [Place("file", ("0003", "entries", uid))]
    page = desk("officer").go("0003", "entries", uid)
    shown = page.entries.detail.findChildren(QPushButton)
    (again,) = (one for one in shown if one.text() == "Record as it should have been…")
    again.click()
    idle()
    assert page.form.isVisible()


def test_it_is_taken_back_on_paper(desk: Open, embedded: TestOffice, idle: Idle) -> None:
    object_to(embedded, verified(embedded))
    page = desk("officer").go("0003", "objections")
    buttons(page)["Enter that it was taken back…"].click()
    fill(page, on="12-2", reason="本人书面撤回").act.click()
    idle()
    assert the(embedded).status is ObjectionStatus.WITHDRAWN
    assert "Taken back" in said(page)


def test_its_papers_are_shown_and_saved(desk: Open, embedded: TestOffice, idle: Idle, tmp_path: Path) -> None:
    uid = verified(embedded)
    verified(embedded, item="honour.named")
    object_to(embedded, uid)
    page = desk("officer").go("0003", "objections")
    buttons(page)["Print the receipt…"].click()
    idle()
    (dialog,) = page.findChildren(PaperDialog)
    assert dialog.windowTitle() == "Receipt for an Objection" and dialog.preview.pages == 1
    assert unnamed(dialog) == []
    dialog.save_to(tmp_path / "receipt.pdf")
    idle()
    assert (tmp_path / "receipt.pdf").read_bytes().startswith(b"%PDF")
    assert printed(embedded) == [("0003", "Receipt for an Objection")]
    (blank,) = buttons(page)["Print a blank application"].menu().actions()
    blank.trigger()
    idle()
    shown = [one for one in page.findChildren(PaperDialog) if one.isVisible()]
    assert [one.windowTitle() for one in shown] == ["Application for an Objection"]


def test_every_control_has_a_name_and_the_target_is_one_click_away(desk: Open, embedded: TestOffice) -> None:
    uid = verified(embedded)
    object_to(embedded, uid)
    opened = desk("officer")
    page = opened.go("0003", "objections")
    assert unnamed(page) == []
    buttons(page)["To the entry"].click()
    assert opened.window.here() == Place("file", ("0003", "entries", uid))


# One's own


@pytest.fixture
def own(qtbot: QtBot, embedded: TestOffice, idle: Idle) -> OwnObjectionsDialog:
    from app.commands.conduct import record_entry, verify_entry
    from tests.offices import entry

    uid = embedded.as_("officer").do(record_entry, entry("0002")).uids[0]
    embedded.as_("verifier").do(verify_entry, uid)
    window = FileDesk(qtbot, embedded, "head", idle).window
    dialog = show_own_objections(window, embedded.as_("head"))
    idle()
    return dialog


def test_the_person_objects_and_takes_back(
    own: OwnObjectionsDialog, embedded: TestOffice, idle: Idle
) -> None:
    assert own.open_to.item(0).text() == "Entry: Commendation 2025-03-10"
    assert unnamed(own) == [] and not own.back.isEnabled()
    own.object.click()
    dialog = own.findChild(ReasonDialog)
    assert dialog is not None
    dialog.act.click()
    assert "Say what you object to" in dialog.row("claim").field.accessibleDescription()
    type_text(dialog.row("claim").field, "本人没有参加")
    dialog.act.click()
    idle()
    row = the(embedded, "0002")
    assert (row.claim, row.filing) == ("本人没有参加", "self")
    assert "Running, 7 working days left" in own.filed.item(0).text()
    assert not own.object.isEnabled()
    own.back.click()
    (box,) = (one for one in own.findChildren(QMessageBox) if one.isVisible())
    press(box, "Take back")
    idle()
    assert the(embedded, "0002").status is ObjectionStatus.WITHDRAWN
    view = embedded.as_("officer").ask(file_view, "0002", YEAR)
    assert view.entries[0].status is EntryStatus.EFFECTIVE


# The calendar


@pytest.fixture
def calendars(qtbot: QtBot, embedded: TestOffice, idle: Idle) -> CalendarDialog:
    dialog = show_calendars(FileDesk(qtbot, embedded, "officer", idle).window, embedded.as_("officer"))
    idle()
    return dialog


def test_a_calendar_is_imported_or_refused_in_a_sentence(
    calendars: CalendarDialog, idle: Idle, tmp_path: Path
) -> None:
    assert calendars.list.item(0).text().startswith("2026    came with the program    国办发明电〔2025〕7号")
    path = tmp_path / "2027.toml"
    path.write_bytes(FILE.encode("gbk"))
    calendars.take(path)
    idle()
    refused = [one.text() for one in calendars.findChildren(QLabel) if one.isVisible()]
    assert "2027.toml is not a text in UTF-8. Choose the calendar file." in refused
    path.write_text(FILE, encoding="utf-8")
    calendars.take(path)
    idle()
    assert calendars.list.item(0).text().startswith("2027    imported here")
    assert unnamed(calendars) == []


def test_who_does_not_keep_files_imports_none(qtbot: QtBot, embedded: TestOffice, idle: Idle) -> None:
    dialog = show_calendars(FileDesk(qtbot, embedded, "head", idle).window, embedded.as_("head"))
    idle()
    assert not dialog.act.isVisible() and dialog.list.count() == 12
