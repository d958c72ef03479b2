"""Saves what is typed as it is typed, off the window's thread."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from app.commands.changes import Changes
from app.commands.entry_drafts import discard_entry_draft, keep_entry_draft
from app.context import AppContext
from ui import tasks
from ui.pages.entry.draft import Draft, draft_text

REST = 600
"""Milliseconds without a key after which what is typed is saved."""


class Keeping(QTimer):
    """What the office has of the draft for one person at a time."""

    rested = Signal()

    def __init__(self, context: AppContext, typed: Callable[[], Draft], owner: QWidget) -> None:
        """``typed``: what there is to be saved; an empty draft is none."""
        super().__init__(owner)
        self._context, self._typed, self._owner = context, typed, owner
        self._staff_no, self.kept = "", Draft()
        self._unwritten: dict[str, Draft] = {}
        """By staff number what is on its way to the office."""
        self.setSingleShot(True)
        self.setInterval(REST)
        self.timeout.connect(self._on_rest)

    def begin(self, staff_no: str, draft: Draft) -> Draft:
        """The file of somebody is there, with this draft; or the newer one that is still on its way."""
        self._staff_no, self.kept = staff_no, self._unwritten.get(staff_no, draft)
        return self.kept

    def end(self) -> None:
        """The file is left, or its draft was recorded: there is nothing more to save."""
        self.stop()
        self._staff_no, self.kept = "", Draft()

    def save_now(self) -> None:
        """Save without waiting for a rest."""
        self.stop()
        staff_no, draft = self._staff_no, self._typed()
        if not staff_no or draft == self.kept:
            return
        self._unwritten[staff_no] = draft
        command = (
            partial(self._context.do, discard_entry_draft, staff_no)
            if draft.is_empty()
            else partial(self._context.do, keep_entry_draft, staff_no, draft_text(draft))
        )
        kept, ended = partial(self._on_kept, staff_no, draft), partial(self._on_ended, staff_no, draft)
        tasks.write(self._owner, command, kept, ended=ended)

    def may_take(self, draft: Draft) -> bool:
        """Whether another draft that the office has now takes the place of what is typed: all of that is
        saved, and it was discarded or changed elsewhere."""
        return not self._unwritten and self._typed() == self.kept != draft

    def _on_rest(self) -> None:
        if self._unwritten:  # an office that cannot be reached is told of once
            self.start()
        else:
            self.save_now()
        self.rested.emit()

    def _on_kept(self, staff_no: str, draft: Draft, _: Changes) -> None:
        if staff_no == self._staff_no:
            self.kept = draft

    def _on_ended(self, staff_no: str, draft: Draft) -> None:
        if self._unwritten.get(staff_no) is draft:
            del self._unwritten[staff_no]
