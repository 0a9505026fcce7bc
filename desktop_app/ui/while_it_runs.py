"""What is done while it runs: from each deed to its flow. Its keys stand in ``running_keys``."""

from __future__ import annotations

from collections.abc import Callable

from desktop_app.core.decisions import When
from desktop_app.core.session import Session
from desktop_app.ui.board.card_view import Deed
from desktop_app.ui.sheets.bag import ask_bag
from desktop_app.ui.sheets.line_care import flush, flush_port, keep_open
from desktop_app.ui.sheets.move import ask_move
from desktop_app.ui.sheets.note import ask_note, ask_reaction
from desktop_app.ui.sheets.rate import ask_rate, take_next_step
from desktop_app.ui.sheets.site import ask_site
from desktop_app.ui.sheets.stop_next import stop_and_start_next
from desktop_app.ui.station import Station

RUNNING_FLOWS: dict[Deed, Callable[[Station, Session, When], None]] = {
    Deed.STOP_AND_NEXT: stop_and_start_next,
    Deed.RATE: ask_rate,
    Deed.NEXT_STEP: take_next_step,
    Deed.BAG: ask_bag,
    Deed.KEEP_OPEN: keep_open,
    Deed.FLUSH: flush,
    Deed.FLUSH_PORT: flush_port,
    Deed.REACTION: ask_reaction,
    Deed.NOTE: ask_note,
    Deed.SITE: ask_site,
    Deed.MOVE: ask_move,
}
RUNNING_OPEN_ONLY = frozenset(RUNNING_FLOWS) - {Deed.REACTION, Deed.NOTE}
"""What needs the patient in the chair; a note and a reaction may follow."""
