"""Verbs that prove: the history, and the installation."""

from argparse import Namespace
from pathlib import Path

from app import __version__
from app.cli.offices import entered
from app.files import write_whole
from app.labels import BREACHES
from app.queries.verification import Finding, Verified
from app.queries.verification import verify as verify_history
from app.settings import PROGRAM
from app.words import tr


def verify(given: Namespace) -> tuple[int, object, str]:
    """``verify``"""
    proof = entered(given).ask(verify_history)
    data = {
        "chains": proof.chains,
        "events": proof.events,
        "findings": [finding._asdict() for finding in proof.findings],
    }
    lines = [finding_words(finding) for finding in proof.findings]
    return (1 if lines else 0), data, "\n".join([*lines, proof_words(proof)])


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
