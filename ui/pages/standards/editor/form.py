"""A row of a standard as a form, made from the fields of its class: a new construct needs no new form.

Shown is what the row says and what it must say; the rest is offered by a button, so that a form stays short.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import MISSING, is_dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QMenu,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.rules.grading.parsing import LASTING
from app.rules.grading.reading import Slot, Text, slots_of
from app.rules.grading.scheme import ItemRule
from app.standards.field_titles import title
from app.standards.item_cells import is_dated
from app.standards.toml_text import Path
from app.words import tr
from ui import icons, theme
from ui.pages.standards.editor.dated import ask_dates
from ui.pages.standards.editor.values import DatedValue, Known, ValueField, kind_of, value_field
from ui.widgets import Elided, button

SAME_ALWAYS = frozenset({"code", "since", "until", "reference", "reviewed_until"})
"""What no dates can be given to."""


class RowForm(QWidget):
    """The fields of one row. ``put`` shows it; ``edited`` says what is typed."""

    wide = True

    edited = Signal(tuple, object)
    """(path in the row, value as the text will have it; None for none)"""

    def __init__(
        self,
        cls: type,
        known: Known,
        skip: Collection[str] = (),
        columns: int = 2,
        parent: QWidget | None = None,
    ) -> None:
        """``skip``: keys that are shown elsewhere. ``columns``: of short fields beside one another."""
        super().__init__(parent)
        self._class, self._known, self._columns = cls, known, columns
        self._slots = {slot.key: slot for slot in slots_of(cls) if slot.key not in skip}
        self._also: list[str] = []
        self._row: Mapping[str, Any] = {}
        self._identity: object = None
        self.fields: dict[str, ValueField | RowForm | RowsForm] = {}
        self._acts_of: dict[str, QToolButton] = {}
        self._dated: frozenset[str] = frozenset()
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(theme.S)
        self._grid.setVerticalSpacing(theme.XS)
        for column in range(columns):
            self._grid.setColumnStretch(3 * column + 1, 1)
        self.more = QToolButton()
        self.more.setText(tr("More…"))
        self.more.setIcon(icons.icon("plus", "accent"))
        self.more.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.more.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.more.setAccessibleName(tr("More fields"))
        self._menu = QMenu(self.more)
        self._menu.setToolTipsVisible(True)
        self._menu.aboutToShow.connect(self._offer)
        self.more.setMenu(self._menu)
        column_ = QVBoxLayout(self)
        column_.setContentsMargins(0, 0, 0, 0)
        column_.setSpacing(theme.XS)
        column_.addLayout(self._grid)
        foot = QHBoxLayout()
        foot.addWidget(self.more)
        foot.addStretch()
        column_.addLayout(foot)

    # What is shown

    def put(self, row: object, identity: object = None) -> None:
        """Show a row. Fields that were asked for stay while the ``identity`` is the same."""
        self._row = row if isinstance(row, Mapping) else {}
        if identity != self._identity:
            self._identity, self._also = identity, []
        wanted = [key for key in self._slots if self._is_shown(key)]
        dated = frozenset(key for key in wanted if is_dated(self._row.get(key)) and self._can_be_dated(key))
        if wanted != list(self.fields) or dated != self._dated:
            self._dated = dated
            self._build(wanted)
        for key, field in self.fields.items():
            if isinstance(field, ValueField):
                field.put(self._row.get(key))
                field.call(title(self._class, self._slots[key]))  # it may say the value too
            else:
                field.put(self._row.get(key), (identity, key))
        self.more.setVisible(len(wanted) < len(self._slots))

    def _is_shown(self, key: str) -> bool:
        slot = self._slots[key]
        return key in self._row or slot.default is MISSING or key in self._also

    def _can_be_dated(self, key: str) -> bool:
        kind = kind_of(self._slots[key].kind)
        return key not in SAME_ALWAYS and not (kind.many and is_dataclass(kind.one))

    def takes_dates(self, key: str) -> bool:
        """Whether the value of a field may be another one from some day on."""
        return self._can_be_dated(key) and not (self._class is ItemRule and key in LASTING)

    def _build(self, wanted: Iterable[str]) -> None:
        had = self._key_of(QApplication.focusWidget())
        while (item := self._grid.takeAt(0)) is not None:
            if old := item.widget():
                old.hide()
                old.deleteLater()
        self.fields, self._acts_of = {}, {}
        line, column = 0, 0
        for key in wanted:
            slot = self._slots[key]
            field = self.fields[key] = self._field(slot)
            tall = isinstance(field, RowForm | RowsForm)
            wide = field.wide
            if wide and column:
                line, column = line + 1, 0
            self._place(slot, field, line, column, wide)
            if wide or column + 1 == self._columns:
                line, column = line + 1 + tall, 0
            else:
                column += 1
        if had in self.fields:
            self.fields[had].setFocus()

    def _place(
        self, slot: Slot, field: "ValueField | RowForm | RowsForm", line: int, column: int, wide: bool
    ) -> None:
        """A table within stands beneath its name, every other field beside it."""
        words = title(self._class, slot)
        name = Elided(words)
        theme.mark(name, "look", "muted")
        name.setMinimumWidth(6 * self.fontMetrics().horizontalAdvance("中"))
        acts = self._acts(slot)
        self._acts_of[slot.key] = acts
        last = 3 * self._columns - 1
        if not isinstance(field, ValueField):
            self._grid.addWidget(name, line, 0, 1, last)
            self._grid.addWidget(acts, line, last)
            self._grid.addWidget(field, line + 1, 0, 1, last + 1)
            return
        for control in field.controls():
            control.setToolTip(tr(slot.about) if slot.about else "")
        side = Qt.AlignmentFlag.AlignTop if field.tall else Qt.AlignmentFlag.AlignVCenter
        first = 3 * column
        span = last - 1 if wide else 1
        self._grid.addWidget(name, line, first, side)
        self._grid.addWidget(field, line, first + 1, 1, span)
        self._grid.addWidget(acts, line, first + 1 + span, side)

    def _field(self, slot: Slot) -> "ValueField | RowForm | RowsForm":
        kind = kind_of(slot.kind)
        if is_dated(self._row.get(slot.key)) and self._can_be_dated(slot.key):
            made = DatedValue()
            made.opened.connect(partial(self._ask_dates, slot))
            return made
        if is_dataclass(kind.one) and kind.one is not Text and isinstance(kind.one, type):
            form = RowsForm if kind.many else RowForm
            within = form(kind.one, self._known, columns=self._columns)
            if isinstance(within, RowForm):
                within.setContentsMargins(theme.L, 0, 0, 0)
            within.edited.connect(lambda path, value: self.edited.emit((slot.key, *path), value))
            return within
        plain = value_field(self._class, slot, self._known)
        plain.typed.connect(lambda value: self.edited.emit((slot.key,), value))
        return plain

    # What can be done with a field

    def _acts(self, slot: Slot) -> QToolButton:
        made = QToolButton()
        made.setIcon(icons.icon("ellipsis", "muted"))
        made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        name = tr("What can be done with “{field}”").format(field=title(self._class, slot))
        made.setAccessibleName(name)
        made.setToolTip(name)
        made.clicked.connect(partial(self._show_acts, made, slot))
        made.setEnabled(slot.default is not MISSING or self.takes_dates(slot.key))
        return made

    def _show_acts(self, place: QToolButton, slot: Slot) -> None:
        menu = QMenu(place)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if self.takes_dates(slot.key):
            menu.addAction(tr("Another value from a day on…"), partial(self._ask_dates, slot))
        if slot.default is not MISSING:
            menu.addAction(
                tr("Take “{field}” away").format(field=title(self._class, slot)), partial(self.take, slot.key)
            )
        menu.popup(place.mapToGlobal(place.rect().bottomLeft()))

    def take(self, key: str) -> None:
        """Without this field, and what it says."""
        self._also = [one for one in self._also if one != key]
        self.more.setFocus()
        if key in self._row:
            self.edited.emit((key,), None)
        else:
            self.put(self._row, self._identity)

    def _ask_dates(self, slot: Slot) -> None:
        make = partial(_plain_field, self._class, slot, self._known)
        done = partial(self.edited.emit, (slot.key,))
        ask_dates(self, title(self._class, slot), make, self._row.get(slot.key), done)

    def _offer(self) -> None:
        self._menu.clear()
        for key, slot in self._slots.items():
            if not self._is_shown(key):
                action = self._menu.addAction(title(self._class, slot), partial(self.reveal, key))
                action.setToolTip(tr(slot.about) if slot.about else "")

    def reveal(self, key: str) -> None:
        """Show a field that says nothing yet, and give it the keyboard."""
        slot = self._slots.get(key)
        if slot is None:
            return
        if not self._is_shown(key):
            self._also.append(key)
            kind = kind_of(slot.kind)
            if kind.one is bool:
                self.edited.emit((key,), slot.default is not True)
            elif is_dataclass(kind.one) and kind.one is not Text:
                self.edited.emit((key,), [{}] if kind.many else {})
            self.put(self._row, self._identity)
        if field := self.fields.get(key):
            field.setFocus()

    def begin(self, keys: Sequence[str]) -> None:
        """For a new row: show these fields too, and give the keyboard to the first, or to the name."""
        self._also += [key for key in keys if key in self._slots and not self._is_shown(key)]
        self.put(self._row, self._identity)
        first = next((key for key in (*keys, "name") if key in self.fields), "")
        field = self.fields.get(first)
        if isinstance(field, ValueField):
            field.setFocus()
            field.select()
        else:
            self.setFocus()

    # Where the keyboard goes, and what is wrong

    def focus_path(self, path: Path) -> bool:
        """Give the keyboard to the field of a path; false where this form has none."""
        if not path or path[0] not in self._slots:
            return False
        key = str(path[0])
        self.reveal(key)
        field = self.fields.get(key)
        if isinstance(field, RowForm | RowsForm) and len(path) > 1:
            return field.focus_path(path[1:])
        return field is not None

    def mark(self, wrong: Mapping[Path, str]) -> None:
        """Say at the fields what is wrong with them; paths begin in this row."""
        for key, field in self.fields.items():
            own = {path[1:]: said for path, said in wrong.items() if path and path[0] == key}
            if isinstance(field, RowForm | RowsForm):
                field.mark({path: said for path, said in own.items() if path})
                continue
            slot = self._slots[key]
            field.mark(own, tr(slot.about) if slot.about else "")

    def setFocus(self, *_: object) -> None:
        """The first field, or what adds one."""
        first = next(iter(self.fields.values()), self.more)
        first.setFocus()

    def _key_of(self, widget: QWidget | None) -> str:
        return next((key for key, field in self.fields.items() if widget and field.isAncestorOf(widget)), "")

    def chain(self) -> Iterator[QWidget]:
        """What Tab goes through, in the order of reading."""
        for key, field in self.fields.items():
            if isinstance(field, ValueField):
                yield from field.controls()
                yield self._acts_of[key]
            else:
                yield self._acts_of[key]
                yield from field.chain()
        yield self.more


class RowsForm(QWidget):
    """Rows within a row: each a small form, with what adds and removes them."""

    wide = True

    edited = Signal(tuple, object)

    def __init__(self, cls: type, known: Known, columns: int = 2, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._class, self._known, self._columns = cls, known, columns
        self._rows: list[Any] = []
        self.forms: list[RowForm] = []
        self._frames: list[QFrame] = []
        self.add = button(tr("Add a row"), "flat", "plus")
        self.add.clicked.connect(self._on_add)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.XS)
        foot = QHBoxLayout()
        foot.addWidget(self.add)
        foot.addStretch()
        self._column.addLayout(foot)

    def put(self, rows: object, identity: object = None) -> None:
        """Show other rows."""
        self._rows = list(rows) if isinstance(rows, list) else []
        while len(self.forms) > len(self._rows):
            self.forms.pop()
            frame = self._frames.pop()
            frame.hide()
            frame.deleteLater()
        while len(self.forms) < len(self._rows):
            self._add_form(len(self.forms))
        for number, (form, row) in enumerate(zip(self.forms, self._rows, strict=True)):
            form.put(row, (identity, number))

    def _add_form(self, number: int) -> None:
        frame = QFrame()
        theme.mark(frame, "surface", "card")
        form = RowForm(self._class, self._known, columns=self._columns)
        form.edited.connect(lambda path, value: self.edited.emit((number, *path), value))
        form.more.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        form.more.setToolTip(form.more.accessibleName())
        take = QToolButton()
        take.setIcon(icons.icon("x", "muted"))
        take.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        take.setAccessibleName(tr("Remove row {n}").format(n=number + 1))
        take.setToolTip(take.accessibleName())
        take.clicked.connect(lambda: self.edited.emit((number,), None))
        row = QHBoxLayout(frame)
        row.setContentsMargins(theme.S, theme.S, theme.XS, theme.XS)
        row.addWidget(form, 1)
        row.addWidget(form.more, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(take, 0, Qt.AlignmentFlag.AlignTop)
        self._column.insertWidget(number, frame)
        self.forms.append(form)
        self._frames.append(frame)

    def _on_add(self) -> None:
        self.edited.emit((len(self._rows),), {})
        if self.forms:
            self.forms[-1].setFocus()

    def focus_path(self, path: Path) -> bool:
        """As that of a form."""
        if path and isinstance(path[0], int) and path[0] < len(self.forms):
            form = self.forms[path[0]]
            if not form.focus_path(path[1:]):
                form.setFocus()
            return True
        self.setFocus()
        return True

    def mark(self, wrong: Mapping[Path, str]) -> None:
        """As that of a form."""
        for number, form in enumerate(self.forms):
            form.mark({path[1:]: said for path, said in wrong.items() if path and path[0] == number})

    def setFocus(self, *_: object) -> None:
        """The first row, or what adds one."""
        (self.forms[0] if self.forms else self.add).setFocus()

    def chain(self) -> Iterator[QWidget]:
        """What Tab goes through."""
        for form, frame in zip(self.forms, self._frames, strict=True):
            yield from form.chain()
            yield from (one for one in frame.children() if isinstance(one, QToolButton))
        yield self.add


def _plain_field(cls: type, slot: Slot, known: Known) -> "ValueField | RowForm":
    """The field of one value, for the window that asks for dates too."""
    kind = kind_of(slot.kind)
    if is_dataclass(kind.one) and kind.one is not Text and isinstance(kind.one, type):
        return RowForm(kind.one, known)
    return value_field(cls, slot, known)
