"""The batch that is being sent. It belongs to the window and not to a page: pages come and go."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop_app.ui.billing_ports import ExportResult
from desktop_app.ui.export.export_model import result_words
from desktop_app.ui.export.outcome import Kind
from desktop_app.ui.export.ports import Progress, Sends, Wanted
from desktop_app.ui.export.stepping import Stepping

if TYPE_CHECKING:
    from desktop_app.ui.window import MainWindow

CANCELLED = "Cancelled. Nothing was sent, nothing is left behind, and what was ticked still is."
_BEGUN = Progress(0, "Begins")
_LOOK = "Whether it went out is told under Sent before; what is ticked can be sent once more."
_SLOW = "The folder answers slowly. It goes on by itself; Cancel sends nothing."


class Dispatch(QObject):
    """Sends one batch at a time and says what became of the last one.

    Signals:
        changed: it has come further, or it is over.
        sent: a batch was written.
        over(str): it is over, and what became of it in a sentence.
    """

    changed = Signal()
    sent = Signal()
    over = Signal(str)

    def __init__(self, sends: Sends, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._sends = sends
        self._stepping = Stepping(self)
        self.progress = _BEGUN
        self.said = ""
        """What became of the last one."""
        self.kind = Kind.GOOD
        """What kind of news that is."""
        self._stepping.moved.connect(self._moved)
        self._stepping.ended.connect(self._ended)
        self._stepping.failed.connect(self._failed)
        self._stepping.broke.connect(self._broke)

    @property
    def is_under_way(self) -> bool:
        """Whether a batch is being written."""
        return self._stepping.is_under_way

    @property
    def note(self) -> str:
        """What else is to be known while it is written; mostly nothing."""
        return _SLOW if self._stepping.is_slow else ""

    def begin(self, wanted: Wanted, folder: Path) -> None:
        """Write a batch; one that is under way is left alone."""
        if self.is_under_way:
            return
        self.progress = _BEGUN
        self.say("", Kind.GOOD)
        self._stepping.begin(self._sends.sending(wanted, folder))
        self.changed.emit()

    def cancel(self) -> None:
        """Give up what is being written: nothing is left of it, and nothing counts as sent."""
        if self.is_under_way:
            self._stepping.cancel()
            self._be_over(CANCELLED, Kind.NOTE)

    def say(self, text: str, kind: Kind) -> None:
        """Say something in the place of what became of the last one."""
        self.said, self.kind = text, kind
        self.changed.emit()

    def _moved(self, progress: object) -> None:
        if isinstance(progress, Progress) and progress.thousandths >= self.progress.thousandths:
            self.progress = progress
        self.changed.emit()

    def _ended(self, result: ExportResult) -> None:
        self.sent.emit()
        self._be_over(result_words(result), Kind.FAULT if result.note else Kind.GOOD)

    def _failed(self, why: str) -> None:
        told = why if "nothing was sent" in why.casefold() else f"{why} Nothing was sent."
        self._be_over(told, Kind.FAULT)

    def _broke(self, what: str) -> None:
        self._be_over(f"Something failed in it ({what}). {_LOOK}", Kind.FAULT)

    def _be_over(self, text: str, kind: Kind) -> None:
        self.say(text, kind)
        self.over.emit(text)


def dispatch_of(window: MainWindow) -> Dispatch:
    """Return what sends for a window; what became of a batch is told there where its page is not shown."""
    dispatch = Dispatch(window.station.billing.sends, window)

    def tell(text: str) -> None:
        if window.page != "export" and not window.locking.is_locked:
            window.toast.say(text)

    dispatch.over.connect(tell)
    return dispatch
