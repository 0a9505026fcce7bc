"""A bundle says whose, when and where; the same session always under the same addresses."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from desktop_app.core.people import Address, Insured, Pointer, Provider, Relation, Sex
from desktop_app.exchange.fhir import FILE_NAME
from tests.exchange.claim_files import changed, rows_of_number
from tests.exchange.fhir_files import (
    assert_npm_finds_nothing,
    bundle_in,
    bundle_of,
    codes,
    every,
    led_to,
    line_id,
    one,
)
from tests.exchange.fhir_validators import refused_by
from tests.exchange.signed import SuiteOfChairs, exported

OFFICE, HOSPITAL = 1, 0
NPI = "http://hl7.org/fhir/sid/us-npi"


@pytest.fixture(scope="module", autouse=True)
def npm_judges_all_of_it() -> Iterator[None]:
    yield
    assert_npm_finds_nothing()


def test_a_bundle_says_of_which_batch_it_is_and_when_it_was_made(tmp_path: Path) -> None:
    bundle = bundle_of(tmp_path, rows_of_number(OFFICE))
    assert (bundle["resourceType"], bundle["type"]) == ("Bundle", "collection")
    assert bundle["identifier"] == {"system": "urn:chairtime:batch", "value": "chairtime-2026-03-31-A"}
    assert bundle["timestamp"] == "2026-03-31T20:05:00+00:00"


def test_patient_visit_and_diagnoses_are_told(tmp_path: Path) -> None:
    bundle = bundle_of(tmp_path, rows_of_number(OFFICE))
    patient, visit, place = (one(bundle, kind) for kind in ("Patient", "Encounter", "Location"))
    assert (patient["identifier"][0]["value"], codes(patient["identifier"][0]["type"])) == ("0004001", ["MR"])
    assert patient["name"] == [{"family": "O'Sample", "given": ["Max"]}]
    assert (patient["birthDate"], patient["gender"]) == ("1936-04-21", "male")
    assert patient["address"][0]["postalCode"] == "62704"
    assert (line_id(visit), visit["class"]["code"], visit["status"]) == ("month-002-1", "AMB", "finished")
    assert visit["period"] == {"start": "2026-03-02T07:53:01-05:00", "end": "2026-03-02T08:44:01-05:00"}
    assert visit["account"][0]["identifier"] == {"value": "V000001"}
    assert (place["name"], codes(place["type"][0])) == ("Chair 2", ["11"])
    said = [led_to(bundle, diagnosis["condition"])["code"] for diagnosis in visit["diagnosis"]]
    assert [codes(code) for code in said] == [["C18.9"], ["Z51.11"]]
    assert [diagnosis["rank"] for diagnosis in visit["diagnosis"]] == [1, 2]


def test_providers_have_their_npi_and_their_part(tmp_path: Path) -> None:
    bundle = bundle_of(tmp_path, rows_of_number(OFFICE))
    (ordering, rendering) = one(bundle, "Encounter")["participant"]
    assert (ordering["type"][0]["text"], rendering["type"][0]["text"]) == ("ordering", "rendering")
    who = led_to(bundle, rendering["individual"])
    assert (who["name"][0]["family"], who["identifier"]) == (
        "Renderer",
        [{"system": NPI, "value": "1000002018"}],
    )
    practice = led_to(bundle, one(bundle, "Encounter")["serviceProvider"])
    assert (practice["name"], practice["identifier"][0]["value"]) == ("Example Infusion Center", "1234567893")


def test_who_pays_is_told(tmp_path: Path) -> None:
    bundle = bundle_of(tmp_path, rows_of_number(OFFICE))
    coverage = one(bundle, "Coverage")
    payer = led_to(bundle, coverage["payor"][0])
    assert (payer["name"], payer["identifier"]) == ("Example Blue Plan", [{"value": "54771"}])
    assert (coverage["subscriberId"], codes(coverage["type"])) == ("W00000001", ["BL"])
    assert (coverage["class"][0]["value"], codes(coverage["relationship"])) == ("G1", ["self"])
    assert coverage["subscriber"] == coverage["beneficiary"]


def test_another_insured_person_is_told_from_both_sides(tmp_path: Path) -> None:
    insured = Insured(relation=Relation.CHILD, family="Insured", given="Pat", sex=Sex.FEMALE)
    bundle = bundle_of(tmp_path, changed(rows_of_number(OFFICE), insured=insured))
    coverage = one(bundle, "Coverage")
    person = led_to(bundle, coverage["subscriber"])
    assert (person["name"], person["gender"]) == ([{"family": "Insured", "given": ["Pat"]}], "female")
    assert (codes(coverage["relationship"]), codes(person["relationship"][0])) == (["child"], ["PRN"])


def test_the_same_session_has_the_same_addresses_in_every_batch(tmp_path: Path) -> None:
    suite = SuiteOfChairs()
    suite.signed("s1")
    batches = [
        exported(suite.exporter().export(suite.sessions, tmp_path, ("fhir",), again=again))
        for again in (False, True)
    ]
    first, again = ([entry["fullUrl"] for entry in bundle_in(b.folder)["entry"]] for b in batches)
    assert first == again


def test_chairs_and_people_of_two_practices_are_not_taken_for_one(tmp_path: Path) -> None:
    rows = changed(rows_of_number(OFFICE), ordering=Provider(family="Orderer"))
    told = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        bundle = bundle_of(tmp_path / name, rows, name=name)
        told.append({one(bundle, "Location")["id"], *(who["id"] for who in every(bundle, "Practitioner"))})
    assert told[0].isdisjoint(told[1])


def test_without_a_practice_nothing_is_shared(tmp_path: Path) -> None:
    suite = SuiteOfChairs()
    first = suite.signed("s1")
    second = replace(suite.signed("s2"), chair=first.chair)
    batch = exported(suite.exporter().export((first, second), tmp_path, ("fhir",)))
    assert len(every(bundle_in(batch.folder), "Location")) == 2


def test_a_patient_of_whom_only_the_number_is_known_is_sent(tmp_path: Path) -> None:
    suite = SuiteOfChairs()
    suite.signed("s1")
    batch = exported(suite.exporter().export(suite.sessions, tmp_path, ("fhir",)))
    bundle = bundle_in(batch.folder)
    assert one(bundle, "Patient").keys() == {"resourceType", "id", "identifier"}
    assert {entry["resource"]["resourceType"] for entry in bundle["entry"]}.isdisjoint(
        {"Organization", "Practitioner", "Coverage", "Claim", "Condition"}
    )
    assert refused_by(batch.folder / FILE_NAME) == set()


def test_without_a_number_the_initials_stand_for_the_patient(tmp_path: Path) -> None:
    suite = SuiteOfChairs()
    session = replace(suite.signed("s1"), mrn="", initials="R.M.")
    batch = exported(suite.exporter().export((session,), tmp_path, ("fhir",)))
    assert one(bundle_in(batch.folder), "Patient")["name"] == [{"text": "R.M."}]


@pytest.mark.parametrize(
    "known",
    [
        {"payer_id": ""},
        {"payer": ""},
        {"payer": "", "payer_id": ""},
        {"member_id": "", "group": "", "authorisation": "", "filing": ""},
        {"ordering": None, "rendering": None},
        {"ordering": Provider(family="Orderer")},
        {"ordering": Provider(npi="1234567893"), "rendering": Provider(npi="1234567893")},
        {"diagnoses": (), "pointers": ()},
        {"diagnoses": ("C189",), "pointers": (Pointer("a", (2, 1)),)},
        {"address": None, "birth_date": None, "sex": None},
        {"address": Address(city="Springfield")},
        {"family": "", "given": "Ada"},
        {"family": "", "given": ""},
        {"insured": Insured(relation=Relation.OTHER, family="Insured")},
    ],
    ids=str,
)
def test_what_is_not_known_leaves_a_bundle_that_stands_every_check(
    tmp_path: Path, known: dict[str, object]
) -> None:
    bundle_of(tmp_path, changed(rows_of_number(OFFICE), **known))
