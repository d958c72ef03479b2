"""The sample office as data: every number that was promised, and a story that can be told in time order."""

import csv
import datetime as dt
import tomllib
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

from app.rules.grading.parsing import parse
from models.types import (
    AuthorityLevel,
    Channel,
    Commitment,
    LeadStatus,
    Leaving,
    Polarity,
    Role,
    ServiceState,
    add_months,
    day_of,
)

RESOURCES = Path(__file__).parents[1] / "resources"
SAMPLE = RESOURCES / "sample"
Row = dict[str, str]


def rows(name: str) -> list[Row]:
    with (SAMPLE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


DEPARTMENTS, PEOPLE, ENTRIES = rows("departments.csv"), rows("people.csv"), rows("entries.csv")
UNDECIDED, LIFE = rows("undecided.csv"), rows("entry_life.csv")
LEADS, ACTIONS, OBJECTIONS = rows("leads.csv"), rows("actions.csv"), rows("objections.csv")
STORY: dict[str, Any] = tomllib.loads((SAMPLE / "story.toml").read_text(encoding="utf-8"))
ACCOUNTS: list[dict[str, Any]] = tomllib.loads((SAMPLE / "accounts.toml").read_text(encoding="utf-8"))[
    "accounts"
]
SCHEME = parse((RESOURCES / STORY["scheme"]["file"]).read_text(encoding="utf-8"))

TODAY = STORY["office"]["stopped_on"]
PERSON = {person["staff_no"]: person for person in PEOPLE}
ENTRY = {entry["id"]: entry for entry in ENTRIES}
ACCOUNT = {account["login"]: account for account in ACCOUNTS}
HEADS = {a["departments"][0]: a["staff_no"] for a in ACCOUNTS if a["role"] == Role.DEPARTMENT_HEAD}
SHOWN = STORY["shown"]
STEPS = STORY["evaluations"]


def date(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def states(person: Row) -> list[tuple[ServiceState, dt.date, dt.date]]:
    """(state, since, until); ``until`` is far away where it is open."""
    found = []
    for text in filter(None, person["states"].split(";")):
        state, stretch = text.strip().split(" ")
        since, until = stretch.split("..")
        found.append((ServiceState(state), date(since), date(until) if until else dt.date.max))
    return found


def holding(state: ServiceState, on: dt.date = TODAY) -> list[str]:
    return [p["staff_no"] for p in PEOPLE if any(s is state and a <= on <= b for s, a, b in states(p))]


def negative(entry: Row) -> bool:
    return SCHEME.items[entry["item"]].polarity is Polarity.NEGATIVE


# The State Council's holiday arrangements, 国办发明电〔2023〕7号 and 〔2024〕12号: first and last
# days of the holidays, and the weekend days worked.
HOLIDAYS = [
    ("2024-01-01", "2024-01-01"),
    ("2024-02-10", "2024-02-17"),
    ("2024-04-04", "2024-04-06"),
    ("2024-05-01", "2024-05-05"),
    ("2024-06-10", "2024-06-10"),
    ("2024-09-15", "2024-09-17"),
    ("2024-10-01", "2024-10-07"),
    ("2025-01-01", "2025-01-01"),
    ("2025-01-28", "2025-02-04"),
    ("2025-04-04", "2025-04-06"),
    ("2025-05-01", "2025-05-05"),
    ("2025-05-31", "2025-06-02"),
    ("2025-10-01", "2025-10-08"),
]
WORKED_2024 = ["02-04", "02-18", "04-07", "04-28", "05-11", "09-14", "09-29", "10-12"]
WORKED_2025 = ["01-26", "02-08", "04-27", "09-28", "10-11"]
WORKED = {f"2024-{day}" for day in WORKED_2024} | {f"2025-{day}" for day in WORKED_2025}


def is_working_day(day: dt.date) -> bool:
    text = day.isoformat()
    off = day.weekday() > 4 or any(first <= text <= last for first, last in HOLIDAYS)
    return text in WORKED or not off


def working_days_after(day: dt.date, count: int) -> dt.date:
    while count:
        day += dt.timedelta(days=1)
        count -= is_working_day(day)
    return day


def test_departments_hold_as_many_people_as_promised() -> None:
    office, *departments = DEPARTMENTS
    assert office["name"] == STORY["office"]["name"]
    assert {d["parent"] for d in departments} == {office["name"]}
    assert Counter(p["department"] for p in PEOPLE) == {
        "局领导": 5,
        "办公室": 8,
        "人事科": 4,
        "政策法规科": 5,
        "审批一科": 9,
        "审批二科": 9,
        "投诉受理科": 6,
        "执法监督科": 8,
        "机关纪委": 2,
        "泽临市公共服务保障中心": 6,
    }
    assert {p["department"] for p in PEOPLE} == {d["name"] for d in departments}


def test_people_are_numbered_and_named_as_promised() -> None:
    assert [p["staff_no"] for p in PEOPLE] == [f"{number:04}" for number in range(1, 63)]
    names = [p["name"] for p in PEOPLE]
    twice = [name for name, count in Counter(names).items() if count > 1]
    assert twice == ["王丽"] and names.count("王丽") == 2
    assert [PERSON[no]["name"] for no in SHOWN["same_name"]] == ["王丽", "王丽"]
    assert len({PERSON[no]["department"] for no in SHOWN["same_name"]}) == 2
    assert sum(name.startswith("欧阳") for name in names) == 1
    assert "阿依古丽·买买提" in names
    assert sum("䶮" in name for name in names) == 1
    assert sum(name.startswith("解") for name in names) == 1
    assert {name[0] for name in names} >= set("单仇区")


def test_ranks_and_posts_are_those_of_such_an_office() -> None:
    ranks = {p["rank"] for p in PEOPLE}
    assert ranks >= {"一级主任科员", "二级主任科员", "三级主任科员", "四级主任科员", "一级科员", "二级调研员"}
    assert {PERSON[no]["rank"] for no in HEADS.values()} == {"一级主任科员"}
    assert all(PERSON[no]["post"] in ("主任", "科长", "书记") for no in HEADS.values())


def test_states_are_as_promised() -> None:
    assert len(holding(ServiceState.SECONDED)) == 3
    assert len(holding(ServiceState.AID)) == 1
    assert len(holding(ServiceState.PROBATION)) == 2
    assert len(holding(ServiceState.LONG_LEAVE)) == 1
    assert len(holding(ServiceState.CASE_OPEN)) == 1
    leaders = [p["staff_no"] for p in PEOPLE if p["department"] == "局领导"]
    assert holding(ServiceState.RATED_ELSEWHERE) == leaders
    left = [p for p in PEOPLE if p["left_on"] or p["leaving"]]
    assert [p["leaving"] for p in left] == [Leaving.RETIRED]
    assert left[0]["left_on"].startswith("2025-10")
    for person in PEOPLE:
        assert all(
            date(person["joined_on"]) <= since <= min(until, TODAY) for _, since, until in states(person)
        )


def test_entries_are_as_many_as_promised() -> None:
    assert 185 <= len(ENTRIES) <= 195
    assert 23 <= sum(map(negative, ENTRIES)) <= 27
    assert len(ENTRY) == len(ENTRIES)
    assert {e["decided_on"][:4] for e in ENTRIES} == {"2024", "2025"}
    items = Counter(e["item"] for e in ENTRIES)
    assert items["reward.third_class"] == 1
    assert items["handling.admonition"] == len(SHOWN["admonitions"]) == 2
    assert min(items[code] for code in ("honour.named", "praise.letter", "handling.circulated")) >= 3
    assert {"service.not_told_once", "service.overdue", "duty.absent"} <= items.keys()


def test_commendations_come_each_march_and_never_after_a_sanction() -> None:
    for entry in ENTRIES:
        if not entry["item"].startswith("reward."):
            continue
        decided = date(entry["decided_on"])
        assert decided.month == 3
        handled = {
            e["decided_on"][:4]
            for e in ENTRIES
            if e["staff_no"] == entry["staff_no"] and e["item"].startswith(("handling.", "sanction."))
        }
        assert str(decided.year - 1) not in handled, entry["id"]
    by_year = Counter(e["decided_on"][:4] for e in ENTRIES if e["item"].startswith("reward."))
    assert by_year == {"2024": 11, "2025": 11}  # a fifth of those who were appraised


def test_every_value_is_one_the_program_knows() -> None:
    for entry in ENTRIES:
        assert entry["staff_no"] in PERSON and entry["item"] in SCHEME.items, entry["id"]
        assert entry["authority"] and entry["document_no"] and entry["facts"].endswith("。"), entry["id"]
        AuthorityLevel(entry["level"])
    for row in ENTRIES + LEADS:
        Channel(row["channel"])
        assert not row["commitment"] or Commitment(row["commitment"])
    for lead in LEADS:
        LeadStatus(lead["status"])
    for account in ACCOUNTS:
        Role(account["role"])


def test_one_document_has_one_authority_and_one_day() -> None:
    documents: defaultdict[str, set[tuple[str, ...]]] = defaultdict(set)
    for e in ENTRIES:
        documents[e["document_no"]].add((e["authority"], e["level"], e["decided_on"], e["recorded_on"]))
    assert {no: len(found) for no, found in documents.items() if len(found) > 1} == {}
    assert {"泽纪〔2025〕31号", "泽政服人〔2025〕45号"} <= documents.keys()
    assert STORY["scheme"]["adopted_by"] == "泽政服发〔2024〕36号"
    shared = Counter(e["document_no"] for e in ENTRIES if negative(e))
    assert max(shared.values()) > 1  # several people named in one document


def test_days_of_entries_follow_one_another() -> None:
    assert [e["recorded_on"] for e in ENTRIES] == sorted(e["recorded_on"] for e in ENTRIES)
    opened = STORY["scheme"]["published_at"].date()
    for e in ENTRIES:
        decided, recorded = date(e["decided_on"]), date(e["recorded_on"])
        assert date(e["occurred_on"]) <= date(e["ended_on"] or e["occurred_on"]) <= decided, e["id"]
        assert max(decided, opened) <= recorded <= TODAY and is_working_day(recorded), e["id"]
        person = PERSON[e["staff_no"]]
        assert person["joined_on"] <= e["occurred_on"] and e["occurred_on"] <= (person["left_on"] or "9")
        if e["verified_on"]:
            assert recorded <= date(e["verified_on"]) <= TODAY and is_working_day(date(e["verified_on"])), e[
                "id"
            ]


def test_who_records_does_not_verify_and_nobody_acts_on_the_own_file() -> None:
    for e in ENTRIES:
        recorder = ACCOUNT[e["recorded_by"]]
        assert recorder["role"] == Role.PERSONNEL_OFFICER and recorder["staff_no"] != e["staff_no"], e["id"]
        assert bool(e["verified_by"]) == bool(e["verified_on"])
        if e["verified_by"]:
            verifier = ACCOUNT[e["verified_by"]]
            assert verifier["role"] == Role.VERIFIER and verifier["staff_no"] != e["staff_no"], e["id"]
    unverified = {e["id"] for e in ENTRIES if not e["verified_by"]}
    assert unverified == {*SHOWN["waiting"], SHOWN["returned"]}


def test_what_is_shown_is_what_it_is_called() -> None:
    demerit = ENTRY[SHOWN["demerit_across_two_years"]]
    assert demerit["item"] == "sanction.demerit"
    assert demerit["occurred_on"][:4] < demerit["ended_on"][:4]
    party, own = (ENTRY[uid] for uid in SHOWN["one_act_two_decisions"])
    assert (party["item"], own["item"]) == ("sanction.party_warning", "sanction.warning")
    assert party["act"] == own["act"] != "" and party["staff_no"] == own["staff_no"]
    assert (party["occurred_on"], party["ended_on"]) == (own["occurred_on"], own["ended_on"])
    assert {e["act"] for e in ENTRIES if e["act"]} == {party["act"]}
    expired = ENTRY[SHOWN["expired"]]
    validity = SCHEME.items[expired["item"]].validity
    proposed = next(step["at"] for step in STEPS if step["period"] == 2025)
    assert negative(expired)
    assert add_months(day_of(date(expired["decided_on"])), validity) < day_of(proposed.date())


def test_later_steps_follow_what_they_change() -> None:
    assert [a["date"] for a in ACTIONS] == sorted(a["date"] for a in ACTIONS)
    by_action = {a["action"]: a for a in ACTIONS}
    assert len(by_action) == len(ACTIONS) == 2
    step, entry = by_action["revoke"], ENTRY[by_action["revoke"]["entry"]]
    assert entry["verified_on"] <= step["document_on"] <= step["date"] <= TODAY.isoformat()
    assert step["document_no"] and step["reason"] and negative(entry)
    returned = by_action["return"]
    assert ENTRY[returned["entry"]]["recorded_on"] <= returned["date"] and returned["reason"]
    assert ACCOUNT[returned["by"]]["role"] == Role.VERIFIER
    assert {a: by_action[a]["entry"] for a in by_action} == {
        "revoke": SHOWN["revoked"],
        "return": SHOWN["returned"],
    }
    for step in ACTIONS:
        assert ACCOUNT[step["by"]]["staff_no"] != ENTRY[step["entry"]]["staff_no"]


def test_what_nobody_decided_is_told_of_and_heard() -> None:
    known = ENTRY | {entry["id"]: entry for entry in UNDECIDED}
    assert [step["date"] for step in LIFE] == sorted(step["date"] for step in LIFE)
    assert {step["do"] for step in LIFE} == {"notice", "deliver", "state", "correct", "propose"}
    for entry in UNDECIDED:
        assert negative(entry) and not entry["decided_on"] and not entry["document_no"], entry["id"]
        assert entry["level"] == AuthorityLevel.UNIT and entry["facts"].endswith("。")
        assert ACCOUNT[entry["recorded_by"]]["role"] == Role.PERSONNEL_OFFICER
        assert ACCOUNT[entry["verified_by"]]["role"] == Role.VERIFIER
    for step in LIFE:
        entry = known[step["entry"]]
        assert ACCOUNT[step["by"]]["staff_no"] != entry["staff_no"]
        assert entry["verified_on"] <= step["date"] and is_working_day(date(step["date"]))


def test_objections_are_decided_by_somebody_outside_the_line() -> None:
    assert [one["entry"] for one in OBJECTIONS if one["entry"]] == [SHOWN["disputed"]]
    for one in OBJECTIONS:
        assert ACCOUNT[one["by"]]["role"] == Role.PERSONNEL_OFFICER
        assert ACCOUNT[one["by"]]["staff_no"] != one["staff_no"] and one["claim"]
        if one["decided_on"]:
            assert ACCOUNT[one["decided_by"]]["role"] == Role.OBJECTION_OFFICER
            assert date(one["decided_on"]) <= working_days_after(date(one["filed_on"]), 7)
            assert one["document_no"] and one["reasons"]
    assert sum(not one["decided_on"] for one in OBJECTIONS) == 2


def test_leads_are_as_many_as_promised_and_due_in_working_days() -> None:
    assert len(LEADS) == len({lead["id"] for lead in LEADS}) == 30
    counts = Counter(lead["status"] for lead in LEADS)
    assert counts[LeadStatus.UNSUBSTANTIATED] == 22
    overdue = [x["id"] for x in LEADS if x["status"] == LeadStatus.OPEN and date(x["due_on"]) < TODAY]
    assert overdue == STORY["leads"]["overdue_on_purpose"] and len(overdue) == 2
    assert [lead["received_on"] for lead in LEADS] == sorted(lead["received_on"] for lead in LEADS)
    assert any(lead["order_no"] == "ZL12345-20250612-0087" for lead in LEADS)
    for lead in LEADS:
        received = date(lead["received_on"])
        assert date(lead["due_on"]) == working_days_after(received, STORY["leads"]["working_days"]), lead[
            "id"
        ]
        if lead["order_no"].startswith("ZL12345"):
            assert lead["order_no"].split("-")[1] == received.strftime("%Y%m%d"), lead["id"]


def test_leads_have_an_outcome_and_handlers_other_than_whom_they_name() -> None:
    for lead in LEADS:
        open_ = lead["status"] == LeadStatus.OPEN
        assert open_ == (not lead["closed_on"]) == (not lead["outcome"]), lead["id"]
        assert open_ or lead["received_on"] <= lead["closed_on"] <= lead["due_on"], lead["id"]
        handler = PERSON[ACCOUNT[lead["handler"]]["staff_no"]]
        about = PERSON[lead["staff_no"]]["department"] if lead["staff_no"] else lead["department"]
        assert handler["department"] != about, lead["id"]
        assert ACCOUNT[lead["registered_by"]]["role"] == Role.PERSONNEL_OFFICER


def test_substantiated_leads_are_the_ones_that_led_to_an_entry() -> None:
    for lead in LEADS:
        assert bool(lead["entry"]) == (lead["status"] == LeadStatus.SUBSTANTIATED), lead["id"]
        if lead["entry"]:
            entry = ENTRY[lead["entry"]]
            assert (entry["staff_no"], entry["occurred_on"], entry["commitment"]) == (
                lead["staff_no"],
                lead["occurred_on"],
                lead["commitment"],
            )
            assert lead["closed_on"] <= entry["decided_on"]


def test_every_department_has_its_head_and_every_head_a_leader_in_charge() -> None:
    rated = {p["department"] for p in PEOPLE} - {"局领导"}
    assert HEADS.keys() == rated
    in_charge = Counter(d for a in ACCOUNTS if a["role"] == Role.LEADER_IN_CHARGE for d in a["departments"])
    assert in_charge == dict.fromkeys(rated, 1)
    assert len(ACCOUNT) == len({a["staff_no"] for a in ACCOUNTS}) == len(ACCOUNTS)
    for account in ACCOUNTS:
        assert PERSON[account["staff_no"]]["name"] == account["name"]
        if account["role"] == Role.DEPARTMENT_HEAD:
            assert [PERSON[account["staff_no"]]["department"]] == account["departments"]


def decided_by(step: dict[str, Any], waiting: set[str]) -> set[str]:
    """Whose evaluations a decision takes in."""
    account = ACCOUNT[step["by"]]
    theirs = {no for no in waiting if PERSON[no]["department"] in account["departments"]}
    if account["role"] == Role.DEPARTMENT_HEAD:
        theirs -= set(HEADS.values())
    else:
        theirs &= set(HEADS.values())
    named = set(step.get("people", theirs))
    assert named <= theirs, step
    return named - set(step.get("except", ()))


def rated_here(period: int) -> set[str]:
    """Who had a file here on the last day of a period and is not rated elsewhere."""
    last = f"{period}-12-31"
    here = [p for p in PEOPLE if p["department"] != "局领导" and p["joined_on"] <= last]
    return {p["staff_no"] for p in here if not p["left_on"] or p["left_on"] > last}


def told(period: int) -> dict[str, str]:
    """What became of each evaluation of a period."""
    became: dict[str, str] = {}
    for step in (s for s in STEPS if s["period"] == period):
        if step["do"] == "propose":
            named = {p["staff_no"] for p in PEOPLE if p["department"] in step.get("departments", ())}
            chosen = (named | set(step.get("people", ()))) - set(step.get("except", ()))
            assert ACCOUNT[step["by"]]["role"] == Role.PERSONNEL_OFFICER
            assert ACCOUNT[step["by"]]["staff_no"] not in chosen and not chosen & became.keys()
            became |= dict.fromkeys(chosen & rated_here(period), "waiting")
        else:
            chosen = decided_by(step, {no for no, state in became.items() if state == "waiting"})
            assert chosen and bool(step.get("reason")) == (step["do"] == "return"), step
            became |= dict.fromkeys(chosen, step["do"])
    return became


def test_the_year_2024_is_decided() -> None:
    became = told(2024)
    assert became.keys() == rated_here(2024) and set(became.values()) == {"approve"}


def test_the_year_2025_is_with_the_heads() -> None:
    became = told(2025)
    assert became.keys() == rated_here(2025)
    where: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for no, state in became.items():
        if no not in HEADS.values():
            where[PERSON[no]["department"]][state] += 1
    returned = [department for department, found in where.items() if found["return"]]
    assert returned == ["审批一科"] and where["审批一科"] == {"return": 8}
    assert where["投诉受理科"] == {"approve": 4, "waiting": 1}
    assert became[ENTRY[SHOWN["disputed"]]["staff_no"]] == "waiting"
    assert where["审批二科"] == {"waiting": 7}
    assert sum(set(found) == {"approve"} for found in where.values()) == 5


def test_steps_are_in_time_order_and_files_stand_still_between_proposal_and_decision() -> None:
    times = [step["at"] for step in STEPS]
    assert times == sorted(times)
    assert all(is_working_day(time.date()) and time.date() <= TODAY for time in times)
    for period in (2024, 2025):
        days = [step["at"].date() for step in STEPS if step["period"] == period]
        became = told(period)
        for e in ENTRIES:
            touched = any(days[0] <= date(e[k]) <= days[-1] for k in ("recorded_on", "verified_on") if e[k])
            assert not touched or became[e["staff_no"]] == "return", e["id"]
        assert not any(days[0] <= date(a["date"]) <= days[-1] for a in ACTIONS)


def test_no_text_holds_what_the_program_refuses() -> None:
    texts = [e["facts"] for e in ENTRIES] + [x["matter"] + x["outcome"] for x in LEADS]
    for word in ("信访", "上访", "信仰", "宗教", "家庭", "身份证", "投诉人姓名", "举报人"):
        assert not [text for text in texts if word in text], word
