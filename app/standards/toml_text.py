"""Where the values of a TOML text stand, so that one of them can be changed and every other character stays.

The text has been read by tomllib before: here nothing is checked, and only what is asked for is looked at.
"""

import datetime as dt
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Any, NamedTuple

Path = tuple[str | int, ...]
"""The names of tables and keys, and the places in lists, from 0."""
Table = Mapping[str, Any]

_STRING = r'"""(?:[^\\]|\\.)*?"{3,5}|\'\'\'.*?\'{3,5}|"(?:[^"\\\n]|\\.)*"|\'[^\'\n]*\''
_TOKEN = re.compile(rf"({_STRING})|#[^\n]*|([\[{{])|([\]}}])", re.DOTALL)
_KEY = re.compile(r'"(?:[^"\\\n]|\\.)*"|\'[^\'\n]*\'|[A-Za-z0-9_\-]+')
_SPACE = re.compile(r"(?:[ \t\r\n]+|#[^\n]*)*")
_PLAIN = re.compile(r"[^,\]}\n#]*")
_BARE = re.compile(r"[A-Za-z0-9_\-]+")


class Span(NamedTuple):
    """From a character of the text up to another one."""

    start: int
    end: int


@dataclass(eq=False)
class Value:
    """What stands after an equals sign, or in a list."""

    text: str
    whole: Span
    """With its key."""
    span: Span

    @cached_property
    def entries(self) -> dict[str, "Node"]:
        """Of an inline table."""
        return _nested(list(_pairs(self.text, self.span.start + 1)))

    @cached_property
    def elements(self) -> list["Value"]:
        """Of a list."""
        found, at = [], _skip(self.text, self.span.start + 1)
        while self.text[at] != "]":
            end = _end_of_value(self.text, at)
            found.append(Value(self.text, Span(at, end), Span(at, end)))
            at = _skip(self.text, end)
            at = _skip(self.text, at + 1) if self.text[at] == "," else at
        return found

    @property
    def opening(self) -> str:
        """How it begins: ``{`` or ``[`` where it holds others."""
        return self.text[self.span.start]


@dataclass(eq=False)
class Dotted:
    """What keys with dots say together (``score.base = 100``)."""

    prefix: str
    entries: dict[str, "Node"]


@dataclass(eq=False)
class Section:
    """A table under a heading, or the whole text."""

    text: str
    name: tuple[str, ...] = ()
    body: Span | None = None
    """From its heading to the next one; None where only tables within it have headings."""
    within: "dict[str, Section | list[Section]]" = field(default_factory=dict)
    row: bool = False

    @cached_property
    def entries(self) -> dict[str, "Node"]:
        if self.body is None:
            return {}
        at = self.body.start
        if self.name:
            at = self.text.find("\n", at) + 1 or self.body.end
        return _nested(list(_pairs(self.text, at, self.body.end)))

    @property
    def spans(self) -> list[Span]:
        """What it and the tables within it take up, from heading to last value, without what follows."""
        own = [Span(self.body.start, self.last)] if self.body else []
        for one in self.within.values():
            for section in one if isinstance(one, list) else [one]:
                own += section.spans
        return sorted(own)

    @property
    def last(self) -> int:
        """Where the line of its last value ends."""
        assert self.body
        ends = [_whole(node).end for node in self.entries.values()]
        if not ends and not self.name:
            return self.body.start
        found = self.text.find("\n", max(ends, default=self.body.start))
        return found + 1 or self.body.end


Node = Value | Dotted
Found = Value | Dotted | Section | list[Section]


def sections(text: str) -> Section:
    """The whole text, with the tables that have headings of their own."""
    root = Section(text, (), Span(0, len(text)))
    heads = list(_headings(text))
    if heads:
        root.body = Span(0, heads[0][0])
    ends = [*(start for start, _, _ in heads[1:]), len(text)]
    for (start, name, row), end in zip(heads, ends, strict=False):
        at = root
        for depth, key in enumerate(name[:-1], 1):
            below = at.within.setdefault(key, Section(text, name[:depth]))
            at = below[-1] if isinstance(below, list) else below
        made = Section(text, name, Span(start, end), row=row)
        if row:
            rows = at.within.setdefault(name[-1], [])
            assert isinstance(rows, list)
            rows.append(made)
        elif isinstance(known := at.within.get(name[-1]), Section):
            known.body = made.body
        else:
            at.within[name[-1]] = made
    return root


def find(root: Section, path: Path) -> Found | None:
    """What stands at a path."""
    at: Found | None = root
    for step in path:
        at = _below(at, step)
        if at is None:
            return None
    return at


def _below(at: Found | None, step: str | int) -> Found | None:
    if isinstance(step, int):
        if isinstance(at, Value):
            rows: Sequence[Found] = at.elements if at.opening == "[" else []
        else:
            rows = at if isinstance(at, list) else []
        return rows[step] if 0 <= step < len(rows) else None
    if isinstance(at, Section):
        return at.entries.get(step) or at.within.get(step)
    if isinstance(at, Value):
        return at.entries.get(step) if at.opening == "{" else None
    return at.entries.get(step) if isinstance(at, Dotted) else None


def line_at(text: str, path: Path) -> int:
    """The line of what stands at a path, or of the nearest thing around it that there is; 0 for none."""
    return line_in(sections(text), path)


def line_in(root: Section, path: Path) -> int:
    """As ``line_at``, where several are asked for."""
    for length in range(len(path), 0, -1):
        if (found := find(root, path[:length])) is not None:
            return root.text.count("\n", 0, _start(found)) + 1
    return 0


def _start(found: Found) -> int:
    if isinstance(found, list):
        return _start(found[0])
    if isinstance(found, Section):
        return found.spans[0].start if found.spans else 0
    return _whole(found).start


# Reading


def _headings(text: str) -> Iterator[tuple[int, tuple[str, ...], bool]]:
    """(start, names, whether it begins a row) of each heading."""
    depth = 0
    for token in _TOKEN.finditer(text):
        if token[2]:
            at = token.start()
            if not depth and token[2] == "[" and not text[text.rfind("\n", 0, at) + 1 : at].strip():
                row = text.startswith("[[", at)
                yield at, _names(text[at : text.find("]", at)]), row
            depth += 1
        elif token[3]:
            depth -= 1


def _names(text: str) -> tuple[str, ...]:
    return tuple(_unquoted(one) for one in _KEY.findall(text))


def _unquoted(key: str) -> str:
    if key[0] == '"':
        return str(json.loads(key))
    return key[1:-1] if key[0] == "'" else key


def _pairs(text: str, at: int, end: int = -1) -> Iterator[tuple[tuple[str, ...], Value]]:
    """The keys with their values from a place on, to the end of the inline table or of the section."""
    at = _skip(text, at)
    while at < (end if end >= 0 else len(text)) and text[at] != "}":
        equals = at
        while text[equals] != "=":
            key = _KEY.match(text, equals)
            equals = key.end() if key else equals + 1
        begin = _skip(text, equals + 1)
        stop = _end_of_value(text, begin)
        yield _names(text[at:equals]), Value(text, Span(at, stop), Span(begin, stop))
        at = _skip(text, stop)
        at = _skip(text, at + 1) if at < len(text) and text[at] == "," else at


def _nested(pairs: list[tuple[tuple[str, ...], Value]]) -> dict[str, Node]:
    made: dict[str, Node] = {}
    for names, value in pairs:
        at = made
        for depth, name in enumerate(names[:-1], 1):
            group = at.setdefault(name, Dotted(".".join(map(_key, names[:depth])), {}))
            assert isinstance(group, Dotted)
            at = group.entries
        at[names[-1]] = value
    return made


def _skip(text: str, at: int) -> int:
    found = _SPACE.match(text, at)
    return found.end() if found else at


def _end_of_value(text: str, at: int) -> int:
    if text[at] in "\"'":
        found = re.compile(_STRING, re.DOTALL).match(text, at)
        assert found
        return found.end()
    if text[at] not in "[{":
        plain = _PLAIN.match(text, at)
        assert plain
        return at + len(plain[0].rstrip())
    depth = 0
    for token in _TOKEN.finditer(text, at):
        depth += bool(token[2]) - bool(token[3])
        if not depth and token[3]:
            return token.end()
    return len(text)


def _whole(node: Node) -> Span:
    if isinstance(node, Value):
        return node.whole
    spans = [_whole(one) for one in node.entries.values()]
    return Span(min(one.start for one in spans), max(one.end for one in spans))


# Writing


def put(text: str, path: Path, value: object) -> str:
    """The text with a value at a path; where tables on the way are missing, they are made."""
    root = sections(text)
    found = find(root, path)
    if isinstance(found, Value):
        return _spliced(text, found.span, written(value))
    if found is not None:
        text = take(text, path)
        root = sections(text)
    parent = find(root, path[:-1])
    if parent is None:
        return put(text, path[:-1], {path[-1]: value})
    return _with_key(text, parent, str(path[-1]), value)


def _with_key(text: str, parent: Found, key: str, value: object) -> str:
    line = f"{_key(key)} = {written(value)}"
    if isinstance(parent, Section):
        if parent.body is None:
            heading = f"[{'.'.join(map(_key, parent.name))}]\n{line}\n\n"
            return _spliced(text, Span(parent.spans[0].start, parent.spans[0].start), heading)
        at = parent.last
        before = "" if not at or text[at - 1] == "\n" else "\n"
        return _spliced(text, Span(at, at), f"{before}{line}\n")
    if isinstance(parent, Dotted):
        at = text.find("\n", _whole(parent).end)
        at = len(text) if at < 0 else at
        return _spliced(text, Span(at, at), f"\n{parent.prefix}.{line}")
    assert isinstance(parent, Value)
    if not parent.entries:
        return _spliced(text, parent.span, f"{{ {line} }}")
    at = max(_whole(one).end for one in parent.entries.values())
    return _spliced(text, Span(at, at), f", {line}")


def take(text: str, path: Path) -> str:
    """The text without what stands at a path; comments before and after it stay."""
    found, parent = find(sections(text), path), find(sections(text), path[:-1])
    if found is None:
        return text
    if isinstance(found, Section | list):
        spans = [span for one in (found if isinstance(found, list) else [found]) for span in one.spans]
        for span in sorted(spans, reverse=True):
            text = _without_block(text, span)
        return text
    if isinstance(parent, Section | Dotted):
        for value in reversed(list(_values(found))):
            text = _without_line(text, value.whole)
        return text
    for value in reversed(list(_values(found))):
        text = _without_element(text, value.whole)
    return text


def _values(node: Node) -> Iterator[Value]:
    if isinstance(node, Value):
        yield node
    else:
        for one in node.entries.values():
            yield from _values(one)


def _without_block(text: str, span: Span) -> str:
    """One empty line goes with it."""
    end = span.end + 1 if text[span.end : span.end + 1] == "\n" else span.end
    return text[: span.start] + text[end:]


def _without_line(text: str, span: Span) -> str:
    start = text.rfind("\n", 0, span.start) + 1
    end = text.find("\n", span.end) + 1
    return text[:start] + (text[end:] if end else "")


def _without_element(text: str, span: Span) -> str:
    """With the comma after it, or the one before the last."""
    after = _skip(text, span.end)
    if text[after] == ",":
        line_end = text.find("\n", after)
        own_line = not text[text.rfind("\n", 0, span.start) + 1 : span.start].strip()
        rest = text[after + 1 : line_end].strip() if line_end >= 0 else "x"
        if own_line and (not rest or rest.startswith("#")):
            return text[: text.rfind("\n", 0, span.start) + 1] + text[line_end + 1 :]
        return text[: span.start] + text[after + 1 :].lstrip(" \t")
    before = text.rfind(",", 0, span.start)
    opening = max(text.rfind("[", 0, span.start), text.rfind("{", 0, span.start))
    if before > opening and not text[before + 1 : span.start].strip():
        return text[:before] + text[span.end :]
    return text[: span.start] + text[span.end :]


def insert(text: str, path: Path, at: int, row: object, before: Sequence[str] = ()) -> str:
    """The text with another row in the list at a path, before the row ``at``.

    ``before``: names of the tables that come after this one, where there is no such row yet.
    """
    root = sections(text)
    found = find(root, path)
    if isinstance(found, list) and found and isinstance(row, dict):
        block = _block(found[0].name, row)
        if at:  # right behind the row before it, since comments above a heading belong to that one
            place = max(span.end for span in found[min(at, len(found)) - 1].spans)
            gap = "\n" if text[:place].endswith("\n") else "\n\n"
            return _spliced(text, Span(place, place), f"{gap}{block}")
        place = found[0].spans[0].start
        return _spliced(text, Span(place, place), f"{block}\n")
    if isinstance(found, Value):
        return _with_element(text, found, at, row)
    if len(path) == 1 and isinstance(row, dict) and not found:
        return _first_row(text, root, str(path[0]), row, before)
    return put(text, path, [row])


def _first_row(text: str, root: Section, name: str, row: Table, before: Sequence[str]) -> str:
    later = [one for key in before if (one := root.within.get(key))]
    starts = [_start(one) for one in later if not isinstance(one, Section) or one.spans]
    place = _above_comments(text, min(starts)) if starts else len(text)
    gap = (
        "" if text[:place].endswith("\n\n") or not place else "\n" if text[:place].endswith("\n") else "\n\n"
    )
    return _spliced(text, Span(place, place), f"{gap}{_block((name,), row)}" + ("\n" if starts else ""))


def _above_comments(text: str, at: int) -> int:
    """The comments right above a heading, and the empty lines between them, belong to it."""
    lines = text[:at].splitlines(keepends=True)
    while lines and (not lines[-1].strip() or lines[-1].lstrip().startswith("#")):
        lines.pop()
    kept = len("".join(lines))
    return kept + 1 if text[kept : kept + 1] == "\n" else kept


def _with_element(text: str, found: Value, at: int, row: object) -> str:
    elements = found.elements
    if not elements:
        return _spliced(text, found.span, written([row]))
    if at < len(elements):
        place = elements[at].span.start
        line = text[text.rfind("\n", 0, place) + 1 : place]
        gap = "\n" + line if not line.strip() else " "
        return _spliced(text, Span(place, place), f"{written(row)},{gap}")
    last = elements[-1].span
    line = text[text.rfind("\n", 0, last.start) + 1 : last.start]
    gap = "\n" + line if not line.strip() else " "
    return _spliced(text, Span(last.end, last.end), f",{gap}{written(row)}")


def swap(text: str, path: Path, other: int) -> str:
    """The text with the row at a path and another one of its list in each other's place."""
    mine, its = find(sections(text), path), find(sections(text), (*path[:-1], other))
    if isinstance(mine, Section) and isinstance(its, Section):
        first, second = sorted((_together(mine), _together(its)))
    elif isinstance(mine, Value) and isinstance(its, Value):
        first, second = sorted((mine.span, its.span))
    else:
        return text
    one, two = text[first.start : first.end], text[second.start : second.end]
    if not two.endswith("\n") and one.endswith("\n"):  # the last line of the text
        one, two = one.rstrip("\n"), two + "\n"
    return text[: first.start] + two + text[first.end : second.start] + one + text[second.end :]


def _together(section: Section) -> Span:
    spans = section.spans
    return Span(spans[0].start, max(span.end for span in spans))


def _block(name: tuple[str, ...], row: Table) -> str:
    lines = [f"[[{'.'.join(map(_key, name))}]]"]
    return "\n".join([*lines, *(f"{_key(key)} = {written(value)}" for key, value in row.items())]) + "\n"


def _spliced(text: str, span: Span, new: str) -> str:
    return text[: span.start] + new + text[span.end :]


def _key(name: str) -> str:
    return name if _BARE.fullmatch(name) else written(name)


def written(value: object) -> str:
    """A value as TOML. Numbers are exact: Decimal, never a binary float."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    if isinstance(value, Decimal):
        shown = format(value, "f")
        return shown.rstrip("0").rstrip(".") if "." in shown else shown
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, dict):
        pairs = ", ".join(f"{_key(key)} = {written(one)}" for key, one in value.items())
        return f"{{ {pairs} }}" if pairs else "{}"
    if isinstance(value, list | tuple):
        rows = [written(one) for one in value]
        if len(rows) > 1 and isinstance(value[0], dict):
            return "[\n" + "".join(f"    {row},\n" for row in rows) + "]"
        return f"[{', '.join(rows)}]"
    return str(value)
