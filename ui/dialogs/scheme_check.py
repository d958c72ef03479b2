"""What a look through the file of a standard, or of an accountability table, has found."""

from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.rules.accountability import AccountabilityTable
from app.rules.grading.reading import Problem
from app.rules.grading.scheme import Scheme
from app.standards.schemes import fault_sentence, line_of
from app.words import in_use, ntr, tr
from ui import theme
from ui.desk.reading import ReadingPane, cell, escape, table
from ui.widgets import button, label

Read = Scheme | AccountabilityTable


class Checked(NamedTuple):
    """A file that was read: what it says, or everything that is wrong with it."""

    file_name: str
    text: str
    read: Read | None
    problems: tuple[Problem, ...]


def show_check(owner: QWidget, checked: Checked, publish: Callable[[str, Read], object]) -> QDialog:
    """Open what was found over the window; a good one can be published from here."""
    dialog = QDialog(owner.window())
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setWindowTitle(tr("Check of {file}").format(file=checked.file_name))
    column = QVBoxLayout(dialog)
    column.setContentsMargins(theme.XL, theme.L, theme.XL, theme.L)
    column.setSpacing(theme.M)
    column.addWidget(label(_verdict(checked), "heading"))
    acts = QHBoxLayout()
    acts.setSpacing(theme.S)
    acts.addStretch()
    close = button(tr("Close"))
    close.clicked.connect(dialog.reject)
    acts.addWidget(close)
    first = close
    if checked.read:
        first = _offer_publishing(dialog, acts, checked.text, checked.read, publish)
    else:
        column.addWidget(_listed(checked), 1)
        _offer_copy(acts, checked)
        dialog.resize(680, 420)
    column.addLayout(acts)
    first.setFocus()
    dialog.open()
    return dialog


def _verdict(checked: Checked) -> str:
    read = checked.read
    if isinstance(read, Scheme):
        return tr("{title}: {items} items, {bands} bands; nothing is wrong with it.").format(
            title=read.title.in_language(in_use()), items=len(read.items), bands=len(read.bands)
        )
    if read:
        return tr("{title}: {rows} kinds of conduct; nothing is wrong with it.").format(
            title=read.title.in_language(in_use()), rows=len(read.rows)
        )
    n = len(_lines(checked))
    return ntr("{n} thing must be put right first.", "{n} things must be put right first.", n).format(n=n)


def _lines(checked: Checked) -> list[tuple[int, str]]:
    """Line and sentence of each problem, in the order of the file."""
    first = {one.place: one for one in reversed(checked.problems)}  # what follows from it stands there too
    return sorted((line_of(checked.text, one.place), fault_sentence(one)) for one in first.values())


def _listed(checked: Checked) -> ReadingPane:
    def html() -> str:
        rows = [
            cell(tr("line {n}").format(n=line) if line else "", "muted", 72) + cell(escape(sentence))
            for line, sentence in _lines(checked)
        ]
        return table(rows)

    pane = ReadingPane(tr("Problems"))
    pane.show_text(html)
    return pane


def _offer_copy(acts: QHBoxLayout, checked: Checked) -> None:
    copy = button(tr("Copy"), icon="copy")
    text = "".join(f"{line}\t{sentence}\n" for line, sentence in _lines(checked))
    copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(text))
    acts.addWidget(copy)


def _offer_publishing(
    dialog: QDialog, acts: QHBoxLayout, text: str, read: Read, publish: Callable[[str, Read], object]
) -> QPushButton:
    go = button(tr("Publish…"), "primary")
    go.clicked.connect(dialog.accept)
    go.clicked.connect(lambda: publish(text, read))
    acts.addWidget(go)
    return go
