"""Leads on the command line: the first due first, and never who complained."""

from app.commands.leads import register_lead
from app.context import enter
from app.office import open_office
from app.rules.inputs import Circumstances, NewComplainant, NewLead
from tests.app.cli.desks import PASSPHRASE, PASSWORD, Desk


def test_leads_are_told_without_who_complained(filled: Desk) -> None:
    database = open_office(filled.office, PASSPHRASE)
    officer = enter(database, "officer", PASSWORD)
    more = Circumstances(complainant=NewComplainant("甄举报", "13900001234"))
    officer.do(register_lead, NewLead("0001", officer.today(), "窗口无人", order_no="ZL1"), "", more)
    database.close()
    (found,) = filled.json("leads")
    assert (found["staff_no"], found["matter"], found["steps"]) == ("0001", "窗口无人", ["find_out"])
    status, said = filled("leads", "--all")
    assert status == 0 and "王丽 0001" in said and "find out" in said
    assert "甄举报" not in said + str(found)
    assert filled.json("leads", "--overdue") == []
    assert "no such lead" in filled("leads", "--overdue")[1]
