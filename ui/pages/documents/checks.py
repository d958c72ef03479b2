"""What stands against printing, as a checklist: one line for each concern, always at the same place."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtWidgets import QGridLayout, QWidget

from app.queries.preflight import Concern, Finding
from app.words import listed, mark, ntr, tr
from ui import theme
from ui.widgets import Elided, IconLabel

NAMED = 3
"""People named in a line; the tooltip names them all."""

FINE: Mapping[Concern, str] = {
    Concern.STANDARD: mark("A standard is in force"),
    Concern.REFUSED: mark("All chosen files may be printed"),
    Concern.CHARACTERS: mark("The fonts have every character"),
    Concern.STALE: mark("The grades are up to date"),
    Concern.UNDECIDED: mark("The grades are decided"),
}
STOPPING = (Concern.STANDARD, Concern.REFUSED)
"""Those that leave somebody without a paper."""


class Checklist(QWidget):
    """Green where all is well, amber where one should know, red where somebody is left out."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.S)
        grid.setVerticalSpacing(theme.XS)
        grid.setColumnStretch(1, 1)
        self._lines: dict[Concern, tuple[IconLabel, Elided]] = {}
        for row, concern in enumerate(Concern):
            icon, words = self._lines[concern] = IconLabel("minus", "muted"), Elided()
            grid.addWidget(icon, row, 0)
            grid.addWidget(words, row, 1)
        self.show_nothing()

    def show_nothing(self) -> None:
        """Nobody is chosen, or nothing is known yet."""
        for concern in Concern:
            self._say(concern, "minus", "muted", tr(FINE[concern]))

    def show_findings(self, found: Sequence[Finding]) -> None:
        """What was found for all that are chosen."""
        for concern in Concern:
            ours = [finding for finding in found if finding.concern is concern]
            if not ours:
                self._say(concern, "circle-check", "positive", tr(FINE[concern]))
            elif concern in STOPPING:
                self._say(concern, "circle-x", "negative", _SAY[concern](ours, NAMED), _SAY[concern](ours))
            else:
                self._say(
                    concern, "triangle-alert", "dispute", _SAY[concern](ours, NAMED), _SAY[concern](ours)
                )

    def text(self, concern: Concern) -> str:
        """The line of a concern."""
        return self._lines[concern][1].text()

    def _say(self, concern: Concern, icon: str, role: theme.Role, words: str, spoken: str = "") -> None:
        sign, line = self._lines[concern]
        sign.show_icon(icon, role)
        theme.mark(line, "look", "muted" if role == "muted" else "")
        line.setText(words)
        line.setAccessibleDescription(spoken or words)
        sign.setToolTip(spoken)


def _names(found: Sequence[Finding], most: int = 0) -> str:
    names = [finding.who for finding in found]
    if not most or len(names) <= most:
        return listed(names)
    more = len(names) - most
    words = ntr("{names} and {n} more", "{names} and {n} more", more)
    return words.format(names=listed(names[:most]), n=more)


def _standard(found: Sequence[Finding], most: int = 0) -> str:
    return found[0].detail


def _refused(found: Sequence[Finding], most: int = 0) -> str:
    words = tr("Not printed: {names}. {reason}")
    return words.format(names=_names(found, most), reason=found[0].detail)


def _characters(found: Sequence[Finding], most: int = 0) -> str:
    characters = " ".join(dict.fromkeys(" ".join(finding.detail for finding in found).split()))
    words = tr("Write in by hand: {characters} ({names})")
    return words.format(characters=characters, names=_names(found, most))


def _stale(found: Sequence[Finding], most: int = 0) -> str:
    return tr("Entries changed since: {names}").format(names=_names(found, most))


def _undecided(found: Sequence[Finding], most: int = 0) -> str:
    return tr("Not decided yet: {names}").format(names=_names(found, most))


_SAY: Mapping[Concern, Callable[..., str]] = {
    Concern.STANDARD: _standard,
    Concern.REFUSED: _refused,
    Concern.CHARACTERS: _characters,
    Concern.STALE: _stale,
    Concern.UNDECIDED: _undecided,
}
