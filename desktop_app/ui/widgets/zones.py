"""What zone is meant by what somebody typed: nobody knows how New York is written there."""

from __future__ import annotations

from zoneinfo import available_timezones

MOST = 4
"""So many zones are named where several may be meant; of more, one asks for more letters."""


def zone_meant(typed: str) -> str:
    """Return the one zone whose name holds what was typed; what fits none or many as it was typed.

    Raises:
        ValueError: a few zones fit; it names them.
    """
    asked = typed.strip().replace(" ", "_").casefold()
    names = sorted(available_timezones()) if asked else []
    exact = [name for name in names if name.casefold() == asked]
    fitting = exact or [name for name in names if asked in name.casefold()]
    if len(fitting) == 1:
        return fitting[0]
    if 1 < len(fitting) <= MOST:
        raise ValueError(f"Time zone: “{typed.strip()}” may be {', '.join(fitting[:-1])} or {fitting[-1]}.")
    return typed
