"""Resident ID numbers (GB 11643) as they are shown."""

from stdnum.cn import ric
from stdnum.exceptions import ValidationError

SHOWN = 4
"""Digits that are shown at either end: enough to compare with a card, not to tell the day of birth."""


def masked(number: str) -> str:
    """The number as everybody sees it who keeps the file: 2301**********1237."""
    return number[:SHOWN] + "*" * (len(number) - 2 * SHOWN) + number[-SHOWN:]


def birth_place(number: str) -> str:
    """Where the number was first given out, to be compared with the card; empty where its code is not listed.

    A code that is not listed is no fault: numbers of people who moved early bear codes given up since.
    """
    try:
        found = ric.get_birth_place(number)
    except ValidationError:
        return ""
    return "".join(found.get(name, "") for name in ("province", "county"))
