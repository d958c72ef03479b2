"""The rules of a standard in words: one sentence a row, as an office would say it."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import reduce
from typing import Any

from app.labels import label
from app.reports.wording import Translate, plain_points, signed_points
from app.rules.grading.scheme import (
    ALWAYS_SO,
    Attention,
    Band,
    CarryOver,
    Combination,
    Direct,
    Ending,
    Group,
    Input,
    KindOf,
    Limit,
    Local,
    Part,
    PeriodKind,
    PeriodRule,
    Quota,
    Scheme,
    Score,
    Span,
    Validity,
    When,
)
from app.words import translator
from models.types import POINT, Points, Polarity, iso


class Words:
    """What a sentence is made with: a language, and the names that the standard gives."""

    def __init__(self, scheme: Scheme | None, language: str) -> None:
        self.tr: Translate = translator(language)
        self._names: dict[str, str] = {}
        for rows in (
            (scheme.item_rows, scheme.groups, scheme.parts, scheme.inputs, scheme.bands) if scheme else ()
        ):
            self._names |= {row.code: row.name.in_language(language) for row in rows}
        self.language = language

    def name(self, code: str) -> str:
        """The name of what has a code; the code itself where there is no such thing."""
        return self._names.get(code, code)

    def names(self, codes: Iterable[str]) -> str:
        """Names one after the other."""
        tr = self.tr
        return self.listed(tr("“{name}”").format(name=self.name(code)) for code in codes)

    def listed(self, parts: Iterable[str]) -> str:
        """Things one after the other."""
        tr = self.tr
        pair = tr("{first}, {second}")
        return reduce(
            lambda first, second: pair.format(first=first, second=second) if first else second, parts, ""
        )


def sentence(row: object, scheme: Scheme | None, language: str) -> str:
    """What a row of a standard says; empty for a row that sentences are not for, or that says nothing yet.

    ``scheme`` gives the names of items, groups and grades; without one their codes stand for them.
    """
    words = Words(scheme, language)
    make = _SENTENCES.get(type(row))
    said = make(row, words) if make else ""
    return f"{said} {_dates(row, words.tr)}".strip() if said else ""


def conditions(when: When, scheme: Scheme | None, language: str) -> str:
    """All conditions, joined; empty for none."""
    return _all(when, Words(scheme, language))


def _dates(row: object, tr: Translate) -> str:
    since, until = getattr(row, "since", None), getattr(row, "until", None)
    if since and until:
        return tr("({since} to {until})").format(since=iso(since), until=iso(until))
    if since:
        return tr("(from {since} on)").format(since=iso(since))
    return tr("(until {until})").format(until=iso(until)) if until else ""


# Conditions


def _all(when: When, words: Words) -> str:
    tr = words.tr
    return tr(" and ").join(_conditions(when, words))


def _conditions(when: When, words: Words) -> Iterator[str]:
    tr = words.tr
    amounts = (
        (when.score_from, tr("the score is at least {n}")),
        (when.score_below, tr("the score is below {n}")),
        (when.deductions_from, tr("deductions come to {n} points or more")),
        (when.deductions_below, tr("deductions come to less than {n} points")),
    )
    for amount, said in amounts:
        if amount is not None:
            yield said.format(n=plain_points(amount))
    entries = _entries(when, words)
    if when.count_from is not None:
        yield tr("{entries} count at least {n} times").format(entries=entries, n=when.count_from)
    if when.count_below is not None:
        yield tr("{entries} count fewer than {n} times").format(entries=entries, n=when.count_below)
    if when.direct:
        yield tr("{grades} is given directly").format(grades=words.names(when.direct))
    if when.results:
        results = words.listed(label(one, tr) for one in when.results)
        yield tr("the last annual appraisal is {results}").format(results=results)
    if when.input and when.input_from is not None:
        yield tr("“{input}” is at least {n}").format(
            input=words.name(when.input), n=plain_points(Points(when.input_from))
        )
    if when.input and when.input_below is not None:
        yield tr("“{input}” is below {n}").format(
            input=words.name(when.input), n=plain_points(Points(when.input_below))
        )


def _entries(when: When, words: Words) -> str:
    """Which entries are counted."""
    tr = words.tr
    kinds = [words.names((*when.items, *when.groups))] if when.items or when.groups else []
    kinds += [label(one, tr) for one in when.categories]
    kinds += [_sign(when.polarity, words)] if when.polarity else []
    said = tr("entries of {kinds}").format(kinds=words.listed(kinds)) if kinds else tr("entries")
    if when.levels:
        levels = words.listed(label(one, tr) for one in when.levels)
        said = tr("{entries} decided at {levels}").format(entries=said, levels=levels)
    if when.within:
        said = tr("{entries} within {n} months").format(entries=said, n=when.within)
    return said


def _sign(polarity: Polarity, words: Words) -> str:
    tr = words.tr
    return tr("bonuses") if polarity is Polarity.POSITIVE else tr("deductions")


# Rows


def _score(row: Score, words: Words) -> str:
    tr = words.tr
    said = [tr("everybody begins with {n} points").format(n=plain_points(row.base))]
    if row.floor is not None:
        said.append(tr("never below {n}").format(n=plain_points(row.floor)))
    if row.ceiling is not None:
        said.append(tr("never above {n}").format(n=plain_points(row.ceiling)))
    if row.rounding:
        how = label(row.rounding.how, tr)
        said.append(tr("rounded {how} to {n}").format(how=how, n=plain_points(row.rounding.to)))
    return _ended(said, words)


def _period(row: PeriodRule, words: Words) -> str:
    tr = words.tr
    if row.kind is PeriodKind.ROLLING:
        said = [tr("graded is what counts in {n} months").format(n=row.months)]
    elif row.kind is PeriodKind.OPENING:
        said = [tr("graded is everything since the file was opened")]
    else:
        said = [tr("graded is the calendar year")]
    said += [tr("only acts of the period itself count")] if row.only_own else []
    return _ended(said, words)


def _carry_over(row: CarryOver, words: Words) -> str:
    tr, said = words.tr, []
    if row.fraction:
        percent = plain_points(Points(row.fraction * 100))
        said.append(
            tr("{n} percent of what the last score was above or below the base is carried over").format(
                n=percent
            )
        )
    for code, points in (row.by_grade or {}).items():
        said.append(
            tr("who had {grade} begins with {points}").format(
                grade=words.names([code]), points=signed_points(points)
            )
        )
    return _ended(said, words)


def _combination(row: Combination, words: Words) -> str:
    tr = words.tr
    said = [tr("of one act counts {what}").format(what=label(row.same_act, tr))]
    if row.repeat:
        of = {
            KindOf.ITEM: tr("the same item again while the earlier one is valid counts {n} times"),
            KindOf.GROUP: tr("the same group again while the earlier one is valid counts {n} times"),
            KindOf.CATEGORY: tr("the same category again while the earlier one is valid counts {n} times"),
        }[row.repeat.of]
        said.append(of.format(n=plain_points(Points(row.repeat.factor))))
    if row.frozen_bonuses:
        said.append(tr("bonuses count for nothing while a directly graded wrong is not corrected"))
    if row.suspended:
        said.append(tr("a disputed entry does not count until the objection is decided"))
    return _ended(said, words)


def _validity(row: Validity, words: Words) -> str:
    tr = words.tr
    if row.grades:
        what = tr("a direct grade {grades}").format(grades=words.names(row.grades))
    elif row.items or row.groups:
        what = words.names((*row.items, *row.groups))
    elif row.polarity:
        what = _sign(row.polarity, words)
    else:
        what = tr("everything else")
    if row.levels:
        levels = words.listed(label(one, tr) for one in row.levels)
        what = tr("{entries} decided at {levels}").format(entries=what, levels=levels)
    if row.up_to is not None:
        what = tr("{what}, up to {n} points").format(what=what, n=plain_points(row.up_to))
    what = what[0].upper() + what[1:]
    if row.ends is Ending.YEAR:
        return tr("{what}: counts to the end of its calendar year.").format(what=what)
    if row.ends is Ending.NEVER:
        return tr("{what}: counts without end.").format(what=what)
    if not row.months:
        return ""
    return tr("{what}: counts {n} months.").format(what=what, n=row.months)


def _direct(row: Direct, words: Words) -> str:
    tr = words.tr
    said = tr("When {conditions}: {grade} directly.") if row.when != ALWAYS_SO else ""
    return said.format(conditions=_all(row.when, words), grade=words.name(row.grade))


def _limit(row: Limit, words: Words) -> str:
    tr, when = words.tr, _all(row.when, words)
    if not when:
        return ""
    if row.at_least:
        said = tr("{grade} and better only when {conditions}.")
        return said.format(grade=words.name(row.at_least), conditions=when)
    if row.at_most:
        said = tr("When {conditions}: at most {grade}.")
        return said.format(grade=words.name(row.at_most), conditions=when)
    said = tr("When {conditions}: {n} grades lower.")
    return said.format(conditions=when, n=row.down) if row.down else ""


def _quota(row: Quota, words: Words) -> str:
    tr = words.tr
    said = [
        tr("{grade} and better: at most {n} percent of those rated, rounded {how}").format(
            grade=words.name(row.band), n=plain_points(Points(row.percent)), how=label(row.rounding, tr)
        )
    ]
    for one in row.variants:
        name = one.name.in_language(words.language)
        said.append(tr("{name}: {n} percent").format(name=name, n=plain_points(Points(one.percent))))
    if row.at_most is not None:
        said.append(tr("never more than {n} people").format(n=row.at_most))
    if row.left_out:
        states = words.listed(label(one, tr) for one in row.left_out)
        said.append(tr("not counted: {states}").format(states=states))
    return _ended(said, words)


def _local(row: Local, words: Words) -> str:
    tr = words.tr
    said = tr("Units may add up to {n} items of up to {points} points each.")
    return said.format(n=row.items, points=plain_points(row.points))


def _attention(row: Attention, words: Words) -> str:
    tr = words.tr
    said = tr("A line on the home page when {conditions}.")
    return said.format(conditions=_all(row.when, words))


def _group(row: Group, words: Words) -> str:
    tr, said = words.tr, [row.name.in_language(words.language)]
    if row.part:
        said.append(tr("in the part {part}").format(part=words.names([row.part])))
    if row.cap:
        said.append(_bounds(row.cap.floor, row.cap.ceiling, words))
        said += [tr("in each calendar year")] if row.cap.per is Span.YEAR else []
    return _ended([*said, *_zero(row.zero_on, words)], words)


def _part(row: Part, words: Words) -> str:
    tr, said = words.tr, [row.name.in_language(words.language)]
    if row.base:
        said.append(tr("everybody begins with {n} points").format(n=plain_points(row.base)))
    if row.floor is not None or row.ceiling is not None:
        said.append(_bounds(row.floor, row.ceiling, words))
    if row.weight != POINT:
        said.append(tr("weight {n}").format(n=plain_points(Points(row.weight))))
    return _ended([*said, *_zero(row.zero_on, words)], words)


def _zero(codes: tuple[str, ...], words: Words) -> list[str]:
    tr = words.tr
    said = tr("to zero by one act of {items}")
    return [said.format(items=words.names(codes))] if codes else []


def _bounds(floor: Points | None, ceiling: Points | None, words: Words) -> str:
    tr, said = words.tr, []
    if floor is not None:
        said.append(tr("never below {n}").format(n=plain_points(floor)))
    if ceiling is not None:
        said.append(tr("never above {n}").format(n=plain_points(ceiling)))
    return words.listed(said)


def _input(row: Input, words: Words) -> str:
    tr, said = words.tr, [row.name.in_language(words.language)]
    if row.weight:
        said.append(tr("each point of the result counts {n}").format(n=plain_points(Points(row.weight))))
    for band in row.bands:
        points = signed_points(band.points)
        if band.lowest is None:
            said.append(tr("else {points}").format(points=points))
        else:
            low = plain_points(Points(band.lowest))
            said.append(tr("from {low} on {points}").format(low=low, points=points))
    return _ended(said, words)


def _band(row: Band, words: Words) -> str:
    tr, needs = words.tr, _all(row.needs, words)
    name = row.name.in_language(words.language)
    if row.lowest is not None:
        said = tr("{grade}: from {low}").format(grade=name, low=plain_points(row.lowest))
    elif row.above is not None:
        said = tr("{grade}: above {low}").format(grade=name, low=plain_points(row.above))
    else:
        said = tr("{grade}: everything below").format(grade=name)
    parts = [said, *([tr("only when {conditions}").format(conditions=needs)] if needs else [])]
    parts += [tr("keeps the grade fallen from when given directly")] if row.remembers else []
    return _ended(parts, words)


def _ended(parts: list[str], words: Words) -> str:
    """Parts of one sentence."""
    tr = words.tr
    said = tr("; ").join(parts)
    if not said:
        return ""
    return tr("{sentence}.").format(sentence=said[0].upper() + said[1:])


_SENTENCES: Mapping[type, Callable[[Any, Words], str]] = {
    Score: _score,
    PeriodRule: _period,
    CarryOver: _carry_over,
    Combination: _combination,
    Validity: _validity,
    Direct: _direct,
    Limit: _limit,
    Quota: _quota,
    Local: _local,
    Attention: _attention,
    Group: _group,
    Part: _part,
    Input: _input,
    Band: _band,
}
