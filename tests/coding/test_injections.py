from __future__ import annotations

import pytest

from tests.coding.given import Service, care, coded, found, hydration, infusion, left_out, push, units


@pytest.mark.parametrize("route", ["im", "sc"])
@pytest.mark.parametrize(
    ("more", "expected"),
    [({}, "96372"), ({"category": "chemo"}, "96401"), ({"category": "chemo", "hormonal": True}, "96402")],
)
def test_an_injection(route: str, more: Service, expected: str) -> None:
    assert units(coded(care(route, "09:00", **more))) == {expected: 1}


def test_each_injection_is_reported_and_takes_no_part_in_the_iv_order() -> None:
    answer = coded(care("im", "08:00"), care("sc", "08:05"), push("drug", "09:00"))
    assert units(answer) == {"96374": 1, "96372": 2}
    assert answer.lines[0].code == "96374"


def test_a_second_syringe_of_one_dose_adds_nothing() -> None:
    answer = coded(care("im", "09:00"), care("im", "09:01", same_dose_as_previous=True, id="b"))
    assert units(answer) == {"96372": 1}
    assert left_out(answer) == {"b": ("injection-same-dose",)}


def test_which_of_two_syringes_at_once_is_the_second_is_said_by_its_mark() -> None:
    answer = coded(care("im", "09:00", same_dose_as_previous=True, id="b"), care("im", "09:00"))
    assert units(answer) == {"96372": 1}
    assert left_out(answer) == {"b": ("injection-same-dose",)}


def test_a_second_syringe_without_a_first_is_an_injection() -> None:
    assert units(coded(care("im", "09:00", same_dose_as_previous=True))) == {"96372": 1}


def test_an_infusion_under_the_skin_without_a_stop_may_be_an_injection() -> None:
    service = care("sc-infusion", "09:00")
    assert units(coded(service, options={"missing_stop": "push"})) == {"96372": 1}
    assert coded(service).blockers


def test_a_second_infusion_under_the_skin_is_questioned() -> None:
    services = [infusion(name, "09:00", "10:00", route="sc-infusion") for name in ("one", "two")]
    answer = coded(*services)
    assert units(answer) == {"96369": 2}
    assert found(answer) == ["second-sc-infusion"]


@pytest.mark.parametrize(
    ("service", "expected"),
    [
        (push("drug", "09:00", route="ia-push"), "96373"),
        (push("drug", "09:00", "09:30", route="ia-push", category="chemo"), "96420"),
        (infusion("drug", "09:00", "10:00", route="ia-infusion"), "96373"),
        (care("ia-infusion", "09:00", category="chemo", pump=True), "96425"),
        (care("declot", "09:00"), "36593"),
        (care("pump-refill", "09:00", category="chemo"), "96521"),
    ],
)
def test_what_stands_outside_the_iv_order(service: Service, expected: str) -> None:
    assert units(coded(service)) == {expected: 1}


PUMP = infusion("fluorouracil", "15:00", category="chemo", pump=True)


@pytest.mark.parametrize("option", ["96416", "G0498"])
def test_a_pump_start_needs_no_stop_and_is_reported_as_the_payer_wants(option: str) -> None:
    answer = coded(PUMP, options={"pump_start": option})
    assert units(answer) == {option: 1}
    assert answer.findings == ()


@pytest.mark.parametrize(
    ("beside", "code"),
    [
        (infusion("oxaliplatin", "09:00", "10:00", category="chemo"), "96416-59"),
        (push("fluorouracil", "09:00", category="chemo"), "96416-59"),
        (infusion("leucovorin", "09:00", "10:00"), "96416"),
    ],
)
def test_a_pump_start_beside_chemo_may_carry_a_modifier(beside: Service, code: str) -> None:
    assert code in units(coded(PUMP, beside, options={"pump_with_chemo_modifier": "59"}))


def test_a_bolus_before_the_pump_of_the_same_drug_is_a_push_of_its_own() -> None:
    assert units(coded(push("fluorouracil", "14:00", category="chemo"), PUMP)) == {"96409": 1, "96416": 1}


def test_a_pump_that_is_not_chemo_has_no_code() -> None:
    answer = coded(infusion("drug", "15:00", pump=True, id="a"))
    assert left_out(answer) == {"a": ("pump-start",)}
    assert found(answer) == ["pump-not-chemo"]


def test_a_refill_is_not_reported_on_the_day_of_the_start() -> None:
    answer = coded(PUMP, care("pump-refill", "16:00", category="chemo", id="b"))
    assert units(answer) == {"96416": 1}
    assert left_out(answer) == {"b": ("pump-refill",)}


def test_a_transfusion_is_reported_once_a_day_and_needs_no_stop() -> None:
    unit = {"category": "transfusion"}
    answer = coded(
        infusion("unit 1", "09:00", "11:00", **unit),
        infusion("unit 2", "11:00", id="b", **unit),
        infusion("unit 3", "2026-03-03T09:00", "2026-03-03T10:00", **unit),
    )
    assert units(answer) == {"36430": 2}
    assert [str(line.date) for line in answer.lines] == ["2026-03-02", "2026-03-03"]
    assert left_out(answer) == {"b": ("transfusion-once-a-day",)}


def test_a_port_flush_alone_is_reported_once_a_day() -> None:
    answer = coded(care("port-flush", "09:00"), care("port-flush", "15:00", id="b"))
    assert units(answer) == {"96523": 1}
    assert left_out(answer) == {"b": ("port-flush-alone",)}


@pytest.mark.parametrize(
    "beside", [push("drug", "10:00"), care("im", "10:00"), hydration("2026-03-01T23:00", "01:00")]
)
def test_a_port_flush_beside_anything_reported_that_day_is_not(beside: Service) -> None:
    answer = coded(care("port-flush", "09:00", id="a"), beside)
    assert "96523" not in units(answer)
    assert left_out(answer) == {"a": ("port-flush-alone",)}


def test_a_port_flush_on_a_day_with_nothing_else_is_reported_beside_another_day() -> None:
    answer = coded(push("drug", "09:00"), care("port-flush", "2026-03-03T09:00"))
    assert units(answer) == {"96374": 1, "96523": 1}


def test_a_port_flush_beside_a_drug_line_alone_is_not_reported() -> None:
    drug = care("drug-only", "10:00", hcpcs="J1745", units=3)
    answer = coded(care("port-flush", "09:00", id="a"), drug)
    assert units(answer) == {"J1745": 3}
    assert left_out(answer) == {"a": ("port-flush-alone",)}


def test_what_a_port_was_flushed_with_does_not_stand_in_its_way() -> None:
    answer = coded(care("port-flush", "09:00", hcpcs="J1642", units=5))
    assert units(answer) == {"96523": 1, "J1642": 5}


def test_a_pump_modifier_stands_on_pump_starts_alone() -> None:
    pump = infusion("fluorouracil", "12:00", category="chemo", pump=True)
    answer = coded(
        infusion("irinotecan", "09:00", "10:40", category="chemo"),
        push("drug", "11:00"),
        pump,
        options={"pump_with_chemo_modifier": "59"},
    )
    assert {line.code: line.modifiers for line in answer.lines} == {
        "96413": (),
        "96415": (),
        "96375": (),
        "96416": ("59",),
    }


def test_a_flush_on_a_busy_day_keeps_no_later_one_from_being_reported() -> None:
    flushes = care("port-flush", "10:00", id="f"), care("port-flush", "2026-03-03T09:00", id="g")
    answer = coded(push("drug", "09:00"), *flushes)
    assert (units(answer), left_out(answer)) == ({"96374": 1, "96523": 1}, {"f": ("port-flush-alone",)})


def test_a_refill_is_reported_on_the_day_of_a_pump_that_has_no_code() -> None:
    pump = infusion("antibiotic", "09:00", pump=True)
    assert units(coded(pump, care("pump-refill", "12:00", category="chemo"))) == {"96521": 1}


def test_a_drug_into_an_artery_keeps_its_minutes() -> None:
    (line,) = coded(infusion("drug", "09:00", "09:40", route="ia-infusion")).lines
    assert (line.code, line.minutes) == ("96373", 40)


def test_what_nobody_saw_stop_is_given_at_its_start() -> None:
    given = infusion("drug", "09:00", route="ia-infusion", category="chemo", not_witnessed=True)
    (line,) = coded(given).lines
    assert line.why == "Drug: given at 09:00, and nobody knows its stop, so it is a push into an artery."


def test_an_infusion_under_the_skin_comes_behind_the_initial_service() -> None:
    answer = coded(
        infusion("globulin", "08:00", "09:00", route="sc-infusion"), infusion("drug", "09:00", "10:00")
    )
    assert [line.code for line in answer.lines] == ["96365", "96369"]


@pytest.mark.parametrize(
    ("minutes", "over"), [(16, "exactly"), (17, "1 minute over"), (18, "2 minutes over")]
)
def test_an_infusion_by_itself_near_its_fewest_minutes_asks_for_a_second_look(
    minutes: int, over: str
) -> None:
    answer = coded(infusion("drug", "09:00", f"09:{minutes}", route="sc-infusion"))
    text = f"Drug counts {minutes} minutes, {over} the 16 at which its units change"
    assert [f.text for f in answer.findings] == [f"{text}; see that the charted times are right."]


def test_fluid_beside_a_pump_start_is_no_chemo() -> None:
    beside = infusion("saline", "09:00", "10:00", category="hydration")
    assert "96416" in units(coded(PUMP, beside, options={"pump_with_chemo_modifier": "59"}))


def test_a_push_marked_as_on_a_pump_is_a_push() -> None:
    assert units(coded(push("drug", "09:00", pump=True))) == {"96374": 1}
