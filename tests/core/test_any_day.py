"""Whatever is touched, in whatever order: what always holds, and that a restart changes nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import pairwise

from hypothesis import event, given, settings
from hypothesis import strategies as st

from desktop_app.core import care, corrections, stay
from desktop_app.core.decisions import Decision, Refusal, When
from desktop_app.core.desk import Action, Desk, Outcome, Saved
from desktop_app.core.moments import MINUTE_US, SECOND_US, HowKnown
from desktop_app.core.orders import Setting
from desktop_app.core.service import Service
from desktop_app.core.session import Session, Stage
from tests.core.chairside import Chairside, infusion, push, sign
from tests.fakes import NEW_YORK


@dataclass(frozen=True)
class Touch:
    """One touch of a random day: where, about which service, how long after the last, how far back dated."""

    number: int
    """Which of the things that may be done then and there."""
    heedless: bool
    """Whether things that will be refused are among them."""
    chair: str
    service: str
    passed_s: int
    back_min: int


touches = st.builds(
    Touch,
    st.integers(0, 999),
    st.sampled_from((False, False, False, True)),
    st.sampled_from("112"),
    st.sampled_from("aaab"),
    st.integers(0, 1200),
    st.sampled_from((0, 0, 0, 1, 7, 45)),
)
days = st.lists(touches, min_size=20, max_size=50)


def correct(session: Session, when: When, *, what: str, service: str) -> Decision:
    """Correct a moment to the instant of the touch, back-dated or not, judged by the present."""
    return corrections.correct_moment(
        session,
        When(when.now_us, when.now_us),
        service=service,
        what=what,
        to_us=when.at_us,
        how=HowKnown.CHARTED,
        reason="read again",
    )


ACTIONS: dict[str, Callable[[str], Action]] = {
    "plan": lambda s: partial(care.plan_service, service=s, order=infusion(planned_minutes=60)),
    "start": lambda s: partial(care.start_service, service=s, order=infusion()),
    "give": lambda s: partial(care.give_service, service=s, order=push()),
    "pause": lambda s: partial(care.pause_service, service=s),
    "resume": lambda s: partial(care.resume_service, service=s),
    "stop": lambda s: partial(care.stop_service, service=s),
    "stop-only": lambda _: care.stop_service,
    "next": lambda s: partial(
        care.stop_and_start_next, service=s, next_service=f"{s}2", order=infusion("rituximab")
    ),
    "rate": lambda s: partial(care.change_rate, service=s, rate_ml_h="40"),
    "bag": lambda s: partial(care.change_bag, service=s),
    "order": lambda s: partial(care.change_order, service=s, order=infusion("infliximab-dyyb")),
    "site": lambda s: partial(care.open_site, site=s, reason="it blew"),
    "note": lambda s: partial(care.add_note, text="itching", service=s),
    "not-witnessed": lambda s: partial(corrections.not_witnessed, service=s),
    "remove-stop": lambda s: partial(corrections.remove_stop, service=s),
    "void": lambda s: partial(corrections.void_service, service=s, reason="wrong chair"),
    "correct-start": lambda s: partial(correct, what="start", service=s),
    "correct-stop": lambda s: partial(correct, what="stop", service=s),
    "correct-pause": lambda s: partial(correct, what="pause", service=s),
    "correct-resume": lambda s: partial(correct, what="resume", service=s),
    "end": lambda _: stay.end_session,
    "hold": lambda _: partial(stay.hold_session, reason="no consent"),
    "release": lambda _: stay.release_hold,
    "sign": lambda _: sign,
}
"""What may be touched at a chair, given the service it is about."""


SELDOM = frozenset({"give", "hold", "note", "not-witnessed", "order", "plan", "site", "void"})
"""What is done less often than the rest, so that enough of a day is starts, pauses and stops."""


def _seat(day: Chairside, touch: Touch, _: str, when: When) -> Outcome:
    name = f"s{len(day.desk.expected.sessions)}"
    return day.desk.seat(
        when, chair=touch.chair, session=name, mrn=name, zone=NEW_YORK, setting=Setting.FACILITY
    )


AT_THE_DESK: dict[str, Callable[[Chairside, Touch, str, When], Outcome]] = {
    "seat": _seat,
    "move": lambda day, touch, session, when: day.desk.move(
        session, "2" if touch.chair == "1" else "1", when
    ),
    "reopen": lambda day, _, session, when: day.desk.reopen(session, "look again", when),
    "undo": lambda day, _, session, when: day.desk.undo(session, when),
    "undo-last": lambda day, _, __, when: day.desk.undo(when=when),
    "mark": lambda day, touch, _, when: day.desk.mark(when, chair=touch.chair),
    "drop": lambda day, _, __, when: day.desk.drop("", "a slip", when),
    "assign": lambda day, touch, session, when: day.desk.assign(
        "", session, "start", partial(care.start_service, service=touch.service, order=infusion()), when
    ),
}
"""What is asked of the desk itself."""


def make(day: Chairside, touch: Touch) -> tuple[str, Outcome]:
    """Make a touch at the newest session of its chair, after its time has passed."""
    day.clock.advance(us=touch.passed_s * SECOND_US)
    now_us = day.clock.now().wall_us
    known = HowKnown.BACK_DATED if touch.back_min else HowKnown.PRESSED
    when = When(now_us - touch.back_min * MINUTE_US, now_us, known)
    here = [session for session in day.desk.expected.sessions.values() if session.chair == touch.chair]
    what = _choice(here[-1] if here else None, touch, when)
    session = here[-1].id if here else "nobody"
    if act := AT_THE_DESK.get(what):
        return what, act(day, touch, session, when)
    return what, day.desk.touch(session, ACTIONS[what](touch.service), when)


def _choice(session: Session | None, touch: Touch, when: When) -> str:
    """Return what a touch does: mostly something that may be done, now and then anything at all."""
    if session is None and not touch.heedless:
        return "seat"
    may = [
        name
        for name, action in ACTIONS.items()
        if session is None or touch.heedless or not isinstance(action(touch.service)(session, when), Refusal)
    ]
    choices = [*AT_THE_DESK, *may, *3 * [name for name in may if name not in SELDOM]]
    return choices[touch.number % len(choices)]


def lived(day: list[Touch]) -> Iterator[tuple[Chairside, str, Outcome]]:
    """Live a day, and stop after each touch to look at it."""
    side = Chairside()
    for touch in day:
        what, outcome = make(side, touch)
        event(f"{what}: {'stored' if isinstance(outcome, Saved) else 'refused'}")
        yield side, what, outcome


def the_way_back(session: Session | None) -> list[Session]:
    """Return a session and everything undo would make of it."""
    return [] if session is None else [session, *the_way_back(session.before)]


@given(days)
@settings(max_examples=40)
def test_a_restart_after_any_touch_finds_everything_as_it_was(day: list[Touch]) -> None:
    for side, _, _ in lived(day):
        fresh = side.another_desk()
        for name, session in side.desk.suite.sessions.items():
            assert the_way_back(fresh.session(name)) == the_way_back(session)
        assert fresh.suite.marks == side.desk.suite.marks
        assert fresh.suite.marks_version == side.desk.suite.marks_version
        assert _waiting(fresh) == _waiting(side.desk)


def _waiting(desk: Desk) -> dict[str, Session]:
    return {chair: shown for chair in desk.suite.chairs if (shown := desk.suite.shown_in(chair))}


@given(days)
@settings(max_examples=40)
def test_no_chair_ever_holds_two_patients(day: list[Touch]) -> None:
    for side, _, _ in lived(day):
        taken = [s.chair for s in side.desk.suite.sessions.values() if s.stage is Stage.OPEN]
        assert len(taken) == len(set(taken))


@given(days)
@settings(max_examples=40)
def test_the_moments_of_a_service_always_stand_in_order(day: list[Touch]) -> None:
    for side, _, _ in lived(day):
        now_us = side.clock.now().wall_us
        for session in side.desk.suite.sessions.values():
            for service in session.begun_services:
                instants = [session.seated.at_us, *_instants(service), now_us]
                assert all(earlier <= later for earlier, later in pairwise(instants)), service
                assert 0 <= service.elapsed_us(now_us) <= now_us - session.seated.at_us


def _instants(service: Service) -> Sequence[int]:
    pauses = [moment for pause in service.pauses for moment in (pause.since, pause.until)]
    return [moment.at_us for moment in (service.start, *pauses, service.stop) if moment is not None]


@given(days)
@settings(max_examples=40)
def test_a_signed_session_is_held_and_released_and_changes_only_by_being_reopened(
    day: list[Touch],
) -> None:
    signed: dict[str, Session] = {}
    for side, what, _ in lived(day):
        for name, was in signed.items():
            now = side.session(name)
            held = replace(was, hold_reason=now.hold_reason, version=now.version)
            assert now == (held if what in {"hold", "release"} else was) or what == "reopen"
        sessions = side.desk.suite.sessions.values()
        signed = {session.id: session for session in sessions if session.stage is Stage.SIGNED}
        assert not any(session.missing_stops for session in signed.values())


@given(days)
@settings(max_examples=40)
def test_a_refused_touch_leaves_no_trace(day: list[Touch]) -> None:
    was, head = None, ""
    for side, _, outcome in lived(day):
        if not isinstance(outcome, Saved) and was is not None:
            assert side.desk.suite == was
            assert side.desk.head == head
        was, head = side.desk.suite, side.desk.head


@given(days)
@settings(max_examples=40)
def test_an_undo_gives_back_exactly_what_was_there_before_the_touch(day: list[Touch]) -> None:
    for side, what, outcome in lived(day):
        if what in {"undo", "undo-last"} or not isinstance(outcome, Saved) or not outcome.session:
            continue
        session = side.session(outcome.session)
        back = session.before
        if back is None or not isinstance(side.desk.undo(session.id), Saved):
            continue
        again = side.session(session.id)
        assert (again.services, again.stage, again.chair) == (back.services, back.stage, back.chair)
        assert (again.notes, again.sites, again.hold_reason) == (back.notes, back.sites, back.hold_reason)
