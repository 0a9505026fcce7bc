"""A session at a desk whose disk is full at one of its writes, until there is space again."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from desktop_app.app import Parts, open_parts
from desktop_app.core.care import add_note, pause_service, resume_service, start_service, stop_service
from desktop_app.core.desk import Outcome, Saved
from desktop_app.core.events import session_stream
from desktop_app.core.orders import Setting
from desktop_app.core.ports import JournalError
from desktop_app.core.stay import end_session, sign_session
from desktop_app.core.waiting import NotYet
from desktop_app.store.opening import open_folder
from desktop_app.store.verify import verify
from desktop_app.store.verify_heads import first_bad_head
from tests.core.chairside import Decide, infusion
from tests.fakes import NEW_YORK, FakeClock
from tests.store.examples import line
from tests.stress.engine_disk import FULL, OK, EngineDisk, Op

CHANGES = ("write", "truncate", "delete")
WAITS_FOR = 2
"""How many touches are made before there is space again."""
KINDS = [
    "patient-seated",
    "service-started",
    "service-paused",
    "note-added",
    "service-resumed",
    "service-stopped",
    "session-ended",
    "session-signed",
]


def touches() -> list[tuple[Decide, dict[str, object]]]:
    """Return what is done of a session after its patient sat down."""
    signing: dict[str, object] = {
        "rulebook": "none",
        "profile": "none",
        "head": "",
        "lines": (line("s.1.1"),),
    }
    return [
        (start_service, {"service": "a", "order": infusion()}),
        (pause_service, {"service": "a", "reason": "line check"}),
        (add_note, {"text": "Warm blanket."}),
        (resume_service, {"service": "a"}),
        (stop_service, {"service": "a"}),
        (end_session, {}),
        (sign_session, signing),
    ]


class FullFrom:
    """Answers with a code from the n-th thing of a kind that is asked of it on, until there is space."""

    def __init__(self, number: int, kinds: tuple[str, ...] = CHANGES, code: int = FULL) -> None:
        self.asked = 0
        self.refused = 0
        self._number = number
        self._kinds = kinds
        self._code = code
        self._has_space = False

    def __call__(self, op: Op) -> int:
        if op.what not in self._kinds:
            return OK
        self.asked += 1
        if self._has_space or self.asked < self._number:
            return OK
        self.refused += 1
        return self._code

    def make_space(self) -> None:
        self._has_space = True


def play_session(path: Path, disk: EngineDisk, full: FullFrom) -> list[str]:
    """Play a session while the disk is full; return the sentences that were said of it."""
    said: list[str] = []
    disk.allow = full
    clock = FakeClock()
    try:
        _at_the_desk(path, clock, full, said)
    except JournalError as fault:
        # At the start or at quit: there is space, and all is done again that was not done.
        said.append(str(fault))
        full.make_space()
        _at_the_desk(path, clock, full, said)
    disk.allow = lambda _: OK
    return said


def _at_the_desk(path: Path, clock: FakeClock, full: FullFrom, said: list[str]) -> None:
    with open_parts(path, make_clock=lambda _: clock, rules_later=True) as parts:
        seat = partial(
            parts.desk.seat, chair="4", session="s", mrn="0004", zone=NEW_YORK, setting=Setting.FACILITY
        )
        steps: list[Callable[[], Outcome]] = [lambda: seat(parts.desk.now())]
        steps += [partial(_touch, parts, action, keys) for action, keys in touches()]
        behind = 0
        for step in steps[_done_of(parts) :]:
            clock.advance(5)
            behind = _make(parts, step, said, behind)
            if behind > WAITS_FOR:
                full.make_space()
                behind = _save_all(parts)
            parts.folder.upkeep.do_due()
        full.make_space()
        _save_all(parts)


def _done_of(parts: Parts) -> int:
    return len(parts.folder.journal.load(session_stream("s")))


def _touch(parts: Parts, action: Decide, keys: dict[str, object]) -> Outcome:
    return parts.desk.touch("s", partial(action, **keys))


def _make(parts: Parts, step: Callable[[], Outcome], said: list[str], behind: int) -> int:
    """Make a touch; one that is told as not saved is not on disk, and is kept. Return how many wait."""
    before = _done_of(parts)
    try:
        outcome = step()
    except NotYet as fault:
        said.append(str(fault))
        assert _done_of(parts) == before
        parts.desk.keep(fault.kept)
        return behind + 1
    assert isinstance(outcome, Saved), outcome
    assert _done_of(parts) == before + 1
    return behind


def _save_all(parts: Parts) -> int:
    while parts.desk.waiting:
        assert isinstance(parts.desk.save_oldest(), Saved)
    return 0


def check_all_there(path: Path) -> None:
    """Check that every touch of the session is in the journal once, in order, and all is whole."""
    folder = open_folder(path)
    recorded = folder.journal.load(session_stream("s"))
    assert [one.event.KIND for one in recorded] == KINDS
    assert verify(folder.journal, folder.known_head) is None
    assert first_bad_head(folder) == ""
    assert folder.journal.false_list() == ""
    folder.close()
