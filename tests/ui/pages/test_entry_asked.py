"""The fields that only some items need: there when the item is chosen, gone with it, and in nobody's way."""

import pytest
from PySide6.QtCore import QPoint, Qt

from app.commands.conduct import return_entry
from app.queries.files import file_view
from app.rules.grading.case import year
from models.types import Capacity, Polarity
from tests.ui.pages.asking import ask_more
from tests.ui.pages.files import FileDesk
from tests.ui.pages.test_entry_form import key, refused, said, type_through
from ui.pages.entry.draft import Also, Draft, draft_of
from ui.pages.file.reading import FileReading

FULL = Draft(occurred_on="2025-3-10", authority="本局", document_no="甲1")
ASKED = ("quantity", "given_points", "given_reason", "capacity", "authors")


@pytest.fixture
def office(embedded):
    """The small office under such a standard."""
    ask_more(embedded)
    return embedded


@pytest.fixture
def desk(desk, qtbot, office, idle):
    """The window of the officer."""
    return FileDesk(qtbot, office, "officer", idle)


@pytest.fixture
def form(qtbot, desk):
    """The form over the file of 王丽."""
    made = desk.go("0003", "new").form
    qtbot.waitUntil(made.fields.item.hasFocus)
    return made


@pytest.fixture
def newest(office):
    """The newest entry on file."""
    return lambda: office.as_("officer").ask(file_view, "0003", year(2025)).entries[0]


def shown(form):
    return [name for name in ASKED if not form.fields.rows[name].isHidden()]


@pytest.mark.parametrize(
    ("item", "fields"),
    [
        ("", []),
        ("reward.commendation", []),
        ("service.volunteer", ["quantity"]),
        ("work.careless", ["given_points", "given_reason"]),
        ("work.outstanding", ["given_points", "given_reason", "authors"]),
        ("unit.criticised", ["capacity"]),
        ("unit.responsible", ["given_points", "given_reason", "capacity", "authors"]),
    ],
)
def test_only_what_the_item_needs_is_asked(form, item, fields):
    form.put_draft(FULL._replace(item=item))
    assert shown(form) == fields


@pytest.mark.parametrize(
    "item", ["service.volunteer", "work.careless", "work.outstanding", "unit.criticised"]
)
def test_what_is_asked_takes_its_room_from_the_item_and_moves_nothing_else(form, item):
    def places():
        names = [name for name in form.fields.rows if name not in (*ASKED, "item")]
        rows = [form.fields.rows[name] for name in names]
        return [(row.mapTo(form, QPoint()), row.size()) for row in rows]

    before = places()
    form.put_draft(Draft(item=item))
    form.fields.layout().activate()
    assert shown(form) and places() == before


def test_where_all_is_asked_nothing_is_cut_off(qtbot, form):
    form.put_draft(Draft(item="unit.responsible"))
    form.fields.layout().activate()
    rows = [form.fields.rows[name] for name in ("item", *shown(form))]
    assert all(row.width() >= row.minimumSizeHint().width() for row in rows)
    boxes = [row.geometry() for row in rows]
    assert not any(one.intersects(other) for one in boxes for other in boxes if one is not other)


def test_tab_goes_from_the_item_through_what_it_asks_to_the_dates(qtbot, form, newest, idle):
    type_through(qtbot, "工作失误")
    assert form.fields.rows["given_points"].field.hasFocus()
    type_through(qtbot, "2.5", "未造成损失，经党组会议研究")
    assert form.fields.rows["occurred_on"].field.hasFocus()
    type_through(qtbot, "3-10", "3-12", "", "本局")
    form.fields.rows["document_no"].field.setText("甲1")
    key(qtbot, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    idle()
    entry = newest()
    assert (entry.given_points, entry.given_reason) == (-2500, "未造成损失，经党组会议研究")
    assert entry.polarity is Polarity.NEGATIVE


def test_unit_and_range_stand_beneath_their_fields(form):
    for item, name, hint in (
        ("service.volunteer", "quantity", "hours"),
        ("work.outstanding", "given_points", "1 to 5"),
        ("work.careless", "given_points", "−10 to −2.5"),
    ):
        form.put_draft(FULL._replace(item=item))
        assert form.fields.rows[name].field.accessibleDescription() == hint


def test_it_tells_at_once_what_the_entry_would_count(form):
    form.put_draft(FULL._replace(item="work.careless", given_points="3", given_reason="经研究"))
    assert said(form)[0] == "Once verified: −3 points, until 2026-03-09"
    form.put_draft(FULL._replace(item="work.careless", given_points="30", given_reason="经研究"))
    assert "lie outside the range" in said(form)[0]
    form.put_draft(FULL._replace(item="work.outstanding", given_points="3", given_reason="a", authors="2"))
    assert said(form)[0].startswith("Once verified: +1.5 points")
    form.put_draft(FULL._replace(item="unit.criticised", capacity="head"))
    assert said(form)[0].startswith("Once verified: −2 points")
    form.put_draft(FULL._replace(item="service.volunteer", quantity="12.5"))
    assert said(form)[0].startswith("Once verified: +1 points")


@pytest.mark.parametrize(
    ("draft", "field", "sentence"),
    [
        ({"item": "service.volunteer"}, "quantity", "Fill this in."),
        ({"item": "service.volunteer", "quantity": "十"}, "quantity", "is not a number"),
        ({"item": "service.volunteer", "quantity": "0"}, "quantity", "between 0.001 and 10000000"),
        ({"item": "work.careless", "given_points": "3"}, "given_reason", "Give the reason in a sentence"),
        ({"item": "work.careless", "given_reason": "a"}, "given_points", "but no points"),
        (
            {"item": "work.careless", "given_points": "+3", "given_reason": "a"},
            "given_points",
            "goes the other way",
        ),
        ({"item": "work.outstanding", "authors": "1"}, "authors", "between 2 and 1000"),
        ({"item": "unit.criticised", "capacity": "head", "document_no": ""}, "document_no", "personal"),
    ],
)
def test_what_is_wrong_is_said_beside_it_and_stays(form, newest, idle, draft, field, sentence):
    typed = FULL._replace(**{"paper": "通报", "place": "柜3", **draft})
    form.put_draft(typed)
    form.submit(go_on=False)
    idle()
    assert set(refused(form)) == {field} and sentence in refused(form)[field]
    assert form.draft() == typed and form.fields.rows[field].field.hasFocus()


def test_what_the_next_item_does_not_need_is_not_recorded_and_comes_back(form, newest, idle):
    form.put_draft(FULL._replace(item="service.volunteer", quantity="12.5"))
    form.fields.item.put("unit.criticised")
    assert form.draft().quantity == "" and shown(form) == ["capacity"]
    form.fields.item.put("service.volunteer")
    assert form.draft().quantity == "12.5"
    form.fields.item.put("unit.criticised")
    form.submit(go_on=False)
    idle()
    assert (newest().item, newest().quantity, newest().capacity) == ("unit.criticised", None, None)


def test_a_file_read_anew_leaves_what_was_refused(desk, form):
    form.put_draft(FULL._replace(item="service.volunteer", quantity="十"))
    form.submit(go_on=False)
    reading = desk.window.page("file")._reading
    assert isinstance(reading, FileReading)
    form.put_reading(reading)
    assert "is not a number" in refused(form)["quantity"] and form.draft().quantity == "十"


def test_a_returned_entry_brings_back_all_that_it_said(office, desk, form, newest, idle):
    typed = FULL._replace(item="unit.responsible", given_points="-3", given_reason="经研究", authors="2")
    form.put_draft(typed._replace(capacity="head"))
    form.submit(go_on=False)
    idle()
    changes = office.as_("verifier").do(return_entry, newest().uid, "文号与原件不符")
    desk.window.page("file").refresh(changes)
    idle()
    before = newest()
    assert before.capacity is Capacity.HEAD
    form.put_draft(draft_of(before))
    assert shown(form) == ["given_points", "given_reason", "capacity", "authors"]
    form.fields.item.put("service.volunteer")  # which needs none of it: still it is in sight
    assert shown(form) == list(ASKED)
    form.fields.item.put("unit.responsible")
    form.submit(go_on=False)
    idle()
    again = newest() if newest().uid != before.uid else None
    assert again and (again.given_points, again.authors, again.capacity) == (-3000, 2, "head")


def test_every_field_that_is_asked_has_a_name(form):
    form.put_draft(FULL._replace(item="unit.responsible"))
    names = [form.fields.rows[name].field.accessibleName() for name in shown(form)]
    assert names == ["Points decided", "Reason for the points", "Capacity", "Shared by"]


def test_of_several_the_capacity_is_that_of_the_first_alone(form, office, idle):
    others = (Also("0004", "王丽"), Also("0005", "阿依古丽·买买提"))
    form.put_draft(FULL._replace(item="unit.criticised", capacity=Capacity.HEAD, people=others))
    form.submit(go_on=False)
    idle()
    views = [
        office.as_("officer").ask(file_view, staff_no, year(2025)) for staff_no in ("0003", "0004", "0005")
    ]
    assert [view.entries[0].capacity for view in views] == [Capacity.HEAD, None, None]
