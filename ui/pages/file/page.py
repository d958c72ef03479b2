"""The file of a person: a head that stays, tabs, and the entry form as a sheet over them."""

from functools import partial
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from app.commands.changes import Changes, Kind
from app.commands.entry_drafts import discard_entry_draft
from app.context import AppContext
from app.errors import UserError
from app.permissions import Permission
from app.queries.entry_drafts import entry_drafts
from app.queries.evaluations import EvaluationView
from app.queries.files import EntryRow
from app.queries.leads import LeadRow
from app.queries.objections import ObjectionRow
from app.words import tr
from models.types import Day, Target, Uid
from ui import messages, tasks, theme
from ui.page import Page, Place
from ui.pages.entry.draft import Draft, draft_from, draft_of, draft_of_act, draft_read
from ui.pages.entry.form import EntryForm
from ui.pages.file.entries import DETAIL_WIDTH, EntriesTab
from ui.pages.file.grades import GradesTab
from ui.pages.file.head import HeadBar
from ui.pages.file.history import HistoryTab
from ui.pages.file.leads import LeadsTab
from ui.pages.file.objecting import ask_objection
from ui.pages.file.objections import ObjectionsTab
from ui.pages.file.overview import OverviewTab
from ui.pages.file.person_menu import fill_person_menu
from ui.pages.file.purpose import PurposeForm
from ui.pages.file.reading import FileReading, grade_words, open_and_read, read_file
from ui.widgets import EmptyState, Tabs

_SHOWN = frozenset(
    {
        *(Kind.PEOPLE, Kind.ENTRIES, Kind.LEADS, Kind.EVALUATIONS, Kind.SCHEMES, Kind.DEPARTMENTS),
        *(Kind.OBJECTIONS, Kind.CALENDARS),
    }
)
NEW = "new"


class _Tab(NamedTuple):
    name: str
    title: str
    widget: QWidget


class _Carried(NamedTuple):
    """What is typed goes on in the file of somebody else."""

    whose: str
    """Staff number of the person it was typed for."""
    draft: Draft


class FilePage(Page):
    """Place("file", (staff_no,)); a second argument names a tab, or "new" for the entry form; a third is the
    uid of the entry or lead to stand on, or of the lead from which the form begins."""

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._staff_no = ""
        self._year: int | None = None
        self._as_of: Day | None = None
        self._reading: FileReading | None = None
        self._carried: _Carried | None = None
        self._wanted: tuple[Uid, ...] = ()
        self._lead = ""
        prints = context.actor.may(Permission.PRINT)
        self.head = HeadBar(prints, self)
        self.overview, self.entries, self.leads = OverviewTab(), EntriesTab(context), LeadsTab()
        keeps = context.actor.may(Permission.KEEP_FILES)
        self.grades = GradesTab(self._print if prints else None, keeps=keeps)
        self.objections, self.history = ObjectionsTab(context), HistoryTab()
        self._parts = (
            _Tab("overview", tr("Overview"), self.overview),
            _Tab("entries", tr("Entries"), self.entries),
            _Tab("grades", tr("Grades"), self.grades),
            _Tab("objections", tr("Objections"), self.objections),
            _Tab("leads", tr("Leads"), self.leads),
            _Tab("history", tr("History"), self.history),
        )
        self.tabs = Tabs(tr("Parts of the file"), {part.title: part.widget for part in self._parts}, self)
        self.form = EntryForm(context, self)
        self.form.hide()
        self._lay_out()
        self._connect()
        self.first = self.tabs.bar

    # Places

    def show_place(self, place: Place) -> None:
        """Show a file, and in it what the place asks for."""
        staff_no, wanted, uid = (*place.args, "", "", "")[:3]
        if staff_no and staff_no != self._staff_no:
            self.form.leave()
            self._staff_no, self._reading, self._wanted = staff_no, None, ()
            self._year = self._as_of = None
            self._record.setEnabled(self._context.actor.may(Permission.KEEP_FILES))  # until more is known
            self._read()
        if wanted == NEW:
            self._open_form()
            self._begin_from(uid)
        else:
            self._close_form()
            self._show_tab(wanted)
            if wanted == "entries":
                self.entries.list.setFocus()
            if uid:
                self._stand_on((uid,))
        if not self._staff_no:
            self._say(tr("Choose a person on the page People, or search with Ctrl+K."))

    def _stand_on(self, uids: tuple[Uid, ...]) -> None:
        """Stand on the entry or lead of these, now or as soon as it is read."""
        self._wanted = uids
        if self._reading:
            self.entries.choose(uids)
            self.leads.choose(uids)
            self.objections.choose(uids)

    def refresh(self, changes: Changes) -> None:
        """Read again where the file may show something else now."""
        if self._staff_no and changes.kinds & _SHOWN:
            self._read()
        if self._reading and Kind.ENTRY_DRAFTS in changes.kinds:
            ask = partial(_draft, self._context, self._staff_no)
            tasks.read(self, ask, partial(self._on_draft, self._staff_no), key="draft")

    def _on_draft(self, staff_no: str, draft: Draft) -> None:
        here = self._reading is not None and staff_no == self._staff_no  # else another file came meanwhile
        if here and (draft.is_empty() or not self.form.isVisible()):  # what is being typed is newer
            self.form.put_kept(draft)
            self.head.tell_draft(self.form.waits())

    def unsaved(self) -> str:
        """Nothing is left: what is typed is saved now."""
        self.form.save_now()
        return ""

    # Reading

    def _read(self, purpose: str = "") -> None:
        if self._reading:
            ask = partial(read_file, self._context, self._staff_no, self._year, self._as_of)
            tasks.read(self, ask, self._on_read, self._on_refused, key="file")
        else:
            open_it = partial(_open, self._context, self._staff_no, purpose)
            tasks.read(self, open_it, self._on_opened, self._on_refused, key="file")

    def _on_opened(self, found: tuple[FileReading, Draft]) -> None:
        reading, draft = found
        self._on_read(reading, first=True)
        self.form.begin(reading, draft)
        if self._carried and self._record.isEnabled():
            self._go_on_here(self._carried)
        self._carried = None
        self._begin_from(self._lead)
        self.head.tell_draft(self.form.waits())

    def _go_on_here(self, carried: _Carried) -> None:
        tasks.write(self, partial(self._context.do, discard_entry_draft, carried.whose))
        draft = carried.draft._replace(
            act="", people=tuple(one for one in carried.draft.people if one.staff_no != self._staff_no)
        )
        if self.form.draft().is_empty():
            self.form.put_draft(draft)
        else:
            sentence = tr("The form goes on with what you typed; this file had a draft of its own.")
            self.form.replace_draft(draft, sentence)
        self.form.begin_typing()

    def _on_read(self, reading: FileReading, first: bool = False) -> None:
        self._reading = reading
        self.setWindowTitle(f"{reading.view.head.name} {reading.view.head.staff_no}")
        self.head.put(reading, self._why_not_record(reading))
        fill_person_menu(self.head.person_menu, self, self._context, reading)
        for part in (self.overview, self.grades, self.objections, self.leads, self.history):
            part.put_reading(reading)
        self.entries.put(reading)
        self._stand_on(self._wanted)
        self._wanted = ()
        self._title_tabs(reading)
        self._record.setEnabled(self.head.record.isEnabled())
        self._stack.setCurrentWidget(self._file)
        if not first:
            self.form.put_reading(reading)
        if not self._record.isEnabled():
            self._close_form()

    def _on_refused(self, refusal: UserError) -> None:
        if self._reading and refusal.field == "as_of":  # what is shown stays
            self._as_of = self._reading.view.as_of
            messages.say(self, "refusal", refusal.sentence)
            return
        self._reading = self._carried = None
        self._hide_form()
        self._record.setEnabled(False)
        self.setWindowTitle(self._staff_no)
        if refusal.field == "purpose":
            self._show_instead(PurposeForm(refusal.sentence, self._read))
        else:
            self._say(refusal.sentence)

    def _why_not_record(self, reading: FileReading) -> str:
        if reading.view.as_of:
            return tr("The file is shown as of an earlier day. Go back to today to record.")
        if not self._context.actor.may(Permission.KEEP_FILES, reading.view.head.department_id):
            return tr("Only who keeps files records entries.")
        return tr("The file is closed. Reopen it first.") if reading.view.head.closed_on else ""

    def _say(self, sentence: str) -> None:
        """Nothing can be shown; why, and what to do."""
        people = partial(self.place_wanted.emit, Place("people"))
        self._show_instead(EmptyState("users", sentence, tr("To the people"), people))

    def _show_instead(self, shown: QWidget) -> None:
        if old := self._stack.widget(1):
            self._stack.removeWidget(old)
            old.deleteLater()
        self._stack.addWidget(shown)
        self._stack.setCurrentIndex(1)
        shown.setFocus()

    # Acting

    def _open_form(self) -> None:
        if self._record.isEnabled():
            self._show_tab("entries")
            self.form.open_sheet()
            self._place_form()
            self.entries.detail.hide()
            self.form.begin_typing()

    def _close_form(self) -> None:
        if self.form.isVisible():
            self._hide_form()
            self.form.save_now()
            self.head.tell_draft(self.form.waits())
            self.entries.list.setFocus()

    def _hide_form(self) -> None:
        self.form.hide()
        self.head.cede(0)
        self.entries.detail.show()

    def _on_closed(self) -> None:
        self.place_wanted.emit(Place("file", (self._staff_no, "entries")))

    def _on_recorded(self, staff_no: str, changes: Changes) -> None:
        self._wanted = changes.uids
        self._show_tab("entries")

    def _show_entry(self, uid: Uid) -> None:
        self.place_wanted.emit(Place("file", (self._staff_no, "entries", uid)))

    def _show_target(self, objection: ObjectionRow) -> None:
        tab = "entries" if objection.kind is Target.ENTRY else "grades"
        self.place_wanted.emit(Place("file", (self._staff_no, tab, objection.target)))

    def _object_to(self, evaluation: EvaluationView) -> None:
        if self._reading:
            named = f"{self._reading.view.head.name}: {evaluation.period.label} {grade_words(evaluation)}"
            today = self._reading.today
            ask_objection(self, self._context, Target.EVALUATION, evaluation.uid, named, today)

    def _record_from(self, lead: LeadRow) -> None:
        self.place_wanted.emit(Place("file", (self._staff_no, NEW, lead.uid)))

    def _begin_from(self, uid: str) -> None:
        """The form begins with what a lead said, now or as soon as it is read; unless it does already."""
        self._lead = uid
        for lead in self._reading.view.leads if self._reading else ():
            if lead.uid == uid and self._reading and not self._reading.entries_from(lead.uid):
                self._lead = ""
                if self.form.draft().lead != uid:
                    self.form.replace_draft(draft_from(lead), tr("The form begins with what the lead said."))

    def _record_again(self, entry: EntryRow) -> None:
        self.form.replace_draft(draft_of(entry), tr("The form begins with what the entry said."))
        self._go_to_form()

    def _correct(self, entry: EntryRow, reason: str) -> None:
        self.form.replace_draft(draft_of(entry, reason), tr("The form begins with what the entry said."))
        self._go_to_form()

    def _record_same_act(self, entry: EntryRow) -> None:
        self.form.replace_draft(draft_of_act(entry), tr("The form begins with the act of the entry."))
        self._go_to_form()

    def _record_for(self, staff_no: str) -> None:
        """Somebody else was chosen in the form: what is typed goes along, also what F9 kept."""
        self._carried = _Carried(self._staff_no, self.form.draft())
        self.place_wanted.emit(Place("file", (staff_no, NEW)))

    def _go_to_form(self) -> None:
        self.place_wanted.emit(Place("file", (self._staff_no, NEW)))

    def _print(self) -> None:
        self.place_wanted.emit(Place("documents", (self._staff_no,)))

    def _on_year(self, year: int) -> None:
        self._year, self._as_of = year, None
        self._read()

    def _on_day(self, day: Day | None) -> None:
        self._year, self._as_of = None, day
        self._read()

    # What it is made of

    def _lay_out(self) -> None:
        self._file = QWidget(self)
        column = QVBoxLayout(self._file)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(self.tabs, 1)
        keeps = self._context.actor.may(Permission.KEEP_FILES)
        self.head.record.setVisible(keeps)
        self.head.person.setVisible(keeps)
        if not keeps:  # nothing there could take the keyboard
            self.entries.empty.setFocusProxy(self.tabs.bar)
        self.tabs.bar.setTabVisible(self._number("leads"), keeps)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._file)

    def _number(self, name: str) -> int:
        return next((number for number, tab in enumerate(self._parts) if tab.name == name), -1)

    def _title_tabs(self, reading: FileReading) -> None:
        view = reading.view
        counts = {
            "entries": view.entries,
            "grades": view.evaluations,
            "objections": view.objections,
            "leads": view.leads,
        }
        for number, part in enumerate(self._parts):
            count = len(counts.get(part.name, ()))
            self.tabs.bar.setTabText(number, f"{part.title} {count}" if count else part.title)

    def _show_tab(self, name: str) -> None:
        self.tabs.bar.setCurrentIndex(self._number(name))  # stays where there is no such tab

    def _turn(self, by: int) -> None:
        """To the tab beside, past one that is not shown."""
        bar = self.tabs.bar
        number = bar.currentIndex() + by
        while 0 <= number < bar.count() and not bar.isTabVisible(number):
            number += by
        bar.setCurrentIndex(number)

    def _connect(self) -> None:
        self._record = QAction(tr("Record an entry…"), self)
        self._record.setShortcut(QKeySequence("Ctrl+N"))
        self._record.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self._record.triggered.connect(self._go_to_form)
        self.addAction(self._record)
        self.head.record_wanted.connect(self._go_to_form)
        self.head.print_wanted.connect(self._print)
        self.head.year_chosen.connect(self._on_year)
        self.head.day_chosen.connect(self._on_day)
        self.entries.again_wanted.connect(self._record_again)
        self.entries.correct_wanted.connect(self._correct)
        self.entries.same_act_wanted.connect(self._record_same_act)
        self.entries.record_wanted.connect(self._go_to_form)
        self.leads.place_wanted.connect(self.place_wanted)
        self.leads.record_wanted.connect(self._record_from)
        self.leads.entry_wanted.connect(self._show_entry)
        self.objections.target_wanted.connect(self._show_target)
        self.grades.objection_wanted.connect(self._object_to)
        for keys, text, by in (("Ctrl+PgDown", tr("Next tab"), 1), ("Ctrl+PgUp", tr("Previous tab"), -1)):
            action = QAction(text, self)
            action.setShortcut(QKeySequence(keys))
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            action.triggered.connect(partial(self._turn, by))
            self.addAction(action)
        self.form.closed.connect(self._on_closed)
        self.form.recorded.connect(self._on_recorded)
        self.form.person_wanted.connect(self._record_for)
        self.form.entry_wanted.connect(self._show_entry)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_form()

    def _place_form(self) -> None:
        """The sheet lies over the right side, so that the list of entries stays in view."""
        width = min(DETAIL_WIDTH, self.width() - theme.XL)
        self.form.setGeometry(self.width() - width, 0, width, self.height())
        self.form.raise_()
        if not self.form.isHidden():
            self.head.cede(width)


def _open(context: AppContext, staff_no: str, purpose: str) -> tuple[FileReading, Draft]:
    """On a worker: the file, and the draft of the actor for it."""
    return open_and_read(context, staff_no, purpose), _draft(context, staff_no)


def _draft(context: AppContext, staff_no: str) -> Draft:
    if not context.actor.may(Permission.KEEP_FILES):
        return Draft()
    kept = context.ask(entry_drafts, staff_no)
    return draft_read(kept[0].text) if kept else Draft()
