"""The verb that finds people, entries and departments."""

from tests.app.cli.desks import Desk


def test_people_entries_and_departments_are_found(filled: Desk) -> None:
    found = filled.json("search", "王丽")
    assert [one["name"] for one in found["people"]] == ["王丽"] and not found["people"][0]["left"]
    assert filled.json("search", "办公")["departments"][0]["name"] == "办公室"
    (entry,) = filled.json("search", "泽效能")["entries"]
    assert (entry["staff_no"], entry["item_zh"], entry["occurred_on"]) == ("0002", "超时办结", "2025-05-12")


def test_people_read_it_as_lines(filled: Desk) -> None:
    status, said = filled("search", "wl")
    assert (status, said.split("\t")[:2]) == (0, ["0001", "王丽"])
    assert filled("search", "没有", "这样") == (0, "Nothing is found.\n")
