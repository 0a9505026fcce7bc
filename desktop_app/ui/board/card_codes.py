"""The lines of a card, in a few letters each."""

from __future__ import annotations

from collections.abc import Sequence

from desktop_app.coding.reasons import Coding, Kind, Line
from desktop_app.core.moments import MINUTE_US
from desktop_app.core.service import Service
from desktop_app.ui import words
from desktop_app.ui.board.card_view import CardState
from desktop_app.ui.codings import AWAITED


def code_words(lines: Sequence[Line]) -> tuple[str, ...]:
    """Write lines as code and units, one after another; what was wasted of a drug as such."""
    return tuple(f"{line.code}{_wasted(line)} ×{line.units}" for line in lines)


def _wasted(line: Line) -> str:
    """Return the modifier that tells the line of what was wasted from that of what was given."""
    return "-JW" if "JW" in line.modifiers else ""


def administration(coding: Coding) -> tuple[Line, ...]:
    """Return the lines for what was done, without the drugs."""
    return tuple(line for line in coding.lines if line.kind is Kind.ADMINISTRATION)


def codes_rest_words(coding: Coding, state: CardState) -> str:
    """Return what is said beside the codes: the hours, or why there are none."""
    if coding is AWAITED:
        return ""
    if not administration(coding):
        return "No line yet"
    if state is CardState.PAUSED:
        return "pause not counted"
    return f"· {coding.billable_hours} h" if coding.billable_hours else ""


def infused_words(coding: Coding, without_stop: Sequence[Service], rest: str) -> str:
    """Write how long was infused; of what has no stop as far as is known, up to its last moment."""
    if coding is AWAITED:
        return ""
    known = sum(service.elapsed_us(service.last_moment_us or 0) for service in without_stop)
    return f"{words.hm(coding.infused_minutes + known // MINUTE_US)} {rest}"
