"""Shows the clearing of a person as it will be on paper."""

from functools import partial

from PySide6.QtWidgets import QWidget

from app.context import AppContext
from app.errors import Invalid, UserError
from app.queries.clearing import clearing_file_name, clearing_paper
from app.words import in_use, tr
from models.types import Uid
from ui import messages, tasks
from ui.dialogs.paper import Document, show_paper


def show_clearing(owner: QWidget, context: AppContext, uid: Uid) -> None:
    """Open the clearing of a lead over the window, to be printed or saved."""

    def refused(error: UserError) -> None:
        messages.say(owner, "refusal", error.sentence)

    ask = partial(_made, context, uid)
    tasks.read(owner, ask, partial(show_paper, owner, context), refused, key="clearing")


def _made(context: AppContext, uid: Uid) -> Document:
    """On a worker. Raises Invalid where it cannot be drawn."""
    from app.reports.clearing import clearing_pdf, missing_in  # reportlab only where something is printed

    paper = context.ask(clearing_paper, uid, in_use())
    if missing := missing_in(paper):
        sentence = tr("No font here can draw {characters} for {name}. Add a font that has them.")
        raise Invalid(sentence.format(characters=" ".join(missing), name=paper.name))
    content = clearing_pdf(paper, in_use())
    return Document(tr("Clearing"), clearing_file_name(paper), content, (paper.staff_no,))
