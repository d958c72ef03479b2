"""What a trial of a standard comes to, and in words: who moves, by what, in which departments."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple

from app.explanation import rule_name
from app.labels import label
from app.queries.what_if import Cell, WhatIf
from app.reports.wording import plain_points, signed_points
from app.rules.grading.case import NotRated
from app.rules.grading.moving import NOT_RATED, Cause, Move, Why
from app.rules.grading.scheme import Scheme
from app.words import in_use, ntr, tr
from models.types import Points, ServiceState


class Tally(NamedTuple):
    """How many files went which way."""

    up: int
    down: int
    other: int
    """From no grade or to none, or where neither is the better one."""
    same: int

    @property
    def moved(self) -> int:
        """All with another grade."""
        return self.up + self.down + self.other


def tally(found: WhatIf, places: Iterable[int]) -> Tally:
    """Of the files at some places."""
    counts = Counter(found.move(found.cells[place]) for place in places)
    return Tally(*(counts[move] for move in (Move.UP, Move.DOWN, Move.OTHER, Move.SAME)))


def everyone(found: WhatIf) -> range:
    """The places of all files."""
    return range(len(found.files))


def codes(scheme: Scheme) -> list[str]:
    """The grades, the best first, and at the end what stands for none."""
    return [*(band.code for band in scheme.bands), NOT_RATED]


def matrix(found: WhatIf) -> Counter[Cell]:
    """How many go from which grade to which."""
    return Counter(found.cells)


def movers(found: WhatIf) -> list[int]:
    """The places of those with another grade, down before up and the furthest first."""
    moved = (place for place in everyone(found) if found.move(found.cells[place]) is not Move.SAME)
    return _furthest_first(found, moved)


def within(found: WhatIf, before: str | None, after: str | None) -> list[int]:
    """The places of those who go from a grade to a grade; None for any."""
    cells = enumerate(found.cells)
    places = (place for place, cell in cells if before in (None, cell.before) and after in (None, cell.after))
    return _furthest_first(found, places)


def _furthest_first(found: WhatIf, places: Iterable[int]) -> list[int]:
    order = (Move.DOWN, Move.OTHER, Move.UP, Move.SAME)
    before, after = found.scores

    def rank(place: int) -> tuple[int, int, int]:
        return order.index(found.move(found.cells[place])), -abs(after[place] - before[place]), place

    return sorted(places, key=rank)


def rescored(found: WhatIf) -> int:
    """How many keep their grade with another score."""
    return sum(found.move(found.cells[place]) is Move.SAME for place in found.why)


def by_department(found: WhatIf) -> list[tuple[int, Tally]]:
    """Every department, by its key."""
    places = defaultdict(list)
    for place, department in enumerate(found.departments):
        places[department].append(place)
    return [(key, tally(found, places[key])) for key in sorted(places)]


def by_reason(found: WhatIf) -> list[tuple[Why | None, Tally]]:
    """What decided about those who move, what moves most of them first; points are left out of it."""
    places = defaultdict(list)
    for place in movers(found):
        places[deciding(found, place)].append(place)
    parts = [(why, tally(found, moved)) for why, moved in places.items()]
    return sorted(parts, key=lambda part: (-part[1].moved, str(part[0])))


def deciding(found: WhatIf, place: int) -> Why | None:
    """What decided that somebody moves, whatever the points."""
    why = found.why.get(place, ())
    return why[0]._replace(points=Points(0)) if why else None


# In words


def summary_words(found: WhatIf) -> str:
    """All of it in a line."""
    all_ = tally(found, everyone(found))
    people = ntr("{n} person", "{n} people", len(found.files)).format(n=len(found.files))
    said = tr("{people}: {up} up, {down} down, {other} otherwise, {same} as before").format(
        people=people, up=all_.up, down=all_.down, other=all_.other, same=all_.same
    )
    n = rescored(found)
    return f"{said} {tr('({n} of them with another score)').format(n=n)}" if n else said


def grade_words(scheme: Scheme, code: str) -> str:
    """A grade by its name."""
    band = next((one for one in scheme.bands if one.code == code), None)
    return band.name.in_language(in_use()) if band else tr("Not rated")


def score_words(found: WhatIf, place: int) -> str:
    """From one score to another; nothing for who has none."""
    cell, scores = found.cells[place], [column[place] for column in found.scores]
    shown = [plain_points(Points(score)) if code else "—" for code, score in zip(cell, scores, strict=True)]
    return " → ".join(shown)


def move_words(move: Move) -> str:
    """A sign with a word, since colour alone says nothing."""
    return {
        Move.SAME: tr("as before"),
        Move.UP: tr("↑ up"),
        Move.DOWN: tr("↓ down"),
        Move.OTHER: tr("↔ otherwise"),
    }[move]


def all_words(found: WhatIf, place: int) -> str:
    """What somebody moves by, the decisive first."""
    return tr("; ").join(why_words(found, why) for why in found.why.get(place, ()))


def why_words(found: WhatIf, why: Why | None) -> str:
    """One reason."""
    if why is None:
        return tr("as the grades of the two standards are called")
    said = "".join(_why(found, why))
    return tr("{what} {points}").format(what=said, points=signed_points(why.points)) if why.points else said


def _why(found: WhatIf, why: Why) -> Iterator[str]:
    name = _name(found, why.code)
    if why.cause is Cause.RATED:
        kind = ServiceState if why.code in tuple(ServiceState) else NotRated
        reason = label(kind(why.code))
        yield (tr("{reason}: rated all the same") if why.gone else tr("{reason}: not rated")).format(
            reason=reason
        )
    elif why.cause is Cause.EDGES:
        said = tr("the score from which “{name}” begins ({before} → {after})")
        before, after = (_edge(one.scheme, why.code) for one in (found.old, found.new))
        yield said.format(name=name, before=before, after=after)
    elif why.cause is Cause.ADJUSTMENT and why.kind:
        yield label(why.kind).format(name=name)
    elif why.cause is Cause.ITEM:
        yield name
    elif why.cause is Cause.ENTRY:
        said = (
            tr("“{name}” gives no grade directly any more") if why.gone else tr("“{name}” gives it directly")
        )
        yield said.format(name=name)
    else:
        said = tr("“{name}” does not apply any more") if why.gone else tr("“{name}” applies")
        yield said.format(name=name)


def _edge(scheme: Scheme, code: str) -> str:
    """The score that earns a grade."""
    band = next((one for one in scheme.bands if one.code == code), None)
    if band and band.above is not None:
        return f"> {plain_points(band.above)}"
    return plain_points(band.lowest) if band and band.lowest is not None else "—"


def _name(found: WhatIf, code: str) -> str:
    """Of an item, a rule, a group …; the new standard comes first."""
    language = in_use()
    for scheme in (found.new.scheme, found.old.scheme):
        named = (*scheme.item_rows, *scheme.groups, *scheme.parts, *scheme.inputs)
        by_code = next((row.name.in_language(language) for row in named if row.code == code), "")
        if by_code or (by_code := rule_name(code, scheme, language)) != code:
            return by_code
    return code


def quota_lines(found: WhatIf) -> list[tuple[str, Collection[str]]]:
    """The quotas before and after, where there are any."""
    both = ((tr("Before"), found.quotas[0]), (tr("After"), found.quotas[1]))
    return [(title, one.sentences()) for title, one in both if one.meters]
