"""The own password: the old one, and the new one twice."""

from functools import partial

from PySide6.QtWidgets import QWidget

from app.commands.accounts import PASSWORD_RULES
from app.context import AppContext
from app.errors import Invalid
from app.words import mark, tr
from ui import messages
from ui.dialogs.reason import Answers, Command, Field, Question, ReasonDialog, ask_reason

_NEEDED = mark("Fill this in.")
FIELDS = (
    Field("password", mark("Password of now"), "secret", missing=_NEEDED),
    Field("new", mark("New password"), "secret", missing=_NEEDED, hint=PASSWORD_RULES),
    Field("again", mark("The new password again"), "secret", missing=_NEEDED),
)


def change_password(window: QWidget, context: AppContext) -> ReasonDialog:
    """Open the dialog over the window."""
    question = Question(
        title=tr("Change password"),
        sentence=tr("{name} signs in with the new password from now on.").format(name=context.actor.name),
        act=tr("Change password"),
        fields=FIELDS,
    )
    done = tr("The password is changed.")
    return ask_reason(
        window, question, partial(_command, context), lambda _: messages.say(window, "ok", done)
    )


def _command(context: AppContext, answers: Answers) -> Command:
    if answers.text("new") != answers.text("again"):
        raise Invalid(tr("The two passwords differ. Type them again."), field="again")
    return partial(context.change_password, answers.text("password"), answers.text("new"))
