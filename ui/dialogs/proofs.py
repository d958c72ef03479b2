"""What the window proves: the history of the office, and that this installation is complete."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from app.cli.proofs import finding_words, proof_words
from app.context import AppContext
from app.files import write_whole
from app.queries.verification import Verified, verify
from app.words import tr
from ui import messages, tasks


def prove_history(window: QWidget, context: AppContext) -> None:
    """Check every chain and every record in the background, then say what came out."""
    tasks.run(window, tr("Proof of the history"), partial(_proof, context), partial(_tell, window))


def _proof(context: AppContext, report: tasks.Report) -> Verified:
    return context.ask(verify, report)


def _tell(window: QWidget, proof: Verified) -> None:
    if not proof.findings:
        messages.say(window, "ok", proof_words(proof))
        return
    box = QMessageBox(QMessageBox.Icon.Warning, tr("Proof of the history"), proof_words(proof), parent=window)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setInformativeText(
        tr("Change nothing more here, keep a copy of the office, and tell whoever is answerable for it.")
    )
    box.setDetailedText("\n".join(map(finding_words, proof.findings)))
    box.open()


def save_diagnosis(window: QWidget) -> None:
    """Ask where, and write the report there."""
    path, _ = QFileDialog.getSaveFileName(window, tr("Report on this installation"), "diagnosis.txt")
    if path:
        said = tr("Written to {file}.").format(file=path)
        tasks.run(
            window,
            tr("Report on this installation"),
            lambda report: _write(Path(path)),
            lambda _: messages.say(window, "ok", said),
        )


def _write(path: Path) -> None:
    from app.selftest import diagnosis_text

    write_whole(path, diagnosis_text().encode())
