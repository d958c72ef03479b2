"""Verbs that send a file to another office, and take one in."""

import sys
from argparse import Namespace
from pathlib import Path

from app.cli.offices import entered
from app.commands.conduct import Basis
from app.commands.receiving import Arrival, receive_file
from app.commands.sending import send_file
from app.context import AppContext
from app.errors import Invalid
from app.exchange.bundle import read_bundle
from app.exchange.typed import typed_day
from app.files import write_whole
from app.queries.bundles import transfer_slip, write_bundle
from app.queries.files import file_head
from app.queries.matters import open_matters
from app.words import tr
from models.types import Day


def send(given: Namespace) -> tuple[int, object, str]:
    """``transfer-out``"""
    context, path = entered(given), Path(given.file)
    head = context.ask(file_head, given.staff_no)
    matters = () if head.sent_to else context.ask(open_matters, given.staff_no)
    if not head.sent_to:
        if not (given.to and given.document):
            raise Invalid(tr("Say where it goes and by which document: --to OFFICE --document NO."))
        context.do(send_file, given.staff_no, given.to, Basis(given.document, _day(context, given.on), ""))
    slip = context.ask(write_bundle, given.staff_no, path)
    if given.slip:
        _print(context, given)
    lines = [
        tr("The file of {name} is in {file}.").format(name=slip.name, file=path),
        tr("Fingerprint: {fingerprint}").format(fingerprint=slip.fingerprint),
        tr("Root hash: {root}").format(root=slip.root),
        *(tr("Left open: {matter}").format(matter=one.words) for one in matters),
    ]
    data = {**slip._asdict(), "counts": dict(slip.counts), "file": str(path), "slip": given.slip}
    return 0, data, "\n".join(lines)


def _print(context: AppContext, given: Namespace) -> None:
    from app.reports.transfer_slip import transfer_slip_pdf  # reportlab only where something is printed

    slip = context.ask(transfer_slip, given.staff_no)
    write_whole(Path(given.slip), transfer_slip_pdf(slip, given.language))


def receive(given: Namespace) -> tuple[int, object, str]:
    """``transfer-in``"""
    context = entered(given)
    bundle = read_bundle(Path(given.file))
    about = bundle.about
    typed = given.fingerprint or _ask(
        tr("{name}, sent by {office}. Fingerprint on the paper: ").format(
            name=about["file"]["name"], office=about["office"]["name"]
        )
    )
    arrival = Arrival(typed, given.department, given.staff_no, given.post)
    context.do(receive_file, Path(given.file), arrival, Basis(given.document, _day(context, given.on), ""))
    staff_no = given.staff_no or about["file"]["staff_no"]
    head = context.ask(file_head, staff_no)
    data = {"staff_no": staff_no, "name": head.name, "file": head.number, "root": bundle.root.hex()}
    said = tr("The file of {name} goes on here under the staff number {staff_no}; its root is {root}.")
    return 0, data, said.format(name=head.name, staff_no=staff_no, root=bundle.root.hex())


def _ask(prompt: str) -> str:
    if not sys.stdin.isatty():
        raise Invalid(tr("Give the fingerprint that stands on the paper: --fingerprint."))
    return input(prompt)


def _day(context: AppContext, text: str) -> Day:
    today = context.today()
    found = typed_day(text, today) if text else today
    if not isinstance(found, int):
        raise Invalid(tr("“{text}” is no date. Write it as 2025-03-15.").format(text=text))
    return Day(found)
