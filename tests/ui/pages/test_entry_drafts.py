"""What is typed is saved as it is typed, and is there again after a crash."""

import pytest
from PySide6.QtCore import Qt

from app.commands.changes import Kind, changed
from app.commands.entry_drafts import discard_entry_draft, keep_entry_draft
from app.queries.entry_drafts import entry_drafts
from app.queries.files import file_view
from app.rules.grading.case import year
from tests.ui.pages.files import FileDesk, verified
from tests.ui.pages.test_entry_form import REWARD, kept, key, refused, said, type_through
from tests.ui.typing import type_text
from ui import bus
from ui.page import Place
from ui.pages.entry.draft import Also, Attached, Draft, draft_read, draft_text
from ui.pages.entry.keeping import REST

__all__ = ["kept"]  # a fixture


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
def drafts(embedded):
    """What the office keeps, by staff number."""
    return lambda: {one.staff_no: draft_read(one.text) for one in embedded.as_("officer").ask(entry_drafts)}


def pick(qtbot, idle, picker, text):
    """Type who is meant, and Enter at once."""
    picker.setFocus()
    picker.selectAll()
    type_text(picker, text)
    key(qtbot, Qt.Key.Key_Return)
    idle()


def test_a_draft_is_read_as_it_was_written(tmp_path):
    draft = REWARD._replace(
        files=(Attached("a.pdf", tmp_path / "a.pdf"), Attached("Picture.png", None, b"png")),
        people=(Also("0004", "王丽"),),
        seen=True,
    )
    again = draft_read(draft_text(draft))
    assert again == draft._replace(files=(draft.files[0], Attached("Picture.png")))
    assert draft_read('{"of_a_newer_program": 1, "facts": "一", "files": []}') == Draft(facts="一")


def test_what_is_typed_is_saved_after_a_rest_and_survives_a_crash(qtbot, desk, embedded, form, drafts, idle):
    form.put_draft(REWARD)
    assert drafts() == {}
    qtbot.waitUntil(lambda: drafts() == {"0003": REWARD}, timeout=20 * REST)
    again = FileDesk(qtbot, embedded, "officer", idle)  # the first was never closed
    page = again.go("0003")
    assert page.head.record.text() == "Continue the draft…"
    assert again.go("0003", "new").form.draft() == REWARD


def test_leaving_closing_and_the_end_of_the_window_save_at_once(qtbot, desk, form, drafts, idle):
    form.put_draft(REWARD)
    key(qtbot, Qt.Key.Key_Escape)
    idle()
    assert drafts() == {"0003": REWARD}
    desk.go("0004", "new")
    form.put_draft(REWARD._replace(facts="二"))
    desk.go("0005")
    assert drafts()["0004"].facts == "二"
    desk.go("0003", "new")
    form.put_draft(REWARD._replace(facts="三"))
    assert desk.window.close()
    assert drafts()["0003"].facts == "三"


def test_clearing_discards_it_and_recording_ends_it(desk, form, drafts, kept, idle):
    form.put_draft(REWARD)
    form.save_now()
    idle()
    form._clear.trigger()
    form.save_now()
    idle()
    assert drafts() == {}
    form.put_draft(REWARD)
    form.submit(go_on=False)
    idle()
    assert drafts() == {} and len(kept()) == 1
    desk.go("0004")
    desk.go("0003")
    assert drafts() == {} and form.draft().is_empty()


def test_a_pasted_picture_is_asked_for_again(form, kept, idle):
    form.put_draft(draft_read(draft_text(REWARD._replace(files=(Attached("Picture.png", None, b"png"),)))))
    form.submit(go_on=False)
    idle()
    assert "a draft does not keep it" in refused(form)["evidence"] and kept() == ()


def test_another_person_takes_over_what_is_typed(qtbot, desk, form, drafts, idle):
    form.put_draft(REWARD)
    form.save_now()
    idle()
    pick(qtbot, idle, form.people.person, "0004")
    assert desk.window.here() == Place("file", ("0004", "new"))
    assert form.draft() == REWARD and form.people.person.text() == "王丽 0004"
    form.save_now()
    idle()
    assert drafts() == {"0004": REWARD}


@pytest.mark.parametrize("typed", ["0001", "欧阳", "ouyang", "oym"])
def test_a_person_is_found_by_number_name_and_pinyin(qtbot, desk, form, typed, idle):
    pick(qtbot, idle, form.people.person, typed)
    assert desk.window.here() == Place("file", ("0001", "new"))


def test_where_several_are_meant_the_list_says_so(qtbot, desk, form, idle):
    pick(qtbot, idle, form.people.person, "王丽")
    assert form.people.person._list.isVisible()
    key(qtbot, Qt.Key.Key_Down)
    key(qtbot, Qt.Key.Key_Return)
    idle()
    assert desk.window.here() == Place("file", ("0004", "new"))


def test_a_draft_of_the_other_file_can_be_had_back(qtbot, desk, form, idle):
    desk.go("0004", "new")
    form.put_draft(Draft(facts="在先"))
    desk.go("0003", "new")
    form.put_draft(REWARD)
    pick(qtbot, idle, form.people.person, "0004")
    assert form.draft() == REWARD
    form.window().banner._act.click()
    assert form.draft().facts == "在先"


def test_three_hundred_are_typed_without_the_mouse(qtbot, desk, form, kept, idle):
    form.put_draft(REWARD._replace(occurred_on="20250310"))
    for staff_no in ("0004", "0005"):
        key(qtbot, Qt.Key.Key_F9)
        idle()
        qtbot.waitUntil(form.people.person.hasFocus)
        type_text(form.people.person, staff_no)
        key(qtbot, Qt.Key.Key_Return)
        idle()
        qtbot.waitUntil(form.fields.item.hasFocus)
        type_through(qtbot, "jj", "20250310")
        assert form.fields.rows["occurred_on"].field.text() == "2025-03-10"
        assert form.draft().document_no == REWARD.document_no
        desk.window.activateWindow()  # which a popup had, and offscreen nobody gives it back
    key(qtbot, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    idle()
    assert [len(kept(staff_no)) for staff_no in ("0003", "0004", "0005")] == [1, 1, 1]


def test_one_act_of_several_people(qtbot, desk, form, kept, idle):
    form.put_draft(REWARD)
    for staff_no in ("0004", "0005", "0004", "0003"):
        pick(qtbot, idle, form.people.also, staff_no)
    assert [one.staff_no for one in form.draft().people] == ["0004", "0005"]
    assert form.people._names.text() == "Also for 2: 王丽 0004, 阿依古丽·买买提 0005"
    form.submit(go_on=False)
    idle()
    entries = [kept(staff_no)[0] for staff_no in ("0003", "0004", "0005")]
    assert len({one.act for one in entries}) == 1
    assert desk.window.banner.accessibleName().startswith("3 entries are submitted")


def test_others_are_taken_away_with_backspace_and_by_name(qtbot, form, idle):
    form.put_draft(REWARD._replace(people=(Also("0004", "王丽"), Also("0005", "阿依古丽·买买提"))))
    form.people.also.setFocus()
    key(qtbot, Qt.Key.Key_Backspace)
    assert form.draft().people == (Also("0004", "王丽"),)
    form.people._offer()
    form.people._menu.actions()[0].trigger()
    form.people._menu.close()
    assert form.draft().people == ()


def test_of_several_the_refused_are_named_and_everything_stays(desk, embedded, form, kept, idle):
    typed = REWARD._replace(people=(Also("9999", "无名"), Also("0004", "王丽")))
    form.put_draft(typed)
    form.submit(go_on=False)
    idle()
    assert "9999" in form._refusal.text() and "0004" not in form._refusal.text()
    assert form.draft() == typed and kept() == kept("0004") == ()


def test_who_is_nobody_yet_is_not_passed_over(form, kept, idle):
    form.put_draft(REWARD._replace(people_typed="无名"))
    form.submit(go_on=False)
    idle()
    assert form._refusal.text().startswith("Choose the person") and kept() == ()


def test_the_like_in_the_files_of_others_is_pointed_out(desk, embedded, form, idle):
    verified(embedded, staff_no="0004", document_no=REWARD.document_no)
    form.put_draft(REWARD._replace(people=(Also("0004", "王丽"), Also("0005", "阿依古丽·买买提"))))
    form._look_elsewhere()
    idle()
    assert "The like is on file already for 王丽 0004." in said(form)


def test_the_like_on_file_is_one_key_away(qtbot, desk, embedded, idle):
    uid = verified(embedded)
    form = desk.go("0003", "new").form
    form.put_draft(REWARD._replace(document_no="泽政服人〔2025〕45号"))
    assert form._show_same.isVisible()
    form._show_same.click()
    idle()
    assert desk.window.here() == Place("file", ("0003", "entries", uid))
    assert desk.go("0003", "new").form.draft().document_no == "泽政服人〔2025〕45号"


def test_a_sanction_without_its_decision_is_refused_beside_the_fields(form, kept, idle):
    form.put_draft(REWARD._replace(item="sanction.warning", document_no="", facts="一"))
    field = form.fields.rows["evidence"].field
    assert field.accessibleDescription() == "Required evidence: The written decision"
    form.submit(go_on=False)
    idle()
    assert {"document_no", "evidence"} <= set(refused(form)) and kept() == ()
    assert form.draft().facts == "一"


def test_the_evidence_of_a_returned_entry_goes_on_to_count(qtbot, desk, embedded, idle):
    from app.commands.conduct import return_entry
    from app.commands.evidence import NewEvidence, record_with_evidence
    from models.types import new_uid
    from tests.offices import entry

    warning, paper = entry(item="sanction.warning"), NewEvidence("处分决定书", place="柜3")
    first = embedded.as_("officer").do(record_with_evidence, warning, [paper], new_uid()).uids[0]
    embedded.as_("verifier").do(return_entry, first, "日期不符")
    page = desk.go("0003")
    page._record_again(page._reading.entry(first))
    idle()
    hint = page.form.fields.rows["evidence"].field.accessibleDescription()
    assert hint.endswith("1 piece of evidence of the earlier entry stays.")
    assert not page.form.people.person.isEnabled()
    page.form.submit(go_on=False)
    idle()
    view = embedded.as_("officer").ask(file_view, "0003", year(2025))
    assert len(view.entries) == 2 and len(view.evidence) == 1


def test_what_is_discarded_elsewhere_is_gone_from_the_form_too(desk, embedded, form, idle):
    form.put_draft(REWARD)
    form.save_now()
    idle()
    desk.go("0003")
    bus.changed.emit(embedded.as_("officer").do(discard_entry_draft, "0003"))
    idle()
    assert form.draft().is_empty()
    assert desk.window.page("file").head.record.text() == "Record an entry…"


def test_a_draft_never_comes_up_in_another_file(desk, embedded, form, idle):
    embedded.as_("officer").do(keep_entry_draft, "0003", draft_text(REWARD))
    bus.changed.emit(changed(Kind.ENTRY_DRAFTS))  # asked for the file of 0003, and answered in that of 0004
    desk.go("0004", "new")
    assert form.draft().is_empty()
