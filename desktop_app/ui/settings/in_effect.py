"""What a changed setting changes at once in the window that is open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop_app.ui import late
from desktop_app.ui.theme import Scheme

if TYPE_CHECKING:
    from desktop_app.ui.window import MainWindow


def take_setting(window: MainWindow, key: str) -> None:
    """Let a setting that was changed take effect."""
    station, get = window.station, window.station.settings.get
    if key in {"scheme", "text-size"}:
        window.theme.choose(scheme=Scheme(get("scheme")), text_percent=int(get("text-size")))
    if key == "text-size":
        measure_anew(window)
    station.reminding.reread()
    if key in {"chairs", "chair-labels"}:
        station.desk.set_chairs(station.settings.chairs())
    if key == "actor":
        late.come_on(station, get("actor"))
        window.rail.show_user(station.desk.actor)
    if key == "backup-folder":
        window.upkeep.try_place()
    window.show_title()
    window.refresh()
    window.caretaker.look()


def measure_anew(window: MainWindow) -> None:
    """Make the pages anew that measured themselves by the text as it was."""
    window.pages.forget_measures()
    window.show_page(window.page)
    if window.page == "settings":
        window.settings.go_to("text-size")
