"""A small office for tests, real in every part: made once, copied for each test."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from itertools import count
from pathlib import Path
from urllib.parse import quote

import psycopg
from sqlalchemy import select

from app import keys
from app.commands.accounts import actor_of, add_account, grant_role
from app.commands.changes import Changes
from app.commands.conduct import Basis
from app.commands.departments import add_department
from app.commands.objections import file_objection
from app.commands.people import add_person
from app.commands.revoking import confirm_revocation, propose_revocation
from app.commands.schemes import publish_scheme
from app.context import AppContext
from app.founding import Founder, NewOffice, create_office
from app.office import DATABASE
from app.queries.reading import readings
from app.rules.inputs import NewEntry, NewPerson
from app.standards.schemes import SHIPPED
from models.accounts import Account
from models.database import Database, open_postgres, open_sqlite
from models.types import Access, Day, Moment, Role, Target, Uid, moment_of

PASSWORD = "Integrity-2025"
PASSPHRASE = "a passphrase for tests"
TODAY = Day(20251218)
BASELINE = (SHIPPED / "national-baseline.toml").read_text(encoding="utf-8")
OFFICE, WINDOW = 2, 3
"""Keys of the departments 办公室 and 审批一科."""


@dataclass
class Clock:
    """A clock that stands until it is set."""

    day: Day = TODAY
    hour: int = 9
    minute: int = 0

    def __call__(self) -> Moment:
        return moment_of(self.day, self.hour, self.minute)


@dataclass
class TestOffice:
    """An opened office, its clock, and its people to act as."""

    __test__ = False
    database: Database
    clock: Clock
    place: str = ""
    """What ``open_office`` opens."""

    def as_(self, login: str) -> AppContext:
        """Someone signed in."""
        with self.database.read() as session:
            account = session.execute(select(Account).where(Account.login == login)).scalar_one()
            return AppContext(self.database, actor_of(session, account))


def entry(staff_no: str = "0003", item: str = "reward.commendation", **more: object) -> NewEntry:
    """An entry that is right in every field."""
    given = {
        "occurred_on": Day(20250310),
        "decided_on": Day(20250310),
        "authority": "泽临市政务服务局",
        "document_no": "泽政服人〔2025〕45号",
        "facts": "2024年度考核优秀。",
    }
    return NewEntry(staff_no, item, **{**given, **more})  # type: ignore[arg-type]


def object_to(office: TestOffice, uid: Uid, on: int = 20251201, kind: Target = Target.ENTRY) -> Uid:
    """The person objects on paper to an entry or a grade; the uid of the objection."""
    return office.as_("officer").do(file_objection, kind, uid, "与事实不符", Day(on)).uids[0]


def printed(office: TestOffice) -> list[tuple[str, str]]:
    """What the register tells of prints: whose file, and which form."""
    rows = office.as_("officer").ask(readings, TODAY, TODAY)
    return [(row.staff_no, row.purpose) for row in rows if row.how is Access.PRINTED]


def revoked(office: TestOffice, uid: Uid, basis: Basis) -> Changes:
    """An entry is revoked by two: the officer proposes it, the verifier confirms it."""
    office.as_("officer").do(propose_revocation, uid, basis)
    return office.as_("verifier").do(confirm_revocation, uid)


def furnish(database: Database, clock: Clock) -> None:
    """Departments, people, accounts and a standard."""
    office = TestOffice(database, clock)
    officer = office.as_("officer")
    for name in ("办公室", "审批一科"):
        officer.do(add_department, name)
    for staff_no, name, department, post in (
        ("0001", "欧阳敏", "办公室", "主任"),
        ("0002", "解伟", "审批一科", "科长"),
        ("0003", "王丽", "审批一科", "一级科员"),
        ("0004", "王丽", "办公室", "一级科员"),
        ("0005", "阿依古丽·买买提", "审批一科", "二级主任科员"),
    ):
        officer.do(add_person, NewPerson(staff_no, name, department, post, joined_on=Day(20150301)))
    for login, name, staff_no, role, department in (
        ("head", "解伟", "0002", Role.DEPARTMENT_HEAD, WINDOW),
        ("other_head", "欧阳敏", "0001", Role.DEPARTMENT_HEAD, OFFICE),
        ("leader", "周局长", "", Role.LEADER_IN_CHARGE, None),
        ("reviewer", "赵六", "", Role.OBJECTION_OFFICER, None),
    ):
        officer.do(add_account, login, name, PASSWORD, staff_no)
        officer.do(grant_role, login, role, department)
    officer.do(publish_scheme, BASELINE, "泽政服发〔2024〕36号", Day(20240101))


def new_office(clock: Clock) -> NewOffice:
    """What the office is made of."""
    officer = Founder("officer", "张三", PASSWORD, (Role.PERSONNEL_OFFICER, Role.SYSTEM_ADMINISTRATOR))
    return NewOffice(
        "泽临市政务服务局", (officer, Founder("verifier", "李四", PASSWORD, (Role.VERIFIER,))), clock=clock
    )


def sqlite_offices(folder: Path) -> Callable[[Path], TestOffice]:
    """Makes a template; returns what copies and opens it."""
    clock = Clock()
    made = folder / "template"
    database, _ = create_office(str(made), PASSPHRASE, new_office(clock))
    furnish(database, clock)
    database.close()
    key = keys.from_passphrase(made / "office.keys", PASSPHRASE)

    def copy(place: Path) -> TestOffice:
        folder, fresh = place / "office", Clock()
        shutil.copytree(made, folder)
        return TestOffice(Database(partial(open_sqlite, folder / DATABASE, key), fresh), fresh, str(folder))

    return copy


def postgres_offices(admin_url: str) -> Callable[[Path], TestOffice]:
    """Makes a template database; returns what copies and opens it."""
    clock = Clock()
    template = new_database(admin_url, "office_template")
    database, _ = create_office(template, "", new_office(clock))
    furnish(database, clock)
    database.close()

    def copy(_: Path) -> TestOffice:
        fresh, url = Clock(), new_database(admin_url, template="office_template")
        return TestOffice(Database(partial(open_postgres, url), fresh), fresh, url)

    return copy


_numbers = count()


def new_database(admin_url: str, name: str = "", template: str = "template1") -> str:
    """Makes a database on the server; its URL."""
    name = name or f"office_{next(_numbers)}"
    _execute(admin_url, f"CREATE DATABASE {name} TEMPLATE {template}")
    return beside(admin_url, name)


def beside(admin_url: str, name: str) -> str:
    """The URL of another database on the same server."""
    return admin_url.replace("/postgres?", f"/{quote(name)}?")


def _execute(admin_url: str, statement: str) -> None:
    with psycopg.connect(admin_url, autocommit=True) as connection:
        connection.execute(statement)  # type: ignore[arg-type]  # only our own texts
