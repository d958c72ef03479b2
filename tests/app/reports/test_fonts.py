"""Every character is drawn by a font that has it, and is copied back as itself."""

import io

import pytest
from reportlab.pdfgen.canvas import Canvas

from app.reports.fonts import (
    BOLD,
    FOLDER,
    SANS,
    SERIF,
    STAND_IN,
    missing_characters,
    register,
    runs,
    text_width,
)
from app.reports.text import Style, draw_line
from tests.app.reports.samples import pages_by_pdfium, pages_by_pypdf

RARE = "䶮㛃𬭎𠅤㐂喆堃犇骉焱淼鑫垚羴麤赟昇旻珺璟翀仝亓郗瀚彧妤玥芃琨龘玊鿍镕䲟镠"


def _pdf_of(text: str, style: Style) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, invariant=1, initialFontName=register(SERIF))
    for n in range(0, len(text), 40):
        draw_line(canvas, text[n : n + 40], style, 50, 800 - n / 2)
    canvas.save()
    return out.getvalue()


@pytest.mark.parametrize("chain", [SERIF, BOLD, SANS], ids=["serif", "bold", "sans"])
def test_rare_characters_of_names_are_there(chain):
    assert missing_characters([RARE, "阿依古丽·买买提", "〔2025〕①《》“”‘’…—−+"], chain) == []


def test_characters_that_no_font_has_are_reported_once_and_in_order():
    assert missing_characters(["王𪚥", "李☑", "赵𪚥"]) == ["𪚥", "☑"]


def test_what_is_missing_is_drawn_as_the_stand_in_never_as_a_box():
    assert "".join(text for _, text in runs("王𪚥", SERIF)) == "王" + STAND_IN
    assert missing_characters([STAND_IN]) == []


def test_what_is_invisible_is_neither_drawn_nor_missing():
    text = "王\u200b\ufe00\U000e0100丽\ufeff\x00"
    assert missing_characters([text]) == []
    assert list(runs(text, SERIF)) == [("NotoSerifSC-Regular", "王丽")]
    assert text_width(text, SERIF, 10) == text_width("王丽", SERIF, 10)


def test_half_a_character_from_a_broken_source_is_missing_rather_than_an_error():
    assert missing_characters(["\ud840"]) == ["\ud840"]


def test_the_font_is_chosen_for_each_character():
    only_sans = next(
        chr(code)
        for code in range(0x20000, 0x2FFFF)
        if missing_characters([chr(code)], SERIF[:1]) and not missing_characters([chr(code)], SANS[:1])
    )
    assert list(runs(f"王{only_sans}丽", SERIF)) == [
        ("NotoSerifSC-Regular", "王"),
        ("NotoSansSC-Regular", only_sans),
        ("NotoSerifSC-Regular", "丽"),
    ]


def test_figures_of_the_sans_are_of_one_width():
    assert len({text_width(figure, SANS, 10) for figure in "0123456789+−"}) == 1


@pytest.mark.parametrize("copied", [pages_by_pypdf, pages_by_pdfium])
def test_supplementary_planes_are_copied_back_exactly(copied):
    assert copied(_pdf_of(RARE, Style(SERIF, 10, 14))) == [RARE]


@pytest.mark.parametrize("copied", [pages_by_pypdf, pages_by_pdfium])
def test_text_of_more_characters_than_one_subset_holds_is_copied_back_exactly(copied):
    text = "".join(map(chr, range(0x4E00, 0x4E00 + 600)))
    assert copied(_pdf_of(text, Style(BOLD, 10, 14))) == [text]


def test_licences_stand_beside_the_fonts():
    assert {file.stem for file in FOLDER.glob("*.ttf")} == {
        name for chain in (SERIF, BOLD, SANS) for name in chain
    }
    for licence in FOLDER.glob("OFL-*.txt"):
        assert "SIL OPEN FONT LICENSE Version 1.1" in licence.read_text(encoding="utf-8")
