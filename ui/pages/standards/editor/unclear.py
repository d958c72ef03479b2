"""Says what of a table is not understood; nothing of it was taken in."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from app.exchange.item_columns import advice
from app.standards.item_cells import CELLS, Names, Unclear
from app.words import listed, ntr, tr
from ui import theme
from ui.desk.reading import ReadingPane, cell, escape, table
from ui.widgets import button, label


def show_unclear(owner: QWidget, unclear: Sequence[Unclear], names: Names) -> QDialog:
    """What of a pasted table, by row and column, and what may stand there."""
    n = len(unclear)
    sentence = ntr(
        "{n} cell is not understood. Correct it in the spreadsheet, copy the table again and paste it.",
        "{n} cells are not understood. Correct them in the spreadsheet, copy the table again and paste it.",
        n,
    )
    return _show(owner, tr("Nothing was pasted"), sentence.format(n=n), partial(_cells_html, unclear, names))


def show_refused(owner: QWidget, sentences: Sequence[str]) -> QDialog:
    """What of a workbook, each in a sentence that names its cell."""
    sentence = tr("Correct this in the table, save it and take it in again. The draft is as it was.")
    return _show(owner, tr("Nothing was taken in"), sentence, partial(_lines_html, sentences))


def _show(owner: QWidget, title: str, sentence: str, html: Callable[[], str]) -> QDialog:
    dialog = QDialog(owner.window())
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setWindowTitle(title)
    words = label(sentence)
    words.setWordWrap(True)
    pane = ReadingPane(tr("What is not understood"))
    pane.show_text(html)
    close = button(tr("Close"))
    close.clicked.connect(dialog.reject)
    foot = QHBoxLayout()
    foot.addStretch()
    foot.addWidget(close)
    column = QVBoxLayout(dialog)
    column.setContentsMargins(theme.XL, theme.L, theme.XL, theme.L)
    column.setSpacing(theme.M)
    column.addWidget(words)
    column.addWidget(pane, 1)
    column.addLayout(foot)
    dialog.resize(560, 360)
    dialog.open()
    close.setFocus()
    return dialog


def _cells_html(unclear: Sequence[Unclear], names: Names) -> str:
    rows = [
        cell(escape(tr("row {n}").format(n=one.line)), "muted", 72)
        + cell(escape(one.column), "", 140)
        + cell("<br>".join(map(escape, _said(one, names))))
        for one in unclear
    ]
    return table(rows)


def _said(one: Unclear, names: Names) -> Iterator[str]:
    if one.text:
        yield tr("“{text}”").format(text=one.text)
        yield advice(one.cell, names) if one.cell else ""
    else:
        yield tr("no column is called this")
        yield tr("Columns are: {columns}.").format(columns=listed(tr(known.title) for known in CELLS))


def _lines_html(sentences: Sequence[str]) -> str:
    return table([cell(escape(one)) for one in sentences])
