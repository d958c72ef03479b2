"""What is done with the person and the file as a whole: moved, appointed, seconded, closed, handed over."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import NamedTuple

from PySide6.QtWidgets import QMenu, QWidget

from app.commands.conduct import Basis
from app.commands.merging import merge_files, split_files
from app.commands.service import Posting, begin_state, close_file, end_state, reopen_file, transfer_person
from app.context import AppContext
from app.labels import label
from app.permissions import Permission
from app.queries.departments import DepartmentRow, departments
from app.queries.files import FileHead
from app.queries.matters import Matter, open_matters
from app.words import listed, mark, tr
from models.types import Day, Leaving, ServiceState
from ui import messages, tasks
from ui.dialogs.reason import Answers, Command, Field, Question, ask_reason
from ui.dialogs.transfer import ask_bundle, ask_sending
from ui.pages.file.reading import FileReading


class Offered(NamedTuple):
    """A line of the menu: its words, why it cannot be chosen now (empty where it can), and what it does."""

    text: str
    why_not: str
    do: Callable[[], object]


DOCUMENT = Field(
    "document_no",
    mark("Document it rests on"),
    "line",
    mark("Enter the number of the document by which this is done."),
)
FROM = Field("on", mark("Takes effect on"), "day", mark("Enter the day from which it holds."))
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
_LAST = Field("on", mark("Last day"), "day", mark("Enter the last day."))


def fill_person_menu(menu: QMenu, owner: QWidget, context: AppContext, reading: FileReading) -> None:
    """Offer what can be done with this person, or why it cannot be now."""
    menu.clear()
    if not context.actor.may(Permission.KEEP_FILES, reading.view.head.department_id):
        return
    for group in _groups(owner, context, reading):
        for one in group:
            action = menu.addAction(one.text)
            action.triggered.connect(lambda _, do=one.do: do())
            action.setEnabled(not one.why_not)
            action.setToolTip(one.why_not)
        menu.addSeparator()


def _groups(owner: QWidget, context: AppContext, reading: FileReading) -> Iterator[list[Offered]]:
    head = reading.view.head
    closed = tr("The file is closed.") if head.closed_on else ""
    act = partial(_Act, owner, context, reading)
    running = [state for state, since, until in reading.view.states if until is None or until > reading.today]
    yield [
        Offered(tr("Move or appoint…"), closed, act(_ask_posting).begin),
        Offered(tr("State of service begins…"), closed, act(_ask_state).begin),
        Offered(
            tr("State of service ends…"),
            "" if running else tr("None runs now."),
            partial(_ask_end, owner, context, reading, running),
        ),
    ]
    archive = tr("The file was sent away and is an archive here.") if head.sent_to else ""
    reopened = archive or ("" if head.closed_on else tr("The file is open."))
    yield [
        Offered(tr("Close the file…"), closed, act(_ask_closing).begin),
        Offered(tr("Reopen the file…"), reopened, act(_ask_reopening).begin),
    ]
    if head.sent_to:
        again = partial(ask_bundle, owner, context, head.staff_no, head.name)
        yield [Offered(tr("Write the bundle again…"), "", again)]
    else:
        yield [Offered(tr("Send to another office…"), _not_sent(head), act(_ask_sending).begin)]
    split = "" if head.seconds else tr("No other file is merged into this one.")
    yield [
        Offered(tr("Merge with another file…"), archive, partial(_ask_merging, owner, context, reading)),
        Offered(tr("Split again…"), split, partial(_ask_splitting, owner, context, reading)),
    ]


def _not_sent(head: FileHead) -> str:
    if head.closed_on and head.leaving is not Leaving.TRANSFERRED:
        return tr("The file is closed.")
    return ""


class _Asked(NamedTuple):
    """What a dialog has to know beforehand."""

    rows: list[DepartmentRow]
    matters: tuple[Matter, ...]


class _Act(NamedTuple):
    """A dialog that is opened as soon as what it tells is read."""

    owner: QWidget
    context: AppContext
    reading: FileReading
    ask: Callable[["_Act", _Asked], object]

    @property
    def head(self) -> FileHead:
        """Whose file it is."""
        return self.reading.view.head

    def begin(self) -> None:
        """Read, then ask."""
        tasks.read(self.owner, self._read, partial(self.ask, self), key="person-menu")

    def _read(self) -> _Asked:
        rows = self.context.ask(departments)
        offered = [row for row in rows if self.context.actor.may(Permission.KEEP_FILES, row.id)]
        return _Asked(offered, self.context.ask(open_matters, self.head.staff_no))

    def open(self, question: Question, command: Callable[[Answers], Command], done: str) -> None:
        """Open the dialog; ``done`` is said when it is done."""
        ask_reason(self.owner, question, command, lambda _: messages.say(self.owner, "ok", done))

    def question(self, title: str, sentence: str, act: str, fields: tuple[Field, ...]) -> Question:
        """A question about this person."""
        return Question(title, sentence, act, fields, today=self.reading.today)


def matters_words(matters: tuple[Matter, ...]) -> str:
    """What is still open, in a sentence; empty for nothing."""
    if not matters:
        return ""
    return tr("Still open: {matters}.").format(matters=listed(one.words for one in matters))


def _lines(*texts: str) -> str:
    return "\n".join(filter(None, texts))


def _ask_posting(act: _Act, asked: _Asked) -> None:
    head = act.head
    what = tr("The file goes along: the head of the new department sees it, that of the old one no more.")
    now = " · ".join(filter(None, (head.name, head.department, head.post, head.rank)))
    fields = (_department(asked, head), _POST._replace(given=head.post), _RANK._replace(given=head.rank))
    question = act.question(
        tr("Move or appoint"),
        _lines(now, what, matters_words(asked.matters)),
        tr("Record the change"),
        (*fields, DOCUMENT, FROM),
    )
    done = tr("{name} is moved, and the file with all in it.").format(name=head.name)
    act.open(
        question,
        lambda given: partial(
            act.context.do, transfer_person, head.staff_no, _posting(asked, given), _basis(given)
        ),
        done,
    )


def _department(asked: _Asked, head: FileHead) -> Field:
    offered = tuple((str(row.id), row.path or row.name) for row in asked.rows)
    missing = mark("Choose the department.")
    title = mark("Department")
    return Field("department", title, "choice", missing, offered=offered, given=str(head.department_id))


def _posting(asked: _Asked, given: Answers) -> Posting:
    path = next(row.path for row in asked.rows if str(row.id) == given.text("department"))
    return Posting(path, given.text("post"), given.text("rank"))


def _ask_state(act: _Act, asked: _Asked) -> None:
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
        return partial(act.context.do, begin_state, head.staff_no, state, until, _basis(given))

    act.open(question, command, tr("It is on file."))


def _ask_end(owner: QWidget, context: AppContext, reading: FileReading, running: list[ServiceState]) -> None:
    act = _Act(owner, context, reading, _ask_state)
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
            context.do, end_state, act.head.staff_no, ServiceState(answers.text("state")), _basis(answers)
        ),
        tr("It is on file."),
    )


def _ask_closing(act: _Act, asked: _Asked) -> None:
    head = act.head
    what = tr("Nothing new is recorded from then on. What is there can be objected to and corrected.")
    question = act.question(
        tr("Close the file"),
        _lines(
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
            act.context.do, close_file, head.staff_no, Leaving(given.text("leaving")), _basis(given)
        ),
        tr("The file of {name} is closed.").format(name=head.name),
    )


def _ask_sending(act: _Act, asked: _Asked) -> None:
    head = act.head
    still_open = matters_words(asked.matters)
    ask_sending(act.owner, act.context, head.staff_no, head.name, still_open, act.reading.today)


def _ask_reopening(act: _Act, asked: _Asked) -> None:
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
            act.context.do, reopen_file, head.staff_no, _posting(asked, given), _basis(given)
        ),
        tr("The file of {name} is open again.").format(name=head.name),
    )


_OTHER = Field(
    "other", mark("Staff number of the other file"), "line", mark("Type the staff number of the other file.")
)
_BECAUSE = Field("reason", mark("Reason"), missing=mark("Give the reason in a sentence."))


def _ask_merging(owner: QWidget, context: AppContext, reading: FileReading) -> None:
    act = _Act(owner, context, reading, _ask_posting)
    head = act.head
    what = tr(
        "The other file is about the same person: its entries are read and graded here from now on, and its "
        "own grades end. Both histories stay, and the two can be split again."
    )
    question = act.question(
        tr("Merge with another file"),
        _lines(f"{head.name} {head.staff_no}", what),
        tr("Merge"),
        (_OTHER, _BECAUSE, DOCUMENT, FROM),
    )
    act.open(
        question,
        lambda given: partial(context.do, merge_files, head.staff_no, given.text("other"), _basis(given)),
        tr("The two files are read as one."),
    )


def _ask_splitting(owner: QWidget, context: AppContext, reading: FileReading) -> None:
    act = _Act(owner, context, reading, _ask_posting)
    head = act.head
    what = tr("The other file stands alone again with what was recorded in it; what is newer stays here.")
    numbers = tuple((one.staff_no, one.staff_no) for one in head.seconds)
    other = _OTHER._replace(kind="choice", offered=numbers, given=numbers[0][0] if len(numbers) == 1 else "")
    question = act.question(
        tr("Split again"),
        _lines(f"{head.name} {head.staff_no}", what),
        tr("Split"),
        (other, _BECAUSE, DOCUMENT, FROM),
    )
    act.open(
        question,
        lambda given: partial(context.do, split_files, head.staff_no, given.text("other"), _basis(given)),
        tr("The two files stand alone again."),
    )


def _basis(given: Answers) -> Basis:
    return Basis(given.text("document_no"), given.day("on"), given.text_or("reason"))
