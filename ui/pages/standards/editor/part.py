"""What the parts of the editor share: the draft that is open, and the names in it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QLayout, QToolButton, QWidget

from app.rules.grading.faults import RULES
from app.standards.draft_check import Seen
from app.standards.drafts import at, insert, move, named, put, put_all, remove
from app.standards.item_cells import Changes, Names
from app.standards.toml_text import Path
from app.words import in_use
from ui import icons, theme
from ui.pages.standards.editor.opened import OpenedDraft


class EditorPart(QWidget):
    """One tab. It shows the content of the opened draft, and changes it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.first: QWidget | None = None
        self.opened: OpenedDraft | None = None
        self.seen: Seen | None = None

    def chain(self) -> Iterator[QWidget]:
        """What Tab goes through."""
        if self.first:
            yield self.first

    def begin(self) -> None:
        """Give the keyboard to what comes first."""
        if self.first:
            self.first.setFocus()

    def show_draft(self) -> None:
        """Show what the draft says now."""

    def show_seen(self, seen: Seen) -> None:
        """Show what the checks have found."""

    def go(self, path: Path, line: int) -> None:
        """Put the keyboard on a place."""

    # What the draft says

    def content(self) -> Mapping[str, Any]:
        return self.opened.draft.content if self.opened else {}

    def rows(self, key: str) -> Sequence[Mapping[str, Any]]:
        """The rows of a list; what is none is left out of every list that is shown."""
        rows = self.content().get(key)
        return [row if isinstance(row, Mapping) else {} for row in rows] if isinstance(rows, list) else []

    def known(self, kind: str) -> Mapping[str, str]:
        """Names by code, as they stand now."""
        found: dict[str, str] = {}
        for one in RULES if kind == "rules" else (kind,):
            found |= named(self.content(), one, in_use())
        return found

    def names(self) -> Names:
        return Names(self.known("groups"), self.known("parts"), self.known("bands"), in_use())

    # Changing it

    def put(self, path: Path, value: object) -> None:
        """A value at a path; None takes it away."""
        if self.opened and at(self.content(), path) != value:
            self.opened.edit(lambda draft: put(draft, path, value), path)

    def put_all(self, path: Path, changes: Changes) -> None:
        """Several values of one row."""
        if self.opened:
            self.opened.edit(lambda draft: put_all(draft, path, changes), (path, tuple(changes)))

    def insert(self, key: str, place: int, rows: Sequence[Mapping[str, Any]]) -> None:
        if self.opened:
            self.opened.edit(lambda draft: insert(draft, (key,), place, rows))

    def remove(self, key: str, places: Sequence[int]) -> None:
        if self.opened and places:
            self.opened.edit(lambda draft: remove(draft, (key,), places))

    def shift_row(self, key: str, place: int, by: int) -> None:
        if self.opened:
            self.opened.edit(lambda draft: move(draft, (key, place), by))

    def wrong(self, path: Path) -> dict[Path, str]:
        """What is wrong below a path, by the rest of each path."""
        found = self.seen.findings if self.seen else ()
        return {
            one.path[len(path) :]: one.sentence
            for one in found
            if one.wrong and one.path[: len(path)] == path
        }


def buttons_of(row: QLayout) -> Iterator[QWidget]:
    """The buttons of such a row."""
    widgets = (item.widget() for place in range(row.count()) if (item := row.itemAt(place)))
    return (one for one in widgets if one)


def acts_row(parent: QWidget, acts: Sequence[tuple[str, str, str, Callable[[], object]]]) -> QHBoxLayout:
    """(words, keys, icon, act): buttons in a row, which are actions with shortcuts too."""
    row = QHBoxLayout()
    row.setSpacing(theme.XS)
    for words, keys, icon, act in acts:
        action = QAction(words, parent)
        action.setShortcut(QKeySequence(keys))
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        action.triggered.connect(lambda _=False, act=act: act())
        parent.addAction(action)
        made = QToolButton()
        made.setIcon(icons.icon(icon))
        made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        made.setAccessibleName(words)
        made.setToolTip(
            f"{words} ({action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)})"
            if keys
            else words
        )
        made.clicked.connect(lambda _=False, act=act: act())
        row.addWidget(made)
    return row
