"""One lead: what is known of it, what can be done next, who complained where that may be told."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import islice

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QPushButton, QVBoxLayout, QWidget

from app.context import AppContext
from app.labels import event_label
from app.queries.lead_choices import LeadChoices
from app.queries.leads import ComplainantRow, EntryFrom, LeadView, complainant
from app.words import in_use, tr
from models.types import LeadStatus, iso, local_time
from ui import messages, tasks, theme
from ui.page import Place
from ui.pages.file.parts import Scrolled, facts, wrapped
from ui.pages.leads.acts import Act, Acts
from ui.pages.leads.print import show_clearing
from ui.pages.leads.words import facts_of, status_chip, title_of
from ui.widgets import EmptyState, button, label, rule

BUTTONS = 2
"""Acts with a button of their own; the rest is in a menu."""


class LeadDetail(Scrolled):
    """Beside the table."""

    place_wanted = Signal(object)
    moved = Signal(object)
    """What was looked at goes on as the lead of this uid."""

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(tr("The lead"), parent)
        self._context = context
        self._told: QLabel | None = None
        self.buttons: list[QPushButton] = []
        self.say_nothing()

    def say_nothing(self) -> None:
        """None is chosen."""
        self.buttons = []
        self.put(EmptyState("flag", tr("Choose a lead in the list to see what is known and what is next.")))

    def put_view(self, view: LeadView, choices: LeadChoices) -> None:
        """Show a lead; who complained is hidden until it is asked for."""
        had = self.isAncestorOf(self.window().focusWidget())
        self._told = None
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(theme.L, theme.M, theme.L, theme.L)
        column.setSpacing(theme.S)
        column.addLayout(_heading(view))
        column.addWidget(self._whom(view), alignment=Qt.AlignmentFlag.AlignLeft)
        column.addWidget(wrapped(view.row.matter))
        for one in view.entries:
            column.addWidget(self._recorded(view.staff_no, one), alignment=Qt.AlignmentFlag.AlignLeft)
        column.addLayout(self._acts(view, choices))
        column.addWidget(rule())
        column.addLayout(facts([*facts_of(view.row), (tr("Registered by"), view.registrar)]))
        if view.holds_complainant:
            column.addWidget(rule())
            column.addLayout(self._complainant(view))
        column.addWidget(rule())
        column.addLayout(facts(_history(view)))
        column.addStretch()
        self.put(content)
        if had:
            self.begin()

    def begin(self) -> None:
        """The keyboard goes to what can be done next."""
        (self.buttons[0] if self.buttons else self).setFocus()

    def _whom(self, view: LeadView) -> QWidget:
        if not view.name:
            return label(tr("{department}, person not known yet").format(department=view.department), "muted")
        text = f"{view.name} {view.staff_no} · {view.department}"
        if not view.keeps:
            return label(text, "heading")
        return _pressed(text, partial(self._go, "file", view.staff_no), "flat")

    def _recorded(self, staff_no: str, entry: EntryFrom) -> QPushButton:
        named = f"{entry.item(in_use())} {iso(entry.occurred_on)}"
        go = partial(self._go, "file", staff_no, "entries", entry.uid)
        return _pressed(tr("Recorded as: {entry}").format(entry=named), go, "flat")

    def _go(self, page: str, *args: object) -> None:
        self.place_wanted.emit(Place(page, args))

    def _offered(self, view: LeadView, choices: LeadChoices) -> Iterator[Act]:
        """What can be done, the next first."""
        lead = view.row
        proved = lead.status is LeadStatus.SUBSTANTIATED and view.staff_no
        if proved and view.keeps and not view.entries:
            go = partial(self._go, "file", view.staff_no, "new", lead.uid)
            yield Act(tr("Record an entry from it…"), go)
        if lead.cleared_on and view.keeps:
            yield Act(tr("Print the clearing…"), partial(show_clearing, self, self._context, lead.uid))
        yield from Acts(self, self._context, view, choices, self.moved.emit).offered()

    def _acts(self, view: LeadView, choices: LeadChoices) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.S)
        offered = self._offered(view, choices)
        looks = ("primary", "")
        self.buttons = [
            _pressed(act.text, act.do, look)
            for act, look in zip(islice(offered, BUTTONS), looks, strict=False)
        ]
        if rest := list(offered):
            self.buttons.append(_more(rest))
        for one in self.buttons:
            row.addWidget(one)
        row.addStretch()
        return row

    def _complainant(self, view: LeadView) -> QVBoxLayout:
        """Told to registrar and handler alone, and only when they ask."""
        column = QVBoxLayout()
        if not view.tells_complainant:
            said = tr("Who complained is shown to who registered the lead and who looks into it alone.")
            column.addWidget(wrapped(said, "small"))
            return column
        show = _pressed(tr("Show who complained"), lambda: self._show_complainant(view), "flat")
        column.addWidget(show, alignment=Qt.AlignmentFlag.AlignLeft)
        self._told = wrapped("")
        self._told.hide()
        column.addWidget(self._told)
        return column

    def _show_complainant(self, view: LeadView) -> None:
        ask = partial(self._context.ask, complainant, view.row.uid)
        tasks.read(self, ask, partial(self._on_complainant, self._told), key="complainant")

    def _on_complainant(self, told: QLabel | None, found: ComplainantRow) -> None:
        if told is None or told is not self._told:  # another lead is shown by now
            return
        told.setText(" · ".join(filter(None, (found.name, found.contact))))
        told.show()
        if not found.intact:
            sentence = tr("This is not what was registered: somebody changed it behind the program.")
            messages.say(self, "refusal", sentence)


def _heading(view: LeadView) -> QHBoxLayout:
    row = QHBoxLayout()
    row.addWidget(wrapped(title_of(view.row), "heading"), 1)
    row.addWidget(status_chip(view.row, view.today), alignment=Qt.AlignmentFlag.AlignTop)
    return row


def _history(view: LeadView) -> Iterator[tuple[str, str]]:
    for row in view.history:
        moment = local_time(row.moment)
        yield f"{moment:%Y-%m-%d}", f"{event_label(row.kind)} · {row.actor_name}"


def _pressed(text: str, do: Callable[[], object], kind: str = "") -> QPushButton:
    made = button(text, kind)
    made.clicked.connect(lambda: do())
    return made


def _more(acts: Sequence[Act]) -> QPushButton:
    made = button(tr("More"))
    menu = QMenu(made)
    for act in acts:
        menu.addAction(act.text, act.do)
    made.setMenu(menu)
    return made
