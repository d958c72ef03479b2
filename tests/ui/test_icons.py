import re
from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QIcon
from PySide6.QtWidgets import QApplication

from ui import icons, theme

NAMES = sorted(file.stem for file in icons.ICONS.glob("*.svg"))


def colours_in(pixmap):
    image = pixmap.toImage()
    points = ((x, y) for x in range(image.width()) for y in range(image.height()))
    solid = (image.pixelColor(x, y) for x, y in points)
    return {colour.name() for colour in solid if colour.alpha() == 255}


@pytest.mark.parametrize("name", NAMES)
def test_every_icon_is_drawn_in_the_colour_of_its_role(qapp, name):
    wanted = QColor(theme.LIGHT.negative)
    drawn = [QColor(colour) for colour in colours_in(icons.pixmap(name, "negative", 48, 1.0))]
    assert drawn
    assert all(abs(colour.red() - wanted.red()) <= 2 for colour in drawn)  # where strokes cross


@pytest.mark.parametrize("scale", [1.0, 1.25, 1.5, 2.0])
def test_an_icon_has_all_pixels_of_the_screen(qapp, scale):
    pixmap = icons.icon("house").pixmap(QSize(16, 16), scale)
    assert pixmap.width() == 16 * scale
    assert pixmap.devicePixelRatio() == scale


def test_an_icon_follows_the_theme(qapp: QApplication):
    icon = icons.icon("plus", "text")
    theme.apply(qapp, "dark")
    dark = colours_in(icon.pixmap(QSize(48, 48), 1.0))
    theme.apply(qapp, "light")
    assert dark == {theme.DARK.text}
    assert colours_in(icon.pixmap(QSize(48, 48), 1.0)) == {theme.LIGHT.text}


def test_a_disabled_icon_is_pale(qapp):
    pixmap = icons.icon("plus").pixmap(QSize(48, 48), 1.0, QIcon.Mode.Disabled)
    assert colours_in(pixmap) == {QColor(theme.LIGHT.disabled).name()}


def test_a_missing_icon_is_found_at_once():
    with pytest.raises(FileNotFoundError):
        icons.icon("no-such-icon")


def test_every_icon_named_in_the_window_is_there():
    sources = (file.read_text("utf-8") for file in Path(icons.__file__).parent.rglob("*.py"))
    calls = re.compile(r'icons\.(?:icon|pixmap)\("([a-z0-9-]+)"|IconLabel\(\s*"([a-z0-9-]+)"')
    named = {one or other for text in sources for one, other in calls.findall(text)}
    assert named
    assert named <= set(NAMES)
