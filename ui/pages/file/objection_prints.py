"""Shows a paper of an objection as it will be printed."""

from functools import partial

from PySide6.QtWidgets import QWidget

from app import papers
from app.context import AppContext
from app.queries.files import FileHead
from app.reports.objection_content import Paper
from app.words import in_use
from models.types import Uid
from ui import tasks
from ui.dialogs.paper import show_paper


def print_paper(owner: QWidget, context: AppContext, paper: Paper, head: FileHead, uid: Uid) -> None:
    """``uid``: of what is objected to for the application, else of the objection."""
    made = partial(papers.objection, context, paper, head.staff_no, uid, in_use())
    tasks.read(owner, made, partial(show_paper, owner, context))
