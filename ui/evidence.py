"""A file of evidence as it looks: PDF and pictures beside what rests on them, all else to be saved."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QBuffer, QByteArray, Qt, Signal
from PySide6.QtGui import QAction, QImage, QImageReader, QKeySequence, QPixmap, QResizeEvent
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.commands.evidence import copy_evidence
from app.context import AppContext
from app.errors import UserError
from app.queries.evidence import evidence_content
from app.words import tr
from models.types import Uid
from ui import messages, tasks, theme
from ui.printing import open_pdf
from ui.widgets import Elided, EmptyState, button, label, rule


class Piece(NamedTuple):
    """A file of evidence that can be shown."""

    uid: Uid
    title: str


class _Content(NamedTuple):
    """What a file holds, as far as it can be shown."""

    pdf: bytes = b""
    picture: QImage | None = None


class EvidencePane(QWidget):
    """Shows one file after the other. Its keys work where it is put by ``listen``."""

    closed = Signal()

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._pieces: Sequence[Piece] = ()
        self._at = 0
        self._kept: tuple[QBuffer, QPdfDocument] | None = None
        self._title, self._number = Elided(), label("", "muted")
        theme.mark(self._title, "look", "heading")
        self.next, self.save = button(tr("Next file (E)"), "flat"), button(tr("Save a copy…"), "flat")
        self.close_it = button(tr("Close (Esc)"), "flat")
        self.next.clicked.connect(self.show_next)
        self.save.clicked.connect(self._save)
        self.close_it.clicked.connect(self.closed)
        self._empty = QPdfDocument(self)
        self.pdf, self.picture = QPdfView(self), _Picture()
        self.pdf.setPageMode(QPdfView.PageMode.MultiPage)
        self.pdf.setZoomMode(QPdfView.ZoomMode.FitToWidth)
        for view in (self.pdf, self.picture):
            view.setAccessibleName(tr("Evidence"))
        self._stack = QStackedWidget(self)
        self._stack.addWidget(QWidget())
        for view in (self.pdf, self.picture):
            self._stack.addWidget(view)
        self._lay_out()

    def show_pieces(self, pieces: Sequence[Piece], at: int = 0) -> None:
        """Show one of these files; what is shown already stays as it is scrolled."""
        shown = self.shown()
        self._pieces, self._at = pieces, at
        n = len(pieces)
        self._number.setText(tr("{number} of {n}").format(number=at + 1, n=n) if n > 1 else "")
        self.next.setVisible(n > 1)
        if self.shown() != shown:
            self._read()

    def shown(self) -> Piece | None:
        """Which one is looked at."""
        return self._pieces[self._at] if self._pieces else None

    def show_next(self) -> None:
        """The next file, after the last the first."""
        if self._pieces:
            self.show_pieces(self._pieces, (self._at + 1) % len(self._pieces))

    def scroll_page(self, by: int) -> None:
        """On by most of what is seen (1) or back (-1)."""
        view = self._stack.currentWidget()
        if isinstance(view, QScrollArea | QPdfView):
            bar = view.verticalScrollBar()
            bar.setValue(bar.value() + by * bar.pageStep() * 9 // 10)

    def listen(self, at: QWidget) -> None:
        """Let the keys work where the keyboard is while files are looked through."""
        for text, keys, do in (
            (tr("Next file of evidence"), "E", self.show_next),
            (tr("On in the evidence"), "Space", partial(self.scroll_page, 1)),
            (tr("Back in the evidence"), "Shift+Space", partial(self.scroll_page, -1)),
        ):
            action = QAction(text, at)
            action.setShortcut(QKeySequence(keys))
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            action.triggered.connect(lambda _=False, do=do: do())
            at.addAction(action)

    def _read(self) -> None:
        self._stack.setCurrentIndex(0)
        piece = self.shown()
        self._title.setText(piece.title if piece else "")
        if piece:
            ask = partial(_content, self._context, piece.uid)
            tasks.read(self, ask, partial(self._on_content, piece), self._on_refused, key="evidence")

    def _on_content(self, piece: Piece, content: _Content) -> None:
        if piece != self.shown():
            return
        if content.pdf and self._show_pdf(content.pdf):
            return
        if content.picture is None:
            self._say(tr("This kind of file cannot be shown here. Save a copy and open that."))
            return
        self.picture.put(content.picture)
        self._stack.setCurrentWidget(self.picture)

    def _show_pdf(self, content: bytes) -> bool:
        made = open_pdf(content)
        if made[1].status() != QPdfDocument.Status.Ready:
            return False
        before, self._kept = self._kept, made
        self.pdf.setDocument(made[1])
        self._stack.setCurrentWidget(self.pdf)
        if before:
            before[1].close()
        return True

    def _on_refused(self, refusal: UserError) -> None:
        self._say(refusal.sentence)

    def _say(self, sentence: str) -> None:
        said = EmptyState("file-text", sentence)
        if old := self._stack.widget(3):
            self._stack.removeWidget(old)
            old.deleteLater()
        self._stack.setCurrentIndex(self._stack.addWidget(said))

    def _save(self) -> None:
        if piece := self.shown():
            save_copy(self, self._context, piece)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(theme.L, theme.XS, theme.M, theme.XS)
        head.setSpacing(theme.XS)
        head.addWidget(self._title, 1)
        for widget in (self._number, self.next, self.save, self.close_it):
            head.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(rule())
        column.addWidget(self._stack, 1)


class _Picture(QScrollArea):
    """A picture as wide as there is room, and never larger than it is."""

    def __init__(self) -> None:
        super().__init__()
        self._picture, self._shown = QImage(), QLabel()
        self._shown.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.setWidget(self._shown)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def put(self, picture: QImage) -> None:
        """Show another one, from its top."""
        self._picture = picture
        self._fit()
        self.verticalScrollBar().setValue(0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        if self._picture.isNull():
            return
        ratio = self.devicePixelRatioF()
        width = min(self._picture.width(), int(self.viewport().width() * ratio))
        smooth = Qt.TransformationMode.SmoothTransformation
        pixmap = QPixmap.fromImage(self._picture.scaledToWidth(max(1, width), smooth))
        pixmap.setDevicePixelRatio(ratio)
        self._shown.setPixmap(pixmap)


def save_copy(owner: QWidget, context: AppContext, piece: Piece) -> None:
    """Write a copy of a file of evidence to where the reader wants it."""
    chosen, _ = QFileDialog.getSaveFileName(owner, tr("Save a copy"), piece.title)
    if chosen:
        said = tr("The copy is saved. Delete it when it is no longer needed.")
        write = partial(context.do, copy_evidence, piece.uid, Path(chosen))
        tasks.write(owner, write, lambda _: messages.say(owner, "ok", said))


def _content(context: AppContext, uid: Uid) -> _Content:
    """On a worker: by what the file holds, whatever its name says."""
    content = context.ask(evidence_content, uid)
    if content[:1024].lstrip().startswith(b"%PDF"):
        return _Content(pdf=content)
    buffer = QBuffer()
    buffer.setData(QByteArray(content))
    reader = QImageReader(buffer)
    reader.setAutoTransform(True)
    picture = reader.read()
    return _Content(picture=None if picture.isNull() else picture)
