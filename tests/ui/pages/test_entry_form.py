import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel

from app.queries.files import file_view
from app.rules.grading.case import year
from models.types import AuthorityLevel, Channel, Day, EntryStatus
from tests.ui.pages.files import FileDesk, verified
from tests.ui.pages.windows import box_of, press
from tests.ui.typing import type_text
from ui.page import Place
from ui.pages.entry.draft import Attached, Draft

REWARD = Draft(
    item="reward.commendation",
    occurred_on="2025-3-10",
    authority="泽临市人民政府",
    document_no="泽政〔2025〕8号",
)
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def desk(desk, qtbot, embedded, idle):
    """The window of the officer."""
    return FileDesk(qtbot, embedded, "officer", idle)


@pytest.fixture
def form(qtbot, desk):
    """The form over the file of 王丽."""
    made = desk.go("0003", "new").form
    qtbot.waitUntil(made.fields.item.hasFocus)
    return made


@pytest.fixture
def kept(embedded):
    """The entries on file."""
    return lambda staff_no="0003": embedded.as_("officer").ask(file_view, staff_no, year(2025)).entries


def key(qtbot, code, modifier=Qt.KeyboardModifier.NoModifier):
    """A popup has the keys as long as it is open."""
    qtbot.keyClick(QApplication.activePopupWidget() or QApplication.focusWidget(), code, modifier)


def type_through(qtbot, *texts):
    """Type into one field after the other, with Enter between them."""
    for text in texts:
        if text:
            type_text(QApplication.focusWidget(), text)
        key(qtbot, Qt.Key.Key_Return)


def said(form):
    return [line.text() for line in form._said.lines if line.text()]


def refused(form):
    return {
        name: row.field.accessibleDescription()
        for name, row in form.fields.rows.items()
        if row.field.property("refused") == "true"
    }


def test_ctrl_n_opens_it_and_an_entry_is_recorded_without_the_mouse(qtbot, desk, kept, idle):
    page = desk.go("0003")
    page.tabs.bar.setFocus()
    key(qtbot, Qt.Key.Key_N, CTRL)
    qtbot.waitUntil(page.form.fields.item.hasFocus)
    idle()
    assert desk.window.here() == Place("file", ("0003", "new"))
    type_through(qtbot, "jj", "2025.3.10", "3-12", "", "泽临市人民政府")
    QApplication.focusWidget().setCurrentIndex(4)
    type_through(qtbot, "", "泽政〔2025〕8号", "年度考核优秀。", "", "", "", "审批表", "柜3")
    key(qtbot, Qt.Key.Key_Return, CTRL)
    idle()
    (entry,) = kept()
    assert (entry.item, entry.occurred_on, entry.decided_on) == ("reward.commendation", 20250310, 20250312)
    assert (entry.authority, entry.level) == ("泽临市人民政府", AuthorityLevel.CITY)
    assert (entry.document_no, entry.facts) == ("泽政〔2025〕8号", "年度考核优秀。")
    assert entry.status is EntryStatus.SUBMITTED and entry.channel is Channel.OWN_UNIT
    assert not page.form.isVisible() and page.form.draft().is_empty()
    assert page.entries.list.chosen().uid == entry.uid
    assert [one.place for one in page._reading.view.evidence] == ["柜3"]


def test_it_tells_what_the_entry_would_count(form):
    assert said(form) == ["What it would count is shown here as soon as item and date are known."]
    demerit = Draft(item="sanction.demerit", occurred_on="2025-3-10", decided_on="2025-3-28")
    form.put_draft(demerit)
    assert said(form)[-1].startswith("No competent body decided it: the person is told and heard")
    form.put_draft(demerit._replace(document_no="泽监〔2025〕1号"))
    assert said(form) == [
        "Once verified: −18 points, until 2026-09-27 · Fair directly, whatever the score",
        "Score 100 → 82 · grade Good → Fair",
        "Influence period: 12 months, until 2026-03-27. Promotion waits.",
        "Annual appraisal: 当年年度考核只写评语，不定等次",
    ]
    form.put_draft(Draft(item="reward.commendation", occurred_on="2023-3-10"))
    assert said(form)[0] == "Would not count in 2025: no longer valid at the end of the period"


def test_something_alike_on_file_is_pointed_out(desk, embedded):
    verified(embedded)
    form = desk.go("0003", "new").form
    form.put_draft(Draft(document_no="泽政服人〔2025〕45号"))
    assert (
        said(form)[0]
        == "Already in this file: Commendation · 2025-03-10 · 泽政服人〔2025〕45号. Is it the same?"
    )
    form.put_draft(Draft(item="reward.commendation", occurred_on="2025-3-10"))
    assert said(form)[0].startswith("Already in this file")
    form.put_draft(Draft(item="reward.commendation", occurred_on="2025-3-11"))
    assert not said(form)[0].startswith("Already in this file")


def test_the_same_act_can_be_named_and_counts_once(desk, embedded, kept, idle):
    verified(embedded, item="sanction.party_warning")
    form = desk.go("0003", "new").form
    act = kept()[0].act
    form.put_draft(REWARD._replace(item="sanction.warning", act=act, paper="处分决定书", place="柜3"))
    assert "Score 88 → 88 · grade stays Fair" in said(form)
    form.submit(go_on=False)
    idle()
    assert {entry.act for entry in kept()} == {act}


def test_what_is_wrong_is_said_beside_each_field_and_everything_stays(qtbot, form, kept, idle):
    typed = Draft(
        item_typed="什么", occurred_on="2025-13-1", decided_on="2026-1-1", facts="事实", place="柜3"
    )
    form.put_draft(typed)
    form.submit(go_on=False)
    idle()
    assert set(refused(form)) == {
        "item",
        "occurred_on",
        "decided_on",
        "authority",
        "document_no",
        "paper",
    }
    assert "is still to come" in refused(form)["decided_on"]
    assert form.draft() == typed and kept() == ()
    assert form.fields.item.hasFocus()
    form.put_draft(
        typed._replace(
            item="duty.absent",
            item_typed="",
            occurred_on="2025-3-1",
            decided_on="",
            place="",
            authority="泽临市效能办",
            document_no="泽效督〔2025〕14号",
        )
    )
    form.submit(go_on=False)
    idle()
    assert refused(form) == {} and len(kept()) == 1


def test_what_was_refused_is_judged_again_with_every_key(qtbot, form):
    form.put_draft(REWARD._replace(occurred_on="2025-13-1", authority=""))
    form.submit(go_on=False)
    assert set(refused(form)) == {"occurred_on", "authority"}
    field = form.fields.rows["authority"].field
    type_text(field, "本局")
    assert set(refused(form)) == {"occurred_on"}
    form.fields.rows["occurred_on"].field.setText("2025-3-1")
    assert refused(form) == {}
    field.clear()
    assert refused(form) == {}


def test_a_date_that_is_none_is_told_when_its_field_is_left(qtbot, form):
    field = form.fields.rows["occurred_on"].field
    field.setFocus()
    type_text(field, "2025-13-1")
    assert refused(form) == {}
    key(qtbot, Qt.Key.Key_Return)
    assert "not in the calendar" in refused(form)["occurred_on"]
    assert form.fields.rows["decided_on"].field.hasFocus()
    key(qtbot, Qt.Key.Key_Return)
    assert set(refused(form)) == {"occurred_on"}


def test_nobody_has_seen_a_paper_until_it_is_said(qtbot, desk, form, idle):
    seen = form.fields.rows["seen"].field
    assert not seen.isEnabled() and not seen.isChecked()
    form.put_draft(REWARD._replace(paper="审批表", place="柜3"))
    form.submit(go_on=False)
    idle()
    page = desk.go("0003", "new")
    form.put_draft(REWARD._replace(item="honour.named", paper="证书", place="柜3"))
    form.fields.rows["place"].field.setFocus()
    key(qtbot, Qt.Key.Key_Return)
    key(qtbot, Qt.Key.Key_Space)
    key(qtbot, Qt.Key.Key_Return)
    assert form.draft().seen and form.fields.rows["evidence"].field.hasFocus()
    form.submit(go_on=False)
    idle()
    assert [one.seen_by for one in page._reading.view.evidence] == [None, "张三"]


def test_a_probable_duplicate_is_asked_about(qtbot, desk, embedded, kept, idle):
    verified(embedded)
    form = desk.go("0003", "new").form
    form.put_draft(REWARD._replace(document_no="", paper="审批表", place="柜3"))
    form.submit(go_on=False)
    box = box_of(desk.window)
    assert "Commendation · 2025-03-10" in box.informativeText()
    qtbot.keyClick(box, Qt.Key.Key_Return)
    idle()
    assert len(kept()) == 1 and form.draft().paper == "审批表"
    form.submit(go_on=False)
    press(box_of(desk.window), "Record it all the same")
    assert len(kept()) == 2


def test_a_long_warning_is_shown_whole_and_moves_nothing(qtbot, desk, embedded):
    verified(embedded, document_no="泽政服人〔2025〕45号" * 3)
    verified(embedded, document_no="泽政服人〔2025〕46号" * 3)
    form = desk.go("0003", "new").form
    form.put_draft(REWARD._replace(occurred_on=""))
    high = form.fields_area.height()
    form.put_draft(REWARD)
    qtbot.waitUntil(lambda: form._said.lines[0].height() > 1.8 * form.fontMetrics().height())
    for line in form._said.lines:
        assert line.isHidden() or line.height() >= line.heightForWidth(line.width())
    assert form.fields_area.height() == high


def test_evidence_that_cannot_be_read_is_refused_beside_its_field(form, kept, idle, tmp_path):
    gone = tmp_path / "gone.pdf"
    files = (Attached(gone.name, gone),)
    form.put_draft(Draft(item="duty.absent", occurred_on="2025-3-1", authority="本局", files=files))
    form.submit(go_on=False)
    idle()
    assert "gone.pdf cannot be read" in refused(form)["evidence"] and kept() == ()
    gone.write_bytes(b"%PDF")
    form.submit(go_on=False)
    idle()
    assert len(kept()) == 1


def test_f9_begins_the_next_under_the_same_document(qtbot, form, kept, idle):
    document = Draft(
        decided_on="2025-03-12",
        authority="泽临市人民政府",
        level=AuthorityLevel.CITY,
        document_no="泽政〔2025〕8号",
    )
    form.put_draft(document._replace(item="reward.commendation", occurred_on="2025-3-10", facts="一"))
    key(qtbot, Qt.Key.Key_F9)
    idle()
    assert form.isVisible() and form.draft() == document and form.people.person.hasFocus()
    assert len(kept()) == 1
    key(qtbot, Qt.Key.Key_Return)
    assert form.fields.item.hasFocus()
    form.fields.rows["decided_on"].field.setFocus()
    form.fields.item.setFocus()
    assert not form.waits()
    form.put_draft(document._replace(item="honour.named", occurred_on="2025-3-11"))
    assert form.waits()
    key(qtbot, Qt.Key.Key_F9)
    idle()
    assert [entry.document_no for entry in kept()] == ["泽政〔2025〕8号"] * 2


def test_the_last_document_is_offered_in_the_next_file(desk, form, idle):
    form.put_draft(REWARD)
    form.submit(go_on=False)
    idle()
    desk.go("0004", "new")
    assert form._again.isVisibleTo(form)
    form._again.click()
    assert form.draft().document_no == "泽政〔2025〕8号"
    assert not form._again.isVisibleTo(form)


def test_what_f9_keeps_is_no_draft_and_is_offered_in_the_next_file(qtbot, desk, form, idle):
    page = desk.window.page("file")
    form.put_draft(REWARD._replace(decided_on="3-12", document_no="", paper="审批表", place="柜3"))
    form.fields.rows["decided_on"].field.setFocus()
    key(qtbot, Qt.Key.Key_F9)
    idle()
    assert form.draft().decided_on == "2025-03-12"
    desk.go("0004", "new")
    assert form.draft().is_empty() and page.unsaved() == ""
    form._again.click()
    assert form.draft().authority == "泽临市人民政府" and page.unsaved() == ""
    desk.go("0003")
    assert page.head.record.text() == "Record an entry…" and form.draft().is_empty()


def test_esc_closes_and_keeps_the_draft_of_each_file(qtbot, desk, form, idle):
    page = desk.window.page("file")
    type_text(form.fields.item, "jiajiang")
    key(qtbot, Qt.Key.Key_Return)
    key(qtbot, Qt.Key.Key_Escape)
    idle()
    assert not form.isVisible() and desk.window.here() == Place("file", ("0003", "entries"))
    assert page.head.record.text() == "Continue the draft…"
    desk.go("0004", "new")
    assert form.draft().is_empty()
    desk.go("0003", "new")
    assert form.draft().item == "reward.commendation"


@pytest.mark.parametrize("field", ["item", "person", "authority"])
def test_esc_closes_the_suggestions_before_it_closes_the_form(qtbot, desk, embedded, field):
    verified(embedded, authority="泽临市监察局")
    form = desk.go("0003", "new").form
    desk.idle()
    at = {"item": form.fields.item, "person": form.people.also, "authority": form.fields._authority}[field]
    at.setFocus()
    type_text(at, {"item": "jg", "person": "w", "authority": "监察"}[field])
    qtbot.waitUntil(lambda: QApplication.activePopupWidget() is not None)
    key(qtbot, Qt.Key.Key_Escape)
    assert QApplication.activePopupWidget() is None and form.isVisible() and at.hasFocus()
    key(qtbot, Qt.Key.Key_Escape)
    assert not form.isVisible()


def test_what_is_refused_comes_into_view_and_the_next_begins_at_the_top(qtbot, desk, form, idle):
    desk.window.resize(1366, 600)
    form.put_draft(REWARD._replace(item="sanction.warning"))
    idle()
    form.submit(go_on=True)
    evidence = form.fields.rows["evidence"]
    assert evidence.refusal and evidence.visibleRegion().boundingRect().height() == evidence.height()
    form.fields.files.put((Attached("a.pdf", content=b"a"),))
    form.submit(go_on=True)
    idle()
    assert not form.draft().occurred_on and form.fields_area.verticalScrollBar().value() == 0


def test_another_item_is_typed_over_that_of_a_draft(qtbot, desk, form):
    form.put_draft(Draft(item="sanction.warning"))
    key(qtbot, Qt.Key.Key_Escape)
    desk.go("0003", "new")
    qtbot.waitUntil(form.fields.item.hasFocus)
    assert form.fields.item.selectedText() == form.fields.item.text() == "Warning"


def test_clearing_can_be_undone(form):
    form.put_draft(Draft(facts="很长的事实"))
    form._clear.trigger()
    assert form.draft().is_empty()
    form.window().banner._act.click()
    assert form.draft().facts == "很长的事实"


@pytest.mark.parametrize("how", ["click", "enter"])
def test_an_authority_that_was_typed_before_brings_its_level(qtbot, desk, embedded, how):
    verified(embedded, authority="泽临市人民政府", level=AuthorityLevel.CITY)
    form = desk.go("0004", "new").form
    field = form.fields.rows["authority"].field
    field.setFocus()
    type_text(field, "人民")
    popup = field.completer().popup()
    if how == "click":
        middle = popup.visualRect(popup.model().index(0, 0)).center()
        qtbot.mouseClick(popup.viewport(), Qt.MouseButton.LeftButton, pos=middle)
        assert field.hasFocus()
    else:
        key(qtbot, Qt.Key.Key_Down)
        key(qtbot, Qt.Key.Key_Return)
        assert form.fields.rows["level"].field.hasFocus()
    assert form.draft().authority == "泽临市人民政府"
    assert form.draft().level == AuthorityLevel.CITY and not popup.isVisible()


def test_an_authority_of_ones_own_is_not_replaced_by_a_known_one(qtbot, desk, embedded):
    verified(embedded, authority="泽临市人民政府")
    form = desk.go("0004", "new").form
    field = form.fields.rows["authority"].field
    field.setFocus()
    type_text(field, "人民")
    key(qtbot, Qt.Key.Key_Return)
    assert field.text() == "人民" and form.fields.rows["level"].field.hasFocus()


def test_who_keeps_no_files_gets_no_form(qtbot, embedded, idle):
    head = FileDesk(qtbot, embedded, "head", idle)
    assert not head.go("0003", "new").form.isVisible()


def test_the_sheet_leaves_the_entries_in_view(desk, embedded):
    verified(embedded, occurred_on=Day(20250310))
    page = desk.go("0003", "new")
    right = page.entries.list.mapTo(page, page.entries.list.rect().topRight()).x()
    assert right < page.form.x() + 2
    desk.window.resize(960, 600)
    assert page.form.geometry().right() == page.rect().right()


def test_a_secret_is_never_entered(form):
    assert "Classified matter must not be entered here" in [
        label.text() for label in form.findChildren(QLabel)
    ]
