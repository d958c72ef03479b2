"""Paints the rows of the timeline: a year, a node on the line of time, and three lines of words."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from app.queries.files import EntryRow
from app.words import in_use
from models.types import EntryStatus, Polarity, iso
from ui import icons, theme
from ui.pages.file.reading import points_words, standing_words, validity_words
from ui.pages.file.timeline_model import ROW, Index, TimelineRow
from ui.widgets import sign

DATE_WIDTH, NODE, CLIP = 92, 20, 14
LINE_GAP, PADDING, YEAR_HEIGHT = 3, 7, 30
_BETWEEN = " · "
_LEFT, _RIGHT = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight


class TimelinePainter(QStyledItemDelegate):
    """Date, a node with the sign on the line of time, item and authority, points and validity."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        row: TimelineRow = index.data(ROW)
        lines = 3 if standing_words(row.entry, row.line) else 2
        height = lines * (option.fontMetrics.height() + LINE_GAP) + 2 * PADDING
        return QSize(200, height + (YEAR_HEIGHT if row.heading else 0))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: TimelineRow = index.data(ROW)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRect(option.rect)
        if row.heading:
            self._paint_heading(painter, area, option.font, row.heading)
            area.setTop(area.top() + YEAR_HEIGHT)
        self._paint_ground(painter, option, area)
        self._paint_node(painter, option, index, area, row)
        self._paint_words(painter, option, area, row)
        painter.restore()

    def _paint_heading(self, painter: QPainter, area: QRect, font: QFont, heading: str) -> None:
        painter.setFont(_bold(font))
        painter.setPen(theme.colour("muted"))
        place = QRect(area.left() + theme.M, area.top(), area.width(), YEAR_HEIGHT - 4)
        painter.drawText(place, Qt.AlignmentFlag.AlignBottom, heading)

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem, area: QRect) -> None:
        ground = area.adjusted(2, 1, -2, -1)
        painter.setPen(Qt.PenStyle.NoPen)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setBrush(QColor(theme.colours().selection))
            painter.drawRoundedRect(ground, theme.RADIUS, theme.RADIUS)
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.setBrush(QColor(theme.colours().hover))
            painter.drawRoundedRect(ground, theme.RADIUS, theme.RADIUS)
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(theme.colours().accent), 1.5))
            painter.drawRoundedRect(ground, theme.RADIUS, theme.RADIUS)

    def _paint_node(
        self, painter: QPainter, option: QStyleOptionViewItem, index: Index, area: QRect, row: TimelineRow
    ) -> None:
        middle = QPoint(
            area.left() + theme.M + DATE_WIDTH + NODE // 2,
            area.top() + PADDING + option.fontMetrics.height() // 2,
        )
        top = area.top() if index.row() and not row.heading else middle.y()
        below = index.sibling(index.row() + 1, 0).data(ROW)
        bottom = area.bottom() + 1 if below and not below.heading else middle.y()
        painter.setPen(QPen(QColor(theme.colours().border), 2))
        painter.drawLine(middle.x(), top, middle.x(), bottom)
        role = sign(row.entry.polarity)[1]
        colour = theme.colour(role if row.counts else "muted")
        painter.setPen(QPen(colour, 1.5))
        painter.setBrush(QColor(theme.tint(role) if row.counts else theme.colours().base))
        painter.drawEllipse(middle, NODE // 2 - 1, NODE // 2 - 1)
        arm = 4
        painter.drawLine(middle.x() - arm, middle.y(), middle.x() + arm, middle.y())
        if row.entry.polarity is Polarity.POSITIVE:
            painter.drawLine(middle.x(), middle.y() - arm, middle.x(), middle.y() + arm)

    def _paint_words(
        self, painter: QPainter, option: QStyleOptionViewItem, area: QRect, row: TimelineRow
    ) -> None:
        """Three lines: item and points, authority and validity, and where it is so why it does not count."""
        font, strong = option.font, _bold(option.font) if row.counts else option.font
        first = _Line(painter, area, option.fontMetrics.height())
        muted, role = theme.colour("muted"), sign(row.entry.polarity)[1]
        text = QColor(theme.colours().text) if row.counts else muted
        first.date(font, muted, iso(row.entry.occurred_on))
        first.right(strong, theme.colour(role) if row.counts else muted, points_words(row.line))
        first.left(strong, text, row.entry.item_name(in_use()))
        if row.evidence:
            first.icon("paperclip")
        if row.stated:
            first.icon("user")
        second = first.below()
        second.right(font, muted, validity_words(row.line))
        second.left(font, muted, *_authority(row.entry))
        if standing := standing_words(row.entry, row.line):
            marked = row.entry.status in (EntryStatus.DISPUTED, EntryStatus.HEARING)
            second.below().left(font, theme.colour("dispute") if marked else muted, standing)


class _Line:
    """One line of a row: what was painted so far takes its room from what comes next."""

    def __init__(self, painter: QPainter, area: QRect, height: int, number: int = 0) -> None:
        self._painter, self._area, self._height, self._number = painter, area, height, number
        self._top = area.top() + PADDING + number * (height + LINE_GAP)
        self._from = area.left() + theme.M + DATE_WIDTH + NODE + theme.M
        self._to = area.right() - theme.M

    def below(self) -> "_Line":
        """The next line."""
        return _Line(self._painter, self._area, self._height, self._number + 1)

    def date(self, font: QFont, colour: QColor, text: str) -> None:
        """In the column of dates."""
        left = self._area.left() + theme.M
        self._draw(font, colour, text, QRect(left, self._top, DATE_WIDTH, self._height))

    def right(self, font: QFont, colour: QColor, text: str) -> None:
        """At the right edge."""
        self._to -= self._draw(font, colour, text, self._place(), _RIGHT) + theme.M

    def left(self, font: QFont, colour: QColor, text: str, kept: str = "") -> None:
        """From the left; where it is too long it ends in …, and ``kept`` after it stays whole."""
        metrics = QFontMetrics(font)
        room = self._room() - metrics.horizontalAdvance(kept)
        if kept and room < 4 * metrics.height():  # a beginning that says nothing
            text, kept, room = kept.removeprefix(_BETWEEN), "", self._room()
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room) + kept
        self._from += self._draw(font, colour, shown, self._place())

    def icon(self, name: str) -> None:
        """A small sign after what was painted so far."""
        drawn = icons.pixmap(name, "muted", CLIP, self._painter.device().devicePixelRatioF())
        self._painter.drawPixmap(self._from + theme.S, self._top + (self._height - CLIP) // 2, drawn)
        self._from += CLIP + theme.S

    def _room(self) -> int:
        return self._to - self._from

    def _place(self) -> QRect:
        return QRect(self._from, self._top, self._room(), self._height)

    def _draw(
        self, font: QFont, colour: QColor, text: str, place: QRect, side: Qt.AlignmentFlag = _LEFT
    ) -> int:
        self._painter.setFont(font)
        self._painter.setPen(colour)
        self._painter.drawText(place, side | Qt.AlignmentFlag.AlignVCenter, text)
        return QFontMetrics(font).horizontalAdvance(text)


def _authority(entry: EntryRow) -> tuple[str, str]:
    """The authority, and the document that must be seen whole."""
    if not entry.authority:
        return entry.document_no, ""
    return entry.authority, _BETWEEN + entry.document_no if entry.document_no else ""


def _bold(font: QFont) -> QFont:
    made = QFont(font)
    made.setBold(True)
    return made
