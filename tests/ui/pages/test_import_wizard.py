"""The import wizard, from the file to the batch, with mouse and keyboard."""

from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QFileDialog, QLineEdit
from pytestqt.qtbot import QtBot
from sqlalchemy import func, select

from app import words
from app.commands.changes import Kind as Changed
from app.commands.changes import changed
from app.exchange.fields import Kind, Placement
from app.exchange.mapping import parse_mapping
from app.exchange.matching import fields_of, place_form
from models.conduct import Entry, ImportBatch, Lead
from models.people import Person
from models.types import LeadStatus
from tests.offices import TestOffice
from tests.ui.conftest import unnamed, wait_until_idle
from tests.ui.pages.windows import hold_workers, open_page, said
from ui import bus, tasks
from ui.page import Place
from ui.pages.import_wizard.choosing import ChoiceList
from ui.pages.import_wizard.columns_step import ALSO, FIELD
from ui.pages.import_wizard.match_table import MatchTable
from ui.pages.import_wizard.page import ImportPage
from ui.pages.import_wizard.place_panel import REST
from ui.pages.import_wizard.values_step import CONSTANTS, DATES, IDENTITY, PLACE
from ui.pages.import_wizard.work import COLUMNS, FILE, IMPORT, TRIAL, VALUES

REGISTER = """工单号,工号,姓名,处理方式,发生日期,受理日期,办结日期,是否属实,备注
A1,0003,王丽,通报批评,2025.3.10,2025-03-12,2025-03-20,属实,
A2,3,王丽,批评,2025-04-01,2025-04-02,2025-04-09,属实,已回访
A3,0005,阿依古丽•买买提,,2025-04-03,2025-04-04,2025-04-11,不属实,
A4,0004,王丽,,2025-05-03,2025-05-04,2025-05-05,,
A5,0777,张三,通报批评,2025-05-03,2025-05-04,2025-05-05,属实,
"""
PEOPLE = "工号,姓名,部门,职务\n0101,方晓晴,办公室,科员\n0102,欧 阳 静,审批一科,科员\n"

Key, Mods = Qt.Key, Qt.KeyboardModifier


@pytest.fixture
def wizard(embedded: TestOffice, qtbot: QtBot) -> ImportPage:
    _, page = open_page(qtbot, "import", lambda: ImportPage(embedded.as_("officer")))
    return page


@pytest.fixture
def register(tmp_path: Path) -> Path:
    path = tmp_path / "2025年投诉台账.csv"
    path.write_text(REGISTER, encoding="utf-8")
    return path


@pytest.fixture
def people(tmp_path: Path) -> Path:
    path = tmp_path / "新进人员.csv"
    path.write_text(PEOPLE, encoding="gb18030")
    return path


def read(page: ImportPage, path: Path, sheet: str = "") -> None:
    page.choose(path, sheet)
    wait_until_idle()


def stand(table: MatchTable, key: str, column: int) -> None:
    row = [line.key for line in table.lines.lines].index(key)
    table.setFocus()
    table.setCurrentIndex(table.lines.index(row, column))


def pick(qtbot: QtBot, table: MatchTable, key: str, column: int, typed: str) -> None:
    """Enter, type, Enter: as one does."""
    stand(table, key, column)
    qtbot.keyClick(table, Key.Key_Return)
    (popup,) = table.findChildren(ChoiceList)
    qtbot.keyClicks(popup.field, typed)
    qtbot.keyClick(popup.field, Key.Key_Return)
    closed(qtbot, table)


def closed(qtbot: QtBot, table: MatchTable) -> None:
    """Offscreen, a popup leaves no window active when it closes; elsewhere the one beneath it is."""
    qtbot.waitUntil(lambda: not table.findChildren(ChoiceList))
    with qtbot.waitActive(table.window()):
        table.activateWindow()


def cell(table: MatchTable, key: str, column: int) -> str:
    return next(line.cells[column] for line in table.lines.lines if line.key == key)


def go_on(qtbot: QtBot, page: ImportPage) -> None:
    qtbot.keyClick(page.next, Key.Key_Return, Mods.ControlModifier)
    wait_until_idle()


def place_by_finding(qtbot: QtBot, page: ImportPage) -> None:
    page.values.go(PLACE)
    panel = page.values.panels[PLACE]
    panel.by.setCurrentIndex(panel.by.findData("是否属实"))
    panel.by.activated.emit(panel.by.currentIndex())
    pick(qtbot, panel.table, "属实", 2, "Entries")
    pick(qtbot, panel.table, "不属实", 2, "not substantiated")
    pick(qtbot, panel.table, "", 2, "in hand, without")


def matched(qtbot: QtBot, page: ImportPage, register: Path) -> None:
    """The register, up to the values, all of which are said."""
    read(page, register)
    page.go(VALUES)
    place_by_finding(qtbot, page)
    page.values.go("item")
    pick(qtbot, page.values.values.table, "批评", 2, "criticism")
    page.values.go(IDENTITY)
    digits = page.values.panels[IDENTITY].digits
    digits.choose("4")
    digits.activated.emit(digits.currentIndex())


def count(office: TestOffice, table: type) -> int:
    with office.database.read() as session:
        return session.execute(select(func.count()).select_from(table)).scalar_one()


# --- The file ---


def test_it_begins_with_a_file(wizard: ImportPage) -> None:
    assert wizard.step == FILE
    assert not wizard.next.isEnabled()
    assert wizard._hindrance.text() == "Choose the file of a list."
    assert [step.isEnabled() for step in wizard.line.steps] == [True, False, False, False, False]


def test_a_file_is_chosen_in_a_dialog(wizard: ImportPage, qtbot: QtBot, people: Path) -> None:
    wizard._folder = people.parent
    qtbot.keyClick(wizard.file.choose, Key.Key_Space)
    (dialog,) = wizard.findChildren(QFileDialog)
    dialog.findChild(QLineEdit, "fileNameEdit").setText(str(people))
    dialog.accept()
    wait_until_idle()
    assert wizard.work.survey.rows == 2
    assert wizard.file.kinds[Kind.PEOPLE].isChecked()


def test_a_file_is_dropped(wizard: ImportPage, people: Path) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(people))])
    given = (QPointF(50, 50), Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, Mods.NoModifier)
    enter = QDropEvent(*given, QEvent.Type.DragEnter)
    wizard.file.dragEnterEvent(enter)
    assert enter.isAccepted()
    wizard.file.dropEvent(QDropEvent(*given))
    wait_until_idle()
    assert wizard.work.survey.path == people


def test_a_file_that_is_no_list_is_refused_in_place(wizard: ImportPage, tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_text("no workbook")
    read(wizard, path)
    assert "not what its name says" in wizard.file.refusal.text()
    assert wizard.file.refusal.isVisible()
    assert not wizard.next.isEnabled()


def test_another_sheet_is_another_list(wizard: ImportPage, tmp_path: Path) -> None:
    book = Workbook()
    book.active.title = "2024"
    book.active.append(["工号", "姓名"])
    book.active.append(["0101", "方晓晴"])
    book.create_sheet("2025").append(["工号", "姓名", "职务"])
    book["2025"].append(["0102", "方晓", "科员"])
    book.save(tmp_path / "a.xlsx")
    read(wizard, tmp_path / "a.xlsx")
    assert wizard.work.mapping.sheet == ""
    wizard.file.sheet.setCurrentText("2025")
    wizard.file.sheet.activated.emit(1)
    wait_until_idle()
    assert wizard.work.mapping.sheet == "2025"
    assert wizard.work.survey.columns == ("工号", "姓名", "职务")


def test_what_a_list_holds_can_be_said_otherwise(wizard: ImportPage, register: Path, qtbot: QtBot) -> None:
    read(wizard, register)
    assert wizard.file.kinds[Kind.ENTRIES].isChecked()
    qtbot.mouseClick(wizard.file.kinds[Kind.PEOPLE], Qt.MouseButton.LeftButton, pos=QPoint(8, 10))
    assert wizard.work.mapping.kind is Kind.PEOPLE


def test_a_template_is_saved_and_matched_without_any_work(
    wizard: ImportPage, tmp_path: Path, qtbot: QtBot
) -> None:
    wizard._folder = tmp_path
    qtbot.keyClick(wizard.file.templates["handlings"], Key.Key_Space)
    (dialog,) = wizard.findChildren(QFileDialog)
    dialog.accept()
    wait_until_idle()
    path = tmp_path / "Handlings and sanctions.xlsx"
    assert said(wizard.window()) == f"Saved: {path}"
    book = load_workbook(path)
    book.worksheets[0].append(["0003", "王丽"])
    book.save(path)
    read(wizard, path)
    wizard.go(COLUMNS)
    assert wizard.columns._open.text() == "Every column is used or left aside."


# --- The columns ---


def test_columns_are_matched_by_their_headings_and_the_rest_is_named(
    wizard: ImportPage, register: Path, qtbot: QtBot
) -> None:
    read(wizard, register)
    go_on(qtbot, wizard)
    table = wizard.columns.table
    assert wizard.step == COLUMNS
    assert cell(table, "工号", FIELD) == "Staff number"
    assert cell(table, "姓名", 1) == "王丽  ·  阿依古丽•买买提  ·  张三"
    assert cell(table, "是否属实", 4) == "not used yet"
    assert wizard.columns._open.text() == "2 columns are not used yet."
    qtbot.keyClick(wizard.columns.aside, Key.Key_Space)
    assert cell(table, "备注", 4) == "left aside"
    assert set(wizard.work.mapping.ignored) == {"是否属实", "备注"}


def test_a_column_is_matched_with_the_keyboard_and_the_next_one_comes(
    wizard: ImportPage, register: Path, qtbot: QtBot
) -> None:
    read(wizard, register)
    wizard.go(COLUMNS)
    table = wizard.columns.table
    stand(table, "是否属实", FIELD)
    qtbot.keyClicks(table, "f")  # the first letter opens the choices
    (popup,) = table.findChildren(ChoiceList)
    qtbot.keyClicks(popup.field, "acts")
    qtbot.keyClick(popup.field, Key.Key_Return)
    closed(qtbot, table)
    assert cell(table, "是否属实", FIELD) == "Facts"
    assert table.currentIndex().row() == 8
    pick(qtbot, table, "是否属实", ALSO, "outcome")
    assert cell(table, "是否属实", ALSO) == "Outcome"
    pick(qtbot, table, "是否属实", ALSO, "outcome")
    assert cell(table, "是否属实", ALSO) == ""
    pick(qtbot, table, "是否属实", FIELD, "left aside")
    assert wizard.work.mapping.ignored == ("是否属实",)


def test_choices_close_without_choosing(wizard: ImportPage, register: Path, qtbot: QtBot) -> None:
    read(wizard, register)
    wizard.go(COLUMNS)
    table = wizard.columns.table
    stand(table, "备注", FIELD)
    qtbot.keyClick(table, Key.Key_F2)
    (popup,) = table.findChildren(ChoiceList)
    for key in (Key.Key_Down, Key.Key_PageDown, Key.Key_Up, Key.Key_Escape):
        qtbot.keyClick(popup.field, key)
    qtbot.waitUntil(lambda: not table.findChildren(ChoiceList))
    assert cell(table, "备注", FIELD) == ""


def test_a_needed_column_that_is_missing_holds_one_up(
    wizard: ImportPage, register: Path, qtbot: QtBot
) -> None:
    read(wizard, register)
    wizard.go(COLUMNS)
    pick(qtbot, wizard.columns.table, "工号", FIELD, "not used")
    assert wizard._hindrance.text() == "Say which column holds: Staff number."
    assert not wizard.next.isEnabled()
    go_on(qtbot, wizard)
    assert wizard.step == COLUMNS


# --- The values ---


def test_a_field_without_which_no_entry_is_made_holds_one_up(
    wizard: ImportPage, register: Path, qtbot: QtBot
) -> None:
    read(wizard, register)
    wizard.go(COLUMNS)
    pick(qtbot, wizard.columns.table, "发生日期", FIELD, "not used")
    go_on(qtbot, wizard)
    assert "Occurred on" in wizard._hindrance.text()
    assert not wizard.next.isEnabled()


def test_values_are_matched_by_typing(wizard: ImportPage, register: Path, qtbot: QtBot) -> None:
    read(wizard, register)
    wizard.go(VALUES)
    assert "Item (2 open)" in [wizard.values.topics.item(n).text() for n in range(3)]
    wizard.values.go("item")
    table = wizard.values.values.table
    assert cell(table, "通报批评", 3) == "understood"
    pick(qtbot, table, "批评", 2, "criticism")
    assert cell(table, "批评", 3) == "matched"
    pick(qtbot, table, "批评", 2, "what it says")
    assert cell(table, "批评", 3) == "to be matched"
    pick(qtbot, table, "批评", 2, "nothing")
    assert wizard.work.mapping.values == {"item": {"批评": ""}}


def test_rows_are_placed_by_the_values_of_a_column(wizard: ImportPage, register: Path, qtbot: QtBot) -> None:
    read(wizard, register)
    wizard.go(VALUES)
    place_by_finding(qtbot, wizard)
    table = wizard.values.panels[PLACE].table
    assert cell(table, "不属实", 3) == "不属实"
    table.lines.setData(
        table.lines.index([line.key for line in table.lines.lines].index("不属实"), 3), "查无"
    )
    pick(qtbot, table, REST, 2, "left out")
    form = place_form(wizard.work.mapping)
    assert form.goes["属实"].to is Placement.ENTRY
    assert (form.goes["不属实"].status, form.goes["不属实"].reason) == (LeadStatus.UNSUBSTANTIATED, "查无")
    assert form.goes[""].without == ("closed_on",)
    assert form.rest.to is Placement.LEFT_OUT


def test_all_rows_may_be_leads(wizard: ImportPage, register: Path) -> None:
    read(wizard, register)
    wizard.go(VALUES)
    box = wizard.values.panels[PLACE].all_to
    box.choose("lead:open")
    box.activated.emit(box.currentIndex())
    (rule,) = wizard.work.mapping.place
    assert (rule.to, rule.status, rule.when) == (Placement.LEAD, LeadStatus.OPEN, {})


def test_what_is_the_same_in_all_rows_is_said_once(wizard: ImportPage, register: Path, qtbot: QtBot) -> None:
    read(wizard, register)
    wizard.go(VALUES)
    wizard.values.go(CONSTANTS)
    table = wizard.values.panels[CONSTANTS].table
    assert cell(table, "level", 1) == "Own unit, unless it is said"
    pick(qtbot, table, "level", 1, "city dep")
    stand(table, "authority", 1)
    qtbot.keyClick(table, Key.Key_Return)
    editor = table.viewport().findChild(QLineEdit)
    assert editor
    editor.setText("市效能办")
    qtbot.keyClick(editor, Key.Key_Return)
    qtbot.waitUntil(lambda: "authority" in wizard.work.mapping.constants)
    assert wizard.work.mapping.constants == {"level": "city_department", "authority": "市效能办"}
    assert wizard.next.isEnabled()
    wizard.values.panels[CONSTANTS]._on_filled("decided_on", 1, "soon")
    assert "soon" in wizard._hindrance.text()


def test_dates_and_key_are_said(wizard: ImportPage, register: Path, qtbot: QtBot) -> None:
    read(wizard, register)
    wizard.go(VALUES)
    wizard.values.go(DATES)
    table = wizard.values.panels[DATES].table
    pick(qtbot, table, "occurred_on", 2, "day first")
    pick(qtbot, table, "occurred_on", 3, "enough")
    assert wizard.work.mapping.day_first == wizard.work.mapping.month_is_enough == ("occurred_on",)
    wizard.values.go(IDENTITY)
    panel = wizard.values.panels[IDENTITY]
    assert panel.source.text() == "投诉台账"
    panel.source.clear()
    qtbot.keyClicks(panel.source, "hotline")
    panel.key.item(8).setCheckState(Qt.CheckState.Checked)
    assert wizard.work.mapping.source == "hotline"
    assert wizard.work.mapping.key[-1] == "备注"


# --- Trial, report, import ---


def test_the_whole_way(
    wizard: ImportPage, embedded: TestOffice, register: Path, qtbot: QtBot, tmp_path: Path
) -> None:
    matched(qtbot, wizard, register)
    go_on(qtbot, wizard)
    assert wizard.step == TRIAL
    counts = wizard.work.tried.counts
    assert {place.value: n for place, n in counts.items()} == {"entry": 2, "lead": 2, "rejected": 1}
    (fault,) = wizard.trial._faults
    assert (fault.row, fault.problem.column, fault.problem.value) == (6, "工号", "0777")
    assert wizard.trial.model.index(0, 3).data() == "Nobody has the staff number “0777”."
    assert count(embedded, Entry) == 0
    go_on(qtbot, wizard)
    assert (wizard.step, wizard.next.text()) == (IMPORT, "Import 4 rows")
    wizard.report_to(tmp_path / "report.xlsx")
    with qtbot.waitSignal(bus.changed) as changes:
        go_on(qtbot, wizard)
    assert Changed.ENTRIES in changes.args[0].kinds
    assert (count(embedded, Entry), count(embedded, Lead)) == (2, 2)
    assert wizard.taking._title.text() == "4 rows are imported"
    assert wizard.taking._batch.text() == f"List no. {wizard.work.imported.batch[:8]}"
    assert "a second account has to compare them" in wizard.taking._next.text()
    report = load_workbook(tmp_path / "report.xlsx")
    assert "Nothing was taken from the column 备注." in [row[1] for row in report["Summary"].values]
    assert not wizard.next.isVisible()


def test_importing_again_changes_nothing(
    wizard: ImportPage, embedded: TestOffice, register: Path, qtbot: QtBot
) -> None:
    matched(qtbot, wizard, register)
    wizard.go(TRIAL)
    wait_until_idle()
    wizard.go(IMPORT)
    go_on(qtbot, wizard)
    qtbot.keyClick(wizard.taking.another, Key.Key_Space)
    assert wizard.step == FILE
    read(wizard, register)
    assert wizard.work.brought == "Matched as the last list with these headings."
    wizard.go(TRIAL)
    wait_until_idle()
    assert wizard.work.tried.counts[Placement.LEFT_OUT] == 4
    assert wizard._hindrance.text().startswith("4 rows were imported before and are left out: 2025-12-18 (")
    assert count(embedded, ImportBatch) == 1


def test_people_are_imported(wizard: ImportPage, embedded: TestOffice, people: Path, qtbot: QtBot) -> None:
    read(wizard, people)
    for _ in range(3):
        go_on(qtbot, wizard)
    assert wizard.work.tried.counts == {Placement.PERSON: 2}
    go_on(qtbot, wizard)
    before = count(embedded, Person)
    go_on(qtbot, wizard)
    assert count(embedded, Person) == before + 2
    wizard.place_wanted.disconnect()  # the window of this test has no such page
    with qtbot.waitSignal(wizard.place_wanted) as wanted:
        qtbot.keyClick(wizard.taking.people, Key.Key_Space)
    assert wanted.args == [Place("people")]


def test_people_imported_again_are_said_to_be_here(wizard: ImportPage, people: Path, qtbot: QtBot) -> None:
    for _ in range(2):
        read(wizard, people)
        for _ in range(IMPORT + 1):
            go_on(qtbot, wizard)
    assert wizard.taking._next.text().startswith("All 2 rows were imported before: 2025-12-18 (list no. ")


def test_back_and_forth_loses_nothing(wizard: ImportPage, register: Path, qtbot: QtBot) -> None:
    matched(qtbot, wizard, register)
    go_on(qtbot, wizard)
    mapping, tried = wizard.work.mapping, wizard.work.tried
    for _ in range(3):
        qtbot.keyClick(wizard.line, Key.Key_PageUp, Mods.AltModifier)
    assert wizard.step == FILE
    for step in (COLUMNS, VALUES, TRIAL):
        qtbot.mouseClick(wizard.line.steps[step], Qt.MouseButton.LeftButton)
        wait_until_idle()
    assert wizard.step == TRIAL
    assert wizard.work.mapping == mapping
    assert wizard.work.tried is tried


def test_what_was_tried_is_forgotten_when_the_mapping_changes(
    wizard: ImportPage, register: Path, qtbot: QtBot
) -> None:
    matched(qtbot, wizard, register)
    go_on(qtbot, wizard)
    wizard.go(VALUES)
    wizard.values.go("item")
    pick(qtbot, wizard.values.values.table, "批评", 2, "reminder")
    assert wizard.work.tried is None
    assert not wizard.line.steps[IMPORT].isEnabled()


def test_from_a_rejected_value_one_goes_to_where_it_is_matched(
    wizard: ImportPage, register: Path, qtbot: QtBot
) -> None:
    read(wizard, register)
    wizard.go(TRIAL)
    wait_until_idle()
    row = next(n for n, fault in enumerate(wizard.trial._faults) if fault.problem.value == "批评")
    wizard.trial.table.setFocus()
    wizard.trial.table.setCurrentIndex(wizard.trial.model.index(row, 0))
    qtbot.keyClick(wizard.trial.table, Key.Key_Return)
    assert wizard.step == VALUES
    assert wizard.values.topics.currentItem().text().startswith("Item")


def test_a_trial_is_stopped(wizard: ImportPage, register: Path, qtbot: QtBot) -> None:
    register.write_text(REGISTER + "B,0003,王丽,通报批评,2025-01-01,,,属实,\n" * 20_000, encoding="utf-8")
    matched(qtbot, wizard, register)
    gate = hold_workers(wizard)
    qtbot.keyClick(wizard.next, Key.Key_Return, Mods.ControlModifier)
    assert wizard.trial.progress.isVisible()
    assert not wizard.next.isEnabled()
    qtbot.keyClick(wizard.trial.progress.stop, Key.Key_Space)
    gate.set()
    wait_until_idle()
    assert wizard.work.tried is None
    assert not wizard.trial.progress.isVisible()
    qtbot.keyClick(wizard.trial.again, Key.Key_Space)
    assert tasks.busy()


def test_a_change_during_a_trial_begins_another_one(wizard: ImportPage, register: Path, qtbot: QtBot) -> None:
    register.write_text(REGISTER + "B,0003,王丽,通报批评,2025-01-01,,,属实,\n" * 20_000, encoding="utf-8")
    matched(qtbot, wizard, register)
    qtbot.keyClick(wizard.next, Key.Key_Return, Mods.ControlModifier)
    wizard.go(VALUES)
    wizard.values.go("item")
    pick(qtbot, wizard.values.values.table, "批评", 2, "reminder")
    wizard.go(TRIAL)
    wait_until_idle()
    assert wizard.work.tried.counts.total() == 20_005


def test_the_report_of_a_trial_is_saved(
    wizard: ImportPage, register: Path, qtbot: QtBot, tmp_path: Path
) -> None:
    matched(qtbot, wizard, register)
    go_on(qtbot, wizard)
    wizard._folder = tmp_path
    qtbot.keyClick(wizard.trial.report, Key.Key_Space)
    (dialog,) = wizard.findChildren(QFileDialog)
    dialog.accept()
    wait_until_idle()
    (path,) = tmp_path.glob("*.xlsx")
    assert path.name == "2025年投诉台账, import report.xlsx"
    assert [row[0].value for row in load_workbook(path)["Rejected rows"].iter_rows()] == ["Row", 6]


def test_an_import_whose_report_cannot_be_saved_is_undone(
    wizard: ImportPage, embedded: TestOffice, register: Path, qtbot: QtBot, tmp_path: Path
) -> None:
    matched(qtbot, wizard, register)
    for _ in range(2):
        go_on(qtbot, wizard)
    wizard.report_to(tmp_path / "none" / "report.xlsx")
    go_on(qtbot, wizard)
    assert "cannot be written" in wizard.taking.refusal.text()
    assert count(embedded, Entry) == 0
    wizard.report_to(None)
    go_on(qtbot, wizard)
    assert count(embedded, Entry) == 2


def test_what_others_change_makes_the_trial_run_again(
    wizard: ImportPage, register: Path, qtbot: QtBot
) -> None:
    matched(qtbot, wizard, register)
    go_on(qtbot, wizard)
    before = wizard.work.tried
    bus.changed.emit(changed(Changed.PEOPLE))
    wait_until_idle()
    assert wizard.work.tried is not before
    assert wizard.work.tried.counts == before.counts


# --- Mappings as files ---


def test_a_mapping_is_saved_and_loaded(
    wizard: ImportPage, register: Path, qtbot: QtBot, tmp_path: Path
) -> None:
    matched(qtbot, wizard, register)
    wizard._folder = tmp_path
    qtbot.keyClick(wizard.save_mapping, Key.Key_Space)
    (dialog,) = wizard.findChildren(QFileDialog)
    dialog.accept()
    path = tmp_path / "投诉台账.toml"
    saved = parse_mapping(path.read_text(encoding="utf-8"))
    assert saved == wizard.work.mapping
    other = tmp_path / "b.csv"
    other.write_text("工号,日期\n0003,2025-01-01\n", encoding="utf-8")
    read(wizard, other)
    wizard.load(path)
    assert wizard.work.mapping.kind is Kind.ENTRIES
    assert "the list has no column" in wizard.work.brought
    assert wizard.work.mapping.columns == {"staff_no": "工号"}


def test_a_mapping_with_other_rules_keeps_them_until_they_are_written_anew(
    wizard: ImportPage, register: Path, qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "m.toml"
    path.write_text(
        'format = 1\nkind = "entries"\nsource = "x"\nkey = ["工单号"]\n[columns]\nstaff_no = "工号"\n'
        '[[place]]\nwhen = { "是否属实" = ["属实"], "备注" = [""] }\nto = "left_out"\n',
        encoding="utf-8",
    )
    read(wizard, register)
    wizard.load(path)
    wizard.go(VALUES)
    panel = wizard.values.panels[PLACE]
    assert "1 rule that this form cannot show" in panel._kept.text()
    assert not panel.by.isVisible()
    qtbot.keyClick(panel.simplify, Key.Key_Space)
    assert wizard.work.mapping.place == ()
    assert panel.by.isVisible()


def test_what_is_no_mapping_is_refused(wizard: ImportPage, register: Path, tmp_path: Path) -> None:
    read(wizard, register)
    before = wizard.work
    (tmp_path / "m.toml").write_text("format = 9\n")
    wizard.load(tmp_path / "m.toml")
    assert "format = 1" in said(wizard.window())
    assert wizard.work == before


def test_every_control_has_a_name(wizard: ImportPage, register: Path, qtbot: QtBot) -> None:
    assert unnamed(wizard) == []
    matched(qtbot, wizard, register)
    for step in range(IMPORT + 1):
        wizard.go(step)
        wait_until_idle()
        assert unnamed(wizard) == []
    wizard.go(VALUES)
    for topic in (PLACE, "item", CONSTANTS, DATES, IDENTITY):
        wizard.values.go(topic)
        assert unnamed(wizard) == []


def test_tab_goes_through_a_step_and_out_of_it(wizard: ImportPage, register: Path, qtbot: QtBot) -> None:
    read(wizard, register)
    go_on(qtbot, wizard)
    assert wizard.columns.table.hasFocus()
    reached: list[object] = []
    for _ in range(4):
        qtbot.keyClick(wizard.window().focusWidget(), Key.Key_Tab)
        reached.append(wizard.window().focusWidget())
    assert reached[:3] == [wizard.columns.aside, wizard.back, wizard.next]


def test_the_mouse_keeps_the_keyboard_in_the_wizard(wizard: ImportPage, people: Path, qtbot: QtBot) -> None:
    read(wizard, people)
    for _ in range(IMPORT + 1):
        qtbot.mouseClick(wizard.next, Qt.MouseButton.LeftButton)
        assert wizard.isAncestorOf(wizard.window().focusWidget())
        wait_until_idle()
        assert wizard.isAncestorOf(wizard.window().focusWidget())
    assert wizard.work.imported
    qtbot.mouseClick(wizard.back, Qt.MouseButton.LeftButton)
    assert wizard.isAncestorOf(wizard.window().focusWidget())


def test_each_step_gives_the_keyboard_to_what_one_does_first(
    wizard: ImportPage, people: Path, qtbot: QtBot
) -> None:
    read(wizard, people)
    firsts = (wizard.columns.table, wizard.values.topics, wizard.next, wizard.next, wizard.taking.another)
    for first in firsts:  # nothing is rejected, so the trial has no table
        qtbot.mouseClick(wizard.next, Qt.MouseButton.LeftButton)
        wait_until_idle()
        assert first.hasFocus()
    window = wizard.window()
    window.go(Place("file"))
    window.setFocus()
    window.go(Place("import"))
    assert wizard.taking.another.hasFocus()
    qtbot.mouseClick(wizard.taking.another, Qt.MouseButton.LeftButton)
    assert wizard.file.choose.hasFocus()
    read(wizard, people)
    assert wizard.next.hasFocus()


# --- What is pointed out ---


def test_a_field_that_rows_need_is_marked_until_something_gives_it(
    wizard: ImportPage, register: Path, qtbot: QtBot
) -> None:
    read(wizard, register)
    wizard.go(COLUMNS)
    step = wizard.columns
    assert not step._lacking.isVisible()
    pick(qtbot, step.table, "处理方式", FIELD, "not used")
    assert step._lacking.text() == "No column is chosen yet for: Item"
    choices, _ = step._choices("处理方式", FIELD)
    assert "Item (needed)" in [choice.text for choice in choices]
    wizard.go(VALUES)
    assert "No column is chosen for: Item." in wizard._hindrance.text()
    wizard.values.go(CONSTANTS)
    assert wizard.values.topics.currentItem().text() == "The same in all rows (1 open)"
    table = wizard.values.panels[CONSTANTS].table
    assert cell(table, "item", 2) == "no column is chosen, and nothing is said"
    pick(qtbot, table, "item", 1, "criticism")
    assert cell(table, "item", 2) == "in all rows"
    assert wizard.next.isEnabled()


def test_a_column_is_found_by_pinyin(wizard: ImportPage, register: Path, qtbot: QtBot) -> None:
    words.use("zh_CN")
    read(wizard, register)
    wizard.go(COLUMNS)
    pick(qtbot, wizard.columns.table, "备注", FIELD, "wenhao")
    assert fields_of(wizard.work.mapping, "备注") == ["document_no"]
    pick(qtbot, wizard.columns.table, "备注", FIELD, "jdrq")
    assert fields_of(wizard.work.mapping, "备注") == ["decided_on"]


def test_the_trial_shows_what_is_perhaps_there_twice_apart(
    wizard: ImportPage, register: Path, qtbot: QtBot
) -> None:
    register.write_text(REGISTER + "A9,0003,王丽,通报批评,2025-03-10,2025-03-13,2025-03-20,属实,\n", "utf-8")
    matched(qtbot, wizard, register)
    go_on(qtbot, wizard)
    trial = wizard.trial
    assert [trial.bar.tabText(n) for n in range(trial.bar.count())] == [
        "Rejected rows (1)",
        "Perhaps the same fact twice (1)",
    ]
    assert trial.counts.doubts.accessibleName() == "Perhaps twice: 1"
    assert trial.counts.cards[Placement.ENTRY].accessibleName() == "Entries: 3"
    trial.bar.setCurrentIndex(1)
    (fault,) = trial._faults
    assert fault.row == 7
    assert trial.model.index(0, 3).data().startswith("Perhaps the same fact twice: row 2 has the same")
    qtbot.keyClick(trial.table, Key.Key_Return)
    assert wizard.step == TRIAL
    go_on(qtbot, wizard)
    assert wizard.taking.counts.doubts.isVisible()


def test_a_staff_number_without_its_noughts_leads_to_its_digits(
    wizard: ImportPage, register: Path, qtbot: QtBot
) -> None:
    read(wizard, register)
    wizard.go(TRIAL)
    wait_until_idle()
    row = next(n for n, fault in enumerate(wizard.trial._faults) if fault.problem.value == "3")
    assert "digits of a staff number" in wizard.trial.model.index(row, 4).data()
    wizard.trial.table.setCurrentIndex(wizard.trial.model.index(row, 0))
    qtbot.keyClick(wizard.trial.table, Key.Key_Return)
    assert wizard.step == VALUES
    assert wizard.values.topics.currentItem().text() == "Source and key"


def test_rows_corrected_in_the_report_are_imported_with_the_same_mapping(
    wizard: ImportPage, register: Path, qtbot: QtBot, tmp_path: Path
) -> None:
    matched(qtbot, wizard, register)
    go_on(qtbot, wizard)
    words.use("zh_CN")  # in whatever language the report is
    wizard.save_report(tmp_path / "report.xlsx")
    wait_until_idle()
    mapping = wizard.work.mapping
    book = load_workbook(tmp_path / "report.xlsx")
    book.worksheets[0]["C2"], book.worksheets[0]["D2"] = "0004", "王丽"
    book.save(tmp_path / "report.xlsx")
    read(wizard, tmp_path / "report.xlsx")
    assert wizard.work.survey.sheet == "待更正"
    assert wizard.work.mapping == mapping
    wizard.go(TRIAL)
    wait_until_idle()
    assert wizard.work.tried.counts == {Placement.ENTRY: 1}
