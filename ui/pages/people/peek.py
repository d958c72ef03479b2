"""The pane beside a list of people: who it is and the newest entries, without opening the file."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal
from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from app.context import AppContext
from app.influence import influence_words
from app.labels import label as words
from app.queries.peek import Peek, PeekEntry, peek
from app.queries.people import PersonRow
from app.words import in_use, ntr, tr
from models.types import EntryStatus, iso
from ui import tasks, theme
from ui.desk.queue import QueueList
from ui.desk.rows import Group, Mark, QueueItem, Run
from ui.widgets import Chip, Elided, label, rule, sign

WIDTH = 200
"""At least."""
_LATE = 100
"""Milliseconds after which what was shown before is taken away: it belongs to somebody else."""


class PeekPane(QWidget):
    """Follows the row that the keyboard stands on."""

    opened = Signal()
    """Enter or a double click on an entry."""

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._person: int | None = None
        self.setMinimumWidth(WIDTH)
        self.setAccessibleName(tr("The person chosen"))
        self._name, self._number = Elided(), label("", "muted")
        self._where, self._post = Elided(), label("")
        self._post.setWordWrap(True)
        theme.mark(self._name, "look", "title")
        self._chips = QVBoxLayout()
        self._entries = QueueList(tr("The newest entries"), self)
        self._entries.opened.connect(lambda _: self.opened.emit())
        self._total = label("", "muted")
        self._nobody = label(_hint(), "muted")
        self._nobody.setWordWrap(True)
        self._nobody.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._nobody.setContentsMargins(theme.M, theme.M, theme.M, theme.M)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._nobody)
        self._stack.addWidget(self._looked_at())
        self._late = QTimer(self)
        self._late.setSingleShot(True)
        self._late.setInterval(_LATE)
        self._late.timeout.connect(self._clear)

    def follow(self, person: int | None) -> None:
        """Look at this person; at nobody where there is none."""
        if person != self._person:
            self._person = person
            self.look_again()

    def look_again(self) -> None:
        """The person is the same, but what is known may have changed."""
        if self._person is None:
            self._say(_hint())
            return
        self._late.start()
        ask = partial(self._context.ask, peek, self._person)
        tasks.read(self, ask, self._on_peek, lambda refusal: self._say(refusal.sentence), key="peek")

    def _on_peek(self, found: Peek) -> None:
        self._late.stop()
        self._show_head(found)
        self._show_entries(found.entries)
        self._total.setText(_total_words(found))
        self._stack.setCurrentIndex(1)

    def _say(self, sentence: str) -> None:
        """There is nothing to be seen, and why."""
        self._late.stop()
        self._nobody.setText(sentence)
        self._stack.setCurrentIndex(0)

    def _clear(self) -> None:
        for text in (self._name, self._number, self._where, self._post, self._total):
            text.setText("")
        self._show_chips([])
        self._show_entries(())

    def _show_entries(self, entries: Sequence[PeekEntry]) -> None:
        self._entries.show_groups([Group("", [_item(place, entry) for place, entry in enumerate(entries)])])
        self._entries.setCurrentIndex(QModelIndex())  # none is chosen before somebody goes there

    def _show_head(self, found: Peek) -> None:
        row = found.row
        self._name.setText(row.name)
        self._number.setText(f"{row.staff_no} · {found.number}")
        self._where.setText(row.department)
        self._post.setText(" · ".join(part for part in (row.post, row.rank) if part))
        self._show_chips([*_chips(row), *_influence(found)])

    def _show_chips(self, chips: list[QWidget]) -> None:
        while item := self._chips.takeAt(0):
            if old := item.widget():
                old.hide()
                old.deleteLater()
        for chip in chips:
            self._chips.addWidget(chip)

    def _looked_at(self) -> QWidget:
        made = QWidget(self)
        head = QVBoxLayout()
        head.setContentsMargins(theme.M, theme.M, theme.M, theme.S)
        head.setSpacing(theme.XS)
        for text in (self._name, self._number, self._where, self._post):
            head.addWidget(text)
        self._chips.setSpacing(theme.XS)
        head.addLayout(self._chips)
        head.addSpacing(theme.S)
        head.addWidget(self._total)
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(rule())
        column.addWidget(self._entries, 1)
        return made


def _hint() -> str:
    return tr("Choose a person in the list to look at the newest entries.")


def _item(place: int, entry: PeekEntry) -> QueueItem:
    """Item and document, with the sign; what is unusual is marked."""
    mark, role = sign(entry.polarity)
    rest = f"{iso(entry.occurred_on)}  {entry.document_no or entry.authority}"
    icon = _MARKS.get(entry.status)
    marks = (Mark(words(entry.status), *icon),) if icon else ()
    below: tuple[Run, ...] = ((f"{mark} ", role), (rest, "muted"))
    return QueueItem(str(place), entry.item_name(in_use()), below=below, marks=marks)


_MARKS: dict[EntryStatus, tuple[str, theme.Role]] = {
    EntryStatus.SUBMITTED: ("clock", "muted"),
    EntryStatus.HEARING: ("user", "dispute"),
    EntryStatus.DISPUTED: ("flag", "dispute"),
    EntryStatus.RETURNED: ("undo-2", "negative"),
    EntryStatus.REVOKED: ("x", "muted"),
    EntryStatus.SUPERSEDED: ("x", "muted"),
    EntryStatus.WITHDRAWN: ("x", "muted"),
}


def _chips(row: PersonRow) -> list[QWidget]:
    chips: list[QWidget] = [Chip(words(state), "text") for state in row.states]
    if row.left_on:
        why = words(row.leaving) if row.leaving else tr("Left")
        chips.append(Chip(f"{why} {iso(row.left_on)}", "muted", "log-out"))
    if row.grade_status:
        chips.append(Chip(f"{row.grade_period} {row.grade_name(in_use())}", "accent", "scale"))
        chips.append(label(words(row.grade_status), "small"))
    if row.disputed:
        text = ntr("{n} objection runs", "{n} objections run", row.disputed)
        chips.append(Chip(text.format(n=row.disputed), "dispute", "flag"))
    return chips


def _influence(found: Peek) -> list[QWidget]:
    """The mark of the influence period that ends last, where any runs."""
    if not found.influences:
        return []
    last = found.influences[0]
    chip = Chip(tr("Influence period until {date}").format(date=iso(last.until)), "negative", "clock")
    chip.setToolTip("\n".join(map(influence_words, found.influences)))
    return [chip]


def _total_words(found: Peek) -> str:
    if not found.total:
        return tr("No entries yet")
    if found.total == len(found.entries):
        return ntr("{n} entry", "{n} entries", found.total).format(n=found.total)
    return tr("The newest {n} of {total} entries").format(n=len(found.entries), total=found.total)
