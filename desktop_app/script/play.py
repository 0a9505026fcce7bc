"""Playing a script: each line is decided, stored, and only then answered.

A line that cannot be read, or that the suite refuses, is answered with the reason; the run
goes on with the next line.
"""

from __future__ import annotations

import json
import typing
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import partial
from typing import Any, TextIO, cast

from desktop_app.coding.protocol_text import same_name
from desktop_app.coding.sessions import served_on
from desktop_app.core.decisions import Decision, Refusal, When
from desktop_app.core.desk import Action, Desk, Outcome
from desktop_app.core.moments import HowKnown
from desktop_app.core.orders import Setting
from desktop_app.core.ports import JournalError
from desktop_app.core.protocols import Protocol
from desktop_app.core.registration import change_terms
from desktop_app.core.session import Session, sessions_by_age
from desktop_app.core.values import dataclass
from desktop_app.script import touches as t
from desktop_app.script.beginning import Scene
from desktop_app.script.day_words import day_named, lock, unlock
from desktop_app.script.deciding import decide
from desktop_app.script.fields import Options
from desktop_app.script.finding import session_meant
from desktop_app.script.identity import not_theirs
from desktop_app.script.people_touches import View
from desktop_app.script.people_words import PEOPLE_ACTS, view
from desktop_app.script.strict import NotATouch
from desktop_app.script.times import NO_SHIFT, instant_us
from desktop_app.script.words import parse_touch

Answer = dict[str, Any]
Result = Outcome | Mapping[str, Any]


_NO_PROTOCOL = Protocol(name="", services=())


class Signing(typing.Protocol):
    """What play needs of the coder."""

    def unknown_choice(self, profile: str, options: Options, setting: Setting) -> str:
        """Return in a few words what of a profile and options cannot be chosen in a setting, or nothing."""
        ...

    def signing(self, session: Session, head: str) -> Action:
        """Return the action that seals the session's lines; ``head`` is the journal's last hash."""
        ...


class Billing(typing.Protocol):
    """What play needs of the export."""

    def export(
        self, sessions: Iterable[Session], folder: str, formats: tuple[str, ...], *, again: bool
    ) -> Mapping[str, Any] | Refusal:
        """Write what is ready of these sessions into a folder; return what the answer shall say."""
        ...

    def is_due(self, session: Session) -> bool:
        """Say whether a signed session has something left to send."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Defaults:
    """What holds for a seated patient where the line does not say otherwise: the suite's settings."""

    zone: str
    setting: Setting
    place_of_service: str = ""
    profile: str = ""
    options: Options = ()
    protocols: Callable[[], Sequence[Protocol]] = tuple
    """Reads the protocols to plan from, when a line names one."""


def play(
    lines: Iterable[str | bytes],
    desk: Desk,
    *,
    coder: Signing,
    billing: Billing,
    defaults: Defaults,
    shift: timedelta = NO_SHIFT,
    opener: str | None = None,
) -> Iterator[Answer]:
    """Yield an answer for each line, after its touch is on disk; blank lines are passed over.

    ``shift`` moves every written time, so that a script of one day can be played on another.
    ``opener`` is who opened a folder with passphrases: no line acts as anybody else then.
    """
    player = _Player(desk, coder, billing, defaults, shift, opener)
    for number, line in enumerate(lines, start=1):
        if line.strip():
            yield {"line": number, **player.answer(line)}


def write_answers(answers: Iterable[Answer], out: TextIO) -> int:
    """Write each answer as a line of JSON, at once; return the exit status: 1 if any line failed."""
    status = 0
    for answer in answers:
        out.write(json.dumps(answer) + "\n")
        out.flush()
        status = status if answer["ok"] else 1
    return status


class _Player:
    """One run of a script at one desk."""

    def __init__(
        self,
        desk: Desk,
        coder: Signing,
        billing: Billing,
        defaults: Defaults,
        shift: timedelta,
        opener: str | None,
    ) -> None:
        self._desk = desk
        self._coder = coder
        self._billing = billing
        self._defaults = defaults
        self._shift = shift
        self._opener = opener

    def answer(self, line: str | bytes) -> Answer:
        """Return what became of one line."""
        try:
            touch = parse_touch(line)
            if refusal := not_theirs(touch, self._opener):
                return _answer_of(refusal)
            with self._acting_as(touch.by):
                return _answer_of(self._do(touch))
        except (NotATouch, JournalError) as fault:
            return {"ok": False, "error": str(fault)}

    @contextmanager
    def _acting_as(self, actor: str) -> Iterator[None]:
        before = self._desk.actor
        self._desk.actor = acting = actor or before
        try:
            yield
        finally:
            # Whoever signed in by this line stays.
            self._desk.actor = before if self._desk.actor == acting else self._desk.actor

    def _do(self, touch: t.Touch) -> Result:
        if act := _ACTS.get(type(touch)):
            return act(self, touch)
        if of_people := PEOPLE_ACTS.get(type(touch)):
            return of_people(self._desk, touch, self._when(touch, self._defaults.zone))
        return self._with_session(touch, lambda session, when: self._decide(touch, session, when))

    def _with_session(self, touch: t.Touch, act: Callable[[Session, When], Outcome]) -> Outcome:
        session = session_meant(self._desk, touch)
        if isinstance(session, Refusal):
            return session
        return act(session, self._when(touch, session.zone))

    def _decide(self, touch: t.Touch, session: Session, when: When) -> Outcome:
        return self._desk.touch(session.id, lambda s, w: self._decided(touch, s, w), when)

    def _decided(self, touch: t.Touch, session: Session, when: When) -> Decision:
        read_us = partial(self._instant_us, session.zone)
        return decide(touch, Scene(session, when, read_us, self._protocol))

    def _protocol(self, name: str) -> Protocol | Refusal:
        found = (known for known in self._defaults.protocols() if same_name(known.name, name))
        return next(found, None) or Refusal(f"there is no protocol “{name}”")

    def _when(self, touch: t.Touch, zone: str) -> When:
        """Return the written instant, judged against itself; without one, this moment."""
        how = None if isinstance(touch, t.Correct) else touch.how
        if touch.at is None:
            now = self._desk.now()
            return When(now.at_us, now.now_us, how or now.how)
        at_us = self._instant_us(zone, touch.at)
        return When(at_us, at_us, how or HowKnown.SCRIPTED)

    def _instant_us(self, zone: str, written: datetime) -> int:
        return instant_us(written, zone, self._shift)

    def seat(self, touch: t.Seat) -> Outcome:
        """Seat a patient, with the suite's own settings where the line is silent."""
        usual = self._defaults
        zone = _or(touch.timezone, usual.zone)
        profile = _or(touch.profile, usual.profile)
        options = usual.options if touch.options is None else touch.options
        if touch.session and self._desk.session(touch.session) is not None:
            return Refusal(f"there is a session {touch.session} already")
        setting = touch.setting or usual.setting
        if unknown := self._coder.unknown_choice(profile, options, setting):
            return Refusal(unknown)
        protocol = self._protocol(touch.protocol) if touch.protocol else _NO_PROTOCOL
        if isinstance(protocol, Refusal):
            return protocol
        return self._desk.seat(
            self._when(touch, zone),
            chair=touch.chair,
            mrn=touch.mrn,
            session=touch.session,
            initials=touch.initials,
            zone=zone,
            setting=setting,
            place_of_service=_or(touch.place_of_service, usual.place_of_service),
            profile=profile,
            options=options,
            plan=protocol.services,
            protocol=protocol.name,
        )

    def terms(self, touch: t.Terms) -> Outcome:
        """Code a session under other terms; what the line leaves out stays as it is."""
        return self._with_session(touch, lambda session, when: self._terms(touch, session, when))

    def _terms(self, touch: t.Terms, session: Session, when: When) -> Outcome:
        setting = touch.setting or session.setting
        profile = _or(touch.profile, session.profile)
        options = session.options if touch.options is None else touch.options
        if unknown := self._coder.unknown_choice(profile, options, setting):
            return Refusal(unknown)
        place = _or(touch.place_of_service, session.place_of_service)
        return self._desk.touch(
            session.id,
            lambda s, w: change_terms(
                s, w, setting=setting, place_of_service=place, profile=profile, options=options
            ),
            when,
        )

    def sign(self, touch: t.Sign) -> Outcome:
        """Seal a session's lines as they are coded now."""
        return self._with_session(
            touch,
            lambda session, when: self._desk.touch(
                session.id, self._coder.signing(session, self._desk.head), when
            ),
        )

    def reopen(self, touch: t.Reopen) -> Outcome:
        """Open a session again."""
        return self._with_session(
            touch, lambda session, when: self._desk.reopen(session.id, touch.reason, when)
        )

    def view(self, touch: View) -> Result:
        """Tell that somebody looks at a session."""
        session = session_meant(self._desk, touch)
        if isinstance(session, Refusal):
            return session
        return view(self._desk, session, self._when(touch, session.zone))

    def move(self, touch: t.Move) -> Outcome:
        """Move a patient to another chair."""
        return self._with_session(touch, lambda session, when: self._desk.move(session.id, touch.to, when))

    def undo(self, touch: t.Undo) -> Outcome:
        """Take back the last touch of a session, or of the suite."""
        if touch.chair or touch.session or touch.mrn:
            return self._with_session(touch, lambda session, when: self._desk.undo(session.id, when))
        return self._desk.undo(when=self._when(touch, self._defaults.zone))

    def mark(self, touch: t.Mark) -> Outcome:
        """Stamp an instant."""
        when = self._when(touch, self._defaults.zone)
        return self._desk.mark(when, chair=touch.chair, mark=touch.mark)

    def drop(self, touch: t.Drop) -> Outcome:
        """Drop a mark."""
        return self._desk.drop(touch.mark, touch.reason, self._when(touch, self._defaults.zone))

    def assign(self, touch: t.Assign) -> Outcome:
        """Say what a mark was; the touch it stands for happens at the marked instant."""
        meaning = touch.meaning
        return self._with_session(
            touch, lambda session, when: self._assign(touch.mark, meaning, session, when)
        )

    def _assign(self, mark: str, meaning: t.Touch, session: Session, when: When) -> Outcome:
        return self._desk.assign(
            mark, session.id, meaning.do, lambda s, w: self._decided(meaning, s, w), when
        )

    def export(self, touch: t.Export) -> Mapping[str, Any] | Refusal:
        """Send what is signed and was not sent."""
        day = day_named(touch.day, self._shift)
        sessions = sessions_by_age(served_on(self._desk, day)) if day else self._desk.shelf.unsettled()
        return self._billing.export(sessions, touch.to, touch.formats, again=touch.again)

    def lock_day(self, touch: t.LockDay) -> Outcome:
        """Lock a day, by whoever makes the touch."""
        zone, day = self._defaults.zone, day_named(touch.day, self._shift)
        return lock(self._desk, touch, self._when(touch, zone), day, zone, self._billing.is_due)

    def unlock_day(self, touch: t.UnlockDay) -> Outcome:
        """Let the sessions of a locked day be changed again."""
        zone, day = self._defaults.zone, day_named(touch.day, self._shift)
        return unlock(self._desk, touch, self._when(touch, zone), day, zone)


def _answer_of(result: Result) -> Answer:
    if isinstance(result, Refusal):
        return {"ok": False, "refused": result.text}
    if isinstance(result, Mapping):
        return {"ok": True, **result}
    events = [recorded.event.KIND for recorded in result.recorded]
    return {"ok": True, "events": events} | ({"session": result.session} if result.session else {})


def _or(said: str | None, usual: str) -> str:
    return usual if said is None else said


_ACTS = cast(
    "dict[type[t.Touch], Callable[[_Player, Any], Result]]",
    {
        t.Seat: _Player.seat,
        t.Sign: _Player.sign,
        t.Terms: _Player.terms,
        t.Reopen: _Player.reopen,
        t.Move: _Player.move,
        t.Undo: _Player.undo,
        t.Mark: _Player.mark,
        t.Drop: _Player.drop,
        t.Assign: _Player.assign,
        t.Export: _Player.export,
        t.LockDay: _Player.lock_day,
        t.UnlockDay: _Player.unlock_day,
        View: _Player.view,
    },
)
