"""From a session to its lines: what the board asks live, and what a signature seals."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.app import session_coder
from desktop_app.coding.sessions import (
    SessionCoder,
    _visit_service,
    date_of_service,
    sealed_lines,
    served_on,
    visit_of,
)
from desktop_app.core.care import (
    add_note,
    open_site,
    pause_service,
    resume_service,
    start_service,
    stop_service,
)
from desktop_app.core.corrections import correct_moment, not_witnessed, remove_stop, void_service
from desktop_app.core.events import SignedLine
from desktop_app.core.later_stops import leave_first_stop
from desktop_app.core.moments import MINUTE_US, SECOND_US, HowKnown
from desktop_app.core.orders import Category, Dose, NdcUnit, Order, Setting
from desktop_app.core.session import Session, Stage
from desktop_app.core.stay import end_session
from desktop_app.rulebook_files import load_standard
from tests.core.chairside import Chairside, ended, infusion, push, running, seated, us
from tests.fakes import NEW_YORK

CODER = session_coder()


def codes(lines: tuple[SignedLine, ...]) -> list[tuple[str, int]]:
    return [(line.code, line.units) for line in lines]


def if_stopped(session: Session, time: str) -> list[tuple[str, int]]:
    """Return code and units of each line, if everything stopped at a time."""
    return [(line.code, line.units) for line in CODER.if_stopped(session, us(time)).lines]


def sign(side: Chairside, time: str) -> None:
    """End the session's stay if it has not ended, and seal its lines."""
    if side.session().stage is Stage.OPEN:
        side.end(time)
    assert side.do(time, CODER.signing(side.session(), side.desk.head)) == ["session-signed"]


def sealed(side: Chairside) -> tuple[SignedLine, ...]:
    signature = side.session().signature
    assert signature is not None
    return signature.lines


def test_a_session_is_coded_as_it_runs() -> None:
    side = running(order=infusion("vancomycin"))
    assert if_stopped(side.session(), "09:15:59") == [("96374", 1)]
    assert if_stopped(side.session(), "09:16:00") == [("96365", 1)]
    assert if_stopped(side.session(), "10:30:59") == [("96365", 1)]
    assert if_stopped(side.session(), "10:31:00") == [("96365", 1), ("96366", 1)]


def test_asking_what_if_it_stopped_stops_nothing() -> None:
    side = running()
    before = side.session()
    CODER.if_stopped(before, us("12:00"))
    CODER.at_plan_end(before, us("12:00"))
    assert side.session() is before
    assert side.session().open_services


def test_what_has_stopped_keeps_its_time_whatever_is_asked() -> None:
    side = running()
    side.stop("09:40")
    assert if_stopped(side.session(), "18:00") == if_stopped(side.session(), "09:40") == [("96365", 1)]


def test_a_pause_that_is_open_lasts_until_the_time_asked_for() -> None:
    side = running()
    side.do("09:10", pause_service, service="a")
    assert if_stopped(side.session(), "12:00") == [("96374", 1)]
    side.do("12:00", resume_service, service="a")
    assert if_stopped(side.session(), "12:06") == [("96365", 1)]


def test_a_stop_in_a_pause_counts_nothing_of_the_pause() -> None:
    side = running()
    side.do("09:10", pause_service, service="a")
    side.stop("12:00")
    assert visit_of(side.session()).services[0].pauses == ((us("09:10"), us("12:00")),)
    assert CODER.as_recorded(side.session()).infused_minutes == 10


def test_a_plan_and_what_was_struck_out_are_not_part_of_the_visit() -> None:
    side = running()
    side.start("09:05", "b", infusion("rituximab"))
    side.plan("09:06", "c")
    side.do("09:10", void_service, service="b", reason="wrong chair")
    assert [service.id for service in visit_of(side.session()).services] == ["a"]


def test_a_visit_says_what_the_session_says() -> None:
    side = Chairside()
    side.seat(
        setting=Setting.PHYSICIAN, place_of_service="11", options=(("attended_push", "by-time"),), mrn="00417"
    )
    side.do("08:30", open_site, site="left arm", reason="the first one blew")
    side.start("09:00", order=infusion(site="left arm"))
    side.do("10:05", stop_service, service="a", back_to="10:00", known=HowKnown.PUMP)
    visit = visit_of(side.session())
    assert (visit.id, visit.setting, visit.place_of_service) == ("s", Setting.PHYSICIAN, "11")
    assert (visit.date, visit.zone) == (date(2026, 3, 2), NEW_YORK)
    assert visit.options == (("attended_push", "by-time"),)
    assert visit.site_reasons == (("left arm", "the first one blew"),)
    (service,) = visit.services
    assert (service.start_us, service.stop_us, service.stop_how) == (us("09:00"), us("10:00"), HowKnown.PUMP)


@pytest.mark.parametrize("moment", ["start", "pause", "resume", "stop"])
def test_a_time_that_is_only_the_earliest_is_told_of_the_visit(moment: str) -> None:
    side = seated()
    acts = {
        "start": partial(start_service, service="a", order=infusion()),
        "pause": partial(pause_service, service="a"),
        "resume": partial(resume_service, service="a"),
        "stop": partial(stop_service, service="a"),
    }
    for minute, (name, act) in enumerate(acts.items()):
        known = HowKnown.EARLIEST if name == moment else HowKnown.PRESSED
        side.do("09:30", act, back_to=f"09:0{minute}", known=known)
    (service,) = visit_of(side.session()).services
    assert service.clock_behind
    assert (service.stop_how is HowKnown.EARLIEST) == (moment == "stop")


@pytest.mark.parametrize(
    ("start", "day"), [("23:59:59", date(2026, 3, 2)), ("2026-03-03T00:00", date(2026, 3, 3))]
)
def test_the_date_of_service_is_the_day_the_first_service_began(start: str, day: date) -> None:
    side = seated("23:00")
    assert date_of_service(side.session()) == date(2026, 3, 2)
    side.start(start)
    side.start("2026-03-03T00:30", "b", infusion("rituximab"))
    assert date_of_service(side.session()) == day


def test_whoever_was_seated_before_midnight_is_served_on_the_day_the_first_service_began() -> None:
    side = seated("23:00")
    side.start("2026-03-03T00:10")
    side.seat("2026-03-03T09:00", chair="1", session="t")
    side.seat("2026-03-04T09:00", chair="2", session="u")
    side.restart()
    served = {day: [found.id for found in served_on(side.desk, date(2026, 3, day))] for day in (2, 3, 4, 5)}
    assert served == {2: [], 3: ["s", "t"], 4: ["u"], 5: []}


def test_a_session_that_is_over_is_read_from_the_journal_for_its_day() -> None:
    side = seated("23:00")
    side.give("2026-03-03T00:10", order=push(integral=True))  # no line, so nothing is left to send
    sign(side, "2026-03-03T00:20")
    side.restart()
    assert "s" not in side.desk.suite.sessions
    assert [found.id for found in served_on(side.desk, date(2026, 3, 3))] == ["s"]


def test_what_has_not_begun_has_no_place_in_a_visit() -> None:
    side = seated()
    side.plan("09:00", "later")
    with pytest.raises(ValueError, match="service later has not begun"):
        _visit_service(side.session().services[0])


def test_the_day_is_that_of_the_sessions_own_zone() -> None:
    side = Chairside()
    side.seat("20:00", zone="Asia/Kolkata")
    side.start("20:05")
    assert date_of_service(side.session()) == date(2026, 3, 3)


@pytest.mark.parametrize(("profile", "coded_by"), [("commercial", "commercial"), ("", "medicare-facility")])
def test_a_session_is_coded_by_the_profile_it_names_or_medicares(profile: str, coded_by: str) -> None:
    side = Chairside()
    side.seat(profile=profile)
    assert CODER.as_recorded(side.session()).profile == coded_by


def test_at_the_planned_end_everything_ran_as_planned() -> None:
    side = running(order=infusion(planned_minutes=120))
    end = CODER.at_plan_end(side.session(), us("09:30"))
    assert end is not None
    assert end[0] == us("11:00")
    assert end[1] == CODER.if_stopped(side.session(), us("11:00"))


def test_the_planned_end_of_several_services_is_the_last_of_them() -> None:
    side = running(order=infusion(planned_minutes=60))
    side.start("09:10", "b", infusion("saline", category=Category.HYDRATION, planned_minutes=150, site="2"))
    end = CODER.at_plan_end(side.session(), us("09:30"))
    assert end is not None
    assert end[0] == us("11:40")
    side.stop("10:00")
    side.stop("11:40", "b")
    assert end[1] == CODER.as_recorded(side.session())


def test_a_plan_that_is_over_counts_up_to_now() -> None:
    side = running(order=infusion(planned_minutes=30))
    end = CODER.at_plan_end(side.session(), us("10:31"))
    assert end == (us("10:31"), CODER.if_stopped(side.session(), us("10:31")))


def test_what_is_paused_is_expected_to_go_on_now() -> None:
    side = running(order=infusion(planned_minutes=60))
    side.do("09:20", pause_service, service="a")
    end = CODER.at_plan_end(side.session(), us("09:50"))
    assert end is not None
    assert end[0] == us("10:30")
    side.do("09:50", resume_service, service="a")
    side.stop("10:30")
    assert end[1] == CODER.as_recorded(side.session())


def test_without_a_plan_there_is_no_planned_end() -> None:
    side = running()
    assert CODER.at_plan_end(side.session(), us("09:30")) is None
    side.stop("10:00")
    assert CODER.at_plan_end(side.session(), us("10:30")) is None


def test_what_nobody_saw_stop_is_not_stopped_by_asking() -> None:
    side = running(order=infusion(planned_minutes=60))
    side.do("10:00", not_witnessed, service="a")
    assert visit_of(side.session()).services[0].not_witnessed
    assert CODER.if_stopped(side.session(), us("12:00")) == CODER.as_recorded(side.session())
    assert CODER.at_plan_end(side.session(), us("12:00")) is None


@pytest.mark.parametrize("option", ["hold", "push"])
def test_a_stop_not_witnessed_is_a_push_that_can_be_signed(option: str) -> None:
    side = Chairside()
    side.seat(options=(("missing_stop", option),))
    side.start("09:00")
    side.do("10:00", not_witnessed, service="a")
    sign(side, "10:30")
    assert codes(sealed(side)) == [("96374", 1)]
    said = "warning: Nobody saw infliximab stop, so its time is not known and it is coded as a push."
    assert said in side.session().signatures[0].findings


def test_the_sealed_lines_are_the_coded_ones_word_for_word() -> None:
    dose = Dose(hcpcs="J1745", amount=Decimal(300), unit="mg", ndc="12345-6789-01", ndc_unit=NdcUnit.ME)
    side = running(order=infusion(dose=dose))
    side.give("09:30", order=push(integral=True))
    side.stop("10:00")
    coding = CODER.as_recorded(side.session())
    assert [line.ndc_quantity for line in coding.lines] == [None, Decimal(300)]
    assert [item.service for item in coding.not_billed] == ["p"]
    sign(side, "10:40")
    for line, signed in zip(coding.lines, sealed(side), strict=True):
        assert signed.kind == line.kind.value
        for name in ("code", "units", "modifiers", "date", "services", "drugs", "minutes", "why", "rules"):
            assert getattr(signed, name) == getattr(line, name)
        for name in ("start_us", "stop_us", "ndc", "ndc_quantity", "ndc_unit", "sources"):
            assert getattr(signed, name) == getattr(line, name)
    signature = side.session().signatures[0]
    assert (signature.rulebook, signature.profile) == (CODER.rulebook.version, "medicare-facility")
    assert signature.not_billed == tuple(item.why for item in coding.not_billed)


def test_a_signature_names_the_head_it_stands_on() -> None:
    side = ended()
    head = side.desk.head
    sign(side, "10:40")
    *_, signed = side.journal.load("session/s")
    assert side.session().signatures[0].head == head == signed.previous_hash


def test_line_ids_name_the_session_the_version_and_the_place() -> None:
    side = running()
    side.stop("11:31")
    sign(side, "11:40")
    first = sealed(side)
    assert [line.id for line in first] == ["s.1.01", "s.1.02"]
    side.desk.reopen("s", "the pump says otherwise", side.when("12:00"))
    sign(side, "12:05")
    assert [line.id for line in sealed(side)] == ["s.2.01", "s.2.02"]
    assert [replace(line, id="") for line in sealed(side)] == [replace(line, id="") for line in first]
    assert side.session().signatures[0].lines == first


def test_the_same_session_is_sealed_the_same_each_time() -> None:
    side = ended()
    coding = CODER.as_recorded(side.session())
    assert sealed_lines(side.session(), coding) == sealed_lines(side.session(), coding)
    side.restart()
    assert sealed_lines(side.session(), CODER.as_recorded(side.session())) == sealed_lines(
        side.session(), coding
    )


def test_a_later_rulebook_does_not_touch_what_was_signed() -> None:
    side = ended()
    sign(side, "10:40")
    lines = sealed(side)
    side.restart()
    assert sealed(side) == lines


@pytest.mark.parametrize("reopened", ["corrected", "noted"])
def test_lines_made_before_the_last_change_are_not_signed(reopened: str) -> None:
    side = ended()
    stale = CODER.signing(side.session(), side.desk.head)
    if reopened == "noted":
        side.do("10:35", add_note, text="looked at again")
    else:
        keys = {"service": "a", "what": "stop", "how": HowKnown.PUMP, "reason": "read again"}
        side.do("10:35", correct_moment, to_us=us("09:10"), **keys)
    assert side.refused("10:40", stale) == "the session has changed: look at its lines again"
    sign(side, "10:41")


def test_lines_that_are_signed_are_not_signed_again() -> None:
    side = ended()
    again = CODER.signing(side.session(), side.desk.head)
    sign(side, "10:40")
    assert side.refused("10:41", again) == "the session in chair 4 is signed: reopen it with a reason first"


def test_nothing_is_signed_with_an_open_stop() -> None:
    side = ended()
    side.do("10:35", remove_stop, service="a")
    said = side.refused("10:40", CODER.signing(side.session(), side.desk.head))
    assert said == "no stop is recorded for infliximab"


ORDERS = (
    infusion("vancomycin"),
    infusion("rituximab", category=Category.CHEMO, planned_minutes=90),
    infusion("saline", category=Category.HYDRATION, planned_minutes=45),
    infusion("magnesium", site="2"),
    push(),
)
seconds = st.integers(0, 5400)
services = st.lists(
    st.tuples(st.sampled_from(ORDERS), seconds, st.none() | seconds, st.booleans()), max_size=4
)


def lived(entered: list[tuple[Order, int, int | None, bool]]) -> Chairside:
    """Return a suite where services were started, some paused, and the pauses mostly ended."""
    side = seated()
    for number, (order, start_s, pause_s, resumed) in enumerate(entered):
        side.clock.advance(us=start_s % 600 * SECOND_US)
        if not order.runs:
            side.give(now(side), str(number), order)
            continue
        side.start(now(side), str(number), order)
        if pause_s is not None:
            side.clock.advance(us=pause_s * SECOND_US)
            side.do(now(side), pause_service, service=str(number))
            side.clock.advance(us=start_s * SECOND_US)
        if pause_s is not None and resumed:
            side.do(now(side), resume_service, service=str(number))
    return side


def now(side: Chairside) -> str:
    """Return the present as the text that the helpers of the suite take."""
    from_midnight_us = side.clock.now().wall_us - us("00:00")
    minutes, rest_us = divmod(from_midnight_us, MINUTE_US)
    day, minutes = divmod(minutes, 24 * 60)
    return f"2026-03-{2 + day:02}T{minutes // 60:02}:{minutes % 60:02}:{rest_us // SECOND_US:02}"


@given(services, seconds)
@settings(max_examples=60)
def test_if_stopped_is_what_a_real_stop_would_have_given(
    entered: list[tuple[Order, int, int | None, bool]], later_s: int
) -> None:
    side = lived(entered)
    side.clock.advance(us=later_s * SECOND_US)
    at_us = side.clock.now().wall_us
    expected = CODER.if_stopped(side.session(), at_us)
    for service in side.session().open_services:
        side.stop(now(side), service.id)
    assert side.clock.now().wall_us == at_us
    assert CODER.as_recorded(side.session()) == expected


@given(services)
@settings(max_examples=60)
def test_the_planned_end_is_what_stopping_each_at_its_plan_would_have_given(
    entered: list[tuple[Order, int, int | None, bool]],
) -> None:
    side = lived(entered)
    now_us = side.clock.now().wall_us
    projected = CODER.at_plan_end(side.session(), now_us)
    for service in side.session().open_services:
        if service.open_pause:
            side.do(now(side), resume_service, service=service.id)
    ends = {s.id: max(s.planned_end_us(now_us) or now_us, now_us) for s in side.session().open_services}
    planned = [s for s in side.session().open_services if s.planned_end_us(now_us) is not None]
    for name, end_us in sorted(ends.items(), key=lambda item: item[1]):
        side.clock.advance(us=end_us - side.clock.now().wall_us)
        side.stop(now(side), name)
    if not planned:
        assert projected is None
        return
    assert projected == (max(ends[s.id] for s in planned), CODER.as_recorded(side.session()))


@given(services, seconds)
@settings(max_examples=30)
def test_what_is_signed_is_what_was_on_record(
    entered: list[tuple[Order, int, int | None, bool]], later_s: int
) -> None:
    side = lived(entered)
    side.clock.advance(us=later_s * SECOND_US)
    for service in side.session().open_services:
        side.stop(now(side), service.id)
    side.do(now(side), end_session)
    coding = CODER.as_recorded(side.session())
    if coding.blockers:
        side.refused(now(side), CODER.signing(side.session(), side.desk.head))
        return
    sign(side, now(side))
    assert sealed(side) == sealed_lines(replace(side.session(), signatures=()), coding)


AFTER_END = "The stop of infliximab at 10:30:01 is after the session's end at 10:30:00"


@pytest.mark.parametrize(("stop", "told"), [("10:30:00", []), ("10:30:01", [AFTER_END])])
def test_a_stop_after_the_end_of_its_session_is_taken_and_told(stop: str, told: list[str]) -> None:
    side = running("09:00")
    side.end("10:30:00")
    assert found_late(side.session()) == []
    side.stop(stop)
    assert found_late(side.session()) == [f"{text}; see which of the two is true." for text in told]
    assert side.session().open_services == ()


def test_what_has_no_name_is_told_by_its_route_and_a_push_after_the_end_is_no_stop() -> None:
    side = running("09:00", infusion(""))
    side.give("09:30", order=push())
    side.end("10:00")
    side.stop("10:30")
    assert [text.split(" at ")[0] for text in found_late(side.session())] == ["The stop of iv-infusion"]


def test_what_was_struck_out_has_no_stop_to_be_told_of() -> None:
    side = running("09:00")
    side.end("10:00")
    side.stop("10:30")
    assert side.do("10:40", void_service, service="a", reason="never happened") == ["service-voided"]
    assert found_late(side.session()) == []


def test_a_late_stop_is_told_before_the_other_findings_and_behind_the_payer() -> None:
    side = running("09:00", infusion(dose=Dose(hcpcs="J1745", unit="mg", amount=Decimal(400))))
    side.end("10:00")
    side.stop("10:30")
    late = CODER.as_recorded(side.session()).findings
    assert [(f.level.value, f.name, f.service) for f in late] == [
        ("warning", "stop-after-session-end", "a"),
        ("warning", "vials-not-recorded", "a"),
        ("note", "near-threshold", "a"),
    ]


@pytest.mark.parametrize(
    ("volume", "told"),
    [(500, []), (501, ["The stop of infliximab at 10:00:07 is after the session's end at 10:00:00"])],
)
def test_a_stop_that_volume_and_rate_put_after_the_end_is_told_too(volume: int, told: list[str]) -> None:
    order = infusion(volume_ml=Decimal(volume), rate_ml_h=Decimal(500))
    side = running("09:00", order)
    assert found_late(side.session()) == []
    side.end("10:00")
    assert found_late(side.session()) == [f"{text}; see which of the two is true." for text in told]


def test_every_later_stop_that_nobody_settled_is_told_with_the_first() -> None:
    side = running("09:00", infusion())
    side.stop("10:00")
    assert found_twice(side.session()) == []
    side.stop("10:05")
    side.stop("10:20")
    said = "Infliximab was stopped at 10:00:00 and again at 10:05:00, 10:20:00. The first stands."
    assert found_twice(side.session()) == [said]
    side.do("10:30", leave_first_stop, service="a")
    assert found_twice(side.session()) == []


def test_of_many_later_stops_the_first_three_are_told_and_how_many_more_there_are() -> None:
    side = running("09:00", infusion())
    for minute in (*range(4), 4):
        side.stop(f"10:0{minute}")
    four = "Infliximab was stopped at 10:00:00 and again at 10:01:00, 10:02:00, 10:03:00"
    assert found_twice(side.session()) == [f"{four} and 1 time more. The first stands."]
    for minute in range(10, 60):
        side.stop(f"10:{minute}")
    assert found_twice(side.session()) == [f"{four} and 51 times more. The first stands."]


def test_a_second_stop_carries_its_zone_where_it_is_not_the_suites() -> None:
    side = running("09:00", infusion())
    side.stop("10:00")
    side.stop("10:05")
    told = {home: found_twice(side.session(), home) for home in (NEW_YORK, "America/Toronto", "UTC")}
    plain = "Infliximab was stopped at 10:00:00 and again at 10:05:00. The first stands."
    assert told[NEW_YORK] == told["America/Toronto"] == [plain]
    assert told["UTC"] == [
        "Infliximab was stopped at 10:00:00 EST and again at 10:05:00 EST. The first stands."
    ]


def test_what_was_struck_out_is_told_no_second_stop() -> None:
    side = running("09:00", infusion())
    side.stop("10:00")
    side.stop("10:05")
    side.do("10:30", void_service, service="a", reason="another patient's")
    assert found_twice(side.session()) == []


def found_twice(session: Session, home: str = "") -> list[str]:
    """Return what is told of later stops, in a suite of a zone where that is known."""
    findings = session_coder(home=lambda: home).as_recorded(session).findings
    return [finding.text for finding in findings if finding.name == "stop-proposed"]


def test_before_the_rules_begin_nothing_is_worked_out() -> None:
    order = infusion(volume_ml=Decimal(5000), rate_ml_h=Decimal(500))
    side = running("09:00", order)
    side.end("10:00")
    later = replace(CODER.rulebook.eras[-1], since=date(2099, 1, 1))
    coder = SessionCoder(replace(CODER.rulebook, eras=(later,)), load_standard().profiles)
    assert [finding.name for finding in coder.as_recorded(side.session()).findings] == ["no-rules-for-date"]


def found_late(session: Session) -> list[str]:
    """Return what is told of stops after the end."""
    findings = CODER.as_recorded(session).findings
    return [finding.text for finding in findings if finding.name == "stop-after-session-end"]
