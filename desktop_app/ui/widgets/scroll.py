"""A page or a panel that may be longer than its place: it scrolls upright, never sideways."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget


class Scroll(QScrollArea):
    """Holds one widget at the full width of the place; the keyboard passes by it."""

    def __init__(self, name: str, content: QWidget | None = None) -> None:
        super().__init__()
        self.ground = ground_of(self)
        self.setAccessibleName(name)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        if content is not None:
            self.setWidget(content)


def ground_of(place: QScrollArea) -> QWidget:
    """Give a place a viewport made here, and return it.

    To return its own, the binding makes every class of widget there is, to find out which one it is.
    """
    ground = QWidget()
    ground.setAutoFillBackground(True)
    place.setViewport(ground)
    return ground
