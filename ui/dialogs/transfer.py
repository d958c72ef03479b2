"""A file goes to another office, or comes from one: the bundle, the paper with it, what is compared."""

from functools import partial
from pathlib import Path
from typing import NamedTuple

from PySide6.QtWidgets import QWidget

from app.commands.conduct import Basis
from app.commands.receiving import Arrival, receive_file
from app.commands.sending import send_file
from app.context import AppContext
from app.exchange.bundle import Bundle, read_bundle
from app.files import write_whole
from app.permissions import Permission
from app.queries.bundles import Slip, write_bundle
from app.queries.departments import DepartmentRow, departments
from app.reports.wording import in_eights
from app.words import in_use, mark, tr
from models.types import Day
from ui import messages, tasks
from ui.dialogs.files import ask_file, ask_new_file, documents_folder
from ui.dialogs.reason import Answers, Command, Field, Question, ask_reason

SUFFIX = ".bundle"
_TO = Field("to", mark("Office it goes to"), "line", mark("Name the office that the file goes to."))
_DOCUMENT = Field(
    "document_no",
    mark("Document it rests on"),
    "line",
    mark("Enter the number of the document by which this is done."),
)
_ON = Field("on", mark("Takes effect on"), "day", mark("Enter the day from which it holds."))
_FINGERPRINT = Field(
    "fingerprint",
    mark("Fingerprint on the paper"),
    "line",
    mark("Type the fingerprint that stands on the paper."),
    mark("Twenty digits; the program compares them with the key that signed the bundle."),
)
_DEPARTMENT = Field("department", mark("Department"), "choice", mark("Choose the department."))
_STAFF_NO = Field("staff_no", mark("Staff number here"), "line", mark("Give the person a staff number."))
_POST = Field("post", mark("Post"), "line")


def ask_sending(
    owner: QWidget, context: AppContext, staff_no: str, name: str, still_open: str, today: Day
) -> None:
    """Ask where it goes, close the file here, and write bundle and slip."""
    what = tr(
        "The file closes and stays here as an archive. Leads that were not proved stay too; "
        "grades that nobody decided end."
    )
    sentence = "\n".join(filter(None, (name, what, still_open)))
    question = Question(
        tr("Send to another office"), sentence, tr("Send"), (_TO, _DOCUMENT, _ON), True, today
    )

    def command(given: Answers) -> Command:
        return partial(context.do, send_file, staff_no, given.text("to"), _basis(given))

    ask_reason(owner, question, command, lambda _: ask_bundle(owner, context, staff_no, name))


def ask_bundle(owner: QWidget, context: AppContext, staff_no: str, name: str) -> None:
    """Ask where the bundle goes, and write it, the slip beside it."""
    proposed = documents_folder() / f"{staff_no}-{name}{SUFFIX}"
    kinds = tr("Bundles") + f" (*{SUFFIX})"
    ask_new_file(owner, tr("Write the bundle"), kinds, proposed, partial(_write, owner, context, staff_no))


def _write(owner: QWidget, context: AppContext, staff_no: str, path: Path) -> None:
    def work(report: tasks.Report) -> Slip:
        from app.reports.transfer_slip import transfer_slip_pdf  # reportlab only where something is printed

        report(0, 0)
        slip = context.ask(write_bundle, staff_no, path)
        write_whole(path.with_suffix(".pdf"), transfer_slip_pdf(slip, in_use()))
        return slip

    said = tr("The bundle is in {file}, and the slip to be printed beside it. Its fingerprint: {fingerprint}")
    tasks.run(
        owner,
        tr("Write the bundle"),
        work,
        lambda slip: messages.say(owner, "ok", said.format(file=path, fingerprint=slip.fingerprint)),
    )


class _Come(NamedTuple):
    """A bundle that was read, and where it can go."""

    bundle: Bundle
    rows: list[DepartmentRow]
    today: Day


def ask_receiving(owner: QWidget, context: AppContext) -> None:
    """Ask for a bundle, say what it is, and take it in."""
    kinds = tr("Bundles") + f" (*{SUFFIX})"
    ask_file(owner, tr("Take in a file"), kinds, documents_folder(), partial(_look, owner, context))


def _look(owner: QWidget, context: AppContext, path: Path) -> None:
    def read() -> _Come:
        rows = [row for row in context.ask(departments) if context.actor.may(Permission.KEEP_FILES, row.id)]
        return _Come(read_bundle(path), rows, context.today())

    tasks.read(owner, read, partial(_ask, owner, context), key="bundle")


def _ask(owner: QWidget, context: AppContext, come: _Come) -> None:
    about = come.bundle.about
    file, counts = about["file"], about["counts"]
    who = tr("{name}, {department}, sent by {office} under {document}: {entries} entries, {files} files.")
    said = who.format(
        name=file["name"],
        department=file["department"],
        office=about["office"]["name"],
        document=about["sent"]["document_no"],
        entries=counts["entries"],
        files=counts["files"],
    )
    root = tr("Root hash, to be compared with the paper: {root}").format(
        root=" ".join(in_eights(come.bundle.root.hex()))
    )
    offered = tuple((str(row.id), row.path or row.name) for row in come.rows)
    fields = (
        _FINGERPRINT,
        _DEPARTMENT._replace(offered=offered),
        _STAFF_NO._replace(given=str(file["staff_no"])),
        _POST,
        _DOCUMENT,
        _ON,
    )
    question = Question(tr("Take in a file"), f"{said}\n{root}", tr("Take it in"), fields, today=come.today)
    ask_reason(owner, question, partial(_command, context, come), partial(_arrived, owner, file["name"]))


def _command(context: AppContext, come: _Come, given: Answers) -> Command:
    path = next(row.path for row in come.rows if str(row.id) == given.text("department"))
    arrival = Arrival(given.text("fingerprint"), path, given.text("staff_no"), given.text("post"))
    return partial(context.do, receive_file, come.bundle.path, arrival, _basis(given))


def _arrived(owner: QWidget, name: str, _: object) -> None:
    said = tr("The file of {name} is here, proved, and goes on. Send the receipt back.")
    messages.say(owner, "ok", said.format(name=name))


def _basis(given: Answers) -> Basis:
    return Basis(given.text("document_no"), given.day("on"), "")
