"""The office's own published promises."""

import pytest

from app.commands.leads import register_lead
from app.commands.promises import add_promises, end_promise
from app.errors import Conflict, Invalid, NotAllowed
from app.queries.lead_choices import lead_choices, promises
from app.queries.leads import lead_view
from app.queries.verification import verify
from app.rules.inputs import Circumstances, NewPromise
from models.types import Commitment, Day, Uid
from tests.app.commands.lead_cases import LEAD
from tests.offices import TestOffice

PROMISE = NewPromise("药品经营许可变更", "5个工作日", "审批一科窗口", Day(20240301))


def test_a_promise_is_published_touched_and_ended(office: TestOffice) -> None:
    officer = office.as_("officer")
    uid = officer.do(add_promises, [PROMISE]).uids[0]
    new = LEAD._replace(commitment=Commitment.SERVICE_PROMISE)
    lead = officer.do(register_lead, new, "", Circumstances(promise=uid)).uids[0]
    assert officer.ask(lead_view, lead).row.promise == "药品经营许可变更 · 5个工作日 · 审批一科窗口"
    assert [one.uid for one in officer.ask(lead_choices).promises] == [uid]
    officer.do(end_promise, uid, Day(20251201))
    assert officer.ask(lead_choices).promises == () and len(officer.ask(promises)) == 1
    assert officer.ask(lead_view, lead).row.promise
    assert officer.ask(verify).findings == ()


def test_a_lead_touches_a_promise_of_the_list(embedded: TestOffice) -> None:
    with pytest.raises(Invalid) as refusal:
        embedded.as_("officer").do(register_lead, LEAD, "", Circumstances(promise=Uid("0" * 32)))
    assert refusal.value.field == "promise"


def test_promises_are_refused_field_by_field(embedded: TestOffice) -> None:
    officer = embedded.as_("officer")
    for wrong, field in (
        (PROMISE._replace(matter=""), "matter"),
        (PROMISE._replace(term=" "), "term"),
        (PROMISE._replace(post="岗" * 201), "post"),
        (PROMISE._replace(published_on=Day(20251219)), "published_on"),
    ):
        with pytest.raises(Invalid) as refusal:
            officer.do(add_promises, [wrong])
        assert refusal.value.field == field
    officer.do(add_promises, [PROMISE])
    with pytest.raises(Conflict):
        officer.do(add_promises, [PROMISE])
    with pytest.raises(NotAllowed):
        embedded.as_("head").do(add_promises, [PROMISE])
