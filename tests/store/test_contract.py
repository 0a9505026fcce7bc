"""What every journal does, shown on the one in memory and on the one on disk alike."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from desktop_app.core import events as e
from desktop_app.core.moments import HowKnown
from desktop_app.core.ports import Journal, JournalError, Listed, StaleVersion, Write
from desktop_app.core.session import Stage
from desktop_app.store.chain import first_link
from desktop_app.store.faults import UnreadableEvent
from tests.fakes import NEW_YORK, InMemoryJournal, at
from tests.store.examples import (
    ended,
    open_here,
    prepared,
    put,
    seated,
    sent,
    session,
    signed,
    stamp,
    started,
)


@pytest.fixture(params=["memory", "disk"])
def journal(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Journal]:
    if request.param == "memory":
        yield InMemoryJournal()
        return
    folder = open_here(tmp_path / "data")
    yield folder.journal
    folder.close()


def numbers(recorded: tuple[e.Recorded, ...]) -> list[tuple[int, str, int]]:
    return [(r.origin_seq, r.stream, r.version) for r in recorded]


def test_events_come_back_as_they_were_returned(journal: Journal) -> None:
    stored = put(journal, "session/a", seated(), started())
    assert journal.load("session/a") == stored
    assert [recorded.event for recorded in stored] == [seated(), started()]
    assert stored[0].stamp == stamp("session/a 0")


def test_one_touch_writes_several_streams_with_gapless_numbers(journal: Journal) -> None:
    mark = e.MarkMade(at_us=1, mark="m")
    stored = journal.append(
        [Write("session/a", 0, (seated(), started())), Write("suite", 0, (mark,))], stamp()
    )
    assert numbers(stored) == [(1, "session/a", 1), (2, "session/a", 2), (3, "suite", 1)]
    assert list(journal.since(0)) == list(stored)


def test_each_event_is_chained_to_the_one_before(journal: Journal) -> None:
    assert len(journal.head()) == 64
    before = journal.head()
    first, second = put(journal, "session/a", seated(), started())
    assert [first.previous_hash, second.previous_hash, second.hash] == [before, first.hash, journal.head()]


def test_the_first_link_differs_for_each_origin() -> None:
    assert first_link("a") != first_link("b")


def test_a_stream_that_has_moved_on_takes_nothing(journal: Journal) -> None:
    put(journal, "session/a", seated())
    head = journal.head()
    writes = [Write("session/b", 0, (seated(),)), Write("session/a", 0, (seated(),))]
    with pytest.raises(StaleVersion):
        journal.append(writes, stamp())
    assert journal.load("session/b") == ()
    assert journal.head() == head


def test_a_version_ahead_of_the_stream_is_as_stale_as_one_behind(journal: Journal) -> None:
    with pytest.raises(StaleVersion):
        journal.append([Write("session/a", 1, (seated(),))], stamp())


def test_an_event_of_a_wrong_type_takes_its_whole_touch_with_it(journal: Journal) -> None:
    bad = e.ServiceStopped(at_us=1, service=None)  # type: ignore[arg-type]
    with pytest.raises(UnreadableEvent):
        put(journal, "session/a", seated(), bad)
    assert journal.load("session/a") == ()


def test_a_touch_without_events_stores_nothing(journal: Journal) -> None:
    head = journal.head()
    assert journal.append([], stamp()) == ()
    assert journal.head() == head


def test_an_unknown_stream_is_empty(journal: Journal) -> None:
    assert journal.load("session/nobody") == ()


def test_everything_is_what_there_is_from_the_first_event_on(journal: Journal) -> None:
    stored = put(journal, "session/a", seated(), started())
    assert tuple(journal.everything()) == stored


def test_since_gives_what_is_new_and_no_more(journal: Journal) -> None:
    stored = put(journal, "session/a", *[seated(), *(started(str(n)) for n in range(1200))])
    assert list(journal.since(1150)) == list(stored[1150:])
    assert list(journal.since(len(stored))) == []


def test_a_session_is_open_from_seated_to_sent(journal: Journal) -> None:
    session(journal, "a", ended())
    assert journal.open_sessions() == ("a",)
    put(journal, "session/a", signed("a.1", "a.2"))
    assert journal.open_sessions() == ("a",)
    put(journal, e.EXPORT_STREAM, prepared("b1", "a.1", "a.2"))
    assert journal.open_sessions() == ("a",)
    put(journal, e.EXPORT_STREAM, sent("b1"))
    assert journal.open_sessions() == ()
    assert journal.all_sessions() == ("a",)


def test_a_session_with_a_line_not_yet_sent_stays_open(journal: Journal) -> None:
    session(journal, "a", ended(), signed("a.1", "a.2"))
    put(journal, e.EXPORT_STREAM, prepared("b1", "a.1"))
    put(journal, e.EXPORT_STREAM, sent("b1"))
    assert journal.open_sessions() == ("a",)


def test_an_abandoned_batch_sends_nothing(journal: Journal) -> None:
    session(journal, "a", ended(), signed("a.1"))
    put(journal, e.EXPORT_STREAM, prepared("b1", "a.1"))
    put(journal, e.EXPORT_STREAM, e.BatchAbandoned(at_us=1, batch="b1", reason="disk full"))
    assert journal.open_sessions() == ("a",)


def test_a_session_signed_without_any_line_has_nothing_to_wait_for(journal: Journal) -> None:
    session(journal, "a", ended(), signed())
    assert journal.open_sessions() == ()


def test_a_session_reopened_after_it_was_sent_is_open_again(journal: Journal) -> None:
    session(journal, "a", ended(), signed("a.1"))
    put(journal, e.EXPORT_STREAM, prepared("b1", "a.1"), sent("b1"))
    put(journal, "session/a", e.SessionReopened(at_us=1, reason="pump log"))
    assert journal.open_sessions() == ("a",)
    put(journal, "session/a", signed("a.2.1", version=2))
    assert journal.open_sessions() == ("a",)


def test_a_session_corrected_to_nothing_is_open_until_its_lines_are_taken_back(journal: Journal) -> None:
    session(journal, "a", ended(), signed("a.1"))
    put(journal, e.EXPORT_STREAM, prepared("b1", "a.1"), sent("b1"))
    put(journal, "session/a", e.SessionReopened(at_us=1, reason="wrong patient"))
    put(journal, "session/a", signed(version=2))
    assert journal.open_sessions() == ("a",)
    put(journal, e.EXPORT_STREAM, prepared("b2", "a.1" + e.VOID_MARK), sent("b2"))
    assert journal.open_sessions() == ()


def test_a_session_seated_by_mistake_and_undone_is_not_open(journal: Journal) -> None:
    put(journal, "session/a", seated(), touch="t")
    put(journal, "session/a", e.TouchUndone(at_us=1, touch="t"))
    assert journal.open_sessions() == ()
    assert journal.all_sessions() == ("a",)


def test_an_undone_end_leaves_the_session_as_before(journal: Journal) -> None:
    session(journal, "a", ended())
    put(journal, "session/a", e.TouchUndone(at_us=1, touch="session/a 1"))
    assert journal.open_sessions() == ("a",)


def test_who_is_signed_needs_nobody_any_more_and_is_listed_until_all_is_sent(journal: Journal) -> None:
    session(journal, "a", ended())
    assert journal.unsigned_sessions() == ("a",)
    put(journal, "session/a", signed("a.1", "a.2"), e.SessionHeld(at_us=1, reason="order"))
    assert journal.unsigned_sessions() == ()
    wanted = Listed(
        session="a", stage=Stage.SIGNED, chair="4", mrn="0004821", initials="R.M.", day="2026-03-02",
        seated_us=at("2026-03-02T09:00"), version=1, lines=2, hold_reason="order",
    )  # fmt: skip
    assert journal.unsettled() == (wanted,)
    assert journal.unsettled(before="2026-03-02") == ()
    assert journal.unsettled(before="2026-03-03") == (wanted,)
    put(journal, e.EXPORT_STREAM, prepared("b1", "a.1", "a.2"), sent("b1"))
    assert journal.unsettled() == ()
    put(journal, "session/a", e.SessionReopened(at_us=1, reason="pump log"))
    assert journal.unsigned_sessions() == ("a",)
    assert [listed.lines for listed in journal.unsettled()] == [0]


def test_sessions_are_listed_by_age(journal: Journal) -> None:
    for name, text in (("late", "2026-03-02T11:00"), ("early", "2026-03-02T08:00")):
        put(journal, f"session/{name}", seated(at_us=at(text)))
    assert journal.all_sessions() == journal.open_sessions() == ("early", "late")


def test_a_session_belongs_to_the_day_on_the_wall_of_its_zone(journal: Journal) -> None:
    put(journal, "session/a", seated(at_us=at("2026-03-02T23:30", NEW_YORK)))
    assert journal.sessions_on("2026-03-02") == ("a",)
    assert journal.sessions_on("2026-03-03") == ()


def test_a_patient_is_found_by_initials_and_a_part_of_the_mrn_newest_first(journal: Journal) -> None:
    for name, text in (("old", "2026-03-01T08:00"), ("new", "2026-03-02T08:00")):
        put(journal, f"session/{name}", replace(seated(at_us=at(text)), mrn="AB-0004821", initials="R.M."))
    put(journal, "session/other", replace(seated(), mrn="0009999", initials="HS"))
    for text in ("4821", "ab-00", "rm", "R. M.", " R.M. "):
        assert journal.found(text, 9) == ("new", "old"), text
    assert journal.found("4821", 1) == ("new",)
    assert [journal.found(text, 9) for text in ("", " ", ".", "r", "4822", "%", "_")] == [()] * 7


def test_the_sessions_signed_since_an_instant_are_told(journal: Journal) -> None:
    session(journal, "a", ended(), signed("a.1"))
    session(journal, "b", ended())
    at_us = signed("a.1").at_us
    assert journal.signed_since(at_us) == ("a",)
    assert journal.signed_since(at_us + 1) == ()


def test_a_refusal_of_the_journal_is_a_sentence(journal: Journal) -> None:
    put(journal, "session/a", seated())
    with pytest.raises(JournalError) as caught:
        journal.append([Write("session/a", 0, (seated(),))], stamp())
    assert str(caught.value).endswith(".")


def test_a_seating_corrected_to_the_day_before_moves_the_session_there(journal: Journal) -> None:
    put(journal, "session/a", seated(at_us=at("2026-03-02T00:10", NEW_YORK)))
    to_us = at("2026-03-01T23:50", NEW_YORK)
    put(
        journal,
        "session/a",
        e.MomentCorrected(
            at_us=at("2026-03-02T00:30", NEW_YORK), service="", what="seated", to_us=to_us, reason="list",
            from_us=at("2026-03-02T00:10", NEW_YORK), to_how=HowKnown.CHARTED,
        ),
    )  # fmt: skip
    assert journal.sessions_on("2026-03-01") == ("a",)
    assert journal.sessions_on("2026-03-02") == ()


def test_the_newest_events_of_some_kinds_are_told_newest_first(journal: Journal) -> None:
    put(journal, "session/a", seated(), started("1"), started("2"))
    put(journal, "session/b", seated(), started("1"))
    kinds = ("service-started", "touch-undone")
    assert [(one.stream, one.version) for one in journal.newest(kinds, 2)] == [
        ("session/b", 2),
        ("session/a", 3),
    ]
    assert len(journal.newest(kinds, 9)) == 3
    assert journal.newest(("mark-made",), 9) == ()


def test_the_last_events_of_a_stream_are_told_oldest_first(journal: Journal) -> None:
    put(journal, "session/a", seated(), started("1"), started("2"))
    put(journal, "session/b", seated())
    assert [one.version for one in journal.tail("session/a", 2)] == [2, 3]
    assert journal.tail("session/a", 9) == journal.load("session/a")
    assert journal.tail("session/none", 9) == ()
