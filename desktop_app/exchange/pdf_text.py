"""Text on paper: the fonts, texts broken into lines, and what no font here can show.

All lengths are in twentieths of a point. A text is laid out once and drawn line by line, so that a
long one can go on over a page.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import NamedTuple

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontDatabase,
    QGuiApplication,
    QPaintDevice,
    QPainter,
    QTextLayout,
    QTextOption,
)

from desktop_app.exchange.paper import Tone

POINT = 20
"""Units of length to a point."""
_FAMILY = "Inter"
_AS_TYPED = ("calt", "clig", "dlig", "liga")
"""Features that put one sign in the place of several or of another: a code copied from the paper must
be the code, and such signs have no letter to be copied as."""
_UNSHOWN = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"})
_LAST_OF_PLANE = 0xFFFF
"""The last character a PDF of Qt's says the letter of."""
_ESCAPE = "[U+"
_COLORS = {Tone.INK: "#14202B", Tone.SOFT: "#51606E", Tone.ALERT: "#B3261E"}
_LINE = 13
_TENTHS = 10


class Painter(QPainter):
    """A painter that keeps the words it wrote, in their order, so that a file can be held against them."""

    def __init__(self, device: QPaintDevice) -> None:
        super().__init__(device)
        self.written: list[str] = []


class Style(NamedTuple):
    """How a text looks: its size in half points, its weight, its tone."""

    halves: int
    bold: bool = False
    tone: Tone = Tone.INK

    @property
    def pitch(self) -> int:
        """The distance from line to line."""
        return self.halves * POINT // 2 * _LINE // _TENTHS


TITLE = Style(32, bold=True)
SENDER = Style(23, bold=True)
HEADING = Style(19, bold=True)
BODY = Style(17)
BOLD = Style(17, bold=True)
SMALL = Style(15, tone=Tone.SOFT)
HEAD = Style(15, bold=True, tone=Tone.SOFT)


class Laid:
    """A text broken into lines of a width."""

    def __init__(self, text: str, style: Style, width: int, *, right: bool = False) -> None:
        self.text = shown(text)
        self.style = style
        self._width = width
        self._right = right
        self._layout = QTextLayout(self.text.replace("\n", "\u2028"), font(style.halves, bold=style.bold))
        self._layout.setTextOption(_option())
        self._layout.beginLayout()
        while (line := self._layout.createLine()).isValid():
            line.setLineWidth(width)
        self._layout.endLayout()

    @property
    def count(self) -> int:
        """How many lines it has; none where there is no text."""
        return self._layout.lineCount() if self.text else 0

    @property
    def height(self) -> int:
        """How high all of them are."""
        return self.count * self.style.pitch

    @property
    def natural_width(self) -> float:
        """How wide the widest of them is."""
        return max((self._layout.lineAt(at).naturalTextWidth() for at in range(self.count)), default=0.0)

    def draw(self, painter: Painter, x: int, y: int) -> None:
        """Draw all of it."""
        for at in range(self.count):
            self.draw_line(painter, at, x, y + at * self.style.pitch)

    def draw_line(self, painter: Painter, at: int, x: int, y: int) -> None:
        """Draw one line of it."""
        line = self._layout.lineAt(at)
        indent = self._width - line.naturalTextWidth() if self._right else 0
        painter.setPen(color(self.style.tone))
        painter.written.append(self.text[line.textStart() : line.textStart() + line.textLength()])
        line.draw(painter, QPointF(x + indent, y - line.y()))


def color(tone: Tone) -> QColor:
    """Return the colour of a tone."""
    return QColor(_COLORS[tone])


@lru_cache
def font(halves: int, *, bold: bool = False) -> QFont:
    """Return the font of paper in a size; its figures and letters are those that were typed."""
    made = QFont(_FAMILY if QFontDatabase.hasFamily(_FAMILY) else QGuiApplication.font().family())
    made.setPixelSize(halves * POINT // 2)
    made.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    for feature in _AS_TYPED:
        made.setFeature(QFont.Tag(feature), 0)
    return made


def has_fonts() -> bool:
    """Return whether there is any font to write with."""
    return bool(QFontDatabase.families())


def shown(text: str) -> str:
    """Return a text as paper can say it: what no font here has, and what has no look, as [U+1F489].

    So that nobody takes a text for such a number, one that reads so has its bracket written in that way.
    """
    plain = text.replace("\r\n", "\n").replace("\t", " ")
    if _ESCAPE in plain:
        plain = plain.replace(_ESCAPE, "\0")
    if plain.isascii() and plain.replace("\n", "").isprintable():
        return plain
    return "".join(map(_shown, plain))


def _shown(letter: str) -> str:
    if letter == "\0":
        return "[U+005B]U+"
    if letter == "\n" or is_shown(letter):
        return letter
    return f"{_ESCAPE}{ord(letter):04X}]"


@lru_cache(maxsize=4096)
def is_shown(letter: str) -> bool:
    """Return whether a character has a look of its own in some font that is here."""
    if letter.isascii():
        return letter.isprintable()
    if ord(letter) > _LAST_OF_PLANE or unicodedata.category(letter) in _UNSHOWN:
        return False
    layout = QTextLayout(letter, font(BODY.halves))
    layout.beginLayout()
    layout.createLine()
    layout.endLayout()
    return all(glyph for run in layout.glyphRuns() for glyph in run.glyphIndexes())


def _option() -> QTextOption:
    option = QTextOption(Qt.AlignmentFlag.AlignLeft)
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    option.setTextDirection(Qt.LayoutDirection.LeftToRight)
    return option
