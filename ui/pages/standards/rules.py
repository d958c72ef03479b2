"""The rules of a published standard, in sentences under the titles that the editor has."""

from collections.abc import Iterator
from dataclasses import is_dataclass

from app.labels import label
from app.rules.grading.reading import slots_of
from app.rules.grading.scheme import Named, Scheme
from app.standards.field_titles import title
from app.standards.sentences import sentence
from app.words import in_use, listed
from ui.desk.reading import cell, escape, heading, piece, table

ELSEWHERE = ("bands", "items", "examples")


def rules_html(scheme: Scheme) -> str:
    """All that it says beside items, grades and examples."""
    parts = []
    for slot in slots_of(Scheme):
        value = getattr(scheme, slot.field)
        rows = list(_sentences(value, scheme)) if slot.key not in ELSEWHERE else []
        if rows:
            parts.append(heading(title(Scheme, slot)) + table(rows))
    return "".join(parts)


def _sentences(value: object, scheme: Scheme) -> Iterator[str]:
    values = value if isinstance(value, tuple) else (value,)
    states = [one for one in values if not is_dataclass(one)]
    if states and isinstance(value, tuple):
        yield cell(escape(listed(label(one) for one in states)))
    for one in values:
        if is_dataclass(one) and (said := sentence(one, scheme, in_use())):
            name = one.name.in_language(in_use()) if isinstance(one, Named) else ""
            named = f"{piece(name, 'muted')} " if name and name not in said else ""
            reference = getattr(one, "reference", "")
            yield cell(named + escape(said)) + cell(piece(reference, "muted small"), "", 260)
