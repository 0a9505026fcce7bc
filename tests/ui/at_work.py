"""Somebody at work in the real window: both hands, a scanner, and what they count."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from desktop_app.core.orders import Order
from desktop_app.core.service import Service
from desktop_app.core.session import Session
from desktop_app.ui.board.card import Card
from desktop_app.ui.sheets.grouped import GroupedSheet
from desktop_app.ui.window import MainWindow
from tests.ui.conftest import VANCOMYCIN, Ward
from tests.ui.hands import Mouse, S, Typist, sheet_of

VIAL = "0100312345678906" + "17271231" + "10LOT7"
"""A made-up barcode of the ten digits 1234567890."""


@dataclass
class Hands:
    """A window with a suite behind it, and whoever touches it."""

    ward: Ward
    window: MainWindow
    mouse: Mouse
    typist: Typist
    qtbot: QtBot

    @property
    def touches(self) -> int:
        """All touches so far, whichever hand made them."""
        return self.mouse.touches + self.typist.touches

    def card(self, chair: str) -> Card:
        found = self.window.board.grid.card(chair)
        assert found is not None
        return found

    def choose(self, chair: str) -> None:
        """Show what is there and put the keyboard on a chair, which counts as no touch."""
        self.window.refresh()
        self.window.board.focus(chair)

    def fill(self, field: QLineEdit, text: str) -> None:
        """Type into a field that a click has reached or that has the keyboard already."""
        field.setFocus()
        self.typist.type(text)

    def more(self, chair: str, choice: str) -> None:
        """Touch the three dots of a card, then one of what they offer."""
        self.mouse.click(self.card(chair).more)
        self.mouse.click(self.sheet(GroupedSheet).choices[choice])

    def sheet(self, kind: type[S]) -> S:
        return sheet_of(self.window, kind)

    def running(self, chair: str = "1", order: Order = VANCOMYCIN, minutes: int = 70) -> Session:
        session = self.ward.start(self.ward.seat(chair), order)
        self.ward.clock.advance(minutes)
        self.choose(chair)
        return session

    def first(self, chair: str = "1") -> Service:
        return self.ward.in_chair(chair).services[0]
