"""One field for each type of value that a standard can hold. Each shows the value as the text has it, and
says what is typed; what it cannot be is kept as typed, and the checks say so."""

import datetime as dt
from collections.abc import Callable, Mapping
from enum import StrEnum
from functools import partial
from types import NoneType, UnionType
from typing import Any, NamedTuple, Union, get_args, get_origin

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QWidget,
)

from app.exchange.values import plain, read_day
from app.labels import label
from app.rules.grading.faults import REFERENCES
from app.rules.grading.reading import Amount, Code, Share, Slot, Text
from app.standards.drafts import number_text, typed_number
from app.standards.item_cells import name_of
from app.standards.toml_text import Path
from app.words import listed, ntr, tr
from models.types import AuthorityLevel, Day, Points, first_date
from ui import theme
from ui.fields import ChoiceField
from ui.pages.standards.editor.picker import Picker
from ui.widgets import Elided

Known = Callable[[str], Mapping[str, str]]
"""The names by code of the rows of a kind, as they stand now."""
NUMBERS = (Points, Share, Amount, int)


class ValueField(QWidget):
    """Shows one value."""

    typed = Signal(object)
    """The value as the text will have it; None for none."""
    wide = False
    """Whether it takes the whole width of a form."""
    tall = False
    """Whether it has several lines."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(0, 0, 0, 0)
        self.row.setSpacing(theme.XS)

    def put(self, raw: object) -> None:
        """Show a value, unless it is what is typed already."""
        raise NotImplementedError

    def call(self, name: str) -> None:
        """Give the controls their name for a screen reader."""
        for control in self.controls():
            control.setAccessibleName(name)

    def select(self) -> None:
        """Choose what is in it, so that typing takes its place."""
        if isinstance(line := self.focusProxy(), QLineEdit):
            line.selectAll()

    def mark(self, wrong: Mapping[Path, str], about: str) -> None:
        """Say what is wrong with it, by the rest of the path; else what it means."""
        for control in self.controls():
            _say(control, next(iter(wrong.values()), ""), about)

    def controls(self) -> list[QWidget]:
        """What the keyboard stands on."""
        proxy = self.focusProxy()
        return [proxy] if proxy else []


def _say(control: QWidget, said: str, about: str) -> None:
    theme.mark(control, "refused", "true" if said else "")
    control.setToolTip(said or about)
    control.setAccessibleDescription(said or about)


class LineValue(ValueField):
    """One line, read and shown by two functions."""

    def __init__(self, read: Callable[[str], object], show: Callable[[object], str], width: int = 0) -> None:
        super().__init__()
        self._read, self._show = read, show
        self.line = QLineEdit()
        self.row.addWidget(self.line)
        if width:
            self.line.setMaximumWidth(width * self.fontMetrics().horizontalAdvance("0") + 2 * theme.L)
            self.row.addStretch()
        self.setFocusProxy(self.line)
        self.line.textEdited.connect(lambda text: self.typed.emit(self._read(text) if text.strip() else None))

    def put(self, raw: object) -> None:
        typed = self.line.text()
        if (self._read(typed) if typed.strip() else None) != raw:
            self.line.setText("" if raw is None else self._show(raw))
            self.line.setCursorPosition(0)  # its beginning is what tells it


class ChoiceValue(ValueField):
    """One of some words."""

    def __init__(self, choices: Callable[[], Mapping[str, str]]) -> None:
        super().__init__()
        self._choices = choices
        self.choice = ChoiceField({}, "")
        self.row.addWidget(self.choice)
        self.setFocusProxy(self.choice)
        self._shown: dict[str, str] = {}
        self.choice.activated.connect(lambda _: self.typed.emit(self.choice.chosen() or None))

    def put(self, raw: object) -> None:
        value = "" if raw is None else str(raw)
        wanted = {str(code): words for code, words in self._choices().items()}
        if value and value not in wanted:
            wanted = {value: tr("{value} (unknown)").format(value=value), **wanted}
        if wanted != self._shown or not self.choice.count():
            self._shown = wanted
            self.choice.offer(wanted, "—")
        self.choice.choose(value)


class FlagValue(ValueField):
    """Yes or no."""

    def __init__(self, default: bool) -> None:
        super().__init__()
        self._default = default
        self.box = QCheckBox(tr("Yes"))
        self.row.addWidget(self.box)
        self.row.addStretch()
        self.setFocusProxy(self.box)
        self.box.clicked.connect(lambda on: self.typed.emit(on))

    def put(self, raw: object) -> None:
        self.box.setChecked(bool(self._default if raw is None else raw))


class NameValue(ValueField):
    """A name in both languages."""

    wide = True

    def __init__(self) -> None:
        super().__init__()
        self.lines = {"zh": QLineEdit(), "en": QLineEdit()}
        for language, line in self.lines.items():
            line.setPlaceholderText({"zh": tr("in Chinese"), "en": tr("in English")}[language])
            line.textEdited.connect(lambda _: self.typed.emit(self._value()))
            self.row.addWidget(line)
        self.setFocusProxy(self.lines["zh"])

    def _value(self) -> object:
        return name_of({language: line.text().strip() for language, line in self.lines.items()})

    def put(self, raw: object) -> None:
        if self._value() == raw:
            return
        both = raw if isinstance(raw, Mapping) else {"zh": raw or "", "en": ""}
        for language, line in self.lines.items():
            line.setText(str(both.get(language, "")))
            line.setCursorPosition(0)

    def call(self, name: str) -> None:
        self.lines["zh"].setAccessibleName(tr("{field} in Chinese").format(field=name))
        self.lines["en"].setAccessibleName(tr("{field} in English").format(field=name))

    def controls(self) -> list[QWidget]:
        return list(self.lines.values())


class PickValue(ValueField):
    """One or several of words that are too many for a menu: a button that opens a list with a filter."""

    def __init__(self, choices: Callable[[], Mapping[str, str]], many: bool) -> None:
        super().__init__()
        self._choices, self._many = choices, many
        self.wide = many
        self._values: list[str] = []
        self.button = QPushButton()
        self.button.setAutoDefault(False)
        self.button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        theme.mark(self.button, "kind", "field")
        self.button.clicked.connect(self.open)
        self.row.addWidget(self.button)
        self.setFocusProxy(self.button)

    def put(self, raw: object) -> None:
        rows = raw if isinstance(raw, list | tuple) else [] if raw is None else [raw]
        self._values = [str(one) for one in rows]
        known = self._choices()
        words = listed(known.get(one) or tr("{value} (unknown)").format(value=one) for one in self._values)
        self.button.setText(words.replace("&", "&&") or tr("please choose"))

    def open(self) -> Picker:
        """Open the list."""
        known = dict(self._choices())
        if self._many:
            known |= {one: one for one in self._values if one not in known}
        picker = Picker(self.button, known, self._values, self._many, self._on_picked)
        picker.open()
        return picker

    def _on_picked(self, values: list[str]) -> None:
        if self._many:
            self.typed.emit(list(values) or None)
        else:
            self.typed.emit(values[0])

    def call(self, name: str) -> None:
        self.button.setAccessibleName(tr("{field}: {value}").format(field=name, value=self.button.text()))


class ByKeyValue(ValueField):
    """A number for each of some words; or one for all of them, where that may be written."""

    wide = tall = True

    def __init__(self, choices: Callable[[], Mapping[str, str]], one_for_all: bool) -> None:
        super().__init__()
        self._choices, self._one_for_all = choices, one_for_all
        self._raw: object = None
        self._lines: dict[str, QLineEdit] = {}
        self._grid = QGridLayout()
        self._grid.setSpacing(theme.XS)
        self.row.addLayout(self._grid)
        self._name = ""

    def put(self, raw: object) -> None:
        self._raw = raw
        known = dict(self._choices())
        if isinstance(raw, Mapping):
            known |= {str(key): str(key) for key in raw if key not in known}
        wanted = {**({"": tr("All levels")} if self._one_for_all else {}), **known}
        if list(wanted) != list(self._lines):
            self._build(wanted)
        for key, line in self._lines.items():
            value = raw.get(key) if isinstance(raw, Mapping) else raw if not key else None
            if _number_read(line.text()) != value:
                line.setText(number_text(value))

    def _build(self, wanted: Mapping[str, str]) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            if old := item.widget():
                old.deleteLater()
        self._lines = {}
        for number, (key, words) in enumerate(wanted.items()):
            line, above = QLineEdit(), Elided(words)
            theme.mark(above, "look", "small")
            line.setMinimumWidth(44)
            self._grid.setColumnStretch(number % 5, 1)
            line.setAccessibleName(f"{self._name}: {words}")
            line.textEdited.connect(partial(self._on_typed, key))
            row, column = divmod(number, 5)
            self._grid.addWidget(above, 2 * row, column)
            self._grid.addWidget(line, 2 * row + 1, column)
            self._lines[key] = line
        for line in list(self._lines.values())[:1]:
            self.setFocusProxy(line)

    def _on_typed(self, key: str, text: str) -> None:
        value = _number_read(text)
        if not key:
            self.typed.emit(value)
            return
        kept = dict(self._raw) if isinstance(self._raw, Mapping) else {}
        kept = {name: one for name, one in {**kept, key: value}.items() if one is not None}
        self.typed.emit({name: kept[name] for name in self._lines if name in kept} or None)

    def call(self, name: str) -> None:
        self._name = name

    def mark(self, wrong: Mapping[Path, str], about: str) -> None:
        shown = next((key for key, line in self._lines.items() if line.text()), "")
        for key, line in self._lines.items():
            _say(line, wrong.get((key,), wrong.get((), "") if key == shown else ""), about)

    def controls(self) -> list[QWidget]:
        return list(self._lines.values())


class DatedValue(ValueField):
    """A value that holds for a time; it is changed in a window of its own."""

    wide = True
    opened = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.button = QPushButton()
        self.button.setAutoDefault(False)
        self.button.clicked.connect(self.opened)
        self.row.addWidget(self.button)
        self.row.addStretch()
        self.setFocusProxy(self.button)

    def put(self, raw: object) -> None:
        n = len(raw) if isinstance(raw, list) else 1
        self.button.setText(ntr("{n} value with dates…", "{n} values with dates…", n).format(n=n))


# Which field a type has


def _number_read(text: str) -> object:
    if not text.strip():
        return None
    number = typed_number(text)
    if number is None:
        return text.strip()
    return int(number) if number % 1 == 0 else number


def day_read(text: str) -> object:
    """A day as the text has it; what is none stays as typed."""
    value = read_day(plain(text))
    if isinstance(value, int) and value % 100:
        return first_date(value)
    return text.strip()


def day_shown(raw: object) -> str:
    """A day as it is typed."""
    return raw.isoformat() if isinstance(raw, dt.date) else str(raw)


class Kind(NamedTuple):
    """What a type comes to: the type of one value, and how many there are."""

    one: Any
    many: bool
    by: Any
    """What the values are found by; None where they are not."""


def kind_of(kind: Any) -> Kind:
    """Take a type apart."""
    if get_origin(kind) in (Union, UnionType):
        kind = next(one for one in get_args(kind) if one is not NoneType)
    origin = get_origin(kind)
    if origin is tuple:
        return Kind(get_args(kind)[0], True, None)
    if origin is not None:
        by, one = get_args(kind)
        return Kind(one, False, by)
    return Kind(kind, False, None)


def is_enum(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, StrEnum)


def value_field(cls: type, slot: Slot, known: Known) -> ValueField:
    """The field for a value that is no table."""
    kind = kind_of(slot.kind)
    refers = REFERENCES.get(cls, {}).get(slot.field, "")
    choices: Callable[[], Mapping[str, str]] = partial(known, refers)
    if is_enum(kind.one):
        choices = partial(_labels, kind.one)
    if kind.by is not None:
        if is_enum(kind.by):
            return ByKeyValue(partial(_labels, kind.by), kind.by is AuthorityLevel)
        return ByKeyValue(choices, False)
    if kind.many:
        return PickValue(choices, True)
    if refers in ("items", "rules"):
        return PickValue(choices, False)
    if is_enum(kind.one) or refers:
        return ChoiceValue(choices)
    if kind.one is bool:
        return FlagValue(slot.default is True)
    if kind.one is Text:
        return NameValue()
    if slot.key == "percent":
        return LineValue(lambda text: _number_read(text.rstrip(" %％")), number_text, 10)
    if kind.one in NUMBERS:
        return LineValue(_number_read, number_text, 10)
    if kind.one is Day:
        return LineValue(day_read, day_shown, 12)
    return LineValue(str.strip, str, 20 if kind.one is Code else 0)


def _labels(kind: type[StrEnum]) -> Mapping[str, str]:
    return {str(one): label(one) for one in kind}
