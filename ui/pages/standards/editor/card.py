"""One rule of a draft: the sentence that it says, and beneath it the fields that say it."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from app.rules.grading.dating import in_force
from app.rules.grading.parsing import ALWAYS
from app.rules.grading.reading import OUT_OF_FORCE, Reader, slots_of
from app.rules.grading.scheme import Group, Input, Named, Part, Scheme
from app.standards.drafts import text_in
from app.standards.item_cells import is_dated
from app.standards.sentences import sentence
from app.standards.toml_text import Path
from app.words import in_use, tr
from ui import icons, theme
from ui.pages.standards.editor.form import RowForm
from ui.pages.standards.editor.values import Known
from ui.widgets import label


class RuleCard(QFrame):
    """Folded, it is the sentence alone."""

    edited = Signal(tuple, object)
    act_wanted = Signal(str)
    """``up``, ``down`` or ``take``."""

    def __init__(
        self, cls: type, known: Known, moves: bool, may_go: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        theme.mark(self, "surface", "card")
        self._class, self._known = cls, known
        self._row: object = None
        self._wrong: Mapping[Path, str] = {}
        self.form: RowForm | None = None
        self.is_open = False
        self.fold = _tool("chevron-right", tr("Show the fields"))
        self.fold.clicked.connect(self._toggle)
        self.name = label("", "heading")
        self.said = _Sentence(self._toggle)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self.name)
        words.addWidget(self.said)
        self._head = QHBoxLayout()
        self._head.setSpacing(theme.XS)
        self._head.addWidget(self.fold, 0, Qt.AlignmentFlag.AlignTop)
        self._head.addLayout(words, 1)
        self._head.setAlignment(words, Qt.AlignmentFlag.AlignVCenter)
        self.acts = [
            *(
                [self._act("up", "chevron-up", tr("Up")), self._act("down", "chevron-down", tr("Down"))]
                if moves
                else []
            ),
            *([self._act("take", "x", tr("Remove"))] if may_go else []),
        ]
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(theme.S, theme.S, theme.S, theme.S)
        self._column.setSpacing(theme.S)
        self._column.addLayout(self._head)

    def put(self, row: object, scheme: Scheme | None) -> None:
        """Show a row; ``scheme`` knows the names of what it speaks of."""
        self._row = row
        said = said_by(self._class, row, scheme)
        if said and isinstance(row, Mapping) and any(map(is_dated, row.values())):
            said = tr("{sentence} (It changes by date; see the fields.)").format(sentence=said)
        self.said.setText(said or tr("Not complete yet: fill in its fields."))
        theme.mark(self.said, "tone", "" if said else "dispute")
        name = text_in(row.get("name"), in_use()) if isinstance(row, Mapping) else ""
        self.name.setText(
            name if issubclass(self._class, Named) and self._class not in _NAMED_IN_SENTENCE else ""
        )
        self.name.setVisible(bool(self.name.text()))
        self.fold.setAccessibleName(" ".join(filter(None, (self.name.text(), self.said.text()))))
        for act in self.acts:
            what = self.name.text() or self.said.text()
            act.setAccessibleName(tr("{name}: {sentence}").format(name=act.toolTip(), sentence=what))
        if self.form:
            self.form.put(row, True)

    def mark(self, wrong: Mapping[Path, str]) -> None:
        """What is wrong in it: said beneath the sentence, and at the fields."""
        self._wrong = wrong
        theme.mark(self, "refused", "true" if wrong else "")
        self.said.setToolTip("\n".join(dict.fromkeys(wrong.values())))
        if self.form:
            self.form.mark(wrong)

    def unfold(self) -> RowForm:
        """Show the fields."""
        self._look_open(True)
        if self.form is None:
            self.form = RowForm(self._class, self._known, columns=1)
            self.form.edited.connect(self.edited)
            self.form.put(self._row, True)
            self.form.mark(self._wrong)
            self._column.addWidget(self.form)
        self.form.show()
        return self.form

    def chain(self) -> Iterator[QWidget]:
        """What Tab goes through."""
        yield from (self.fold, *self.acts)
        if self.form:
            yield from self.form.chain()

    def _toggle(self) -> None:
        if not self.is_open:
            self.unfold()
            return
        self._look_open(False)
        if self.form:
            self.form.hide()

    def _look_open(self, on: bool) -> None:
        self.is_open = on
        self.fold.setIcon(icons.icon("chevron-down" if on else "chevron-right", "muted"))
        self.fold.setToolTip(tr("Hide the fields") if on else tr("Show the fields"))

    def _act(self, act: str, icon: str, words: str) -> QToolButton:
        made = _tool(icon, words)
        made.clicked.connect(lambda: self.act_wanted.emit(act))
        self._head.addWidget(made, 0, Qt.AlignmentFlag.AlignTop)
        return made


_NAMED_IN_SENTENCE = (Group, Part, Input)


class _Sentence(QLabel):
    """A click on it folds as the arrow does."""

    def __init__(self, toggle: Callable[[], object]) -> None:
        super().__init__()
        self._toggle = toggle
        self.setWordWrap(True)
        self.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._toggle()


def _tool(icon: str, words: str) -> QToolButton:
    made = QToolButton()
    made.setIcon(icons.icon(icon, "muted"))
    made.setAccessibleName(words)
    made.setToolTip(words)
    made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return made


def said_by(cls: type, row: object, scheme: Scheme | None) -> str:
    """The sentence of a row as the text has it; empty where it cannot be read."""
    known = {slot.key for slot in slots_of(cls)}
    content: Any = row if isinstance(row, Mapping) else {}
    content = {
        key: value for key, value in in_force(dict(content), ALWAYS).items() if value is not OUT_OF_FORCE
    }
    kept = {key: value for key, value in dict(content).items() if key in known}
    read: Any = Reader().table(cls, kept, "")
    return sentence(read, scheme, in_use()) if read is not None else ""
