"""The summary of an integrity file for the annual review (诚信档案摘要, 年度考核用).

It says what a grade rests on: every entry that counted, every one that did not and why, who
decided, and the digests by which the paper proves the file.
"""

from collections.abc import Iterator, Sequence

from app.reports import fonts
from app.reports.content import CountedLine, Decision, Summary, UncountedLine, texts_of
from app.reports.foot import proof_foot, proofs
from app.reports.layout import (
    CELL,
    CELL_HEAD,
    FIGURE,
    LABEL,
    MM,
    NONE,
    NOTE,
    PADDING,
    STRONG,
    SUBTITLE,
    TEXT,
    THICK,
    THIN,
    TITLE,
    Align,
    Block,
    Cell,
    Look,
    cell,
    ends,
    faint,
    gap,
    glued,
    paragraph,
    row,
    stack,
)
from app.reports.pages import WIDTH, About, Part, write_pdf
from app.reports.sections import heads, section
from app.reports.signatures import signatures
from app.reports.text import fitting
from app.reports.wording import Translate, decimals, document_day, plain_points, signed_points
from app.words import translator
from models.types import Points, iso, local_time

__all__ = ["CountedLine", "Decision", "Summary", "UncountedLine", "summary_pdf"]


_LABEL_WIDTH = 20.5 * MM
_VALUE_WIDTH = WIDTH / 3 - _LABEL_WIDTH
_GRID_ROW = 8 * MM
_GRID_WIDTHS = (_LABEL_WIDTH, _VALUE_WIDTH) * 3
_WIDE_WIDTHS = (_LABEL_WIDTH, WIDTH - _LABEL_WIDTH)

_SHARED_WIDTHS = (8.5 * MM, 18.5 * MM, 46.5 * MM, 40.5 * MM)
_COUNTED_WIDTHS = (*_SHARED_WIDTHS, 21 * MM, 18.5 * MM, 14.5 * MM)
_UNCOUNTED_WIDTHS = (*_SHARED_WIDTHS, 54 * MM)
_DECISION_WIDTHS = (32 * MM, 25 * MM, 29 * MM, 24 * MM, 58 * MM)


def _title(summary: Summary, tr: Translate) -> list[Block]:
    printed = tr("Printed on {date}").format(date=document_day(summary.printed_on, tr))
    return [
        paragraph(summary.office, SUBTITLE, WIDTH, Align.CENTRE),
        paragraph(tr("Summary of the Integrity File"), TITLE, WIDTH, Align.CENTRE),
        paragraph(tr("(for the annual review)"), SUBTITLE, WIDTH, Align.CENTRE),
        gap(2 * MM),
        ends(tr("File no. {number}").format(number=summary.file_no), printed, LABEL, WIDTH),
        gap(1 * MM),
    ]


def _label(text: str) -> Cell:
    return cell(text, LABEL, Align.CENTRE)


def _wide(label: str, text: str) -> tuple[list[Cell], tuple[float, ...]]:
    return [_label(label), cell(text, TEXT)], _WIDE_WIDTHS


def _narrow(*pairs: tuple[str, Cell]) -> tuple[list[Cell], tuple[float, ...]]:
    return [part for label, value in pairs for part in (_label(label), value)], _GRID_WIDTHS


def _score(summary: Summary, tr: Translate) -> Cell:
    if summary.score is None:
        return cell("—", TEXT)
    base = tr("(base {points})").format(points=plain_points(summary.base))
    return Cell([(plain_points(summary.score), STRONG), (base, NOTE)])


def _person(summary: Summary, tr: Translate) -> Iterator[tuple[list[Cell], tuple[float, ...]]]:
    period = tr("{label} ({start} to {end})").format(
        label=summary.period_label,
        start=document_day(summary.period_start, tr),
        end=document_day(summary.period_end, tr),
    )
    scheme = tr("{title} ({document})").format(title=summary.scheme, document=summary.adopted_by)
    yield _narrow(
        (tr("Name"), cell(summary.name, STRONG)),
        (tr("Staff no."), cell(summary.staff_no, TEXT)),
        (tr("Department"), cell(summary.department, TEXT)),
    )
    yield _narrow(
        (tr("Post"), cell(summary.post or "—", TEXT)),
        (tr("Rank"), cell(summary.rank or "—", TEXT)),
        (tr("State"), cell(summary.status, TEXT)),
    )
    yield _wide(tr("Grading period"), period)
    yield _wide(tr("Grading standard"), scheme if summary.adopted_by else summary.scheme)


def _result(summary: Summary, tr: Translate) -> Iterator[tuple[list[Cell], tuple[float, ...]]]:
    label = tr("Proposed grade") if summary.is_proposal else tr("Grade")
    counts = tr(", ").join(
        tr("{name}: {number}").format(name=name, number=number) for name, number in summary.counts
    )
    yield _narrow(
        (label, cell(summary.grade or "—", STRONG)),
        (tr("Score"), _score(summary, tr)),
        (tr("Entries on file"), cell(counts or "—", NOTE)),
    )
    if summary.marks:
        yield _wide(tr("Marks"), tr("; ").join(summary.marks))
    if summary.influences:
        yield _wide(tr("Influence period"), "\n".join(summary.influences))
    notes = list(_notes(summary, tr))
    if notes:
        yield _wide(tr("Note"), "\n".join(notes))


def _notes(summary: Summary, tr: Translate) -> Iterator[str]:
    if summary.is_proposal and summary.grade:
        yield tr(
            "The grade is a proposal computed by the standard; it holds once the competent person decides."
        )
    if summary.note:
        yield summary.note
    missing = fonts.missing_characters(texts_of(summary))
    if missing:
        codes = " ".join(f"U+{ord(char):04X}" for char in missing)
        yield tr("〓 stands for a character that the fonts lack, to be written in by hand: {codes}").format(
            codes=codes
        )


def _grid(summary: Summary, tr: Translate) -> list[Block]:
    rows = [*_person(summary, tr), *_result(summary, tr)]
    return [
        block
        for n, (cells, widths) in enumerate(rows, start=1)
        for block in row(
            cells,
            widths,
            Look(THICK if n == 1 else NONE, THICK if n == len(rows) else THIN, centred=True),
            _GRID_ROW,
        )
    ]


def _shared(n: int, line: CountedLine | UncountedLine, tr: Translate) -> list[Cell]:
    marks = "".join(tr("[{mark}]").format(mark=mark) for mark in line.marks)
    matter = [(line.item, CELL), (line.facts, NOTE), (marks, CELL_HEAD)]
    source = [(line.authority, CELL), (line.document_no, NOTE)]
    return [
        cell(str(n), FIGURE, Align.CENTRE),
        cell(iso(line.date), FIGURE, Align.CENTRE),
        Cell([(text, style) for text, style in matter if text]),
        Cell([(text, style) for text, style in source if text]),
    ]


def _points(points: Points, places: int) -> Cell:
    text = signed_points(points, places)
    return cell(text, fitting(text, FIGURE, _COUNTED_WIDTHS[-1] - 2 * PADDING), Align.RIGHT)


def _counted(summary: Summary, tr: Translate) -> list[Block]:
    places = decimals(line.points for line in summary.counted)
    rows = [
        [
            *_shared(n, line, tr),
            cell(line.reference, NOTE),
            cell(iso(line.until) if line.until else "—", FIGURE, Align.CENTRE),
            _points(line.points, places),
        ]
        for n, line in enumerate(summary.counted, start=1)
    ]
    head = heads(
        tr("No."),
        tr("Date"),
        tr("Matter"),
        tr("Decided by, document"),
        tr("Basis"),
        tr("Valid until"),
        tr("Points"),
    )
    title = tr("1. Entries counted ({n})").format(n=len(rows))
    counted = section(title, head, rows, _COUNTED_WIDTHS, tr("None"))
    totals = [_totals([line.points for line in summary.counted], tr)] if rows else []
    account = [*totals, *_account(summary, tr)]
    return glued(counted, account) if account else counted


def _totals(points: Sequence[Points], tr: Translate) -> Block:
    text = tr("Added {added}, deducted {deducted}, together {total}").format(
        added=signed_points(Points(sum(p for p in points if p > 0))),
        deducted=signed_points(Points(sum(p for p in points if p < 0))),
        total=signed_points(Points(sum(points))),
    )
    return paragraph(text, NOTE, WIDTH, Align.RIGHT)


def _account(summary: Summary, tr: Translate) -> list[Block]:
    """From the base to the score where more than the entries moved it, and what fixed the grade."""
    said = list(filter(None, summary.reasoning))
    if len(summary.adjustments) > 1:
        moved = [
            tr("{what} {points}").format(what=what, points=signed_points(points))
            for what, points in summary.adjustments
        ]
        said.insert(0, tr(", ").join(moved))
    return [paragraph(text, NOTE, WIDTH, Align.RIGHT) for text in said]


def _not_counted(summary: Summary, tr: Translate) -> list[Block]:
    rows = [
        [_faint(part) for part in [*_shared(n, line, tr), cell(line.reason, CELL)]]
        for n, line in enumerate(summary.not_counted, start=1)
    ]
    head = heads(tr("No."), tr("Date"), tr("Matter"), tr("Decided by, document"), tr("Why it does not count"))
    title = tr("2. Entries not counted ({n})").format(n=len(rows))
    return section(title, head, rows, _UNCOUNTED_WIDTHS, tr("None"))


def _faint(content: Cell) -> Cell:
    return content._replace(paragraphs=[(text, faint(style)) for text, style in content.paragraphs])


def _decisions(summary: Summary, tr: Translate) -> list[Block]:
    rows = [
        [
            cell(taken.step),
            cell(taken.who),
            cell(f"{local_time(taken.when):%Y-%m-%d %H:%M}", FIGURE, Align.CENTRE),
            cell(taken.decision),
            cell(taken.reason or "—"),
        ]
        for taken in summary.decisions
    ]
    head = heads(tr("Step"), tr("Taken by"), tr("When"), tr("Decision"), tr("Opinion"))
    return section(tr("3. Review and decision"), head, rows, _DECISION_WIDTHS, tr("Not yet decided"))


def _signatures(tr: Translate) -> list[Block]:
    signers = [
        tr("Handled by (signature)"),
        tr("Department head (signature)"),
        tr("The person (has read this)"),
    ]
    box = signatures(signers, tr("Date: ______________"), tr("Office (seal)"), WIDTH)
    return glued([gap(4 * MM)], [box])


def _body(summary: Summary, tr: Translate) -> list[Block]:
    """All that is signed. A section without rows stays with what comes before it, or a last page would
    hold the signatures and nothing that they stand under."""
    body = [*_title(summary, tr), *_grid(summary, tr), *_counted(summary, tr)]
    for rows, blocks in (
        (summary.not_counted, _not_counted(summary, tr)),
        (summary.decisions, _decisions(summary, tr)),
    ):
        body = [*body, *blocks] if rows else glued(body, blocks)
    return body


def _part(summary: Summary, tr: Translate) -> Part:
    running = tr("{name} ({staff_no}), {title}, {period}").format(
        name=summary.name,
        staff_no=summary.staff_no,
        title=tr("Summary of the Integrity File"),
        period=summary.period_label,
    )
    return Part(
        bookmark=f"{summary.name} {summary.staff_no}",
        blocks=glued(_body(summary, tr), _signatures(tr)),
        running=stack([ends(running, summary.office, faint(LABEL), WIDTH), gap(2 * MM)]),
        foot=lambda page, pages: proof_foot(
            [(tr("Digest of the content"), summary.content_digest), *proofs(summary, tr)], tr, page, pages
        ),
    )


def summary_pdf(summaries: Sequence[Summary], language: str = "zh_CN") -> bytes:
    """One PDF of the summaries, each person beginning on a new page with pages counted by themselves.

    ``language`` is one of ``app.words.LANGUAGES``. The same summaries give the same bytes.
    """
    tr = translator(language)
    first = summaries[0]
    title = tr("Summary of the Integrity File")
    name = first.name if len(summaries) == 1 else first.office
    about = About(
        f"{title} {name} {first.period_label}", first.office, language.replace("_", "-"), first.printed_on
    )
    return write_pdf([_part(summary, tr) for summary in summaries], about)
