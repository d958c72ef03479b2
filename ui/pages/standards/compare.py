"""What changes from one edition of a standard to another, in words."""

from collections.abc import Sequence
from functools import partial
from itertools import groupby
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.errors import UserError
from app.queries.schemes import PublishedScheme
from app.standards.comparison import PARTS, Told, compared
from app.words import in_use, ntr, tr
from ui import tasks, theme
from ui.desk.reading import ReadingPane, cell, escape, heading, piece, table
from ui.fields import ChoiceField
from ui.widgets import button, label


class Version(NamedTuple):
    """A text that can be compared."""

    title: str
    text: str


def compare_draft(
    owner: QWidget, title: str, text: str, code: object, published: Sequence[PublishedScheme]
) -> "CompareDialog":
    """A draft against what is published: first against the newest edition of the same standard."""
    versions = [*map(_version, published), Version(tr("Draft · {title}").format(title=title), text)]
    old = next((place for place, one in enumerate(published) if one.code == code), 0)
    return show_compare(owner, versions, old, len(published))


def compare_published(
    owner: QWidget, one: PublishedScheme, published: Sequence[PublishedScheme]
) -> "CompareDialog":
    """A published edition against the one before it, or against any other."""
    new = published.index(one)
    before = [place for place, other in enumerate(published) if place > new and other.code == one.code]
    return show_compare(owner, [*map(_version, published)], before[0] if before else new, new)


def _version(one: PublishedScheme) -> Version:
    title = tr("Edition {edition} · {title}").format(
        title=one.scheme.title.in_language(in_use()), edition=one.edition
    )
    return Version(title, one.text)


def show_compare(owner: QWidget, versions: Sequence[Version], old: int, new: int) -> "CompareDialog":
    """Open it; ``old`` and ``new`` are the places of what is compared first."""
    dialog = CompareDialog(owner, versions)
    dialog.old.choose(str(old))
    dialog.new.choose(str(new))
    dialog.look()
    dialog.show()
    return dialog


class CompareDialog(QDialog):
    """Two choices, a filter, and the changes part by part."""

    def __init__(self, owner: QWidget, versions: Sequence[Version]) -> None:
        super().__init__(owner.window())
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Compare standards"))
        self._versions = versions
        self._told: Sequence[Told] = ()
        self._refusal = ""
        choices = {str(place): one.title for place, one in enumerate(versions)}
        self.old, self.new = ChoiceField(choices), ChoiceField(choices)
        for field, name in ((self.old, tr("Before")), (self.new, tr("After"))):
            field.setAccessibleName(name)
            field.activated.connect(lambda _: self.look())
        self.filter = QLineEdit()
        self.filter.setPlaceholderText(tr("Filter the changes"))
        self.filter.setAccessibleName(tr("Filter the changes"))
        self.filter.setClearButtonEnabled(True)
        self.filter.textChanged.connect(lambda _: self._show())
        self.count = label("", "muted")
        self.pane = ReadingPane(tr("Changes"))
        self._lay_out()

    def look(self) -> None:
        """Compare what is chosen."""
        old, new = (self._versions[int(field.chosen())] for field in (self.old, self.new))
        compare = partial(compared, old.text, new.text)
        tasks.read(self, compare, self._on_told, self._on_refused, key="compare")

    def _on_told(self, told: list[Told]) -> None:
        self._told, self._refusal = told, ""
        self._show()

    def _on_refused(self, error: UserError) -> None:
        self._told, self._refusal = (), error.sentence
        self._show()

    def shown(self) -> list[Told]:
        """The changes that the filter leaves."""
        wanted = self.filter.text().strip().lower()
        return [one for one in self._told if wanted in one.sentence().lower() or wanted in one.place.lower()]

    def _show(self) -> None:
        told = self.shown()
        n = ntr("{n} change", "{n} changes", len(told)).format(n=len(told))
        self.count.setText("" if self._refusal else n)
        self.pane.show_text(partial(_html, told, self._refusal))
        self.copy.setEnabled(bool(told))

    def _on_copy(self) -> None:
        lines = ("\t".join((one.where, one.before, one.after, one.when)) for one in self.shown())
        QGuiApplication.clipboard().setText("".join(f"{line}\n" for line in lines))

    def _lay_out(self) -> None:
        self.copy, close = button(tr("Copy"), "", "copy"), button(tr("Close"))
        self.copy.clicked.connect(self._on_copy)
        close.clicked.connect(self.reject)
        top = QHBoxLayout()
        top.setSpacing(theme.S)
        top.addWidget(self.old, 1)
        top.addWidget(label("→", "muted"))
        top.addWidget(self.new, 1)
        second = QHBoxLayout()
        second.addWidget(self.filter, 1)
        second.addWidget(self.count)
        acts = QHBoxLayout()
        acts.addStretch()
        acts.addWidget(self.copy)
        acts.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.XL, theme.L, theme.XL, theme.L)
        column.setSpacing(theme.M)
        column.addLayout(top)
        column.addLayout(second)
        column.addWidget(self.pane, 1)
        column.addLayout(acts)
        self.resize(860, 560)


def _html(told: Sequence[Told], refusal: str) -> str:
    if refusal:
        return "".join(f"<p>{escape(line)}</p>" for line in refusal.splitlines())
    if not told:
        return f"<p>{escape(tr('Nothing is different.'))}</p>"
    parts = []
    for part, rows in groupby(told, key=lambda one: one.part):
        parts.append(heading(tr(PARTS[part])) + table([_row(one) for one in rows]))
    return "".join(parts)


def _row(one: Told) -> str:
    where = escape(one.where) + (f"<br>{piece(one.when, 'muted small')}" if one.when else "")
    before = piece(one.before, "negative") if one.before else piece(tr("new"), "muted")
    after = piece(one.after, "positive") if one.after else piece(tr("removed"), "muted")
    return cell(where, "", 260) + cell(before, "", 220) + cell("→", "muted", 20) + cell(after)
