"""Whatever happens in a suite: each session of a day stands in its list once, and the totals are its sums."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.core import events as e
from desktop_app.core.care import give_service, start_service, stop_service
from desktop_app.core.day import SETTLED, Fate, Standing, Told, entry_of, totals_of
from desktop_app.core.day_book import DayBook
from desktop_app.core.decisions import Decision, When, pressed
from desktop_app.core.moments import HOUR_US
from desktop_app.core.orders import Category, Order, Route, Setting
from desktop_app.core.ports import Write
from desktop_app.core.session import Session, Stage
from desktop_app.core.shelf import Shelf
from desktop_app.core.stay import end_session, hold_session, release_hold, sign_session
from desktop_app.exchange.batch import Exporter
from desktop_app.exchange.due import due_rows, fate_of
from desktop_app.exchange.ledger import Ledger
from tests.exchange.signed import SuiteOfChairs, line
from tests.fakes import NEW_YORK, at

DAYS = (date(2026, 3, 2), date(2026, 3, 3), date(2026, 3, 4))
INFUSION = Order(drug="infliximab", category=Category.CHEMO, route=Route.IV_INFUSION)
PUSH = Order(drug="ondansetron", category=Category.THERAPEUTIC, route=Route.IV_PUSH)
NAMES = ("a", "b", "c", "d")
ACTS = ("seat", "start", "stop", "end", "hold", "release", "sign", "sign nothing", "reopen", "undo")
EXPORTS = ("send", "send one", "write and not record")


def told_of(session: Session) -> Told:
    """Tell of a session what a coder would, so that each number is another: an open stop is in its way."""
    signature = session.signature
    lines = len(signature.lines) if signature else len(session.services)
    blocker = "no stop" if session.missing_stops else ""
    return Told(lines, billable_hours=2 * lines, infused_minutes=45 * lines, blocker=blocker)


def book_of(shelf: Shelf, exporter: Exporter) -> DayBook:
    ledger = exporter.ledger
    doubtful = {session for batch in ledger.unsettled for session in batch.sessions}
    return DayBook(shelf, fate_of=partial(fate_of, ledger=ledger), told_of=told_of, doubtful=lambda: doubtful)


def signing(session: Session, when: When, count: int) -> Decision:
    version = len(session.signatures) + 1
    lines = tuple(line(f"{session.id}.{version}.{number}") for number in range(count))
    blockers = ["no stop"] if session.missing_stops else []
    return sign_session(session, when, rulebook="2026.1", profile="", head="", lines=lines, blockers=blockers)


@dataclass
class Days:
    """A suite over three days, in which anything is tried; what makes no sense is refused."""

    folder: Path
    suite: SuiteOfChairs = field(default_factory=SuiteOfChairs)

    def __post_init__(self) -> None:
        self.suite.clock.advance(3 * 24 * 60)
        self.now_us = at("2026-03-02T08:00")
        self.exporter = self.suite.exporter()

    def play(self, act: str, name: str, day: int) -> None:
        self.now_us += HOUR_US // 60
        when = pressed(self.now_us)
        if act in EXPORTS:
            self._export(act, name)
        elif act == "seat":
            self._seat(name, day)
        elif act == "reopen":
            self.suite.desk.reopen(name, "pump log", when)
        elif act == "undo":
            self.suite.desk.undo(name, when)
        else:
            self.suite.desk.touch(name, self._action(act), self._at(name))

    def _at(self, name: str) -> When:
        """Return an instant of the session's own day, later than all that happened."""
        session = self.suite.desk.session(name)
        then_us = session.last_moment_us if session else self.now_us
        return When(
            max(then_us, session.ended.at_us if session and session.ended else 0), at("2026-03-05T12:00")
        )

    def _seat(self, name: str, day: int) -> None:
        when = pressed(at(f"{DAYS[day]}T0{8 + NAMES.index(name) % 2}:0{NAMES.index(name)}"))
        chair = str(NAMES.index(name) + 1)
        self.suite.desk.seat(
            when, chair=chair, mrn=f"000{name}", session=name, zone=NEW_YORK, setting=Setting.FACILITY
        )

    def _action(self, act: str) -> Callable[[Session, When], Decision]:
        actions: dict[str, Callable[[Session, When], Decision]] = {
            "start": lambda s, w: (
                start_service(s, w, service="a", order=INFUSION)
                if not s.services
                else give_service(s, w, service=s.next_service_id, order=PUSH)
            ),
            "stop": partial(stop_service, service=""),
            "end": end_session,
            "hold": partial(hold_session, reason="no authorisation"),
            "release": release_hold,
            "sign": partial(signing, count=2),
            "sign nothing": partial(signing, count=0),
        }
        return actions[act]

    def _export(self, act: str, name: str) -> None:
        if act == "write and not record":
            self._doubt(name)
            return
        shelf = self.suite.desk.shelf
        self.exporter.export(shelf.unsettled({name} if act == "send one" else None), self.folder)

    def _doubt(self, name: str) -> None:
        """Tell of a batch that was about to be written into a place that is gone."""
        session = self.suite.desk.session(name)
        signature = session.signature if session else None
        if signature is None or not signature.lines or not self.exporter.ready([self.suite.session(name)]):
            return
        prepared = e.BatchPrepared(
            at_us=self.now_us, batch=f"b{self.now_us}", folder="/nowhere/at/all/batch", sessions=(name,),
            lines=tuple(line.id for line in signature.lines), files=(),
        )  # fmt: skip
        version = len(self.suite.journal.load(e.EXPORT_STREAM))
        stamp = e.Stamp(touch=f"t{self.now_us}", actor="MB", reading=self.suite.clock.now())
        self.suite.journal.append([Write(e.EXPORT_STREAM, version, (prepared,))], stamp)
        self.exporter = self.suite.exporter()


LEFT = ("seat", "end")
SIGNED = (*LEFT, "sign")
WAYS = (
    ("seat",),
    ("seat", "undo"),
    LEFT,
    ("seat", "start", "end"),
    ("seat", "start", "stop", "end", "sign"),
    (*LEFT, "hold"),
    (*LEFT, "sign nothing"),
    SIGNED,
    (*SIGNED, "hold"),
    (*SIGNED, "send one"),
    (*SIGNED, "write and not record"),
    (*SIGNED, "write and not record", "reopen", "sign"),
    (*SIGNED, "send one", "reopen", "sign"),
    (*SIGNED, "send one", "reopen", "sign nothing"),
    (*SIGNED, "send one", "reopen", "hold"),
)
"""How far a session can have come, before anything is tried."""

days = st.lists(
    st.tuples(st.sampled_from((*ACTS, *EXPORTS)), st.sampled_from(NAMES), st.integers(0, 2)), max_size=12
)
ways = st.tuples(*(st.tuples(st.sampled_from(WAYS), st.integers(0, 2)) for _ in NAMES))
Ways = tuple[tuple[tuple[str, ...], int], ...]


def lived(ways: Ways, acts: list[tuple[str, str, int]], folder: str) -> Days:
    played = Days(Path(folder))
    begun = [(act, name, day) for name, (way, day) in zip(NAMES, ways, strict=False) for act in way]
    for act in (*begun, *acts):
        played.play(*act)
    return played


def wanted(session: Session, gone: frozenset[str], sent: frozenset[str]) -> Standing:
    """Say where a session stands, by its last signature and what went out alone."""
    if session.stage is Stage.OPEN:
        return Standing.RUNNING
    if session.stage is Stage.ENDED:
        if session.hold_reason:
            return Standing.HELD
        return Standing.BLOCKED if session.missing_stops else Standing.WAITING
    lines = {line.id for line in session.signatures[-1].lines}
    out = [{line.id for line in s.lines if line.id in gone} for s in session.signatures[:-1]]
    last = next((ids for ids in reversed(out) if ids), set[str]())
    to_void = {name + e.VOID_MARK for name in last & sent} if not lines else set[str]()
    if (lines | to_void) - gone:
        return Standing.HELD if session.hold_reason else Standing.READY
    if (lines | to_void) - sent:
        return Standing.BLOCKED
    return Standing.SENT if lines else Standing.NOTHING


@settings(max_examples=50, deadline=None)
@given(first=ways, then=days)
def test_each_session_of_a_day_stands_in_its_list_once_and_the_totals_are_its_sums(
    first: Ways, then: list[tuple[str, str, int]]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        played = lived(first, then, folder)
        ledger = played.exporter.ledger
        book = book_of(played.suite.desk.shelf, played.exporter)
        sessions = [played.suite.session(name) for name in played.suite.journal.all_sessions()]
        for day in DAYS:
            page = book.page(day)
            of_day = [session for session in sessions if session.day == day]
            real = [session for session in of_day if session.stage is not Stage.CANCELLED]
            assert [entry.session for entry in page.entries] == real
            assert page.taken_back == len(of_day) - len(real)
            for entry in page.entries:
                assert entry.standing is wanted(entry.session, ledger.gone_out, ledger.sent)
                assert bool(entry.why) == (entry.standing in {Standing.BLOCKED, Standing.HELD})
            totals = totals_of(page.entries)
            told = [told_of(session) for session in real]
            assert totals.sessions == len(real) == totals.standings.total()
            assert totals.signed == sum(1 for session in real if session.stage is Stage.SIGNED)
            assert totals.blocked == totals.standings[Standing.BLOCKED]
            assert totals.lines == sum(one.lines for one in told)
            assert totals.billable_hours == sum(one.billable_hours for one in told)
            assert totals.infused_minutes == sum(one.infused_minutes for one in told)


@settings(max_examples=50, deadline=None)
@given(first=ways, then=days)
def test_what_earlier_days_left_over_is_all_that_is_not_settled_and_stands_where_it_stands(
    first: Ways, then: list[tuple[str, str, int]]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        played = lived(first, then, folder)
        fate = partial(fate_of, ledger=played.exporter.ledger)
        sessions = [played.suite.session(name) for name in played.suite.journal.all_sessions()]
        earlier = [s for s in sessions if s.day < DAYS[2] and s.stage is not Stage.CANCELLED]
        entries = [entry_of(session, fate, told_of) for session in earlier]
        unsettled = [(s.session.id, s.standing, s.why) for s in entries if s.standing not in SETTLED]
        for shelf in (played.suite.desk.shelf, Shelf(played.suite.journal)):
            left = book_of(shelf, played.exporter).leftovers(DAYS[2], but=DAYS[2])
            assert [(one.listed.session, one.standing, one.why) for one in left] == unsettled
            but = book_of(shelf, played.exporter).leftovers(DAYS[2], but=DAYS[0])
            assert [one for one in left if one.listed.day != "2026-03-02"] == list(but)


@settings(max_examples=40, deadline=None)
@given(first=ways, then=days)
def test_whatever_is_ready_is_what_the_export_sends(first: Ways, then: list[tuple[str, str, int]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        played = lived(first, then, folder)
        book = book_of(Shelf(played.suite.journal), played.exporter)
        entries = [entry for day in DAYS for entry in book.page(day).entries]
        ready = {entry.session.id for entry in entries if entry.standing is Standing.READY}
        batch = played.exporter.export(Shelf(played.suite.journal).unsettled(), played.folder)
        assert set(getattr(batch, "sessions", ())) == ready
        assert not ready & {
            entry.session.id
            for day in DAYS
            for entry in book_of(Shelf(played.suite.journal), played.exporter).page(day).entries
            # Signed as it is, it can only be blocked by a batch of before of which nobody can tell.
            if entry.standing not in {*SETTLED, Standing.BLOCKED}
        }


def test_the_acts_reach_every_place_a_session_can_stand_at(tmp_path: Path) -> None:
    acts = [("seat", "a", 0), ("seat", "b", 0), ("end", "b", 0), ("seat", "c", 0), ("start", "c", 0)]
    acts += [("end", "c", 0), ("seat", "d", 0), ("end", "d", 0), ("hold", "d", 0)]
    played = lived((), acts, str(tmp_path))

    def stand() -> list[Standing]:
        book = book_of(played.suite.desk.shelf, played.exporter)
        return [entry.standing for entry in sorted(book.page(DAYS[0]).entries, key=lambda x: x.session.id)]

    assert stand() == [Standing.RUNNING, Standing.WAITING, Standing.BLOCKED, Standing.HELD]
    for act in [("sign", "b", 0), ("release", "d", 0), ("sign nothing", "d", 0)]:
        played.play(*act)
    assert stand()[1::2] == [Standing.READY, Standing.NOTHING]
    played.play("hold", "b", 0)
    assert stand()[1] is Standing.HELD
    played.play("release", "b", 0)
    played.play("send", "b", 0)
    assert stand()[1] is Standing.SENT


def test_what_may_not_have_gone_out_is_taken_back_only_once_it_is_known_that_it_did(tmp_path: Path) -> None:
    acts = [(act, "a", 0) for act in (*SIGNED, "write and not record", "reopen", "sign nothing")]
    played = lived((), acts, str(tmp_path))
    session = played.suite.session("a")
    assert fate_of(session, played.exporter.ledger) is Fate.NOTHING
    ledger = found_sent(played)
    assert fate_of(session, ledger) is Fate.TAKING_BACK
    assert [row.id for row in due_rows(session, ledger)] == ["a.1.0.void", "a.1.1.void"]


def test_what_may_not_have_gone_out_is_called_corrected_only_once_it_is_known_that_it_did(
    tmp_path: Path,
) -> None:
    acts = [(act, "a", 0) for act in (*SIGNED, "write and not record", "reopen")]
    played = lived((), acts, str(tmp_path))
    opened = played.suite.session("a")
    played.play("sign", "a", 0)
    signed = played.suite.session("a")
    in_doubt, sent = played.exporter.ledger, found_sent(played)
    assert [fate_of(session, in_doubt) for session in (opened, signed)] == [Fate.NOTHING, Fate.DUE]
    assert [fate_of(session, sent) for session in (opened, signed)] == [Fate.OPENED, Fate.CORRECTION]


def found_sent(played: Days) -> Ledger:
    """Record that the one batch in doubt went out, and return what is known of batches then."""
    (doubtful,) = played.exporter.ledger.unsettled
    sent = e.BatchSent(at_us=played.now_us, batch=doubtful.id)
    version = len(played.suite.journal.load(e.EXPORT_STREAM))
    stamp = e.Stamp(touch="found", actor="MB", reading=played.suite.clock.now())
    played.suite.journal.append([Write(e.EXPORT_STREAM, version, (sent,))], stamp)
    return played.suite.exporter().ledger
