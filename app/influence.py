"""Influence periods in words, for window and paper alike."""

from app.reports.wording import Translate
from app.rules.influence import MOST_MONTHS, Influence, rest_of
from app.words import mark, tr
from models.types import iso

MONTHS = mark("{months} months")
REST_MONTHS = mark("{months} months left of an earlier one")
REST_DAYS = mark("{days} days left of an earlier one")
REST = mark("{months} months and {days} days left of an earlier one")
CAPPED = mark("at most {months} months")
UNTIL = mark("{length}, until {date}")
LIFTED = mark("lifted on {date}")
INSTEAD = mark("does not run by itself: the heavier one runs")
GOES_ON = mark("then added to the later one")


def influence_words(influence: Influence, words: Translate = tr) -> str:
    """How long it runs and why: ``4 months left of an earlier one + 12 months, until 2027-01-09``."""
    if influence.instead:
        return words(INSTEAD)
    sanction = influence.sanction
    length = words(MONTHS).format(months=sanction.months)
    if influence.rest_until:
        length = f"{_rest(influence, words)} + {length}"
    if influence.capped:
        length += f" · {words(CAPPED).format(months=MOST_MONTHS)}"
    said = words(UNTIL).format(length=length, date=iso(influence.until))
    if influence.lifted and sanction.lifted_on:
        said += f" · {words(LIFTED).format(date=iso(sanction.lifted_on))}"
    return f"{said} · {words(GOES_ON)}" if influence.goes_on else said


def _rest(influence: Influence, words: Translate) -> str:
    assert influence.rest_until is not None  # asked where there is one
    months, days = rest_of(influence.sanction.since, influence.rest_until)
    sentence = REST if months and days else REST_DAYS if days else REST_MONTHS
    return words(sentence).format(months=months, days=days)
