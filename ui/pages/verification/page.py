"""Verification: what others recorded or imported is compared with the papers, one after another."""

from collections.abc import Callable
from functools import partial
from typing import NamedTuple

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.commands.batches import return_batch, verify_batch
from app.commands.changes import Changes, Kind
from app.commands.conduct import return_entry, verify_entry
from app.context import AppContext
from app.errors import UserError
from app.queries.entries import (
    Barred,
    WaitingBatch,
    WaitingEntry,
    batch_entries,
    batches_to_verify,
    to_verify,
)
from app.words import in_use, ntr, tr
from models.types import Uid
from ui import messages, tasks
from ui.desk.deciding import Words
from ui.desk.desk import Desk
from ui.desk.rows import Group, QueueItem
from ui.dialogs.confirm import Act, confirm
from ui.dialogs.take_back import undoing
from ui.evidence import EvidencePane, Piece
from ui.page import Page, Place
from ui.pages.verification.papers import batch_html, entry_html
from ui.pages.verification.rows import barred, heading, item
from ui.pages.verification.samples import Samples

CARES = {Kind.ENTRIES, Kind.BATCHES, Kind.PEOPLE}


class Waiting(NamedTuple):
    """All that waits."""

    batches: list[WaitingBatch]
    entries: list[WaitingEntry]


class VerifyPage(Page):
    """``Place("verify", (uid,))`` stands on one entry or list."""

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Verification"))
        self._context = context
        self._rows: dict[str, WaitingBatch | WaitingEntry] = {}
        self._items: dict[str, QueueItem] = {}
        self._under_way: set[str] = set()
        self._wanted = ""
        self.desk = Desk(tr("What waits to be verified"), tr("The entry as it was recorded"), _words())
        self.desk.list.picked.connect(lambda _: self._look())
        self.desk.list.opened.connect(lambda _: self._enter())
        self.desk.bar.opened.connect(self._open)
        self.desk.bar.accepted.connect(self._accept)
        self.desk.bar.returned.connect(self._return)
        self.samples = Samples()
        self.samples.opened.connect(self._open_file)
        self.samples.left.connect(self.desk.list.setFocus)
        self.desk.put_beneath(self.samples)
        self.evidence = EvidencePane(context)
        self.evidence.close_it.hide()
        self.evidence.listen(self.desk.list)
        self.desk.addWidget(self.evidence)
        self.desk.setSizes([340, 420, 440])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.desk)
        self.first = self.desk.list
        self._reload()

    def show_place(self, place: Place) -> None:
        if place.args:
            self._wanted = str(place.args[0])
            self._show()
            self.setFocus()

    def refresh(self, changes: Changes) -> None:
        if changes.kinds & CARES:
            self._reload()

    def _reload(self) -> None:
        tasks.read(self, partial(_waiting, self._context), self._on_waiting, key="waiting")

    # What waits

    def _on_waiting(self, found: Waiting) -> None:
        self._rows = {batch.uid: batch for batch in found.batches}
        self._rows |= {entry.uid: entry for entry in found.entries}
        self._items = {row.uid: item(row) for row in self._rows.values()}
        self._under_way &= self._rows.keys()
        self.badge.emit(sum(row.barred is None for row in self._rows.values()))
        self._show()
        self._wanted = ""  # done meanwhile, where it was not found

    def _show(self) -> None:
        mine = [uid for uid, row in self._rows.items() if row.barred is None]
        lists = [uid for uid in mine if isinstance(self._rows[uid], WaitingBatch)]
        entries = [uid for uid in mine if isinstance(self._rows[uid], WaitingEntry)]
        others = [uid for uid, row in self._rows.items() if row.barred is not None]
        groups = ((tr("Imported lists"), lists), (tr("Entries"), entries), (tr("For a colleague"), others))
        self.desk.show_groups([Group(title, [self._shown(uid) for uid in uids]) for title, uids in groups])
        if self._wanted in self._rows:
            self.desk.list.pick(self._wanted)
            self._wanted = ""
        self._look()

    def _shown(self, uid: str) -> QueueItem:
        shown = self._items[uid]
        return shown.being_written() if uid in self._under_way else shown

    # What is looked at

    def _look(self) -> None:
        row = self._rows.get(self.desk.list.current())
        self._show_evidence(row)
        if row is None:
            self.desk.bar.look_at("")
            sentence = tr("Nothing waits. Entries that others record and lists that others import come here.")
            self.desk.look_at_nothing("clipboard-check", sentence)
            return
        self.desk.look_at(row.uid, heading(row))
        self.samples.setVisible(isinstance(row, WaitingBatch))
        why = tr("Being written") if row.uid in self._under_way else barred(row)
        if isinstance(row, WaitingBatch):
            self._look_at_batch(row, why)
            return
        own = row.barred is Barred.OWN_FILE
        self.desk.bar.accept.setText(tr("Verify…") if row.bare else tr("Verify"))
        self.desk.bar.send_back.setText(tr("Return…"))
        self.desk.bar.look_at(row.uid, why, why, why if own else "")
        self.desk.tell(row.uid, str if own else partial(entry_html, row))

    def _show_evidence(self, row: WaitingBatch | WaitingEntry | None) -> None:
        papers = row.evidence if isinstance(row, WaitingEntry) else ()
        pieces = [Piece(one.uid, one.title) for one in papers if one.size is not None]
        self.evidence.setVisible(bool(pieces))
        self.evidence.show_pieces(
            pieces, pieces.index(shown) if (shown := self.evidence.shown()) in pieces else 0
        )

    def _look_at_batch(self, row: WaitingBatch, why: str) -> None:
        self.desk.bar.accept.setText(tr("Verify list…"))
        self.desk.bar.send_back.setText(tr("Return list…"))
        self.desk.bar.look_at(row.uid, why, why)
        self.desk.tell(row.uid, partial(batch_html, row))
        read = partial(self._context.ask, batch_entries, row.uid)
        tasks.read(self, read, partial(self._on_entries, row), key="entries")

    def _on_entries(self, row: WaitingBatch, entries: list[WaitingEntry]) -> None:
        if self.desk.list.current() == row.uid:
            self.samples.show_entries(entries)

    def _enter(self) -> None:
        """Into the file of an entry, or to the entries of a list."""
        if isinstance(self._rows.get(self.desk.list.current()), WaitingBatch):
            self.samples.take_keyboard()
        else:
            self._open()

    def _open(self) -> None:
        row = self._rows.get(self.desk.list.current())
        if isinstance(row, WaitingBatch):
            self.samples.open_current()
        elif row and row.barred is not Barred.OWN_FILE:
            self._open_file(row)

    def _open_file(self, row: WaitingEntry) -> None:
        self.place_wanted.emit(Place("file", (row.staff_no, "entries", row.uid)))

    # What is decided

    def _accept(self) -> None:
        row = self._rows[self.desk.list.current()]
        if isinstance(row, WaitingBatch):
            self._ask_about_list(row)
        elif row.bare:
            self._ask_about_bare(row)
        else:
            self._verify_entry(row)

    def _ask_about_bare(self, row: WaitingEntry) -> None:
        question = tr("Verify “{item}” of {name}?").format(item=row.item_name(in_use()), name=row.name)
        detail = tr(
            "It has no document number and no evidence. You confirm that you have compared it with its paper."
        )
        confirm(self, question, detail, Act(tr("Verify"), partial(self._verify_entry, row)))

    def _verify_entry(self, row: WaitingEntry) -> None:
        self._write(row, partial(self._context.do, verify_entry, row.uid), tr("Verified: {item}, {name}"))

    def _return(self, reason: str) -> None:
        row = self._rows[self.desk.list.current()]
        if isinstance(row, WaitingBatch):
            self._ask_to_return(row, reason)
        else:
            said = tr("Returned to the recorder: {item}, {name}")
            self._write(row, partial(self._context.do, return_entry, row.uid, reason), said)

    def _write(self, row: WaitingEntry, command: Callable[[], Changes], said: str) -> None:
        said = said.format(item=row.item_name(in_use()), name=row.name)
        self._go_on(row.uid)
        tasks.write(self, command, partial(self._on_written, row, said), partial(self._on_refused, row))

    def _go_on(self, uid: str) -> None:
        self._under_way.add(uid)
        following = self.desk.list.following(self._open_yet)
        self._show()
        self.desk.list.pick(following)
        self.desk.list.setFocus()

    def _open_yet(self, uid: str) -> bool:
        return uid not in self._under_way and self._rows[uid].barred is None

    def _on_written(self, row: WaitingEntry, said: str, _: Changes) -> None:
        self.desk.bar.forget(row.uid)
        messages.say(self, "ok", said, undoing(self, self._context))

    def _on_refused(self, row: WaitingEntry, error: UserError) -> None:
        self._under_way.discard(row.uid)
        messages.say(self, "refusal", tr("{name}: {sentence}").format(name=row.name, sentence=error.sentence))
        self._reload()

    # An imported list

    def _ask_about_list(self, row: WaitingBatch) -> None:
        question = tr("Verify “{file}”?").format(file=row.file_name)
        n = row.waiting
        detail = ntr("{n} entry takes effect.", "{n} entries take effect.", n).format(n=n)
        compared = tr("You confirm that the list was compared with its papers. Your own file is left out.")
        confirm(self, question, f"{detail} {compared}", Act(tr("Verify list"), partial(self._verify, row)))

    def _ask_to_return(self, row: WaitingBatch, reason: str) -> None:
        question = tr("Return “{file}”?").format(file=row.file_name)
        n = row.waiting
        detail = ntr(
            "{n} entry goes back to {name} with this sentence. Corrected, the list can be imported again.",
            "{n} entries go back to {name} with this sentence. Corrected, the list can be imported again.",
            n,
        )
        act = Act(tr("Return list"), partial(self._return_list, row, reason))
        confirm(self, question, detail.format(n=n, name=row.imported_by), act)

    def _verify(self, row: WaitingBatch) -> None:
        said = tr("The list is verified; its entries are in effect.")
        self._settle(row, tr("Verifying {file}"), partial(self._context.do, verify_batch, row.uid), said)

    def _return_list(self, row: WaitingBatch, reason: str) -> None:
        said = tr("The list is returned; corrected, it can be imported again.")
        command = partial(self._context.do, return_batch, row.uid, reason)
        self._settle(row, tr("Returning {file}"), command, said)

    def _settle(self, row: WaitingBatch, title: str, command: Callable[[], Changes], said: str) -> None:
        self._go_on(row.uid)
        tasks.run(
            self,
            title.format(file=row.file_name),
            lambda _: command(),
            lambda _: self._on_settled(row.uid, said),
            ended=partial(self._on_list_ended, row.uid),
            changes=lambda changes: changes,
        )

    def _on_settled(self, uid: Uid, said: str) -> None:
        self.desk.bar.forget(uid)
        messages.say(self, "ok", said)

    def _on_list_ended(self, uid: Uid) -> None:
        self._under_way.discard(uid)
        self._reload()


def _waiting(context: AppContext) -> Waiting:
    """On a worker."""
    return Waiting(context.ask(batches_to_verify), context.ask(to_verify))


def _words() -> Words:
    return Words(
        accept=tr("Verify"),
        accept_key="V",
        send_back=tr("Return…"),
        ask=tr("What does not agree with the paper"),
        send=tr("Return to the recorder"),
        open=tr("Open the file"),
    )
