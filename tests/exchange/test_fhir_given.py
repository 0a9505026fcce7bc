"""What was given is told with its exact times, its dose and what became of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from desktop_app.core.orders import Dose, Order, Route
from desktop_app.core.service import Pause, RateStep, Service
from desktop_app.core.session import Note
from desktop_app.exchange.rows import Action
from tests.exchange.claim_files import rows_of_number
from tests.exchange.fhir_files import (
    Told,
    assert_npm_finds_nothing,
    bundle_of,
    codes,
    every,
    led_to,
    line_id,
    one,
)
from tests.exchange.fhir_services import given_in, moment, order, service

OFFICE, HOSPITAL = 1, 0
NPI = "http://hl7.org/fhir/sid/us-npi"


@pytest.fixture(scope="module", autouse=True)
def npm_judges_all_of_it() -> Iterator[None]:
    yield
    assert_npm_finds_nothing()


def test_start_and_stop_are_exact_with_their_offset(tmp_path: Path) -> None:
    exact = service(start=moment("2026-03-02T08:00", 123_456), stop=moment("2026-03-02T09:00", 7_000))
    (given,) = given_in(tmp_path, exact)
    assert given["effectivePeriod"] == {
        "start": "2026-03-02T08:00:00.123456-05:00",
        "end": "2026-03-02T09:00:00.007000-05:00",
    }


def test_a_pause_is_told_with_its_reason(tmp_path: Path) -> None:
    halt = Pause(moment("2026-03-02T08:10"), moment("2026-03-02T08:20"), "reaction")
    to_the_end = Pause(moment("2026-03-02T08:50"), None, "")
    (given,) = given_in(tmp_path, service(pauses=(halt, to_the_end)))
    first, last = given["extension"]
    assert [first["url"], last["url"]] == ["urn:chairtime:pause"] * 2
    period, reason = first["extension"]
    assert period["valuePeriod"]["end"] == "2026-03-02T08:20:00-05:00"
    assert reason["valueString"] == "reaction"
    assert last["extension"] == [
        {
            "url": "period",
            "valuePeriod": {"start": "2026-03-02T08:50:00-05:00", "end": "2026-03-02T09:00:00-05:00"},
        }
    ]


def test_dose_rate_site_and_route_are_told(tmp_path: Path) -> None:
    dose = Dose(hcpcs="J1745", amount=Decimal("400.5"), unit="mcg", ndc="99901-0120-01")
    what = order(site="right hand", dose=dose, rate_ml_h=Decimal(125))
    step = RateStep(moment("2026-03-02T08:30"), "250")
    (given,) = given_in(tmp_path, service(what=what, rates=(step,)))
    dosage = given["dosage"]
    assert (dosage["site"]["text"], codes(dosage["route"]), dosage["method"]["text"]) == (
        "right hand",
        ["IV"],
        "infusion",
    )
    assert (dosage["dose"]["value"], dosage["dose"]["unit"], dosage["dose"]["code"]) == (400.5, "mcg", "ug")
    assert (dosage["rateQuantity"]["value"], dosage["rateQuantity"]["code"]) == (125, "mL/h")
    (later,) = given["extension"]
    at_, rate = later["extension"]
    assert (at_["valueDateTime"], rate["valueQuantity"]["value"]) == ("2026-03-02T08:30:00-05:00", 250)
    assert codes(given["medicationCodeableConcept"]) == ["99901012001", "J1745"]


def test_units_that_may_mean_anything_have_no_code(tmp_path: Path) -> None:
    (given,) = given_in(tmp_path, service(what=order(dose=Dose(amount=Decimal(5000), unit="units"))))
    assert given["dosage"]["dose"] == {"value": 5000, "unit": "units"}


@pytest.mark.parametrize(
    ("what", "dose"),
    [
        (order(volume_ml=Decimal(250)), {"value": 250, "unit": "mL"}),
        (order(dose=Dose(hcpcs="J7030", units=1)), {"value": 1, "unit": "billing units"}),
    ],
)
def test_volume_or_billing_units_stand_in_for_a_dose(tmp_path: Path, what: Order, dose: Told) -> None:
    (given,) = given_in(tmp_path, service(what=what))
    assert dose.items() <= given["dosage"]["dose"].items()


def test_a_dose_that_nobody_recorded_is_said_not_to_be_known(tmp_path: Path) -> None:
    (given,) = given_in(tmp_path, service())
    (reason,) = given["dosage"]["dose"]["extension"]
    assert (reason["valueCode"], codes(given["dosage"]["route"])) == ("unknown", ["IV"])


def test_an_ndc_that_leaves_open_which_it_is_is_not_told(tmp_path: Path) -> None:
    (given,) = given_in(tmp_path, service(what=order(dose=Dose(hcpcs="J1745", ndc="1234567890"))))
    assert codes(given["medicationCodeableConcept"]) == ["J1745"]


@pytest.mark.parametrize(
    "what",
    [
        order(dose=Dose(hcpcs="any drug\n", amount=Decimal("NaN"), unit="mg")),
        order(
            dose=Dose(amount=Decimal("1E+20"), unit="mg"),
            volume_ml=Decimal(-1),
            rate_ml_h=Decimal("Infinity"),
        ),
        order(drug=""),
    ],
    ids=["no number", "out of bounds", "no drug"],
)
def test_what_a_journal_of_old_holds_is_told_as_far_as_it_can_be(tmp_path: Path, what: Order) -> None:
    step = RateStep(moment("2026-03-02T08:30"), "full")
    (given,) = given_in(tmp_path, service(what=what, rates=(step,)))
    assert given["dosage"]["dose"]["extension"][0]["valueCode"] == "unknown"
    assert given["medicationCodeableConcept"] == {"text": what.drug or "iv-infusion"}
    assert "extension" not in given


@pytest.mark.parametrize(
    ("given", "status"),
    [
        (service(), "completed"),
        (service(what=order(stopped_early=True)), "stopped"),
        (service(what=order(pump=True), stop=None), "in-progress"),
        (service(stop=None, not_witnessed="nobody saw it"), "completed"),
        (service(what=order(Route.IV_PUSH)), "completed"),
    ],
)
def test_how_a_service_ended_is_told(tmp_path: Path, given: Service, status: str) -> None:
    (told,) = given_in(tmp_path, given)
    assert told["status"] == status


def test_a_stop_that_nobody_saw_is_said_not_to_be_known(tmp_path: Path) -> None:
    unseen, pump = given_in(
        tmp_path,
        service(stop=None, not_witnessed="nobody saw it"),
        service("b", order(pump=True), stop=None),
    )
    assert unseen["effectivePeriod"]["_end"]["extension"][0]["valueCode"] == "unknown"
    assert "end" not in unseen["effectivePeriod"]
    assert pump["effectivePeriod"].keys() == {"start"}


@pytest.mark.parametrize("route", [Route.FLUSH, Route.PORT_FLUSH, Route.DECLOT, Route.PUMP_REFILL])
def test_what_gives_no_drug_is_a_procedure(tmp_path: Path, route: Route) -> None:
    (done,) = given_in(tmp_path, service(what=order(route, drug="saline flush")))
    assert (done["resourceType"], done["code"], done["performedDateTime"]) == (
        "Procedure",
        {"text": "saline flush"},
        "2026-03-02T08:00:00-05:00",
    )


def test_an_observation_is_a_procedure_over_time(tmp_path: Path) -> None:
    (done,) = given_in(tmp_path, service(what=order(Route.OBSERVATION, drug="")))
    assert (done["code"]["text"], done["performedPeriod"]["end"]) == (
        "observation",
        "2026-03-02T09:00:00-05:00",
    )


def test_what_was_struck_out_is_told_only_where_something_is_put_right(tmp_path: Path) -> None:
    struck = service("z", void_reason="another patient's")
    first, again = tmp_path / "first", tmp_path / "again"
    first.mkdir()
    again.mkdir()
    assert [line_id(told) for told in given_in(first, service(), struck)] == ["month-002/a"]
    told = given_in(again, service(), struck, action=Action.REPLACE)[1]
    assert (told["status"], told["statusReason"]) == ("entered-in-error", [{"text": "another patient's"}])


def test_notes_of_a_service_and_its_diagnoses_stand_with_it(tmp_path: Path) -> None:
    rows = rows_of_number(OFFICE)
    note = Note(moment("2026-03-02T08:15"), "flushed face, infusion slowed", "a")
    session = replace(rows[0].session, notes=(note, replace(note, text="of the session", service="")))
    bundle = bundle_of(tmp_path, tuple(replace(row, session=session) for row in rows))
    given = one(bundle, "MedicationAdministration")
    assert [note["text"] for note in given["note"]] == ["flushed face, infusion slowed"]
    reasons = [led_to(bundle, reason)["code"] for reason in given["reasonReference"]]
    assert [codes(reason) for reason in reasons] == [["Z51.11"], ["C18.9"]]


def test_two_encounters_of_a_session_are_two_and_each_line_stands_in_its_own(tmp_path: Path) -> None:
    rows = rows_of_number(OFFICE)
    session = replace(rows[0].session, services=(service(), service("b", order(encounter="2"))))
    rows = tuple(replace(row, session=session) for row in rows)
    second = replace(rows[1], line=replace(rows[1].line, services=("b",)))
    bundle = bundle_of(tmp_path, (rows[0], second))
    told = [led_to(bundle, charge["context"]) for charge in every(bundle, "ChargeItem")]
    assert list(map(line_id, told)) == ["month-002-1", "month-002-2"]
