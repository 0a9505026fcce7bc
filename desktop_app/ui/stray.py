"""What a key pressed by mistake must not do: one letter never changes a start that has stood for a while.

A slip is noticed at once, and then U takes it back. Later a lone U on the board is more likely
stray than meant; two fingers (Ctrl+Z), the button on the news and a correction still do it.
"""

from __future__ import annotations

from desktop_app.core.desk import Desk
from desktop_app.core.moments import SECOND_US
from desktop_app.core.session import Session
from desktop_app.ui import words

SLIP_US = 60 * SECOND_US
"""How long after a touch a single letter may take back a start."""


def stray_undo(desk: Desk) -> str:
    """Return why a lone U takes nothing back now; empty where it may."""
    touched = desk.expected.last_touched
    if not isinstance(touched, Session) or desk.is_recent(touched, SLIP_US):
        return ""
    before = touched.before
    changed = [
        service
        for service in touched.open_services
        if before is None or _start_us(before, service.id) != _start_us(touched, service.id)
    ]
    if not changed:
        return ""
    drug = words.drug_name(changed[0].order)
    return f"{drug} is running: Ctrl+Z takes its start back, or correct it in the panel"


def _start_us(session: Session, service: str) -> int | None:
    found = session.service(service)
    return found.start.at_us if found is not None and found.start is not None else None
