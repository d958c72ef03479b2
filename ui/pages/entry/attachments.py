"""Files to be attached to an entry: chosen, dropped on the form, or pasted."""

from collections.abc import Iterable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMimeData, Signal
from PySide6.QtGui import QImage, QImageWriter
from PySide6.QtWidgets import QFileDialog, QMenu, QPushButton, QWidget

from app.commands.evidence import check_file
from app.errors import Invalid
from app.words import ntr, tr
from ui import icons
from ui.pages.entry.draft import Attached


class AttachmentsField(QPushButton):
    """The first press chooses files, a later one adds or takes away."""

    changed = Signal()
    refused = Signal(str)
    """Why a file is not taken; the others are."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.files: tuple[Attached, ...] = ()
        self._menu = QMenu(self)
        self.setAutoDefault(False)
        self.setIcon(icons.icon("paperclip"))
        self.clicked.connect(self._on_clicked)
        self.put(())

    def put(self, files: tuple[Attached, ...]) -> None:
        """Show these files."""
        self.files = files
        count = len(files)
        text = ntr("{n} file attached…", "{n} files attached…", count).format(n=count)
        self.setText(text if files else tr("Attach files…"))
        self.setToolTip("\n".join(one.name for one in files))
        self.changed.emit()

    def attach(self, paths: Iterable[Path]) -> None:
        """Add files, each that can be kept and is not there yet."""
        sentences = []
        for path in paths:
            try:
                check_file(path.name, _size(path))
            except Invalid as refusal:
                sentences.append(refusal.sentence)
            else:
                if path not in (one.path for one in self.files):
                    self.put((*self.files, Attached(path.name, path)))
        if sentences:
            self.refused.emit(" ".join(sentences))

    def attach_picture(self, picture: QImage) -> None:
        """Add a picture that was pasted."""
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        QImageWriter(buffer, QByteArray(b"png")).write(picture)
        number = sum(one.path is None for one in self.files) + 1
        name = tr("Pasted picture {number}.png").format(number=number)
        self.put((*self.files, Attached(name, content=bytes(buffer.data().data()))))

    def take(self, given: QMimeData) -> bool:
        """Take what was dropped or pasted; whether there was something to take."""
        if paths := local_files(given):
            self.attach(paths)
        elif given.hasImage():
            self.attach_picture(QImage(given.imageData()))
        else:
            return False
        return True

    def _on_clicked(self) -> None:
        if not self.files:
            self._add()
            return
        self._menu.clear()
        self._menu.addAction(tr("Attach more…"), self._add)
        for one in self.files:
            self._menu.addAction(tr("Take away: {name}").format(name=one.name), partial(self._take_away, one))
        self._menu.popup(self.mapToGlobal(self.rect().bottomLeft()))

    def _add(self) -> None:
        chosen, _ = QFileDialog.getOpenFileNames(self, tr("Attach files"))
        self.attach(map(Path, chosen))

    def _take_away(self, one: Attached) -> None:
        self.put(tuple(other for other in self.files if other != one))


def local_files(given: QMimeData) -> list[Path]:
    """The files of this computer that are dragged or on the clipboard."""
    return [Path(url.toLocalFile()) for url in given.urls() if url.isLocalFile()]


def _size(path: Path) -> int:
    try:
        if path.is_dir():
            sentence = tr("{name} is a folder. Attach the files in it.").format(name=path.name)
            raise Invalid(sentence, field="evidence")
        return path.stat().st_size
    except OSError as error:
        sentence = tr("{name} cannot be read. Attach it again, or take it away.").format(name=path.name)
        raise Invalid(sentence, field="evidence") from error
