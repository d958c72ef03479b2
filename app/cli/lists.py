"""Verbs that take in lists."""

from argparse import Namespace
from collections.abc import Iterator, Sequence
from pathlib import Path

from app.cli.offices import entered
from app.cli.standards import text_of
from app.commands.batches import return_batch, verify_batch
from app.commands.imports import Imported, ListSource, import_list, try_list
from app.errors import Invalid
from app.exchange.fields import Placement
from app.exchange.judge import Judged
from app.exchange.report import PLACEMENTS, notes, reported
from app.exchange.tables import read_table
from app.problems import problem_sentence
from app.queries.entries import items
from app.words import listed, ntr, tr

SHOWN = 20
"""Rejected rows printed, and doubtful ones; the report has all."""


def take_in(given: Namespace) -> tuple[int, object, str]:
    """``import people`` and ``import entries``"""
    source = ListSource(Path(given.file), text_of(given.map))
    if source.mapping.kind != given.kind:
        sentence = tr("{map} is a mapping for {kind}: use import {kind}.")
        raise Invalid(sentence.format(map=given.map, kind=source.mapping.kind))
    columns = read_table(source.path, source.mapping.sheet).columns
    said = notes(source.mapping, columns)
    context = entered(given)
    rejected: list[Judged] = []
    doubtful: list[Judged] = []

    def watch(rows: Iterator[Judged]) -> Iterator[Judged]:
        for row in reported(rows, Path(given.report), said, columns) if given.report else rows:
            if row.placement is Placement.REJECTED and len(rejected) < SHOWN:
                rejected.append(row)
            if row.doubt and len(doubtful) < SHOWN:
                doubtful.append(row)
            yield row

    done = context.ask(try_list, source, watch) if given.dry_run else context.do(import_list, source, watch)
    return _answer(given, done, rejected, doubtful, said)


def _answer(
    given: Namespace, done: Imported, rejected: list[Judged], doubtful: list[Judged], said: Sequence[str]
) -> tuple[int, object, str]:
    counts: dict[str, int] = {placement.value: done.counts.get(placement, 0) for placement in Placement}
    data = {
        "batch": done.batch,
        "counts": counts,
        "rejected": [_row(row) for row in rejected],
        "doubts": done.doubts,
        "doubtful": [row.row for row in doubtful],
        "repeated": done.repeated(),
        "notes": said,
    }
    lines = [_rejection(row) for row in rejected]
    total = sum(counts.values())
    if (rest := counts["rejected"] - len(rejected)) and not given.report:
        sentence = ntr("And {n} more rejected row.", "And {n} more rejected rows.", rest).format(n=rest)
        lines.append(sentence + " " + tr("--report OUT.xlsx writes down all of them."))
    rows = ntr("{n} row", "{n} rows", total).format(n=total)
    counted = tr("{rows}: {counts}").format(rows=rows, counts=_counts(done)) if total else rows
    lines += [counted, *_doubts(done, doubtful), *filter(None, [done.repeated()]), *said]
    if done.batch and done.counts[Placement.ENTRY]:
        sentence = tr("Entries wait to be verified by a second account: import verify {batch}")
        lines.append(sentence.format(batch=done.batch[:8]))
    return (1 if done.counts[Placement.REJECTED] else 0), data, "\n".join(lines)


def _rejection(row: Judged) -> str:
    problems = " ".join(map(problem_sentence, row.problems))
    # The value of a cell, which they quote, may have several lines.
    return tr("row {row}: {problems}").format(row=row.row, problems=" ".join(problems.split()))


def _doubts(done: Imported, doubtful: list[Judged]) -> Iterator[str]:
    if n := done.doubts:
        words = ntr(
            "{n} entry perhaps says a fact twice: row {rows}.",
            "{n} entries perhaps say a fact twice: rows {rows}.",
            n,
        )
        rows = listed(str(row.row) for row in doubtful) + (" …" if n > len(doubtful) else "")
        yield words.format(n=n, rows=rows)


def _counts(done: Imported) -> str:
    return listed(
        f"{tr(name)} {done.counts[place]}" for place, name in PLACEMENTS.items() if done.counts[place]
    )


def _row(row: Judged) -> dict[str, object]:
    problems = [
        {
            "column": problem.column,
            "value": problem.value,
            "fault": problem.fault,
            "sentence": problem_sentence(problem),
        }
        for problem in row.problems
    ]
    return {"row": row.row, "problems": problems}


def verify(given: Namespace) -> tuple[int, object, str]:
    """``import verify``"""
    entered(given).do(verify_batch, given.batch)
    return 0, {"batch": given.batch}, tr("The list is verified; its entries are in effect.")


def send_back(given: Namespace) -> tuple[int, object, str]:
    """``import return``"""
    entered(given).do(return_batch, given.batch, given.reason)
    return 0, {"batch": given.batch}, tr("The list is returned; corrected, it can be imported again.")


def template(given: Namespace) -> tuple[int, object, str]:
    """``import template``"""
    from app.exchange.templates import TEMPLATES, items_offered, write_template

    if given.kind not in TEMPLATES:
        sentence = tr("There is no template {kind}. There are: {known}.")
        raise Invalid(sentence.format(kind=given.kind, known=", ".join(TEMPLATES)))
    catalogue = entered(given).ask(items)
    offered = items_offered((item.code, item.polarity, item.name(given.language)) for item in catalogue)
    write_template(given.kind, Path(given.file), offered, given.language)
    return 0, {"file": given.file}, tr("Written to {file}.").format(file=given.file)
