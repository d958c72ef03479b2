"""The verb that takes in what is measured elsewhere."""

from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path

from app.cli.grading import period_of
from app.cli.offices import entered
from app.commands.measurements import record_measurements
from app.errors import Invalid
from app.exchange.tables import read_table
from app.exchange.values import read_amount, read_line
from app.problems import problem_sentence
from app.rules.validation import Problem
from app.words import ntr, tr
from models.types import Points


def measure(given: Namespace) -> tuple[int, object, str]:
    """``measure``: one result, or a list of staff numbers and results."""
    if bool(given.person) == bool(given.list) or bool(given.person) != bool(given.value):
        raise Invalid(tr("Give --person with --value, or --list with a file of staff numbers and results."))
    rows = _listed(Path(given.list)) if given.list else iter([("--value", given.person, given.value)])
    values: dict[str, Points] = {}
    for place, staff_no, text in rows:
        if staff_no in values:
            sentence = tr("{place}: {staff_no} stands twice. Take one of the rows out.")
            raise Invalid(sentence.format(place=place, staff_no=staff_no))
        values[staff_no] = _figure(place, text)
    context = entered(given)
    context.do(record_measurements, given.input, period_of(given.period), values, given.document)
    n = len(values)
    said = ntr("{n} result is taken in.", "{n} results are taken in.", n).format(n=n)
    return 0, {"input": given.input, "results": n}, said


def _listed(path: Path) -> Iterator[tuple[str, str, str]]:
    """(row, staff number, result) from the first two columns of a list with a heading."""
    table = read_table(path)
    if len(table.columns) < 2:
        raise Invalid(tr("The list must have two columns: staff number and result."))
    for number, cells in table.rows:
        yield tr("row {n}").format(n=number), read_line(cells[0]), cells[1]


def _figure(place: str, text: str) -> Points:
    read = read_amount(text)
    if isinstance(read, Problem):
        raise Invalid(f"{place}: {problem_sentence(read._replace(field='quantity'))}")
    return Points(read)
