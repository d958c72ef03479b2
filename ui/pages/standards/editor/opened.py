"""A draft that is open: its text, undo and redo, and its saving as one types."""

import time
from collections.abc import Callable
from functools import partial
from typing import Literal

from PySide6.QtCore import QObject, QTimer, Signal

from app.commands.changes import Changes
from app.commands.drafts import begin_draft, save_draft
from app.context import AppContext
from app.errors import Conflict, NotFound, UserError
from app.queries.drafts import OpenDraft
from app.standards.drafts import Draft, read_draft
from app.words import tr
from models.types import Moment, Uid
from ui import messages, tasks

SAVE_AFTER, TOGETHER, MOST_UNDONE = 500, 1.0, 200
"""Milliseconds of rest before a save; seconds within which changes of one value are undone as one."""
State = Literal["saved", "changed", "conflict", "gone"]


class OpenedDraft(QObject):
    """The text is what is kept; ``draft`` is what it said when it could last be read."""

    changed = Signal()
    """Another text."""
    state_changed = Signal()

    def __init__(self, context: AppContext, opened: OpenDraft, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.uid, self.version, self.saved_at = opened.uid, opened.version, opened.changed_at
        self.text, self.broken = opened.text, False
        self.state: State = "saved"
        self.draft = Draft("", {})
        self._done: list[str] = []
        self._undone: list[str] = []
        self._last: tuple[object, float] = (None, 0.0)
        self._writing = self._again = self._left = self._kept = False
        self._timer = QTimer(self, singleShot=True, interval=SAVE_AFTER)
        self._timer.timeout.connect(self._save)
        self._read()

    # Changing

    def edit(self, change: Callable[[Draft], Draft], key: object = None) -> None:
        """Change what the text says. Changes with one ``key`` in a row are undone together."""
        if self.broken:
            return
        made = change(self.draft)
        if made.text != self.text:
            self._keep_undo(key)
            self.draft = made
            self._show(made.text)

    def set_text(self, text: str) -> None:
        """Take a text as it was typed, broken or not."""
        if text != self.text:
            self._keep_undo("text")
            self.text = text
            self._read()
            self._show(text)

    def undo(self) -> None:
        self._step(self._done, self._undone)

    def redo(self) -> None:
        self._step(self._undone, self._done)

    def can_undo(self) -> bool:
        return bool(self._done)

    def can_redo(self) -> bool:
        return bool(self._undone)

    def _step(self, here: list[str], there: list[str]) -> None:
        if here:
            there.append(self.text)
            self.text = here.pop()
            self._last = (None, 0.0)
            self._read()
            self._show(self.text)

    def _keep_undo(self, key: object) -> None:
        now = time.monotonic()
        if key is None or key != self._last[0] or now - self._last[1] > TOGETHER or not self._done:
            self._done.append(self.text)
            del self._done[:-MOST_UNDONE]
        self._last = key, now
        self._undone.clear()

    def _read(self) -> None:
        try:
            self.draft, self.broken = read_draft(self.text), False
        except (ValueError, RecursionError):  # looked through and told beside; what was good stays shown
            self.broken = True

    def _show(self, text: str) -> None:
        self.text = text
        if self.state in ("saved", "changed"):
            self._become("changed")
            self._timer.start()
        self.changed.emit()

    # Saving

    def save_now(self) -> None:
        """Do not wait for a rest: the page is left, the window closed, or the draft published."""
        if self.state == "changed":
            self._save()

    def leave(self) -> None:
        """It is looked at no longer: save it, and what cannot be saved as a draft of its own."""
        self._left = True
        self.save_now()
        self._keep_what_is_left()

    def tell_saved(self, moment: Moment) -> None:
        """When it was saved, by the clock of the office."""
        if self.saved_at != moment:
            self.saved_at = moment
            self.state_changed.emit()

    def _save(self) -> None:
        self._timer.stop()
        if self.state != "changed" or self.broken:  # what was good stays saved until it can be read again
            return
        if self._writing:
            self._again = True
            return
        self._writing = True
        text = self.text
        command = partial(self._context.do, save_draft, self.uid, text, self.version)
        tasks.write(self, command, partial(self._on_saved, text), self._on_refused, ended=self._on_ended)

    def _on_saved(self, text: str, changes: Changes) -> None:
        self.version += 1
        if self.text == text:
            self._become("saved")

    def _on_refused(self, error: UserError) -> None:
        if isinstance(error, Conflict | NotFound):
            self._become("conflict" if isinstance(error, Conflict) else "gone")
            self._keep_what_is_left()
        else:
            messages.say(self.parent(), "refusal", error.sentence)

    def _on_ended(self) -> None:
        self._writing = False
        if self._again:
            self._again = False
            self._save()

    def _keep_what_is_left(self) -> None:
        unsaved = self.state in ("conflict", "gone") or (self.broken and self.state == "changed")
        if self._left and unsaved and not self._kept:
            sentence = (
                tr("The text could not be read; what you typed is kept as a draft of its own.")
                if self.broken
                else tr("Someone else changed the draft meanwhile; yours is kept as a draft of its own.")
            )
            self.keep_as_another(lambda _: messages.say(self.parent(), "info", sentence))

    def keep_as_another(self, done: Callable[[Uid], object]) -> None:
        """After a conflict: keep what was written as a draft of its own."""
        self._kept = True
        command = partial(self._context.do, begin_draft, self.text)
        tasks.write(self, command, lambda changes: done(changes.uids[0]))

    def _become(self, state: State) -> None:
        if state != self.state:
            self.state = state
        self.state_changed.emit()
