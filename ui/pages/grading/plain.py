"""Approves many grades in which nothing stands out, each by a decision of its own."""

from collections import Counter
from collections.abc import Callable
from functools import partial
from typing import NamedTuple

from PySide6.QtWidgets import QWidget

from app.commands.changes import Changes
from app.commands.evaluations import approve_evaluation
from app.context import AppContext
from app.errors import UserError
from app.queries.evaluations import InboxRow
from app.words import in_use, listed, ntr, tr
from ui import messages, tasks
from ui.dialogs.confirm import Act, confirm


class Outcome(NamedTuple):
    """What became of them."""

    changes: Changes
    approved: int
    refused: tuple[str, ...]
    """Name and sentence of each that was not approved."""


def ask_about_plain(
    owner: QWidget, rows: list[InboxRow], others: int, go: Callable[[list[InboxRow]], object]
) -> None:
    """Say how many there are of each grade and how many are left, and ask before anything is approved."""
    n = len(rows)
    counts = Counter(row.band_name(in_use()) for row in rows)
    question = ntr("Approve {n} grade as proposed?", "Approve {n} grades as proposed?", n).format(n=n)
    detail = [
        tr("{counts}. No negative entry, dispute or change is among them.").format(
            counts=listed(f"{name} {count}" for name, count in counts.items())
        )
    ]
    if others:
        rest = ntr("{n} other stays to be looked at.", "{n} others stay to be looked at one by one.", others)
        detail.append(rest.format(n=others))
    act = ntr("Approve {n} grade", "Approve {n} grades", n).format(n=n)
    confirm(owner, question, "\n".join(detail), Act(act, partial(go, rows)))


def approve_plain(
    owner: QWidget, context: AppContext, rows: list[InboxRow], ended: Callable[[], object]
) -> None:
    """Approve them behind a progress; one that is refused does not hold up the others."""
    tasks.run(
        owner,
        tr("Approving grades"),
        partial(_approve, context, rows),
        partial(_say, owner),
        ended=ended,
        changes=lambda outcome: outcome.changes,
    )


def _approve(context: AppContext, rows: list[InboxRow], report: tasks.Report) -> Outcome:
    changes, approved, refused = Changes(), 0, []
    for number, row in enumerate(rows):
        try:
            report(number, len(rows))
            changes |= context.do(approve_evaluation, row.uid, seen=row.digest)
            approved += 1
        except UserError as error:
            refused.append(tr("{name}: {sentence}").format(name=row.name, sentence=error.sentence))
        except tasks.Cancelled:
            break  # what was approved until now stays approved, and is told
    return Outcome(changes, approved, tuple(refused))


def _say(owner: QWidget, outcome: Outcome) -> None:
    n = outcome.approved
    said = ntr("{n} grade approved.", "{n} grades approved.", n).format(n=n)
    messages.say(owner, "refusal" if outcome.refused else "ok", "\n".join([said, *outcome.refused[:5]]))
