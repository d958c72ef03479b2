"""A table of a million people: all ids against the bare id query, and the page opened and scrolled through.

The stall is the longest time in which the event loop did not come round, seen by a timer. All is done a few
times, and the quickest counts: a busy machine slows either side.
"""

import os
import random
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEvent, QEventLoop, QObject, Qt, QTimer

from app.commands.finding import ROOT
from app.pinyin import search_keys
from app.queries.people import PeopleFilter, people_ids
from models.bulk import insert_rows
from models.people import Department, Person
from models.types import new_uid
from tests.benchmarks.city import DEPARTMENT
from tests.benchmarks.measure import empty_office, report, scale_given, seconds
from tests.offices import TestOffice
from ui import tasks
from ui.page import Place
from ui.pages.people.page import PeoplePage
from ui.run import start_application
from ui.window import build_window

PEOPLE, DEPARTMENTS = 1_000_000, 200
CHUNK = 50_000
TIMES = 3
WIDTH, HEIGHT = 1366, 768
BEAT = 5
"""Milliseconds between two looks at the clock."""
STEPS = 400
"""Of the scroll bar on its way to the end, one at each beat."""

BARE = "SELECT id FROM people WHERE left_on IS NULL ORDER BY staff_no"
SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"
SYLLABLES = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀兰霞平刚桂英"


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as name:
        office = empty_office(Path(name) / "office")
        people = round(PEOPLE * scale_given())
        _fill(office, people)
        officer = office.as_("officer")
        rounds = [
            (
                seconds(lambda: len(_bare(office)))[0],
                seconds(lambda: len(officer.ask(people_ids, PeopleFilter())))[0],
            )
            for _ in range(TIMES)
        ]
        bare, ours = min(one[0] for one in rounds), min(one[1] for one in rounds)
        os.environ["INTEGRITY_FILES_HOME"] = name
        first, opening, scrolling = map(min, zip(*_windows(office, people), strict=True))
        office.database.close()
        detail = (
            f"{people} people, {ours * 1000:.0f} ms against {bare * 1000:.0f} ms; first rows after "
            f"{first:.0f} ms; longest stall {opening:.0f} ms until all are listed, {scrolling:.0f} ms while "
            "scrolling to the end"
        )
        report("people-table", ours / bare, detail)


def _bare(office: TestOffice) -> list[Any]:
    connection: Any = office.database.engine.raw_connection()
    rows: list[Any] = connection.execute(BARE).fetchall()
    connection.close()
    return rows


def _windows(office: TestOffice, people: int) -> list[tuple[float, float, float]]:
    """What is measured in each of a few windows, one after the other."""
    start_application()
    tasks.prepare()
    return [_window(office, people) for _ in range(TIMES)]


def _window(office: TestOffice, people: int) -> tuple[float, float, float]:
    """Milliseconds from going to the page to the first painted rows, and the longest stalls after that."""
    window = build_window(office.as_("officer"))
    window.resize(WIDTH, HEIGHT)
    window.show()
    _until(lambda: not tasks.busy())
    start = time.perf_counter()
    window.go(Place("people"))
    page = window.page("people")
    assert isinstance(page, PeoplePage)
    painted = _FirstRows(page)
    _until(lambda: painted.at is not None, beat=0)
    first = ((painted.at or 0) - start) * 1000
    opening = _until(lambda: page.model.rowCount() == people and not tasks.busy())
    bar = page.table.verticalScrollBar()

    def scrolled() -> bool:
        bar.setValue(bar.value() + -(-bar.maximum() // STEPS))
        return bar.value() == bar.maximum() and page.model.row_at(people - 1) is not None

    scrolling = _until(scrolled)
    window.close()
    return first, opening, scrolling


class _FirstRows(QObject):
    """When the table had been painted with rows in it."""

    def __init__(self, page: PeoplePage) -> None:
        super().__init__(page)
        self.at: float | None = None
        self._page = page
        page.table.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        model = self._page.model
        if self.at is None and event.type() == QEvent.Type.Paint and model.rowCount() and model.row_at(0):
            QTimer.singleShot(0, self._note)  # which comes when the painting is over
        return False

    def _note(self) -> None:
        self.at = self.at or time.perf_counter()


def _until(there: Callable[[], bool], beat: int = BEAT) -> float:
    """Let the event loop run until it is there; the longest time, in ms, for which it did not come round."""
    loop, timer = QEventLoop(), QTimer(timerType=Qt.TimerType.PreciseTimer)
    last, longest = time.perf_counter(), 0.0

    def look() -> None:
        nonlocal last, longest
        now = time.perf_counter()
        longest = max(longest, (now - last) * 1000 - beat)
        last = now
        if there():
            loop.quit()

    timer.timeout.connect(look)
    timer.start(beat)
    loop.exec()
    timer.stop()
    return longest


def _fill(office: TestOffice, people: int) -> None:
    """Departments and people, written straight into the tables."""
    units = range(ROOT + 1, ROOT + 1 + DEPARTMENTS)
    rows = _people(people, units)
    with office.database.write() as session:
        offices = [(unit, new_uid(), ROOT, f"第{unit}科", unit, 1) for unit in units]
        insert_rows(session, Department, offices, DEPARTMENT)
        while chunk := list(islice(rows, CHUNK)):
            insert_rows(session, Person, chunk)


def _people(people: int, units: range) -> Iterator[tuple[object, ...]]:
    """Rows of the table of people, the same every time."""
    dice = random.Random(people)
    names = [last + first + second for last in SURNAMES for first in SYLLABLES for second in SYLLABLES]
    keys = [(name, *search_keys(name)) for name in names]
    for number in range(1, people + 1):
        unit = units[dice.randrange(len(units))]
        known = (number, new_uid(), f"{number:07}", *keys[dice.randrange(len(keys))])
        yield (*known, unit, "", "一级科员", 20150301, None, None, 1)


if __name__ == "__main__":
    main()
