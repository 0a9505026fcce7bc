"""Whether the first start is behind us; apart from its page, which most starts never make."""

from __future__ import annotations

from desktop_app.ui.ports import Settings

CONFIRMED = "cpt-licence"


def is_configured(settings: Settings) -> bool:
    """Say whether the first start is done."""
    return settings.get(CONFIRMED) == "yes"
