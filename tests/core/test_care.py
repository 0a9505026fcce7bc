"""What may happen to a service: what each touch stores, and what is refused with nothing stored."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from desktop_app.core.care import (
    acknowledge_reminder,
    add_note,
    change_bag,
    change_order,
    change_rate,
    give_service,
    open_site,
    pause_service,
    plan_service,
    record_dose,
    resume_service,
    show_patient,
    start_service,
    stop_and_start_next,
    stop_service,
)
from desktop_app.core.corrections import not_witnessed, void_service
from desktop_app.core.decisions import Refusal
from desktop_app.core.moments import HowKnown
from desktop_app.core.orders import MOST_PAUSES, MOST_SERVICES, Category, Container, Dose, Route
from desktop_app.core.service import Bag, Pause, ServiceState
from desktop_app.core.session import Acknowledged
from tests.core.chairside import Chairside, Decide, Keys, ended, infusion, moment, push, running, seated, us


def test_a_start_keeps_the_instant_of_the_touch_to_the_microsecond() -> None:
    side = seated()
    assert side.do("09:00:00.123456", start_service, service="a", order=infusion()) == ["service-started"]
    assert side.service().start == moment("09:00:00.123456")
    assert side.service().state is ServiceState.RUNNING


def test_a_planned_service_waits_and_then_starts_under_its_own_id() -> None:
    side = seated()
    assert side.do("08:05", plan_service, service="a", order=infusion(planned_minutes=60)) == [
        "service-planned"
    ]
    assert side.service().state is ServiceState.PLANNED
    side.start("09:00", order=infusion(planned_minutes=90))
    assert len(side.session().services) == 1
    assert side.service().order.planned_minutes == 90


def test_a_planned_service_can_be_given_or_started_only_once() -> None:
    side = seated()
    side.plan("08:05", "p", push())
    side.give("08:10")
    assert side.service("p").state is ServiceState.GIVEN
    assert "is ondansetron already" in side.refused("08:11", give_service, service="p", order=push())
    assert "is ondansetron already" in side.refused("08:11", plan_service, service="p", order=push())


def test_a_planned_service_that_was_struck_out_does_not_start() -> None:
    side = seated()
    side.plan("08:05")
    side.do("08:06", void_service, service="a", reason="wrong patient")
    assert "already" in side.refused("08:07", start_service, service="a", order=infusion())


@pytest.mark.parametrize("service", ["", "  "])
def test_a_service_needs_a_name(service: str) -> None:
    refused = seated().refused("08:05", start_service, service=service, order=infusion())
    assert refused == "the service has no name"


def test_a_push_is_given_and_an_infusion_is_started() -> None:
    side = seated()
    assert "record it as given" in side.refused("08:05", start_service, service="p", order=push())
    assert "start it, then stop it" in side.refused("08:05", give_service, service="a", order=infusion())
    assert side.session().services == ()


@pytest.mark.parametrize("route", [Route.IM, Route.ORAL, Route.FLUSH, Route.DECLOT])
def test_every_route_of_one_instant_is_given_whole(route: Route) -> None:
    side = seated()
    assert side.do("08:05", give_service, service="p", order=push(route=route)) == ["service-given"]
    assert side.session().open_services == ()


def test_a_push_with_a_charted_length_keeps_when_it_ended() -> None:
    side = seated()
    side.do("08:10", give_service, service="p", order=push(), back_to="08:05", until_us=us("08:09"))
    assert side.service("p").stop == moment("08:09", HowKnown.BACK_DATED, recorded="08:10")
    assert side.service("p").elapsed_us(us("12:00")) == us("08:09") - us("08:05")


def test_a_push_does_not_end_before_it_began() -> None:
    refused = seated().refused("08:10", give_service, service="p", order=push(), until_us=us("08:09"))
    assert refused == "the push of ondansetron would end before it began"


@pytest.mark.parametrize("action", [start_service, give_service, plan_service])
def test_nothing_begins_before_the_patient_was_seated(action: Decide) -> None:
    order = push() if action is give_service else infusion()
    side = seated("08:21:30")
    refused = side.refused("09:00", action, service="a", order=order, back_to="08:21:29")
    assert refused == "that is before the patient was seated at 08:21:30"


def test_a_start_at_the_instant_of_seating_is_taken() -> None:
    side = seated("08:21:30")
    side.do("09:00", start_service, service="a", order=infusion(), back_to="08:21:30")
    assert side.service().start == moment("08:21:30", HowKnown.BACK_DATED, recorded="09:00")


@pytest.mark.parametrize(
    ("action", "keys"),
    [
        (stop_service, {}),
        (pause_service, {}),
        (change_rate, {"rate_ml_h": "40"}),
        (change_bag, {}),
        (start_service, {"order": infusion("rituximab"), "service": "b"}),
        (give_service, {"order": push(), "service": "p"}),
        (open_site, {"site": "left arm", "reason": "the first one blew"}),
    ],
)
def test_nothing_happens_in_the_future(action: Decide, keys: dict[str, Keys]) -> None:
    side = running()
    named = keys if action is open_site else {"service": "a", **keys}
    assert side.refused("10:00", action, back_to="10:00:00.000001", **named) == "that time has not come yet"


def test_nothing_new_begins_after_the_session_has_ended() -> None:
    side = ended()
    for action, order in ((start_service, infusion()), (give_service, push()), (plan_service, infusion())):
        assert "has ended" in side.refused("11:00", action, service="b", order=order)
    assert "has ended" in side.refused("11:00", open_site, site="left arm", reason="the first one blew")


def test_what_was_forgotten_is_entered_after_the_end_at_its_own_time() -> None:
    side = ended()
    side.do("11:00", give_service, service="p", order=push(), back_to="09:10")
    assert side.service("p").start == moment("09:10", HowKnown.BACK_DATED, recorded="11:00")


def test_a_pause_keeps_its_reason_and_a_resume_closes_it() -> None:
    side = running()
    assert side.do("09:20", pause_service, service="a", reason=" itching ") == ["service-paused"]
    assert side.service().state is ServiceState.PAUSED
    assert side.do("09:43", resume_service, service="a") == ["service-resumed"]
    (pause,) = side.service().pauses
    assert (pause.since, pause.until, pause.reason) == (moment("09:20"), moment("09:43"), "itching")
    assert side.service().state is ServiceState.RUNNING


def test_a_pause_is_not_paused_again_and_what_runs_is_not_resumed() -> None:
    side = running()
    assert side.refused("09:10", resume_service, service="a") == "infliximab is not paused"
    side.do("09:20", pause_service, service="a")
    assert side.refused("09:21", pause_service, service="a") == "infliximab is paused already"


def test_a_pause_does_not_lie_before_the_start_or_the_last_change() -> None:
    side = running()
    assert side.refused("09:10", pause_service, service="a", back_to="08:59") == (
        "the pause would be before the start of infliximab at 09:00:00"
    )
    side.do("09:20", pause_service, service="a")
    assert side.refused("09:30", resume_service, service="a", back_to="09:19") == (
        "the resume would be before the last change of infliximab at 09:20:00"
    )


def test_pauses_and_resumes_at_one_instant_are_taken() -> None:
    side = running()
    side.do("09:20", pause_service, service="a")
    side.do("09:20", resume_service, service="a")
    side.stop("09:20")
    assert side.service().elapsed_us(us("12:00")) == us("09:20") - us("09:00")


@pytest.mark.parametrize(
    "later", ["09:00", "09:00:00.000001", "21:00", "2026-03-09T09:00", "2027-03-02T09:00"]
)
def test_a_stop_is_never_refused_for_being_late_or_early(later: str) -> None:
    side = running()
    side.stop(later)
    assert side.service().stop == moment(later)
    assert side.service().elapsed_us(us("2030-01-01T00:00")) == us(later) - us("09:00")


def test_a_stop_keeps_how_it_is_known_and_when_it_was_recorded() -> None:
    side = running()
    side.do("10:31:44", stop_service, service="a", back_to="10:28", known=HowKnown.PUMP)
    assert side.service().stop == moment("10:28", HowKnown.PUMP, recorded="10:31:44")


def test_a_stop_does_not_lie_before_the_start() -> None:
    assert running().refused("09:30", stop_service, service="a", back_to="08:59:59") == (
        "the stop would be before the start of infliximab at 09:00:00"
    )


def test_the_first_stop_stands_and_a_second_is_a_proposal() -> None:
    side = running()
    side.stop("10:00")
    assert side.do("10:03", stop_service, service="a") == ["stop-proposed"]
    assert side.do("10:04", stop_service, service="a", back_to="09:50") == ["stop-proposed"]
    assert side.service().stop == moment("10:00")
    assert [proposal.at_us for proposal in side.service().proposals] == [us("10:03"), us("09:50")]


def test_a_second_stop_is_proposed_within_the_same_bounds() -> None:
    side = running()
    side.stop("10:00")
    refused = side.refused("10:03", stop_service, service="a", back_to="08:59")
    assert refused == "the stop would be before the start of infliximab"
    assert "not come yet" in side.refused("10:03", stop_service, service="a", back_to="10:04")


def test_a_stop_without_a_name_stops_the_only_service_that_runs() -> None:
    side = running()
    side.give("09:05")
    assert side.do("10:00", stop_service) == ["service-stopped"]
    assert side.refused("10:01", stop_service) == "chair 4 has nothing running"


def test_a_stop_without_a_name_asks_which_when_two_run() -> None:
    side = running()
    side.start("09:10", "b", infusion("saline", category=Category.HYDRATION))
    assert side.refused("10:00", stop_service) == "chair 4 has 2 services running: say which"


def test_a_stop_of_what_is_not_there_or_does_not_run_is_refused() -> None:
    side = running()
    side.plan("09:05", "b")
    side.give("09:06")
    assert side.refused("10:00", stop_service, service="x") == "chair 4 has no service “x”"
    assert side.refused("10:00", stop_service, service="b") == "infliximab in chair 4 is not running"
    assert side.refused("10:00", stop_service, service="p") == "ondansetron in chair 4 is not running"


def test_a_service_that_was_struck_out_takes_no_stop_and_no_proposal() -> None:
    side = running()
    side.stop("10:00")
    side.do("10:01", void_service, service="a", reason="wrong chair")
    assert "is not running" in side.refused("10:02", stop_service, service="a")


def test_a_stop_ends_the_service_in_its_pause() -> None:
    side = running()
    side.do("09:30", pause_service, service="a")
    side.stop("09:50")
    assert side.service().state is ServiceState.STOPPED
    assert side.service().elapsed_us(us("12:00")) == us("09:30") - us("09:00")
    assert side.service().open_pause is None


def test_a_session_that_has_ended_still_takes_the_missing_stop() -> None:
    side = running()
    side.end("10:30")
    side.do("11:00", stop_service, service="a", back_to="10:20")
    assert side.service().stop == moment("10:20", HowKnown.BACK_DATED, recorded="11:00")
    assert side.session().open_services == ()


def test_stop_and_start_next_is_one_touch_with_one_instant() -> None:
    side = running()
    assert side.do(
        "10:00:00.5",
        stop_and_start_next,
        service="a",
        next_service="b",
        order=infusion("rituximab"),
    ) == ["service-stopped", "service-started"]
    assert side.service("a").stop == side.service("b").start == moment("10:00:00.5")
    assert len({recorded.stamp.touch for recorded in list(side.journal.since(0))[-2:]}) == 1


def test_stop_and_start_next_stores_neither_when_one_is_refused() -> None:
    side = running()
    keys: dict[str, Keys] = {"service": "a", "next_service": "a", "order": infusion("rituximab")}
    assert "already" in side.refused("10:00", stop_and_start_next, **keys)
    keys = {"service": "x", "next_service": "b", "order": infusion("rituximab")}
    assert "no service “x”" in side.refused("10:00", stop_and_start_next, **keys)
    assert side.service().stop is None


def test_a_dose_is_recorded_before_during_and_after_the_service() -> None:
    dose = Dose(
        hcpcs="J1745",
        amount=Decimal(380),
        unit="mg",
        containers=(Container(Decimal(100), 4, single_dose=True),),
    )
    side = ended()
    assert side.do("10:45", record_dose, service="a", dose=dose) == ["dose-recorded"]
    assert side.service().order.dose == dose
    assert side.service().stop == moment("10:00")
    assert "no service “x”" in side.refused("10:46", record_dose, service="x", dose=dose)


def test_a_service_is_described_anew_and_its_times_stay() -> None:
    side = ended()
    order = infusion("infliximab-dyyb", category=Category.CHEMO, planned_minutes=120)
    assert side.do("10:45", change_order, service="a", order=order, reason=" the vial says so ") == [
        "order-changed"
    ]
    assert side.service().order == order
    assert (side.service().start, side.service().stop) == (moment("09:00"), moment("10:00"))


def test_what_ran_cannot_become_a_push_by_a_new_description() -> None:
    side = running()
    refused = side.refused("09:10", change_order, service="a", order=push("infliximab"))
    assert refused == "infliximab was recorded by iv-infusion; strike it out and enter it anew"


def test_a_plan_may_become_a_push() -> None:
    side = seated()
    side.plan("08:05")
    side.do("08:06", change_order, service="a", order=push())
    side.give("08:07", "a")
    assert side.service().state is ServiceState.GIVEN


def test_rate_steps_and_new_bags_are_kept_and_the_time_runs_on() -> None:
    side = running()
    side.do("09:15", change_rate, service="a", rate_ml_h=" 40.5 ")
    side.do("09:30", change_bag, service="a", lot="L7")
    assert [(step.at, step.rate_ml_h) for step in side.service().rates] == [(moment("09:15"), "40.5")]
    assert side.service().bags == (Bag(moment("09:30"), "L7"),)
    assert side.service().elapsed_us(us("10:00")) == us("10:00") - us("09:00")


def test_a_lot_is_one_line() -> None:
    side = running()
    refused = side.refused("09:30", change_bag, service="a", lot="L7\nL8")
    assert refused == "some characters of the lot cannot be shown"
    refused = side.refused("09:30", change_bag, service="a", lot="L" * 1001)
    assert refused == "the lot can have at most 1000 characters"


@pytest.mark.parametrize("rate", ["", "fast", "-1", "NaN", "Infinity", "1,5"])
def test_a_rate_is_a_number(rate: str) -> None:
    assert running().refused("09:15", change_rate, service="a", rate_ml_h=rate) == (
        f"the rate “{rate}” is not a number of mL/h"
    )


def test_rate_steps_and_new_bags_do_not_lie_before_the_start() -> None:
    side = running()
    assert side.refused("09:15", change_rate, service="a", rate_ml_h="40", back_to="08:59") == (
        "the rate would be before the start of infliximab"
    )
    assert side.refused("09:15", change_bag, service="a", back_to="08:59") == (
        "the bag change would be before the start of infliximab"
    )


@pytest.mark.parametrize(
    ("action", "keys"),
    [(pause_service, {}), (resume_service, {}), (change_rate, {"rate_ml_h": "40"}), (change_bag, {})],
)
def test_what_nobody_saw_stop_does_not_go_on(action: Decide, keys: dict[str, str]) -> None:
    side = running()
    side.do("10:00", not_witnessed, service="a")
    refused = side.refused("10:05", action, service="a", **keys)
    assert refused == "infliximab in chair 4 is not running"


def test_a_further_site_needs_a_name_and_a_reason() -> None:
    side = seated()
    assert side.do("08:30", open_site, site=" left arm ", reason=" the first one blew ") == ["site-opened"]
    (site,) = side.session().sites
    assert (site.name, site.at, site.reason) == ("left arm", moment("08:30"), "the first one blew")
    assert side.refused("08:31", open_site, site="hand", reason=" ") == (
        "a further access site needs its reason"
    )
    assert (
        side.refused("08:31", open_site, site=" ", reason="it blew") == "a further access site needs a name"
    )


def test_a_note_is_for_the_session_or_one_of_its_services() -> None:
    side = running()
    side.do("09:05", add_note, text=" chair reclined ")
    side.do("09:06", add_note, text="flushed easily", service="a")
    assert [(note.text, note.service) for note in side.session().notes] == [
        ("chair reclined", ""),
        ("flushed easily", "a"),
    ]
    assert side.refused("09:07", add_note, text=" \n") == "the note is empty"
    assert side.refused("09:07", add_note, text="what", service="x") == "chair 4 has no service “x”"


@pytest.mark.parametrize(
    ("action", "keys"),
    [
        (plan_service, {"service": "b", "order": infusion()}),
        (start_service, {"service": "b", "order": infusion()}),
        (give_service, {"service": "p", "order": push()}),
        (pause_service, {"service": "a"}),
        (resume_service, {"service": "a"}),
        (stop_service, {"service": "a"}),
        (stop_and_start_next, {"service": "a", "next_service": "b", "order": infusion()}),
        (record_dose, {"service": "a", "dose": Dose(units=1)}),
        (change_order, {"service": "a", "order": infusion()}),
        (change_rate, {"service": "a", "rate_ml_h": "40"}),
        (change_bag, {"service": "a"}),
        (open_site, {"site": "left arm", "reason": "it blew"}),
        (add_note, {"text": "late"}),
    ],
)
@pytest.mark.parametrize("back_to", ["", "09:30"])
def test_no_care_is_recorded_in_a_signed_session(action: Decide, keys: dict[str, Keys], back_to: str) -> None:
    side = ended()
    side.sign("10:40")
    refused = side.refused("11:00", action, back_to=back_to, **keys)
    assert refused in {
        "the session in chair 4 is signed: reopen it with a reason first",
        "the session in chair 4 has ended",
    }


def test_no_care_is_recorded_in_a_session_that_was_taken_back() -> None:
    side = seated()
    side.undo("08:01")
    for action in (start_service, plan_service):
        assert "was taken back" in side.refused("08:02", action, service="a", order=infusion())
    assert "was taken back" in side.refused("08:02", stop_service)


def test_several_services_run_at_once_on_their_own_sites() -> None:
    side = Chairside()
    side.seat()
    for number, service in enumerate("abc"):
        side.start(f"09:0{number}", service, infusion(f"drug {service}", site=str(number)))
    side.stop("10:00", "b")
    assert [service.id for service in side.session().open_services] == ["a", "c"]
    assert side.session().last_moment_us == us("10:00")


def test_a_session_holds_at_most_500_services() -> None:
    side = seated()
    side.do("08:01", plan_service, service="planned", order=infusion())
    planned = side.service("planned")
    others = tuple(replace(planned, id=str(number)) for number in range(MOST_SERVICES - 1))
    full, when = replace(side.session(), services=(planned, *others)), side.when("09:00")
    refusal = Refusal("a session holds at most 500 services")
    assert plan_service(full, when, service="one more", order=infusion()) == refusal
    assert start_service(full, when, service="one more", order=infusion()) == refusal
    assert give_service(full, when, service="one more", order=push()) == refusal
    assert not isinstance(start_service(full, when, service="planned", order=infusion()), Refusal)


@pytest.mark.parametrize("reason", ["infiltrated\nand swollen", "a\tb", "bell \x07", "turned \u202eround"])
def test_the_reason_of_a_site_is_one_line(reason: str) -> None:
    said = running().refused("10:00", open_site, site="2", reason=reason)
    assert said == "some characters of the reason cannot be shown"
    said = running().refused("10:00", open_site, site="2", reason="x" * 1001)
    assert said == "the reason can have at most 1000 characters"


def test_a_service_holds_at_most_500_pauses() -> None:
    side = running()
    stood = Pause(since=moment("09:10"), until=moment("09:10"), reason="")
    often = replace(side.service(), pauses=(stood,) * MOST_PAUSES)
    said = pause_service(side.session().with_service(often), side.when("10:00"), service="a")
    assert said == Refusal("a service holds at most 500 pauses")


def test_a_reminder_that_was_seen_is_kept_with_when_it_was_due() -> None:
    side = running()
    seen = {"service": "a", "reminder": "vitals", "due_us": us("09:30")}
    assert side.do("09:31", acknowledge_reminder, **seen) == ["reminder-acknowledged"]
    assert side.session().acknowledged == (Acknowledged("a", "vitals", us("09:30"), moment("09:31")),)
    side.undo("09:32")
    assert side.session().acknowledged == ()


def test_a_reminder_of_nothing_is_not_seen() -> None:
    said = running().refused("09:31", acknowledge_reminder, service="b", reminder="vitals", due_us=0)
    assert said == "chair 4 has no service “b”"


def test_looking_at_a_patient_is_recorded_and_the_touch_before_it_can_still_be_undone() -> None:
    side = running()
    assert side.do("09:31", show_patient, what="mrn") == ["patient-shown"]
    side.undo("09:32")
    assert side.session().open_services == ()
    assert [recorded.event.KIND for recorded in side.journal.since(0)][-2:] == [
        "patient-shown",
        "touch-undone",
    ]
