"""Verbs that prove: the history, and the installation."""

import re
from argparse import Namespace
from collections.abc import Callable, Sequence
from pathlib import Path

from app import __version__
from app.cli.offices import entered
from app.context import AppContext
from app.errors import Invalid
from app.exchange.heads import heads_text, read_heads
from app.files import write_whole
from app.labels import BREACHES
from app.queries.files import file_head
from app.queries.heads import office_heads
from app.queries.verification import Finding, Verified
from app.queries.verification import verify as verify_history
from app.settings import PROGRAM
from app.words import tr
from models.ledger import Head, root_of


def verify(given: Namespace) -> tuple[int, object, str]:
    """``verify``"""
    context = entered(given)
    heads, root = earlier_heads(context, given.against, given.person)
    proof = context.ask(verify_history, staff_no=given.person, against=heads, root=root)
    data = {
        "chains": proof.chains,
        "events": proof.events,
        "findings": [finding._asdict() for finding in proof.findings],
    }
    lines = [finding_words(finding) for finding in proof.findings]
    return (1 if lines else 0), data, "\n".join([*lines, proof_words(proof)])


def proving(context: AppContext, said: str) -> Callable[[Callable[[int, int], object]], Verified]:
    """A proof of the whole history, against what left the building where ``said`` names it.

    Raises Invalid at once where it names nothing of the kind.
    """
    heads, root = earlier_heads(context, said)
    return lambda report: context.ask(verify_history, report, "", heads, root)


_ON_PAPER = re.compile(r"(\d+):([0-9a-f]{16,64})")
_ROOT = re.compile(r"(?:[0-9a-f]{2}){8,32}")


def earlier_heads(context: AppContext, said: str, staff_no: str = "") -> tuple[Sequence[Head], bytes]:
    """Heads, or the root, that left the building: a file, the root of a seal, or the head of one person.

    Raises Invalid where ``said`` is none of them.
    """
    typed = "".join(said.lower().split())
    if not said or Path(said).exists():
        return (_exported(context, Path(said)) if said else ()), b""
    if staff_no and (found := _ON_PAPER.fullmatch(typed)):
        chain = context.ask(file_head, staff_no).chain_uid
        return (Head(chain, int(found[1]), bytes.fromhex(found[2])),), b""
    if not staff_no and _ROOT.fullmatch(typed):
        return (), bytes.fromhex(typed)
    sentence = tr(
        "“{given}” is no file of heads, no root of a seal, and with --person no head like "
        "12:0123456789abcdef. Compare it with the paper."
    )
    raise Invalid(sentence.format(given=said))


def _exported(context: AppContext, path: Path) -> Sequence[Head]:
    try:
        exported = read_heads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        sentence = tr("{name} cannot be read. Choose a file that heads wrote.")
        raise Invalid(sentence.format(name=path)) from error
    if exported.office != context.ask(office_heads).uid:
        sentence = tr("These are the heads of another office: {name}. Choose those of this one.")
        raise Invalid(sentence.format(name=exported.name))
    return exported.heads


def heads(given: Namespace) -> tuple[int, object, str]:
    """``heads``"""
    context = entered(given)
    found = context.ask(office_heads)
    path, root = Path(given.out), root_of(found.heads).hex()
    write_whole(path, heads_text(found, context.today()).encode())
    said = tr("{n} heads under the root {root}, written to {file}.")
    data = {"file": str(path), "chains": len(found.heads), "root": root}
    return 0, data, said.format(n=len(found.heads), root=root, file=path)


def finding_words(finding: Finding) -> str:
    """One breach in a line: whose, which event and record, what was done."""
    return tr("{who}, event {seq}, record {subject}: {breach}").format(
        who=finding.staff_no or tr("office"),
        seq=finding.seq or "—",
        subject=finding.subject[:8],
        breach=tr(BREACHES[finding.breach]),
    )


def proof_words(proof: Verified) -> str:
    """The outcome in a line."""
    changed = tr("something was changed behind the program's back")
    return tr("{chains} chains with {events} events: {verdict}").format(
        chains=proof.chains, events=proof.events, verdict=changed if proof.findings else tr("unbroken")
    )


def self_test(given: Namespace) -> tuple[int, object, str]:
    """``self-test``"""
    from app.selftest import checks

    found = dict(checks())
    lines = [
        f"{'ok ' if not fault else 'BAD'}  {name}{': ' + fault if fault else ''}"
        for name, fault in found.items()
    ]
    data = {"version": __version__, "checks": found}
    return (1 if any(found.values()) else 0), data, "\n".join([f"{PROGRAM} {__version__}", *lines])


def diagnosis(given: Namespace) -> tuple[int, object, str]:
    """``diagnosis``"""
    from app.selftest import diagnosis_text

    path = Path(given.out)
    write_whole(path, diagnosis_text().encode())
    return 0, {"file": str(path)}, tr("Written to {file}.").format(file=path)
