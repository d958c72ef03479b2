"""Shows a paper of an objection as it will be printed."""

from functools import partial

from PySide6.QtWidgets import QWidget

from app.cli.objections import paper_pdf
from app.context import AppContext
from app.queries.files import FileHead
from app.reports.objection_content import TITLES, Paper
from app.words import in_use, tr
from models.types import Uid
from ui import tasks
from ui.dialogs.paper import Document, show_paper


def print_paper(owner: QWidget, context: AppContext, paper: Paper, head: FileHead, uid: Uid) -> None:
    """``uid``: of what is objected to for the application, else of the objection."""

    def made() -> Document:
        title, content = tr(TITLES[paper]), paper_pdf(context, paper, head.staff_no, uid, in_use())
        return Document(title, f"{head.staff_no}-{head.name}-{title}", content, (head.staff_no,))

    tasks.read(owner, made, partial(show_paper, owner, context))
