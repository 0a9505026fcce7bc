"""A script played at a desk: what it answers, what it stores, whom it means."""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal

import pytest

from desktop_app.core import events as e
from desktop_app.core.moments import MINUTE_US, HowKnown
from desktop_app.core.ports import NotSaved, Write
from desktop_app.core.session import Stage
from desktop_app.script.play import write_answers
from tests.fakes import InMemoryJournal, at
from tests.script.house import DAY, House, do, seat, start, visit


@pytest.fixture
def house() -> House:
    return House()


def test_the_example_of_the_case_format_is_played_as_written(house: House) -> None:
    answers = house.play(
        seat(initials="R.M."),
        do("push", "08:36:10", service="p", drug="diphenhydramine", category="therapeutic", site="1"),
        start(site="1", planned_minutes=120),
        do("pause", "09:40:00", service="a", reason="itching"),
        do("resume", "09:52:30", service="a"),
        do("stop", "11:05:00", service="a"),
        do(
            "correct",
            "11:06:00",
            service="a",
            what="stop",
            to=f"{DAY}T11:02:00",
            how="pump",
            reason="pump log",
        ),
        do(
            "dose",
            "11:07:00",
            service="a",
            hcpcs="J1745",
            dose=400,
            unit="mg",
            containers=[{"size": 100, "count": 4, "single_dose": True}],
        ),
        do("end", "11:10:00"),
        do("sign", "11:12:00"),
        {"at": f"{DAY}T17:00:00", "do": "export", "formats": ["csv"], "to": "out"},
    )
    kinds = [kind for answer in answers for kind in answer["events"]]
    assert [answer["line"] for answer in answers] == list(range(1, 12))
    assert {answer.get("session") for answer in answers[:-1]} == {"s4"}
    assert kinds == [
        "patient-seated",
        "service-given",
        "service-started",
        "service-paused",
        "service-resumed",
        "service-stopped",
        "moment-corrected",
        "dose-recorded",
        "session-ended",
        "session-signed",
        "batch-prepared",
        "batch-sent",
    ]
    assert house.ledger.asked == [(("s4",), "out", ("csv",), False)]
    infusion = house.session("s4").services[1]
    assert infusion.elapsed_us(0) == at(f"{DAY}T11:02") - at(f"{DAY}T08:54:07") - 12 * MINUTE_US - 30_000_000


def test_a_scripted_instant_is_stored_beside_the_machines_own_time(house: House) -> None:
    house.play(seat())
    seated = house.session("s4").seated
    assert seated.at_us == at(f"{DAY}T08:21")
    assert seated.how is HowKnown.SCRIPTED
    assert seated.recorded_us == house.clock.now().wall_us


def test_without_a_time_the_machines_clock_serves(house: House) -> None:
    house.play({"do": "seat", "chair": "4", "mrn": "1", "session": "s4"})
    seated = house.session("s4").seated
    assert (seated.at_us, seated.how) == (house.clock.now().wall_us, HowKnown.PRESSED)


def test_a_line_can_say_how_its_time_is_known(house: House) -> None:
    house.play(seat(how="charted"))
    assert house.session("s4").seated.how is HowKnown.CHARTED


def test_a_line_can_name_who_made_the_touch(house: House) -> None:
    house.play(seat(by="MB"), start())
    assert house.session("s4").seated.by == "MB"
    started = house.session("s4").services[0].start
    assert started is not None
    assert started.by == "AK"


def test_a_refused_touch_stores_nothing_and_the_run_goes_on(house: House) -> None:
    house.play(seat())
    before = house.journal.head()
    refused = house.one(do="stop", chair="4", at=f"{DAY}T09:00")
    assert refused == {"line": 1, "ok": False, "refused": "chair 4 has nothing running"}
    assert house.journal.head() == before
    assert house.one(**start())["ok"]


def test_a_wrong_line_is_answered_and_the_run_goes_on(house: House) -> None:
    wrong, right = house.play('{"do": "seat"', seat())
    assert not wrong["ok"]
    assert wrong["error"].startswith("the line is not JSON")
    assert right["ok"]


def test_blank_lines_are_counted_and_passed_over(house: House) -> None:
    assert [answer["line"] for answer in house.play("", seat(), "   \n", start())] == [2, 4]


def test_an_answer_is_written_and_flushed_line_by_line(house: House) -> None:
    class Flushed(io.StringIO):
        flushes = 0

        def flush(self) -> None:
            self.flushes += 1

    out = Flushed()
    status = write_answers(house.play(seat(), do("stop", "09:00")), out)
    assert status == 1
    assert out.flushes == 2
    assert [json.loads(text)["ok"] for text in out.getvalue().splitlines()] == [True, False]


def test_a_run_without_a_fault_has_status_0(house: House) -> None:
    assert write_answers(house.play(seat(), start()), io.StringIO()) == 0


def test_a_journal_that_cannot_write_is_answered_as_an_error() -> None:
    class FullDisk(InMemoryJournal):
        def append(self, writes: Sequence[Write], stamp: e.Stamp) -> tuple[e.Recorded, ...]:
            super().append(writes, stamp)
            raise NotSaved("The disk is full; nothing of this touch was stored.")

    assert House(FullDisk()).one(**seat()) == {
        "line": 1,
        "ok": False,
        "error": "The disk is full; nothing of this touch was stored.",
    }


def test_someone_elses_write_in_between_is_answered_as_an_error(house: House) -> None:
    house.play(seat())
    seated = house.journal.load("session/s4")[0]
    other = e.NoteAdded(at_us=seated.event.at_us, text="from elsewhere")
    house.journal.append([Write("session/s4", 1, (other,))], seated.stamp)
    assert "changed elsewhere" in house.one(**start())["error"]


def test_a_start_with_a_route_of_one_moment_is_given(house: House) -> None:
    house.play(seat())
    assert house.one(**start(route="iv-push"))["events"] == ["service-given"]


@pytest.mark.parametrize(
    ("word", "route"),
    [
        ("push", "iv-push"),
        ("im", "im"),
        ("sc", "sc"),
        ("oral", "oral"),
        ("flush", "flush"),
        ("declot", "declot"),
    ],
)
def test_a_word_of_one_moment_names_its_route(house: House, word: str, route: str) -> None:
    house.play(seat(), do(word, "08:30", drug="what was given", category="therapeutic"))
    assert house.session("s4").services[0].order.route == route


def test_give_takes_the_route_it_is_told(house: House) -> None:
    house.play(seat())
    silent = house.one(**do("give", "08:30", drug="heparin", category="other"))
    told = house.one(**do("give", "08:30", drug="heparin", category="other", route="port-flush"))
    assert silent["refused"] == "nothing is planned under that name, and the line has no route"
    assert told["events"] == ["service-given"]


def test_a_word_that_contradicts_the_route_is_refused(house: House) -> None:
    house.play(seat())
    answer = house.one(**do("push", "08:30", drug="heparin", category="other", route="im"))
    assert answer["refused"] == "heparin by im does not go with the word “push”"


def test_a_push_can_carry_its_charted_length(house: House) -> None:
    house.play(seat(), do("push", "08:30", drug="x", category="therapeutic", stop=f"{DAY}T08:34"))
    service = house.session("s4").services[0]
    assert service.stop is not None
    assert service.stop.at_us == at(f"{DAY}T08:34")


def test_a_running_service_does_not_carry_its_stop(house: House) -> None:
    house.play(seat())
    answer = house.one(**start(stop=f"{DAY}T10:00"))
    assert answer["refused"] == "infliximab by iv-infusion runs: its stop is a touch of its own"


def test_a_planned_service_is_started_by_its_name_alone(house: House) -> None:
    plan = do("plan", "08:22", service="v", drug="vedolizumab", category="chemo", planned_minutes=30)
    answers = house.play(seat(), plan, do("start", "08:40", service="v"))
    assert answers[-1]["events"] == ["service-started"]
    order = house.session("s4").services[0].order
    assert (order.drug, order.planned_minutes) == ("vedolizumab", 30)


def test_a_start_may_correct_the_plan(house: House) -> None:
    plan = do(
        "plan", "08:22", service="v", drug="vedolizumab", category="chemo", planned_minutes=30, dose=300
    )
    house.play(seat(), plan, do("start", "08:40", service="v", planned_minutes=45, unit="mg"))
    order = house.session("s4").services[0].order
    assert order.planned_minutes == 45
    assert order.dose is not None
    assert (order.dose.amount, order.dose.unit) == (Decimal(300), "mg")


def test_an_unplanned_start_without_a_drug_is_refused(house: House) -> None:
    house.play(seat())
    answer = house.one(**do("start", "08:40", service="v"))
    assert answer["refused"] == "nothing is planned under that name, and the line has no drug and no category"


def test_a_note_on_a_services_line_is_kept_as_a_note(house: House) -> None:
    house.play(seat())
    assert house.one(**start(note="left forearm"))["events"] == ["service-started", "note-added"]
    assert house.session("s4").notes[0].text == "left forearm"


def test_stop_and_next_is_one_touch_with_one_instant(house: House) -> None:
    following = {"service": "b", "drug": "saline", "category": "hydration", "route": "iv-infusion"}
    house.play(seat(), start())
    answer = house.one(**do("stop", "10:00", next=following))
    assert answer["events"] == ["service-stopped", "service-started"]
    first, second = house.session("s4").services
    assert first.stop is not None
    assert second.start is not None
    assert first.stop.at_us == second.start.at_us
    house.play(do("undo", "10:01"))
    assert [service.is_open for service in house.session("s4").services] == [True]


def test_a_stop_without_a_name_needs_one_running_service(house: House) -> None:
    house.play(seat(), start(), start(service="b", drug="saline"))
    assert house.one(**do("stop", "10:00"))["refused"] == "chair 4 has 2 services running: say which"


def test_a_dose_is_added_to_what_is_known(house: House) -> None:
    house.play(seat(), start(hcpcs="J1745", unit_amount=10, unit="mg"), do("dose", "10:00", dose=400))
    dose = house.session("s4").services[0].order.dose
    assert dose is not None
    assert (dose.hcpcs, dose.unit_amount, dose.amount) == ("J1745", Decimal(10), Decimal(400))


def test_a_dose_line_that_says_nothing_is_refused(house: House) -> None:
    house.play(seat(), start())
    assert house.one(**do("dose", "10:00"))["refused"] == "the line says nothing about the dose"


def test_a_change_describes_a_service_anew(house: House) -> None:
    house.play(seat(), start())
    answer = house.one(**do("change", "10:00", stopped_early=True, reason="reaction"))
    assert answer["events"] == ["order-changed"]
    assert house.session("s4").services[0].order.stopped_early


def test_the_smaller_words_each_store_their_event(house: House) -> None:
    house.play(seat(), start())
    kinds = [
        house.one(**do("rate", "09:00", rate_ml_h=62.5))["events"],
        house.one(**do("bag", "09:10", lot="L2"))["events"],
        house.one(**do("site", "09:20", site="2", reason="infiltrated"))["events"],
        house.one(**do("note", "09:25", text="sleeping"))["events"],
        house.one(**do("not-witnessed", "09:30", reason="at another chair"))["events"],
        house.one(**do("unstop", "09:31", reason="still dripping"))["events"],
        house.one(**do("void", "09:40", reason="wrong patient"))["events"],
        house.one(**do("end", "09:45"))["events"],
        house.one(**do("hold", "09:46", reason="order missing"))["events"],
        house.one(**do("release", "09:47"))["events"],
        house.one(**do("reopen", "09:48", reason="came back"))["events"],
        house.one(**do("move", "09:49", to="5"))["events"],
    ]
    assert [kind for answer in kinds for kind in answer] == [
        "rate-changed",
        "bag-changed",
        "site-opened",
        "note-added",
        "stop-not-witnessed",
        "stop-removed",
        "service-voided",
        "session-ended",
        "session-held",
        "hold-released",
        "session-reopened",
        "chair-changed",
    ]
    assert house.session("s4").services[0].rates[0].rate_ml_h == "62.5"


def test_a_chair_means_its_occupant_while_there_is_one(house: House) -> None:
    house.play(*visit(), seat(session="next", time="11:20:00"))
    assert house.one(**do("note", "11:30", text="hello"))["session"] == "next"


def test_a_chair_means_who_left_it_last_when_it_is_empty(house: House) -> None:
    house.play(*visit())
    assert house.one(**do("note", "11:30", text="late"))["session"] == "s4"


@pytest.mark.parametrize("word", ["sign", "hold", "reopen"])
def test_after_care_a_chair_means_who_left_it(house: House, word: str) -> None:
    house.play(*visit(), seat(session="next", time="11:20:00"))
    reason = {} if word == "sign" else {"reason": "why"}
    answer = house.one(**do(word, "11:30", **reason))
    assert answer.get("session") == "s4" or answer["refused"] == "chair 4 is taken"


def test_a_second_signature_on_an_empty_chair_is_refused(house: House) -> None:
    house.play(*visit(), do("sign", "11:12"))
    assert house.one(**do("sign", "11:13"))["refused"] == "the session in chair 4 is signed already"


def test_a_session_can_be_meant_by_its_id_or_by_the_mrn(house: House) -> None:
    house.play(*visit())
    assert house.one(do="note", session="s4", text="x", at=f"{DAY}T12:00")["session"] == "s4"
    assert house.one(do="note", mrn="0004", text="x", at=f"{DAY}T12:00")["session"] == "s4"
    assert house.one(do="note", mrn="9", text="x")["refused"] == "nobody with MRN 9 is here"
    assert house.one(do="note", session="s9", text="x")["refused"] == "there is no session s9"


def test_an_mrn_in_two_chairs_is_not_guessed(house: House) -> None:
    house.play(seat("4", mrn="1"), seat("5", mrn="1"))
    answer = house.one(do="note", mrn="1", text="x")
    assert answer["refused"] == "MRN 1 has 2 sessions: name the chair or the session"


def test_an_unknown_and_an_empty_chair_are_told_apart(house: House) -> None:
    assert house.one(**do("stop", "09:00", chair="99"))["refused"] == "there is no chair 99"
    assert house.one(**do("stop", "09:00", chair="3"))["refused"] == "nobody sits in chair 3"


def test_a_session_id_is_used_once(house: House) -> None:
    house.play(seat())
    assert house.one(**seat("5", session="s4"))["refused"] == "there is a session s4 already"


def test_undo_takes_back_the_last_touch_of_a_chair_or_of_the_suite(house: House) -> None:
    house.play(seat("4"), seat("5"), start("4"))
    assert house.one(do="undo", at=f"{DAY}T09:00")["session"] == "s4"
    assert house.session("s4").services == ()
    assert house.one(**do("undo", "09:01", chair="5"))["session"] == "s5"
    assert house.session("s5").stage is Stage.CANCELLED


def test_a_mark_gets_its_meaning_later_and_keeps_its_instant(house: House) -> None:
    house.play(seat(), start())
    marked = house.one(do="mark", mark="m", at=f"{DAY}T10:03:04")
    assert marked == {"line": 1, "ok": True, "events": ["mark-made"]}
    answer = house.one(**do("assign", "10:20", mark="m", what="stop"))
    assert set(answer["events"]) == {"service-stopped", "mark-assigned"}
    stop = house.session("s4").services[0].stop
    assert stop is not None
    assert stop.at_us == at(f"{DAY}T10:03:04")


def test_a_mark_that_meant_nothing_is_dropped(house: House) -> None:
    house.play({"do": "mark", "mark": "m", "at": f"{DAY}T10:03:04"})
    assert house.one(do="drop", mark="m", reason="a slip", at=f"{DAY}T10:04")["events"] == ["mark-dropped"]


def test_a_seat_with_a_zone_of_its_own_reads_its_times_there(house: House) -> None:
    house.play(seat(timezone="America/Chicago", time="08:21:00"), start(time="08:54:00"))
    session = house.session("s4")
    assert session.zone == "America/Chicago"
    assert session.seated.at_us == at(f"{DAY}T08:21", "America/Chicago")
    started = session.services[0].start
    assert started is not None
    assert started.at_us == at(f"{DAY}T08:54", "America/Chicago")


def test_a_time_that_the_clocks_skip_is_an_error(house: House) -> None:
    answer = house.one(do="seat", chair="4", mrn="1", at="2026-03-08T02:30")
    assert answer["error"] == "2026-03-08T02:30:00 does not exist in America/New_York: the clocks skip it"


def test_a_choice_the_rules_do_not_know_is_refused_at_the_seat(house: House) -> None:
    assert house.one(**seat(options={"no_such": 1}))["refused"] == "there is no option “no_such”"
    assert house.one(**seat(options={"overlap": "maybe"}))["refused"].startswith(
        "option “overlap” must be one of"
    )
    assert house.one(**seat(profile="nobody"))["refused"].startswith(
        "there is no payer profile “nobody”, only "
    )
    assert house.one(**seat(profile="commercial", options={"jw_jz": False}))["ok"]


def test_a_script_can_be_shifted_to_another_day(house: House) -> None:
    house.play(
        seat(), do("push", "08:30", drug="x", category="other", stop=f"{DAY}T08:34"), shift=timedelta(7)
    )
    session = house.session("s4")
    assert session.seated.at_us == at("2026-03-09T08:21")
    stop = session.services[0].stop
    assert stop is not None
    assert stop.at_us == at("2026-03-09T08:34")


def test_an_export_can_be_asked_for_again_and_for_a_day(house: House) -> None:
    house.play(*visit(), do("sign", "11:12"))
    house.one(do="export", to="out", again=True, day=DAY)
    assert house.ledger.asked == [(("s4",), "out", ("csv",), True)]
    house.one(do="export", to="out", day="2026-03-03")
    assert house.ledger.asked[1:] == [((), "out", ("csv",), False)]
    assert House().one(do="export", to="out")["refused"] == "there is nothing to send"


def test_a_day_of_export_is_the_day_of_the_first_service(house: House) -> None:
    house.play(
        seat(time="23:50:00"),
        {"at": "2026-03-03T00:05", "chair": "4", "do": "push", "drug": "x", "category": "other"},
        {"at": "2026-03-03T00:20", "chair": "4", "do": "end"},
        {"at": "2026-03-03T00:21", "chair": "4", "do": "sign"},
    )
    house.one(do="export", to="out", day=DAY)
    house.one(do="export", to="out", day="2026-03-03")
    assert [ready for ready, *_ in house.ledger.asked] == [(), ("s4",)]
