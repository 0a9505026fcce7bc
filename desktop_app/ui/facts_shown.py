"""Which facts the panel may show: a manager can hide what one minute more or less would change."""

from __future__ import annotations

from desktop_app.ui.ports import Settings

ONE_MINUTE = "one-minute"


def shows_one_minute(settings: Settings) -> bool:
    """Return whether a row tells what one minute would change; it does where nobody said no."""
    try:
        return settings.get(ONE_MINUTE) != "no"
    except KeyError:
        return True
