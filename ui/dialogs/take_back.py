"""Takes back what the account did last, once it has been looked at again."""

from functools import partial

from PySide6.QtWidgets import QWidget

from app.commands.undoing import undo
from app.context import AppContext
from app.labels import event_label
from app.queries.last_action import LastAction, last_action
from app.words import tr
from models.types import local_time
from ui import messages, tasks
from ui.dialogs.confirm import Act, confirm


def take_back(window: QWidget, context: AppContext) -> None:
    """Say what the last action was, and take it back when that is wanted."""
    tasks.read(window, partial(context.ask, last_action), partial(_ask, window, context), key="last action")


def _ask(window: QWidget, context: AppContext, last: LastAction | None) -> None:
    if last is None:
        messages.say(window, "info", tr("You have done nothing yet that could be taken back."))
        return
    act = Act(tr("Take back"), partial(_write, window, context, last))
    confirm(window, tr("Take back what you did last?"), _words(last), act)


def _words(last: LastAction) -> str:
    what = event_label(last.kind) if last.kind else last.verb
    whose = f"{last.name} {last.staff_no}".strip()
    time = f"{local_time(last.moment):%Y-%m-%d %H:%M}"
    return " · ".join(part for part in (what, whose, time) if part)


def _write(window: QWidget, context: AppContext, last: LastAction) -> None:
    done = tr("Taken back: {what}").format(what=_words(last))
    tasks.write(window, partial(context.do, undo, last.command), lambda _: messages.say(window, "ok", done))


def undoing(window: QWidget, context: AppContext) -> messages.Action:
    """What a message offers after an act that can be taken back."""
    return messages.Action(tr("Take back…"), partial(take_back, window, context))
