"""The fields of an entry, in the order of the paper document."""

from collections.abc import Iterator, Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCompleter, QGridLayout, QLineEdit, QWidget

from app.problems import field_label
from app.queries.authorities import Authority
from app.queries.entries import ItemRow
from app.queries.files import EntryRow
from app.words import in_use, tr
from models.types import AuthorityLevel, Channel, Commitment, Day, EntryStatus, iso
from ui import theme
from ui.fields import ChoiceField, DayField, EnterMovesOn, FilesField, LinesField
from ui.pages.entry.draft import MONTH_IS_ENOUGH, Draft
from ui.pages.entry.item_picker import ItemPicker
from ui.widgets import FormRow

_DAYS = ("occurred_on", "decided_on", "ended_on")
_LINES = ("authority", "document_no", "paper", "place")
_PLACES: Mapping[str, tuple[int, int, int]] = {
    "item": (0, 0, 12),
    "occurred_on": (1, 0, 4),
    "decided_on": (1, 4, 4),
    "ended_on": (1, 8, 4),
    "authority": (2, 0, 5),
    "level": (2, 5, 3),
    "document_no": (2, 8, 4),
    "facts": (3, 0, 12),
    "channel": (4, 0, 4),
    "commitment": (4, 4, 4),
    "act": (4, 8, 4),
    "paper": (5, 0, 4),
    "place": (5, 4, 4),
    "evidence": (5, 8, 4),
}
"""Row, column and width of each field; Enter and Tab go through them in this order."""


class EntryFields(QWidget):
    """Holds what is typed as a Draft, and says beside each field what is wrong with it."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.item, self.facts = ItemPicker(), LinesField(2)
        self._days = {
            name: DayField(Day(20250101), month_is_enough=name in MONTH_IS_ENOUGH) for name in _DAYS
        }
        self._lines = {name: QLineEdit() for name in _LINES}
        self._choices = {
            "level": ChoiceField(AuthorityLevel),
            "act": ChoiceField({}, tr("an act of its own")),
            "channel": ChoiceField(Channel),
            "commitment": ChoiceField(Commitment, tr("none")),
        }
        self._files = FilesField()
        self._levels: dict[str, AuthorityLevel] = {}
        self.rows = {name: FormRow(title, self._field(name), hint) for name, title, hint in _titles()}
        self._lay_out()
        self._listen()
        self.put_draft(Draft())

    def begin(self, today: Day, entries: Sequence[EntryRow]) -> None:
        """What the fields need to know of the file."""
        for field in self._days.values():
            field.set_today(today)
        self._choices["act"].offer(dict(_acts(entries)), tr("an act of its own"))

    def offer(self, items: Sequence[ItemRow], known: Sequence[Authority]) -> None:
        """Items to choose from, and authorities that need not be typed again."""
        self.item.offer(items)
        self._levels = {one.name: one.level for one in reversed(known)}
        names = list(dict.fromkeys(one.name for one in known))
        completer = QCompleter(names, self._lines["authority"])
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.activated.connect(self._on_authority)
        self._lines["authority"].setCompleter(completer)

    def draft(self) -> Draft:
        """What is typed."""
        texts = {name: field.text() for name, field in (self._days | self._lines).items()}
        chosen = {name: field.chosen() for name, field in self._choices.items()}
        code, facts = self.item.code(), self.facts.toPlainText()
        typed = "" if code else self.item.text()
        return Draft(item=code, item_typed=typed, facts=facts, files=self._files.files, **texts, **chosen)

    def put_draft(self, draft: Draft) -> None:
        """Show what was typed before."""
        self.item.put(draft.item, draft.item_typed)
        for name, field in (self._days | self._lines).items():
            field.setText(getattr(draft, name))
        for name, choice in self._choices.items():
            choice.choose(getattr(draft, name))
        self.facts.setPlainText(draft.facts)
        self._files.put(draft.files)
        self.refuse({})

    def refuse(self, sentences: Mapping[str, str]) -> None:
        """Say beside each field what is wrong with it, and go to the first; nothing takes it all back."""
        for name, row in self.rows.items():
            row.refuse(sentences.get(name, ""))
        refused = [name for name in self.rows if name in sentences]
        if refused:
            self.rows[refused[0]].field.setFocus()

    def _field(self, name: str) -> QWidget:
        own: dict[str, QWidget] = {"item": self.item, "facts": self.facts, "evidence": self._files}
        return {**own, **self._days, **self._lines, **self._choices}[name]

    def _lay_out(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(theme.L, theme.S, theme.L, theme.S)
        grid.setHorizontalSpacing(theme.M)
        grid.setVerticalSpacing(2)
        for name, (row, column, width) in _PLACES.items():
            grid.addWidget(self.rows[name], row, column, 1, width, Qt.AlignmentFlag.AlignTop)
        for column in range(12):
            grid.setColumnStretch(column, 1)
            grid.setColumnMinimumWidth(column, 1)
        grid.setRowStretch(6, 1)

    def _listen(self) -> None:
        mover = EnterMovesOn(self)
        for name in self.rows:
            if name != "evidence":
                self._field(name).installEventFilter(mover)
        self.item.picked.connect(self.changed)
        self._files.changed.connect(self.changed)
        self.facts.textChanged.connect(self.changed)
        for field in (self._days | self._lines).values():
            field.textChanged.connect(self.changed)
        for choice in self._choices.values():
            choice.currentIndexChanged.connect(self.changed)

    def _on_authority(self, name: str) -> None:
        self._choices["level"].choose(self._levels.get(name, AuthorityLevel.UNIT))


def _titles() -> Iterator[tuple[str, str, str]]:
    """Name, title and hint of each field."""
    own = {
        "paper": tr("Evidence on paper"),
        "place": tr("Where it lies"),
        "evidence": tr("Evidence files"),
        "act": tr("Same act as"),
    }
    hints = {"ended_on": tr("of continuing conduct"), "facts": tr("Shift+Enter begins a new line")}
    for name in _PLACES:
        yield name, own.get(name) or field_label(name), hints.get(name, "")


_GONE = (EntryStatus.RETURNED, EntryStatus.REVOKED, EntryStatus.SUPERSEDED)


def _acts(entries: Sequence[EntryRow]) -> Iterator[tuple[str, str]]:
    """The acts on file, each by its newest entry."""
    seen = set()
    for entry in entries:
        if entry.act not in seen and entry.status not in _GONE:
            seen.add(entry.act)
            yield entry.act, f"{entry.item_name(in_use())} {iso(entry.occurred_on)}"
