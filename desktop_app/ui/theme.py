"""The colours, the sizes and the font of every screen, in one place.

Tokens are the only colours the screens use; their contrast is computed by a test. The scheme
follows the system's until it is set; text has four fifths of its size up to one and a half times.
"""

from __future__ import annotations

from dataclasses import fields
from enum import StrEnum

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from desktop_app.core.values import dataclass
from desktop_app.ui.stylesheet import stylesheet
from desktop_app.ui.widgets.letters import Letters

SMALLEST_TEXT = 80
LARGEST_TEXT = 150
RADIUS_CARD = 12
RADIUS_CONTROL = 8
BOLD = QFont.Weight.DemiBold
_FAMILY = "Inter"
STYLE = "fusion"
STYLED = "styled"
"""A property of an application whose style is set: to be asked for it, the style would have to be loaded."""
_STRAIGHT_BELOW = 0.04045
"""The sRGB curve is a straight line below this channel value (WCAG 2.2, relative luminance)."""


class Scheme(StrEnum):
    """Which table of tokens is drawn with."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


@dataclass(frozen=True, slots=True)
class Tokens:
    """One scheme's colours, as #RRGGBB."""

    background: str
    surface: str
    raised: str
    line: str
    ink: str
    ink_2: str
    ink_3: str
    accent: str
    on_accent: str
    run: str
    pause: str
    due: str
    alert: str
    done: str

    def color(self, name: str) -> QColor:
        """Return a token's colour."""
        return QColor(getattr(self, name))

    def tint(self, name: str, *, percent: int) -> QColor:
        """Return a token mixed into the surface, for quiet fills."""
        over, under = self.color(name), self.color("surface")
        mixed = (
            (o * percent + u * (100 - percent)) // 100
            for o, u in zip(over.getRgb()[:3], under.getRgb()[:3], strict=True)  # type: ignore[index]
        )
        return QColor(*mixed)


LIGHT = Tokens(
    background="#F4F6F8",
    surface="#FFFFFF",
    raised="#FBFCFD",
    line="#DDE3EA",
    ink="#14202B",
    ink_2="#51606E",
    ink_3="#8593A1",
    accent="#0B6E75",
    on_accent="#FFFFFF",
    run="#0E7C4A",
    pause="#9A6200",
    due="#1F5FBF",
    alert="#B3261E",
    done="#6A3FA0",
)
DARK = Tokens(
    background="#10161C",
    surface="#18212A",
    raised="#1D2832",
    line="#2C3945",
    ink="#E8EEF3",
    ink_2="#A9B7C4",
    ink_3="#748493",
    accent="#4FC3C7",
    on_accent="#10161C",
    run="#5CCB93",
    pause="#E9B65A",
    due="#7FB0F5",
    alert="#F28B82",
    done="#BC9AEB",
)
TOKEN_NAMES = tuple(field.name for field in fields(Tokens))


class Theme(QObject):
    """The tokens and sizes in force; says ``changed`` when either changes."""

    changed = Signal()

    def __init__(self, *, scheme: Scheme = Scheme.SYSTEM, text_percent: int = 100) -> None:
        super().__init__()
        self._scheme = scheme
        self._text_percent = text_percent
        self._family = _family()
        self._fonts: dict[tuple[int, bool], Letters] = {}
        self._settle()
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._system_changed)

    def _settle(self) -> None:
        """Find out which tokens are in force; a frame asks for their colours hundreds of times."""
        system_is_dark = QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
        self._is_dark = system_is_dark if self._scheme is Scheme.SYSTEM else self._scheme is Scheme.DARK
        self._colors = {name: self.tokens.color(name) for name in TOKEN_NAMES}
        self._tints: dict[str, QColor] = {}

    @property
    def is_dark(self) -> bool:
        """Whether the dark tokens are in force."""
        return self._is_dark

    @property
    def tokens(self) -> Tokens:
        """The table of colours in force."""
        return DARK if self._is_dark else LIGHT

    @property
    def scheme(self) -> Scheme:
        """The scheme as chosen."""
        return self._scheme

    @property
    def look(self) -> tuple[bool, int]:
        """What a picture was drawn with: whether dark, and the text's size in percent."""
        return self._is_dark, self._text_percent

    def color(self, name: str) -> QColor:
        """Return a token's colour in the scheme in force; whoever wants it otherwise makes another of it."""
        return self._colors[name]

    def tint(self, name: str) -> QColor:
        """Return a token's quiet fill: as much of it as leaves the token readable on it."""
        if name not in self._tints:
            self._tints[name] = self.tokens.tint(name, percent=18 if self.is_dark else 8)
        return self._tints[name]

    def px(self, size: int) -> int:
        """Return a size in pixels, grown with the text."""
        return size * self._text_percent // 100

    def target(self, size: int) -> int:
        """Return the height of something to press: it grows with the text and never shrinks with it."""
        return max(size, self.px(size))

    def font(self, size: int, *, bold: bool = False) -> QFont:
        """Return the screen font at a pixel size, with figures of one width."""
        return self.letters(size, bold=bold).font

    def letters(self, size: int, *, bold: bool = False) -> Letters:
        """Return that font with its measures."""
        key = (size, bold)
        found = self._fonts.get(key)
        if found is None:
            found = self._fonts[key] = Letters(self._made(size, bold=bold))
        return found

    def choose(self, *, scheme: Scheme | None = None, text_percent: int | None = None) -> None:
        """Draw with another scheme or text size from now on."""
        self._scheme = scheme or self._scheme
        if text_percent is not None:
            self._text_percent = min(LARGEST_TEXT, max(SMALLEST_TEXT, text_percent))
        self._fonts.clear()
        self._settle()
        self.apply()

    def set_font(self) -> None:
        """Give the application its font; a window that is made before keeps the system's."""
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.setFont(self.font(13))

    def apply(self) -> None:
        """Give the whole application the palette, the font and the style sheet in force."""
        app = QApplication.instance()
        if isinstance(app, QApplication):
            if app.property(STYLED) is None:
                app.setStyle(STYLE)
                app.setProperty(STYLED, STYLE)
            app.setPalette(_palette(self.tokens))
            self.set_font()
            tints = {f"{name}_tint": self.tint(name).name() for name in ("accent", "alert")}
            app.setStyleSheet(stylesheet(self.tokens, self.px, **tints))
        self.changed.emit()

    def _system_changed(self) -> None:
        if self._scheme is Scheme.SYSTEM:
            self._settle()
            self.apply()

    def _made(self, size: int, *, bold: bool) -> QFont:
        font = QFont(self._family)
        font.setPixelSize(self.px(size))
        font.setWeight(BOLD if bold else QFont.Weight.Normal)
        font.setFeature(QFont.Tag("tnum"), 1)
        return font


def contrast(one: QColor, other: QColor) -> int:
    """Return the WCAG contrast of two colours in hundredths: 450 is the 4.5 that AA asks for text."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return int((light + 0.05) / (dark + 0.05) * 100)


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= _STRAIGHT_BELOW else ((channel + 0.055) / 1.055) ** 2.4


def _luminance(color: QColor) -> float:
    red, green, blue = (_linear(c) for c in (color.redF(), color.greenF(), color.blueF()))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _family() -> str:
    return _FAMILY if QFontDatabase.hasFamily(_FAMILY) else QGuiApplication.font().family()


def _palette(tokens: Tokens) -> QPalette:
    role = QPalette.ColorRole
    chosen = {
        role.Window: "background",
        role.Base: "surface",
        role.AlternateBase: "raised",
        role.Button: "raised",
        role.ToolTipBase: "ink",
        role.ToolTipText: "surface",
        role.Text: "ink",
        role.WindowText: "ink",
        role.ButtonText: "ink",
        role.PlaceholderText: "ink_2",
        role.Highlight: "accent",
        role.HighlightedText: "on_accent",
        role.Link: "accent",
        role.Accent: "accent",
    }
    palette = QPalette()
    for which, name in chosen.items():
        palette.setColor(which, tokens.color(name))
    return palette
