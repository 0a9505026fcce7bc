"""The history of a session leaves nothing out, and says what was before and after."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from desktop_app.core import events as e
from desktop_app.core.corrections import correct_moment
from desktop_app.core.identity import identify_patient
from desktop_app.core.moments import HowKnown
from desktop_app.core.people import Registration
from desktop_app.core.record.chronicle import UNREADABLE, Chronicle, Told, chronicle_of
from desktop_app.core.record.plain import Change, time_of_day
from desktop_app.core.record.stored import Stored
from desktop_app.core.registration import register_patient
from desktop_app.core.stay import hold_session
from desktop_app.core.told import HOW_WORDS
from tests.core.chairside import Chairside, running, us
from tests.core.every_event import facts, made
from tests.fakes import NEW_YORK, InMemoryJournal
from tests.store.examples import ended, prepared, put, seated, sent, session, signed, started


def history(journal: InMemoryJournal, name: str = "s") -> Chronicle:
    return chronicle_of(journal, name)


def text_of(told: Told) -> str:
    changes = [f"{c.name} {c.before} {c.after}" for c in told.changes]
    return "\n".join([told.what, told.reason, *changes, *(f"{name} {text}" for name, text in told.facts)])


@pytest.mark.parametrize("kind", e.KINDS.values(), ids=lambda kind: kind.KIND)
def test_every_kind_of_event_is_told_with_each_of_its_facts(kind: type[e.Event]) -> None:
    journal, event = InMemoryJournal(), replace(made(kind), how=HowKnown.PUMP)
    put(journal, "session/s", seated())
    put(journal, "session/s", started())
    put(journal, "session/s", event)
    told = history(journal).told[-1]
    text = text_of(told).casefold()
    assert [fact for fact in facts(event) if fact.casefold() not in text] == []
    assert told.known == HOW_WORDS[event.how]
    assert told.by == "R.N."
    assert time_of_day(event.at_us, NEW_YORK) in told.at


def test_what_the_program_noticed_was_noticed_by_nobody_who_works_here() -> None:
    put(journal := InMemoryJournal(), "session/s", seated())
    put(journal, "session/s", replace(made(e.TimingNoted), how=HowKnown.NOTICED))
    assert [one.by for one in history(journal).told] == ["R.N.", "the program"]


def test_a_clock_that_jumped_is_part_of_the_history_of_whom_it_concerns() -> None:
    journal = InMemoryJournal()
    for name in ("s", "other"):
        put(journal, f"session/{name}", seated())
    jump = made(e.ClockJumped)
    assert isinstance(jump, e.ClockJumped)
    for sessions in (("s", "other"), ("other",)):
        put(journal, e.CLOCK_STREAM, replace(jump, sessions=sessions))
    assert [one.stored.kind for one in history(journal).told] == ["patient-seated", "clock-jumped"]
    assert ("sessions", "2") in history(journal).told[1].facts


def test_a_kind_without_words_of_its_own_is_called_by_its_word() -> None:
    class Clocked(e.MarkMade):
        KIND = "clock-was-set"

    put(journal := InMemoryJournal(), "session/s", seated())
    stored = replace(history(journal).told[0].stored, event=Clocked(at_us=1, mark="m7"), kind=Clocked.KIND)
    told = chronicle_of(OneStream([stored]), "s").told
    assert [(one.what, one.facts) for one in told] == [("Clock was set", (("mark", "m7"),))]


class OneStream(InMemoryJournal):
    """Gives some stored events as those of the session's own stream."""

    def __init__(self, stored: list[Stored]) -> None:
        super().__init__()
        self._stored = tuple(stored)

    def stored(self, stream: str) -> tuple[Stored, ...]:
        return self._stored if stream == "session/s" else ()


def test_an_event_that_cannot_be_read_is_told_by_its_word_and_its_body() -> None:
    put(journal := InMemoryJournal(), "session/s", seated())
    first = history(journal).told[0].stored
    newer = replace(first, event=None, kind="of-the-future", version=2, origin_seq=2, body='{"x":1}')
    told = chronicle_of(OneStream([first, newer]), "s").told[1]
    assert told.what == "Of the future"
    assert told.facts == (("note", UNREADABLE), ("stored", '{"x":1}'))
    assert not told.is_whole


def test_a_correction_says_what_was_before_how_that_was_known_and_why() -> None:
    side = running()
    keys = {"service": "a", "what": "start", "to_us": us("08:58"), "how": HowKnown.PUMP, "reason": "pump log"}
    side.do("09:20", correct_moment, **keys)
    told = history(side.journal).told[-1]
    assert told.changes == (Change("start", "09:00:00 EST, pressed", "08:58:00 EST, as on the pump"),)
    assert told.reason == "pump log"
    assert told.what == "Infliximab start corrected"


def test_what_was_taken_back_says_who_did_that_and_when() -> None:
    side = running()
    side.undo("09:02")
    stood = [(one.stored.kind, one.undone) for one in history(side.journal).told]
    assert stood == [
        ("patient-seated", ""),
        ("service-started", "taken back Mon 2 Mar 2026 09:02:00 EST by AK"),
        ("touch-undone", ""),
    ]
    assert history(side.journal).told[-1].facts[0] == ("took back", "Infliximab started")


def test_a_registration_says_what_was_added_changed_and_taken_away() -> None:
    side = running()
    side.do("09:05", register_patient, registration=Registration(family="Able", account="V1"))
    side.do("09:06", register_patient, registration=Registration(family="Baker", given="Ann"))
    assert history(side.journal).told[-1].changes == (
        Change("family name", "Able", "Baker"),
        Change("account", "V1", ""),
        Change("given name", "", "Ann"),
    )


def test_another_mrn_stands_beside_the_first() -> None:
    side = running()
    side.do("09:05", identify_patient, mrn="0009", initials="RM", reason="wrong wristband")
    (change, *_) = history(side.journal).told[-1].changes
    assert (change.name, change.after) == ("MRN", "0009")
    assert history(side.journal).told[-1].reason == "wrong wristband"


def test_a_second_signature_says_which_lines_differ() -> None:
    journal = InMemoryJournal()
    reopened = e.SessionReopened(at_us=ended().at_us, reason="the dose")
    session(journal, "s", started(), ended(), signed("s.1.1"), reopened, ended(), signed(version=2))
    (change,) = history(journal).told[-1].changes
    assert change.name == "line 1"
    assert change.before.startswith("96365 ×1")
    assert change.after == ""


def test_batches_marks_and_the_lock_of_its_day_are_part_of_the_history() -> None:
    journal = InMemoryJournal()
    session(journal, "s", started(), ended(), signed("s.1.1"))
    session(journal, "other", started())
    batch = replace(prepared("b1", "s.1.1"), sessions=("s",))
    for stream, event in (
        (e.EXPORT_STREAM, batch),
        (e.EXPORT_STREAM, replace(prepared("b2", "other.1.1"), sessions=("other",))),
        (e.EXPORT_STREAM, sent("b1")),
        (e.EXPORT_STREAM, sent("b2")),
        (e.SUITE_STREAM, e.MarkMade(at_us=us("09:01"), mark="m1", chair="4")),
        (e.SUITE_STREAM, e.MarkMade(at_us=us("09:02"), mark="m2", chair="5")),
        (e.SUITE_STREAM, e.MarkAssigned(at_us=us("09:03"), mark="m1", session="s", meaning="stop")),
        ("day/2026-03-02", e.DayLocked(at_us=us("18:00"), day=date(2026, 3, 2), by="LT")),
        ("views/s", e.PatientShown(at_us=us("19:00"), what="history")),
    ):
        put(journal, stream, event)
    kinds = [one.stored.kind for one in history(journal).told]
    assert kinds == [
        *("patient-seated", "service-started", "session-ended", "session-signed"),
        *("batch-prepared", "batch-sent", "mark-made", "mark-assigned", "day-locked", "patient-shown"),
    ]
    assert [one.what for one in history(journal).told][4:6] == ["Put into batch b1", "Batch b1 sent"]


def test_a_hold_is_told_with_its_reason() -> None:
    side = running()
    side.stop("09:30")
    side.end("09:40")
    side.do("09:50", hold_session, reason="no authorisation")
    assert history(side.journal).told[-1].reason == "no authorisation"


def test_there_is_no_history_of_nobody() -> None:
    assert history(Chairside().journal, "nobody").told == ()
