"""From any page to the history of the session that is shown on it: one key, one press."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desktop_app.ui.window import MainWindow


def show_history_of(window: MainWindow) -> None:
    """Show the history of the session that is shown or chosen; where there is none, look for one."""
    if window.sheets.sheet is None:
        window.show_page("history", _shown(window))


def _shown(window: MainWindow) -> str:
    if window.page == "board":
        session = window.board.session()
        return session.id if session else ""
    if window.page == "review":
        current = window.review.current()
        return current.id if current else ""
    chosen = window.export.day_card.current() if window.page == "export" else None
    return chosen[0] if chosen else ""
