"""What a fault of the program itself says on screen: a window has no terminal in which it would be read.

Qt goes on after a fault in the answer to a press, so without a word a touch could have done nothing
and look as if it had.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import TracebackType

TOLD = (
    "Something in the program went wrong. What the board shows is on disk: "
    "look whether your last touch is there, and tell whoever looks after the computer."
)


def tell_faults(say: Callable[[str], None]) -> None:
    """Say a fault on screen from now on, besides the traceback on standard error."""
    before = sys.excepthook

    def told(kind: type[BaseException], fault: BaseException, trace: TracebackType | None) -> None:
        before(kind, fault, trace)
        if issubclass(kind, Exception):
            say(TOLD)

    sys.excepthook = told
