"""What a fault of the program itself says on screen: a window has no terminal in which it would be read.

Qt goes on after a fault in the answer to a press, so without a word a touch could have done nothing
and look as if it had. What Python would print of it may hold anything that was typed, so a report without
values takes its place everywhere: on standard error, in the data folder, and on the clipboard.
"""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Callable
from types import TracebackType

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication

from desktop_app.ui.widgets.toast import Toast

TOLD = (
    "Something in the program went wrong. What the board shows is on disk: look whether your last touch "
    "is there. Copy the report, and give it to whoever looks after the computer."
)
COPIED = "The report is copied; it names no patient. Paste it where you want to send it."
NOTHING_WRONG = "Nothing went wrong since the program was started, so there is no report to copy."
Keep = Callable[[BaseException], str]
"""Makes the report of a fault, and keeps it."""


class Unforeseen(QObject):
    """Tells of a fault at the foot of the window, and copies its report when asked."""

    def __init__(self, toast: Toast) -> None:
        super().__init__(toast)
        self._toast = toast
        self.report = ""
        """The report of the last fault; empty while there was none."""
        toast.copy_wanted.connect(self.copy)

    def tell(self, report: str) -> None:
        """Say that something went wrong."""
        self.report = report
        self._toast.say_fault(TOLD)

    def copy(self) -> None:
        """Put the last report on the clipboard, or say that there is none."""
        if self.report:
            QGuiApplication.clipboard().setText(self.report)
        self._toast.say(COPIED if self.report else NOTHING_WRONG)


def tell_faults(tell: Callable[[str], None], keep: Keep) -> Callable[[], None]:
    """From now on keep the report of each fault, print it instead of what Python would, and say it.

    Returns what ends that.
    """
    before, unraisable, of_threads = sys.excepthook, sys.unraisablehook, threading.excepthook
    handler = _Reporting(keep)

    def told(kind: type[BaseException], fault: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, Exception):
            tell(_printed(keep(fault)))
        else:
            before(kind, fault, trace)

    sys.excepthook = told
    sys.unraisablehook = lambda said: _print(keep, said.exc_value)
    threading.excepthook = lambda said: _print(keep, said.exc_value)
    logging.getLogger().addHandler(handler)

    def end() -> None:
        sys.excepthook, sys.unraisablehook, threading.excepthook = before, unraisable, of_threads
        logging.getLogger().removeHandler(handler)

    return end


class _Reporting(logging.Handler):
    """Takes what is logged of a fault that stayed in its place: its report is kept and printed."""

    def __init__(self, keep: Keep) -> None:
        super().__init__(logging.WARNING)
        self._keep = keep

    def emit(self, record: logging.LogRecord) -> None:
        """Report the fault of an entry; an entry without one says nothing that is not on screen."""
        if record.exc_info and record.exc_info[1] is not None:
            _printed(self._keep(record.exc_info[1]))


def _print(keep: Keep, fault: BaseException | None) -> None:
    if fault is not None:
        _printed(keep(fault))


def _printed(report: str) -> str:
    if sys.stderr is not None:
        sys.stderr.write(f"{report}\n")
    return report
