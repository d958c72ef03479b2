"""Puts the window together: which pages there are, for whom, and what the frame remembers."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from types import ModuleType
from typing import Any

from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QApplication, QMenu

from app.context import AppContext
from app.labels import label
from app.permissions import DAILY, Permission
from app.queries.identity import OfficeName, office_name
from app.settings import load_settings, save_settings
from app.words import in_use, listed, mark, tr
from ui import tasks, theme
from ui.hits import hits
from ui.main_window import MainWindow
from ui.page import Page, Pages, Place
from ui.rail import RailItem


@dataclass(frozen=True, slots=True)
class _Entry:
    """A page in the rail, and the permission, or one of several, without which it has nothing to show."""

    item: RailItem
    needs: Permission | tuple[Permission, ...] = Permission.READ_FILES


RAIL = (
    _Entry(RailItem("home", mark("Home"), "house")),
    _Entry(RailItem("people", mark("People"), "users", also=("file",))),
    _Entry(RailItem("entries", mark("Entries"), "file-text"), DAILY),
    _Entry(RailItem("verify", mark("Verification"), "clipboard-check"), Permission.VERIFY_ENTRIES),
    _Entry(RailItem("leads", mark("Leads"), "flag")),
    _Entry(RailItem("inbox", mark("Grading"), "scale")),
    _Entry(RailItem("standards", mark("Standards"), "ruler")),
    _Entry(RailItem("documents", mark("Documents"), "printer"), Permission.PRINT),
    _Entry(RailItem("lists", mark("Lists"), "calendar-check"), Permission.KEEP_FILES),
    _Entry(RailItem("import", mark("Import"), "upload"), Permission.KEEP_FILES),
)
LANGUAGES = {"zh_CN": "简体中文", "en": "English"}
THEMES = {"system": mark("As the system"), "light": mark("Light"), "dark": mark("Dark")}


def build_window(context: AppContext) -> MainWindow:
    """The window of someone who has signed in, at home."""
    items = [entry.item for entry in RAIL if _may(context, entry.needs)]
    window = MainWindow(items, _pages(context))
    window.search.finder = partial(hits, context, window.go)
    _fill_account_menu(window, context)
    tasks.read(window, partial(context.ask, office_name), partial(_show_identity, window, context))
    window.go(Place("home"))
    return window


def _may(context: AppContext, needs: Permission | tuple[Permission, ...]) -> bool:
    return any(map(context.actor.may, (needs,) if isinstance(needs, Permission) else needs))


def _pages(context: AppContext) -> Pages:
    """Builders that import their page when it is first gone to, so that the window is there at once."""

    def home() -> Page:
        from ui.pages.home.page import HomePage

        return HomePage(context)

    def people() -> Page:
        from ui.pages.people.page import PeoplePage

        return PeoplePage(context)

    def entries() -> Page:
        from ui.pages.entries.page import EntriesPage

        return EntriesPage(context)

    def file() -> Page:
        from ui.pages.file.page import FilePage

        return FilePage(context)

    def verify() -> Page:
        from ui.pages.verification.page import VerifyPage

        return VerifyPage(context)

    def leads() -> Page:
        from ui.pages.leads.page import LeadsPage

        return LeadsPage(context)

    def inbox() -> Page:
        from ui.pages.grading.page import InboxPage

        return InboxPage(context)

    def standards() -> Page:
        from ui.pages.standards.page import StandardsPage

        return StandardsPage(context)

    def documents() -> Page:
        from ui.pages.documents.page import DocumentsPage

        return DocumentsPage(context)

    def lists() -> Page:
        from ui.pages.lists.page import ListsPage

        return ListsPage(context)

    def import_() -> Page:
        from ui.pages.import_wizard.page import ImportPage

        return ImportPage(context)

    return {
        "home": home,
        "people": people,
        "entries": entries,
        "file": file,
        "verify": verify,
        "leads": leads,
        "inbox": inbox,
        "standards": standards,
        "documents": documents,
        "lists": lists,
        "import": import_,
    }


def _show_identity(window: MainWindow, context: AppContext, office: OfficeName) -> None:
    roles = listed(sorted(label(role) for role in context.actor.roles))
    window.show_identity(office.in_language(in_use()), context.actor.name, roles)
    shared = context.database.engine.dialect.name == "postgresql"
    words = tr("Shared database") if shared else tr("On this computer, encrypted")
    if office.stopped:
        words += "\n" + tr("Sample office: nobody in it is real, and its clock stands still.")
    window.show_connection(words, True)


def _fill_account_menu(window: MainWindow, context: AppContext) -> None:
    menu = window.account_menu
    _choices(menu, tr("Language"), LANGUAGES, load_settings().language, partial(_speak, window))
    themes = {name: tr(title) for name, title in THEMES.items()}
    _choices(menu, tr("Colours"), themes, load_settings().theme, _dress)
    menu.addSeparator()
    menu.addAction(tr("Change password…"), lambda: _change_password(window, context))
    if context.actor.person_id and context.actor.may(Permission.OBJECT):
        menu.addAction(tr("My objections…"), lambda: _own_objections(window, context))
    if context.actor.may(Permission.READ_FILES):
        menu.addAction(tr("My relatives with a file here…"), lambda: _relatives(window, context))
        menu.addAction(tr("Working days…"), lambda: _calendars(window, context))
    back = menu.addAction(tr("Take back what you did last…"), lambda: _take_back(window, context))
    back.setShortcut("Alt+Backspace")
    window.addAction(back)
    _proofs(menu.addMenu(tr("Proof")), window, context)
    menu.addAction(tr("Report on this installation…"), lambda: _report(window))
    menu.addSeparator()
    menu.addAction(tr("Sign out"), lambda: _sign_out(window))


def _change_password(window: MainWindow, context: AppContext) -> None:
    from ui.dialogs.password import change_password

    change_password(window, context)


def _own_objections(window: MainWindow, context: AppContext) -> None:
    from ui.dialogs.own_objections import show_own_objections

    show_own_objections(window, context)


def _relatives(window: MainWindow, context: AppContext) -> None:
    from ui.dialogs.relatives import show_relatives

    show_relatives(window, context)


def _calendars(window: MainWindow, context: AppContext) -> None:
    from ui.dialogs.calendars import show_calendars

    show_calendars(window, context)


def _take_back(window: MainWindow, context: AppContext) -> None:
    from ui.dialogs.take_back import take_back

    take_back(window, context)


def _proofs(menu: QMenu, window: MainWindow, context: AppContext) -> None:
    def proofs() -> ModuleType:
        from ui.dialogs import proofs

        return proofs

    menu.addAction(tr("Prove the history"), lambda: proofs().prove_history(window, context))
    menu.addAction(tr("Prove against a paper…"), lambda: proofs().prove_against(window, context))
    menu.addAction(tr("Save the heads…"), lambda: proofs().save_heads(window, context))


def _report(window: MainWindow) -> None:
    from ui.dialogs.proofs import save_diagnosis

    save_diagnosis(window)


def _choices(
    menu: QMenu, title: str, texts: dict[str, str], chosen: str, choose: Callable[[Any], object]
) -> None:
    below = menu.addMenu(title)
    group = QActionGroup(below)
    for name, text in texts.items():
        action = QAction(text, below, checkable=True, checked=name == chosen)
        action.triggered.connect(lambda _, name=name: choose(name))
        group.addAction(action)
        below.addAction(action)


def _speak(window: MainWindow, language: str) -> None:
    save_settings(replace(load_settings(), language=language))
    window.banner.say("info", tr("The language changes when the program is opened next."))


def _dress(scheme: theme.Scheme) -> None:
    save_settings(replace(load_settings(), theme=scheme))
    application = QApplication.instance()
    if isinstance(application, QApplication):
        theme.apply(application, scheme)


SIGNED_OUT = 64
"""Exit code of the event loop after which the entrance opens again."""


def _sign_out(window: MainWindow) -> None:
    window.leave(partial(QApplication.exit, SIGNED_OUT))
