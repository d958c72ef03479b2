"""Why a grade is what it is, in words: each move of the score, what fixed the grade, what the next lacked.

Told from the result as it was stored, never worked out again.
"""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from app.labels import label
from app.reports.wording import Translate, plain_points
from app.rules.grading.case import Adjusted, Adjustment, Fixed, Grade, How, Lack, Line
from app.rules.grading.scheme import Named, Scheme
from app.words import tr as in_use
from models.types import POINT, Day, Points, Uid, iso

NameOf = Callable[[Uid], str]
"""How an entry is called: its item and date."""


class Move(NamedTuple):
    """One move of the score, and where it stands afterwards."""

    line: Line | None
    """The entry's line; None for what comes from no entry."""
    words: str
    """What it comes from; empty for an entry."""
    points: Points
    total: Points


def moves(grade: Grade, scheme: Scheme, language: str, tr: Translate = in_use) -> list[Move]:
    """From the base to the score: what everybody has, the entries that count, what bounds them."""
    first = [one for one in grade.adjustments if one.kind in _BEFORE]
    last = [one for one in grade.adjustments if one.kind not in _BEFORE]
    counted = [line for line in grade.lines if line.reason is None]
    rows: list[Line | Adjustment] = [*first, *counted, *last]
    found, total = [], 0
    for one in rows:
        total += one.points
        words = "" if isinstance(one, Line) else adjustment_words(one, scheme, language, tr)
        found.append(Move(one if isinstance(one, Line) else None, words, one.points, Points(total)))
    return found


_BEFORE = (Adjusted.BASE, Adjusted.PART_BASE, Adjusted.CARRY_OVER, Adjusted.INPUT)


def adjustment_words(one: Adjustment, scheme: Scheme, language: str, tr: Translate = in_use) -> str:
    """What moved the score beside the entries."""
    named: tuple[Named, ...] = (
        *scheme.parts,
        *scheme.groups,
        *scheme.inputs,
        *scheme.item_rows,
        *scheme.bands,
    )
    name = next((row.name.in_language(language) for row in named if row.code == one.code), one.code)
    return label(one.kind, tr).format(name=name)


def line_words(line: Line, scheme: Scheme, name_of: NameOf, tr: Translate = in_use) -> str:
    """Why the points of an entry are other than its item's own, or why there are none."""
    words = label(line.reason or line.how, tr)
    if line.by is None:
        return words
    if line.how is How.REPEATED and line.reason is None and scheme.combination.repeat:
        factor = plain_points(Points(scheme.combination.repeat.factor))
        return tr("× {factor}: {why} ({entry})").format(factor=factor, why=words, entry=name_of(line.by))
    return tr("{why} ({entry})").format(why=words, entry=name_of(line.by))


def fixed_words(grade: Grade, scheme: Scheme, language: str, name_of: NameOf, tr: Translate = in_use) -> str:
    """Which condition fixed the grade; empty for who has none."""
    if grade.band is None or grade.score is None:
        return ""
    names: dict[str, str] = {band.code: band.name.in_language(language) for band in scheme.bands}
    name, rule = names[grade.band], rule_name(grade.rule, scheme, language)
    if grade.fixed is Fixed.ENTRY and grade.direct:
        said = tr("{grade} follows directly from: {entry}.").format(grade=name, entry=name_of(grade.direct))
    elif grade.fixed is Fixed.RULE:
        said = tr("{grade} follows directly from the rule “{rule}”.").format(grade=name, rule=rule)
    elif grade.fixed is Fixed.LIMIT:
        said = tr("{grade}, because “{rule}” applies.").format(grade=name, rule=rule)
    elif grade.fixed is Fixed.KEPT:
        said = tr("{grade}, because the person's own objection alone never lowers a grade.").format(
            grade=name
        )
    elif grade.fixed is Fixed.NEEDS:
        said = tr("{grade}, because what “{rule}” asks for is missing.").format(grade=name, rule=rule)
    else:
        said = _by_score(grade, scheme, name, tr)
    if grade.fallen_from:
        said += " " + tr("By the score it would be {grade}.").format(grade=names[grade.fallen_from])
    return said


def _by_score(grade: Grade, scheme: Scheme, name: str, tr: Translate) -> str:
    band = next(band for band in scheme.bands if band.code == grade.band)
    score = plain_points(grade.score or Points(0))
    if band.lowest is not None:
        low = plain_points(band.lowest)
        return tr("{score} points give {grade}, from {low} on.").format(score=score, grade=name, low=low)
    if band.above is not None:
        low = plain_points(band.above)
        return tr("{score} points give {grade}, above {low}.").format(score=score, grade=name, low=low)
    return tr("{score} points give {grade}, the lowest grade.").format(score=score, grade=name)


def rule_name(code: str, scheme: Scheme, language: str) -> str:
    """The name of a limit, of a direct rule, or of a grade that asks for more than its score."""
    named: tuple[Named, ...] = (*scheme.limits, *scheme.direct, *scheme.bands)
    return next((row.name.in_language(language) for row in named if row.code == code), code)


def next_words(grade: Grade, scheme: Scheme, language: str, name_of: NameOf, tr: Translate = in_use) -> str:
    """What the next better grade would have needed; empty for who has the best, or none."""
    if not grade.next_band or not grade.lacks:
        return ""
    name = next(band.name.in_language(language) for band in scheme.bands if band.code == grade.next_band)
    lacking = tr("; ").join(dict.fromkeys(_lacks(grade, scheme, language, name_of, tr)))
    return tr("{grade} would have needed: {lacking}.").format(grade=name, lacking=lacking)


def _lacks(grade: Grade, scheme: Scheme, language: str, name_of: NameOf, tr: Translate) -> Iterator[str]:
    for lack in grade.lacks:
        if lack.what == "direct" and lack.amount:
            said = tr("no direct grade from “{entry}” any more (it lasts until {day})")
            yield said.format(entry=name_of(Uid(lack.code)), day=iso(Day(lack.amount)))
        else:
            yield _lack(lack, scheme, language, tr)


def _lack(lack: Lack, scheme: Scheme, language: str, tr: Translate) -> str:
    rule = rule_name(lack.code, scheme, language)
    name = next((one.name.in_language(language) for one in scheme.inputs if one.code == lack.code), rule)
    amount = plain_points(Points(abs(lack.amount)))
    more = lack.amount > 0
    sentence = {
        ("score", True): tr("{n} points more"),
        ("score", False): tr("a score lower by more than {n}"),
        ("deductions", True): tr("{n} points of deductions more"),
        ("deductions", False): tr("more than {n} points of deductions less"),
        ("input", True): tr("{n} more in “{rule}”"),
        ("input", False): tr("a result of “{rule}” that fits"),
        ("direct", False): tr("a direct grade, as “{rule}” says"),
        ("results", False): tr("another result of the last annual appraisal, as “{rule}” says"),
    }.get((lack.what, more))
    if lack.what == "count":
        n = lack.amount if more else 1 - lack.amount
        said = (
            tr("{n} more of the entries that “{rule}” names")
            if more
            else tr("{n} fewer of the entries that “{rule}” names")
        )
        return said.format(n=n, rule=rule)
    return (sentence or tr("“{rule}” not applying")).format(n=amount, rule=name)


def as_data(grade: Grade, scheme: Scheme, language: str, name_of: NameOf) -> dict[str, object]:
    """The explanation for a program: points as numbers, days as texts."""
    told = moves(grade, scheme, language)
    return {
        "moves": [_move(move, scheme, name_of) for move in told],
        "not_counted": [_line(line, scheme, name_of) for line in grade.lines if line.reason],
        "decided_by": {
            "what": grade.fixed,
            "rule": grade.rule,
            "entry": grade.direct,
            "sentence": fixed_words(grade, scheme, language, name_of),
        },
        "fallen_from": grade.fallen_from or None,
        "next": {
            "grade": grade.next_band or None,
            "lacks": [{"what": one.what, "amount": _amount(one), "rule": one.code} for one in grade.lacks],
            "sentence": next_words(grade, scheme, language, name_of),
        },
    }


def _amount(lack: Lack) -> object:
    if lack.what == "count":
        return lack.amount
    return iso(Day(lack.amount)) if lack.what == "direct" and lack.amount else lack.amount / POINT


def _move(move: Move, scheme: Scheme, name_of: NameOf) -> dict[str, object]:
    what = _line(move.line, scheme, name_of) if move.line else {"from": move.words}
    return {**what, "points": move.points / POINT, "total": move.total / POINT}


def _line(line: Line, scheme: Scheme, name_of: NameOf) -> dict[str, object]:
    rule = scheme.items.get(line.item)
    return {
        "entry": line.entry,
        "item": line.item,
        "name": name_of(line.entry),
        "reason": line.reason,
        "how": line.how or None,
        "because_of": line.by,
        "words": line_words(line, scheme, name_of),
        "valid_until": iso(line.until) if line.until else None,
        "direct_grade": line.direct or None,
        "disputed": line.disputed,
        "reference": rule.reference if rule else "",
    }
