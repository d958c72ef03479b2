"""Verbs that try a standard before it holds: against another text, and against the files of a period."""

import re
from argparse import Namespace
from pathlib import Path

from app.cli.grading import period_of, whose
from app.cli.offices import entered
from app.cli.standards import text_of
from app.context import AppContext
from app.errors import Invalid, NotFound
from app.exchange.what_if_report import write_what_if
from app.queries.departments import departments
from app.queries.schemes import PublishedScheme, own_schemes
from app.queries.what_if import Cell, WhatIf, Whom, what_if, whom
from app.standards.comparison import compared
from app.standards.what_if import (
    Tally,
    all_words,
    by_department,
    by_reason,
    codes,
    matrix,
    move_words,
    movers,
    quota_lines,
    score_words,
    summary_words,
    why_words,
)
from app.words import tr
from models.types import POINT

_EDITION = re.compile(r"([\w.-]+):(\d+)")


def compare(given: Namespace) -> tuple[int, object, str]:
    """``scheme compare``"""
    found = compared(*(_text(given, name) for name in (given.old, given.new)))
    data = [{**one._asdict(), "sentence": one.sentence()} for one in found]
    said = "\n".join(one.sentence() for one in found)
    return 0, data, said or tr("The two say the same.")


def _text(given: Namespace, name: str) -> str:
    """Of a file, or of a published edition where there is no file of that name."""
    if _EDITION.fullmatch(name) and not Path(name).exists():
        return edition_of(entered(given), name).text
    return text_of(name)


def edition_of(context: AppContext, name: str) -> PublishedScheme:
    """The published edition that ID:EDITION names. Raises Invalid, NotFound."""
    named = _EDITION.fullmatch(name)
    if not named:
        sentence = tr("“{name}” names no edition. Write it as ID:EDITION; scheme list shows them.")
        raise Invalid(sentence.format(name=name))
    for one in context.ask(own_schemes):
        if (one.code, one.edition) == (named[1], int(named[2])):
            return one
    raise NotFound(tr("{name} is not published here. scheme list shows what is.").format(name=name))


def try_out(given: Namespace) -> tuple[int, object, str]:
    """``scheme what-if``"""
    text, period, context = text_of(given.file), period_of(given.period), entered(given)
    against = edition_of(context, given.against) if given.against else None
    found = context.ask(what_if, text, period, against, whose(context, given))
    moved = [found.files[place] for place in movers(found)]
    who = context.ask(whom, moved)
    names = {row.id: row.name for row in context.ask(departments)}
    if given.out:
        write_what_if(found, who, names, Path(given.out))
    return 0, _data(found, who, names), "\n".join(_lines(found, who, given.out))


def _lines(found: WhatIf, who: dict[int, Whom], out: str) -> list[str]:
    lines = [summary_words(found)]
    for title, sentences in quota_lines(found):
        lines += [tr("{title}: {text}").format(title=title, text=sentence) for sentence in sentences]
    for place in movers(found):
        if person := who.get(found.files[place]):
            cell = found.cells[place]
            way = f"{cell.before or '—'} → {cell.after or '—'}  {score_words(found, place)}"
            move = f"{move_words(found.move(cell))}  {way}  {all_words(found, place)}"
            lines.append(f"{person.staff_no}  {person.name}  {move}")
    return [*lines, tr("Written to {file}.").format(file=out)] if out else lines


def _data(found: WhatIf, who: dict[int, Whom], names: dict[int, str]) -> dict[str, object]:
    counts = matrix(found)
    return {
        "period": found.period.label,
        "before": {"scheme": found.old.code, "edition": found.old.edition},
        "after": {"scheme": found.new.code, "edition": found.new.edition},
        "matrix": {
            before or "not_rated": {
                after or "not_rated": counts[Cell(before, after)] for after in codes(found.new.scheme)
            }
            for before in codes(found.old.scheme)
        },
        "people": [_person(found, place, who[found.files[place]]) for place in _readable(found, who)],
        "reasons": [{"reason": why_words(found, why), **_tally(one)} for why, one in by_reason(found)],
        "departments": [
            {"department": names.get(key, ""), **_tally(one)} for key, one in by_department(found)
        ],
    }


def _readable(found: WhatIf, who: dict[int, Whom]) -> list[int]:
    return [place for place in movers(found) if found.files[place] in who]


def _person(found: WhatIf, place: int, who: Whom) -> dict[str, object]:
    cell = found.cells[place]
    scores = [
        column[place] / POINT if code else None for code, column in zip(cell, found.scores, strict=True)
    ]
    return {
        **who._asdict(),
        "before": cell.before or None,
        "after": cell.after or None,
        "score_before": scores[0],
        "score_after": scores[1],
        "move": found.move(cell),
        "reasons": [
            {"cause": why.cause, "code": why.code, "points": why.points / POINT}
            for why in found.why.get(place, ())
        ],
    }


def _tally(one: Tally) -> dict[str, int]:
    return one._asdict()
