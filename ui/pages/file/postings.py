"""Dialogs about a person's service: moved and appointed, states, closing, coming back, going away."""

from functools import partial

from PySide6.QtWidgets import QWidget

from app.commands.service import Posting, begin_state, close_file, end_state, reopen_file, transfer_person
from app.context import AppContext
from app.labels import label
from app.queries.files import FileHead
from app.words import mark, tr
from models.types import Day, Leaving, ServiceState
from ui.dialogs.reason import Answers, Command, Field
from ui.dialogs.transfer import ask_sending as ask_where
from ui.pages.file.person_acts import DOCUMENT, FROM, Act, Asked, basis, lines, matters_words
from ui.pages.file.reading import FileReading

_POST = Field("post", mark("Post"), "line", hint=mark("Empty where the person holds none."))
_RANK = Field("rank", mark("Rank"), "line")
_WHY = Field("reason", mark("Reason"), "line", hint=mark("Where there is something to say."))
_LEAVING = Field(
    "leaving",
    mark("Why the file closes"),
    "choice",
    mark("Choose why the person leaves."),
    choices=tuple(Leaving),
)
_LEFT = Field("on", mark("Last day of service"), "day", mark("Enter the last day of service."))
_STATE = Field(
    "state", mark("State of service"), "choice", mark("Choose the state."), choices=tuple(ServiceState)
)
_UNTIL = Field("until", mark("Until"), "day", hint=mark("Where the last day is known."))
_LAST = Field("on", mark("Last day of service"), "day", mark("Enter the last day."))


def ask_posting(act: Act, asked: Asked) -> None:
    """Move the person, or give another post or rank."""
    head = act.head
    what = tr("The file goes along: the head of the new department sees it, that of the old one no more.")
    now = " · ".join(filter(None, (head.name, head.department, head.post, head.rank)))
    fields = (_department(asked, head), _POST._replace(given=head.post), _RANK._replace(given=head.rank))
    question = act.question(
        tr("Move or appoint"),
        lines(now, what, matters_words(asked.matters)),
        tr("Record the change"),
        (*fields, DOCUMENT, FROM),
    )
    done = tr("{name} is moved, and the file with all in it.").format(name=head.name)
    act.open(
        question,
        lambda given: partial(
            act.context.do, transfer_person, head.staff_no, _posting(asked, given), basis(given)
        ),
        done,
    )


def _department(asked: Asked, head: FileHead) -> Field:
    offered = tuple((str(row.id), row.path or row.name) for row in asked.rows)
    missing = mark("Choose the department.")
    title = mark("Department")
    return Field("department", title, "choice", missing, offered=offered, given=str(head.department_id))


def _posting(asked: Asked, given: Answers) -> Posting:
    path = next(row.path for row in asked.rows if str(row.id) == given.text("department"))
    return Posting(path, given.text("post"), given.text("rank"))


def ask_state(act: Act, asked: Asked) -> None:
    """A spell of probation, secondment … begins."""
    head = act.head
    question = act.question(
        tr("A state of service begins"),
        tr("{name}: it bears on whether and by whom the person is graded.").format(name=head.name),
        tr("Record it"),
        (_STATE, FROM, _UNTIL, DOCUMENT),
    )

    def command(given: Answers) -> Command:
        until = Day(int(given.text("until"))) if given.text("until") else None
        state = ServiceState(given.text("state"))
        return partial(act.context.do, begin_state, head.staff_no, state, until, basis(given))

    act.open(question, command, tr("It is on file."))


def ask_end(owner: QWidget, context: AppContext, reading: FileReading, running: list[ServiceState]) -> None:
    """A spell that runs ends."""
    act = Act(owner, context, reading, ask_state)
    states = tuple(dict.fromkeys(running))
    given = str(states[0]) if len(states) == 1 else ""
    question = act.question(
        tr("A state of service ends"),
        act.head.name,
        tr("Record it"),
        (_STATE._replace(choices=states, given=given), _LAST, DOCUMENT),
    )
    act.open(
        question,
        lambda answers: partial(
            context.do, end_state, act.head.staff_no, ServiceState(answers.text("state")), basis(answers)
        ),
        tr("It is on file."),
    )


def ask_closing(act: Act, asked: Asked) -> None:
    """The person leaves, retires or died."""
    head = act.head
    what = tr("Nothing new is recorded from then on. What is there can be objected to and corrected.")
    question = act.question(
        tr("Close the file"),
        lines(
            tr("{name}, file {number}").format(name=head.name, number=head.number),
            what,
            matters_words(asked.matters),
        ),
        tr("Close the file"),
        (_LEAVING, _LEFT, DOCUMENT, _WHY),
    )
    act.open(
        question,
        lambda given: partial(
            act.context.do, close_file, head.staff_no, Leaving(given.text("leaving")), basis(given)
        ),
        tr("The file of {name} is closed.").format(name=head.name),
    )


def ask_sending(act: Act, asked: Asked) -> None:
    """The person goes to another office, and the file with them."""
    head = act.head
    still_open = matters_words(asked.matters)
    ask_where(act.owner, act.context, head.staff_no, head.name, still_open, act.reading.today)


def ask_reopening(act: Act, asked: Asked) -> None:
    """The person comes back."""
    head = act.head
    left = label(head.leaving) if head.leaving else tr("Left")
    sentence = tr("{name} comes back ({left} before): the same file goes on.").format(
        name=head.name, left=left
    )
    reason = _WHY._replace(missing=mark("Give the reason in a sentence."), hint="")
    fields = (_department(asked, head), _POST._replace(given=head.post), _RANK._replace(given=head.rank))
    question = act.question(
        tr("Reopen the file"), sentence, tr("Reopen the file"), (*fields, DOCUMENT, FROM, reason)
    )
    act.open(
        question,
        lambda given: partial(
            act.context.do, reopen_file, head.staff_no, _posting(asked, given), basis(given)
        ),
        tr("The file of {name} is open again.").format(name=head.name),
    )
