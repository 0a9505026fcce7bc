"""The style sheet of the plain widgets, made from tokens. Cards, buttons and pictures paint themselves."""

from __future__ import annotations

from collections.abc import Callable
from string import Template
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desktop_app.ui.theme import Tokens

_SHEET = Template("""
QLabel { color: $ink; background: transparent; }
QLabel[tone="soft"] { color: $ink_2; }
QLabel[tone="caption"] { color: $ink_2; }
QLabel[tone="alert"] { color: $alert; }
QLabel[tone="inverse"] { color: $surface; }
QLabel[tone="good"] { color: $run; }
QLabel[tone="due"] { color: $due; }
QLabel[tone="accent"] { color: $accent; }
QLabel[letters="11"] { font-size: ${px11}px; }
QLabel[letters="12"] { font-size: ${px12}px; }
QLabel[letters="13"] { font-size: ${px13}px; }
QLabel[letters="14"] { font-size: ${px14}px; }
QLabel[letters="16"] { font-size: ${px16}px; }
QLabel[letters="18"] { font-size: ${px18}px; }
QLabel[letters="22"] { font-size: ${px22}px; }
QLabel[letters="48"] { font-size: ${px48}px; }
QLabel[heavy="true"] { font-weight: 600; }
QLineEdit, QComboBox, QSpinBox, QPlainTextEdit {
  background: $raised; color: $ink; border: 1px solid $field; border-radius: 8px;
  padding: 0 ${px10}px; min-height: ${px38}px; font-size: ${px13}px;
  selection-background-color: $accent; selection-color: $on_accent;
}
QLineEdit:focus, QComboBox:focus, QSpinBox:focus, QPlainTextEdit:focus {
  border: 2px solid $accent; padding: 0 ${px9}px; background: $surface;
}
QLineEdit[taken="true"] { background: $accent_tint; color: $accent; border-color: $accent; font-weight: 600; }
QLineEdit[wrong="true"] { border: 2px solid $alert; padding: 0 ${px9}px; }
QLineEdit:disabled { background: transparent; color: $ink_3; border: 1px dashed $field; }
QLabel[tone="soft"]:disabled { color: $ink_3; }
QComboBox::drop-down { border: none; width: ${px24}px; }
QComboBox QAbstractItemView { background: $surface; color: $ink; border: 1px solid $line; outline: 0;
  selection-background-color: $accent_tint; selection-color: $ink; }
QListView { background: $surface; border: none; outline: 0; }
QListView:focus { border: 2px solid $accent; border-radius: 8px; }
QTableView { background: $surface; color: $ink; border: 1px solid $line; border-radius: 8px;
  gridline-color: $line; font-size: ${px12}px; outline: 0;
  selection-background-color: $accent_tint; selection-color: $ink; }
QTableView:focus { border: 2px solid $accent; }
QTableView::item { padding: 0 ${px4}px; }
QHeaderView { background: $raised; }
QHeaderView::section { background: $raised; color: $ink_2; border: none; border-bottom: 1px solid $line;
  border-right: 1px solid $line; padding: 0 ${px4}px; font-size: ${px12}px; font-weight: 600; }
QAbstractScrollArea::corner { background: transparent; border: none; }
QScrollBar:horizontal { background: transparent; height: 10px; margin: 2px; }
QScrollBar::handle:horizontal { background: $line; border-radius: 3px; min-width: 40px; }
QScrollBar::handle:horizontal:hover { background: $ink_3; }
QProgressBar { background: $line; border: none; border-radius: 5px; }
QProgressBar::chunk { background: $accent; border-radius: 5px; }
QListView[rows="cards"]:focus { border: none; }
QScrollArea { border: none; background: transparent; }
QScrollArea > QWidget > QWidget { background: transparent; }
QScrollBar:vertical { background: transparent; width: 10px; margin: 2px; }
QScrollBar::handle:vertical { background: $line; border-radius: 3px; min-height: 40px; }
QScrollBar::handle:vertical:hover { background: $ink_3; }
QScrollBar::add-line, QScrollBar::sub-line { height: 0; width: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QToolTip { background: $ink; color: $surface; border: none; padding: 6px 8px; }
QLabel[plate="ghost"] { background: $ink; color: $surface; border-radius: 8px; }
QFrame[plate="surface"] { background: $surface; border: none; }
QFrame[plate="rail"] { background: $surface; border: none; border-right: 1px solid $line; }
QFrame[plate="bar"] { background: $surface; border: none; border-bottom: 1px solid $line; }
QFrame[plate="panel"] { background: $surface; border: none; border-left: 1px solid $line; }
QFrame[plate="panel-left"] { background: $surface; border: none; border-right: 1px solid $line; }
QFrame[plate="card"] { background: $surface; border: 1px solid $line; border-radius: 12px; }
QFrame[plate="card"][alert="true"] { border: 1px solid $alert; }
QFrame[plate="not-saved"] { background: $alert_tint; border: none; border-bottom: 1px solid $alert; }
QFrame[plate="clock"] { background: $surface; border: none; border-bottom: 2px solid $pause; }
QLabel[plate="note"] { background: $ink; border: none; border-radius: 6px; padding: 6px 8px; }
QFrame[plate="rule"] { background: $line; border: none; max-height: 1px; min-height: 1px; }
QMainWindow { background: $background; }
QMenu { background: $surface; color: $ink; border: 1px solid $line; padding: 6px; }
QMenu::item { padding: ${px10}px ${px16}px; border-radius: 6px; }
QMenu::item:selected { background: $accent_tint; }
""")


def stylesheet(tokens: Tokens, px: Callable[[int], int], *, accent_tint: str, alert_tint: str) -> str:
    """Return the style sheet for a table of tokens and a text size."""
    colors = {name: getattr(tokens, name) for name in tokens.__slots__}
    sizes = {f"px{size}": px(size) for size in (4, 9, 10, 11, 12, 13, 14, 16, 18, 22, 24, 48)}
    # Fields and boxes stay large enough to press where the text is small.
    sizes |= {f"px{size}": max(size, px(size)) for size in (38, 40)}
    return _SHEET.substitute(
        colors, **sizes, accent_tint=accent_tint, alert_tint=alert_tint, field=tokens.ink_3
    )
