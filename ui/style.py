"""The style sheet. Values come from the tokens of ``ui/theme.py`` alone; nothing else sets one.

Widgets ask for a look by properties (``theme.mark``): buttons have a ``kind`` (primary, danger, flat),
labels a ``look`` (title, heading, small, muted) and a ``tone`` (positive, negative, dispute), frames a
``surface`` (page, bar, card). A focused control swaps a pixel of margin or padding for a second pixel of
border, so that nothing moves.
"""

from collections.abc import Mapping
from pathlib import Path
from string import Template

_IMAGES = Path(__file__).parent.parent / "resources" / "icons" / "sheet"


def sheet(values: Mapping[str, object]) -> str:
    """The style sheet of one theme. KeyError where a token is missing."""
    return _SHEET.substitute(values, images=_IMAGES.as_posix())


_SHEET = Template("""
QToolTip { background: $raised; color: $text; border: 1px solid $field_border; padding: ${xs}px; }

QLabel[look="title"] { font-size: ${title}px; font-weight: 700; }
QLabel[look="heading"] { font-weight: 700; }
QLabel[look="small"] { font-size: ${small}px; color: $muted; }
QLabel[look="muted"] { color: $muted; }
QLabel[look="error"] { font-size: ${small}px; color: $negative; }
QLabel[tone="positive"] { color: $positive; }
QLabel[tone="negative"] { color: $negative; }
QLabel[tone="dispute"] { color: $dispute; }

QFrame[surface="page"], QStackedWidget[surface="page"] { background: $base; }
QFrame[surface="bar"] { background: $window; }
QFrame[surface="card"] {
    background: $base; border: 1px solid $border; border-radius: ${radius_large}px;
}
QFrame[dropping="true"] { border: 2px dashed $accent; }
QFrame[banner] {
    background: $raised; border: 1px solid $field_border; border-left: 4px solid $accent;
    border-radius: ${radius}px;
}
QFrame[banner="positive"] { border-left-color: $positive; }
QFrame[banner="dispute"] { border-left-color: $dispute; }
QFrame[banner="negative"] { border-left-color: $negative; }
QFrame[banner] QLabel { border: none; }
QFrame[banner] QPushButton { padding: 1px ${m}px; }
QFrame[rule="true"] { background: $border; border: none; }

QPushButton {
    background: $raised; color: $text; border: 1px solid $field_border; border-radius: ${radius}px;
    padding: ${xs}px ${m}px; min-height: 18px; margin: 1px;
}
QPushButton:hover { background: $hover; }
QPushButton:pressed { background: $border; }
QPushButton:disabled { color: $disabled; background: $window; border-color: $border; }
QPushButton[kind="primary"] { background: $accent_fill; color: $on_accent; border-color: $accent_fill; }
QPushButton[kind="primary"]:hover { background: $accent_hover; border-color: $accent_hover; }
QPushButton[kind="primary"]:disabled { color: $disabled; background: $hover; border-color: $hover; }
QPushButton[kind="danger"] { color: $negative; }
QPushButton[kind="flat"] { background: transparent; border-color: transparent; color: $accent; }
QPushButton[kind="flat"]:hover { background: $hover; }
QPushButton[kind="flat"]:disabled, QPushButton[kind="danger"]:disabled { color: $disabled; }
QPushButton[kind="field"] { background: $base; text-align: left; padding: ${xs}px ${s}px; }
QPushButton:focus { border: 2px solid $accent; margin: 0px; }
QPushButton[kind="primary"]:focus { border: 2px solid $text; margin: 0px; }
QPushButton::menu-indicator {
    image: url("$images/chevron-down.svg"); width: 12px; subcontrol-position: right center; right: 6px;
}

QToolButton {
    background: transparent; border: 2px solid transparent; border-radius: ${radius}px; padding: 3px;
}
QToolButton:hover, QToolButton:open { background: $hover; }
QToolButton:pressed { background: $border; }
QToolButton:checked { background: $selection; }
QToolButton:focus { border-color: $accent; }
QToolButton:disabled { color: $disabled; }
QToolButton::menu-indicator { image: none; }
QToolButton[popupMode="2"] { padding-right: 18px; }
QToolButton[popupMode="2"]::menu-indicator {
    image: url("$images/chevron-down.svg"); width: 12px; subcontrol-position: right center; right: 3px;
}

QLineEdit, QPlainTextEdit, QTextEdit, QAbstractSpinBox, QComboBox {
    background: $base; color: $text; border: 1px solid $field_border; border-radius: ${radius}px;
    padding: ${xs}px ${s}px; margin: 1px; selection-background-color: $accent_fill;
    selection-color: $on_accent;
}
QLineEdit, QAbstractSpinBox, QComboBox { min-height: 18px; }  /* not of texts, which set their own height */
QPlainTextEdit, QTextEdit { padding: 2px ${xs}px; }
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QAbstractSpinBox:focus, QComboBox:focus {
    border: 2px solid $accent; margin: 0px;
}
QLineEdit:read-only, QLineEdit:disabled, QPlainTextEdit:disabled, QAbstractSpinBox:disabled,
QComboBox:disabled { background: $window; border-color: $border; }
QLineEdit:disabled, QPlainTextEdit:disabled, QAbstractSpinBox:disabled, QComboBox:disabled {
    color: $disabled;
}
*[refused="true"] { border-color: $negative; }
QComboBox { padding-right: ${xl}px; }
QComboBox::drop-down { border: none; width: 22px; }
QComboBox::down-arrow { image: url("$images/chevron-down.svg"); width: 14px; height: 14px; }
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button { border: none; width: 18px; }
QAbstractSpinBox::up-arrow { image: url("$images/chevron-up.svg"); width: 10px; height: 10px; }
QAbstractSpinBox::down-arrow { image: url("$images/chevron-down.svg"); width: 10px; height: 10px; }

QCheckBox, QRadioButton {
    spacing: ${s}px; border: 2px solid transparent; border-radius: ${radius}px; padding: 1px;
}
QCheckBox:focus, QRadioButton:focus { border-color: $accent; }
QCheckBox::indicator, QRadioButton::indicator {
    width: 14px; height: 14px; border: 1px solid $field_border; background: $base;
}
QCheckBox::indicator { border-radius: ${radius}px; }
QRadioButton::indicator { border-radius: 8px; }
QCheckBox::indicator:hover, QRadioButton::indicator:hover { border-color: $accent; }
QCheckBox::indicator:checked, QCheckBox::indicator:indeterminate {
    background: $accent_fill; border-color: $accent_fill; image: url("$images/check.svg");
}
QCheckBox::indicator:indeterminate { image: url("$images/minus.svg"); }
QRadioButton::indicator:checked {
    width: 6px; height: 6px; border: 5px solid $accent_fill; background: $on_accent;
}
QCheckBox::indicator:disabled, QRadioButton::indicator:disabled {
    background: $hover; border-color: $border;
}

QAbstractItemView {
    background: $base; border: 1px solid $border; border-radius: ${radius}px; outline: none;
}
QAbstractItemView:focus { border-color: $accent; }
QListView[surface="plain"], QTableView[surface="plain"] {  /* they mark the current row themselves */
    border: none; border-radius: 0px;
}
QTreeView[surface="plain"] { border-color: transparent; border-radius: 0px; }
QTreeView[surface="plain"]:focus { border-color: $accent; }
QTextBrowser {
    background: transparent; border: 2px solid transparent; border-radius: 0px; padding: 0px; margin: 0px;
}
QTextBrowser:focus { border-color: $accent; margin: 0px; }
QScrollArea[surface="plain"] { border: 2px solid transparent; }
QScrollArea[surface="plain"]:focus { border-color: $accent; }
QAbstractScrollArea::corner { background: transparent; border: none; }
QTableView { border-radius: 0px; }  /* the header would stand out of a round corner */
QTableView::item { padding: 0px 6px; }
QListView::item { padding: ${xs}px ${s}px; }
QListView::item:selected, QTreeView::item:selected { background: $selection; color: $text; }
QTreeView::item { padding: 3px 0px; }
QTreeView[cells="true"]::item { padding: 3px 5px; }  /* as far in as the words of its header */
QTreeView::branch:has-children:closed { image: url("$images/chevron-right.svg"); }
QTreeView::branch:has-children:open { image: url("$images/chevron-down.svg"); }
QHeaderView { background: $base; border: none; }
QHeaderView::section {
    background: $base; color: $muted; border: none; border-bottom: 1px solid $border;
    padding: ${xs}px ${s}px; font-size: ${small}px;
}
QHeaderView::section:hover { background: $hover; }
QHeaderView::up-arrow, QHeaderView::down-arrow {
    width: 10px; height: 10px; subcontrol-position: top center;
}
QHeaderView::up-arrow { image: url("$images/chevron-up.svg"); }
QHeaderView::down-arrow { image: url("$images/chevron-down.svg"); }

QMessageBox, QDialogButtonBox { button-layout: 3; }  /* what is done at the right, as in every dialog */
#qt_msgbox_label, #qt_msgbox_informativelabel { min-width: 340px; }
#qt_msgbox_label { font-weight: 700; }

QTabWidget::pane { border: none; border-top: 1px solid $border; }
QTabBar { background: transparent; }
QTabBar::tab {
    color: $muted; background: transparent; padding: ${s}px ${xs}px 6px ${xs}px; margin-right: ${l}px;
    border: none; border-bottom: 2px solid transparent;
}
QTabBar::tab:hover { color: $text; }
QTabBar::tab:selected { color: $text; border-bottom-color: $accent; font-weight: 700; }
QTabBar::tab:disabled { color: $disabled; }
QTabBar::tab:focus { background: $selection; }

QMenu { background: $raised; border: 1px solid $field_border; padding: ${xs}px; }
QMenu::item { padding: 5px ${xl}px 5px ${s}px; border-radius: ${radius}px; }
QMenu::item:selected { background: $selection; }
QMenu::item:disabled { color: $disabled; }
QMenu::separator { height: 1px; background: $border; margin: ${xs}px ${s}px; }
QMenu::icon { padding-left: ${s}px; }

QScrollArea { background: transparent; border: none; }
QScrollBar:vertical { background: transparent; width: 12px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 0; }
QScrollBar::handle { background: $field_border; border-radius: ${radius}px; margin: 2px; }
QScrollBar::handle:vertical { min-height: 32px; }
QScrollBar::handle:horizontal { min-width: 32px; }
QScrollBar::handle:hover { background: $muted; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }

QProgressBar { background: $hover; border: none; border-radius: 3px; max-height: 6px; min-height: 6px; }
QProgressBar::chunk { background: $accent_fill; border-radius: 3px; }
QSplitter::handle { background: $border; }
QSplitter::handle:horizontal { width: 1px; }
QSplitter::handle:vertical { height: 1px; }
QSplitter::handle:hover { background: $accent; }

QGroupBox { border: none; margin-top: ${xl}px; font-weight: 700; }
QGroupBox::title { subcontrol-origin: margin; left: 0; }

QFrame[chip] { border: none; border-radius: ${radius}px; }
QFrame[chip="text"] { background: $hover; color: $text; }
QFrame[chip="muted"] { background: $muted_ground; color: $muted; }
QFrame[chip="accent"] { background: $accent_ground; color: $accent; }
QFrame[chip="positive"] { background: $positive_ground; color: $positive; }
QFrame[chip="negative"] { background: $negative_ground; color: $negative; }
QFrame[chip="dispute"] { background: $dispute_ground; color: $dispute; }
""")
