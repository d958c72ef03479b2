"""What the search box shows of what the office found, and where each hit leads."""

from functools import partial

from app.commands.conduct import record_entry
from app.commands.people import add_person
from app.rules.inputs import NewPerson
from tests.offices import OFFICE, TestOffice, entry
from ui.hits import hits
from ui.page import Place


def found(office: TestOffice, text: str) -> tuple[list[tuple[str, str, str]], list[Place]]:
    went: list[Place] = []
    shown = hits(office.as_("officer"), went.append, text)
    for hit in shown:
        hit.open()
    return [(hit.group, hit.title, hit.detail) for hit in shown], went


def test_each_kind_leads_to_its_place(embedded: TestOffice) -> None:
    officer = embedded.as_("officer")
    long = "经查，该同志在窗口值守期间未按规定一次告知，超出承诺时限两日。"
    uid = officer.do(record_entry, entry(item="service.overdue", facts=long)).uids[0]
    shown, went = found(embedded, "承诺")
    assert shown == [
        ("Entries", "王丽  − Handled past the time limit", "2025-03-10  …按规定一次告知，超出承诺时限两日。")
    ]
    assert went == [Place("file", ("0003", "entries", uid))]
    shown, went = found(embedded, "泽政服人")
    assert shown[0][2] == "2025-03-10  泽政服人〔2025〕45号"
    shown, went = found(embedded, "办公")
    assert shown == [("Departments", "办公室", "2 people")]
    assert went == [Place("people", ("department", OFFICE))]
    shown, went = found(embedded, "oym")
    assert shown == [("People", "欧阳敏", "0001 · 办公室")] and went == [Place("file", ("0001",))]


def test_more_than_a_few_lead_to_the_list_with_the_same_words(embedded: TestOffice) -> None:
    add = partial(embedded.as_("officer").do, add_person)
    for number in range(8):
        add(NewPerson(f"9{number}", "钱多多"))
    shown, went = found(embedded, "钱")
    assert len(shown) == 7 and shown[-1] == ("People", "2 more…", "")
    assert went[-1] == Place("people", ("text", "钱"))
