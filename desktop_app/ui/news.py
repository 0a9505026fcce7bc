"""What became of each touch, said where it belongs: in the open sheet, at the foot, or in the red bar."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from desktop_app.core.decisions import When
from desktop_app.core.desk import Desk, Saved
from desktop_app.ui.sheets.host import SheetHost
from desktop_app.ui.touches import Touch, Touches
from desktop_app.ui.widgets.not_saved import NotSavedBar
from desktop_app.ui.widgets.toast import Toast


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
        touches.waiting.connect(self._waiting)
        touches.safe.connect(self._safe)

    def undo(self, desk: Desk, when: When) -> None:
        """Take back the last touch of a session. A mark is dropped instead, where it stands."""
        last = self._last
        if last is not None and not last.can_undo and not last.is_undo:
            self._touches.refused.emit(f"“{last.said}” cannot be undone here")
            return
        told = f"Taken back: {last.said}" if last and last.can_undo else "Last touch taken back"
        self._touches.send(Touch(told, lambda: desk.undo(when=when), can_undo=False, is_undo=True))

    def _saved(self, touch: Touch, _saved: Saved) -> None:
        self._last = touch
        self._redraw()
        self._toast.say_saved(touch.said, can_undo=touch.can_undo)

    def _refused(self, why: str) -> None:
        if self._sheets.sheet is not None:
            self._sheets.sheet.show_problem(why)
        else:
            self._toast.say_refused(why)

    def _waiting(self, _said: str, why: str) -> None:
        self._bar.show_waiting(why, tuple(touch.said for touch in self._touches.kept))

    def _safe(self, said: str) -> None:
        self._bar.hide()
        self._toast.say(f"{said} · saved now. Everything is on disk.")
