"""What became of each touch, said where it belongs: in the open sheet, at the foot, or in the red bar."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from desktop_app.core.decisions import When
from desktop_app.core.desk import UNDO_REACH_US, Saved
from desktop_app.core.outages import Outage
from desktop_app.core.suite import Touched
from desktop_app.ui import words
from desktop_app.ui.late import ask_to_take_back
from desktop_app.ui.sheets.host import SheetHost
from desktop_app.ui.stray import SLIP_US
from desktop_app.ui.taken_back import taken_back
from desktop_app.ui.touches import Late, Touch, Touches
from desktop_app.ui.widgets.not_saved import NotSavedBar
from desktop_app.ui.widgets.toast import Toast

if TYPE_CHECKING:
    from desktop_app.ui.station import Station


class News(QObject):
    """Listens to the touches; draws only what is on disk; takes the last touch back."""

    def __init__(
        self,
        touches: Touches,
        sheets: SheetHost,
        toast: Toast,
        bar: NotSavedBar,
        redraw: Callable[[], None],
    ) -> None:
        super().__init__(touches)
        self._touches = touches
        self._sheets = sheets
        self._toast = toast
        self._bar = bar
        self._redraw = redraw
        self._last: Touch | None = None
        touches.saved.connect(self._saved)
        touches.refused.connect(self._refused)
        touches.told.connect(toast.say)
        touches.waiting.connect(self._waiting)
        touches.settled.connect(self._settled)

    def undo(self, station: Station, chosen: str, when: When) -> None:
        """Take back the last touch of the suite, and say which one it was; what lies far is asked first."""
        desk = station.desk
        kept = [touch for touch in self._touches.kept if not touch.is_look]
        touched = desk.expected.last_touched
        last = kept[-1] if kept else self._last
        if last is not None and not last.can_undo and not last.is_undo:
            self._touches.refused.emit(f"“{last.said}” cannot be undone here")
        elif touched is None or not desk.is_recent(touched, UNDO_REACH_US):
            self._take_back(station, touched, when)
        elif (elsewhere := self._is_elsewhere(touched, chosen)) or not desk.is_recent(touched, SLIP_US):
            place = chosen if elsewhere else ""
            ask_to_take_back(station, touched, place, lambda: self._take_back(station, touched, when))
        else:
            self._take_back(station, touched, when)

    def _is_elsewhere(self, touched: Touched, chosen: str) -> bool:
        """Say whether a touch is at another chair than the chosen one, and is not the one just told."""
        if isinstance(touched, Outage) or touched.chair in {"", chosen}:
            return False
        return bool(self._touches.kept) or not self._toast.offers_undo

    def _take_back(self, station: Station, touched: Touched | None, when: When) -> None:
        """Take back a touch, if it is still the last one: while it was asked another may have come."""
        desk = station.desk
        if touched != desk.expected.last_touched:
            self._touches.refused.emit("something else was touched meanwhile, so nothing was taken back")
            return
        told = taken_back(touched, station.zone) if touched else ""
        self._touches.send(Touch(told, lambda: desk.undo(when=when), can_undo=False, is_undo=True))

    def all_settled(self) -> bool:
        """Try once to save what waits; False when some of it still waits or was refused, which is shown."""
        late = self._touches.retry()
        kept = self._touches.kept
        if kept:
            said = tuple(touch.said for touch in kept)
            self._bar.show_staying(said, is_safe=self._touches.is_safe)
        return not kept and not any(one.refused for one in late)

    def _saved(self, touch: Touch, _saved: Saved) -> None:
        if touch.is_look:
            return
        self._last = touch
        self._redraw()
        self._toast.say_saved(touch.said, can_undo=touch.can_undo)

    def _refused(self, why: str) -> None:
        if self._sheets.sheet is not None:
            self._sheets.sheet.show_problem(why)
        else:
            self._toast.say_refused(why)

    def _waiting(self, _said: str, why: str) -> None:
        kept = tuple(touch.said for touch in self._touches.kept)
        self._bar.show_waiting(why, kept, is_safe=self._touches.is_safe)
        self._redraw()

    def _settled(self, late: tuple[Late, ...]) -> None:
        all_is_told = not self._touches.kept
        self._redraw()
        if all_is_told:
            self._bar.put_away()
        if any(one.refused for one in late):
            self._toast.say_late(late_words(late))
        elif all_is_told:
            self._toast.say(f"{late[-1].said} · saved now. Everything is on disk.")


def late_words(late: tuple[Late, ...]) -> str:
    """Say which of the touches that waited were refused and why, and which are saved."""
    refused = [_refused_words(one) for one in late if one.refused]
    saved = "; ".join(one.said for one in late if not one.refused)
    return " ".join([*refused, *([f"Saved now: {saved}."] if saved else [])])


def _refused_words(late: Late) -> str:
    told = f"Not taken: {late.said}. {words.sentence(late.refused)}"
    return f"{told} Its moment is kept as an open mark." if late.is_marked else told
