"""What is shown before a folder is open: who is there is asked, as the window of this folder looks."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.core.ports import JournalError
from desktop_app.ui.theme import Scheme, Theme

if TYPE_CHECKING:
    from desktop_app.store.database import DatabaseKey
    from desktop_app.store.locked import Locked
    from desktop_app.ui.signin.window import SignInWindow


def theme_before(folder: Path) -> Theme:
    """Return the theme of what is shown before a folder is open; its font is the application's."""
    from desktop_app.store.look import read_look  # noqa: PLC0415 - most folders are not locked

    look = read_look(folder)
    theme = Theme(scheme=Scheme(look.scheme), text_percent=look.text_percent)
    theme.set_font()
    return theme


class NotSignedIn(JournalError):
    """Nobody signed in: the window of the door was closed."""


class AtTheDoor:
    """Asks who is there where the folder is locked, before there is any other window."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._page: SignInWindow[DatabaseKey] | None = None

    def unlock(self, locked: Locked) -> DatabaseKey:
        """Return what opens the folder. Raises NotSignedIn where nobody signs in."""
        kept = locked.with_keyring()
        return self.ask(locked) if kept is None else kept

    def ask(self, locked: Locked) -> DatabaseKey:
        """Return what opens the folder for a person, whatever the keyring holds. Raises NotSignedIn."""
        from desktop_app.ui.signin.window import SignInWindow  # noqa: PLC0415 - most folders are not locked

        theme = theme_before(self._folder)
        self._page = page = SignInWindow(theme, locked)
        theme.apply()
        if (key := page.ask()) is None:
            raise NotSignedIn("Nobody signed in, so nothing was opened.")
        return key

    def leave(self) -> None:
        """Close the page: the board is there."""
        if self._page is not None:
            self._page.close()
