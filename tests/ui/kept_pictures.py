"""Pictures that are kept to compare with, each pixel the mean of a square of sixteen.

So coarse a picture knows where everything stands and what colour it has, and nothing of how a
font's edges are smoothed or which font it is: that differs from machine to machine, and a
picture that fails for it would soon be looked at no more. Letters and their places are held by
the tests of geometry.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QImage

SQUARE = 16
FAR = 40
"""So far apart two means are of different things, in any of red, green and blue, of 255."""
MOST_FAR_PERMILLE = 30
"""Another font changes fewer squares than this, and so does a machine without any."""
KEPT = Path(__file__).parent / "pictures"
KEEP_ANEW = "CHAIRTIME_KEEP_PICTURES"


@dataclass(frozen=True)
class Difference:
    """How far a picture is from the kept one."""

    far_permille: int
    first: tuple[int, int] | None
    """The first square that differs, counted from the left and the top."""


def coarse(picture: QImage) -> QImage:
    """Return a picture with a pixel for each square."""
    size = QSize(picture.width() // SQUARE, picture.height() // SQUARE)
    whole = picture.convertToFormat(QImage.Format.Format_RGB32)
    ignoring = Qt.AspectRatioMode.IgnoreAspectRatio
    return whole.scaled(size, ignoring, Qt.TransformationMode.SmoothTransformation)


def difference(picture: QImage, name: str) -> Difference:
    """Compare a picture with the kept one of that name; with the variable set it is kept instead."""
    file = KEPT / f"{name}.png"
    now = coarse(picture)
    if KEEP_ANEW in os.environ:
        KEPT.mkdir(exist_ok=True)
        assert now.save(str(file))
    kept = QImage(str(file))
    assert kept.size() == now.size(), f"there is no kept picture {name} of this size"
    squares = [(x, y) for y in range(kept.height()) for x in range(kept.width())]
    far = [(x, y) for x, y in squares if _far(kept.pixelColor(x, y), now.pixelColor(x, y))]
    return Difference(len(far) * 1000 // len(squares), next(iter(far), None))


def _far(one: QColor, other: QColor) -> bool:
    pairs = zip(one.getRgb()[:3], other.getRgb()[:3], strict=True)  # type: ignore[index]
    return any(abs(a - b) > FAR for a, b in pairs)
