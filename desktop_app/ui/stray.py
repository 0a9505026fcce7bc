"""What a key pressed by mistake must not do: one letter takes back nothing that has stood for a while.

A slip is noticed at once, and then U takes it back. Later a lone U is more likely stray than meant,
and may be about another chair than the one that is looked at; two fingers (Ctrl+Z), which
ask first, and a correction still do it.
"""

from __future__ import annotations

from desktop_app.core.desk import Desk
from desktop_app.core.moments import SECOND_US
from desktop_app.ui.taken_back import what_is_taken_back

SLIP_US = 60 * SECOND_US
"""How long after a touch a single letter may take it back."""


def stray_undo(desk: Desk, zone: str) -> str:
    """Return why a lone U takes nothing back now; empty where it may."""
    touched = desk.expected.last_touched
    if touched is None or desk.is_recent(touched, SLIP_US):
        return ""
    return f"{what_is_taken_back(touched, zone)} is over a minute old: Ctrl+Z asks, and takes it back"
