"""Home: what waits for me, each line one Enter away from being done, and the year in a few pictures."""

from collections.abc import Sequence
from contextlib import suppress
from functools import partial
from itertools import groupby
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from app.commands.changes import Changes, Kind
from app.commands.entry_drafts import discard_entry_draft, keep_entry_draft
from app.context import AppContext
from app.errors import NotFound
from app.permissions import Permission
from app.queries.attention import Noticed, noticed
from app.queries.entry_drafts import entry_drafts
from app.queries.home import Home, Waiting, WaitingFor, home, year_picture
from app.queries.lead_list import LeadFilter, Which, lead_ids
from app.queries.lists import LISTS, OpenList, open_lists
from app.words import in_use, ntr, tr
from models.types import Day, first_date, iso
from ui import bus, messages, tasks, theme
from ui.desk.queue import QueueList
from ui.desk.rows import Group, Mark, QueueItem
from ui.page import Page, Place
from ui.pages.file.objecting import left_words
from ui.pages.home.begin import BeginCard
from ui.pages.home.year_pictures import YearPane
from ui.widgets import EmptyState, label, rule

WAITS = {
    Kind.ENTRIES,
    Kind.LEADS,
    Kind.EVALUATIONS,
    Kind.BATCHES,
    Kind.PEOPLE,
    Kind.ACCOUNTS,
    Kind.SCHEMES,
    Kind.ERASURES,
    Kind.OBJECTIONS,
    Kind.CALENDARS,
    Kind.ENTRY_DRAFTS,
}
"""Changes of these may bring or end what waits."""


class Beside(NamedTuple):
    """What is shown below what waits, and may come later."""

    noticed: Sequence[Noticed] = ()
    lists: Sequence[OpenList] = ()
    late_leads: int = 0


class HomePage(Page):
    """The list that is worked through, and the pictures beside it."""

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._waiting: dict[str, Waiting] = {}
        self._found = Home(Day(0), ())
        self._beside = Beside()
        self.setWindowTitle(tr("Home"))
        self.list = QueueList(tr("What waits for you"), self)
        self.list.opened.connect(self._open)
        self._discard = QAction(tr("Discard the draft"), self)
        self._discard.setShortcut(QKeySequence(QKeySequence.StandardKey.Delete))
        self._discard.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self._discard.triggered.connect(self._on_discard)
        self.addAction(self._discard)
        self.begin = BeginCard(self.place_wanted.emit, self)
        self._count, self._today = label("…", "muted"), label("", "muted")
        self._year = YearPane(self)
        self._lay_out()
        self.first = self.list
        bus.changed.connect(self._on_changed)
        self._ask()
        self._ask_year()
        self._ask_beside()

    def refresh(self, changes: Changes) -> None:
        """The pictures can wait until they are looked at."""
        if changes.kinds & {Kind.ENTRIES, Kind.EVALUATIONS, Kind.SCHEMES}:
            self._ask_year()
        if changes.kinds & {Kind.ENTRIES, Kind.EVALUATIONS, Kind.SCHEMES, Kind.LEADS}:
            self._ask_beside()

    def _on_changed(self, changes: Changes) -> None:
        """The list cannot: its number stands in the rail, whatever page is shown."""
        if changes.kinds & WAITS:
            self._ask()

    def _ask(self) -> None:
        tasks.read(self, partial(self._context.ask, home), self._on_home, key="home")

    def _ask_year(self) -> None:
        tasks.read(self, partial(self._context.ask, year_picture), self._year.put, key="year")

    def _ask_beside(self) -> None:
        tasks.read(self, partial(_beside, self._context), self._on_beside, key="beside")

    def _on_beside(self, found: Beside) -> None:
        was, self._beside = self._beside, found
        if found != was and self._found.today:  # else what waits is still on its way, and shows both
            self._on_home(self._found)

    def _on_home(self, found: Home) -> None:
        had = self.window().focusWidget()
        here = had is not None and self.isAncestorOf(had)
        self._found = found
        self._waiting = {one.uid: one for one in found.waiting}
        groups = _groups(found)
        late = sum(group.title == tr("Overdue") for group in groups)
        groups[late:late] = _list_groups(self._beside)
        groups += _notice_groups(self._beside.noticed)
        self._today.setText(iso(found.today))
        self._count.setText(_count_words(found.waiting))
        self._stack.setCurrentWidget(self.list if groups else self._nothing)
        self.list.show_groups(groups)
        self.begin.show_missing(found.missing)
        self.first = self.list if groups else (*self.begin.buttons, self._nothing)[0]
        if here and had and not had.isVisibleTo(self):  # Qt would give it to whatever comes next
            self.first.setFocus()
        self.badge.emit(len(found.waiting))

    def _open(self, uid: str) -> None:
        if uid in self._waiting:
            self.place_wanted.emit(place_of(self._waiting[uid]))
        elif uid == _LATE_LEADS:
            self.place_wanted.emit(Place("leads", (Which.OVERDUE,)))
        elif uid in LISTS:
            self.place_wanted.emit(Place("lists", (uid,)))
        else:
            self.place_wanted.emit(Place("file", (uid.partition(" ")[2], "entries")))

    def _on_discard(self) -> None:
        one = self._waiting.get(self.list.current())
        if one is None or one.kind is not WaitingFor.DRAFT:
            return
        texts: list[str] = []
        keep = partial(_keep_again, self._context, one.staff_no, texts)
        undo = messages.Action(tr("Undo"), lambda: tasks.write(self, keep))
        said = tr("The draft for {name} is discarded.").format(name=one.name)
        tasks.write(
            self,
            partial(_discard, self._context, one.staff_no, texts),
            lambda _: messages.say(self, "ok", said, undo),
        )

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(theme.M, theme.M, theme.M, theme.M)
        head.setSpacing(theme.M)
        head.addWidget(label(tr("What waits for you"), "title"))
        head.addWidget(self._count, 1, Qt.AlignmentFlag.AlignBottom)
        head.addWidget(self._today, 0, Qt.AlignmentFlag.AlignBottom)
        nothing = tr("Nothing waits for you. What you have to decide, verify or put right appears here.")
        go = partial(self.place_wanted.emit, Place("people"))
        self._stack = QStackedLayout()
        self._stack.addWidget(self.list)
        self._nothing = EmptyState("circle-check", nothing, tr("To the people"), go, self)
        self._stack.addWidget(self._nothing)
        left = QVBoxLayout()
        left.setSpacing(0)
        left.addLayout(head)
        left.addWidget(rule())
        left.addWidget(self.begin)
        left.addLayout(self._stack, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addLayout(left, 1)
        row.addWidget(rule(vertical=True))
        row.addWidget(self._year)


def _beside(context: AppContext) -> Beside:
    """On a worker. Nobody is noticed where no standard is in force."""
    found: Sequence[Noticed] = ()
    with suppress(NotFound):
        found = context.ask(noticed, context.today())
    lists = context.ask(open_lists) if context.actor.may(Permission.KEEP_FILES) else ()
    late = context.ask(lead_ids, LeadFilter(Which.OVERDUE))
    return Beside(found, lists, len(late))


_LATE_LEADS = "late leads"


def _list_groups(found: Beside) -> list[Group]:
    """The lists that have something in them, overdue leads first."""
    items = [
        QueueItem(
            one.name,
            tr(LISTS[one.name].title),
            below=((ntr("{n} row", "{n} rows", one.number).format(n=one.number), "text"),),
        )
        for one in found.lists
    ]
    if n := found.late_leads:
        text = ntr("{n} lead", "{n} leads", n).format(n=n)
        items.insert(0, QueueItem(_LATE_LEADS, tr("Overdue leads"), below=((text, "text"),)))
    return [Group(tr("Lists to work through"), items)] if items else []


def _discard(context: AppContext, staff_no: str, texts: list[str]) -> Changes:
    """On the worker; what was typed is put in ``texts``, so that it can be had back."""
    texts += [one.text for one in context.ask(entry_drafts, staff_no)]
    return context.do(discard_entry_draft, staff_no)


def _keep_again(context: AppContext, staff_no: str, texts: list[str]) -> Changes:
    return context.do(keep_entry_draft, staff_no, texts[0]) if texts else Changes()


NOTICED = 20
"""People shown for one rule of attention."""


def _notice_groups(found: Sequence[Noticed]) -> list[Group]:
    """A group for each rule of attention: whom it speaks of, the most acts first."""
    groups = []
    for _, run in groupby(found, lambda one: one.rule):
        people = list(run)
        title = tr("Worth a look: {rule}").format(rule=people[0].name.in_language(in_use()))
        items = [_notice_item(one) for one in people[:NOTICED]]
        if (more := len(people) - NOTICED) > 0:
            title += " " + ntr("(and {n} more)", "(and {n} more)", more).format(n=more)
        groups.append(Group(title, items))
    return groups


def _notice_item(one: Noticed) -> QueueItem:
    times = ntr("{n} act", "{n} acts", one.acts).format(n=one.acts)
    role: theme.Role = "negative" if one.concern else "positive"
    icon = "triangle-alert" if one.concern else "award"
    return QueueItem(f"{one.rule} {one.staff_no}", one.person, one.staff_no, marks=(Mark(times, icon, role),))


def place_of(waiting: Waiting) -> Place:
    """Where it is done."""
    match waiting.kind:
        case WaitingFor.DECIDE:
            return Place("inbox", (waiting.uid,))
        case WaitingFor.VERIFY | WaitingFor.BATCH:
            return Place("verify", (waiting.uid,))
        case WaitingFor.OBJECTION:
            return Place("file", (waiting.staff_no, "objections", waiting.uid))
        case WaitingFor.AMEND:
            return Place("file", (waiting.staff_no, "entries", waiting.uid))
        case WaitingFor.REGRADE:
            return Place("inbox", ("year", waiting.text.partition(" ")[0]))
        case WaitingFor.LEAD | WaitingFor.LEAD_AFTER:
            return Place("leads", (waiting.uid,))
        case WaitingFor.RETURNED:
            return Place("file", (waiting.staff_no, "grades"))
        case WaitingFor.CORRECT | WaitingFor.ERASE | WaitingFor.REVOKE | WaitingFor.HEAR | WaitingFor.TELL:
            return Place("file", (waiting.staff_no, "entries", waiting.uid))
        case WaitingFor.CHANGED:
            return Place("inbox", ("year", waiting.text))
        case WaitingFor.LIST_BACK:
            return Place("import")
        case WaitingFor.DRAFT:
            return Place("file", (waiting.staff_no, "new"))


def _titles() -> dict[WaitingFor, str]:
    return {
        WaitingFor.OBJECTION: tr("Objections that run"),
        WaitingFor.AMEND: tr("Entries to be recorded as they should have been"),
        WaitingFor.REGRADE: tr("Grades to be computed anew after an objection"),
        WaitingFor.DECIDE: tr("Grades to decide"),
        WaitingFor.VERIFY: tr("Entries to verify"),
        WaitingFor.BATCH: tr("Imported lists to verify"),
        WaitingFor.REVOKE: tr("Revocations to confirm"),
        WaitingFor.HEAR: tr("Hearings to conclude"),
        WaitingFor.TELL: tr("Notices to deliver"),
        WaitingFor.LEAD: tr("Leads to settle"),
        WaitingFor.LEAD_AFTER: tr("Leads to put right or answer"),
        WaitingFor.CHANGED: tr("Approved grades that changed since"),
        WaitingFor.RETURNED: tr("Grades returned to you"),
        WaitingFor.ERASE: tr("Orders to erase an entry"),
        WaitingFor.CORRECT: tr("Entries returned to you"),
        WaitingFor.LIST_BACK: tr("Lists returned to you"),
        WaitingFor.DRAFT: tr("Drafts to continue"),
    }


def _groups(found: Home) -> list[Group]:
    """The overdue first, then by kind, as the query sorts them."""
    titles = _titles()
    runs = groupby(found.waiting, lambda one: tr("Overdue") if one.overdue else titles[one.kind])
    return [Group(title, [_item(one, found) for one in run]) for title, run in runs]


def _item(one: Waiting, found: Home) -> QueueItem:
    text, today = one.words(in_use()), found.today
    if one.kind is WaitingFor.OBJECTION:
        return _objection_item(one, found.left[one.uid])
    if one.kind in (WaitingFor.BATCH, WaitingFor.LIST_BACK):
        return QueueItem(one.uid, text, below=((one.reason, "text"),) if one.reason else ())
    if one.kind is WaitingFor.CHANGED:
        return _changed_item(one)
    if one.kind in (WaitingFor.DECIDE, WaitingFor.RETURNED):
        text = tr("Grade {period}").format(period=text)
    if one.kind is WaitingFor.DRAFT:
        text = tr("An entry, saved {time}. Delete discards it.").format(time=text)
    below = f"{text} · {one.reason}" if one.reason else text
    due = tr("due {date}").format(date=iso(one.due_on)) if one.due_on else ""
    marks = (_late(one.due_on, today),) if one.due_on and one.overdue else ()
    return QueueItem(one.uid, one.name, one.staff_no, "", ((below, "text"),), marks, due)


def _objection_item(one: Waiting, left: int) -> QueueItem:
    """Against what and why, and the working days that are left."""
    below = f"{tr('Objection: {target}').format(target=one.words(in_use()))} · {one.reason}"
    late = (Mark(left_words(left), "clock", "negative"),) if left < 0 else ()
    due = tr("due {date}").format(date=iso(one.due_on or Day(0)))
    aside = due if late else f"{due} · {left_words(left)}"
    return QueueItem(one.uid, one.name, one.staff_no, "", ((below, "text"),), late, aside)


def _changed_item(one: Waiting) -> QueueItem:
    n = one.number
    words = ntr(
        "{n} approved grade of {period} rests on entries that changed since",
        "{n} approved grades of {period} rest on entries that changed since",
        n,
    )
    below = tr("To be computed and submitted again")
    return QueueItem(one.uid, words.format(n=n, period=one.words(in_use())), below=((below, "text"),))


def _late(due_on: Day, today: Day) -> Mark:
    days = (first_date(today) - first_date(due_on)).days
    return Mark(ntr("{n} day overdue", "{n} days overdue", days).format(n=days), "clock", "negative")


def _count_words(waiting: Sequence[Waiting]) -> str:
    late = sum(one.overdue for one in waiting)
    if not late:
        return str(len(waiting)) if waiting else ""
    return tr("{n}, of which {late} overdue").format(n=len(waiting), late=late)
