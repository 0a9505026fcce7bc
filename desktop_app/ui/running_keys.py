"""The keys of what is done while it runs, the same on the board and in More."""

from __future__ import annotations

from desktop_app.ui.board.card_view import Deed

RUNNING_KEYS = {
    "o": Deed.MORE,
    "g": Deed.STOP_AND_NEXT,
    "v": Deed.RATE,
    "d": Deed.NEXT_STEP,
    "b": Deed.BAG,
    "h": Deed.KEEP_OPEN,
    "f": Deed.FLUSH,
    "z": Deed.FLUSH_PORT,
    "y": Deed.REACTION,
    "j": Deed.NOTE,
    "i": Deed.SITE,
    "c": Deed.MOVE,
}

RUNNING_KEY_WORDS = (
    ("G", "stop, and start the plan's next at the same instant"),
    ("V, D", "a new rate; the plan's next rate step at once"),
    ("B", "a new bag, with its lot"),
    ("H, F, Z", "stop and hold the vein open; flush given; port flush given"),
    ("Y, J", "a reaction; jot a note"),
    ("I, C", "a further access site; move to another chair"),
    ("O", "more: everything that can be done at the chair"),
)
"""The same for the sheet of keys."""
