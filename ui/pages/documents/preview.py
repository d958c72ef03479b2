"""A PDF as it will be on paper: pages, zoom, the width of the pane."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QBuffer, QEvent, QPointF, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QToolButton, QVBoxLayout, QWidget

from app.words import tr
from ui import icons, theme
from ui.printing import open_pdf
from ui.widgets import Elided, EmptyState, label, rule

STEP = 1.2
LEAST, MOST = 0.25, 5.0
"""Of the size on paper."""


class PdfPreview(QWidget):
    """Shows one PDF until another one is there: nothing flickers while that is being made."""

    def __init__(self, empty: str, parent: QWidget | None = None) -> None:
        """``empty``: what belongs here, and how to begin."""
        super().__init__(parent)
        self._kept: tuple[QBuffer, QPdfDocument] | None = None
        self._nothing = QPdfDocument(self)
        self._acts = self._make_actions()
        buttons = [_button(act, self) for act in self._acts]  # before the paper: Tab goes as they are made
        self.view = QPdfView(self)
        self.view.setPageMode(QPdfView.PageMode.MultiPage)
        self.view.setZoomMode(QPdfView.ZoomMode.FitToWidth)
        self.view.setAccessibleName(tr("Preview"))
        self.view.setPageSpacing(theme.M)
        self._pages, self._zoomed, self._said = label("", "muted"), label("", "muted"), Elided()
        theme.mark(self._said, "look", "muted")
        self._stack = QStackedWidget(self)
        self._stack.addWidget(EmptyState("printer", empty))
        self._stack.addWidget(self.view)
        self._lay_out(buttons)
        self.view.pageNavigator().currentPageChanged.connect(self._on_moved)
        self.view.viewport().installEventFilter(self)
        self._show_numbers()

    def show_pdf(self, content: bytes) -> None:
        """Show a PDF, at the page that was looked at if it has so many."""
        page = self.view.pageNavigator().currentPage()
        before, self._kept = self._kept, open_pdf(content)
        self.view.setDocument(self._kept[1])
        _close(before)
        self._stack.setCurrentWidget(self.view)
        self._go(min(page, self.pages - 1))

    def show_nothing(self) -> None:
        """Say what belongs here."""
        before, self._kept = self._kept, None
        self.view.setDocument(self._nothing)
        _close(before)
        self._stack.setCurrentIndex(0)
        self._show_numbers()

    def say(self, words: str) -> None:
        """What is to be known of what is shown, such as that it is being made anew."""
        self._said.setText(words)

    @property
    def pages(self) -> int:
        """How many there are; 0 while nothing is shown."""
        return self._kept[1].pageCount() if self._kept else 0

    @property
    def zoom(self) -> float:
        """1 is the size on paper."""
        if self.view.zoomMode() == QPdfView.ZoomMode.Custom or not self.pages:
            return self.view.zoomFactor()
        margins = self.view.documentMargins()
        room = self.view.viewport().width() - margins.left() - margins.right()
        page = self.view.pageNavigator().currentPage()
        inches = self.view.document().pagePointSize(page).width() / 72
        return room / (inches * self.logicalDpiX())

    def zoom_to(self, factor: float) -> None:
        """Zoom, and keep the page."""
        self.view.setZoomMode(QPdfView.ZoomMode.Custom)
        self.view.setZoomFactor(min(MOST, max(LEAST, factor)))
        self._show_numbers()

    def fit(self) -> None:
        """As wide as the pane."""
        self.view.setZoomMode(QPdfView.ZoomMode.FitToWidth)
        self._show_numbers()

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._show_numbers()
        return False

    def _go(self, page: int) -> None:
        if 0 <= page < self.pages:
            self.view.pageNavigator().jump(page, QPointF())
        self._show_numbers()

    def _step(self, by: int) -> None:
        self._go(self.view.pageNavigator().currentPage() + by)

    def _on_moved(self) -> None:
        self._show_numbers()

    def _show_numbers(self) -> None:
        page, pages = self.view.pageNavigator().currentPage(), self.pages
        words = tr("Page {page} of {pages}").format(page=page + 1, pages=pages)
        self._pages.setText(words if pages else "")
        self._zoomed.setText(f"{self.zoom:.0%}" if pages else "")
        back, on, smaller, larger, fit = self._acts
        back.setEnabled(page > 0 and pages > 0)
        on.setEnabled(page < pages - 1)
        for act in (smaller, larger, fit):
            act.setEnabled(pages > 0)

    def _make_actions(self) -> tuple[QAction, ...]:
        return (
            self._action(tr("Previous page"), "Ctrl+PgUp", "chevron-up", lambda: self._step(-1)),
            self._action(tr("Next page"), "Ctrl+PgDown", "chevron-down", lambda: self._step(1)),
            self._action(tr("Smaller"), "Ctrl+-", "minus", lambda: self.zoom_to(self.zoom / STEP)),
            self._action(tr("Larger"), "Ctrl+=", "plus", lambda: self.zoom_to(self.zoom * STEP)),
            self._action(tr("Fit the width"), "Ctrl+0", "chevrons-up-down", self.fit),
        )

    def _action(self, text: str, keys: str, icon: str, do: Callable[[], object]) -> QAction:
        action = QAction(icons.icon(icon), text, self)
        action.setShortcut(QKeySequence(keys))
        action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        action.setToolTip(f"{text} ({action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)})")
        action.triggered.connect(lambda: do())
        self.addAction(action)
        return action

    def _lay_out(self, buttons: Sequence[QToolButton]) -> None:
        back, on, smaller, larger, fit = buttons
        fit.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        bar = QHBoxLayout()
        bar.setContentsMargins(theme.M, theme.XS, theme.M, theme.XS)
        bar.setSpacing(theme.XS)
        for widget in (back, on, self._pages):
            bar.addWidget(widget)
        bar.addSpacing(theme.M)
        bar.addWidget(self._said, 1)
        for widget in (smaller, self._zoomed, larger, fit):
            bar.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(bar)
        column.addWidget(rule())
        column.addWidget(self._stack, 1)


def _button(action: QAction, parent: QWidget) -> QToolButton:
    made = QToolButton(parent)
    made.setDefaultAction(action)
    made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    made.setAccessibleName(action.text())
    return made


def _close(shown: tuple[QBuffer, QPdfDocument] | None) -> None:
    if shown:
        buffer, document = shown
        document.close()
        buffer.close()
