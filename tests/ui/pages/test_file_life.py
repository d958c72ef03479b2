"""The life of an entry in the window: told, heard, corrected, revoked by two, lifted."""

from collections.abc import Callable
from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLabel, QLineEdit, QMessageBox, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.commands.conduct import correct_entry, record_entry, verify_entry
from app.commands.hearing import Delivered, deliver_notice, issue_notice, rebut_entry
from app.commands.revoking import propose_revocation
from app.queries.files import FileView, file_view
from app.rules.grading.case import year
from models.types import Day, Delivery, EntryStatus, Uid
from tests.app.commands.test_correcting import BASIS, RIGHT, WHY
from tests.app.commands.test_hearing import FOUND_OUT
from tests.offices import TODAY, TestOffice, entry
from tests.ui.conftest import unnamed
from tests.ui.pages.files import FileDesk, verified
from tests.ui.typing import type_text
from ui.dialogs.paper import PaperDialog
from ui.dialogs.reason import ReasonDialog
from ui.pages.file.page import FilePage
from ui.pages.file.timeline_model import spoken

Open = Callable[[str], FileDesk]
Idle = Callable[[], None]


@pytest.fixture
def at(qtbot: QtBot, embedded: TestOffice, idle: Idle) -> Open:
    """Opens the window of an account."""
    return partial(FileDesk, qtbot, embedded, idle=idle)


def words(widget: QWidget) -> list[str]:
    return [label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget)]


def buttons(page: FilePage) -> dict[str, QPushButton]:
    shown = page.entries.detail.findChildren(QPushButton)
    return {button.text(): button for button in shown if button.isVisibleTo(page)}


def more(page: FilePage) -> dict[str, QAction]:
    """What stands in the menu."""
    menu = buttons(page)["More"].menu()
    assert menu is not None
    return {action.text(): action for action in menu.actions()}


def answer(page: FilePage, idle: Idle, **typed: str) -> ReasonDialog:
    dialog = page.findChild(ReasonDialog)
    assert isinstance(dialog, ReasonDialog)
    for name, text in typed.items():
        type_text(dialog.row(name).field, text)
    dialog.act.click()
    idle()
    return dialog


def view(office: TestOffice) -> FileView:
    return office.as_("officer").ask(file_view, "0003", year(2025))


def undecided(office: TestOffice) -> Uid:
    uid = office.as_("officer").do(record_entry, entry(**FOUND_OUT)).uids[0]
    office.as_("verifier").do(verify_entry, uid)
    return uid


def told(office: TestOffice) -> Uid:
    uid = undecided(office)
    office.as_("officer").do(issue_notice, uid, "告〔2025〕1号", TODAY)
    office.as_("officer").do(deliver_notice, uid, Delivered(TODAY, Delivery.SIGNED))
    return uid


def test_the_officer_tells_the_person_and_takes_in_the_statement(
    at: Open, embedded: TestOffice, idle: Idle
) -> None:
    uid = undecided(embedded)
    page = at("officer").go("0003", "entries")
    assert list(buttons(page)) == [
        "Issue the notice…",
        "Record its delivery…",
        "Statement of the person…",
        "Withdraw…",
        "More",
    ]
    assert "Issue it first" in buttons(page)["Record its delivery…"].toolTip()
    assert "To be heard" in words(page.entries.detail)
    assert spoken(page.entries.list.rows.rows[0]).endswith("Not counted: the person is not heard yet")
    buttons(page)["Issue the notice…"].click()
    dialog = page.findChild(ReasonDialog)
    assert isinstance(dialog, ReasonDialog)
    type_text(dialog.row("term").field, "fünf")
    answer(page, idle, number="告〔2025〕1号", on="12-18")
    assert "number of working days" in dialog.row("term").refusal
    term = dialog.row("term").field
    assert isinstance(term, QLineEdit)
    term.setText("7")
    dialog.act.click()
    idle()
    paper = page.findChild(PaperDialog)
    assert isinstance(paper, PaperDialog) and paper.preview.pages >= 1
    assert unnamed(paper) == []
    paper.reject()
    assert {"告〔2025〕1号 · 2025-12-18", "not delivered yet"} <= set(words(page.entries.detail))
    buttons(page)["Record its delivery…"].click()
    refused = answer(page, idle, on="12-18")
    assert refused.row("delivery").refusal
    refused.reject()
    embedded.as_("officer").do(deliver_notice, uid, Delivered(TODAY, Delivery.LEFT, "赵六"))
    page = at("officer").go("0003", "entries")
    assert "2025-12-18 · Left for the person · 赵六" in words(page.entries.detail)
    assert "delivered on 2025-12-18" in buttons(page)["Record its delivery…"].toolTip()
    buttons(page)["Statement of the person…"].click()
    answer(page, idle, text="当日系统停机。", received_on="12-18")
    assert {"当日系统停机。", "received on 2025-12-18 by 张三"} <= set(words(page.entries.detail))
    assert spoken(page.entries.list.rows.rows[0]).endswith("with a statement of the person")
    assert unnamed(page) == []


def test_the_verifier_lets_it_take_effect_and_is_told_why_not_yet(
    at: Open, embedded: TestOffice, idle: Idle
) -> None:
    uid = told(embedded)
    page = at("verifier").go("0003", "entries")
    button = buttons(page)["Let it take effect…"]
    assert not button.isEnabled() and "until 2025-12-25" in button.toolTip()
    embedded.as_("officer").do(rebut_entry, uid, "当日系统停机。", TODAY)
    page = at("verifier").go("0003", "entries")
    buttons(page)["Let it take effect…"].click()
    dialog = page.findChild(ReasonDialog)
    assert isinstance(dialog, ReasonDialog) and any("当日系统停机。" in text for text in words(dialog))
    answer(page, idle, finding="停机记录不在当日，不予采纳")
    assert view(embedded).entries[0].status is EntryStatus.EFFECTIVE
    assert "停机记录不在当日，不予采纳" in words(page.entries.detail)


def test_a_record_that_is_wrong_is_recorded_as_it_should_have_been(
    at: Open, embedded: TestOffice, idle: Idle
) -> None:
    old = verified(embedded, item="service.overdue")
    page = at("officer").go("0003", "entries")
    more(page)["The record is wrong…"].trigger()
    answer(page, idle, reason="日期有误")
    assert page.form.isVisible() and page.form.draft().item == "service.overdue"
    facts = page.form.fields.facts
    facts.setPlainText("更正后的事实")
    page.form.submit(go_on=False)
    idle()
    new = next(one for one in view(embedded).entries if one.instead_of == old)
    assert (new.supersedes_reason, new.status) == ("日期有误", EntryStatus.SUBMITTED)
    assert {"It corrects", "日期有误"} <= set(words(page.entries.detail))
    page.entries.list.choose(old)
    idle()
    assert "A correction of it is under way" in words(page.entries.detail)
    assert not more(page)["The record is wrong…"].isEnabled()
    assert "under way" in more(page)["The record is wrong…"].toolTip()
    embedded.as_("verifier").do(verify_entry, new.uid)
    page = at("officer").go("0003", "entries")
    page.entries.list.choose(old)
    assert {"Superseded by", "Superseded", "日期有误"} <= set(words(page.entries.detail))


def test_another_decision_on_the_act_begins_with_the_act(at: Open, embedded: TestOffice, idle: Idle) -> None:
    uid = verified(embedded, item="sanction.party_warning")
    page = at("officer").go("0003", "entries")
    more(page)["Another decision on this act…"].trigger()
    idle()
    draft = page.form.draft()
    (known,) = view(embedded).entries
    assert (draft.act, draft.occurred_on, draft.facts) == (known.act, "2025-03-10", known.facts)
    assert (draft.item, draft.document_no, draft.instead_of) == ("", "", "")
    page.form.put_draft(
        draft._replace(
            item="sanction.warning",
            decided_on="2025-12-01",
            authority="市局",
            document_no="局〔2025〕8号",
            paper="处分决定书",
            place="柜3",
        )
    )
    page.form.submit(go_on=False)
    idle()
    second = next(one for one in view(embedded).entries if one.uid != uid)
    assert (second.act, second.item) == (known.act, "sanction.warning")


def test_a_revocation_is_proposed_by_one_and_confirmed_by_another(
    at: Open, embedded: TestOffice, idle: Idle, qtbot: QtBot
) -> None:
    uid = verified(embedded, item="service.overdue")
    embedded.as_("officer").do(propose_revocation, uid, BASIS)
    page = at("verifier").go("0003", "entries")
    assert list(buttons(page)) == ["Confirm the revocation…", "Refuse it…"]
    assert any("张三 proposed to revoke it" in text for text in words(page.entries.detail))
    buttons(page)["Refuse it…"].click()
    answer(page, idle, reason="决定不涉及本事项")
    embedded.as_("officer").do(propose_revocation, uid, BASIS)
    page = at("verifier").go("0003", "entries")
    buttons(page)["Confirm the revocation…"].click()
    box = page.window().findChild(QMessageBox)
    qtbot.keyClick(box, Qt.Key.Key_Return)  # the dangerous one is never the default
    assert view(embedded).entries[0].status is EntryStatus.EFFECTIVE
    buttons(page)["Confirm the revocation…"].click()
    (box,) = (one for one in page.window().findChildren(QMessageBox) if one.isVisible())
    next(one for one in box.buttons() if one.text() == "Confirm the revocation").click()
    idle()
    assert view(embedded).entries[0].status is EntryStatus.REVOKED


def test_a_lifting_ends_the_period_and_the_chip_goes(at: Open, embedded: TestOffice, idle: Idle) -> None:
    verified(embedded, item="sanction.demerit", document_no="监1号")
    second = {"occurred_on": Day(20251001), "decided_on": Day(20251110), "document_no": "监2号"}
    verified(embedded, item="sanction.warning", **second)
    page = at("officer").go("0003", "entries")
    assert any(text == "Influence period until 2026-09-09" for text in words(page.head))
    told = "4 months left of an earlier one + 6 months, until 2026-09-09"
    assert told in words(page.entries.detail)
    more(page)["The sanction was lifted…"].trigger()
    answer(page, idle, document_no="监解1号", on="12-18")
    assert "2025-12-18 · 监解1号" in words(page.entries.detail)
    assert any(text == "Influence period until 2026-03-09" for text in words(page.head))
    assert "on file already" in more(page)["The sanction was lifted…"].toolTip()


def test_the_evidence_of_the_earlier_entry_is_shown_with_the_correction(
    at: Open, embedded: TestOffice
) -> None:
    from app.commands.evidence import NewEvidence, add_evidence

    old = verified(embedded, item="service.overdue")
    embedded.as_("officer").do(add_evidence, old, NewEvidence("核查表", place="柜3"))
    new = embedded.as_("officer").do(correct_entry, old, RIGHT, WHY).uids[0]
    page = at("officer").go("0003", "entries")
    page.entries.list.choose(new)
    assert any(
        text.startswith("On paper: 柜3") and text.endswith("of the earlier entry")
        for text in words(page.entries.detail)
    )


def test_the_history_tells_what_the_person_stated_and_objected_to(at: Open, embedded: TestOffice) -> None:
    uid = told(embedded)
    officer = embedded.as_("officer")
    officer.do(rebut_entry, uid, "当日系统停机。", TODAY)
    page = at("officer").go("0003", "history")
    day = page.history.topLevelItem(0)
    assert day is not None
    happened = {day.child(n).text(1): day.child(n) for n in range(day.childCount())}
    statement = happened["Statement of the person received"]
    assert statement.text(2) == "Handled past the time limit"
    statement.setExpanded(True)
    said = {statement.child(n).text(1): statement.child(n).text(2) for n in range(statement.childCount())}
    assert said["Statement of the person"] == "当日系统停机。" and said["Received by"] == "张三"
    notice = happened["Notice to the person delivered"]
    assert notice.text(2).startswith("告〔2025〕1号")
    notice.setExpanded(True)
    said = {notice.child(n).text(1): notice.child(n).text(2) for n in range(notice.childCount())}
    assert said["How delivered"] == "Signed for"
