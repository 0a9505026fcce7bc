"""What an Enter meant for a sheet that is gone must not do: press a button at another patient's chair.

Whoever believes that the sheet still asks types on: a dose of 2 and Enter choose chair 2 and reach its
buttons. So for some seconds behind a touch that Enter made in a sheet, Enter presses nothing at another
chair that would be recorded. A letter is no Enter: it does it at once, at its own instant.
"""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer
from PySide6.QtWidgets import QWidget

from desktop_app.core.desk import Desk
from desktop_app.core.moments import SECOND_US
from desktop_app.core.outages import Outage
from desktop_app.ui.board.card import Card
from desktop_app.ui.board.card_view import CardButton, Deed

STILL_TYPING_US = 5 * SECOND_US
"""How long after such a touch an Enter may still be meant for its sheet."""

BY_LETTER: dict[Deed, str] = {
    Deed.STOP: "X stops it",
    Deed.PAUSE: "P pauses it",
    Deed.RESUME: "P lets it run on",
    Deed.END: "E ends it",
    Deed.START_NEXT: "S starts it",
    Deed.STOP_AND_NEXT: "G does both",
    Deed.NEXT_STEP: "D records it",
}
"""The deeds of a card that are recorded or begun by one press, and the letter that does each."""


def not_pressed(desk: Desk, entered: QElapsedTimer, focused: QWidget | None) -> str:
    """Return why Enter does not press what has the keyboard; empty where it may."""
    card = focused.parentWidget() if focused is not None else None
    touched = desk.expected.last_touched
    if not isinstance(card, Card) or touched is None or isinstance(touched, Outage) or not entered.isValid():
        return ""
    button = _button_of(card, focused)
    if button is None or button.deed not in BY_LETTER or touched.chair in {"", card.view.chair}:
        return ""
    if entered.hasExpired(STILL_TYPING_US // 1000) or not desk.is_recent(touched, STILL_TYPING_US):
        return ""
    what = f"“{button.spoken or button.text}” at chair {card.view.chair}".replace("…", "")
    why = f"Enter came right behind a touch at chair {touched.chair}"
    return f"{what} was not pressed: {why}. {BY_LETTER[button.deed]}"


def _button_of(card: Card, focused: QWidget | None) -> CardButton | None:
    """Return the action of a card that a control stands for; None where it is another control."""
    shown = zip(card.buttons, card.view.buttons, strict=False)
    return next((action for control, action in shown if control is focused), None)
