"""Styles of text, and breaking text into lines as Chinese and English are broken.

Chinese breaks between any two characters, except that no closing mark begins a line and no
opening mark ends one (GB/T 15834-2011, section 5); English breaks between words.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from reportlab.pdfgen.canvas import Canvas

from app.reports import fonts

_ASCENT = 0.88
"""Of the square of a Chinese character, how much stands above the base line in the Noto fonts."""

_OPENING = re.escape("（〔［｛〈《「『【〖“‘([{")
_CLOSING = re.escape("、。，．：；？！）〕］｝〉》」』】〗”’…—·％‰℃,.;:!?)]}%")
_WIDE = "\u2e80-\U0010ffff“”‘’…—·‰℃"
_ATOM = re.compile(
    rf"[{_OPENING}]*"  # opening marks go with what follows:
    rf"(?:[^\s{_OPENING}{_WIDE}]+(?:(?<=\d)[年月日号条款项次人分])?"  # a word, or a figure with its unit,
    r"|\S)?"  # or one character,
    rf"[{_CLOSING}]*\s*"  # and closing marks and spaces go with what they follow
)


class Style(NamedTuple):
    """How a piece of text looks. Lengths in points."""

    chain: fonts.Chain
    size: float
    leading: float
    """From one base line to the next."""
    grey: float = 0.0
    """0 is black, 1 is white."""


def width_of(text: str, style: Style) -> float:
    """Width of the text on one line, in points."""
    return fonts.text_width(text, style.chain, style.size)


def fitting(text: str, style: Style, width: float) -> Style:
    """The style, made smaller where the text would not fit on one line otherwise."""
    needed = width_of(text, style)
    return style if needed <= width else style._replace(size=style.size * width / needed * 0.999)


def _split(atom: str, style: Style, width: float) -> Iterator[str]:
    """What is wider than a line by itself, in pieces that fit."""
    piece = ""
    for char in atom:
        if piece and width_of(piece + char, style) > width:
            yield piece
            piece = ""
        piece += char
    yield piece


def _atoms(text: str, style: Style, width: float) -> Iterator[str]:
    for atom in _ATOM.findall(text):
        if width_of(atom.rstrip(), style) > width:
            yield from _split(atom, style, width)
        elif atom:
            yield atom


def break_lines(text: str, style: Style, width: float) -> list[str]:
    """The text as lines no wider than ``width`` points; at least one line, though it be empty."""
    lines = []
    for paragraph in text.splitlines() or [""]:
        line, used = "", 0.0
        for atom in _atoms(paragraph, style, width):
            if line and used + width_of(atom.rstrip(), style) > width:
                lines.append(line.rstrip())
                line, used = "", 0.0
            line += atom
            used += width_of(atom, style)
        lines.append(line.rstrip())
    return lines


def draw_line(canvas: Canvas, text: str, style: Style, left: float, top: float) -> None:
    """One line of text in a strip of the style's leading whose upper left corner is given."""
    base = top - (style.leading - style.size) / 2 - style.size * _ASCENT
    line = canvas.beginText(left, base)
    line.setFillGray(style.grey)
    for font, run in fonts.runs(text, style.chain):
        line.setFont(font, style.size)
        line.textOut(run)
    canvas.drawText(line)
