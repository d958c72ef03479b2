"""What a draft comes to: the standard it says, what is wrong with it, and what its examples give."""

from collections.abc import Callable, Iterable, Mapping
from functools import cache, partial
from typing import Any, NamedTuple

from app.rules.grading.examples import Ran, run_examples
from app.rules.grading.parsing import BadScheme, parse, parse_throughout, read_placed, tables_of
from app.rules.grading.reading import Problem
from app.rules.grading.remarks import Noted, remarks
from app.rules.grading.scheme import Scheme
from app.standards.drafts import Draft, at, path_of, text_in
from app.standards.field_titles import key_title
from app.standards.schemes import fault_sentence, remark_sentence
from app.standards.toml_text import Path, line_in, sections
from app.words import in_use, mark, tr
from models.types import Day


class Finding(NamedTuple):
    """Something to put right, or worth knowing."""

    path: Path
    line: int
    """0 where it stands nowhere."""
    where: str
    """Its place in words."""
    sentence: str
    wrong: bool
    """Whether it stands in the way of publishing."""


class Seen(NamedTuple):
    """A draft that was looked through."""

    text: str
    draft: Draft | None
    """None where the text cannot be read at all."""
    scheme: Scheme | None
    """None where something is wrong."""
    findings: tuple[Finding, ...]
    ran: tuple[Ran, ...]


def look_through(text: str, today: Day) -> Seen:
    """Everything about a draft, as it would hold from today on."""
    try:
        draft = Draft(text, tables_of(text))
    except BadScheme as error:
        return Seen(text, None, None, tuple(map(_unreadable, error.problems)), ())
    try:
        parse_throughout(text, today, parse)
        read = read_placed(text, today)
    except BadScheme as error:
        first = {one.place: one for one in reversed(error.problems)}  # what follows from it stands there too
        wrong = [(one.place, partial(_fault, one)) for one in reversed(first.values())]
        return Seen(text, draft, None, _findings(draft, wrong, True), ())
    as_of = cache(partial(parse, text))  # most examples end on the same day
    ran = tuple(run_examples(read.scheme, as_of))
    noted = [(one.place, partial(_noted, one)) for one in remarks(read, ran, today)]
    return Seen(text, draft, read.scheme, _findings(draft, noted, False), ran)


def _fault(problem: Problem, where: str) -> str:
    return fault_sentence(problem._replace(place=where))


def _noted(noted: Noted, where: str) -> str:
    return remark_sentence(noted._replace(place=where))


def _findings(
    draft: Draft, found: Iterable[tuple[str, Callable[[str], str]]], wrong: bool
) -> tuple[Finding, ...]:
    """In the order of the text; each sentence is made with its place in words."""
    root, made = sections(draft.text), []
    for place, say in found:
        path = path_of(place, draft.content)
        where = place_words(path, draft.content)
        made.append(Finding(path, line_in(root, path), where, say(where), wrong))
    return tuple(sorted(made, key=lambda one: one.line))


def _unreadable(problem: Problem) -> Finding:
    said = problem.value
    line = int(said.split("(at line ")[1].split(",")[0]) if "(at line " in said else 0
    return Finding((), line, tr("Text"), fault_sentence(problem), True)


_ONE = {
    "items": mark("Item"),
    "bands": mark("Grade"),
    "groups": mark("Group"),
    "parts": mark("Part"),
    "examples": mark("Example"),
    "entries": mark("Entry"),
}
"""What one row of a list is called."""


def place_words(path: Path, content: Mapping[str, Any]) -> str:
    """A place as people call it: “Items 12 Warning · Validity”."""
    parts: list[str] = []
    for depth, step in enumerate(path):
        if isinstance(step, str):
            in_list = depth + 1 < len(path) and isinstance(path[depth + 1], int)
            parts.append(tr(_ONE[step]) if in_list and step in _ONE else key_title(step))
            continue
        row = at(content, path[: depth + 1])
        name = (text_in(row.get("name"), in_use()) or row.get("code") or "") if isinstance(row, dict) else ""
        said = tr("{kind} {n} {name}").format(kind=parts.pop() if parts else "", n=step + 1, name=name)
        parts.append(said.strip())
    return " · ".join(parts)
