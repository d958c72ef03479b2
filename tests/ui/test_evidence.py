"""Evidence is looked at beside what rests on it: PDF and pictures, all else is saved."""

from io import BytesIO
from pathlib import Path

import pytest
from PySide6.QtCore import QBuffer, QByteArray, Qt
from PySide6.QtGui import QImage, QImageWriter
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel
from reportlab.pdfgen.canvas import Canvas

from app.commands.evidence import NewEvidence, record_with_evidence
from app.queries.entries import to_verify
from models.types import Uid, new_uid
from tests.offices import TestOffice, entry
from tests.ui.pages.files import FileDesk
from tests.ui.pages.windows import open_page
from ui.evidence import EvidencePane, Piece
from ui.pages.verification.page import VerifyPage


def pdf(pages: int = 3) -> bytes:
    out = BytesIO()
    canvas = Canvas(out)
    for _ in range(pages):
        canvas.drawString(100, 700, "decision")
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def picture() -> bytes:
    made, buffer = QImage(900, 4000, QImage.Format.Format_RGB32), QBuffer()
    made.fill(Qt.GlobalColor.red)
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(made)
    return bytes(buffer.data().data())


GIVEN = [
    NewEvidence("决定.pdf", pdf()),
    NewEvidence("照片.jpg", picture()),
    NewEvidence("名单.docx", b"PK\x03\x04"),
    NewEvidence("审批表", place="柜3"),
]


@pytest.fixture
def office(embedded: TestOffice) -> TestOffice:
    """One entry with four pieces of evidence and one without wait."""
    embedded.as_("officer").do(record_with_evidence, entry(), GIVEN, new_uid())
    embedded.as_("officer").do(record_with_evidence, entry("0005"), [], new_uid())
    return embedded


def pieces(office) -> list[Piece]:
    papers = office.as_("verifier").ask(to_verify)[0].evidence
    return [Piece(one.uid, one.title) for one in papers if one.size is not None]


def shown(pane) -> object:
    return pane._stack.currentWidget()


def words(pane) -> str:
    return " ".join(one.text() for one in shown(pane).findChildren(QLabel))


def test_a_pdf_and_a_picture_are_shown_and_the_rest_says_what_to_do(qtbot, office, idle):
    pane = EvidencePane(office.as_("verifier"))
    qtbot.addWidget(pane)
    pane.resize(500, 600)
    pane.show()
    pane.show_pieces(pieces(office))
    idle()
    assert shown(pane) is pane.pdf and pane.pdf.document().pageCount() == 3
    pane.show_next()
    idle()
    assert shown(pane) is pane.picture
    assert 0 < pane.picture._shown.pixmap().width() <= pane.width() * pane.devicePixelRatioF()
    pane.show_next()
    idle()
    assert "Save a copy" in words(pane)
    pane.show_next()
    idle()
    assert shown(pane) is pane.pdf


def test_a_file_that_says_it_is_a_pdf_and_is_none_is_saved_instead(qtbot, embedded, idle):
    given = [NewEvidence("决定.pdf", b"%PDF-1.4 broken")]
    embedded.as_("officer").do(record_with_evidence, entry(), given, new_uid())
    pane = EvidencePane(embedded.as_("verifier"))
    qtbot.addWidget(pane)
    pane.show_pieces(pieces(embedded))
    idle()
    assert "Save a copy" in words(pane)


def test_what_was_altered_is_not_shown(qtbot, office, idle):
    with office.database.write() as session:
        session.connection().exec_driver_sql("UPDATE evidence_chunks SET content = x'62'")
    pane = EvidencePane(office.as_("verifier"))
    qtbot.addWidget(pane)
    pane.show_pieces(pieces(office))
    idle()
    assert "not the one that was attached" in words(pane)
    pane.show_pieces([Piece(Uid("0" * 32), "gone")])
    idle()
    assert "no such evidence" in words(pane)


def test_a_verifier_looks_through_the_evidence_with_the_keyboard(qtbot, office, idle):
    _, page = open_page(qtbot, "verify", lambda: VerifyPage(office.as_("verifier")))
    pane = page.evidence
    assert page.desk.list.hasFocus() and pane.isVisible() and shown(pane) is pane.pdf
    qtbot.keyClick(page.desk.list, Qt.Key.Key_E)
    idle()
    assert shown(pane) is pane.picture and pane._number.text() == "2 of 3"
    qtbot.keyClick(page.desk.list, Qt.Key.Key_Space)
    at = pane.picture.verticalScrollBar().value()
    assert at > 0
    qtbot.keyClick(page.desk.list, Qt.Key.Key_Space, Qt.KeyboardModifier.ShiftModifier)
    assert pane.picture.verticalScrollBar().value() < at
    qtbot.keyClick(page.desk.list, Qt.Key.Key_V)
    idle()
    assert page.desk.list.hasFocus() and not pane.isVisible()


def test_evidence_is_shown_beside_its_entry_and_esc_closes_it(qtbot, office, idle, desk):
    page = FileDesk(qtbot, office, "officer", idle).go("0003", "entries")
    tab = page.entries
    tab._preview(page._reading.view.evidence[1])
    idle()
    assert tab.evidence.isVisible() and tab.detail.isVisible() and shown(tab.evidence) is tab.evidence.picture
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_E)
    idle()
    assert tab.evidence.shown().title == "名单.docx"
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert tab.list.isVisible() and tab.list.hasFocus()


def test_a_copy_is_saved_from_where_it_is_shown(qtbot, office, idle, tmp_path: Path, monkeypatch):
    _, page = open_page(qtbot, "verify", lambda: VerifyPage(office.as_("verifier")))
    path = tmp_path / "copy.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    page.evidence.save.click()
    idle()
    assert path.read_bytes() == GIVEN[0].content
