"""What the window proves: the history of the office, and that this installation is complete."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from app.cli.proofs import finding_words, proof_words, proving
from app.commands.changes import Changes
from app.context import AppContext
from app.errors import Invalid
from app.exchange.heads import heads_text
from app.files import write_whole
from app.queries.heads import office_heads
from app.queries.verification import Verified
from app.words import mark, tr
from ui import messages, tasks
from ui.dialogs.reason import Answers, Field, Question, ask_reason

_EARLIER = Field(
    "root",
    mark("Root or file"),
    "line",
    mark("Type the root as the paper shows it, or the name of a file of heads."),
    mark("As a print shows it; its first sixteen digits are enough. Or the path of a saved file of heads."),
)


def prove_history(window: QWidget, context: AppContext, said: str = "") -> None:
    """Check every chain and every record in the background, then say what came out.

    ``said``: the root or the file of heads that left the building. Raises Invalid where it is neither.
    """
    tasks.run(window, tr("Proof of the history"), proving(context, said), partial(_tell, window))


def prove_against(window: QWidget, context: AppContext) -> None:
    """Ask for a root on paper or a file of heads, and prove the history against it."""
    sentence = tr("Whether the history still leads through what was printed or saved earlier.")
    question = Question(tr("Prove against a paper"), sentence, tr("Prove"), (_EARLIER,))

    def begin(answers: Answers) -> Callable[[], Changes]:
        said = answers.text("root")
        try:
            prove_history(window, context, said)
        except Invalid as refusal:
            raise Invalid(refusal.sentence, field="root") from refusal
        return Changes

    ask_reason(window, question, begin)


def save_heads(window: QWidget, context: AppContext) -> None:
    """Ask where, and write the heads of all chains there."""
    path, _ = QFileDialog.getSaveFileName(window, tr("Save the heads of all chains"), "heads.txt")
    if path:
        said = tr("Written to {file}. Keep it where nobody of this office can change it.").format(file=path)
        tasks.run(
            window,
            tr("Save the heads of all chains"),
            lambda report: _write_heads(context, Path(path)),
            lambda _: messages.say(window, "ok", said),
        )


def _write_heads(context: AppContext, path: Path) -> None:
    write_whole(path, heads_text(context.ask(office_heads), context.today()).encode())


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
