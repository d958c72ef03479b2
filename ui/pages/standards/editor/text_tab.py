"""The text of a draft, for who would rather write it; and the only place where a broken one is mended."""

from PySide6.QtCore import QEvent, QTimer
from PySide6.QtGui import QColor, QFontDatabase, QHideEvent, QKeyEvent, QKeySequence, QTextCursor, QTextFormat
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit, QVBoxLayout, QWidget

from app.standards.draft_check import Seen
from app.standards.toml_text import Path, line_at
from app.words import tr
from ui import theme
from ui.pages.standards.editor.part import EditorPart
from ui.widgets import label

READ_AFTER = 300
"""Milliseconds of rest before what is typed is read."""


class _Lines(QPlainTextEdit):
    """Undo and redo are those of the draft, which are for every part."""

    def __init__(self) -> None:
        super().__init__()
        self.setUndoRedoEnabled(False)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            keys = QKeySequence.StandardKey
            if event.matches(keys.Undo) or event.matches(keys.Redo):
                event.ignore()
                return False
        return super().event(event)


class TextTab(EditorPart):
    """The TOML, with the lines of problems marked."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.text = _Lines()
        self.text.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.text.setAccessibleName(tr("Text of the standard"))
        self.text.setTabChangesFocus(True)
        self.first = self.text
        self.text.textChanged.connect(self._on_typed)
        self.text.cursorPositionChanged.connect(self._tell_line)
        self._showing = False
        self._timer = QTimer(self, singleShot=True, interval=READ_AFTER)
        self._timer.timeout.connect(self._read)
        self._line = label("", "small")
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.L, theme.M, theme.M, theme.S)
        column.setSpacing(theme.XS)
        column.addWidget(self.text, 1)
        column.addWidget(self._line)

    def show_draft(self) -> None:
        if self.opened and self.text.toPlainText() != self.opened.text and not self._timer.isActive():
            at, scrolled = self.text.textCursor().position(), self.text.verticalScrollBar().value()
            self._showing = True
            self.text.setPlainText(self.opened.text)
            self._showing = False
            cursor = self.text.textCursor()
            cursor.setPosition(min(at, len(self.opened.text)))
            self.text.setTextCursor(cursor)
            self.text.verticalScrollBar().setValue(scrolled)

    def show_seen(self, seen: Seen) -> None:
        self.seen = seen
        lines = {one.line: one.wrong for one in reversed(seen.findings) if one.line}
        self.text.setExtraSelections([self._marked(line, wrong) for line, wrong in lines.items()])

    def go(self, path: Path, line: int) -> None:
        if self.opened:
            line = line or line_at(self.opened.text, path)
        block = self.text.document().findBlockByNumber(max(0, line - 1))
        self.text.setTextCursor(QTextCursor(block))
        self.text.centerCursor()
        self.text.setFocus()

    def flush(self) -> None:
        """Read what was typed last, where it was not read yet."""
        if self._timer.isActive():
            self._read()

    def _read(self) -> None:
        self._timer.stop()
        if self.opened:
            self.opened.set_text(self.text.toPlainText())

    def _on_typed(self) -> None:
        if not self._showing:
            self._timer.start()

    def _tell_line(self) -> None:
        self._line.setText(tr("line {n}").format(n=self.text.textCursor().blockNumber() + 1))

    def _marked(self, line: int, wrong: bool) -> QTextEdit.ExtraSelection:
        made = QTextEdit.ExtraSelection()
        made.cursor = QTextCursor(self.text.document().findBlockByNumber(line - 1))
        made.format.setBackground(QColor(theme.tint("negative" if wrong else "dispute")))
        made.format.setProperty(QTextFormat.Property.FullWidthSelection, True)
        return made

    def hideEvent(self, event: QHideEvent) -> None:
        self.flush()
        super().hideEvent(event)
