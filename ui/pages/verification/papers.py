"""An entry, or an imported list, in the order of its paper: what a verifier compares."""

from collections.abc import Iterable

from app.exchange.report import PLACEMENTS
from app.labels import label
from app.particulars import particulars
from app.queries.entries import Paper, WaitingBatch, WaitingEntry
from app.words import in_use, listed, ntr, tr
from models.types import Moment, iso, local_time
from ui.desk.reading import cell, escape, piece, table
from ui.widgets import sign


def entry_html(row: WaitingEntry) -> str:
    """All fields of an entry, those of the document first."""
    figure, role = sign(row.polarity)
    item = f"{piece(figure, role)} <b>{escape(row.item_name(in_use()))}</b>"
    dates = [
        (tr("Occurred on"), row.occurred_on),
        (tr("Ended on"), row.ended_on),
        (tr("Decided on"), row.decided_on),
    ]
    pairs = [
        (tr("Document number"), f"<b>{escape(row.document_no) or '—'}</b>"),
        (tr("Deciding authority"), f"{escape(row.authority)} {piece(label(row.level), 'muted')}"),
        *((title, f"<b>{iso(day)}</b>") for title, day in dates if day),
        (tr("Person"), f"<b>{escape(row.name)}</b> {piece(_who(row), 'muted')}"),
        (tr("Item"), f"{item} {piece(label(row.category), 'muted')}"),
        (tr("Facts"), escape(row.facts)),
        (tr("Corrects what is on file"), piece(row.correction, "dispute") if row.correction else ""),
        *((title, f"<b>{escape(text)}</b>") for title, text in particulars(row)),
        (tr("Commitment"), escape(label(row.commitment)) if row.commitment else ""),
        (tr("Channel"), escape(label(row.channel))),
        (tr("Evidence"), "<br>".join(map(_paper, row.evidence)) or _none(row)),
        (tr("Recorded by"), f"{escape(row.recorded_by)} {piece(moment_text(row.recorded_at), 'muted')}"),
    ]
    return _fields(pairs)


def batch_html(row: WaitingBatch) -> str:
    """Where the rows of a list went, and what it was read by."""
    counts = listed(
        f"{tr(name)} {row.counts[place]}" for place, name in PLACEMENTS.items() if place in row.counts
    )
    waiting = f"<b>{row.waiting}</b>"
    if row.alike:
        words = ntr(
            "{n} of them perhaps says a fact that another one says",
            "{n} of them perhaps say a fact that others say",
            row.alike,
        )
        waiting += f" {piece(words.format(n=row.alike), 'dispute')}"
    pairs = [
        (tr("Source file"), f"<b>{escape(row.file_name)}</b>"),
        (tr("SHA-256 of the file"), piece(row.file_digest.hex(), "muted small")),
        (tr("Mapping"), escape(row.source)),
        (tr("Rows"), escape(counts)),
        (tr("Entries that wait"), waiting),
        (tr("Imported by"), f"{escape(row.imported_by)} {piece(moment_text(row.imported_at), 'muted')}"),
    ]
    return _fields(pairs)


def moment_text(moment: Moment) -> str:
    """A moment to the minute."""
    return f"{local_time(moment):%Y-%m-%d %H:%M}"


def _fields(pairs: Iterable[tuple[str, str]]) -> str:
    return table([cell(escape(title), "muted", 128) + cell(html) for title, html in pairs if html])


def _who(row: WaitingEntry) -> str:
    return " · ".join(part for part in (row.staff_no, row.department, row.post) if part)


def _none(row: WaitingEntry) -> str:
    none, required = tr("None was entered."), row.lacks.in_language(in_use())
    if not required:
        return piece(none, "muted")
    said = tr("Required evidence: {evidence}").format(evidence=required)
    return f"{piece(none, 'muted')} {piece(said, 'dispute')}"


def _paper(paper: Paper) -> str:
    seen = tr("seen by {name}").format(name=paper.seen_by) if paper.seen_by else ""
    if paper.size is None and not seen:
        seen = tr("not said who saw the original")
    day = iso(paper.seen_on) if paper.seen_on else ""
    rest = " · ".join(part for part in (paper.place, seen, day) if part)
    return f"{escape(paper.title)} {piece(rest, 'muted')}"
