"""The sheets: each as it opens, and in whatever other states it has."""

from __future__ import annotations

from desktop_app.ui.board.card_view import Deed
from tests.gallery.scene import Still


def _asked(deed: Deed, chair: str) -> Still:
    return Still(f"sheet-{deed.value}", lambda scene: scene.ask(deed, chair))


SHEET_STILLS: tuple[Still, ...] = (
    _asked(Deed.SEAT, "11"),
    _asked(Deed.START, "11"),
    _asked(Deed.STOPPED_AT, "4"),
    _asked(Deed.PAUSE, "1"),
    _asked(Deed.MORE, "1"),
    _asked(Deed.PLAN, "7"),
    _asked(Deed.RATE, "9"),
    _asked(Deed.BAG, "1"),
    _asked(Deed.SITE, "1"),
    _asked(Deed.REACTION, "1"),
    _asked(Deed.NOTE, "1"),
    _asked(Deed.MOVE, "1"),
    _asked(Deed.END, "1"),
)
