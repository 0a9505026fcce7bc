from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from desktop_app.coding import case_values as values
from desktop_app.coding.case import read_case
from desktop_app.coding.refusals import CaseError
from desktop_app.coding.visit import Visit
from desktop_app.core.moments import HowKnown
from desktop_app.core.orders import Category, Container, Dose, Order, Route, Setting
from tests.coding.given import RULES, infusion, push, visit


def case(**more: Any) -> dict[str, Any]:  # noqa: ANN401
    return {"id": "a", "setting": "facility", "date": "2026-03-02", "services": []} | more


def one(**more: Any) -> dict[str, Any]:  # noqa: ANN401
    return case(services=[infusion("drug", "09:00", "10:00") | more])


def read(raw: object) -> Visit:
    return read_case(raw, RULES.rulebook)


def test_a_case_says_everything_a_visit_needs() -> None:
    service = {
        "id": "x",
        "drug": "rituximab",
        "category": "chemo",
        "route": "iv-infusion",
        "site": "2",
        "encounter": "3",
        "start": "2026-03-02T11:20:30.5",
        "stop": "2026-03-02T16:40",
        "pauses": [["2026-03-02T12:40", "2026-03-02T13:55"]],
        "planned_minutes": 240,
        "primary": True,
        "volume_ml": 500,
        "rate_ml_h": Decimal("62.5"),
        "stop_how": "pump",
        "hcpcs": "J9312",
        "unit_amount": 10,
        "unit": "mg",
        "dose": 679,
        "ndc": "50242-0053-06",
        "lot": "A1",
        "expiry": "2027-01",
        "containers": [{"size": 500, "count": 1, "single_dose": True}],
        "note": "",
    }
    made = read(
        case(
            setting="physician",
            timezone="America/New_York",
            place_of_service="11",
            options={"sequential_min": 31, "jw_jz": False},
            site_reasons={"2": "incompatible"},
            evaluation="99213",
            services=[service],
        )
    )
    order = made.services[0].order
    assert (made.setting, made.date, made.zone) == (Setting.PHYSICIAN, date(2026, 3, 2), "America/New_York")
    assert made.options == (("jw_jz", "false"), ("sequential_min", "31"))
    assert made.site_reasons == (("2", "incompatible"),)
    assert (made.place_of_service, made.evaluation) == ("11", "99213")
    assert (made.services[0].id, made.services[0].stop_how) == ("x", HowKnown.PUMP)
    assert made.services[0].start_us == 1772468430_500000
    assert made.services[0].pauses == ((1772473200_000000, 1772477700_000000),)
    assert (order.category, order.route, order.site, order.encounter) == (
        Category.CHEMO,
        Route.IV_INFUSION,
        "2",
        "3",
    )
    assert (order.primary, order.planned_minutes, order.rate_ml_h) == (True, 240, Decimal("62.5"))
    assert order.dose is not None
    assert (order.dose.amount, order.dose.unit_amount) == (Decimal(679), Decimal(10))
    assert order.dose.containers == (Container(Decimal(500), 1, single_dose=True),)


def test_services_without_an_id_are_numbered() -> None:
    assert [service.id for service in visit(push("one", "09:00"), push("two", "09:00")).services] == [
        "1",
        "2",
    ]


def test_care_without_a_drug_needs_neither_drug_nor_category() -> None:
    made = read(case(services=[{"route": "flush", "start": "2026-03-02T09:00"}]))
    assert made.services[0].order.category is Category.OTHER


def test_an_offset_goes_before_the_zone() -> None:
    there = read(one(start="2026-03-02T09:00-05:00", stop="2026-03-02T15:00Z")).services[0]
    assert there.stop_us is not None
    assert there.stop_us - there.start_us == 3600 * 10**6


def test_an_hour_that_comes_twice_is_its_first_coming_unless_an_offset_says_otherwise() -> None:
    zone = {"timezone": "America/New_York", "date": "2026-11-01"}
    times = {"start": "2026-11-01T01:10", "stop": "2026-11-01T01:50-05:00"}
    service = read(one(**times) | zone).services[0]
    assert service.stop_us is not None
    assert service.stop_us - service.start_us == 100 * 60 * 10**6


NO_TIME = "must be a time such as 2026-03-02T09:00 or 2026-03-02T09:00:30."

REFUSED: list[tuple[object, str]] = [
    ([], "The case must be an object in braces."),
    ("text", "The case must be an object in braces."),
    (case(colour="red"), "colour is not a known key."),
    ({"id": "a"}, "setting is missing."),
    (case(id=7), "id must be a text in quotes."),
    (case(id=" "), "id must be one line of 1 to 1000 plain characters."),
    (case(id="a\nb"), "id must be one line of 1 to 1000 plain characters."),
    (case(id="\ud800"), "id must be one line of 1 to 1000 plain characters."),
    (case(setting="either"), "setting must be one of facility, physician."),
    (case(setting=["facility"]), "setting must be one of facility, physician."),
    (case(date="2026-02-30"), "date is no date of the calendar."),
    (case(date="20260302"), "date must be a date such as 2026-03-02."),
    (case(date=20260302), "date must be a date such as 2026-03-02."),
    (case(date="1066-10-14"), "date must lie between 1990 and 2199."),
    (case(date="1989-12-31"), "date must lie between 1990 and 2199."),
    (case(date="2200-01-01"), "date must lie between 1990 and 2199."),
    (case(timezone=5), "timezone must be a time zone such as America/New_York."),
    (case(timezone=["UTC"]), "timezone must be a time zone such as America/New_York."),
    (case(timezone="Mars/Base"), "timezone must be a time zone such as America/New_York."),
    (case(timezone="../../etc/passwd"), "timezone must be a time zone such as America/New_York."),
    (case(timezone="America"), "timezone must be a time zone such as America/New_York."),
    (case(timezone="\0"), "timezone must be a time zone such as America/New_York."),
    (case(timezone="posixrules"), "timezone must be a time zone such as America/New_York."),
    (case(timezone="right/UTC"), "timezone must be a time zone such as America/New_York."),
    (case(options=[]), "options must be an object in braces."),
    (case(options={"speed": 1}), "options.speed is not a known option."),
    (case(options={"overlap": "half"}), "options.overlap must be one of deduct, majority, any."),
    (
        case(date="2015-12-31", options={"pump_start": "G0498"}),
        "options.pump_start is G0498, which is no code yet on 2015-12-31.",
    ),
    (case(options={"sequential_min": Decimal(31)}), "options.sequential_min must be one of 16, 31."),
    (case(options={"sequential_min": None}), "options.sequential_min must be one of 16, 31."),
    (case(site_reasons=[]), "site_reasons must be an object in braces."),
    (case(site_reasons={"2": 5}), "site_reasons.2 must be a text in quotes."),
    (case(services={}), "services must be a list in brackets."),
    (case(services=[7]), "services[0] must be an object in braces."),
    (case(services=[{}] * 501), "services must hold at most 500 entries."),
    (case(services=[{"route": "iv-push"}]), "services[0].start is missing."),
    (one(drug=""), "services[0].drug must be one line of 1 to 1000 plain characters."),
    (one(speed=1), "services[0].speed is not a known key."),
    (one(**{"x" * 70: 1}), f"services[0].{'x' * 60}... is not a known key."),
    (one(**{"a\nb": 1}), "services[0].a?b is not a known key."),
    (one(primary="yes"), "services[0].primary must be true or false."),
    (one(route="by-mouth"), f"services[0].route must be one of {', '.join(Route)}."),
    (one(start="09:00"), "services[0].start must be a time such as 2026-03-02T09:00 or 2026-03-02T09:00:30."),
    (one(start=9), "services[0].start must be a time such as 2026-03-02T09:00 or 2026-03-02T09:00:30."),
    (
        one(start="2026-03-02T24:00"),
        "services[0].start must be a time such as 2026-03-02T09:00 or 2026-03-02T09:00:30.",
    ),
    (one(start="2026-03-02T09:61"), "services[0].start is no date and time of the calendar."),
    (one(start="0001-01-01T00:00+14:00"), "services[0].start must lie between 1990 and 2199."),
    (one(stop="2026-03-02T08:59"), "services[0].stop is before the start."),
    (
        one(stop="2026-03-02T10:00", not_witnessed=True),
        "services[0].not_witnessed is said beside a stop; take one of the two away.",
    ),
    (one(planned_minutes=10_081), "services[0].planned_minutes must be at most 10080, which is a week."),
    (one(start="1989-12-31T23:59"), "services[0].start must lie between 1990 and 2199."),
    (one(stop="2200-01-01T00:00"), "services[0].stop must lie between 1990 and 2199."),
    (one(stop=None), "services[0].stop must be a time such as 2026-03-02T09:00 or 2026-03-02T09:00:30."),
    (one(dose="679"), "services[0].dose must be a number."),
    (one(dose=True), "services[0].dose must be a number."),
    (one(dose=0), "services[0].dose must be over 0, up to 1000000000, with at most 9 decimal places."),
    (one(dose=-5), "services[0].dose must be over 0, up to 1000000000, with at most 9 decimal places."),
    (
        one(dose=Decimal("1E+400")),
        "services[0].dose must be over 0, up to 1000000000, with at most 9 decimal places.",
    ),
    (
        one(dose=Decimal("1E-10")),
        "services[0].dose must be over 0, up to 1000000000, with at most 9 decimal places.",
    ),
    (
        one(dose=Decimal("1000000000.1")),
        "services[0].dose must be over 0, up to 1000000000, with at most 9 decimal places.",
    ),
    (one(units=Decimal("1.5")), "services[0].units must be a whole number."),
    *(
        (one(hcpcs=code), "services[0].hcpcs must be a drug code such as J1745, in quotes.")
        for code in ("j1745", 1745, "99213", "ABCDE", "J17450", "JXX45", "J174\u0665")
    ),
    *(
        (case(place_of_service=place), "place_of_service must be two digits such as 11, in quotes.")
        for place in ("home", "1", "111", 11, "\u0661\u0661")
    ),
    *(
        (case(evaluation=code), "evaluation must be a code such as 99213 or G0463, in quotes.")
        for code in ("yes", "9921", "g0463", 99213)
    ),
    (one(note=5), "services[0].note must be a text in quotes."),
    (one(containers={}), "services[0].containers must be a list in brackets."),
    (one(containers=[{"size": 5, "count": 1}]), "services[0].containers[0].single_dose is missing."),
    (one(pauses=5), "services[0].pauses must be a list in brackets."),
    (one(pauses=[["2026-03-02T09:10"]]), "services[0].pauses[0] must be a pair of times."),
    (
        one(pauses=[["2026-03-02T09:20", "2026-03-02T09:10"]]),
        "services[0].pauses[0][1] is before the pause began.",
    ),
    (
        one(pauses=[["2026-03-02T08:50", "2026-03-02T09:10"]]),
        "services[0].pauses[0] lies outside the running time of its service.",
    ),
    (
        one(pauses=[["2026-03-02T09:50", "2026-03-02T10:10"]]),
        "services[0].pauses[0] lies outside the running time of its service.",
    ),
    (
        one(pauses=[["2026-03-02T09:50", None]]),
        "services[0].pauses[0][1] must be a time such as 2026-03-02T09:00 or 2026-03-02T09:00:30.",
    ),
    (
        case(
            services=[
                infusion(
                    "drug",
                    "09:00",
                    pauses=[["2026-03-02T09:10", None], ["2026-03-02T09:20", "2026-03-02T09:30"]],
                )
            ]
        ),
        "services[0].pauses[0] has no end, and another pause follows it.",
    ),
    (
        case(services=[{"route": "iv-push", "drug": "x", "start": "2026-03-02T09:00"}]),
        "services[0].category is missing.",
    ),
    (
        case(services=[{"route": "iv-push", "category": "chemo", "start": "2026-03-02T09:00"}]),
        "services[0].drug is missing.",
    ),
    (
        case(services=[push("x", "09:00", id="a"), push("x", "09:00", id="a")]),
        'services[1].id is "a" for the second time.',
    ),
    (
        case(services=[push("x", "09:00"), push("x", "09:00", id="1")]),
        'services[1].id is "1" for the second time.',
    ),
    (one(containers=[{}] * 501), "services[0].containers must hold at most 500 entries."),
    (
        one(pauses=[["2026-03-02T09:10", "2026-03-02T09:20"]] * 501),
        "services[0].pauses must hold at most 500 entries.",
    ),
    (one(pauses=[["2026-03-02T09:10"] * 3]), "services[0].pauses[0] must hold at most 2 entries."),
    (one(pauses=[[5, "2026-03-02T09:10"]]), f"services[0].pauses[0][0] {NO_TIME}"),
    (one(pauses=[["2026-03-02T09:10", 5]]), f"services[0].pauses[0][1] {NO_TIME}"),
    *(
        (
            one(start="2026-03-08T01:00", stop="2026-03-08T04:00", pauses=[pause])
            | {"timezone": "America/New_York"},
            f"services[0].pauses[0][{nth}] does not exist in America/New_York: the clocks skip it.",
        )
        for nth, pause in enumerate(
            [["2026-03-08T02:30", "2026-03-08T03:30"], ["2026-03-08T01:30", "2026-03-08T02:30"]]
        )
    ),
    (
        one(start="2026-03-08T01:00", stop="2026-03-08T02:30") | {"timezone": "America/New_York"},
        "services[0].stop does not exist in America/New_York: the clocks skip it.",
    ),
    (
        one(start="2026-03-08T02:30", stop="2026-03-08T04:00") | {"timezone": "America/New_York"},
        "services[0].start does not exist in America/New_York: the clocks skip it.",
    ),
]


@pytest.mark.parametrize(("raw", "sentence"), REFUSED, ids=range(len(REFUSED)))
def test_what_is_no_case_is_refused_with_one_sentence_that_names_the_key(raw: object, sentence: str) -> None:
    with pytest.raises(CaseError) as refusal:
        read(raw)
    assert str(refusal.value) == sentence


def test_the_keys_a_test_table_adds_are_read_over() -> None:
    texts = dict.fromkeys(("source", "url", "title", "confidence", "kind", "note", "not_scored"), "x")
    assert read(case(expected=[], answer_partly_inferred=True, **texts)) == read(case())


@pytest.mark.parametrize(("day", "option"), [("2016-01-01", "G0498"), ("2015-12-31", "96416")])
def test_an_option_that_is_a_code_may_be_chosen_from_its_first_day(day: str, option: str) -> None:
    assert read(case(date=day, options={"pump_start": option})).options == (("pump_start", option),)


def test_before_the_first_rules_no_option_is_held_against_them() -> None:
    assert read(case(date="2008-12-31", options={"pump_start": "G0498"})).options == (
        ("pump_start", "G0498"),
    )


def test_what_a_case_does_not_say_is_not_made_up() -> None:
    made = read(case(services=[infusion("drug", "09:00")]))
    assert (made.zone, made.place_of_service, made.evaluation) == ("UTC", "", "")
    assert (made.options, made.site_reasons) == ((), ())
    (service,) = made.services
    assert (service.stop_us, service.pauses, service.stop_how) == (None, (), HowKnown.CHARTED)
    assert not service.not_witnessed
    assert service.order == Order(drug="drug", category=Category.THERAPEUTIC, route=Route.IV_INFUSION)


@pytest.mark.parametrize(
    ("said", "dose"),
    [
        ({"dose": 5}, Dose(amount=Decimal(5))),
        ({"units": 5}, Dose(units=5)),
        ({"lot": "A1"}, Dose(lot="A1")),
        ({"expiry": "2027-01"}, Dose(expiry="2027-01")),
        ({"ndc": "50242-0053-06"}, Dose(ndc="50242-0053-06")),
        (
            {"containers": [{"size": 5, "count": 2, "single_dose": False}]},
            Dose(containers=(Container(Decimal(5), 2, single_dose=False),)),
        ),
        ({"containers": []}, Dose()),
        ({}, None),
    ],
)
def test_anything_said_of_a_dose_makes_one(said: dict[str, Any], dose: Dose | None) -> None:
    assert read(one(**said)).services[0].order.dose == dose


NEEDS_BOTH = {
    "iv-infusion",
    "iv-push",
    "im",
    "sc",
    "sc-infusion",
    "ia-infusion",
    "ia-push",
}
NEEDS_CATEGORY, NEEDS_DRUG = NEEDS_BOTH | {"pump-refill"}, NEEDS_BOTH | {"oral", "drug-only"}


@pytest.mark.parametrize("route", Route)
@pytest.mark.parametrize(
    ("key", "value", "needed"), [("category", "chemo", NEEDS_CATEGORY), ("drug", "x", NEEDS_DRUG)]
)
def test_a_route_that_says_by_itself_what_was_done_needs_no_drug_and_no_category(
    route: Route, key: str, value: str, needed: set[str]
) -> None:
    both = {"category": "chemo", "drug": "x"}
    service = {"route": route.value, "start": "2026-03-02T09:00"} | both
    assert value == service.pop(key)
    if route in needed:
        with pytest.raises(CaseError, match=rf"services\[0\].{key} is missing"):
            read(case(services=[service]))
    else:
        assert read(case(services=[service])).services[0].order.route is route


@pytest.mark.parametrize("key", ["date", "start"])
@pytest.mark.parametrize("day", ["1990-01-01", "2199-12-31"])
def test_the_first_and_the_last_day_are_allowed(key: str, day: str) -> None:
    times = {"start": f"{day}T00:00", "stop": f"{day}T23:59"}
    said = case(date=day) if key == "date" else one(**times)
    assert read(said).id == "a"


@pytest.mark.parametrize(
    ("key", "value"),
    [("dose", 1_000_000_000), ("dose", Decimal("0.000000001")), ("planned_minutes", 10_080), ("units", 1)],
)
def test_the_largest_and_the_smallest_are_allowed(key: str, value: object) -> None:
    order = read(one(**{key: value})).services[0].order
    assert order.dose is not None or key == "planned_minutes"
    assert value in {order.planned_minutes, order.dose and order.dose.amount, order.dose and order.dose.units}


@pytest.mark.parametrize("count", [0, 1, 500])
def test_up_to_five_hundred_of_anything_is_allowed(count: int) -> None:
    container = {"size": 5, "count": 1, "single_dose": True}
    full = one(containers=[container] * count, pauses=[["2026-03-02T09:10", "2026-03-02T09:20"]] * count)
    (service,) = read(full).services
    assert service.order.dose is not None
    assert (len(service.order.dose.containers), len(service.pauses)) == (count, count)
    assert (
        len(read(case(services=[{"route": "flush", "start": "2026-03-02T09:00"}] * count)).services) == count
    )


@pytest.mark.parametrize(
    "pause",
    [
        ("2026-03-02T09:00", "2026-03-02T09:10"),
        ("2026-03-02T09:50", "2026-03-02T10:00"),
        ("2026-03-02T09:00", "2026-03-02T10:00"),
        ("2026-03-02T09:30", "2026-03-02T09:30"),
        ("2026-03-02T10:00", "2026-03-02T10:00"),
    ],
)
def test_a_pause_may_begin_with_the_service_end_with_it_or_have_no_length(pause: tuple[str, str]) -> None:
    assert len(read(one(pauses=[list(pause)])).services[0].pauses) == 1


def test_a_service_may_stop_as_it_starts() -> None:
    (service,) = read(one(stop="2026-03-02T09:00")).services
    assert service.stop_us == service.start_us


def test_the_readers_refuse_by_themselves() -> None:
    with pytest.raises(CaseError, match=r"^setting must be one of facility, physician\.$"):
        values.word(Setting)(("setting",), "home")
