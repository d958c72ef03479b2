from dataclasses import asdict
from itertools import product
from typing import get_args

import pytest
from PySide6.QtGui import QColor, QFontMetrics
from PySide6.QtWidgets import QLabel

from ui import style, theme

GROUNDS = ("window", "base", "raised", "hover", "selection")
ROLES = get_args(theme.Role)
THEMES = {"light": theme.LIGHT, "dark": theme.DARK}


def luminance(colour):
    """WCAG 2.1, relative luminance."""
    parts = (QColor(colour).redF(), QColor(colour).greenF(), QColor(colour).blueF())
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize(("name", "role", "ground"), [*product(THEMES, ROLES, GROUNDS)])
def test_every_text_is_readable_on_every_ground(name, role, ground):
    shown = asdict(THEMES[name])
    assert contrast(shown[role], shown[ground]) >= 4.5


@pytest.mark.parametrize(("name", "role"), [*product(THEMES, ROLES)])
def test_every_chip_is_readable(name, role):
    shown = THEMES[name]
    assert contrast(getattr(shown, role), theme.tint(role, shown)) >= 4.5


@pytest.mark.parametrize("name", THEMES)
def test_the_primary_button_is_readable_and_focus_is_seen(name):
    shown = THEMES[name]
    assert contrast(shown.on_accent, shown.accent_fill) >= 4.5
    assert all(contrast(shown.accent, getattr(shown, ground)) >= 3 for ground in GROUNDS)


def test_the_program_can_be_forced_dark_and_light_again(qapp):
    theme.apply(qapp, "dark")
    assert theme.colours() is theme.DARK
    assert qapp.palette().window().color() == QColor(theme.DARK.window)
    theme.apply(qapp, "light")
    assert theme.colours() is theme.LIGHT
    assert qapp.palette().window().color() == QColor(theme.LIGHT.window)


def test_the_style_sheet_has_no_value_of_its_own():
    known = {**asdict(theme.LIGHT), "small": 12, "body": 13, "title": 19}
    with pytest.raises(KeyError):
        style.sheet(known)


def test_a_look_given_to_a_shown_label_is_seen(qtbot):
    label = QLabel("王丽")
    qtbot.addWidget(label)
    label.show()
    theme.mark(label, "look", "title")
    assert label.fontInfo().pixelSize() == theme.text_sizes().title
    assert label.text() == "王丽"


def test_the_window_has_a_font_with_chinese_and_figures_of_one_width(qapp):
    metrics = QFontMetrics(qapp.font())
    assert metrics.inFontUcs4(ord("档"))
    assert len({metrics.horizontalAdvance(figure) for figure in "0123456789"}) == 1
