"""Dialogs about who a person is: the ID number, and two files of one person."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from app.commands.identity import ShownNumber, enter_id_number, show_id_number
from app.commands.merging import merge_files, split_files
from app.context import AppContext
from app.permissions import Permission
from app.queries.files import FileHead
from app.words import mark, tr
from ui import tasks
from ui.dialogs.reason import Field
from ui.pages.file.person_acts import DOCUMENT, FROM, Act, basis, lines
from ui.pages.file.postings import ask_posting
from ui.pages.file.reading import FileReading

_ID_NUMBER = Field("id_number", mark("ID number"), "line", mark("Type the ID number."))


def not_shown(context: AppContext, reading: FileReading) -> str:
    """Why the number cannot be shown in full; empty where it can."""
    if not reading.id_number:
        return tr("No ID number is on file.")
    may = context.actor.may(Permission.READ_ID_NUMBERS, reading.view.head.department_id)
    return "" if may else tr("You may not see ID numbers in full.")


def ask_id_number(owner: QWidget, context: AppContext, reading: FileReading) -> None:
    """Enter or correct the number."""
    act = Act(owner, context, reading, ask_posting)
    head = act.head
    now = tr("On file: {number}").format(number=reading.id_number) if reading.id_number else ""
    question = act.question(
        tr("ID number"), lines(f"{head.name} {head.staff_no}", now), tr("Enter"), (_ID_NUMBER,)
    )
    act.open(
        question,
        lambda given: partial(context.do, enter_id_number, head.staff_no, given.text("id_number")),
        tr("The ID number is on file."),
    )


def ask_full_number(owner: QWidget, context: AppContext, head: FileHead) -> None:
    """Show the number, which is put on record."""

    def shown(found: ShownNumber) -> None:
        box = QMessageBox(QMessageBox.Icon.NoIcon, tr("ID number"), found.number, parent=owner.window())
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        told = tr("That you have seen it is in the history of the file.")
        box.setInformativeText(lines(head.name, found.place, told))
        box.open()

    def work(report: tasks.Report) -> ShownNumber:
        report(0, 0)
        return context.do(show_id_number, head.staff_no)

    tasks.run(owner, tr("ID number"), work, shown, changes=lambda found: found.changes)


_OTHER = Field(
    "other", mark("Staff number of the other file"), "line", mark("Type the staff number of the other file.")
)
BECAUSE = Field("reason", mark("Reason"), missing=mark("Give the reason in a sentence."))


def ask_merging(owner: QWidget, context: AppContext, reading: FileReading) -> None:
    """Read a second file of the same person with this one."""
    act = Act(owner, context, reading, ask_posting)
    head = act.head
    what = tr(
        "The other file is about the same person: its entries are read and graded here from now on, and its "
        "own grades end. Both histories stay, and the two can be split again."
    )
    question = act.question(
        tr("Merge with another file"),
        lines(f"{head.name} {head.staff_no}", what),
        tr("Merge"),
        (_OTHER, BECAUSE, DOCUMENT, FROM),
    )
    act.open(
        question,
        lambda given: partial(context.do, merge_files, head.staff_no, given.text("other"), basis(given)),
        tr("The two files are read as one."),
    )


def ask_splitting(owner: QWidget, context: AppContext, reading: FileReading) -> None:
    """Part two files that were merged."""
    act = Act(owner, context, reading, ask_posting)
    head = act.head
    what = tr("The other file stands alone again with what was recorded in it; what is newer stays here.")
    numbers = tuple((one.staff_no, one.staff_no) for one in head.seconds)
    other = _OTHER._replace(kind="choice", offered=numbers, given=numbers[0][0] if len(numbers) == 1 else "")
    question = act.question(
        tr("Split again"),
        lines(f"{head.name} {head.staff_no}", what),
        tr("Split"),
        (other, BECAUSE, DOCUMENT, FROM),
    )
    act.open(
        question,
        lambda given: partial(context.do, split_files, head.staff_no, given.text("other"), basis(given)),
        tr("The two files stand alone again."),
    )
