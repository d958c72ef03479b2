"""Files that are the second one of a person, merged into the main file and read with it."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, aliased

from models.people import IntegrityFile, Person
from models.types import Uid

_Main = aliased(IntegrityFile)


class Second(NamedTuple):
    """A file that was merged into another one."""

    file_id: int
    chain_id: int
    uid: Uid
    staff_no: str
    main_id: int
    """The file it was merged into."""


_SECONDS = (
    select(IntegrityFile.id, IntegrityFile.chain_id, IntegrityFile.uid, Person.staff_no, _Main.id)
    .join(Person, IntegrityFile.person_id == Person.id)
    .join(_Main, IntegrityFile.merged_into == _Main.uid)
    .where(IntegrityFile.merged_into.is_not(None))
    .order_by(IntegrityFile.id)
)
"""Asked with every file that is graded, and therefore made once."""


def seconds(session: Session) -> dict[int, Second]:
    """Every merged file by its key: few, and none in most offices."""
    return {row[0]: Second._make(row) for row in session.execute(_SECONDS)}


def with_seconds(session: Session, files: Sequence[int]) -> list[int]:
    """The keys of files and of those merged into them."""
    wanted = set(files)
    return [*files, *(one.file_id for one in seconds(session).values() if one.main_id in wanted)]


def second_to_main(session: Session) -> dict[int, int]:
    """The key of the person whose main file it is, by that of the person whose file was merged into it."""
    rows = (
        select(IntegrityFile.person_id, _Main.person_id)
        .join(_Main, IntegrityFile.merged_into == _Main.uid)
        .where(IntegrityFile.merged_into.is_not(None))
    )
    return dict(session.execute(rows).all())


def with_second_people(session: Session, people: Sequence[int]) -> list[int]:
    """The keys of people, and of those whose files were merged into theirs."""
    wanted = set(people)
    return [*people, *(second for second, main in second_to_main(session).items() if main in wanted)]


def second_people() -> Select[int]:
    """The keys of people whose file was merged into another: they are in no list."""
    # Greater than nothing: for IS NOT NULL, SQLite would go through all files instead of the index.
    return select(IntegrityFile.person_id).where(IntegrityFile.merged_into > "")
