"""What a card shows, as one frozen value: drawn as it is, compared to know whether to draw again."""

from __future__ import annotations

from enum import StrEnum

from desktop_app.core.values import dataclass


class CardState(StrEnum):
    """What a chair is doing, as the board tells it."""

    FREE = "free"
    SEATED = "seated"
    RUNNING = "running"
    PAUSED = "paused"
    PAST_PLAN = "past-plan"
    STOP_MISSING = "stop-missing"
    READY = "ready"
    FAULT = "fault"
    """What its session holds cannot be drawn."""


TONES = {
    CardState.FREE: "ink_2",
    CardState.SEATED: "due",
    CardState.RUNNING: "run",
    CardState.PAUSED: "pause",
    CardState.PAST_PLAN: "alert",
    CardState.STOP_MISSING: "alert",
    CardState.READY: "done",
    CardState.FAULT: "alert",
}
"""The colour token of each state."""

ICONS = {
    CardState.FREE: "plus",
    CardState.SEATED: "clock",
    CardState.RUNNING: "play",
    CardState.PAUSED: "pause",
    CardState.PAST_PLAN: "alert",
    CardState.STOP_MISSING: "alert",
    CardState.READY: "check",
    CardState.FAULT: "alert",
}
NEEDS_ATTENTION = frozenset({CardState.PAST_PLAN, CardState.STOP_MISSING, CardState.FAULT})


class Deed(StrEnum):
    """What a button or a key asks for."""

    SEAT = "seat"
    START = "start"
    START_NEXT = "start-next"
    STOP = "stop"
    PAUSE = "pause"
    RESUME = "resume"
    PAUSE_OR_RESUME = "pause-or-resume"
    STOPPED_AT = "stopped-at"
    END = "end"
    REVIEW = "review"
    MARK = "mark"
    SAY_MARK = "say-mark"
    SEEN = "seen"
    MORE = "more"
    STOP_AND_NEXT = "stop-and-next"
    RATE = "rate"
    NEXT_STEP = "next-step"
    BAG = "bag"
    KEEP_OPEN = "keep-open"
    FLUSH = "flush"
    FLUSH_PORT = "flush-port"
    REACTION = "reaction"
    NOTE = "note"
    SITE = "site"
    MOVE = "move"
    PLAN = "plan"
    PRINT = "print"


@dataclass(frozen=True, slots=True)
class CardButton:
    """One of the two most likely next actions."""

    deed: Deed
    text: str
    icon: str = ""
    primary: bool = False
    spoken: str = ""
    """What it does in full, where its words are short."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CardView:
    """One card. ``sentence`` is the whole of it in words, for a screen reader."""

    chair: str
    place: int
    state: CardState
    sentence: str
    session: str = ""
    pill: str = "Free"
    pill_short: str = ""
    who: str = ""
    title: str = ""
    title_end: str = ""
    """The end of the title that is never cut off: the dose."""
    title_rest: str = ""
    rest_short: str = ""
    """Stands for ``title_rest`` where that has no room."""
    time: str = ""
    time_is_quiet: bool = False
    permille: int | None = None
    """Part of the planned time that is over, in thousandths."""
    steps: tuple[int, ...] = ()
    """Where on the bar the ordered rate steps lie, in thousandths."""
    notes: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    codes_rest: str = ""
    buttons: tuple[CardButton, ...] = ()
    due: str = ""
    """What is due here and was not seen yet; empty for nothing."""
    due_brief: str = ""
    """Stands for ``due`` where that has no room."""
    due_spoken: str = ""
    by: str = ""
    """Who touched the start that the card shows, and when."""
    waiting: tuple[str, ...] = ()
    """What was touched here and is not saved yet: in full and shorter; empty for nothing."""

    @property
    def whole(self) -> str:
        """Everything on the card that may be too long for it, a line each."""
        title = f"{self.title} {self.title_rest}".strip()
        codes = f"{' · '.join(self.codes)} {self.codes_rest}".strip()
        told = (*self.waiting[:1], self.who, title, *self.notes, codes, self.by)
        return "\n".join(part for part in told if part)
