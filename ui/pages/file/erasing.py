"""Erasing an entry on order: registered by one, carried out by another, with the order beside the entry."""

from collections.abc import Callable, Iterator
from functools import partial

from PySide6.QtWidgets import QWidget

from app.commands.changes import Changes
from app.commands.erasures import Order, carry_out_erasure, decline_erasure, order_erasure
from app.context import AppContext
from app.permissions import Permission
from app.queries.files import EntryRow
from app.queries.retention import ErasureRow
from app.words import mark, tr
from models.types import ErasureStatus, day_at, iso
from ui import messages, tasks
from ui.dialogs.confirm import Act, confirm
from ui.dialogs.reason import Answers, Field, Question, ask_reason
from ui.pages.file.offers import Offered, named_entry
from ui.pages.file.reading import FileReading

_FIELDS = (
    Field(
        "document_no",
        mark("Number of the order"),
        "line",
        mark("Enter the number of the order to erase."),
    ),
    Field("on", mark("Date of the order"), "day", mark("Enter the date of the order.")),
    Field("authority", mark("Ordered by"), "line", mark("Enter who ordered the erasure.")),
    Field(
        "reason",
        mark("Legal ground"),
        missing=mark("Give the ground in a sentence."),
        hint=mark("Which law, or which decision. Nothing of what the entry says: this sentence stays."),
    ),
)


def waiting_order(reading: FileReading, entry: EntryRow) -> ErasureRow | None:
    """The order to erase an entry that was registered and not decided about yet."""
    orders = reading.view.erasures
    return next(
        (one for one in orders if one.entry == entry.uid and one.status is ErasureStatus.ORDERED), None
    )


def erasing(owner: QWidget, context: AppContext, reading: FileReading, entry: EntryRow) -> Iterator[Offered]:
    """What the account may do about erasing an entry."""
    order, department = waiting_order(reading, entry), reading.view.head.department_id
    if order and context.actor.may(Permission.VERIFY_ENTRIES, department):
        own = order.registrar == context.actor.uid
        why_not = (
            tr("You registered this order. Someone else has to compare it with its paper.") if own else ""
        )
        carry_out = partial(_ask, owner, context, reading, entry, order)
        yield Offered(tr("Carry out the erasure…"), why_not, carry_out, dangerous=True)
        decline = partial(_write, owner, partial(context.do, decline_erasure, order.uid), tr("Declined."))
        yield Offered(tr("Decline the order"), why_not, decline)
    if context.actor.may(Permission.KEEP_FILES, department):
        why_not = tr("An order to erase it waits already.") if order else ""
        register = partial(_register, owner, context, reading, entry)
        yield Offered(tr("Order to erase…"), why_not, register, dangerous=True, more=True)


def order_words(order: ErasureRow) -> str:
    """An order in a line: number, date, who ordered it."""
    return " · ".join((order.document_no, iso(order.ordered_on), order.authority))


def erased_words(reading: FileReading) -> Iterator[tuple[str, str]]:
    """What was erased of a file, when and on whose order."""
    for one in reading.view.erasures:
        if one.status is ErasureStatus.CARRIED_OUT and one.decided_at:
            said = tr("An entry was lawfully erased on {date}.").format(date=iso(day_at(one.decided_at)))
            yield said, f"{order_words(one)} · {one.reason}"


def _register(owner: QWidget, context: AppContext, reading: FileReading, entry: EntryRow) -> None:
    what = tr(
        "What it says will be gone for ever, with its evidence, once a second account has compared the order "
        "with its paper. The history keeps that it was there, and on whose order it was erased."
    )
    sentence = f"{named_entry(reading.view.head, entry)}\n{what}"
    act = tr("Register the order")
    question = Question(tr("Register an order to erase"), sentence, act, _FIELDS, True, reading.today)

    def command(answers: Answers) -> Callable[[], Changes]:
        order = Order(
            answers.text("document_no"), answers.day("on"), answers.text("authority"), answers.text("reason")
        )
        return partial(context.do, order_erasure, entry.uid, order)

    ask_reason(owner, question, command)


def _ask(
    owner: QWidget, context: AppContext, reading: FileReading, entry: EntryRow, order: ErasureRow
) -> None:
    done = tr("The entry is erased; the history says on whose order.")
    write = partial(_write, owner, partial(context.do, carry_out_erasure, order.uid), done)
    question = tr("Erase it for ever?")
    detail = f"{named_entry(reading.view.head, entry)}\n{order_words(order)}\n{order.reason}"
    confirm(owner, question, detail, Act(tr("Erase"), write, danger=True))


def _write(owner: QWidget, command: Callable[[], Changes], done: str) -> None:
    tasks.write(owner, command, lambda _: messages.say(owner, "ok", done))
