"""Refuses single values of forms that lists do not have."""

from app.commands.finding import refuse
from app.errors import Invalid
from app.rules.validation import LINE, Fault, Problem, is_day
from app.words import tr
from models.types import Day, iso


def needed(field: str, text: str, missing: str, *, long: bool = False) -> str:
    """The text without blanks around it. Raises Invalid with ``missing`` where there is none, or where it
    is no line."""
    if not (said := text.strip()):
        raise Invalid(missing, field=field)
    return said if long else short(field, said)


def short(field: str, text: str) -> str:
    """A line, which may be empty. Raises Invalid where it is too long."""
    if len(text.strip()) > LINE:
        raise Invalid(tr("This is longer than {most} characters. Shorten it.").format(most=LINE), field=field)
    return text.strip()


def passed_day(field: str, value: Day, since: Day, today: Day) -> Day:
    """A day that has come, and not before another. Raises Invalid."""
    if not is_day(value) or not value % 100:
        refuse([Problem(field, Fault.DATE_NO_DAY, iso(value))])
    if value > today:
        raise Invalid(tr("This date is still to come. Correct the date."), field=field)
    if value < since:
        sentence = tr("This lies before {date}, when it could be at the earliest. Correct the date.")
        raise Invalid(sentence.format(date=iso(since)), field=field)
    return value
