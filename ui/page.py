"""Where the window can be, and what a page must do to be there."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QWidget

from app.commands.changes import Changes


class Place(NamedTuple):
    """A page and what it shows: a plain value, so that back and forward are a list of them."""

    page: str
    args: tuple[Any, ...] = ()


class Part(QWidget):
    """A part of the window that hands the keyboard on to its ``first`` control.

    As focus proxy of its part, a control would let Tab skip what stands before it.
    """

    first: QWidget | None = None

    def focusInEvent(self, event: QFocusEvent) -> None:
        if self.first:
            self.first.setFocus(event.reason())


class Page(Part):
    """One page. It is built when first gone to and lives on, so it keeps its filter, columns and selection.

    The window title is its ``windowTitle()``. Its ``first`` control gets the keyboard at the first time,
    later what had it last.
    """

    place_wanted = Signal(object)
    """Go to this Place."""
    badge = Signal(int)
    """How much waits here; shown in the rail."""

    def show_place(self, place: Place) -> None:
        """The window came here. Keep what is shown where ``place`` asks for nothing else."""

    def refresh(self, changes: Changes) -> None:
        """Something changed. Called while in view; changes made meanwhile elsewhere come before
        ``show_place``, as one."""

    def unsaved(self) -> str:
        """What would be lost were the window closed now, in a sentence; empty where nothing would."""
        return ""


Build = Callable[[], Page]
Pages = Mapping[str, Build]


@dataclass(slots=True)
class History:
    """Back and forward, as in a browser."""

    places: list[Place] = field(default_factory=list)
    at: int = -1

    def go(self, place: Place) -> None:
        """Go on from here: what lay ahead is forgotten."""
        if not (self.places and self.places[self.at] == place):
            self.places[self.at + 1 :] = [place]
            self.at += 1

    def step(self, by: int) -> Place | None:
        """Back (-1) or forward (1); None at the end."""
        if not 0 <= self.at + by < len(self.places):
            return None
        self.at += by
        return self.places[self.at]

    def can(self, by: int) -> bool:
        """Whether there is a place that way."""
        return 0 <= self.at + by < len(self.places)
