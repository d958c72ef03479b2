"""All that is known of the selected entry, and what can be done with it."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QPushButton, QVBoxLayout, QWidget

from app.influence import influence_words
from app.labels import label as words
from app.particulars import particulars
from app.queries.files import EntryRow, EvidenceRow
from app.reports.wording import signed_points
from app.rules.grading.case import Line
from app.words import in_use, tr
from models.types import Day, EntryStatus, Moment, Polarity, Uid, iso, local_time
from ui import theme
from ui.pages.file.accountability import accountability
from ui.pages.file.beside import beside, links
from ui.pages.file.erasing import order_words, waiting_order
from ui.pages.file.offers import Offered
from ui.pages.file.parts import Scrolled, clear, coloured, facts, follow, note, wrapped
from ui.pages.file.reading import (
    FileReading,
    direct_words,
    is_recorded_again,
    named,
    standing_words,
    status_words,
    validity_words,
)
from ui.widgets import Chip, button, label, rule, sign

_STATUS: dict[EntryStatus, theme.Role] = {
    EntryStatus.EFFECTIVE: "positive",
    EntryStatus.DISPUTED: "dispute",
    EntryStatus.HEARING: "dispute",
    EntryStatus.SUBMITTED: "accent",
    EntryStatus.RETURNED: "dispute",
}


class EntryDetail(QFrame):
    """Heading, facts and, at the bottom, the actions."""

    def __init__(
        self,
        show_evidence: Callable[[EvidenceRow], object],
        save_evidence: Callable[[EvidenceRow], object],
        go: Callable[[Uid], object],
        parent: QWidget | None = None,
    ) -> None:
        """``go``: to another entry of the file."""
        super().__init__(parent)
        self._look, self._save, self._go = show_evidence, save_evidence, go
        self._scrolled = Scrolled(tr("The selected entry"), self)
        self._bar = QHBoxLayout()
        self._bar.setContentsMargins(theme.L, theme.S, theme.L, theme.S)
        self._bar.setSpacing(theme.S)
        self._line = rule(parent=self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._scrolled, 1)
        column.addWidget(self._line)
        column.addLayout(self._bar)

    def put(self, reading: FileReading, entry: EntryRow, offers: Iterable[Offered]) -> None:
        """Show an entry of the file."""
        self._scrolled.put(self._content(reading, entry))
        clear(self._bar)
        offers = list(offers)
        buttons = [_action(offer) for offer in offers if not offer.more]
        if rest := [offer for offer in offers if offer.more]:
            buttons.append(_menu(rest))
        for one in buttons:
            self._bar.addWidget(one)
        self._bar.addStretch()
        self._line.setVisible(bool(buttons))
        follow(self._scrolled, (*self._scrolled.findChildren(QPushButton), *buttons))

    def _content(self, reading: FileReading, entry: EntryRow) -> QWidget:
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(theme.L, theme.M, theme.L, theme.M)
        column.setSpacing(theme.M)
        line = reading.view.lines.get(entry.uid)
        column.addLayout(_heading(entry))
        column.addLayout(_worth(reading, entry, line))
        for words_of, uid in links(entry):
            if uid and (other := reading.entry(uid)):
                column.addLayout(self._link(words_of, other))
        if order := waiting_order(reading, entry):
            said = tr("An order to erase this entry waits to be carried out")
            column.addLayout(note("triangle-alert", "dispute", said, order_words(order)))
        if entry.facts:
            column.addWidget(wrapped(entry.facts))
        for part in beside(reading, entry):
            column.addLayout(part)
        column.addLayout(facts(_pairs(reading, entry)))
        evidence = reading.view.evidence_of(entry)
        column.addWidget(label(tr("Evidence"), "heading"))
        for one in evidence:
            column.addLayout(self._evidence(one, one.entry != entry.uid))
        if not evidence:
            column.addWidget(label(tr("None is attached."), "muted"))
        for part in accountability(reading.accountability, entry, reading.today):
            column.addLayout(part)
        column.addStretch()
        return content

    def _link(self, words_of: str, other: EntryRow) -> QHBoxLayout:
        """The way to an entry that stands for this one, or for which this one stands."""
        row = note("arrow-right", "muted", words_of, named(other))
        show = button(tr("Show it"), "flat")
        show.clicked.connect(lambda: self._go(other.uid))
        row.addWidget(show, alignment=Qt.AlignmentFlag.AlignTop)
        return row

    def _evidence(self, one: EvidenceRow, of_earlier: bool) -> QHBoxLayout:
        """A piece of evidence; ``of_earlier``: of the entry in whose place this one was recorded."""
        earlier = f" · {tr('of the earlier entry')}" if of_earlier else ""
        if one.size is None:
            where = tr("On paper: {place}").format(place=one.place or "—")
            seen = tr("original seen by {name}") if one.seen_by else tr("not said who saw the original")
            said = f"{where} · {seen.format(name=one.seen_by)}{earlier}"
            return note("file-text", "muted", one.title, said)
        row = note("paperclip", "muted", one.title, f"{_size(one.size)}{earlier}")
        for text, do in ((tr("Show"), self._look), (tr("Save a copy…"), self._save)):
            act = button(text, "flat")
            act.clicked.connect(partial(do, one))
            row.addWidget(act, alignment=Qt.AlignmentFlag.AlignTop)
        return row


def _action(offer: Offered) -> QPushButton:
    made = button(offer.text, "danger" if offer.dangerous else "")
    made.setEnabled(not offer.why_not)
    made.setToolTip(offer.why_not)
    made.setAccessibleDescription(offer.why_not)
    made.clicked.connect(lambda: offer.do())
    return made


def _menu(offers: Sequence[Offered]) -> QPushButton:
    """The acts that are seldom wanted, behind one button."""
    made = button(tr("More"))
    if all(offer.why_not for offer in offers):
        made.setEnabled(False)
        made.setToolTip("\n".join(f"{offer.text} {offer.why_not}" for offer in offers))
    menu = QMenu(made)
    menu.setToolTipsVisible(True)
    for offer in offers:
        action = menu.addAction(offer.text)
        action.setEnabled(not offer.why_not)
        action.setToolTip(offer.why_not or offer.text)
        action.triggered.connect(lambda _=False, do=offer.do: do())
    made.setMenu(menu)
    return made


def _heading(entry: EntryRow) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(theme.S)
    text, role = sign(entry.polarity)
    mark = coloured(text, role)
    mark.setAccessibleName(words(entry.polarity))
    theme.mark(mark, "look", "title")
    name = wrapped(entry.item_name(in_use()), "title")
    row.addWidget(mark, alignment=Qt.AlignmentFlag.AlignTop)
    row.addWidget(name, 1)
    role_now = "muted" if is_recorded_again(entry) else _STATUS.get(entry.status, "muted")
    chip = Chip(status_words(entry), role_now)
    row.addWidget(chip, alignment=Qt.AlignmentFlag.AlignTop)
    return row


def _worth(reading: FileReading, entry: EntryRow, line: Line | None) -> QVBoxLayout:
    """What it brings in the year looked at, or why it brings nothing."""
    column = QVBoxLayout()
    column.setSpacing(theme.XS)
    period = reading.period.label
    if line and not line.reason:
        role: theme.Role = "positive" if entry.polarity is Polarity.POSITIVE else "negative"
        said = tr("{points} points in {period}").format(points=signed_points(line.points), period=period)
        parts = (said, validity_words(line), direct_words(line, reading.view))
        column.addWidget(coloured(" · ".join(part for part in parts if part), role))
    if standing := standing_words(entry, line):
        marked = entry.status in (EntryStatus.DISPUTED, EntryStatus.HEARING)
        role = "dispute" if marked else "text"
        column.addWidget(coloured(standing, role))
    return column


def _pairs(reading: FileReading, entry: EntryRow) -> Iterator[tuple[str, str]]:
    yield tr("Category"), words(entry.category)
    yield tr("Occurred on"), _span(entry)
    yield tr("Decided on"), iso(entry.decided_on) if entry.decided_on else ""
    yield tr("Deciding authority"), f"{entry.authority} ({words(entry.level)})" if entry.authority else ""
    yield tr("Document number"), entry.document_no
    yield tr("Channel"), words(entry.channel)
    yield tr("Commitment"), words(entry.commitment) if entry.commitment else ""
    yield tr("Same act"), "\n".join(_same_act(reading, entry))
    yield from particulars(entry, _unit(reading, entry))
    yield tr("How it was corrected"), entry.corrected_reason or ""
    yield from _rule(reading, entry)
    if influence := reading.influence(entry.uid):
        yield tr("Influence period"), influence_words(influence)
        yield tr("Lifted"), _dated(entry.lifted_on, entry.lifted_document)
    yield tr("Recorded"), by_whom(entry.recorded_by, entry.recorded_at)
    if entry.verified_by and entry.verified_at:
        yield tr("Verified"), by_whom(entry.verified_by, entry.verified_at)
    if entry.status_on:
        yield words(entry.status), " · ".join(filter(None, (entry.status_document, iso(entry.status_on))))
        yield tr("Reason"), entry.status_reason or ""


def _unit(reading: FileReading, entry: EntryRow) -> str:
    published = reading.view.published
    rule = published.scheme.items.get(entry.item) if published else None
    return rule.unit.in_language(in_use()) if rule else ""


def _dated(on: Day | None, document_no: str | None) -> str:
    return " · ".join(filter(None, (iso(on), document_no))) if on else ""


def _span(entry: EntryRow) -> str:
    if entry.ended_on is None:
        return iso(entry.occurred_on)
    return tr("{since} to {until}").format(since=iso(entry.occurred_on), until=iso(entry.ended_on))


def _same_act(reading: FileReading, entry: EntryRow) -> Iterator[str]:
    for other in reading.view.entries:
        if other.act == entry.act and other.uid != entry.uid:
            yield " ".join(filter(None, (other.item_name(in_use()), other.document_no)))


def _rule(reading: FileReading, entry: EntryRow) -> Iterator[tuple[str, str]]:
    """What the standard says of the item."""
    published = reading.view.published
    if published is None or (item := published.scheme.items.get(entry.item)) is None:
        return
    yield tr("Legal basis"), item.reference
    if entry.status in (EntryStatus.EFFECTIVE, EntryStatus.DISPUTED):
        yield tr("Annual appraisal"), item.appraisal


def by_whom(name: str, moment: Moment) -> str:
    """Who did something, and when."""
    return f"{name} · {local_time(moment):%Y-%m-%d %H:%M}"


def _size(size: int) -> str:
    return f"{size / 1024 / 1024:.1f} MB" if size >= 1024 * 1024 else f"{max(1, size // 1024)} KB"
