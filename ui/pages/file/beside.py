"""What stands beside an entry: what took its place, notice, statements, a proposal to revoke it."""

from collections.abc import Iterator

from PySide6.QtWidgets import QLayout, QVBoxLayout

from app.labels import label as words
from app.queries.files import EntryRow
from app.queries.hearings import NoticeRow, StatementRow
from app.words import tr
from models.types import EntryStatus, Uid, iso
from ui import theme
from ui.pages.file.parts import facts, note, wrapped
from ui.pages.file.reading import FileReading
from ui.widgets import label


def links(entry: EntryRow) -> Iterator[tuple[str, Uid | None]]:
    """The entries that this one stands for, or that stand for it, each with how."""
    if entry.status is EntryStatus.SUPERSEDED:
        yield tr("Superseded by"), entry.again
    elif entry.status in (EntryStatus.EFFECTIVE, EntryStatus.DISPUTED):
        yield tr("A correction of it is under way"), entry.again
    else:
        yield tr("Recorded again as"), entry.again
    yield tr("It corrects") if entry.supersedes_reason else tr("In place of"), entry.instead_of


def beside(reading: FileReading, entry: EntryRow) -> Iterator[QLayout]:
    """A part for each, none where there is nothing."""
    around = reading.view.around
    if entry.supersedes_reason:
        yield facts([(tr("What was wrong"), entry.supersedes_reason)])
    if proposal := around.proposal(entry.uid):
        said = tr("{name} proposed to revoke it: {document}, {date}")
        text = said.format(
            name=proposal.proposed_by, document=proposal.document_no, date=iso(proposal.decided_on)
        )
        yield note("undo-2", "dispute", text, proposal.reason)
    for one in around.stated(entry.uid):
        yield _statement(one)
    if notice := around.notice(entry.uid):
        yield _notice(notice)


def _statement(one: StatementRow) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(theme.XS)
    column.addWidget(label(tr("Statement of the person"), "heading"))
    column.addWidget(wrapped(one.text))
    came = tr("received on {date} by {name}").format(date=iso(one.received_on), name=one.received_by)
    column.addWidget(label(came, "small"))
    return column


def _notice(one: NoticeRow) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(theme.XS)
    column.addWidget(label(tr("Notice to the person"), "heading"))
    column.addLayout(facts(_of_notice(one)))
    return column


def _of_notice(one: NoticeRow) -> Iterator[tuple[str, str]]:
    yield tr("Number of the notice"), f"{one.number} · {iso(one.issued_on)}"
    if one.delivered_on and one.delivery:
        yield (
            tr("Delivered"),
            " · ".join(filter(None, (iso(one.delivered_on), words(one.delivery), one.witness))),
        )
    else:
        yield tr("Delivered"), tr("not delivered yet")
    yield tr("Last day for the statement"), iso(one.last_day) if one.last_day else ""
    yield tr("Finding on the statement"), one.finding or ""
