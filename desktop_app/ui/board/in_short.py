"""A chair in short, for where everybody may look: state and time, and nothing of the patient."""

from __future__ import annotations

from desktop_app.core.moments import MINUTE_US
from desktop_app.core.session import Session, Stage
from desktop_app.core.suite import Suite
from desktop_app.core.values import dataclass
from desktop_app.ui import words
from desktop_app.ui.board.card_model import lead_service, past_plan_minutes, seated_word, session_state
from desktop_app.ui.board.card_view import ICONS, TONES, CardState
from desktop_app.ui.board.due import is_told
from desktop_app.ui.board.suite_model import DueOf
from desktop_app.ui.reminding import in_sentence

_WORDS = {
    CardState.RUNNING: "Running",
    CardState.PAUSED: "Paused",
    CardState.PAST_PLAN: "Past plan",
    CardState.STOP_MISSING: "Stop missing",
    CardState.READY: "Ended",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ChairInShort:
    """One chair as word, icon, colour and figure."""

    chair: str
    state: CardState
    word: str
    figure: str = ""
    """How long it runs or is paused, or how far it is past the plan; empty where nothing runs."""
    due: tuple[str, ...] = ()
    """What is due there, in words."""

    @property
    def tone(self) -> str:
        """The colour token."""
        return TONES[self.state]

    @property
    def icon(self) -> str:
        """The icon's name."""
        return ICONS[self.state]

    @property
    def spoken(self) -> str:
        """All of it in words, for example Chair 4, past plan +12, vitals due."""
        state = f"{self.word[:1].lower()}{self.word[1:]} {self.figure}".strip()
        return ", ".join([f"Chair {self.chair}", state, *self.due])


def chairs_in_short(suite: Suite, now_us: int, due: DueOf) -> tuple[ChairInShort, ...]:
    """Return every chair with a patient, or without a stop, in the board's order."""
    shown = (suite.shown_in(chair) for chair in suite.chairs)
    found = (_in_short(session, now_us, due) for session in shown if session is not None)
    return tuple(one for one in found if one.state is not CardState.READY)


def timed_in_short(suite: Suite, now_us: int, due: DueOf) -> tuple[ChairInShort, ...]:
    """Return the chairs where something runs or is paused."""
    return tuple(one for one in chairs_in_short(suite, now_us, due) if one.figure)


def running_chairs(suite: Suite) -> tuple[str, ...]:
    """Return the chairs of patients with something running or paused, in the board's order."""
    shown = ((chair, suite.shown_in(chair)) for chair in suite.chairs)
    return tuple(chair for chair, session in shown if session is not None and _is_timed(session))


def _is_timed(session: Session) -> bool:
    return session.stage is Stage.OPEN and bool(session.open_services)


def _in_short(session: Session, now_us: int, due: DueOf) -> ChairInShort:
    state = session_state(session, now_us)
    return ChairInShort(
        chair=session.chair,
        state=state,
        word=_word(session, state, now_us),
        figure=_figure(session, state, now_us) if _is_timed(session) else "",
        due=tuple(in_sentence(one) for one in due(session, now_us) if not is_told(one, state)),
    )


def _word(session: Session, state: CardState, now_us: int) -> str:
    if state is CardState.SEATED:
        return seated_word(session)
    if state is CardState.RUNNING and lead_service(session, now_us).order.kvo:
        return "Kept open"
    return _WORDS[state]


def _figure(session: Session, state: CardState, now_us: int) -> str:
    lead = lead_service(session, now_us)
    if state is CardState.PAST_PLAN:
        return f"+{past_plan_minutes(lead, now_us)}"
    if state is CardState.PAUSED and lead.open_pause:
        return f"{max(0, now_us - lead.open_pause.since.at_us) // MINUTE_US} min"
    return words.hm(lead.elapsed_us(now_us) // MINUTE_US)
