"""Shows the clearing of a person as it will be on paper."""

from functools import partial

from PySide6.QtWidgets import QWidget

from app import papers
from app.context import AppContext
from app.errors import UserError
from app.words import in_use
from models.types import Uid
from ui import messages, tasks
from ui.dialogs.paper import show_paper


def show_clearing(owner: QWidget, context: AppContext, uid: Uid) -> None:
    """Open the clearing of a lead over the window, to be printed or saved."""

    def refused(error: UserError) -> None:
        messages.say(owner, "refusal", error.sentence)

    ask = partial(papers.clearing, context, uid, in_use())
    tasks.read(owner, ask, partial(show_paper, owner, context), refused, key="clearing")
