"""Quotas (比例限制) in words: how many may have a grade, how many would, and who stands level at the line."""

from collections.abc import Callable

from app.rules.grading.quota import Meter, allowed
from app.rules.grading.scheme import Scheme
from app.words import in_use, listed, ntr, tr
from models.types import Uid

NAMED = 8
"""Of more who stand level, only the number is told."""


def quota_words(meter: Meter, scheme: Scheme, name: Callable[[Uid], str]) -> str:
    """One quota against those who would have its grade or a better one. Ties are told with their names:
    who gives way is for people to decide."""
    band = next(one for one in scheme.bands if one.code == meter.quota.band)
    n = meter.held
    said = ntr(
        "{grade} and better: {n} person; of {rated} at most {allowed} may have it",
        "{grade} and better: {n} people; of {rated} at most {allowed} may have it",
        n,
    )
    grade = band.name.in_language(in_use())
    parts = [said.format(grade=grade, n=n, rated=meter.rated, allowed=meter.allowed)]
    for one in meter.quota.variants:
        most = allowed(meter.quota, meter.rated, {one.unit})
        unit = one.name.in_language(in_use())
        parts.append(tr("in units with “{unit}” at most {n}").format(unit=unit, n=most))
    if meter.tied:
        free = meter.allowed - len(meter.within)
        level = ntr("for {free} place {names} stand level", "for {free} places {names} stand level", free)
        parts.append(level.format(free=free, names=_names(meter, name)))
    elif over := n - meter.allowed if n > meter.allowed else 0:
        parts.append(ntr("{n} too many", "{n} too many", over).format(n=over))
    return tr("{sentence}.").format(sentence=tr("; ").join(parts))


def _names(meter: Meter, name: Callable[[Uid], str]) -> str:
    n = len(meter.tied)
    if n > NAMED:
        return ntr("{n} person", "{n} people", n).format(n=n)
    return listed(sorted(map(name, meter.tied)))
