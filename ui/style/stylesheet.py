"""The stylesheet of Qt's own widgets, made from a theme; our own widgets paint themselves."""

import re
from pathlib import Path

from ui.style.fonts import scaled
from ui.style.tokens import Theme

_ICONS = Path(__file__).resolve().parents[2] / "assets" / "icons"

_LENGTH = re.compile(r"\b(\d+)px")
_HAIRLINE_PX = 2
_SHEET = """
QWidget#canvas, QDialog { background: $canvas; }
QFrame#surface, QWidget#surface { background: $surface; border: 1px solid $line; border-radius: 10px; }
QScrollArea, QScrollArea > QWidget > QWidget { background: transparent; border: none; }
QToolTip { background: $surface; color: $text; border: 1px solid $strong_line; padding: 4px 8px; }

QLineEdit, QComboBox, QAbstractSpinBox {
    background: $surface; color: $text; border: 1px solid $strong_line; border-radius: 7px;
    padding: 0 10px; min-height: 34px; selection-background-color: $accent; selection-color: $accent_text;
}
QLineEdit:focus, QComboBox:focus, QAbstractSpinBox:focus {
    border: 2px solid $accent; padding: 0 9px; min-height: 32px;
}
QLineEdit:disabled, QComboBox:disabled, QAbstractSpinBox:disabled { color: $muted; border-color: $line; }
QAbstractSpinBox QLineEdit, QAbstractSpinBox QLineEdit:focus {
    background: transparent; border: none; padding: 0 9px; min-height: 0;
}
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button { width: 0; border: none; }
QComboBox::drop-down { border: none; width: 28px; }
QComboBox::down-arrow { image: url("$icons/chevron-$name.svg"); width: 16px; height: 16px; }
QComboBox QAbstractItemView {
    background: $surface; color: $text; border: 1px solid $strong_line; padding: 4px; outline: none;
    selection-background-color: $accent; selection-color: $accent_text;
}
QComboBox QAbstractItemView::item { min-height: 32px; padding: 0 6px; }

QCheckBox { color: $text; spacing: 10px; min-height: 30px; padding: 0 4px;
    border: 2px solid transparent; border-radius: 7px; }
QCheckBox:disabled { color: $muted; }
QCheckBox::indicator:disabled { border-color: $line; background: $canvas; }
QCheckBox:focus { border-color: $accent; }
QCheckBox::indicator, QTableView::indicator { width: 18px; height: 18px; border: 2px solid $strong_line;
    border-radius: 5px; background: $surface; }
QCheckBox::indicator:checked, QTableView::indicator:checked { background: $accent; border-color: $accent;
    image: url("$icons/tick-$name.svg"); }

QTableView {
    background: $surface; alternate-background-color: $hover; color: $text; border: 1px solid $line;
    border-radius: 10px; gridline-color: transparent; outline: none;
    selection-background-color: $accent_soft; selection-color: $text;
}
QTableView:focus { border: 2px solid $accent; }
QTableView::item { padding: 0 10px; border: none; border-bottom: 1px solid $line; }
QTableView::item:selected { background: $accent_soft; color: $text; }
QHeaderView { background: transparent; border: none; }
QHeaderView::section {
    background: $surface; color: $muted; border: none; border-bottom: 2px solid $line;
    padding: 0 13px; min-height: 38px; font-weight: 600; font-size: 13px;
}
QAbstractScrollArea::corner { background: transparent; border: none; }
QTableCornerButton::section { background: $surface; border: none; border-bottom: 2px solid $line; }
QTableView QLineEdit { border-radius: 0; padding: 0 9px; min-height: 30px; }
QHeaderView::down-arrow, QHeaderView::up-arrow { width: 0; height: 0; }
QListView { background: transparent; border: 2px solid transparent; border-radius: 8px; outline: none; }
QListView:focus { border-color: $accent; }
QTextBrowser#guide { background: $surface; color: $text; border: 2px solid $surface; border-radius: 10px; }
QTextBrowser#guide:focus { border-color: $accent; }

QProgressBar { background: $sunken; border: none; border-radius: 5px; min-height: 10px; max-height: 10px; }
QProgressBar::chunk { background: $accent; border-radius: 5px; }

QScrollBar:vertical { background: transparent; width: 10px; margin: 2px; }
QScrollBar:horizontal { background: transparent; height: 10px; margin: 2px; }
QScrollBar::handle { background: $strong_line; border-radius: 3px; min-height: 32px; min-width: 32px; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
"""


def stylesheet(theme: Theme) -> str:
    """Fill the theme's colours in; the longest names first, because ``$text`` begins no other name safely."""
    values = {name: getattr(theme, name) for name in Theme.__slots__ if name != "tones"}
    values["icons"] = _ICONS.as_posix()
    sheet = _SHEET
    for name in sorted(values, key=len, reverse=True):
        sheet = sheet.replace(f"${name}", values[name])
    return _LENGTH.sub(_scaled_length, sheet)


def _scaled_length(found: re.Match[str]) -> str:
    """Hairlines stay hairlines; all other lengths are design pixels."""
    size_px = int(found[1])
    return f"{size_px if size_px <= _HAIRLINE_PX else scaled(size_px)}px"
