"""Shows a paper of an objection as it will be printed."""

from functools import partial

from PySide6.QtWidgets import QWidget

from app.cli.objections import paper_pdf
from app.context import AppContext
from app.queries.files import FileHead
from app.reports.objection_content import Paper
from app.words import in_use, tr
from models.types import Uid
from ui import tasks
from ui.dialogs.paper import show_paper


def print_paper(owner: QWidget, context: AppContext, paper: Paper, head: FileHead, uid: Uid) -> None:
    """``uid``: of what is objected to for the application, else of the objection."""
    titles = {
        Paper.APPLICATION: tr("Application for an Objection"),
        Paper.RECEIPT: tr("Receipt for an Objection"),
        Paper.DECISION: tr("Notice of the Decision on an Objection"),
    }
    name = f"{head.staff_no}-{head.name}-{titles[paper]}"
    made = partial(paper_pdf, context, paper, head.staff_no, uid, in_use())
    tasks.read(owner, made, partial(show_paper, owner, titles[paper], name))
