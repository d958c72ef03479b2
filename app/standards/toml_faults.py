"""What keeps a text from being TOML, in words: the standard library tells it in English alone."""

import re

from app.words import mark, tr

_AT = re.compile(
    r"(?P<what>.*) \(at (?:line (?P<line>\d+), column (?P<column>\d+)|end of document)\)", re.DOTALL
)

_WORDS = (
    ("Invalid date", mark("there is no such day or time")),
    ("Cannot|Duplicate", mark("the same name stands there twice")),
    ("Expected '='", mark("after a name there must be an equals sign")),
    ("Expected newline", mark("nothing may follow the value in its line")),
    ("Unclosed array", mark("a list must end with ]")),
    ("Unclosed inline", mark("a table in braces must end with a brace")),
    ("Expected '\\]", mark("a heading must end as it begins, with ] or ]]")),
    (
        "Unterminated|Illegal|Found invalid|Unescaped|Escaped|Invalid hex|Expected '\"",
        mark("a text must end with the quotation mark that it begins with, in one line"),
    ),
    ("Invalid value", mark("this is no text between quotation marks, number, date, list or table")),
    ("Invalid statement|Invalid initial", mark("this is no name of a value and no heading")),
    ("nested too deeply", mark("lists or tables lie too deep in one another")),
    ("Exceeds the limit", mark("a number has thousands of digits")),
)


def syntax_words(said: str) -> str:
    """The message of ``tomllib`` in the language in use, with its place; another one as it is."""
    found = _AT.fullmatch(said)
    what = found["what"] if found else said
    known = next((words for begin, words in _WORDS if re.match(begin, what)), "")
    words = tr(known) if known else what
    if found is None:
        return words
    if not found["line"]:
        return tr("at the end, {what}").format(what=words)
    place = tr("line {line}, column {column}: {what}")
    return place.format(line=found["line"], column=found["column"], what=words)
