"""The sample office: the story in ``resources/sample``, told again through the real commands.

Nothing in it is written past the program: every entry was recorded, verified and graded by the
account that the story names, at the time that the clock of the story shows.
"""

import csv
import datetime as dt
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import select

from app.commands.accountability import publish_accountability
from app.commands.accounts import actor_of, add_account, grant_role, link_account
from app.commands.changes import Changes
from app.commands.conduct import Basis, correct_entry, record_entry, return_entry, verify_entry
from app.commands.departments import add_department, dissolve_department
from app.commands.entry_drafts import keep_entry_draft
from app.commands.evaluations import approve_evaluation, propose_evaluations, return_evaluation
from app.commands.evidence import NewEvidence, add_evidence
from app.commands.finding import department_at
from app.commands.handovers import register_handover
from app.commands.hearing import Delivered, deliver_notice, issue_notice, rebut_entry
from app.commands.lead_follow_up import Check, Clearing, check_remedy, clear_lead, plan_remedy, record_reply
from app.commands.leads import close_lead, register_lead
from app.commands.objections import Ruling, decide_objection, file_objection
from app.commands.people import add_person, change_person
from app.commands.promises import add_promises
from app.commands.recusal import name_keeper
from app.commands.revoking import confirm_revocation, propose_revocation
from app.commands.schemes import publish_scheme
from app.commands.service import Posting, close_file, transfer_person
from app.context import AppContext
from app.founding import Founder, NewOffice, create_office
from app.labels import label
from app.queries.cases import Whose
from app.queries.evaluations import inbox
from app.queries.files import file_view
from app.queries.lead_choices import promises
from app.rules.grading.case import year
from app.rules.inputs import (
    Circumstances,
    NewComplainant,
    NewEntry,
    NewHandover,
    NewLead,
    NewPerson,
    NewPromise,
)
from app.words import tr
from models.accounts import Account
from models.database import Database
from models.types import (
    AuthorityLevel,
    Channel,
    ClearingScope,
    Commitment,
    Day,
    Delivery,
    LeadStatus,
    Leaving,
    Moment,
    ObjectionStatus,
    ReplyWay,
    Role,
    ServiceState,
    Target,
    Uid,
    day_of,
    moment_of,
    new_uid,
)

FOLDER = Path(__file__).parent.parent / "resources" / "sample"
RESOURCES = FOLDER.parent

Row = dict[str, str]
Step = tuple[Moment, Callable[[], object]]
T = TypeVar("T")


@dataclass
class Story:
    """What was made so far, and the clock, which only moves forward."""

    database: Database
    clock: "StoryClock"
    people: dict[str, Row]
    entries: dict[str, Uid] = field(default_factory=dict)
    recorded: dict[str, NewEntry] = field(default_factory=dict)
    leads: dict[str, Uid] = field(default_factory=dict)
    objections: dict[str, Uid] = field(default_factory=dict)
    acts: dict[str, Uid] = field(default_factory=dict)

    def as_(self, login: str) -> AppContext:
        """Someone of the story."""
        with self.database.read() as session:
            account = session.execute(select(Account).where(Account.login == login)).scalar_one()
            return AppContext(self.database, actor_of(session, account))


@dataclass
class StoryClock:
    """Shows the time of the step that is told; a second passes with every command."""

    now: Moment

    def __call__(self) -> Moment:
        self.now = Moment(self.now + 1_000_000)
        return self.now


def passphrase() -> str:
    """The passphrase of every sample office, shown openly."""
    return str(_toml("accounts")["passphrase"])


def password() -> str:
    """The password of every account in a sample office."""
    return str(_toml("accounts")["password"])


def account_choices() -> list[tuple[str, str]]:
    """(login, name with role and departments) of the accounts to come in with."""
    return [(one["login"], _described(one)) for one in _toml("accounts")["accounts"]]


def _described(one: dict[str, Any]) -> str:
    where = "、".join(one["departments"])
    return " · ".join(part for part in (one["name"], label(Role(one["role"])), where) if part)


def create_sample(place: str) -> Database:
    """Make the sample office in a folder or an empty shared database."""
    story, accounts = _toml("story"), _toml("accounts")
    clock = StoryClock(_at(story["office"]["opened_at"]))
    founders = {
        role: _founder(accounts, role) for role in (Role.SYSTEM_ADMINISTRATOR, Role.PERSONNEL_OFFICER)
    }
    office = story["office"]
    stopped_on = day_of(office["stopped_on"])
    new = NewOffice(office["name"], tuple(founders.values()), office["name_en"], stopped_on, clock)
    database, _ = create_office(place, accounts["passphrase"], new)
    told = Story(database, clock, {row["staff_no"]: row for row in _rows("people")})
    officer = founders[Role.PERSONNEL_OFFICER].login
    _furnish(told, officer, story)
    _open_accounts(told, founders[Role.SYSTEM_ADMINISTRATOR].login, accounts)
    for moment, step in sorted(_steps(told, officer, story), key=lambda step: step[0]):
        clock.now = max(clock.now, moment)
        step()
    told.as_(officer).do(keep_entry_draft, *_DRAFT)
    return database


_DRAFT = (
    "0026",
    '{"item": "honour.named", "occurred_on": "2025-12-12", "authority": "泽临市政务服务局", "files": []}',
)
"""Whom the entry is about that the officer has begun to type, and what is typed."""


def _founder(accounts: dict[str, Any], role: Role) -> Founder:
    one = next(one for one in accounts["accounts"] if one["role"] == role)
    return Founder(one["login"], one["name"], accounts["password"], (role,))


def sample_words(place: str) -> str:
    """How to get into a sample office."""
    accounts = _toml("accounts")
    lines = [
        tr("The sample office is made in {place}. Nobody in it is real.").format(place=place),
        tr("Passphrase: {passphrase}").format(passphrase=accounts["passphrase"]),
        tr("Password of every account: {password}").format(password=accounts["password"]),
    ]
    return "\n".join([*lines, *(f"  {one['login']:<16}{_described(one)}" for one in accounts["accounts"])])


def _toml(name: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


def _rows(name: str) -> list[Row]:
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _furnish(told: Story, officer: str, story: dict[str, Any]) -> None:
    """Departments, and the people of the first day."""
    keeper = told.as_(officer)
    for row in _rows("departments")[1:]:
        with told.database.read() as session:
            parent = department_at(session, "" if row["parent"] == story["office"]["name"] else row["parent"])
        keeper.do(add_department, row["name"], parent.id, int(row["position"]))
    opened_on = day_of(story["office"]["opened_at"].date())
    for row in told.people.values():
        if _day(row["joined_on"]) <= opened_on:
            keeper.do(add_person, _person(row, opened_on))


def _open_accounts(told: Story, login: str, accounts: dict[str, Any]) -> None:
    administrator = told.as_(login)
    with told.database.read() as session:
        founded = set(session.execute(select(Account.login)).scalars())
    for one in accounts["accounts"]:
        own = one.get("staff_no", "")
        if one["login"] in founded:
            if own:
                administrator.do(link_account, one["login"], own)
            continue
        administrator.do(add_account, one["login"], one["name"], accounts["password"], own)
        for department in one["departments"] or [""]:
            with told.database.read() as session:
                where = department_at(session, department).id if department else None
            administrator.do(grant_role, one["login"], Role(one["role"]), where)
    for one in accounts["accounts"]:
        if keeper := one.get("second_keeper"):
            administrator.do(name_keeper, one["staff_no"], keeper)


def _steps(told: Story, officer: str, story: dict[str, Any]) -> Iterator[Step]:
    for what, command in (("scheme", publish_scheme), ("accountability", publish_accountability)):
        one = story[what]
        yield _at(one["published_at"]), _bound(partial(_publish, command), told, one)
    yield from _people_steps(told, officer, story)
    for one in story["service"]:
        yield _at(one["at"]), _bound(_serve, told, one)
    yield from _lead_steps(told, story)
    yield from _entry_steps(told)
    for row in _rows("actions"):
        yield moment_of(_day(row["date"]), 15), _bound(_act, told, row)
    yield from _objection_steps(told)
    for row in _rows("entry_life"):
        yield moment_of(_day(row["date"]), 15, 30), _bound(_live, told, row)
    for one in story["evaluations"]:
        yield _at(one["at"]), _bound(_evaluate, told, one)


def _publish(command: Callable[..., Changes], told: Story, one: dict[str, Any]) -> None:
    text = (RESOURCES / one["file"]).read_text(encoding="utf-8")
    told.as_(one["published_by"]).do(command, text, one["adopted_by"], day_of(one["valid_from"]))


def _bound(do: Callable[[Story, T], object], told: Story, row: T) -> Callable[[], object]:
    return lambda: do(told, row)


def _serve(told: Story, one: dict[str, Any]) -> None:
    """What happened to a department, or to somebody's rank."""
    officer, basis = told.as_(one["by"]), Basis(one["document_no"], day_of(one["at"].date()), "")
    if one["do"] == "post":
        officer.do(transfer_person, one["staff_no"], Posting(rank=one["rank"]), basis)
    elif one["do"] == "add":
        officer.do(add_department, one["department"], basis=basis)
    else:
        with told.database.read() as session:
            where = department_at(session, one["department"]).id
        officer.do(dissolve_department, where, basis)


def _people_steps(told: Story, officer: str, story: dict[str, Any]) -> Iterator[Step]:
    opened_on = day_of(story["office"]["opened_at"].date())
    for row in told.people.values():
        person = _person(row)
        if _day(row["joined_on"]) > opened_on:
            yield moment_of(person.joined_on or opened_on, 9), _as(told, officer, add_person, person)
        elif later := tuple(state for state in person.states if state[1] > opened_on):
            for state in later:
                bare = NewPerson(person.staff_no, person.name, states=(state,))
                yield moment_of(state[1], 9), _as(told, officer, change_person, bare)
        if person.left_on and person.leaving:
            basis = Basis(story["leaving"][person.staff_no], person.left_on, row["note"])
            leaving = (person.staff_no, person.leaving, basis)
            yield moment_of(person.left_on, 17), _as(told, officer, close_file, *leaving)


def _as(told: Story, login: str, command: Callable[..., object], *inputs: object) -> Callable[[], object]:
    return lambda: told.as_(login).do(command, *inputs)


def _person(row: Row, known_by: Day | None = None) -> NewPerson:
    """A person of the story; with ``known_by`` only what was known then."""
    states = tuple(
        state
        for state in map(_state, filter(None, row["states"].split(";")))
        if known_by is None or state[1] <= known_by
    )
    return NewPerson(
        row["staff_no"],
        row["name"],
        row["department"],
        row["post"],
        row["rank"],
        _day(row["joined_on"]),
        left_on=_day(row["left_on"]) if row["left_on"] and known_by is None else None,
        leaving=Leaving(row["leaving"]) if row["leaving"] and known_by is None else None,
        states=states,
    )


def _state(text: str) -> tuple[ServiceState, Day, Day | None]:
    name, _, span = text.strip().partition(" ")
    since, _, until = span.partition("..")
    return ServiceState(name), _day(since), _day(until) if until else None


def _lead_steps(told: Story, story: dict[str, Any]) -> Iterator[Step]:
    given = story["promises"]
    yield moment_of(day_of(given["published_on"]), 11), _bound(_promise, told, given)
    for one in story["handovers"]:
        new = NewHandover(day_of(one["handed_on"]), one["body"], one["letter_no"])
        yield moment_of(new.handed_on, 17), _as(told, one["by"], register_handover, new)
    for row in _rows("leads"):
        yield moment_of(_day(row["received_on"]), 9), _bound(_register, told, row)
        if row["closed_on"]:
            yield moment_of(_day(row["closed_on"]), 16), _bound(_close, told, row)
        if row["checked_on"]:
            yield moment_of(_day(row["checked_on"]), 16), _bound(_check, told, row)
        if row["cleared_on"]:
            yield moment_of(_day(row["cleared_on"]), 17), _bound(_clear, told, row)


def _register(told: Story, row: Row) -> None:
    new = NewLead(
        row["staff_no"],
        _day(row["received_on"]),
        row["matter"],
        _day(row["occurred_on"]) if row["occurred_on"] else None,
        _day(row["due_on"]),
        Channel(row["channel"]),
        row["order_no"],
        Commitment(row["commitment"]) if row["commitment"] else None,
    )
    registrar = told.as_(row["registered_by"])
    given = {one.matter: one.uid for one in registrar.ask(promises)}
    with told.database.read() as session:
        department = department_at(session, row["department"]).id if row["department"] else None
    who = NewComplainant(row["complainant"], row["contact"]) if row["complainant"] else None
    more = Circumstances(row["hearing"], given.get(row["promise"]), department, who)
    told.leads[row["id"]] = registrar.do(register_lead, new, row["handler"], more).uids[0]


def _close(told: Story, row: Row) -> None:
    """With what is done at once: the answer, and what is to be put right."""
    registrar, uid, on = told.as_(row["registered_by"]), told.leads[row["id"]], _day(row["closed_on"])
    end = (LeadStatus(row["status"]), on, row["outcome"], row["handed_to"], row["letter_no"])
    registrar.do(close_lead, uid, *end)
    if row["replied_on"]:
        registrar.do(record_reply, uid, _day(row["replied_on"]), ReplyWay(row["reply_way"]))
    if row["remedy"]:
        registrar.do(plan_remedy, uid, row["remedy"], _day(row["remedy_by"]))


def _check(told: Story, row: Row) -> None:
    check = Check(_day(row["checked_on"]), row["checked_by"], True, row["check_note"])
    told.as_(row["registered_by"]).do(check_remedy, told.leads[row["id"]], check)


def _clear(told: Story, row: Row) -> None:
    on = _day(row["cleared_on"])
    clearing = Clearing(on, _toml("story")["office"]["name"], ClearingScope(row["scope"]), on)
    told.as_(row["registered_by"]).do(clear_lead, told.leads[row["id"]], clearing)


def _promise(told: Story, given: dict[str, Any]) -> None:
    published_on = day_of(given["published_on"])
    new = [NewPromise(matter, term, post, published_on) for matter, term, post in given["list"]]
    told.as_(given["published_by"]).do(add_promises, new)


def _entry_steps(told: Story) -> Iterator[Step]:
    leads = {row["entry"]: row["id"] for row in _rows("leads") if row["entry"]}
    for row in [*_rows("entries"), *_rows("undecided")]:
        row["lead"] = leads.get(row["id"], "")
        yield moment_of(_day(row["recorded_on"]), 10), _bound(_record, told, row)
        if row["verified_on"]:
            yield moment_of(_day(row["verified_on"]), 14), _bound(_verify, told, row)


_PAPERS = {"sanction": "处分决定书", "praise": "感谢信（锦旗）和核实记录"}
"""What these kinds of entries rest on, by the beginning of their code: it lies with the personnel staff."""


def _record(told: Story, row: Row) -> None:
    act = told.acts.setdefault(row["act"], new_uid()) if row["act"] else None
    new = NewEntry(
        row["staff_no"],
        row["item"],
        _day(row["occurred_on"]),
        _day(row["decided_on"]) if row["decided_on"] else None,
        _day(row["ended_on"]) if row["ended_on"] else None,
        row["authority"],
        AuthorityLevel(row["level"]),
        row["document_no"],
        row["facts"],
        Channel(row["channel"]),
        Commitment(row["commitment"]) if row["commitment"] else None,
        act,
    )
    told.recorded[row["id"]] = new
    lead = told.leads[row["lead"]] if row["lead"] else None
    recorder = told.as_(row["recorded_by"])
    uid = told.entries[row["id"]] = recorder.do(record_entry, new, lead).uids[0]
    if title := _PAPERS.get(row["item"].partition(".")[0]):
        place = f"人事科档案柜 {row['recorded_on'][:4]}年卷"
        recorder.do(add_evidence, uid, NewEvidence(title, place=place, seen=True))


def _verify(told: Story, row: Row) -> None:
    told.as_(row["verified_by"]).do(verify_entry, told.entries[row["id"]])


def _act(told: Story, row: Row) -> None:
    actor, entry = told.as_(row["by"]), told.entries[row["entry"]]
    if row["action"] == "return":
        actor.do(return_entry, entry, row["reason"])
        return
    actor.do(propose_revocation, entry, Basis(row["document_no"], _day(row["document_on"]), row["reason"]))
    told.as_(row["second"]).do(confirm_revocation, entry)


def _live(told: Story, row: Row) -> None:
    """A step in the life of an entry: told, stated, corrected, proposed to be revoked."""
    actor, entry, day = told.as_(row["by"]), told.entries[row["entry"]], _day(row["date"])
    number, text = row["number"], row["text"]
    match row["do"]:
        case "notice":
            actor.do(issue_notice, entry, number, day)
        case "deliver":
            actor.do(deliver_notice, entry, Delivered(day, Delivery(number), text))
        case "state":
            actor.do(rebut_entry, entry, text, day)
        case "correct":
            actor.do(correct_entry, entry, told.recorded[row["entry"]]._replace(facts=text), number)
        case "propose":
            actor.do(propose_revocation, entry, Basis(number, day, text))


def _objection_steps(told: Story) -> Iterator[Step]:
    for row in _rows("objections"):
        yield moment_of(_day(row["filed_on"]), 15, 10), _bound(_object, told, row)
        if row["decided_on"]:
            yield moment_of(_day(row["decided_on"]), 16, 10), _bound(_rule, told, row)


def _object(told: Story, row: Row) -> None:
    """An objection to an entry, or to the grade of a year, by the paper that came."""
    if row["entry"]:
        kind, target = Target.ENTRY, told.entries[row["entry"]]
    else:
        view = told.as_(row["by"]).ask(file_view, row["staff_no"], year(int(row["period"])))
        kind = Target.EVALUATION
        target = next(one.uid for one in view.evaluations if one.period.label == row["period"])
    filed = told.as_(row["by"]).do(file_objection, kind, target, row["claim"], _day(row["filed_on"]))
    told.objections[row["id"]] = filed.uids[0]


def _rule(told: Story, row: Row) -> None:
    ruling = Ruling(
        row["decision"] == ObjectionStatus.UPHELD,
        _day(row["decided_on"]),
        row["document_no"],
        row["reasons"],
    )
    told.as_(row["decided_by"]).do(decide_objection, told.objections[row["id"]], ruling)


def _evaluate(told: Story, one: dict[str, Any]) -> None:
    """One step of a year's evaluation; the story says what ``departments``, ``people``, ``except`` mean."""
    actor, period = told.as_(one["by"]), year(one["period"])
    left_out = set(one.get("except", ()))
    if one["do"] == "propose":
        for staff_no in _named(told, one):
            if staff_no not in left_out:
                actor.do(propose_evaluations, period, "", Whose(staff_no=staff_no))
        return
    decide = {"approve": approve_evaluation, "return": return_evaluation}[one["do"]]
    named = set(_named(told, one))
    for row in actor.ask(inbox):
        if row.staff_no in named - left_out and row.period == period:
            actor.do(decide, row.uid, one.get("reason", ""), row.digest)


def _named(told: Story, one: dict[str, Any]) -> list[str]:
    if one.get("people"):
        return list(one["people"])
    departments = set(one["departments"])
    return [staff_no for staff_no, row in told.people.items() if row["department"] in departments]


def _day(text: str) -> Day:
    return Day(int(text.replace("-", "")))


def _at(moment: dt.datetime) -> Moment:
    return moment_of(day_of(moment.date()), moment.hour, moment.minute)
