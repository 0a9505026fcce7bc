"""A picture of the board as a file."""

from __future__ import annotations

from pathlib import Path

from desktop_app.ui.window import MainWindow


def picture_of_board(window: MainWindow, path: Path, width: int, height: int) -> None:
    """Write a picture of the window's board as PNG, at a size in pixels."""
    window.show_page("board")
    window.resize(width, height)
    window.ensurePolished()
    window.refresh()
    if not window.grab().save(str(path), "PNG"):
        message = f"The picture {path} could not be written."
        raise OSError(message)
