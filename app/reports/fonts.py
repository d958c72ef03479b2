"""The fonts of printed documents, chosen character by character.

reportlab draws a string in one font and turns what that font lacks into boxes. Here each
character takes the first font of a chain that has it; one that none has becomes ``STAND_IN``,
and ``missing_characters`` tells which ones these are before anything is printed.
"""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import groupby
from pathlib import Path
from threading import Lock
from typing import NamedTuple

from reportlab.pdfbase import pdfmetrics, ttfonts

from app.errors import Invalid
from app.reports.content import texts_of
from app.words import tr

FOLDER = Path(__file__).parent.parent.parent / "resources" / "fonts"

Chain = tuple[str, ...]
"""Names of files in FOLDER without their ending; the first that has a character draws it."""

SERIF: Chain = ("NotoSerifSC-Regular", "NotoSansSC-Regular")
BOLD: Chain = ("NotoSerifSC-Bold", "NotoSansSC-Regular")
SANS: Chain = ("NotoSansSC-Regular", "NotoSerifSC-Regular")
"""Its figures are all of one width; those of the serif are not."""

STAND_IN = "〓"
"""The printers' mark for a sort that is missing."""


class _Glyph(NamedTuple):
    font: str
    text: str
    """The character itself, STAND_IN, or nothing for what is invisible."""
    width: float
    """In thousandths of the size."""


def _to_unicode(font_name: str, subset: Sequence[int]) -> str:
    """The table by which a reader turns the codes of a font back into text.

    Code points above U+FFFF are two UTF-16 units (ISO 32000-1, 9.10.3); reportlab 5.1 writes them as
    one number of five digits, which copies 𬭎 as another letter. A block holds at most 100 lines.
    """
    lines = [f"<{n:02X}> <{chr(code).encode('utf-16-be').hex().upper()}>" for n, code in enumerate(subset)]
    blocks = [lines[i : i + 100] for i in range(0, len(lines), 100)]
    return "\n".join(
        [
            "/CIDInit /ProcSet findresource begin",
            "12 dict begin",
            "begincmap",
            "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
            f"/CMapName /{font_name} def",
            "/CMapType 2 def",
            "1 begincodespacerange",
            "<00> <FF>",
            "endcodespacerange",
            *(line for b in blocks for line in (f"{len(b)} beginbfchar", *b, "endbfchar")),
            "endcmap",
            "CMapName currentdict /CMap defineresource pop",
            "end",
            "end",
        ]
    )


ttfonts.makeToUnicodeCMap = _to_unicode  # reportlab has no other place to say it

_loading = Lock()


def _font(name: str) -> ttfonts.TTFont:
    """The font, read (some 70 ms) and made known to reportlab at its first use.

    Under a lock: reading it twice would replace it under a document that is being drawn.
    """
    with _loading:
        if name not in pdfmetrics.getRegisteredFontNames():
            file = str(FOLDER / f"{name}.ttf")
            pdfmetrics.registerFont(ttfonts.TTFont(name, file, asciiReadable=False))
        return pdfmetrics.getFont(name)


def _is_invisible(char: str) -> bool:
    """Control and format characters, and selectors of variants, which stand for no shape of their own."""
    return unicodedata.category(char) in ("Cc", "Cf") or unicodedata.name(char, "").startswith(
        "VARIATION SEL"
    )


class _Glyphs(dict[str, _Glyph]):
    """How one chain draws each character, found at its first use."""

    def __init__(self, chain: Chain) -> None:
        super().__init__()
        self._chain = chain

    def __missing__(self, char: str) -> _Glyph:
        self[char] = glyph = self._find(char)
        return glyph

    def _find(self, char: str) -> _Glyph:
        if _is_invisible(char):
            return _Glyph(self._chain[0], "", 0)
        for name in self._chain:
            face = _font(name).face
            if face.charToGlyph.get(ord(char)):
                return _Glyph(name, char, face.getCharWidth(ord(char)))
        return self[STAND_IN]


@cache
def _glyphs_of(chain: Chain) -> _Glyphs:
    return _Glyphs(chain)


def register(chain: Chain) -> str:
    """The name under which reportlab knows the first font of the chain."""
    return str(_font(chain[0]).fontName)


def text_width(text: str, chain: Chain, size: float) -> float:
    """Width of the text on one line, in points."""
    glyphs = _glyphs_of(chain)
    return sum([glyphs[char].width for char in text]) * size / 1000


def runs(text: str, chain: Chain) -> Iterator[tuple[str, str]]:
    """The text as (font name known to reportlab, piece that this font draws)."""
    glyphs = _glyphs_of(chain)
    for font, group in groupby([glyphs[char] for char in text], key=lambda glyph: glyph.font):
        yield font, "".join([glyph.text for glyph in group])


def refuse_undrawable(content: object, name: str) -> None:
    """Raises Invalid where what is to be printed about somebody has a character that no font draws."""
    if missing := missing_characters(texts_of(content)):
        sentence = tr("No font here can draw {characters} for {name}. Add a font that has them.")
        raise Invalid(sentence.format(characters=" ".join(missing), name=name))


def missing_characters(texts: Iterable[str], chain: Chain = SERIF) -> list[str]:
    """The characters of the texts that no font of the chain can draw, each once, as they come."""
    glyphs = _glyphs_of(chain)
    found = dict.fromkeys(char for text in texts for char in text)
    return [char for char in found if char != STAND_IN and glyphs[char].text == STAND_IN]
