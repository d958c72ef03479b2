"""Evidence is chosen, dropped or pasted; what cannot be kept is refused beside its field."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget

from app.commands.evidence import LARGEST
from app.queries.evidence import evidence_content
from tests.ui.pages.test_entry_drafts import desk, form
from tests.ui.pages.test_entry_form import CTRL, REWARD, key, refused
from ui.pages.entry.attachments import AttachmentsField
from ui.pages.entry.draft import Attached

__all__ = ["desk", "form"]  # fixtures


@pytest.fixture
def files(tmp_path):
    """Makes files of so many bytes."""

    def make(**sizes: int) -> list[Path]:
        paths = [tmp_path / f"{name}.pdf" for name in sizes]
        for path, size in zip(paths, sizes.values(), strict=True):
            with path.open("wb") as file:
                file.truncate(size)
        return paths

    return make


def given(paths) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return data


def names(form) -> list[str]:
    return [one.name for one in form.draft().files]


def test_files_are_dropped_anywhere_on_the_form(form, files):
    data = given(files(a=10, b=20))
    inside = [one for one in form.findChildren(QWidget) if one.acceptDrops()]
    assert inside == []  # nothing takes the name of a file for a text
    enter = QDragEnterEvent(QPoint(9, 9), Qt.DropAction.CopyAction, data, *_nothing())
    form.dragEnterEvent(enter)
    assert enter.isAccepted()
    form.dropEvent(QDropEvent(QPointF(9, 9), Qt.DropAction.CopyAction, data, *_nothing()))
    assert names(form) == ["a.pdf", "b.pdf"]
    form.dropEvent(QDropEvent(QPointF(9, 9), Qt.DropAction.CopyAction, data, *_nothing()))
    assert names(form) == ["a.pdf", "b.pdf"]


def _nothing():
    return Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


@pytest.mark.parametrize(
    ("size", "words"),
    [(0, "is empty"), (LARGEST + 1, "larger than 50 MB"), (51 * 2**20, "larger than 50 MB")],
)
def test_what_cannot_be_kept_is_refused_and_everything_stays(form, files, size, words):
    form.put_draft(REWARD)
    good, bad = files(good=10, bad=size)
    form.fields.files.attach([good, bad])
    assert words in refused(form)["evidence"] and "bad.pdf" in refused(form)["evidence"]
    assert form.draft() == REWARD._replace(files=(Attached("good.pdf", good),))


def test_a_name_with_a_mark_of_secrecy_and_a_folder_are_refused(form, tmp_path):
    path = tmp_path / "机密★10年 名单.pdf"
    path.write_bytes(b"a")
    form.fields.files.attach([path, tmp_path, tmp_path / "gone.pdf"])
    said = refused(form)["evidence"]
    assert "bears a mark of secrecy" in said and "is a folder" in said and "cannot be read" in said
    assert names(form) == []


def test_ctrl_v_attaches_a_file_or_a_picture_and_leaves_a_text_alone(qtbot, embedded, form, files, idle):
    clipboard = QGuiApplication.clipboard()
    form.fields.facts.setFocus()
    clipboard.setText("文字")
    key(qtbot, Qt.Key.Key_V, CTRL)
    assert form.draft().facts == "文字" and names(form) == []
    clipboard.setMimeData(given(files(a=10)))
    key(qtbot, Qt.Key.Key_V, CTRL)
    picture = QImage(8, 8, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.red)
    clipboard.setImage(picture)
    form.fields.files.setFocus()
    key(qtbot, Qt.Key.Key_V, CTRL)
    assert names(form) == ["a.pdf", "Pasted picture 1.png"] and form.draft().facts == "文字"
    clipboard.clear()
    form.put_draft(REWARD._replace(files=form.draft().files))
    form.submit(go_on=False)
    idle()
    page = form.parent()
    kept = {one.title: one.uid for one in page._reading.view.evidence}
    content = embedded.as_("officer").ask(evidence_content, kept["Pasted picture 1.png"])
    assert QImage.fromData(content).pixelColor(1, 1) == Qt.GlobalColor.red


def test_files_are_chosen_and_taken_away(qtbot, files, monkeypatch):
    field = AttachmentsField()
    qtbot.addWidget(field)
    a, b = files(a=10, b=10)
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([str(a), str(b)], ""))
    assert field.text() == "Attach files…"
    field.click()
    assert (field.text(), field.toolTip()) == ("2 files attached…", "a.pdf\nb.pdf")
    field.click()
    menu = QApplication.activePopupWidget()
    assert [action.text() for action in menu.actions()] == [
        "Attach more…",
        "Take away: a.pdf",
        "Take away: b.pdf",
    ]
    menu.actions()[1].trigger()
    assert field.files == (Attached("b.pdf", b),)
    menu.close()
