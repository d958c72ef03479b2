"""Shows the notice of an entry as it will be on paper."""

from functools import partial

from PySide6.QtWidgets import QWidget

from app import papers
from app.context import AppContext
from app.errors import UserError
from app.queries.files import EntryRow
from app.words import in_use
from ui import messages, tasks
from ui.dialogs.paper import show_paper


def show_notice(owner: QWidget, context: AppContext, entry: EntryRow) -> None:
    """Open the notice over the window, to be printed or saved."""

    def refused(error: UserError) -> None:
        messages.say(owner, "refusal", error.sentence)

    ask = partial(papers.notice, context, entry.uid, in_use())
    tasks.read(owner, ask, partial(show_paper, owner, context), refused, key="notice")
