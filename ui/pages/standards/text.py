"""The very text that was published, with its digest, to be read and copied."""

from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from app.words import tr
from ui import messages, theme
from ui.widgets import button, label


class TextPart(QWidget):
    """Shows one text at a time."""

    def __init__(self, name: str, copied: str, parent: QWidget | None = None) -> None:
        """``name``: for screen readers; ``copied``: what is said when it was copied."""
        super().__init__(parent)
        self._copied = copied
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.text.setAccessibleName(name)
        self._digest = label("", "small")
        copy = button(tr("Copy"), icon="copy")
        copy.clicked.connect(self._copy)
        top = QHBoxLayout()
        top.setContentsMargins(theme.L, theme.S, theme.L, theme.S)
        top.addWidget(self._digest, 1)
        top.addWidget(copy)
        body = QHBoxLayout()
        body.setContentsMargins(theme.L, 0, theme.L, theme.M)
        body.addWidget(self.text)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addLayout(body, 1)

    def show_text(self, text: str, digest: bytes) -> None:
        """Show another text and its SHA-256."""
        self.text.setPlainText(text)
        self._digest.setText(f"SHA-256 {digest.hex()}")

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.text.toPlainText())
        messages.say(self, "ok", self._copied)
