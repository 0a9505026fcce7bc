"""How wide the panel is, known before the panel is made: the chairs beside it do not move then."""

from __future__ import annotations

from desktop_app.ui.theme import Theme

WIDTH = 404
LEAST = 300


def panel_width(theme: Theme, page_width: int) -> int:
    """Return as much of a page's width as is right for the panel."""
    return min(theme.px(WIDTH), max(theme.px(LEAST), page_width * 3 // 10))
