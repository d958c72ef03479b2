"""Values that hold for a time: each with its first and last day, and where it comes from."""

import datetime as dt
from collections.abc import Callable, Mapping
from itertools import pairwise
from typing import Any, Protocol

from PySide6.QtCore import Qt, SignalInstance
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.standards.drafts import with_value
from app.standards.field_titles import key_title
from app.standards.item_cells import is_dated
from app.standards.toml_text import Path
from app.words import tr
from ui import theme
from ui.pages.standards.editor.values import LineValue, ValueField, day_read, day_shown
from ui.widgets import button, label


class DatesDialog(QDialog):
    """The values of one field, the earliest first."""

    def __init__(
        self,
        owner: QWidget,
        name: str,
        make: Callable[[], Any],
        raw: object,
        done: Callable[[object], object],
    ) -> None:
        super().__init__(owner.window())
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("{field}: values with dates").format(field=name))
        self._make, self._done, self._name = make, done, name
        self.rows: list[dict[str, Any]] = _rows(raw)
        self._body = QVBoxLayout()
        self._lay_out()
        self._fill()

    def _lay_out(self) -> None:
        hint = label(
            tr(
                "For items the day of the act decides which value holds, "
                "elsewhere the last day of the period."
            ),
            "muted",
        )
        hint.setWordWrap(True)
        inner = QWidget()
        inner.setLayout(self._body)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(inner)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.add = button(tr("Add a value"), "", "plus")
        self.add.clicked.connect(self._on_add)
        cancel, self.act = button(tr("Cancel")), button(tr("Take over"), "primary")
        cancel.clicked.connect(self.reject)
        self.act.clicked.connect(self._on_act)
        acts = QHBoxLayout()
        acts.addWidget(self.add)
        acts.addStretch()
        acts.addWidget(cancel)
        acts.addWidget(self.act)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.XL, theme.L, theme.XL, theme.L)
        column.addWidget(hint)
        column.addWidget(area, 1)
        column.addLayout(acts)
        self.resize(620, 420)

    def _fill(self) -> None:
        while (item := self._body.takeAt(0)) is not None:
            if old := item.widget():
                old.deleteLater()
        for number in range(len(self.rows)):
            self._body.addWidget(self._card(number))
        self._body.addStretch()
        first = self._body.itemAt(0)
        if first and (card := first.widget()):
            card.setFocus()

    def _card(self, number: int) -> QFrame:
        row = self.rows[number]
        frame = QFrame()
        theme.mark(frame, "surface", "card")
        grid = QGridLayout(frame)
        grid.setContentsMargins(theme.M, theme.S, theme.M, theme.S)
        value = self._make()
        value.put(row.get("value"))
        frame.setFocusProxy(value)
        if isinstance(value, ValueField):
            value.call(self._name)
            value.typed.connect(lambda new: _set(row, "value", new))
        else:
            _follow(value.edited, row, value)
        grid.addWidget(QLabel(key_title("value")), 0, 0)
        grid.addWidget(value, 0, 1, 1, 3)
        for place, key in enumerate(("since", "until", "reference", "reviewed_until")):
            field = _line(key)
            field.put(row.get(key))
            field.call(key_title(key))
            if isinstance(field, LineValue) and key != "reference":
                field.line.setPlaceholderText(tr("such as {example}").format(example="2026-01-01"))
            field.typed.connect(lambda new, key=key: _set(row, key, new))
            line, column = divmod(place, 2)
            grid.addWidget(QLabel(key_title(key)), line + 1, 2 * column)
            grid.addWidget(field, line + 1, 2 * column + 1)
        take = button(tr("Remove"), "flat", "x")
        take.clicked.connect(lambda: self._on_take(number))
        take.setEnabled(len(self.rows) > 1)
        grid.addWidget(take, 0, 4)
        return frame

    def _on_add(self) -> None:
        self.rows.append({"value": self.rows[-1].get("value") if self.rows else None})
        self._fill()

    def _on_take(self, number: int) -> None:
        del self.rows[number]
        self._fill()

    def _on_act(self) -> None:
        self.accept()
        kept = [{key: one for key, one in row.items() if one is not None} for row in self.rows]
        kept = _ended([row for row in kept if "value" in row])
        plain = len(kept) == 1 and kept[0].keys() == {"value"}
        self._done(kept[0]["value"] if plain else kept or None)


class _Puts(Protocol):
    def put(self, row: object, identity: object = None) -> None: ...


def ask_dates(
    owner: QWidget, name: str, make: Callable[[], Any], raw: object, done: Callable[[object], object]
) -> DatesDialog:
    """Open the window; ``make`` makes the field of one value, ``done`` is told what the text will have."""
    dialog = DatesDialog(owner, name, make, raw, done)
    dialog.open()
    return dialog


def _rows(raw: object) -> list[dict[str, Any]]:
    if isinstance(raw, list) and is_dated(raw):
        return [dict(row) for row in raw if isinstance(row, Mapping)]
    if isinstance(raw, Mapping) and is_dated(raw):
        return [dict(raw)]
    return [{"value": raw}, {"value": raw}]


def _ended(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The earliest first; a value that nothing ends holds until the day before the next one."""
    rows = sorted(rows, key=lambda row: str(row.get("since", "")))
    for row, following in pairwise(rows):
        since = following.get("since")
        if "until" not in row and isinstance(since, dt.date):
            row["until"] = since - dt.timedelta(days=1)
    return rows


def _line(key: str) -> ValueField:
    return LineValue(str.strip, str) if key == "reference" else LineValue(day_read, day_shown, 12)


def _set(row: dict[str, Any], key: str, value: object) -> None:
    row[key] = value


def _follow(edited: SignalInstance, row: dict[str, Any], form: _Puts) -> None:
    """A value that is a table: what is typed in its form is kept in the row."""

    def take(path: Path, value: object) -> None:
        row["value"] = with_value(row.get("value"), path, value)
        form.put(row["value"])

    edited.connect(take)
