"""The accountability table: a text of its own beside the standards, and a reference beside an entry."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel

from app.accountability import NATIONAL
from app.commands.accountability import publish_accountability
from app.queries.accountability import accountability_tables
from app.words import use
from models.types import Day
from tests.offices import TestOffice
from tests.ui.conftest import unnamed
from tests.ui.pages.files import FileDesk, verified
from tests.ui.pages.test_standards import click, dialog_of, page_of, written
from tests.ui.pages.windows import said
from ui.desk.reading import ReadingPane

TEXT = NATIONAL.read_text(encoding="utf-8")
NOTICE = "For reference only: whether and how it is handled is for the competent body to decide"


@pytest.fixture
def published(embedded: TestOffice) -> TestOffice:
    """The small office with the national table."""
    embedded.as_("officer").do(publish_accountability, TEXT, "泽政服发〔2025〕7号", Day(20250101))
    return embedded


def look_at_table(page):
    page.list.pick(page.list.shown_keys()[-1])
    return page.accountability


def shown(view) -> list[str]:
    return [view.table.rows.row_at(n).row.code for n in range(view.table.rows.rowCount())]


def words(widget) -> list[str]:
    return [label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget)]


# Among the standards


def test_the_national_table_is_offered_until_it_is_published(qtbot, idle, embedded):
    window, page = page_of(qtbot, embedded)
    view = look_at_table(page)
    assert view.isVisible() and "Not published" in words(view.head)
    view.publish.click()
    asked = dialog_of(window)
    assert any(NOTICE in text for text in words(asked))
    asked.act.click()
    assert "adopts the table" in asked.row("adopted_by").field.accessibleDescription()
    asked.row("adopted_by").field.setText("泽政服发〔2025〕7号")
    asked.row("valid_from").field.setText("2025-01-01")
    asked.act.click()
    idle()
    (one,) = embedded.as_("officer").ask(accountability_tables)
    assert one.text == TEXT and said(window) == "The accountability table is published."
    view = look_at_table(page)
    assert page.list.current() == one.uid and not view.publish.isVisible()
    assert {"In force", "edition 1", NOTICE} <= set(words(view.head))


def test_who_may_not_publish_sees_only_what_is_published(qtbot, embedded):
    _, page = page_of(qtbot, embedded, "head")
    assert len(page.list.shown_keys()) == 1


def test_it_stands_under_a_heading_of_its_own(qtbot, published):
    _, page = page_of(qtbot, published, "head")
    headings = [page.list.rows.index(n).data() for n in range(page.list.rows.rowCount())]
    assert headings[0] == "Grading standards (1)" and headings[2] == "Accountability (1)"


@pytest.mark.parametrize(
    ("typed", "codes"),
    [
        ("第三十六条", ["business"]),
        ("duty.secrets", ["secrets"]),
        ("形式主义", ["formalism"]),
        ("discharge", ["truant_long", "appraised"]),
        ("kuanggong", ["truant", "truant_long"]),
        ("no such thing", []),
    ],
)
def test_the_table_is_filtered_by_typing(qtbot, published, typed, codes):
    _, page = page_of(qtbot, published)
    view = look_at_table(page)
    view.filter.setFocus()
    qtbot.keyClicks(view.filter, typed) if typed.isascii() else view.filter.setText(typed)
    assert shown(view) == codes


def test_all_of_a_row_is_told_beneath(qtbot, published):
    _, page = page_of(qtbot, published)
    view = look_at_table(page)
    view.filter.setText("business.2007")
    text = view.detail.toPlainText()
    assert "not in force today" in text and "2007-06-01 – 2020-06-30" in text
    assert "in serious cases: dismissal" in text and "supervision organ" in text
    assert view.text.text.toPlainText() == TEXT


def test_rows_that_must_be_looked_at_again_are_counted(qtbot, idle, published):
    published.clock.day = Day(20280101)
    _, page = page_of(qtbot, published)
    view = look_at_table(page)
    idle()  # chips are shown a turn later
    assert any(text.endswith("rows to be looked at again") for text in words(view.head))


def test_a_file_is_known_as_a_table_by_what_it_says(qtbot, idle, published, tmp_path: Path):
    window, page = page_of(qtbot, published)
    page.check(written(tmp_path, TEXT.replace("edition = 1", "edition = 2")))
    idle()
    dialog = dialog_of(window)
    assert any("kinds of conduct; nothing is wrong with it" in text for text in words(dialog))
    click(dialog, "Publish")
    asked = dialog_of(window)
    asked.row("adopted_by").field.setText("泽政服发〔2025〕9号")
    asked.row("valid_from").field.setText("2025-12-01")
    asked.act.click()
    idle()
    assert [one.edition for one in published.as_("officer").ask(accountability_tables)] == [2, 1]


def test_what_is_wrong_with_a_table_is_listed_with_its_line(qtbot, idle, embedded, tmp_path: Path):
    window, page = page_of(qtbot, embedded)
    text = TEXT.replace('items = ["duty.secrets"]', 'items = "duty.secrets"')
    page.check(written(tmp_path, text), publish=True)
    idle()
    dialog = dialog_of(window)
    line = 1 + text.splitlines().index('items = "duty.secrets"')
    found = dialog.findChild(ReadingPane).toPlainText()
    assert f"line {line}" in found and "items must be a list" in found
    click(dialog, "Close")


def test_every_control_is_named(qtbot, published):
    _, page = page_of(qtbot, published)
    look_at_table(page)
    assert unnamed(page) == []


# Beside an entry


@pytest.fixture
def file(qtbot, idle):
    """Opens the entries of 0003."""
    return lambda office: FileDesk(qtbot, office, "officer", idle).go("0003", "entries")


def detail(page) -> str:
    return "\n".join(words(page.entries.detail))


def test_what_may_follow_stands_beside_a_bad_entry_for_reference(published, file):
    verified(published, item="service.rude", occurred_on=Day(20250310), decided_on=Day(20250320))
    text = detail(file(published))
    assert NOTICE in text and "泽政服发〔2025〕7号" in text
    assert "Bad and rough manner in managing and serving" in text
    assert "appointing organ, supervision organ" in text
    assert "in serious cases: demotion, removal from office" in text
    assert "公职人员政务处分法 第三十八条第一款第三项" in text
    assert "第二十八条" not in text


def test_the_law_of_the_day_of_the_act_is_shown(published, file):
    verified(published, item="service.rude", occurred_on=Day(20190310), decided_on=Day(20190320))
    text = detail(file(published))
    assert "第二十八条" in text and "第三十八条" not in text


def test_nothing_stands_beside_a_good_entry_or_where_no_table_is_in_force(published, embedded, file):
    verified(published)
    assert "Competent body" not in detail(file(published))


def test_an_office_without_a_table_shows_nothing_of_it(embedded, file):
    verified(embedded, item="service.rude")
    assert "Competent body" not in detail(file(embedded))


def test_a_row_past_its_review_is_marked(published, file):
    published.clock.day = Day(20280101)
    verified(published, item="service.rude", occurred_on=Day(20271210), decided_on=Day(20271220))
    assert "whether the law still says so" in detail(file(published))


def test_it_speaks_chinese(published, file):
    use("zh_CN")
    verified(published, item="duty.absent", occurred_on=Day(20251210), decided_on=Day(20251212))
    text = detail(file(published))
    assert "区分不同情况：谈话提醒、批评教育、责令检查、诫勉、组织调整" in text
    assert "涉嫌职务违法和职务犯罪的：移送有权机关" in text
