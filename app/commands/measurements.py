"""Results measured elsewhere (a survey, the performance of a unit), as a standard takes them in."""

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.commands.changes import Changes, Kind, changed
from app.commands.finding import allow
from app.commands.ledger import writing
from app.errors import Invalid
from app.permissions import Actor, Permission, require
from app.queries.schemes import scheme_for
from app.rules.grading.case import Period
from app.rules.grading.scheme import Input
from app.words import in_use, listed, tr
from models.images import OFFICE_CHAIN
from models.measurements import Measurement
from models.people import IntegrityFile, Person
from models.types import POINT, Points, Uid, new_uid


def record_measurements(
    session: Session,
    actor: Actor,
    code: str,
    period: Period,
    values: Mapping[str, Points],
    document_no: str,
) -> Changes:
    """Take in results for a period, by staff number, in thousandths; a later one takes the place of an
    earlier. All of them or none: raises Invalid for who is unknown and what lies outside its bounds."""
    require(actor, Permission.KEEP_FILES)
    rule = _input(session, actor, period, code)
    if not document_no.strip():
        raise Invalid(tr("Enter the number of the document that reports the results."), field="document_no")
    files = _files(session, list(values))
    if unknown := sorted(values.keys() - files.keys()):
        sentence = tr("There is nobody with the staff number {numbers}. Nothing was taken in.")
        raise Invalid(sentence.format(numbers=listed(unknown[:10])), field="staff_no")
    with writing(session, actor, "record_measurements") as ledger:
        ledger.follow([OFFICE_CHAIN])
        for staff_no, value in sorted(values.items()):
            _check(rule, staff_no, value)
            file = files[staff_no]
            allow(actor, Permission.KEEP_FILES, file)
            row = Measurement(
                uid=new_uid(),
                file_id=file.id,
                input=rule.code,
                period_start=period.start,
                period_end=period.end,
                value=value,
                document_no=document_no.strip(),
                recorded_by=actor.account_id,
                recorded_at=ledger.moment,
            )
            session.add(row)
            file.content_version += 1
            ledger.add_row(file.chain_id, "measurement_recorded", "measurement", Uid(row.uid))
    return changed(Kind.EVALUATIONS)


def _input(session: Session, actor: Actor, period: Period, code: str) -> Input:
    scheme = scheme_for(session, actor, period).scheme
    found = next((one for one in scheme.inputs if one.code == code), None)
    if found is None:
        known = listed(f"{one.code} ({one.name.in_language(in_use())})" for one in scheme.inputs)
        sentence = tr("The standard takes in no “{code}”. It takes in: {known}.")
        raise Invalid(sentence.format(code=code, known=known or tr("nothing")), field="input")
    return found


def _check(rule: Input, staff_no: str, value: Points) -> None:
    if not rule.least <= value <= rule.most:
        sentence = tr("{staff_no}: {value} does not lie between {least} and {most}. Nothing was taken in.")
        bounds = {"least": f"{rule.least / POINT:g}", "most": f"{rule.most / POINT:g}"}
        raise Invalid(sentence.format(staff_no=staff_no, value=f"{value / POINT:g}", **bounds), field="value")


def _files(session: Session, staff_nos: list[str]) -> dict[str, IntegrityFile]:
    rows = select(Person.staff_no, IntegrityFile).join(IntegrityFile, IntegrityFile.person_id == Person.id)
    found: dict[str, IntegrityFile] = {}
    for start in range(0, len(staff_nos), 500):  # SQLite takes so many parameters and no more
        part = rows.where(Person.staff_no.in_(staff_nos[start : start + 500]))
        found.update({row.staff_no: row.IntegrityFile for row in session.execute(part)})
    return found
