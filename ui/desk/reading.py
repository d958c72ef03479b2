"""A text to be read beside a list: made anew when the theme changes, scrolled with the keyboard."""

from collections.abc import Callable
from html import escape as escape

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QTextOption
from PySide6.QtWidgets import QTextBrowser

from ui import theme

_BORDER = 2
"""The place of the line that shows the keyboard, in the style sheet."""
Make = Callable[[], str]
"""The HTML. Called again when colours or sizes have changed."""


class ReadingPane(QTextBrowser):
    """Rich text with the tokens of the theme as classes: title, small, muted, positive, negative, dispute."""

    def __init__(self, name: str, margin: int = theme.L) -> None:
        """``margin``: logical pixels between edge and text."""
        super().__init__()
        self._make: Make = str
        self.setAccessibleName(name)
        self.setOpenLinks(False)
        self.setTabChangesFocus(True)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(margin - _BORDER)

    def show_text(self, make: Make, keep: bool = False) -> None:
        """Another text, from its beginning; ``keep`` stays where it was scrolled to."""
        scrolled = self.verticalScrollBar().value() if keep else 0
        self._make = make
        self.document().setDefaultStyleSheet(_sheet())
        self.setHtml(make())
        self.verticalScrollBar().setValue(scrolled)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange) and hasattr(self, "_make"):
            self.show_text(self._make, keep=True)


def _sheet() -> str:
    colours, sizes = theme.colours(), theme.text_sizes()
    roles = "".join(
        f".{role} {{ color: {theme.colour(role).name()}; }}\n"
        for role in ("text", "muted", "accent", "positive", "negative", "dispute")
    )
    return f"""
        body {{ color: {colours.text}; }}
        {roles}
        .small {{ font-size: {sizes.small}px; }}
        .title {{ font-size: {sizes.title}px; font-weight: 700; }}
        p {{ margin-top: 0; margin-bottom: {theme.S}px; }}
        .heading {{ font-weight: 700; margin-bottom: 0; }}
        table {{ border-collapse: collapse; border-style: none; margin-bottom: {theme.L}px; }}
        .last {{ margin-bottom: 0; }}
        td {{ padding: 5px 6px 5px 0; border-style: none; border-bottom: 1px solid {colours.border}; }}
    """


def heading(text: str) -> str:
    """Above a table."""
    return f'<p class="heading">{escape(text)}</p>'


def cell(html: str, look: str = "", width: int = 0, align: str = "") -> str:
    """A cell of a table; ``html`` is escaped already, ``width`` in pixels."""
    attributes = "".join(
        f' {name}="{value}"'
        for name, value in (("class", look), ("width", width or ""), ("align", align))
        if value
    )
    return f"<td{attributes}>{html}</td>"


def table(rows: list[str], look: str = "") -> str:
    """A table over the whole width."""
    chosen = f' class="{look}"' if look else ""
    return f'<table width="100%" cellspacing="0"{chosen}>{"".join(f"<tr>{row}</tr>" for row in rows)}</table>'


def piece(text: str, look: str) -> str:
    """A text in one of the looks."""
    return f'<span class="{look}">{escape(text)}</span>'
