"""The desk of who decides about grades: one by one with the keyboard, or all plain ones at once."""

from collections import Counter
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from app.commands.changes import Changes
from app.commands.evaluations import approve_evaluation, return_evaluation
from app.context import AppContext
from app.errors import UserError
from app.labels import label
from app.queries.evaluations import InboxRow, inbox
from app.queries.files import FileView, file_view
from app.reports.wording import plain_points
from app.rules.grading.case import Period
from app.words import in_use, tr
from models.types import EvaluationStatus
from ui import messages, tasks, theme
from ui.desk.deciding import Words
from ui.desk.desk import Desk, Heading
from ui.desk.rows import Group, Mark, QueueItem
from ui.dialogs.take_back import undoing
from ui.page import Part
from ui.pages.grading.meter import GradeMeter, Share
from ui.pages.grading.plain import approve_plain, ask_about_plain
from ui.pages.grading.reasons import reasons_html
from ui.pages.grading.rows import Listed, listed, marks, negative_mark
from ui.widgets import button, rule

WAITS = EvaluationStatus.SUBMITTED
Decide = Callable[..., Changes]


class Decisions(Part):
    """One period at a time. Who has decided is at the next at once; the writing follows behind."""

    file_wanted = Signal(str)
    """Open the file of this staff number."""
    waiting = Signal(int)
    """How many wait, of all periods."""

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._listed: dict[str, Listed] = {}
        self._under_way: set[str] = set()
        self._wanted = ""
        self.periods, self.meter = QComboBox(), GradeMeter()
        self.periods.setAccessibleName(tr("Period"))
        self.periods.activated.connect(lambda _: self._show())
        self.all_plain = button(tr("Approve all plain ones…"))
        self.all_plain.clicked.connect(self._ask_about_plain)
        self.desk = Desk(tr("Grades to decide about"), tr("Reasons for the grade"), _words())
        self.desk.list.picked.connect(lambda _: self._look())
        self.desk.list.opened.connect(lambda _: self._open())
        self.desk.bar.opened.connect(self._open)
        self.desk.bar.accepted.connect(self._approve)
        self.desk.bar.returned.connect(self._return)
        self._lay_out()
        self.first = self.desk.list

    def reload(self) -> None:
        """Ask again what waits."""
        tasks.read(self, partial(_rows, self._context), self._on_rows, key="rows")

    def want(self, uid: str) -> None:
        """Stand on this evaluation, or do so once it is here."""
        self._wanted = uid
        if uid in self._listed:
            self._show()

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setContentsMargins(theme.L, theme.S, theme.L, theme.S)
        top.setSpacing(theme.L)
        top.addWidget(self.periods)
        top.addWidget(self.meter, 1)
        top.addWidget(self.all_plain)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(rule())
        column.addWidget(self.desk, 1)

    # What waits

    def _on_rows(self, found: list[Listed]) -> None:
        self._listed = {one.row.uid: one for one in found}
        self._under_way = {uid for uid in self._under_way if self._waits(uid)}
        self.waiting.emit(sum(one.row.status is WAITS for one in found))
        self._offer_periods()
        self._show()
        self._wanted = ""  # gone meanwhile, where it was not found

    def _waits(self, uid: str) -> bool:
        return uid in self._listed and self._listed[uid].row.status is WAITS

    def _open_yet(self, uid: str) -> bool:
        return self._waits(uid) and uid not in self._under_way

    def _offer_periods(self) -> None:
        """The newest that has something waiting comes first to mind; what was chosen stays."""
        known = {one.row.period for one in self._listed.values()}
        waiting = {one.row.period for one in self._listed.values() if one.row.status is WAITS}
        order = sorted(known, key=lambda period: period.end, reverse=True)
        kept = self._period()
        self.periods.clear()
        for period in order:
            self.periods.addItem(period.label, period)
        chosen = kept if kept in known else next((one for one in order if one in waiting), None)
        self.periods.setCurrentIndex(order.index(chosen) if chosen in known else 0 if order else -1)
        self.periods.setVisible(len(order) > 1)

    def _period(self) -> Period | None:
        data = self.periods.currentData()
        return Period(*data) if data else None

    def _of_period(self) -> list[Listed]:
        if self._wanted in self._listed:
            self.periods.setCurrentText(self._listed[self._wanted].row.period.label)
        period = self._period()
        return [one for one in self._listed.values() if one.row.period == period]

    def _show(self) -> None:
        shown = self._of_period()
        waiting = [self._item(one) for one in shown if one.row.status is WAITS]
        done = [one.item for one in shown if one.row.status is not WAITS]
        groups = [Group("", waiting), Group(tr("Decided"), done, folds=True)]
        self.desk.show_groups(groups)
        self.meter.show_shares(_shares([one.row for one in shown]))
        self.meter.setVisible(bool(shown))
        plain, why = self._plain(), tr("Nothing waits here that nothing stands out in.")
        self.all_plain.setEnabled(bool(plain))
        self.all_plain.setToolTip("" if plain else why)
        if self._wanted in self._listed:
            self.desk.list.pick(self._wanted)
            self._wanted = ""
        self._look()

    def _item(self, one: Listed) -> QueueItem:
        return one.item.being_written() if one.row.uid in self._under_way else one.item

    # What is looked at

    def _look(self) -> None:
        """Head and acts at once, the reasons as soon as they are read."""
        one = self._listed.get(self.desk.list.current())
        if one is None:
            self.desk.bar.look_at("")
            self.desk.look_at_nothing(*self._nothing())
            return
        row = one.row
        self.desk.bar.look_at(row.uid, *self._refusals(row))
        self.desk.look_at(row.uid, _heading(row))
        read = partial(self._context.ask, file_view, row.staff_no, row.period)
        tasks.read(self, read, partial(self._on_file, row), key="file")

    def _on_file(self, row: InboxRow, view: FileView) -> None:
        evaluation = next((one for one in view.evaluations if one.uid == row.uid), None)
        if evaluation:
            self.desk.tell(row.uid, partial(reasons_html, view, evaluation))

    def _refusals(self, row: InboxRow) -> tuple[str, str]:
        """Why it cannot be approved, and why not returned; empty where it can."""
        if row.uid in self._under_way:
            return tr("Being written"), tr("Being written")
        if row.status is not WAITS:
            decided = tr("Decided already: {status}.").format(status=label(row.status))
            return decided, decided
        if row.stale:
            return tr("Entries have changed since. Return it, or have it submitted again, then decide."), ""
        return "", ""

    def _nothing(self) -> tuple[str, str]:
        period = self._period()
        if period is None:
            sentence = tr("Grades wait here for your decision once the personnel office has submitted them.")
            return "inbox", sentence
        return "circle-check", tr("Everything of {period} is decided.").format(period=period.label)

    def _open(self) -> None:
        if one := self._listed.get(self.desk.list.current()):
            self.file_wanted.emit(one.row.staff_no)

    # What is decided

    def _approve(self) -> None:
        self._decide(approve_evaluation, "")

    def _return(self, reason: str) -> None:
        self._decide(return_evaluation, reason)

    def _decide(self, command: Decide, reason: str) -> None:
        row = self._listed[self.desk.list.current()].row
        self._under_way.add(row.uid)
        following = self.desk.list.following(self._open_yet)
        self._show()
        self.desk.list.pick(following)
        self.desk.list.setFocus()
        write = partial(self._context.do, command, row.uid, reason, seen=row.digest)
        tasks.write(self, write, partial(self._on_decided, row, command), partial(self._on_refused, row))

    def _on_decided(self, row: InboxRow, command: Decide, _: Changes) -> None:
        self.desk.bar.forget(row.uid)
        said = (
            tr("Approved: {name}, {grade}")
            if command is approve_evaluation
            else tr("Returned: {name}, {grade}")
        )
        sentence = said.format(name=row.name, grade=row.band_name(in_use()))
        messages.say(self, "ok", sentence, undoing(self, self._context))

    def _on_refused(self, row: InboxRow, error: UserError) -> None:
        self._under_way.discard(row.uid)
        messages.say(self, "refusal", tr("{name}: {sentence}").format(name=row.name, sentence=error.sentence))
        self.reload()

    # All plain ones

    def _plain(self) -> list[InboxRow]:
        rows = [one.row for one in self._of_period()]
        return [row for row in rows if row.plain and self._open_yet(row.uid)]

    def _ask_about_plain(self) -> None:
        plain = self._plain()
        others = sum(one.row.status is WAITS for one in self._of_period()) - len(plain)
        ask_about_plain(self, plain, others, self._approve_plain)

    def _approve_plain(self, rows: list[InboxRow]) -> None:
        self._under_way |= {row.uid for row in rows}
        self._show()
        approve_plain(self, self._context, rows, partial(self._on_plain_ended, rows))

    def _on_plain_ended(self, rows: list[InboxRow]) -> None:
        self._under_way -= {row.uid for row in rows}
        self.reload()


def _words() -> Words:
    return Words(
        accept=tr("Approve"),
        accept_key="A",
        send_back=tr("Return…"),
        ask=tr("Reason for returning"),
        send=tr("Return to the personnel office"),
        open=tr("Open the file"),
    )


def _rows(context: AppContext) -> list[Listed]:
    """On a worker."""
    return [listed(row) for row in context.ask(inbox, None)]


def _heading(row: InboxRow) -> Heading:
    decided = row.status is not WAITS
    status = Mark(label(row.status), "stamp", "muted") if decided else Mark(tr("Proposal"), "clock", "accent")
    return Heading(
        row.name,
        " · ".join(part for part in (row.staff_no, row.department, row.post) if part),
        f"{row.band_name(in_use())}  {plain_points(row.score)}",
        tr("Grade of {period}").format(period=row.period.label)
        if decided
        else tr("Proposal for {period}, until you decide").format(period=row.period.label),
        (status, *marks(row), *negative_mark(row)),
    )


def _shares(rows: list[InboxRow]) -> tuple[Share, ...]:
    counts = Counter(row.band_name(in_use()) for row in rows)
    names = dict.fromkeys(
        band.name.in_language(in_use()) for row in rows for band in row.published.scheme.bands
    )
    return tuple(Share(name, counts[name]) for name in names)
