"""The one way a screen asks for something to be recorded.

A touch carries its instant with it. If the journal cannot take it now, the touch is kept, tried
again each second with the same instant, and everything touched after it waits behind it, so
that the order of what happened is never changed. What can never be stored is refused at once
and blocks nothing. Only what is on disk is called saved. The same press once more is not kept
twice; and where what waited does not fit any more when its turn comes, its moment is marked.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from desktop_app.core.decisions import Refusal
from desktop_app.core.desk import Desk, Outcome, Saved
from desktop_app.core.ports import JournalError, NotSaved
from desktop_app.core.values import dataclass
from desktop_app.core.waiting import Kept, NotYet
from desktop_app.ui.kept import KeptTouch, is_repeat, kept_words, mark_of

RETRY_MS = 1000


@dataclass(frozen=True, slots=True)
class Touch:
    """Something a person did: how it is told, and how it is recorded."""

    said: str
    """For example: Chair 6 · Infliximab stopped at 10:31:44."""
    record: Callable[[], Outcome]
    can_undo: bool = True
    is_undo: bool = False
    is_look: bool = False
    """Whether somebody only looked: nothing is told of it and nothing can be taken back."""


@dataclass(frozen=True, slots=True)
class Late:
    """What became of a touch that had to wait: saved, or why it was refused."""

    said: str
    refused: str = ""
    is_marked: bool = False
    """Whether its moment is kept as an open mark, because it was refused."""


class Touches(QObject):
    """Records touches and says what became of each.

    Signals:
        saved(Touch, Saved): it is on disk.
        refused(str): it was not taken, and why; nothing was stored.
        waiting(str, str): the journal could not store it; what waits, and why.
        told(str): something to know at once; nothing was recorded.
        settled(tuple[Late, ...]): what waited and waits no longer, oldest first.
    """

    saved = Signal(object, object)
    refused = Signal(str)
    waiting = Signal(str, str)
    told = Signal(str)
    settled = Signal(tuple)

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.marked_us: dict[tuple[str, str, str], int] = {}
        """When the moment of a refused deed was marked last: of whom, at which chair, which deed."""
        self._kept: deque[tuple[Touch, Kept]] = deque()
        self._timer = QTimer(self)
        self._timer.setInterval(RETRY_MS)
        self._timer.timeout.connect(self.retry)

    @property
    def kept(self) -> tuple[Touch, ...]:
        """The touches that are not on disk yet, oldest first."""
        return tuple(touch for touch, _ in self._kept)

    @property
    def is_safe(self) -> bool:
        """Whether what waits outlives the program: it is in the emergency file."""
        return self._desk.refuge.has_all(self._desk.waiting)

    def wait_again(self, said: str, kept: Kept) -> None:
        """Let a touch of an earlier run wait, which the journal did not take then either."""
        self._kept.append((Touch(said, lambda: Refusal("")), self._desk.keep(kept)))
        self._timer.start()
        self.waiting.emit(said, "")

    def waiting_at(self, chair: str) -> tuple[KeptTouch, ...]:
        """Return what waits at a chair, oldest first; not that somebody only looked."""
        here = (pair for pair in self._kept if chair in pair[1].chairs and not pair[0].is_look)
        return tuple(KeptTouch(touch.said, kept) for touch, kept in here)

    def send(self, touch: Touch) -> Outcome | None:
        """Record a touch; None when it has to wait, because the journal cannot take it now."""
        try:
            outcome = touch.record()
        except NotYet as error:
            return self._keep(touch, error)
        except JournalError as error:
            outcome = Refusal(str(error))
        if isinstance(outcome, Saved):
            self.saved.emit(touch, outcome)
        else:
            self.refused.emit(outcome.text)
        return outcome

    def retry(self) -> tuple[Late, ...]:
        """Try what waits again, oldest first, until the journal cannot take one; return what is settled."""
        settled: list[Late] = []
        why = ""
        while self._kept and not why:
            try:
                settled.append(self._try_oldest())
            except NotSaved as error:
                why = str(error)
        if not self._kept:
            self._timer.stop()
        if settled:
            self.settled.emit(tuple(settled))
        if why:
            self.waiting.emit(self.kept[0].said, why)
        return tuple(settled)

    def _try_oldest(self) -> Late:
        touch, kept = self._kept[0]
        try:
            outcome = self._desk.save_oldest()
        except NotSaved:
            raise
        except JournalError as error:
            outcome = Refusal(str(error))
        self._kept.popleft()
        if not isinstance(outcome, Saved):
            return Late(touch.said, outcome.text, is_marked=self._mark_moment(kept))
        self.saved.emit(touch, outcome)
        return Late(touch.said)

    def _mark_moment(self, kept: Kept) -> bool:
        """Keep the moment of a touch that is refused at last as an open mark; it may have to wait too."""
        when = mark_of(kept, self._desk.now())
        if when is None:
            return False
        chair = next((one for one in sorted(kept.chairs) if one in self._desk.suite.chairs), "")
        said = f"Chair {chair} · mark of what was not taken" if chair else "Mark of what was not taken"
        mark = Touch(said, lambda: self._desk.mark(when, chair=chair))
        return not isinstance(self.send(mark), Refusal)

    def _is_repeat(self, again: Kept) -> bool:
        """Return whether a touch is the last one of its session that waits, once more."""
        session = again.decided.session
        waiting = (kept for _, kept in reversed(self._kept) if kept.decided.session == session)
        last = next(waiting, None)
        return last is not None and is_repeat(again, last)

    def _keep(self, touch: Touch, error: NotYet) -> Refusal | None:
        if not touch.is_look and self._is_repeat(error.kept):
            refusal = Refusal(kept_words(touch.said))
            self.refused.emit(refusal.text)
            return refusal
        self._kept.append((touch, self._desk.keep(error.kept)))
        self._timer.start()
        self.waiting.emit(touch.said, str(error))
        return None
