"""Filters that an account keeps."""

from app.commands.views import forget_view, save_view
from app.errors import Invalid
from app.queries.views import views
from tests.offices import TestOffice
from tests.refusals import refused


def test_a_filter_is_kept_by_who_kept_it_until_it_is_forgotten(office: TestOffice) -> None:
    officer = office.as_("officer")
    officer.do(save_view, "entries", " 本季度 ", "{}")
    officer.do(save_view, "entries", "本季度", '{"text": "超时"}')
    officer.do(save_view, "people", "在职", "{}")
    assert officer.ask(views, "entries") == {"本季度": '{"text": "超时"}'}
    assert office.as_("verifier").ask(views, "entries") == {}
    office.as_("verifier").do(forget_view, "entries", "本季度")
    assert len(officer.ask(views, "entries")) == 1
    officer.do(forget_view, "entries", "本季度")
    assert officer.ask(views, "entries") == {} and len(officer.ask(views, "people")) == 1


def test_a_filter_has_a_name(office: TestOffice) -> None:
    for name in (" ", "名" * 201):
        with refused(Invalid, match="at most 200"):
            office.as_("officer").do(save_view, "entries", name, "{}")
