"""Asks for files and folders without stopping the window; what was chosen comes as a path."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtWidgets import QFileDialog, QWidget

Then = Callable[[Path], object]


def documents_folder() -> Path:
    """Where people keep their documents."""
    return Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation))


def ask_file(parent: QWidget, title: str, kinds: str, folder: Path, then: Then) -> None:
    """One that is there; ``kinds`` as in ``Lists (*.csv *.xlsx)``."""
    dialog = QFileDialog(parent, title, str(folder), kinds)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    _open(dialog, then)


def ask_new_file(parent: QWidget, title: str, kinds: str, proposed: Path, then: Then) -> None:
    """One to be written, with the ending of the one proposed."""
    dialog = QFileDialog(parent, title, str(proposed.parent), kinds)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix(proposed.suffix.removeprefix("."))
    dialog.selectFile(proposed.name)
    _open(dialog, then)


def ask_folder(parent: QWidget, title: str, folder: Path, then: Then) -> None:
    """One that is there, or is made in the dialog."""
    dialog = QFileDialog(parent, title, str(folder))
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    _open(dialog, then)


def _open(dialog: QFileDialog, then: Then) -> None:
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.fileSelected.connect(lambda name: then(Path(name)))
    dialog.open()
