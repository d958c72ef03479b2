"""Puts a PDF on paper. Runs on a worker: a page at the resolution of a printer takes a while to draw."""

from collections.abc import Iterator

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtPdf import QPdfDocument, QPdfDocumentRenderOptions
from PySide6.QtPrintSupport import QPrinter

from app.errors import Invalid
from app.words import tr
from ui.tasks import Report

FINEST = 600
"""Dots an inch: finer than this no eye sees, and a page would take four times the memory."""
_BAND = 512
"""Lines drawn at once: a whole page of A4 at 600 dots an inch would be 140 MB."""


def print_pdf(content: bytes, printer: QPrinter, report: Report) -> int:
    """Draw the chosen pages of a PDF on a printer, the paper's edges on the paper's edges.

    Gives how many pages were sent. Raises Invalid where the printer takes nothing; what ``report``
    raises stops it and takes back what was sent, as far as the printer can.
    """
    kept, document = open_pdf(content)
    pages = list(_pages(document.pageCount(), printer))
    printer.setFullPage(True)
    painter = QPainter()
    if not painter.begin(printer):
        raise Invalid(
            tr("{printer} takes nothing now. Look at it, then print again.").format(printer=_name(printer))
        )
    try:
        for done, page in enumerate(pages):
            report(done, len(pages))
            if done and not printer.newPage():
                raise Invalid(
                    tr("{printer} stopped. Look at it, then print again.").format(printer=_name(printer))
                )
            _draw_page(painter, printer, document, page)
        report(len(pages), len(pages))
    except BaseException:
        printer.abort()
        raise
    finally:
        painter.end()
        document.close()
        kept.close()
    return len(pages)


def open_pdf(content: bytes) -> tuple[QBuffer, QPdfDocument]:
    """A PDF in memory; the buffer has to be kept for as long as the document is open."""
    buffer = QBuffer()
    buffer.setData(QByteArray(content))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    document = QPdfDocument()
    document.load(buffer)
    return buffer, document


def _name(printer: QPrinter) -> str:
    return printer.printerName() or printer.outputFileName()


def _pages(count: int, printer: QPrinter) -> Iterator[int]:
    """The chosen pages; several times where the printer cannot copy by itself."""
    first, last = printer.fromPage() or 1, printer.toPage() or count
    chosen = range(max(1, first) - 1, min(last, count))
    copies = 1 if printer.supportsMultipleCopies() else printer.copyCount()
    for _ in range(copies):
        yield from chosen


def _draw_page(painter: QPainter, printer: QPrinter, document: QPdfDocument, page: int) -> None:
    """In bands, each a picture at the resolution of the printer, in the middle of the paper."""
    paper = printer.paperRect(QPrinter.Unit.DevicePixel)
    dots = min(printer.resolution(), FINEST)
    points = document.pagePointSize(page)
    whole = QSize(round(points.width() * dots / 72), round(points.height() * dots / 72))
    scale = min(paper.width() / whole.width(), paper.height() / whole.height())
    left = (paper.width() - whole.width() * scale) / 2
    top = (paper.height() - whole.height() * scale) / 2
    for line in range(0, whole.height(), _BAND):
        band = QRect(0, line, whole.width(), min(_BAND, whole.height() - line))
        target = QRectF(left, top + line * scale, band.width() * scale, band.height() * scale)
        painter.drawImage(target, _drawn(document, page, whole, band))


def _drawn(document: QPdfDocument, page: int, whole: QSize, band: QRect) -> QImage:
    options = QPdfDocumentRenderOptions()
    options.setScaledSize(whole)
    options.setScaledClipRect(band)
    picture = document.render(page, band.size(), options)
    opaque = QImage(band.size(), QImage.Format.Format_RGB32)  # a printer knows nothing of transparency
    opaque.fill(Qt.GlobalColor.white)
    painter = QPainter(opaque)
    painter.drawImage(0, 0, picture)
    painter.end()
    return opaque
