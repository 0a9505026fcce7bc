"""The lines of a card, in a few letters each."""

from __future__ import annotations

from collections.abc import Sequence

from desktop_app.coding.reasons import Coding, Kind, Line


def code_words(lines: Sequence[Line]) -> tuple[str, ...]:
    """Write lines as code and units, one after another; what was wasted of a drug as such."""
    return tuple(f"{line.code}{_wasted(line)} ×{line.units}" for line in lines)


def _wasted(line: Line) -> str:
    """Return the modifier that tells the line of what was wasted from that of what was given."""
    return "-JW" if "JW" in line.modifiers else ""


def administration(coding: Coding) -> tuple[Line, ...]:
    """Return the lines for what was done, without the drugs."""
    return tuple(line for line in coding.lines if line.kind is Kind.ADMINISTRATION)
