"""By what a row is known again, and how numbers and departments are written."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.exchange.fields import Kind
from app.words import ntr, tr
from ui import theme
from ui.fields import ChoiceField
from ui.pages.import_wizard.value_panels import Panel
from ui.pages.import_wizard.work import Work
from ui.widgets import FormRow

_CHECK = Qt.ItemDataRole.CheckStateRole


class IdentityPanel(Panel):
    """The name of the source, its key, and two ways of writing."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(
            tr(
                "Importing the same list again changes nothing, because its rows are known again: by the "
                "name of the source and the columns of the key. Keep both from one list to the next."
            ),
            parent,
        )
        self.source, self.key = QLineEdit(self), QListWidget(self)
        self.digits, self.separator = ChoiceField({}, parent=self), ChoiceField({}, parent=self)
        self.source.textEdited.connect(self._on_source)
        self.key.itemChanged.connect(lambda _: self._on_key())
        self.digits.activated.connect(lambda _: self._on_digits())
        self.separator.activated.connect(lambda _: self._on_separator())
        self._lay_out()

    def show_work(self, work: Work) -> None:
        super().show_work(work)
        mapping = work.mapping
        if self.source.text().strip() != mapping.source:
            self.source.setText(mapping.source)
        self._show_key(work.survey.columns if work.survey else (), mapping.key)
        self.digits.offer(_digits(mapping.staff_no_digits))
        self.digits.choose(str(mapping.staff_no_digits))
        self.separator.offer(_separators(mapping.department_separator))
        self.separator.choose(mapping.department_separator)
        self._separated.setVisible(mapping.kind is Kind.PEOPLE)

    def _show_key(self, columns: Sequence[str], key: Sequence[str]) -> None:
        self.key.blockSignals(True)
        if [self.key.item(row).text() for row in range(self.key.count())] != list(columns):
            self.key.clear()
            self.key.addItems(list(columns))
        for item in self._items():
            state = Qt.CheckState.Checked if item.text() in key else Qt.CheckState.Unchecked
            item.setData(_CHECK, state)
        self.key.blockSignals(False)

    def _items(self) -> list[QListWidgetItem]:
        return [self.key.item(row) for row in range(self.key.count())]

    def _on_source(self, text: str) -> None:
        self.wanted.emit(replace(self.work.mapping, source=text.strip()))

    def _on_key(self) -> None:
        checked = tuple(item.text() for item in self._items() if item.checkState() == Qt.CheckState.Checked)
        kept = [column for column in self.work.mapping.key if column in checked]  # their order is part of it
        key = (*kept, *(column for column in checked if column not in kept))
        self.wanted.emit(replace(self.work.mapping, key=key))

    def _on_digits(self) -> None:
        self.wanted.emit(replace(self.work.mapping, staff_no_digits=int(self.digits.chosen())))

    def _on_separator(self) -> None:
        self.wanted.emit(replace(self.work.mapping, department_separator=self.separator.chosen()))

    def _lay_out(self) -> None:
        numbers = FormRow(
            tr("Digits of a staff number"),
            self.digits,
            tr("A spreadsheet makes 18 of 0018: with 4 digits the noughts come back."),
        )
        self._separated = FormRow(
            tr("Between the departments of a path"),
            self.separator,
            tr("As in 办公室/综合组: from the top down."),
        )
        left, right = QVBoxLayout(), QVBoxLayout()
        for row in (FormRow(tr("Name of the source"), self.source), numbers, self._separated):
            left.addWidget(row)
        left.addStretch()
        right.addWidget(FormRow(tr("Columns that together name a row"), self.key))
        sides = QHBoxLayout()
        sides.setSpacing(theme.XL)
        sides.addLayout(left, 1)
        sides.addLayout(right, 1)
        self.column.addLayout(sides, 1)


def _digits(now: int) -> dict[str, str]:
    usual = {
        str(n): ntr("{n} digit", "{n} digits", n).format(n=n) for n in sorted({*range(3, 13), now} - {0})
    }
    return {"0": tr("As it stands"), **usual}


def _separators(now: str) -> dict[str, str]:
    known = {"/": "/", "-": "-", ">": ">", " ": tr("a space"), "": tr("none: a cell holds one name")}
    return {**known, now: known.get(now, now)}
