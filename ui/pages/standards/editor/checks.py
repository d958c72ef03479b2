"""What is wrong with a draft and what its examples give, beside whatever is being edited."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QListWidget,
    QListWidgetItem,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from app.rules.grading.examples import Ran
from app.standards.draft_check import Finding, Seen
from app.words import in_use, ntr, tr
from ui import icons, theme
from ui.widgets import RingedList, label, rule

_PLACE = Qt.ItemDataRole.UserRole


class ChecksPane(QWidget):
    """Problems first, then remarks, then the examples that come out otherwise; each leads to its place."""

    wanted = Signal(object)
    """The path of the place."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: Sequence[Line] = ()
        self.verdict = label("", "heading")
        self.verdict.setWordWrap(True)
        self.tally = label("", "muted")
        self.tally.setWordWrap(True)
        self.list = _List()
        self.list.setAccessibleName(tr("Checks"))
        self.list.setIconSize(QSize(theme.ICON, theme.ICON))
        self.list.setWordWrap(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.list.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        theme.mark(self.list, "surface", "plain")
        self.list.itemActivated.connect(lambda item: self.wanted.emit(item.data(_PLACE)))
        self.list.itemClicked.connect(lambda item: self.wanted.emit(item.data(_PLACE)))
        head = QVBoxLayout()
        head.setContentsMargins(theme.M, theme.M, theme.M, theme.S)
        head.setSpacing(theme.XS)
        head.addWidget(self.verdict)
        head.addWidget(self.tally)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(rule())
        column.addWidget(self.list, 1)

    def show_seen(self, seen: Seen) -> None:
        """Show what was found; the list stays as it is where nothing is new."""
        wrong = [one for one in seen.findings if one.wrong]
        failed = [ran for ran in seen.ran if ran.misses]
        n = len(wrong)
        self.verdict.setText(
            ntr("{n} thing to put right", "{n} things to put right", n).format(n=n)
            if n
            else tr("Nothing is wrong with it")
            if not failed
            else tr("Examples come out otherwise")
        )
        theme.mark(self.verdict, "tone", "negative" if n or failed else "positive")
        noted = len(seen.findings) - n
        remarks = ntr("{n} remark", "{n} remarks", noted).format(n=noted) if noted else ""
        self.tally.setText("\n".join(filter(None, (_tally(seen, len(failed)), remarks))))
        lines = [*map(_line, wrong), *map(_failed, failed)]
        lines += [_line(one) for one in seen.findings if not one.wrong]
        if lines != self._shown:
            self._shown = lines
            self._fill()

    def _fill(self) -> None:
        row, scrolled = self.list.currentRow(), self.list.verticalScrollBar().value()
        self.list.clear()
        for text, icon, role, path in self._shown:
            item = QListWidgetItem(icons.icon(icon, role), text)
            item.setData(_PLACE, path)
            item.setTextAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
            self.list.addItem(item)
        if self.list.hasFocus():
            self.list.setCurrentRow(min(max(0, row), self.list.count() - 1))
        self.list.verticalScrollBar().setValue(scrolled)


Line = tuple[str, str, theme.Role, object]
"""Words, icon, colour, and the place that it leads to."""


def _failed(ran: Ran) -> Line:
    name = ran.example.name.in_language(in_use())
    said = tr("Example {n}: {name}").format(n=ran.number, name=name)
    return said, "circle-x", "negative", (("examples", ran.number - 1), 0)


def _line(one: Finding) -> Line:
    icon = "circle-alert" if one.wrong else "triangle-alert"
    role: theme.Role = "negative" if one.wrong else "dispute"
    said = tr("{sentence} (line {n})").format(sentence=one.sentence, n=one.line) if one.line else one.sentence
    return said, icon, role, (one.path, one.line)


def _tally(seen: Seen, failed: int) -> str:
    if seen.scheme is None:
        return tr("The examples run again as soon as nothing is wrong.")
    if not seen.ran:
        return tr("There are no examples yet.")
    return tr("{good} of {all} examples come out as expected").format(
        good=len(seen.ran) - failed, all=len(seen.ran)
    )


class _Wrapped(QStyledItemDelegate):
    """As high as all the words need: Qt forgets what the style sheet leaves free at the sides."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        view = self.parent()
        assert isinstance(view, QListWidget)
        width = view.viewport().width() - theme.ICON - 2 * theme.S - theme.M
        flags = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft
        words = view.fontMetrics().boundingRect(QRect(0, 0, width, 9999), int(flags), str(index.data()))
        return QSize(width, max(words.height(), theme.ICON) + 2 * theme.S)


class _List(RingedList):
    """Enter goes to the place."""

    def __init__(self) -> None:
        super().__init__()
        self.setItemDelegate(_Wrapped(self))

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self.currentRow() < 0 and event.reason() != Qt.FocusReason.MouseFocusReason:
            self.setCurrentRow(0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentItem():
            self.itemActivated.emit(self.currentItem())
        else:
            super().keyPressEvent(event)
