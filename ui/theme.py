"""Colours, sizes and the interface font; light and dark. The style sheet made of them is ``ui/style.py``.

Everything that paints asks ``colours()`` at the moment of painting, so that a change of the theme
needs no more than a repaint.
"""

from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Literal, get_args

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontInfo, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from ui import style

FONTS = Path(__file__).parent.parent / "resources" / "fonts"

XS, S, M, L, XL = 4, 8, 12, 16, 24
"""The only spacings, in logical pixels."""
RADIUS, RADIUS_LARGE = 4, 8
ICON = 16

Role = Literal["text", "muted", "accent", "positive", "negative", "dispute"]
"""What a colour says. Never said by colour alone: a word, sign or icon stands beside it."""

Scheme = Literal["system", "light", "dark"]


@dataclass(frozen=True, slots=True)
class Colours:
    """One theme. Text roles keep 4.5 : 1 on every ground that text stands on; a test computes it."""

    window: str
    base: str
    raised: str
    hover: str
    border: str
    field_border: str
    selection: str
    text: str
    muted: str
    disabled: str
    accent: str
    accent_fill: str
    on_accent: str
    positive: str
    negative: str
    dispute: str


LIGHT = Colours(
    window="#f4f5f7",
    base="#ffffff",
    raised="#ffffff",
    hover="#e8eaee",
    border="#dfe2e7",
    field_border="#b4bbc5",
    selection="#dce8fa",
    text="#1d2127",
    muted="#586070",
    disabled="#9aa1ac",
    accent="#1f5bb5",
    accent_fill="#2461bd",
    on_accent="#ffffff",
    positive="#146638",
    negative="#a83a16",
    dispute="#7d5200",
)

DARK = Colours(
    window="#191b1f",
    base="#202328",
    raised="#2a2e35",
    hover="#2c3037",
    border="#343941",
    field_border="#545c68",
    selection="#263d5f",
    text="#e6e8ec",
    muted="#a7afbb",
    disabled="#6a727e",
    accent="#8ab6ff",
    accent_fill="#2d67c4",
    on_accent="#ffffff",
    positive="#6bd39a",
    negative="#ff9e83",
    dispute="#ecbc5e",
)

_in_use = LIGHT
_scheme: Scheme | None = None


def colours() -> Colours:
    """The theme in use."""
    return _in_use


def colour(role: Role) -> QColor:
    """The colour of a text role in the theme in use."""
    value: str = getattr(_in_use, role)
    return QColor(value)


def mixed(over: str, under: str, share: float) -> str:
    """``over`` laid on ``under`` with an opacity of ``share`` (0 to 1)."""
    top, ground = QColor(over), QColor(under)
    pairs = ((top.red(), ground.red()), (top.green(), ground.green()), (top.blue(), ground.blue()))
    return "#" + "".join(f"{round(a * share + b * (1 - share)):02x}" for a, b in pairs)


def tint(role: Role, theme: Colours | None = None) -> str:
    """The faint ground of a chip or banner of this role."""
    theme = theme or _in_use
    return mixed(getattr(theme, role), theme.base, 0.11)


@dataclass(frozen=True, slots=True)
class TextSizes:
    """The three text sizes, in logical pixels."""

    small: int
    body: int
    title: int


def text_sizes() -> TextSizes:
    """Sizes that follow the body text of the system, between 13 and 20."""
    body = min(20, max(13, QFontInfo(_system_font()).pixelSize()))
    return TextSizes(small=body - 1, body=body, title=body + 6)


@cache
def _system_font() -> QFont:
    return QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)


@cache
def _families() -> tuple[str, ...]:
    """The system's own font first; a bundled one where the system has no Chinese at all."""
    chinese = QFontDatabase.WritingSystem.SimplifiedChinese
    if QFontDatabase.families(chinese):
        wanted = ("Microsoft YaHei UI", "PingFang SC", "Noto Sans CJK SC", "Source Han Sans SC")
        return (_system_font().family(), *wanted)
    loaded = [QFontDatabase.addApplicationFont(str(file)) for file in sorted(FONTS.glob("NotoSansSC*.ttf"))]
    bundled = [family for number in loaded for family in QFontDatabase.applicationFontFamilies(number)]
    return (*dict.fromkeys(bundled), _system_font().family())


def interface_font() -> QFont:
    """The font of the window, with figures of equal width so that columns of numbers align."""
    font = QFont(_system_font())
    font.setFamilies(_families())
    font.setPixelSize(text_sizes().body)
    if hasattr(QFont.Tag, "fromString"):  # PySide6 6.8 knows no way to name a feature
        font.setFeature(QFont.Tag.fromString("tnum"), 1)
    return font


def palette(theme: Colours) -> QPalette:
    """The palette that Fusion draws with."""
    made = QPalette()
    roles = QPalette.ColorRole
    for role, value in (
        (roles.Window, theme.window),
        (roles.WindowText, theme.text),
        (roles.Base, theme.base),
        (roles.AlternateBase, theme.window),
        (roles.Text, theme.text),
        (roles.PlaceholderText, theme.muted),
        (roles.Button, theme.raised),
        (roles.ButtonText, theme.text),
        (roles.BrightText, theme.negative),
        (roles.ToolTipBase, theme.raised),
        (roles.ToolTipText, theme.text),
        (roles.Highlight, theme.selection),
        (roles.HighlightedText, theme.text),
        (roles.Accent, theme.accent_fill),
        (roles.Link, theme.accent),
        (roles.LinkVisited, theme.accent),
        (roles.Light, theme.raised),
        (roles.Midlight, theme.hover),
        (roles.Mid, theme.border),
        (roles.Dark, theme.field_border),
        (roles.Shadow, theme.border),
    ):
        made.setColor(role, QColor(value))
    for role in (roles.WindowText, roles.Text, roles.ButtonText, roles.HighlightedText):
        made.setColor(QPalette.ColorGroup.Disabled, role, QColor(theme.disabled))
    return made


def apply(application: QApplication, scheme: Scheme = "system") -> None:
    """Dress the whole program, and keep following the system where ``scheme`` says so."""
    global _scheme
    hints = application.styleHints()
    if _scheme is None:
        application.setStyle("Fusion")
        hints.colorSchemeChanged.connect(lambda: _dress(application))
    _scheme = scheme
    forced = {"light": Qt.ColorScheme.Light, "dark": Qt.ColorScheme.Dark}.get(scheme)
    hints.setColorScheme(forced or Qt.ColorScheme.Unknown)  # for the title bars, which the system draws
    _dress(application)


def _dress(application: QApplication) -> None:
    global _in_use
    system_is_dark = application.styleHints().colorScheme() == Qt.ColorScheme.Dark
    _in_use = DARK if _scheme == "dark" or (_scheme == "system" and system_is_dark) else LIGHT
    application.setFont(interface_font())
    application.setPalette(palette(_in_use))
    sheet = style.sheet({**asdict(_in_use), **asdict(text_sizes()), **_measures(), **_grounds()})
    if application.styleSheet() != sheet:
        application.setStyleSheet(sheet)


def _measures() -> dict[str, int]:
    return {"xs": XS, "s": S, "m": M, "l": L, "xl": XL, "radius": RADIUS, "radius_large": RADIUS_LARGE}


def _grounds() -> dict[str, str]:
    grounds = {f"{role}_ground": tint(role) for role in get_args(Role)}
    return {**grounds, "accent_hover": mixed(_in_use.text, _in_use.accent_fill, 0.12)}


def mark(widget: QWidget, name: str, value: str) -> None:
    """Set a property that the style sheet selects by, also on a widget already shown."""
    if widget.property(name) != value:
        widget.setProperty(name, value)
        widget.style().unpolish(widget)
        widget.style().polish(widget)
