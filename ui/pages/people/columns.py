"""The columns of the table of people."""

from app.labels import label as words
from app.queries.people import PersonRow
from app.queries.people_order import PeopleOrder
from app.words import in_use, mark, ntr, tr
from models.types import EvaluationStatus, iso
from ui import theme
from ui.tables.row_model import Column


def _state(row: PersonRow) -> str:
    """States and leaving, in a few words."""
    parts = [words(state) for state in row.states]
    if row.left_on:
        why = words(row.leaving) if row.leaving else tr("Left")
        parts.append(f"{why} {iso(row.left_on)}")
    return " · ".join(parts)


def grade_words(row: PersonRow) -> str:
    """Period, grade and where the evaluation stands; empty before any."""
    if row.grade_status is None:
        return ""
    return f"{row.grade_period} {row.grade_name(in_use())} · {words(row.grade_status)}"


_SHORT = {
    EvaluationStatus.SUBMITTED: mark("submitted"),
    EvaluationStatus.RETURNED: mark("returned"),
    EvaluationStatus.APPROVED: mark("approved"),
    EvaluationStatus.CONFIRMED: mark("confirmed"),
    EvaluationStatus.PUBLICISED: mark("publicised"),
    EvaluationStatus.FINAL: mark("final"),
}
"""Where an evaluation stands, as short as a column is; the tooltip has the full words."""


def _grade(row: PersonRow) -> str:
    if row.grade_status is None:
        return ""
    said = tr("{period} {grade}, {status}")
    status = tr(_SHORT[row.grade_status])
    return said.format(period=row.grade_period, grade=row.grade_name(in_use()), status=status)


def _department_hint(row: PersonRow) -> str:
    return row.department


def _post_hint(row: PersonRow) -> str:
    return " · ".join(part for part in (row.post, row.rank) if part)


def _state_colour(row: PersonRow) -> theme.Role | None:
    return "muted" if row.left_on else None


def _disputed(row: PersonRow) -> tuple[str, theme.Role] | None:
    return ("flag", "dispute") if row.disputed else None


def _name_spoken(row: PersonRow) -> str:
    return tr("{name}, an objection runs").format(name=row.name) if row.disputed else row.name


def _name_hint(row: PersonRow) -> str:
    return _name_spoken(row)


def _positive(row: PersonRow) -> str:
    return f"+{row.positive}" if row.positive else ""


def _negative(row: PersonRow) -> str:
    return f"−{row.negative}" if row.negative else ""


def _positive_spoken(row: PersonRow) -> str:
    return ntr("{n} positive entry", "{n} positive entries", row.positive).format(n=row.positive)


def _negative_spoken(row: PersonRow) -> str:
    return ntr("{n} negative entry", "{n} negative entries", row.negative).format(n=row.negative)


COLUMNS: tuple[Column[PersonRow], ...] = (
    Column(PeopleOrder.STAFF_NO, mark("Staff no."), lambda row: row.staff_no, 5),
    Column(
        PeopleOrder.NAME,
        mark("Name"),
        lambda row: row.name,
        7,
        icon=_disputed,
        spoken=_name_spoken,
        tooltip=_name_hint,
    ),
    Column(
        PeopleOrder.DEPARTMENT, mark("Department"), lambda row: row.department, 6, tooltip=_department_hint
    ),
    Column(PeopleOrder.POST, mark("Post or rank"), lambda row: row.post or row.rank, 7, tooltip=_post_hint),
    Column(PeopleOrder.RANK, mark("Rank"), lambda row: row.rank, 7, shown=False),
    Column(
        PeopleOrder.POSITIVE,
        mark("+"),
        _positive,
        2,
        "right",
        colour=lambda _: "positive",
        spoken=_positive_spoken,
    ),
    Column(
        PeopleOrder.NEGATIVE,
        mark("−"),
        _negative,
        2,
        "right",
        colour=lambda _: "negative",
        spoken=_negative_spoken,
    ),
    Column(PeopleOrder.STATE, mark("State"), _state, 5, colour=_state_colour, tooltip=_state),
    Column(PeopleOrder.GRADE, mark("Grade"), _grade, 11, tooltip=grade_words, spoken=grade_words),
)
