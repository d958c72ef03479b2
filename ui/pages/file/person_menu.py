"""What is done with the person and the file as a whole: moved, appointed, seconded, closed, handed over."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import NamedTuple

from PySide6.QtWidgets import QMenu, QWidget

from app.context import AppContext
from app.permissions import Permission
from app.queries.files import FileHead
from app.words import tr
from models.types import Leaving
from ui.dialogs.transfer import ask_bundle
from ui.pages.file.identity import ask_full_number, ask_id_number, ask_merging, ask_splitting, not_shown
from ui.pages.file.own_copy import ask_own_copy
from ui.pages.file.person_acts import Act
from ui.pages.file.postings import (
    ask_closing,
    ask_end,
    ask_posting,
    ask_reopening,
    ask_sending,
    ask_state,
)
from ui.pages.file.reading import FileReading


class Offered(NamedTuple):
    """A line of the menu: its words, why it cannot be chosen now (empty where it can), and what it does."""

    text: str
    why_not: str
    do: Callable[[], object]


def fill_person_menu(menu: QMenu, owner: QWidget, context: AppContext, reading: FileReading) -> None:
    """Offer what can be done with this person, or why it cannot be now."""
    menu.clear()
    if not context.actor.may(Permission.KEEP_FILES, reading.view.head.department_id):
        return
    for group in _groups(owner, context, reading):
        for one in group:
            action = menu.addAction(one.text)
            action.triggered.connect(lambda _, do=one.do: do())
            action.setEnabled(not one.why_not)
            action.setToolTip(one.why_not)
        menu.addSeparator()


def _groups(owner: QWidget, context: AppContext, reading: FileReading) -> Iterator[list[Offered]]:
    head = reading.view.head
    closed = tr("The file is closed.") if head.closed_on else ""
    archive = tr("The file was sent away and is an archive here.") if head.sent_to else ""
    act = partial(Act, owner, context, reading)
    running = [state for state, since, until in reading.view.states if until is None or until > reading.today]
    yield [
        Offered(tr("Move or appoint…"), closed, act(ask_posting).begin),
        Offered(tr("State of service begins…"), closed, act(ask_state).begin),
        Offered(
            tr("State of service ends…"),
            "" if running else tr("None runs now."),
            partial(ask_end, owner, context, reading, running),
        ),
    ]
    yield [
        Offered(tr("Enter the ID number…"), archive, partial(ask_id_number, owner, context, reading)),
        Offered(
            tr("Show the ID number in full"),
            not_shown(context, reading),
            partial(ask_full_number, owner, context, head),
        ),
    ]
    yield [
        Offered(
            tr("Own copy for the person…"), "", partial(ask_own_copy, owner, context, head, reading.today)
        )
    ]
    reopened = archive or ("" if head.closed_on else tr("The file is open."))
    yield [
        Offered(tr("Close the file…"), closed, act(ask_closing).begin),
        Offered(tr("Reopen the file…"), reopened, act(ask_reopening).begin),
    ]
    if head.sent_to:
        again = partial(ask_bundle, owner, context, head.staff_no, head.name)
        yield [Offered(tr("Write the bundle again…"), "", again)]
    else:
        yield [Offered(tr("Send to another office…"), _not_sent(head), act(ask_sending).begin)]
    split = "" if head.seconds else tr("No other file is merged into this one.")
    yield [
        Offered(tr("Merge with another file…"), archive, partial(ask_merging, owner, context, reading)),
        Offered(tr("Split again…"), split, partial(ask_splitting, owner, context, reading)),
    ]


def _not_sent(head: FileHead) -> str:
    if head.closed_on and head.leaving is not Leaving.TRANSFERRED:
        return tr("The file is closed.")
    return ""
