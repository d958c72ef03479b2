"""What is asked before a standard or an accountability table is published, and reading its file."""

from pathlib import Path

from app.cli.standards import text_of
from app.rules.accountability import is_table, parse_table
from app.rules.grading.parsing import BadScheme, content_of, parse
from app.rules.grading.scheme import Scheme
from app.words import in_use, mark, tr
from models.types import Day
from ui.dialogs.reason import Field, Question
from ui.dialogs.scheme_check import Checked, Read

ADOPTED_BY = Field(
    "adopted_by",
    mark("Number of the document that adopts it"),
    "line",
    missing=mark("Enter the number of the document that adopts the standard, like 泽政服发〔2024〕36号."),
    hint=mark("Such as 泽政服发〔2024〕36号"),
)
VALID_FROM = Field(
    "valid_from",
    mark("Valid from"),
    "day",
    missing=mark("Enter the first day on which it is valid."),
    hint=mark("Periods that end on this day or later are graded by it."),
)
TABLE_ADOPTED_BY = ADOPTED_BY._replace(
    missing=mark("Enter the number of the document that adopts the table, like 泽政服发〔2024〕36号.")
)
TABLE_VALID_FROM = VALID_FROM._replace(
    hint=mark("From this day on it is shown beside entries, by the day of each act.")
)


def question(read: Read, today: Day) -> Question:
    """Under which document, and from when."""
    title = read.title.in_language(in_use())
    if isinstance(read, Scheme):
        act = tr("Publish the standard")
        sentence = tr(
            "“{title}”, edition {edition}, with {items} items and {bands} grades. Once published it never "
            "changes; a later edition takes its place."
        ).format(title=title, edition=read.edition, items=len(read.items), bands=len(read.bands))
        fields = (ADOPTED_BY, VALID_FROM)
    else:
        act = tr("Publish the accountability table")
        sentence = tr(
            "“{title}”, edition {edition}, with {rows} kinds of conduct. Once published it never changes; a "
            "later edition takes its place."
        ).format(title=title, edition=read.edition, rows=len(read.rows))
        fields = (TABLE_ADOPTED_BY, TABLE_VALID_FROM)
    if notice := read.notice.in_language(in_use()):
        sentence += "\n" + tr("Its notice: {notice}").format(notice=notice)
    return Question(title=act, sentence=sentence, act=tr("Publish"), fields=fields, today=today)


def read_file(path: Path) -> Checked:
    """On a worker. Raises Invalid where the file cannot be read."""
    text = text_of(str(path))
    try:
        read = parse_table(text) if is_table(content_of(text)) else parse(text)
        return Checked(path.name, text, read, ())
    except BadScheme as error:
        return Checked(path.name, text, None, error.problems)
