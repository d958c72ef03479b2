"""A PDF on paper: as many pages as it has, looking as it looks."""

import io
from pathlib import Path

import pypdfium2
import pytest
from pypdf import PdfReader
from PySide6.QtGui import QPageSize
from PySide6.QtPrintSupport import QPrinter
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from app.errors import Invalid
from ui.printing import open_pdf, print_pdf
from ui.tasks import Cancelled


def paper(pages: int = 3) -> bytes:
    """Pages with a frame 20 points inside the edge, and a dot that is not in the middle."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4)
    for number in range(pages):
        canvas.rect(20, 20, A4[0] - 40, A4[1] - 40)
        canvas.circle(100 + 100 * number, 700, 30, fill=1)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def pdf_printer(path: Path) -> QPrinter:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(path))
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    printer.setResolution(100)
    return printer


def nothing(done: int, total: int) -> None:
    """No progress."""


@pytest.fixture
def target(tmp_path: Path, qapp: object) -> Path:
    return tmp_path / "out.pdf"


def test_every_page_is_printed(target: Path) -> None:
    told = []
    assert print_pdf(paper(), pdf_printer(target), lambda *numbers: told.append(numbers)) == 3
    assert len(PdfReader(target).pages) == 3
    assert told == [(0, 3), (1, 3), (2, 3), (3, 3)]


def test_the_paper_looks_as_the_page_does(target: Path) -> None:
    content = paper()
    print_pdf(content, pdf_printer(target), nothing)
    for page in range(3):
        asked, printed = (
            pypdfium2.PdfDocument(source)[page].render(scale=0.5).to_pil().convert("L").resize((298, 421))
            for source in (content, target)
        )
        differing = sum(abs(a - b) > 128 for a, b in zip(asked.tobytes(), printed.tobytes(), strict=True))
        assert differing < 298 * 421 * 0.01


def test_only_the_chosen_pages_are_printed(target: Path) -> None:
    printer = pdf_printer(target)
    printer.setFromTo(2, 9)
    assert print_pdf(paper(), printer, nothing) == 2


def test_copies_are_printed_by_us_where_the_printer_cannot(target: Path) -> None:
    printer = pdf_printer(target)
    printer.setCopyCount(2)
    print_pdf(paper(2), printer, nothing)
    assert len(PdfReader(target).pages) == (2 if printer.supportsMultipleCopies() else 4)


def test_a_cancelled_print_stops(target: Path) -> None:
    def stop(done: int, total: int) -> None:
        if done:
            raise Cancelled

    with pytest.raises(Cancelled):
        print_pdf(paper(), pdf_printer(target), stop)


@pytest.mark.qt_log_ignore("QPainter::begin")  # Qt says it too
def test_a_printer_that_takes_nothing_is_named(tmp_path: Path, qapp: object) -> None:
    with pytest.raises(Invalid, match=r"nowhere.*takes nothing"):
        print_pdf(paper(), pdf_printer(tmp_path / "nowhere" / "out.pdf"), nothing)


def test_a_pdf_in_memory_is_open_while_its_buffer_is_kept(qapp: object) -> None:
    kept, document = open_pdf(paper(2))
    assert document.pageCount() == 2
    document.close()
    kept.close()
