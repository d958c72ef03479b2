"""Shows the notice of an entry as it will be on paper."""

from functools import partial

from PySide6.QtWidgets import QWidget

from app.context import AppContext
from app.errors import Invalid, UserError
from app.queries.files import EntryRow
from app.queries.notices import notice_file_name, notice_paper
from app.words import in_use, tr
from models.types import Uid
from ui import messages, tasks
from ui.dialogs.paper import Document, show_paper


def show_notice(owner: QWidget, context: AppContext, entry: EntryRow) -> None:
    """Open the notice over the window, to be printed or saved."""

    def refused(error: UserError) -> None:
        messages.say(owner, "refusal", error.sentence)

    ask = partial(_made, context, entry.uid)
    tasks.read(owner, ask, partial(show_paper, owner, context), refused, key="notice")


def _made(context: AppContext, uid: Uid) -> Document:
    """On a worker. Raises Invalid where it cannot be drawn."""
    from app.reports.notice import missing_in, notice_pdf  # reportlab only where something is printed

    paper = context.ask(notice_paper, uid, in_use())
    if missing := missing_in(paper):
        sentence = tr("No font here can draw {characters} for {name}. Add a font that has them.")
        raise Invalid(sentence.format(characters=" ".join(missing), name=paper.name))
    content = notice_pdf(paper, in_use())
    return Document(tr("Notice of the entry"), notice_file_name(paper), content, (paper.staff_no,))
