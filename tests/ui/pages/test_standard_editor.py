"""The editor of standards: typing, pasting, dragging, mending, undoing, two desks, publishing."""

import pytest
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QPushButton, QWidget

from app.commands.changes import Kind, changed
from app.commands.drafts import begin_draft, save_draft
from app.queries.drafts import draft, drafts
from app.queries.schemes import schemes
from app.rules.grading.reading import slots_of
from app.standards.drafts import insert, next_edition, read_draft
from tests.offices import BASELINE, TestOffice
from tests.ui.conftest import unnamed, wait_until_idle
from tests.ui.pages.windows import box_of, open_page, press, said
from ui.desk.reading import ReadingPane
from ui.dialogs.reason import ReasonDialog
from ui.fields import ChoiceField
from ui.pages.standards.editor.dated import DatesDialog
from ui.pages.standards.editor.form import RowForm, RowsForm
from ui.pages.standards.page import StandardsPage

SECOND = next_edition(BASELINE, [1])
ITEMS, BANDS, RULES, EXAMPLES, TEXT = range(5)


class Desk:
    """A window with the draft open."""

    def __init__(self, qtbot, office: TestOffice, uid: str) -> None:
        self.qtbot, self.office, self.uid = qtbot, office, uid
        self.window, self.page = open_page(qtbot, "standards", lambda: StandardsPage(office.as_("officer")))
        self.page.list.pick(uid)
        wait_until_idle()
        self.editor = self.page.drafting.editor
        self.look()

    def look(self) -> None:
        """Until everything typed is looked through."""
        editor = self.editor
        self.qtbot.waitUntil(lambda: bool(editor.seen) and editor.seen.text == editor.opened.text)
        wait_until_idle()

    def saved(self) -> str:
        """The text in the office, once it is there."""
        self.qtbot.waitUntil(lambda: self.editor.opened.state == "saved")
        wait_until_idle()
        return self.office.as_("officer").ask(draft, self.uid).text

    def tab(self, number: int) -> None:
        self.editor.tabs.bar.setCurrentIndex(number)

    def dialog(self) -> QDialog:
        (found,) = (one for one in self.window.findChildren(QDialog) if one.isVisible())
        return found

    def findings(self) -> list[str]:
        return [one.sentence for one in self.editor.seen.findings if one.wrong]


def write(line, text: str) -> None:
    """As an input method does, which Chinese is typed with."""
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(line, event)


def begun(office: TestOffice, text: str = SECOND) -> str:
    return office.as_("officer").do(begin_draft, text).uids[0]


@pytest.fixture
def writer(qtbot, embedded):
    return Desk(qtbot, embedded, begun(embedded))


def type_cell(writer: Desk, place: int, key: str, text: str) -> None:
    """As with the keyboard: the first letter begins the cell, Enter ends it."""
    sheet = writer.editor.items.sheet
    sheet.stand_on(place, key)
    sheet.setFocus()
    QTest.keyClick(sheet, Qt.Key.Key_F2)
    line = sheet.viewport().findChild(QLineEdit)
    line.selectAll()
    QTest.keyClicks(line, text)
    QTest.keyClick(line, Qt.Key.Key_Return)
    QApplication.processEvents()


def row_of(text: str, code: str) -> dict:
    return next(row for row in read_draft(text).content["items"] if row["code"] == code)


def code_at(writer: Desk, place: int) -> str:
    return str(writer.editor.items.rows("items")[place]["code"])


# Typing


def test_a_value_typed_into_a_cell_is_in_the_text_and_in_the_office(writer):
    code = code_at(writer, 3)
    type_cell(writer, 3, "validity", "18")
    assert row_of(writer.editor.opened.text, code)["validity"] == 18
    assert row_of(writer.saved(), code)["validity"] == 18
    assert "saved" in writer.editor.beneath.text()


def test_every_line_but_the_changed_one_stays(writer):
    before = writer.editor.opened.text.splitlines()
    type_cell(writer, 3, "validity", "18")
    after = writer.editor.opened.text.splitlines()
    assert len([line for line in after if line not in before]) <= 1
    assert [line for line in before if line.startswith("#")] == [
        line for line in after if line.startswith("#")
    ]


def test_what_is_typed_into_the_form_is_the_same_row(writer):
    items = writer.editor.items
    items.sheet.stand_on(4)
    items.form.reveal("unit")
    field = items.form.fields["unit"].lines["zh"]
    assert field.hasFocus()
    write(field, "小时")
    assert row_of(writer.editor.opened.text, code_at(writer, 4))["unit"] == "小时"
    items.form.take("unit")
    assert "unit" not in row_of(writer.editor.opened.text, code_at(writer, 4))


def test_a_value_that_is_none_is_kept_told_and_mended(writer):
    assert writer.editor.publish.isEnabled()
    type_cell(writer, 3, "validity", "soon")
    writer.look()
    assert len(writer.findings()) == 1 and "“soon”" in writer.findings()[0]
    assert not writer.editor.publish.isEnabled()
    assert "soon" in writer.saved()
    checks = writer.editor.checks.list
    writer.tab(TEXT)
    checks.setCurrentRow(0)
    QTest.keyClick(checks, Qt.Key.Key_Return)
    items = writer.editor.items
    assert writer.editor.tabs.bar.currentIndex() == ITEMS
    assert items.sheet.current_place() == 3 and items.sheet.hasFocus()
    type_cell(writer, 3, "validity", "36")
    writer.look()
    assert writer.findings() == [] and writer.editor.publish.isEnabled()


def test_undo_takes_a_value_back_letters_together_and_redo_brings_it_again(writer):
    before = writer.editor.opened.text
    writer.editor.items.sheet.stand_on(2)
    writer.editor.items.form.reveal("appraisal")
    line = writer.editor.items.form.fields["appraisal"].line
    for part in ("不得", "确定为", "优秀"):
        write(line, part)
    changed = writer.editor.opened.text
    assert "不得确定为优秀" in changed
    QTest.keyClick(writer.editor, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert writer.editor.opened.text == before
    writer.editor.redo.click()
    assert writer.editor.opened.text == changed
    assert writer.saved() == changed


def test_items_are_added_doubled_moved_and_removed(writer):
    items = writer.editor.items
    count = len(items.rows("items"))
    items.sheet.stand_on(1)
    items.sheet.setFocus()
    QTest.keyClick(
        items.sheet, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    )
    assert code_at(writer, 2) == "item.1" and items.sheet.current_place() == 2
    QTest.keyClick(items.sheet, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    assert code_at(writer, 3) == "item.1.1"
    QTest.keyClick(
        items.sheet, Qt.Key.Key_Up, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    )
    assert code_at(writer, 2) == "item.1.1" and items.sheet.current_place() == 2
    items.sheet.selectRow(2)
    items.sheet.selectionModel().select(
        items.sheet.sheet.index(3, 0),
        items.sheet.selectionModel().SelectionFlag.Select | items.sheet.selectionModel().SelectionFlag.Rows,
    )
    QTest.keyClick(items.sheet, Qt.Key.Key_Delete, Qt.KeyboardModifier.ControlModifier)
    assert len(items.rows("items")) == count and items.sheet.sheet.rowCount() == count


def test_the_filter_narrows_and_the_count_says_so(writer):
    items = writer.editor.items
    QTest.keyClicks(items.filter, "reward.")
    assert 0 < items.sheet.sheet.rowCount() < len(items.rows("items"))
    assert items.count.text().startswith(f"{items.sheet.sheet.rowCount()} of ")


# Pasting


def paste(writer: Desk, text: str) -> None:
    QApplication.clipboard().setText(text)
    writer.editor.items.sheet.setFocus()
    QTest.keyClick(writer.editor.items.sheet, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)


def test_rows_of_a_spreadsheet_are_taken_in_together_and_undone_together(writer):
    before, known = writer.editor.opened.text, code_at(writer, 0)
    writer.editor.items.sheet.stand_on(5)
    paste(
        writer,
        f"Code\tName in Chinese\tSign\tPoints\tCategory\n\t甲\t−\t5\tLax discipline\n{known}\t改名\t\t\t\n",
    )
    assert row_of(writer.editor.opened.text, "item.1")["points"] == -5
    assert code_at(writer, 6) == "item.1"
    assert "改名" in str(row_of(writer.editor.opened.text, known)["name"])
    assert said(writer.window) == "1 items added, 1 changed. Ctrl+Z takes it back."
    writer.editor.opened.undo()
    assert writer.editor.opened.text == before


def test_what_is_not_understood_is_told_and_nothing_is_pasted(writer):
    before = writer.editor.opened.text
    paste(writer, "Name in Chinese\tPoints\n甲\t5\n乙\tmany\n")
    dialog = writer.dialog()
    words = dialog.findChild(ReadingPane).toPlainText()
    assert "row 3" in words and "Points" in words and "many" in words
    assert writer.editor.opened.text == before
    dialog.reject()


def test_copied_rows_can_be_pasted_elsewhere(writer):
    sheet = writer.editor.items.sheet
    sheet.stand_on(0)
    sheet.setFocus()
    QTest.keyClick(sheet, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    titles, row = QApplication.clipboard().text().splitlines()
    assert "Code" in titles.split("\t") and code_at(writer, 0) in row.split("\t")


# Grades


def lows(writer: Desk) -> list[object]:
    return [row.get("from") for row in read_draft(writer.editor.opened.text).content["bands"]]


def test_an_end_is_dragged_with_the_mouse(writer):
    writer.tab(BANDS)
    ruler = writer.editor.bands.ruler
    start = ruler.handles()[1]
    before = lows(writer)
    QTest.mousePress(ruler, Qt.MouseButton.LeftButton, pos=start)
    for step in range(1, 5):
        QTest.mouseMove(ruler, start + QPoint(5 * step, 0))
    QTest.mouseRelease(ruler, Qt.MouseButton.LeftButton, pos=start + QPoint(20, 0))
    assert before[1] < lows(writer)[1] < before[0]
    assert [lows(writer)[0], *lows(writer)[2:]] == [before[0], *before[2:]]
    writer.editor.opened.undo()
    assert lows(writer) == before


def test_an_end_never_passes_its_neighbour(writer):
    writer.tab(BANDS)
    ruler = writer.editor.bands.ruler
    start = ruler.handles()[1]
    QTest.mousePress(ruler, Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(ruler, start + QPoint(600, 0))
    QTest.mouseRelease(ruler, Qt.MouseButton.LeftButton, pos=start + QPoint(600, 0))
    assert lows(writer)[1] == lows(writer)[0] - 1


def test_an_end_is_moved_by_the_arrows_and_typed(writer):
    writer.tab(BANDS)
    ruler = writer.editor.bands.ruler
    ruler.setFocus()
    before = lows(writer)
    QTest.keyClick(ruler, Qt.Key.Key_Down)
    QTest.keyClick(ruler, Qt.Key.Key_Right)
    QTest.keyClick(ruler, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert lows(writer)[1] == before[1] + 11
    QTest.keyClick(ruler, Qt.Key.Key_9)
    line = QApplication.focusWidget()
    QTest.keyClicks(line, "6.5")
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert str(lows(writer)[1]) == "96.5" and ruler.hasFocus()


def test_a_score_typed_on_the_ruler_is_not_lost(writer):
    writer.tab(BANDS)
    ruler = writer.editor.bands.ruler
    ruler.setFocus()
    QTest.keyClick(ruler, Qt.Key.Key_Down)
    for keys, key, low in (
        ("x", Qt.Key.Key_Return, 95),
        ("", Qt.Key.Key_Escape, 95),
        ("7", Qt.Key.Key_Tab, 97),
    ):
        QTest.keyClick(ruler, Qt.Key.Key_9)
        line = QApplication.focusWidget()
        QTest.keyClicks(line, keys)
        QTest.keyClick(line, key)
        assert lows(writer)[1] == low
        if keys == "x":
            assert line.hasFocus() and line.property("refused") == "true"
            QTest.keyClick(line, Qt.Key.Key_Escape)
        ruler.setFocus()


def test_a_grade_is_added_between(writer):
    writer.tab(BANDS)
    bands = writer.editor.bands
    bands.sheet.stand_on(0)
    bands.add()
    assert len(lows(writer)) == 5 and lows(writer)[0] > lows(writer)[1] > lows(writer)[2]
    writer.look()
    assert writer.findings() == []


# Rules


def test_every_construct_can_be_added_and_every_field_of_it_shown(writer):
    writer.tab(RULES)
    rules = writer.editor.rules
    for number, section in enumerate(rules.sections):
        rules.list.setCurrentRow(number)
        if not rules.add.isHidden():
            rules.add.click()
        form = rules.form or rules.cards[-1].unfold()
        keys = (
            [slot.key for slot in section.slots] if rules.form else [one.key for one in slots_of(section.cls)]
        )
        assert _shows(form, keys), section.key
        wait_until_idle()


def _shows(form: RowForm, keys: list[str]) -> bool:
    for key in keys:
        form.reveal(key)
        field = form.fields[key]
        if isinstance(field, RowForm) and not _shows(field, list(field._slots)):
            return False
        if isinstance(field, RowsForm) and not field.forms:
            return False
    return set(keys) <= set(form.fields)


def test_a_rule_says_its_sentence_as_it_is_written(writer):
    writer.tab(RULES)
    rules = writer.editor.rules
    rules.go(("limits",), 0)
    rules.add.click()
    assert rules.cards[0].said.text() == "Not complete yet: fill in its fields."
    form = rules.cards[0].form
    form.reveal("at_most")
    grade = form.fields["at_most"].choice
    grade.setCurrentIndex(2)
    grade.activated.emit(2)
    when = form.fields["when"]
    when.reveal("deductions_from")
    QTest.keyClicks(when.fields["deductions_from"].line, "100")
    assert rules.cards[0].said.text() == "When deductions come to 100 points or more: at most Good."
    assert rules.cards[0].acts[-1].accessibleName().startswith("Remove: ")
    writer.look()
    assert writer.findings() == []


def test_a_problem_leads_to_its_card_and_field(writer):
    writer.tab(RULES)
    rules = writer.editor.rules
    rules.go(("score", "base"), 0)
    base = rules.cards[0].form.fields["base"].line
    assert base.hasFocus()
    base.selectAll()
    QTest.keyClicks(base, "many")
    writer.look()
    assert base.property("refused") == "true" and "many" in base.toolTip()
    writer.tab(ITEMS)
    writer.editor.checks.wanted.emit((writer.editor.seen.findings[0].path, 0))
    assert writer.editor.tabs.bar.currentIndex() == RULES and base.hasFocus()


def test_what_an_item_is_takes_no_dates(writer):
    form = writer.editor.items.form
    form.reveal("result")
    assert form.takes_dates("validity") and not form.takes_dates("result")
    writer.tab(RULES)
    writer.editor.rules.go(("score", "base"), 0)
    assert writer.editor.rules.cards[0].form.takes_dates("base")


def test_a_value_is_given_another_from_a_day_on(writer):
    writer.tab(RULES)
    rules = writer.editor.rules
    rules.go(("score", "base"), 0)
    form = rules.cards[0].form
    form._ask_dates(form._slots["base"])
    dialog = writer.dialog()
    assert isinstance(dialog, DatesDialog)
    lines = [one for one in dialog.findChildren(QLineEdit) if one.accessibleName() in ("Since", "Until")]
    QTest.keyClicks(lines[1], "2026-12-31")
    QTest.keyClicks(lines[2], "2027-01-01")
    dialog.act.click()
    base = read_draft(writer.editor.opened.text).content["score"]["base"]
    assert [sorted(row) for row in base] == [["until", "value"], ["since", "value"]]
    assert form.fields["base"].button.text() == "2 values with dates…"
    writer.look()
    assert writer.findings() == []


# Examples


@pytest.fixture
def with_example(qtbot, embedded):
    row = {"name": "Nothing on file", "ends": read_draft("d = 2025-12-31").content["d"], "grade": "B"}
    text = insert(read_draft(SECOND), ("examples",), 0, [row]).text
    return Desk(qtbot, embedded, begun(embedded, text))


def test_examples_run_as_one_types_and_say_what_came_out_instead(with_example):
    writer = with_example
    writer.tab(EXAMPLES)
    examples = writer.editor.examples
    assert "Comes out as expected" in examples.result.toPlainText()
    grade = examples.form.fields["grade"].line
    grade.selectAll()
    QTest.keyClicks(grade, "A")
    writer.look()
    assert "expected A, came out B" in examples.result.toPlainText()
    assert not writer.editor.publish.isEnabled()
    (line,) = (writer.editor.checks.list.item(n).text() for n in range(writer.editor.checks.list.count())
               if "Nothing on file" in writer.editor.checks.list.item(n).text())  # fmt: skip
    assert line.startswith("Example 1")


def test_an_entry_of_an_example_is_added_and_counts(with_example):
    writer = with_example
    writer.tab(EXAMPLES)
    form = writer.editor.examples.form
    form.reveal("entries")
    entry = form.fields["entries"].forms[0]
    picker = entry.fields["item"].open()
    QTest.keyClicks(picker.filter, "jiajiang")
    QTest.keyClick(picker.filter, Qt.Key.Key_Return)
    QTest.keyClicks(entry.fields["on"].line, "2025-03-10")
    writer.look()
    assert writer.findings() == []
    assert "2025-03-10" in writer.editor.examples.result.toPlainText()


def test_more_entries_are_added_to_an_example(with_example):
    writer = with_example
    writer.tab(EXAMPLES)
    form = writer.editor.examples.form
    form.reveal("entries")
    for n in range(1, 4):
        entries = form.fields["entries"]
        assert len(entries.forms) == n
        entries.add.click()
    example = read_draft(writer.editor.opened.text).content["examples"][0]
    assert example["entries"] == [{}] * 4


def test_a_rule_that_says_nothing_yet_offers_what_it_may_say(writer):
    writer.tab(RULES)
    rules = writer.editor.rules
    rules.go(("limits",), 0)
    rules.add.click()
    card = rules.cards[-1]
    assert card.said.text() == "Not complete yet: fill in its fields."
    assert {"name", "at_most", "when"} <= card.form.fields.keys()
    assert card.form.fields["name"].lines["zh"].hasFocus()
    rules.put(("limits", 0, "when"), {"deductions_from": 10})
    writer.look()
    assert any("say one of these" in one for one in writer.findings())


def test_a_percentage_may_be_typed_with_its_sign(writer):
    writer.tab(RULES)
    rules = writer.editor.rules
    rules.go(("quotas",), 0)
    rules.add.click()
    line = rules.cards[-1].form.fields["percent"].line
    QTest.keyClicks(line, "20%")
    assert read_draft(writer.editor.opened.text).content["quotas"][0]["percent"] == 20


def test_a_missing_reference_leads_to_its_field(writer):
    writer.editor.items.put(("items", 3, "reference"), None)
    writer.look()
    found = next(one for one in writer.editor.seen.findings if one.path == ("items", 3, "reference"))
    writer.editor.go(found.path, found.line)
    assert writer.editor.items.form.fields["reference"].line.hasFocus()


def test_several_items_are_ticked_in_a_list_with_a_filter(writer):
    writer.tab(RULES)
    rules = writer.editor.rules
    rules.go(("groups",), 0)
    rules.add.click()
    form = rules.cards[-1].unfold()
    form.reveal("zero_on")
    picker = form.fields["zero_on"].open()
    for typed in ("sanction.warning", "sanction.demerit"):
        picker.filter.clear()
        QTest.keyClicks(picker.filter, typed)
        QTest.keyClick(picker.filter, Qt.Key.Key_Space)
    QTest.keyClick(picker.filter, Qt.Key.Key_Escape)
    group = read_draft(writer.editor.opened.text).content["groups"][-1]
    assert group["zero_on"] == ["sanction.warning", "sanction.demerit"]
    assert "Warning" in form.fields["zero_on"].button.text()
    assert form.fields["zero_on"].button.hasFocus()


# The text


def test_a_broken_text_is_told_with_its_line_and_mended(writer):
    writer.tab(TEXT)
    text = writer.editor.text.text
    good, count = writer.editor.opened.text, writer.editor.items.sheet.sheet.rowCount()
    text.setPlainText(good.replace("format = 1", "format = = 1", 1))
    writer.qtbot.waitUntil(lambda: writer.editor.opened.broken)
    writer.look()
    assert not writer.editor.tabs.bar.isTabEnabled(ITEMS) and writer.editor.broken.isVisible()
    (finding,) = (one for one in writer.editor.seen.findings)
    assert finding.line == 1 + next(n for n, line in enumerate(good.splitlines()) if line == "format = 1")
    assert writer.editor.items.sheet.sheet.rowCount() == count
    text.setPlainText(good)
    writer.qtbot.waitUntil(lambda: not writer.editor.opened.broken)
    writer.look()
    assert writer.findings() == [] and writer.editor.tabs.bar.isTabEnabled(ITEMS)


def broken(writer: Desk) -> str:
    """A slip in the text; what it said before."""
    writer.tab(TEXT)
    before = writer.editor.opened.text
    writer.editor.text.text.setPlainText("slip")
    writer.qtbot.waitUntil(lambda: writer.editor.opened.broken)
    return before


def test_a_slip_in_the_text_never_takes_the_place_of_what_could_be_read(writer):
    before = broken(writer)
    assert "cannot be read" in writer.page.unsaved()
    wait_until_idle()
    assert writer.office.as_("officer").ask(draft, writer.uid).text == before
    writer.page.list.pick(writer.office.as_("officer").ask(schemes)[0].uid)
    wait_until_idle()
    context = writer.office.as_("officer")
    assert {context.ask(draft, one.uid).text for one in context.ask(drafts)} == {before, "slip"}
    assert said(writer.window).startswith("The text could not be read; what you typed is kept")


def test_the_keys_of_undo_are_those_of_the_draft_in_the_text_too(writer):
    before = broken(writer)
    writer.editor.text.text.setFocus()
    QTest.keyClick(writer.editor.text.text, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert writer.editor.opened.text == before == writer.editor.text.text.toPlainText()


def test_every_draft_is_opened_at_its_items(writer):
    other = begun(writer.office, SECOND.replace("edition = 2", "edition = 3", 1))
    writer.page.refresh(changed(Kind.DRAFTS))
    wait_until_idle()
    writer.tab(TEXT)
    writer.page.list.pick(other)
    wait_until_idle()
    assert writer.editor.opened.uid == other and writer.editor.tabs.bar.currentIndex() == ITEMS


# The keyboard


def test_tab_goes_through_a_part_in_the_order_of_reading_and_out_of_it(writer):
    editor = writer.editor
    editor.items.sheet.stand_on(3)
    editor.items.sheet.setFocus()
    walked = []
    while not walked or editor.isAncestorOf(walked[-1]):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        walked.append(QApplication.focusWidget())
    form = list(editor.items.form.chain())
    inside = [one for one in form if one.isVisible() and one.isEnabled()]
    assert walked[:-1] == [*inside, editor.checks.list]
    QTest.keyClick(editor.checks.list, Qt.Key.Key_Backtab)
    assert len(inside) > 5


def test_alt_and_a_number_goes_to_a_part_and_its_beginning(writer):
    writer.page.list.setFocus()
    QTest.keyClick(writer.page.list, Qt.Key.Key_3, Qt.KeyboardModifier.AltModifier)
    assert writer.editor.tabs.bar.currentIndex() == RULES and writer.editor.rules.list.hasFocus()
    QTest.keyClick(writer.editor.rules.list, Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    assert writer.editor.items.sheet.hasFocus()


def typing_in(writer, column: str, kind: type) -> tuple[str, QWidget]:
    """The code of an item, and what one of its cells is edited with."""
    sheet = writer.editor.items.sheet
    sheet.stand_on(3, column)
    sheet.setFocus()
    code = code_at(writer, 3)
    QTest.keyClick(sheet, Qt.Key.Key_F2)
    return code, sheet.viewport().findChild(kind)


def test_a_word_is_chosen_in_a_cell(writer):
    code, choice = typing_in(writer, "category", ChoiceField)
    choice.choose("example")
    choice.activated.emit(choice.currentIndex())
    assert row_of(writer.saved(), code)["category"] == "example"


def test_the_arrows_go_from_choice_to_choice_in_a_cell_and_enter_takes_one(writer):
    code, choice = typing_in(writer, "category", ChoiceField)
    choice.choose("performance")
    QTest.keyClick(choice, Qt.Key.Key_Down)
    QTest.keyClick(choice, Qt.Key.Key_Down)
    assert row_of(writer.editor.opened.text, code)["category"] != "example"
    QTest.keyClick(choice, Qt.Key.Key_Return)
    writer.qtbot.waitUntil(lambda: row_of(writer.editor.opened.text, code)["category"] == "example")


def test_what_is_being_typed_in_a_cell_is_saved_when_the_window_closes(writer):
    code, line = typing_in(writer, "name_zh", QLineEdit)
    line.selectAll()
    write(line, "写了一半")
    assert writer.window.close()
    row = row_of(writer.office.as_("officer").ask(draft, writer.uid).text, code)
    assert "写了一半" in str(row["name"])


def test_what_stops_publishing_stands_above_what_is_only_worth_knowing(with_example):
    writer = with_example
    writer.tab(EXAMPLES)
    grade = writer.editor.examples.form.fields["grade"].line
    grade.selectAll()
    QTest.keyClicks(grade, "A")
    writer.look()
    shown = [writer.editor.checks.list.item(n).text() for n in range(writer.editor.checks.list.count())]
    assert shown[0].startswith("Example 1") and len(shown) > 1


# Drafts


def test_what_was_typed_is_there_after_a_crash(qtbot, embedded):
    first = Desk(qtbot, embedded, begun(embedded))
    code = code_at(first, 3)
    type_cell(first, 3, "validity", "18")
    first.saved()
    second = Desk(qtbot, embedded, first.uid)
    assert row_of(second.editor.opened.text, code)["validity"] == 18


def test_before_the_window_closes_everything_is_saved(writer):
    type_cell(writer, 3, "validity", "18")
    assert writer.page.unsaved() == ""
    wait_until_idle()
    code = code_at(writer, 3)
    assert row_of(writer.office.as_("officer").ask(draft, writer.uid).text, code)["validity"] == 18


def test_what_is_typed_while_a_save_runs_is_saved_before_the_window_closes(writer):
    type_cell(writer, 3, "validity", "18")
    assert writer.page.unsaved() == ""
    writer.editor.items.put(("items", 4, "validity"), 19)
    assert writer.window.close()
    text = writer.office.as_("officer").ask(draft, writer.uid).text
    assert [row_of(text, code_at(writer, place))["validity"] for place in (3, 4)] == [18, 19]


def by_another(writer: Desk) -> None:
    writer.office.as_("officer").do(
        save_draft, writer.uid, SECOND + "# another\n", writer.editor.opened.version
    )


def test_a_second_desk_keeps_what_it_wrote(writer):
    by_another(writer)
    type_cell(writer, 3, "validity", "18")
    mine = writer.editor.opened.text
    writer.qtbot.waitUntil(lambda: writer.editor.opened.state == "conflict")
    assert writer.editor.notice.isVisible() and writer.editor.opened.text == mine
    assert writer.page.unsaved()
    assert writer.office.as_("officer").ask(draft, writer.uid).text.endswith("# another\n")
    own = next(
        one for one in writer.editor.notice.findChildren(QPushButton) if one.text().startswith("Keep mine")
    )
    own.click()
    writer.qtbot.waitUntil(lambda: writer.editor.opened.uid != writer.uid)
    assert writer.editor.opened.text == mine and not writer.editor.notice.isVisible()
    wait_until_idle()
    assert len(writer.office.as_("officer").ask(drafts)) == 2


def test_what_cannot_be_saved_when_a_draft_is_left_becomes_one_of_its_own(writer):
    by_another(writer)
    type_cell(writer, 3, "validity", "18")
    mine = writer.editor.opened.text
    writer.page.list.pick(writer.office.as_("officer").ask(schemes)[0].uid)
    wait_until_idle()
    context = writer.office.as_("officer")
    texts = {context.ask(draft, one.uid).text for one in context.ask(drafts)}
    assert texts == {SECOND + "# another\n", mine}
    assert said(writer.window).startswith("Someone else changed the draft meanwhile; yours is kept")


def test_the_other_desks_text_can_be_taken(writer):
    by_another(writer)
    type_cell(writer, 3, "validity", "18")
    writer.qtbot.waitUntil(lambda: writer.editor.opened.state == "conflict")
    writer.editor.theirs.click()
    wait_until_idle()
    assert writer.editor.opened.text.endswith("# another\n") and writer.editor.opened.state == "saved"
    assert len(writer.office.as_("officer").ask(drafts)) == 2  # nothing is lost


def test_a_draft_is_begun_from_what_is_published(qtbot, embedded):
    _, page = open_page(qtbot, "standards", lambda: StandardsPage(embedded.as_("officer")))
    menu = page.begin.menu()
    menu.aboutToShow.emit()
    first = menu.actions()[0]
    assert first.text().startswith("From edition 1 of")
    first.trigger()
    wait_until_idle()
    (row,) = embedded.as_("officer").ask(drafts)
    assert page.list.current() == row.uid
    content = page.drafting.editor.opened.draft.content
    assert content["edition"] == 2 and "adopted_by" not in content


def test_a_file_is_taken_in_and_given_out_as_it_is(qtbot, embedded, tmp_path):
    _, page = open_page(qtbot, "standards", lambda: StandardsPage(embedded.as_("officer")))
    path = tmp_path / "own.toml"
    path.write_text("# mine\n" + SECOND, encoding="utf-8")
    page.drafting.take_in(path)
    wait_until_idle()
    assert page.drafting.editor.opened.text == "# mine\n" + SECOND
    page.drafting.export(tmp_path / "out.toml")
    wait_until_idle()
    assert (tmp_path / "out.toml").read_text(encoding="utf-8") == "# mine\n" + SECOND


def test_a_good_draft_is_published_under_its_document(writer):
    type_cell(writer, 3, "name_en", "Renamed")
    code = code_at(writer, 3)
    writer.look()
    writer.saved()
    writer.editor.publish.click()
    asked = writer.dialog()
    assert isinstance(asked, ReasonDialog)
    asked.row("adopted_by").field.setText("泽政服发〔2025〕40号")
    asked.row("valid_from").field.setText("2026-01-01")
    asked.act.click()
    wait_until_idle()
    newest = writer.office.as_("officer").ask(schemes)[0]
    assert newest.edition == 2 and newest.scheme.items[code].name.en == "Renamed"
    assert writer.page.list.current() == newest.uid and writer.page.list.shown_keys().count(writer.uid) == 0
    assert said(writer.window) == "The standard is published."


def action(writer: Desk, begin: str) -> QAction:
    return next(one for one in writer.editor.menu.actions() if one.text().startswith(begin))


def test_the_items_go_out_to_a_workbook_and_come_back(writer, tmp_path):
    path = tmp_path / "items.xlsx"
    writer.page.drafting.export_items(path)
    wait_until_idle()
    book = load_workbook(path)
    heads = [one.value for one in book.active[1]]
    place, code = heads.index("Validity, months") + 1, book.active.cell(5, heads.index("Code") + 1).value
    book.active.cell(5, place).value = "18"
    book.save(path)
    writer.page.drafting.take_items(path)
    wait_until_idle()
    assert row_of(writer.saved(), code)["validity"] == 18
    writer.editor.opened.undo()
    assert writer.editor.opened.text == SECOND


def test_a_workbook_with_a_mistake_is_told_by_cell_and_nothing_is_taken_in(writer, tmp_path):
    path = tmp_path / "items.xlsx"
    writer.page.drafting.export_items(path)
    wait_until_idle()
    book = load_workbook(path)
    heads = [one.value for one in book.active[1]]
    letter = get_column_letter(heads.index("Validity, months") + 1)
    book.active[f"{letter}5"].value = "long"
    book.save(path)
    writer.page.drafting.take_items(path)
    wait_until_idle()
    dialog = writer.dialog()
    assert f"{letter}5: “long” is not understood" in dialog.findChild(ReadingPane).toPlainText()
    assert writer.editor.opened.text == SECOND


def test_a_draft_is_discarded_only_after_asking(writer):
    action(writer, "Discard").trigger()
    press(box_of(writer.window), "Discard")
    assert writer.office.as_("officer").ask(drafts) == []
    assert writer.uid not in writer.page.list.shown_keys()


# Everywhere


@pytest.mark.parametrize("tab", range(5))
def test_every_control_is_named(with_example, tab):
    writer = with_example
    writer.tab(tab)
    wait_until_idle()
    assert unnamed(writer.page) == []


def test_who_may_not_publish_sees_no_drafts(qtbot, embedded):
    uid = begun(embedded)
    _, page = open_page(qtbot, "standards", lambda: StandardsPage(embedded.as_("head")))
    assert uid not in page.list.shown_keys()
