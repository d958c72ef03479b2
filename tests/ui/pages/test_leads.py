"""The page of leads: registered, found, closed, followed up and handed over with the keyboard."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLabel, QPushButton

from app.commands.accounts import add_account, grant_role
from app.commands.leads import register_lead
from app.commands.promises import add_promises
from app.queries.lead_choices import handovers, promises
from app.queries.leads import lead_view
from app.rules.inputs import Circumstances, NewPromise
from models.types import Channel, ClearingScope, Day, LeadStatus, ReplyWay, Role
from tests.app.commands.lead_cases import LEAD, WHO, closed, late, registered
from tests.offices import PASSWORD, WINDOW
from tests.ui.conftest import unnamed, wait_until_idle
from tests.ui.pages.windows import said
from tests.ui.typing import type_text
from ui.dialogs.paper import PaperDialog
from ui.dialogs.reason import ReasonDialog
from ui.fields import ChoiceField
from ui.page import Place
from ui.pages.leads.promises import PromisesDialog
from ui.window import build_window


class Desk:
    """The window of an account at the page of leads."""

    def __init__(self, qtbot, office, login, *args):
        self.qtbot, self.office, self.context = qtbot, office, office.as_(login)
        self.window = build_window(self.context)
        qtbot.addWidget(self.window)
        self.window.resize(1366, 768)
        with qtbot.waitActive(self.window):
            self.window.show()
        self.window.go(Place("leads", args))
        wait_until_idle()
        self.page = self.window.page("leads")

    def press(self, text):
        """A button of the detail, or a choice in the menu behind them."""
        for one in self.page.detail.findChildren(QPushButton):
            if one.text() == text:
                one.click()
                break
            if one.menu() and (found := [act for act in one.menu().actions() if act.text() == text]):
                found[0].trigger()
                break
        else:
            raise AssertionError(f"{text} is not offered: {self.offered()}")
        wait_until_idle()

    def offered(self):
        shown = self.page.detail.buttons
        texts = [one.text() for one in shown if not one.menu()]
        return texts + [act.text() for one in shown if one.menu() for act in one.menu().actions()]

    def answer(self, **values):
        """What the open question asks; the dialog is given back."""
        (dialog,) = (one for one in self.window.findChildren(ReasonDialog) if one.isVisible())
        for name, value in values.items():
            field = dialog.row(name).field
            if isinstance(field, ChoiceField):
                field.choose(value)
            else:
                field.clear()
                type_text(field, value)
        dialog.act.click()
        wait_until_idle()
        return dialog

    def whole(self):
        """All that the detail says."""
        return "\n".join(
            label.text() for label in self.page.detail.findChildren(QLabel) if label.isVisibleTo(self.window)
        )

    def count(self):
        return len(self.page.model.ids)


@pytest.fixture
def at(qtbot, embedded):
    """Opens the page for an account."""

    def open_(login, *args):
        return Desk(qtbot, embedded, login, *args)

    return open_


def test_enter_goes_to_what_is_next_and_esc_back_to_the_list(at, embedded, qtbot):
    late(embedded)
    desk = at("officer")
    assert unnamed(desk.page) == []
    assert "窗口无人" in desk.whole() and "ZL12345-1" in desk.whole()
    desk.page.table.setFocus()
    qtbot.keyClick(desk.page.table, Qt.Key.Key_Return)
    assert desk.window.focusWidget().text() == "Close the lead…"
    qtbot.keyClick(desk.window.focusWidget(), Qt.Key.Key_Escape)
    assert desk.window.focusWidget() is desk.page.table


def test_a_lead_is_closed_and_its_refusals_stand_beside_their_fields(at, embedded):
    uid = registered(embedded)
    desk = at("officer", uid)
    assert desk.window.focusWidget().text() == "Close the lead…"
    desk.press("Close the lead…")
    dialog = desk.answer(outcome="经查属实", closed_on="11-1")
    assert "came of the lead" in dialog.row("status").refusal
    dialog = desk.answer(status=LeadStatus.SUBSTANTIATED)
    assert "before" in dialog.row("closed_on").refusal
    assert dialog.row("outcome").field.text() == "经查属实"  # all that was typed stays
    desk.answer(closed_on="12-10")
    assert said(desk.window) == "The lead is closed."
    assert desk.offered()[:2] == ["Record an entry from it…", "What is to be put right…"]
    desk.press("Record an entry from it…")
    assert desk.window.here() == Place("file", ("0003", "new", uid))
    assert desk.window.page("file").form.draft().lead == uid


def test_what_follows_is_tracked_until_nothing_is_left(at, embedded):
    uid = closed(embedded, LeadStatus.SUBSTANTIATED)
    desk = at("officer", uid)
    desk.press("What is to be put right…")
    desk.answer(remedy="修订值班表", remedy_by="5")
    row = embedded.as_("officer").ask(lead_view, uid).row
    assert (row.remedy, row.remedy_by) == ("修订值班表", 20251225)  # five working days
    desk.press("Record the check…")
    assert (
        "put right"
        in desk.answer(checked_on="12-18", checked_by="办公室", check_note="已修订").row("remedied").refusal
    )
    desk.answer(remedied="yes")
    desk.press("Record the answer…")
    desk.answer(replied_on="12-18", reply_way=ReplyWay.PHONE)
    row = embedded.as_("officer").ask(lead_view, uid).row
    assert row.remedied and row.reply_way is ReplyWay.PHONE and not list(row.steps())
    assert desk.offered() == ["Record an entry from it…"]


def test_a_clearing_is_issued_and_shown_as_it_will_be_on_paper(at, embedded):
    uid = closed(embedded, LeadStatus.UNSUBSTANTIATED)
    desk = at("officer", uid)
    desk.press("Issue a clearing…")
    desk.answer(
        cleared_by="泽临市政务服务局", scope=ClearingScope.DEPARTMENT, agreed_on="12-11", cleared_on="12-12"
    )
    assert "Issue a clearing…" not in desk.offered()
    desk.press("Print the clearing…")
    (paper,) = desk.window.findChildren(PaperDialog)
    assert paper.isVisible()


def test_a_due_date_in_the_past_is_refused_beside_its_field(at, embedded, qtbot):
    desk = at("officer", "new", "0003")
    form = desk.page.form
    assert form.isVisible() and form.lines["staff_no"].text() == "0003"
    type_text(form.received_on, "12-15")
    type_text(form.matter, "电话无人接听")
    type_text(form.due_on, "2025-12-16")
    form.submit.click()
    wait_until_idle()
    assert "has passed" in form.rows["due_on"].refusal and form.isVisible()
    assert form.matter.text() == "电话无人接听"
    form.due_on.clear()
    type_text(form.due_on, "3")
    form.submit.click()
    wait_until_idle()
    assert not form.isVisible() and said(desk.window) == "The lead is registered."
    assert (desk.count(), form.matter.text()) == (1, "")
    assert "2025-12-23" in desk.whole()


def test_the_form_finds_the_person_and_asks_what_the_channel_needs(at, embedded, qtbot):
    embedded.as_("officer").do(add_promises, [NewPromise("备案", "3个工作日", "窗口", Day(20250101))])
    desk = at("officer", "new", "")
    form, line = desk.page.form, desk.page.form.lines["staff_no"]
    assert unnamed(form) == []
    type_text(line, "王丽")
    line.editingFinished.emit()
    wait_until_idle()
    assert "0003" in form.rows["staff_no"].refusal and "0004" in form.rows["staff_no"].refusal
    line.setText("xw")
    line.editingFinished.emit()
    wait_until_idle()
    assert line.text() == "0002" and not form.rows["staff_no"].refusal
    assert not form.rows["hearing"].isVisible()
    form.channel.choose(Channel.ENFORCEMENT_REVIEW)
    assert form.rows["hearing"].isVisible()
    type_text(form.received_on, "12-15")
    type_text(form.matter, "重复检查")
    form.submit.click()
    wait_until_idle()
    assert "heard" in form.rows["hearing"].refusal
    type_text(form.hearing, "书面征求意见")
    form.promise.setCurrentIndex(1)
    form.handler.choose("other_head")
    form.submit.click()
    wait_until_idle()
    assert "书面征求意见" in desk.whole() and "备案 · 3个工作日 · 窗口" in desk.whole()


def test_who_complained_is_shown_on_request_to_registrar_and_handler(at, embedded):
    embedded.as_("officer").do(add_account, "colleague", "赵六", PASSWORD)
    embedded.as_("officer").do(grant_role, "colleague", Role.PERSONNEL_OFFICER)
    uid = registered(embedded, who=WHO)
    desk = at("officer", uid)
    assert WHO.name not in desk.whole()
    desk.press("Show who complained")
    assert WHO.name in desk.whole() and WHO.contact in desk.whole()
    other = at("colleague", uid)
    assert WHO.name not in other.whole() and "alone" in other.whole()


def test_who_complained_is_destroyed_once_answered(at, embedded):
    uid = closed(embedded, LeadStatus.UNSUBSTANTIATED, who=WHO)
    desk = at("officer", uid)
    assert "Destroy who complained…" not in desk.offered()
    desk.press("Record the answer…")
    desk.answer(replied_on="12-18", reply_way=ReplyWay.LETTER)
    desk.press("Destroy who complained…")
    desk.answer()
    assert not embedded.as_("officer").ask(lead_view, uid).holds_complainant


def test_overdue_ones_open_from_the_home_page(at, embedded):
    late(embedded)
    registered(embedded, order_no="ZL12345-2")
    desk = at("officer")
    assert desk.count() == 2
    desk.window.go(Place("leads", ("overdue",)))
    wait_until_idle()
    assert desk.count() == 1 and "overdue" in desk.whole()


def test_filters_and_search_and_what_is_said_where_nothing_is_found(at, embedded, qtbot):
    registered(embedded)
    registered(embedded, order_no="ZL12345-2", channel=Channel.AUDIT, matter="台账不全")
    desk = at("officer")
    page = desk.page
    for text, count in (("台账", 1), ("ZL12345", 2), ("王丽", 2), ("没有的", 0)):
        page.search.setText(text)
        page.search.returnPressed.emit()
        wait_until_idle()
        assert desk.count() == count
    qtbot.keyClick(page, Qt.Key.Key_Escape)
    wait_until_idle()
    assert desk.count() == 2
    page.channel.choose(Channel.AUDIT)
    page.channel.activated.emit(0)
    wait_until_idle()
    assert desk.count() == 1


def test_a_handler_finds_the_own_leads_and_closes_them(at, embedded):
    mine = registered(embedded, "other_head")
    registered(embedded, order_no="ZL12345-2")
    desk = at("other_head")
    assert desk.count() == 1 and desk.offered() == ["Close the lead…"]
    assert not desk.page.register.isEnabled()
    desk.press("Close the lead…")
    desk.answer(status=LeadStatus.UNSUBSTANTIATED, closed_on="12-18", outcome="不属实")
    assert embedded.as_("officer").ask(lead_view, mine).row.status is LeadStatus.UNSUBSTANTIATED


def test_a_lead_goes_into_other_hands_and_gets_more_time(at, embedded):
    uid = registered(embedded)
    desk = at("officer", uid)
    desk.press("Give to someone else…")
    assert desk.answer(handler="other_head").row("reason").refusal
    desk.answer(reason="调整分工")
    desk.press("Put off the due date…")
    desk.answer(due_on="20", reason="案情复杂")
    row = embedded.as_("officer").ask(lead_view, uid).row
    assert (row.handler, row.due_on, row.reason) == ("欧阳敏", 20260116, "案情复杂")


def test_the_person_is_named_later(at, embedded):
    officer = embedded.as_("officer")
    more = Circumstances(department_id=WINDOW)
    uid = officer.do(register_lead, LEAD._replace(staff_no=""), "", more).uids[0]
    desk = at("officer", uid)
    assert "person not known yet" in desk.whole()
    desk.press("Name the person…")
    desk.answer(staff_no="0005")
    assert officer.ask(lead_view, uid).row.status is LeadStatus.PASSED_ON
    named = [one.text() for one in desk.page.detail.findChildren(QPushButton)]
    assert desk.count() == 1 and "阿依古丽·买买提 0005 · 审批一科" in named


def test_a_discipline_matter_is_handed_over_and_nothing_of_it_stays(at, embedded):
    uid = registered(embedded)
    desk = at("officer", uid)
    desk.press("Hand over as a discipline matter…")
    dialog = desk.answer(handed_on="12-17", body="市纪委监委驻局纪检监察组")
    assert dialog.row("letter_no").refusal
    desk.answer(letter_no="泽政服函〔2025〕60号")
    assert desk.count() == 0 and "窗口无人" not in desk.whole()
    (row,) = embedded.as_("officer").ask(handovers)
    assert row.letter_no == "泽政服函〔2025〕60号"


def test_promises_are_added_and_ended_and_a_handing_over_is_registered(at, embedded):
    desk = at("officer")
    desk.page.promises.trigger()
    wait_until_idle()
    (dialog,) = desk.window.findChildren(PromisesDialog)
    assert unnamed(dialog) == [] and isinstance(dialog, QDialog)
    dialog.add.click()
    desk.answer(matter="备案", term="3个工作日", post="窗口", published_on="12-1")
    assert dialog.promises.count() == 1
    dialog.promises.setCurrentRow(0)
    dialog.end.click()
    desk.answer(ended_on="12-18")
    assert "ended on 2025-12-18" in dialog.promises.item(0).text() and not dialog.end.isEnabled()
    assert embedded.as_("officer").ask(promises)[0].ended_on == 20251218
    dialog.hand_over.click()
    desk.answer(handed_on="12-17", body="市纪委", letter_no="61号")
    assert dialog.handovers.item(0).text() == "2025-12-17 · 市纪委 · 61号"


def test_where_nothing_is_registered_it_says_how_to_begin(at, embedded):
    desk = at("officer", "every")
    assert desk.count() == 0
    (begin,) = (
        one
        for one in desk.page.findChildren(QPushButton)
        if one.text() == "Register a lead…" and one.parentWidget() is desk.page._stack.currentWidget()
    )
    begin.click()
    wait_until_idle()
    assert desk.page.form.isVisible()
