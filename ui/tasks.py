"""Work off the GUI thread. The only file that knows threads.

``read`` asks, ``write`` changes, ``run`` does something long with progress and cancel. All three are
called on the GUI thread with callables that know no widget; what comes out is handed over on the GUI
thread. An answer is dropped when its owner is gone or a newer read of the same owner and key was begun.
A write is never dropped: its changes are broadcast, and its refusal is shown, even when its owner is gone.

Errors: UserError goes to ``failed`` if given, else to a banner; Unavailable to a dialog with a retry;
anything else is a bug and goes to ``sys.excepthook``.
"""

import gc
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache, partial
from typing import Any, TypeVar

from PySide6.QtCore import QCoreApplication, QObject, QRunnable, Qt, QThreadPool, QTimer, Signal, Slot
from shiboken6 import isValid

from app.commands.changes import Changes
from app.errors import Unavailable, UserError
from app.words import tr
from ui import bus, errors, messages

T = TypeVar("T")
Done = Callable[[T], object]
Failed = Callable[[UserError], object]
Ended = Callable[[], object]
Report = Callable[[int, int], None]
"""``report(done, total)``: a job calls it now and then; it raises Cancelled once the user has cancelled."""


class Cancelled(Exception):
    """The user cancelled the job. Let it pass through, so that the transaction is undone."""


@dataclass(eq=False, slots=True)
class Job:
    """A long task as the status strip shows it. The work writes the numbers, the strip looks at them."""

    title: str
    started: float
    done: int = 0
    total: int = 0
    cancelled: bool = False

    def report(self, done: int, total: int) -> None:
        """Called by the work, on its own thread."""
        self.done, self.total = done, total
        if self.cancelled:
            raise Cancelled


@dataclass(eq=False, slots=True)
class _Task:
    pool: Callable[[], QThreadPool]
    owner: QObject
    work: Callable[[], Any]
    done: Done[Any] | None
    failed: Failed | None
    ended: Ended | None
    key: str = ""
    changes: Callable[[Any], Changes] | None = None
    job: Job | None = None
    result: Any = None
    error: Exception | None = None
    stale: bool = False


@dataclass(slots=True)
class _State:
    tasks: dict[int, _Task] = field(default_factory=dict)
    """Kept until handed over, so that no worker ever lets go of the last reference to a widget."""
    last: int = 0


_state = _State()


class _Relay(QObject):
    finished = Signal(int)
    jobs_changed = Signal()

    @Slot(int)
    def hand_over(self, number: int) -> None:
        _hand_over(number)


_relay = _Relay()
_relay.finished.connect(_relay.hand_over, Qt.ConnectionType.QueuedConnection)
jobs_changed = _relay.jobs_changed


class _Run(QRunnable):
    def __init__(self, number: int) -> None:
        super().__init__()
        self._number = number

    def run(self) -> None:
        _work(_state.tasks[self._number])
        _relay.finished.emit(self._number)


def read(
    owner: QObject,
    query: Callable[[], T],
    done: Done[T],
    failed: Failed | None = None,
    *,
    ended: Ended | None = None,
    key: str = "",
) -> None:
    """Ask on a worker and hand the answer to ``done``; ``ended`` comes last, whatever the outcome.

    With a ``key``, the answer of an older read of the same owner and key is dropped.
    """
    if key:
        for task in _state.tasks.values():
            task.stale = task.stale or (task.owner is owner and task.key == key)
    _start(_Task(_readers, owner, query, done, failed, ended, key))


def write(
    owner: QObject,
    command: Callable[[], Changes],
    done: Done[Changes] | None = None,
    failed: Failed | None = None,
    *,
    ended: Ended | None = None,
) -> None:
    """Change on the one writing worker, in the order asked for; what changed is broadcast after ``done``."""
    _start(_Task(_writer, owner, command, done, failed, ended, changes=lambda result: result))


def run(
    owner: QObject,
    title: str,
    job: Callable[[Report], T],
    done: Done[T] | None = None,
    failed: Failed | None = None,
    *,
    ended: Ended | None = None,
    changes: Callable[[T], Changes] | None = None,
) -> Job:
    """Do something long; the status strip shows its progress, the time left and a way to cancel.

    ``changes`` picks from the result what is to be broadcast, where the job writes.
    """
    shown = Job(title, time.monotonic())
    work = partial(job, shown.report)
    _start(_Task(_workers, owner, work, done, failed, ended, changes=changes, job=shown))
    jobs_changed.emit()
    return shown


def jobs() -> list[Job]:
    """The long tasks that are waiting or running, oldest first."""
    return [task.job for task in _state.tasks.values() if task.job]


def busy() -> bool:
    """Whether anything is on its way."""
    return bool(_state.tasks)


def wait_for_writes() -> bool:
    """Wait until everything is written; false where the user has to look at a refusal before closing.

    For closing only, since the window stands still meanwhile. Jobs are cancelled: ask before.
    """
    for job in jobs():
        job.cancelled = True
    _writer().waitForDone()
    _workers().waitForDone()
    kept = {number: task for number, task in _state.tasks.items() if task.pool is not _readers}
    for number in kept:
        _hand_over(number)
    well = all(task.error is None or isinstance(task.error, Cancelled) for task in kept.values())
    return well and (not kept or wait_for_writes())  # what was written may ask for another write


def finish() -> None:
    """Before the program ends: what only asks and has not begun is skipped, what runs is waited for."""
    for task in _state.tasks.values():
        task.stale = task.stale or task.pool is _readers
    for pool in (_readers, _writer, _workers):
        pool().waitForDone()


def prepare() -> None:
    """Make Python fit for a window beside busy workers. Called once, when the application is there.

    The cycle collector by itself runs on whichever thread allocates, and deleting a forgotten widget
    on a worker crashes. And a worker keeps the interpreter for 5 ms at a time, which the window feels.
    """
    gc.disable()
    gc.freeze()  # what was imported stays
    timer = QTimer(QCoreApplication.instance())
    timer.timeout.connect(_collect)
    timer.start(1000)
    sys.setswitchinterval(0.001)


def _collect() -> None:
    counts, thresholds = gc.get_count(), gc.get_threshold()
    for generation in (2, 1, 0):
        if counts[generation] > thresholds[generation] > 0:
            gc.collect(generation)
            return


def _pool(threads: int) -> QThreadPool:
    pool = QThreadPool(QCoreApplication.instance())
    pool.setMaxThreadCount(threads)
    return pool


@cache
def _readers() -> QThreadPool:
    return _pool(3)


@cache
def _writer() -> QThreadPool:
    return _pool(1)


@cache
def _workers() -> QThreadPool:
    return _pool(2)


def _start(task: _Task) -> None:
    _state.last += 1
    _state.tasks[_state.last] = task
    task.pool().start(_Run(_state.last))


def _work(task: _Task) -> None:
    """On the worker: what was raised is carried to the GUI thread, and told apart there."""
    if task.stale:
        return
    try:
        task.result = task.work()
    except Exception as error:  # the one place that must let nothing escape
        task.error = error


def _hand_over(number: int) -> None:
    """On the GUI thread."""
    task = _state.tasks.pop(number, None)
    if task is None:  # wait_for_writes was faster
        return
    if task.job:
        jobs_changed.emit()
    if task.error is None:
        _succeed(task)
    else:
        _fail(task, task.error)


def _wanted(task: _Task) -> bool:
    return not task.stale and isValid(task.owner)


def _succeed(task: _Task) -> None:
    try:
        if task.done and _wanted(task):
            task.done(task.result)
    finally:
        _end(task)
        if task.changes:
            bus.changed.emit(task.changes(task.result))


def _fail(task: _Task, error: Exception) -> None:
    owner = task.owner if _wanted(task) else None
    heard = owner is not None or task.pool is not _readers
    if isinstance(error, Unavailable):
        if heard:
            errors.offer_retry(owner, error.sentence, partial(_retry, task), partial(_end, task))
        return
    try:
        if isinstance(error, Cancelled) and task.job:
            messages.say(owner, "info", tr("Stopped: {title}").format(title=task.job.title))
        elif not isinstance(error, UserError):
            sys.excepthook(type(error), error, error.__traceback__)
        elif owner is not None and task.failed:
            task.failed(error)
        elif heard:
            messages.say(owner, "refusal", error.sentence)
    finally:
        _end(task)


def _retry(task: _Task) -> None:
    task.error = None
    _start(task)
    if task.job:
        jobs_changed.emit()


def _end(task: _Task) -> None:
    if task.ended and _wanted(task):
        task.ended()
