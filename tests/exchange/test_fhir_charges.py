"""Each line is told as a charge, and as an item of a claim where somebody pays."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from desktop_app.core.orders import Setting
from desktop_app.exchange.claims import claim_id
from desktop_app.exchange.fhir import FHIR, FILE_NAME
from desktop_app.exchange.sending import NOBODY
from tests.exchange.claim_files import changed, rows_of_number
from tests.exchange.fhir_files import (
    assert_npm_finds_nothing,
    billed,
    bundle_of,
    codes,
    every,
    led_to,
    line_id,
    lines_as,
    one,
)
from tests.exchange.month import PRACTICE, correction_rows

OFFICE, HOSPITAL = 1, 0
NPI = "http://hl7.org/fhir/sid/us-npi"


@pytest.fixture(scope="module", autouse=True)
def npm_judges_all_of_it() -> Iterator[None]:
    yield
    assert_npm_finds_nothing()


def test_a_drug_line_has_its_code_modifier_units_charge_product_and_reason(tmp_path: Path) -> None:
    bundle = bundle_of(tmp_path, rows_of_number(OFFICE))
    _, charge = every(bundle, "ChargeItem")
    each = PRACTICE.charges.cents("J9271", date(2026, 3, 2)) or 0
    assert (line_id(charge), charge["status"], billed(charge)) == (
        "month-002.1.02",
        "billable",
        ("J9271", ("JZ",), 200),
    )
    assert charge["priceOverride"] == {"value": each * 2, "currency": "USD"}
    assert [codes(reason) for reason in charge["reason"]] == [["Z51.11"], ["C18.9"]]
    assert charge["productCodeableConcept"] == {
        "coding": [{"system": "http://hl7.org/fhir/sid/ndc", "code": "99903302602"}],
        "text": "pembrolizumab",
    }
    (quantity,) = charge["extension"]
    assert (quantity["url"], quantity["valueQuantity"]["value"]) == ("urn:chairtime:ndc-quantity", 8)
    assert (quantity["valueQuantity"]["unit"], quantity["valueQuantity"]["code"]) == ("ML", "mL")
    why, rules = charge["note"]
    assert why["text"] == "200 mg of pembrolizumab at 1 mg a unit, rounded up: 200 units."
    assert (why["authorString"], rules["text"][:7]) == ("AK", "Rules: ")
    assert [led_to(bundle, who["actor"])["name"][0]["family"] for who in charge["performer"]] == [
        "Orderer",
        "Renderer",
    ]


def test_codes_and_modifiers_of_both_lists_say_which_they_are_of(tmp_path: Path) -> None:
    rows = rows_of_number(HOSPITAL)
    bundle = bundle_of(tmp_path, lines_as(rows, replace(rows[0].line, modifiers=("59", "XU"))))
    lists = [coding["system"] for coding in one(bundle, "ChargeItem")["code"]["coding"]]
    cpt, hcpcs = "http://www.ama-assn.org/go/cpt", "http://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets"
    assert lists == [cpt, cpt, hcpcs]


def test_a_line_of_another_day_than_it_began_on_says_its_date_of_service(tmp_path: Path) -> None:
    rows = rows_of_number(OFFICE)
    other = replace(rows[0].line, date=rows[0].line.date - timedelta(days=1))
    charge = one(bundle_of(tmp_path, lines_as(rows, other)), "ChargeItem")
    assert (charge["occurrenceDateTime"], "occurrencePeriod" in charge) == ("2026-03-01", False)


def test_a_line_without_times_says_its_day(tmp_path: Path) -> None:
    rows = rows_of_number(OFFICE)
    bundle = bundle_of(tmp_path, lines_as(rows, replace(rows[0].line, start_us=None, stop_us=None)))
    assert one(bundle, "ChargeItem")["occurrenceDateTime"] == "2026-03-02"


def test_an_office_claims_with_its_place_and_a_hospital_with_its_type_of_bill(tmp_path: Path) -> None:
    bundle = bundle_of(tmp_path, rows_of_number(OFFICE), rows_of_number(HOSPITAL))
    office, hospital = every(bundle, "Claim")
    assert (codes(office["type"]), "subType" in office) == (["professional"], False)
    assert (codes(hospital["type"]), codes(hospital["subType"])) == (["institutional"], ["0131"])
    assert {codes(item["locationCodeableConcept"])[0] for item in office["item"]} == {"11"}
    assert ("revenue" in office["item"][0], codes(hospital["item"][0]["revenue"])) == (False, ["0335"])


def test_a_claim_points_charges_and_adds_up(tmp_path: Path) -> None:
    bundle = bundle_of(tmp_path, rows_of_number(OFFICE))
    claim = one(bundle, "Claim")
    assert (line_id(claim), claim["use"], claim["status"]) == ("month-002-1", "claim", "active")
    assert [codes(d["diagnosisCodeableConcept"]) for d in claim["diagnosis"]] == [["C18.9"], ["Z51.11"]]
    assert [list(map(codes, d.get("type", []))) for d in claim["diagnosis"]] == [[["principal"]], []]
    drug = claim["item"][1]
    assert (drug["diagnosisSequence"], codes(drug["modifier"][0])) == ([2, 1], ["JZ"])
    assert (codes(drug["detail"][0]["productOrService"]), drug["detail"][0]["quantity"]["value"]) == (
        ["99903302602"],
        8,
    )
    assert drug["net"]["value"] == drug["unitPrice"]["value"] * drug["quantity"]["value"]
    text = (tmp_path / FILE_NAME).read_text(encoding="utf-8")
    exact = json.loads(text, parse_float=Decimal)
    asked = one(exact, "Claim")
    assert asked["total"]["value"] == sum(item["net"]["value"] for item in asked["item"])


def test_an_authorisation_stands_with_the_insurance(tmp_path: Path) -> None:
    bundle = bundle_of(tmp_path, rows_of_number(HOSPITAL))
    (insurance,) = one(bundle, "Claim")["insurance"]
    assert (insurance["preAuthRef"], insurance["focal"]) == (["AUTH00000"], True)


def test_a_drug_without_a_code_of_its_own_is_named_in_the_claim(tmp_path: Path) -> None:
    rows = rows_of_number(OFFICE)
    unlisted = replace(rows[1].line, code="J3490", drugs=("a new drug",))
    (item,) = one(bundle_of(tmp_path, lines_as(rows, unlisted)), "Claim")["item"]
    assert item["productOrService"]["text"] == "a new drug"


def test_without_a_charge_there_is_no_amount(tmp_path: Path) -> None:
    bundle = bundle_of(tmp_path, rows_of_number(OFFICE), charges=NOBODY.charges)
    assert all("priceOverride" not in charge for charge in every(bundle, "ChargeItem"))
    claim = one(bundle, "Claim")
    assert not claim.keys() & {"total"}
    assert all(not item.keys() & {"unitPrice", "net"} for item in claim["item"])


def test_without_a_payer_there_is_no_claim(tmp_path: Path) -> None:
    bundle = bundle_of(tmp_path, changed(rows_of_number(OFFICE), payer="", payer_id="", member_id=""))
    assert every(bundle, "Claim") == every(bundle, "Coverage") == []
    assert len(every(bundle, "ChargeItem")) == 2


def test_who_signed_what_is_told_with_the_journal_and_the_rules_it_stands_on(tmp_path: Path) -> None:
    rows = rows_of_number(OFFICE)
    bundle = bundle_of(tmp_path, rows)
    provenance = one(bundle, "Provenance")
    said = {e["what"]["identifier"]["system"]: e["what"]["identifier"]["value"] for e in provenance["entity"]}
    assert said["urn:chairtime:journal-head"] == rows[0].signature.head
    assert said["urn:chairtime:rulebook"] == rows[0].signature.rulebook
    assert provenance["recorded"] == "2026-03-02T08:53:01-05:00"
    (agent,) = provenance["agent"]
    assert (codes(agent["type"]), agent["who"]) == (["attester"], {"display": "AK"})
    kinds = {led_to(bundle, target)["resourceType"] for target in provenance["target"]}
    assert kinds == {"MedicationAdministration", "ChargeItem", "Claim"}


def test_a_correction_that_changes_who_bills_cancels_the_first_claim_and_makes_a_new_one(
    tmp_path: Path,
) -> None:
    rows = correction_rows()[0]
    first, last = rows[0].session.signatures
    other = {Setting.FACILITY: Setting.PHYSICIAN, Setting.PHYSICIAN: Setting.FACILITY}[
        rows[0].session.setting
    ]
    session = replace(
        rows[0].session,
        signatures=(replace(first, setting=other), replace(last, setting=rows[0].session.setting)),
    )
    rows = tuple(replace(row, session=session, signature=session.signatures[-1]) for row in rows)
    gone, new = every(bundle_of(tmp_path, rows), "Claim")
    assert (gone["status"], new["status"], "related" in new) == ("cancelled", "active", False)
    assert codes(gone["type"]) != codes(new["type"])
    assert line_id(gone) == claim_id(session, first)


def test_a_claim_that_is_only_to_be_tested_says_so(tmp_path: Path) -> None:
    bundle = bundle_of(tmp_path, rows_of_number(OFFICE), test_claims=True)
    assert [tag["code"] for tag in bundle["meta"]["tag"]] == ["HTEST"]
    assert [tag["code"] for tag in one(bundle, "Claim")["meta"]["tag"]] == ["HTEST"]


def test_a_claim_needs_to_know_who_bills() -> None:
    rows = rows_of_number(OFFICE)
    assert FHIR.lacks(rows, NOBODY) == (
        "has a payer and cannot be claimed yet: in the settings the name of the practice is missing"
    )
    assert FHIR.lacks(changed(rows, payer="", payer_id="", member_id=""), NOBODY) == ""
    practice = replace(PRACTICE, charges=replace(PRACTICE.charges, fault="its charges cannot be read"))
    assert FHIR.lacks(rows, practice) == "cannot go out as FHIR yet: its charges cannot be read"
