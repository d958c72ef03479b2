"""How dates, moments, points and digests read on paper."""

import calendar
from collections.abc import Callable, Iterable

from models.types import POINT, Day, Points, first_date, iso

Translate = Callable[[str], str]


def document_day(value: Day, tr: Translate) -> str:
    """A date as documents write it: 2025年6月12日, 12 June 2025. Without its day or month, as in tables."""
    if not value % 100:
        return iso(value)
    date = first_date(value)
    return tr("{day} {month_name} {year}").format(
        day=date.day, month=date.month, month_name=calendar.month_name[date.month], year=date.year
    )


def decimals(values: Iterable[Points]) -> int:
    """How many places after the point write all these exactly."""
    rest = [abs(value) % POINT for value in values]
    return max((len(f"{r:03}".rstrip("0")) for r in rest), default=0)


def plain_points(value: Points, places: int | None = None) -> str:
    """Points as a figure with a true minus, exact to ``places`` (as many as it needs where None)."""
    wanted = decimals([value]) if places is None else places
    whole, rest = divmod(abs(value), POINT)
    fraction = f".{rest:03}"[: wanted + 1] if wanted else ""
    return ("−" if value < 0 else "") + f"{whole}{fraction}"


def signed_points(value: Points, places: int | None = None) -> str:
    """As ``plain_points``, with a plus where it is one."""
    return ("+" if value > 0 else "") + plain_points(value, places)


def in_eights(hexadecimal: str) -> list[str]:
    """A digest in groups of eight digits, which the eye can compare."""
    return [hexadecimal[n : n + 8] for n in range(0, len(hexadecimal), 8)]
