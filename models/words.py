"""The index of words in the facts of entries: pairs of neighbouring characters, the same in both databases.

Chinese has no spaces, and most of its words have two characters, which the indexes that databases bring do
not find. A search is a run of such pairs, so it finds exactly what was typed, whatever stands between two
characters: commas, spaces and line breaks are not looked at. What an entry says never changes (a correction
is another entry), so rows are only added, and taken out where an entry is erased.
"""

from collections.abc import Iterable

from sqlalchemy import BindParameter, ColumnElement, Integer, bindparam, cast, column, table
from sqlalchemy.dialects.postgresql import TSQUERY
from sqlalchemy.orm import Session

from models.bulk import execute_many

MOST = 20_000
"""Characters of a text that can be found by; PostgreSQL places no word further behind."""

ENTRY_WORDS = table("entry_words", column("rowid", Integer), column("words"))
"""Of SQLite a contentless FTS5 table, of PostgreSQL a table with a tsvector; rowid is the entry's key."""


def pairs(text: str) -> list[str]:
    """The pairs of neighbouring letters, digits and Chinese characters of a text."""
    plain = "".join(filter(str.isalnum, text[:MOST].casefold()))
    return [plain[at : at + 2] for at in range(len(plain) - 1)]


def index_words(session: Session, texts: Iterable[tuple[int, str]]) -> None:
    """Make entries findable by what they say. ``texts``: key and facts of each."""
    kind = "::tsvector" if is_shared(session) else ""
    written = _placed if is_shared(session) else _in_a_row
    statement = f"INSERT INTO entry_words (rowid, words) VALUES (?, ?{kind})"
    execute_many(session, statement, [(key, written(pairs(text))) for key, text in texts])


def forget_words(session: Session, texts: Iterable[tuple[int, str]]) -> None:
    """Take entries out of the index, so that nothing of what they said is left in it."""
    if is_shared(session):
        execute_many(session, "DELETE FROM entry_words WHERE rowid = ?", [(key,) for key, _ in texts])
        return
    statement = "INSERT INTO entry_words (entry_words, rowid, words) VALUES ('delete', ?, ?)"
    execute_many(session, statement, [(key, _in_a_row(pairs(text))) for key, text in texts])


def typed_words(typed: str) -> list[list[str]]:
    """What can be looked up of what was typed: the pairs of each word of two characters and more."""
    return list(filter(None, map(pairs, typed.split())))


def asked(session: Session, words: list[list[str]]) -> str:
    """The question that ``found_by`` puts: every word in the facts, its pairs one behind the other."""
    if is_shared(session):
        return " & ".join("(" + " <-> ".join(f"'{pair}'" for pair in word) + ")" for word in words)
    return " AND ".join('"' + " ".join(word) + '"' for word in words)


def found_by(shared: bool) -> ColumnElement[bool]:
    """The condition that a row of the index answers the question, the parameter ``words``."""
    question: BindParameter[str] = bindparam("words", required=True)
    if shared:
        return ENTRY_WORDS.c.words.op("@@")(cast(question, TSQUERY))
    return ENTRY_WORDS.c.words.op("MATCH")(question)


def _in_a_row(found: list[str]) -> str:
    return " ".join(found)


def _placed(found: list[str]) -> str:
    return " ".join(f"'{pair}':{place}" for place, pair in enumerate(found, 1))


def is_shared(session: Session) -> bool:
    """Whether the index is that of PostgreSQL."""
    return session.get_bind().dialect.name == "postgresql"
