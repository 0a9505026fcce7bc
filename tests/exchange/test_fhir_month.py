"""Every bundle of the demo month stands every check, and its totals are the CSV's."""

from __future__ import annotations

import csv
import re
from collections import Counter
from datetime import datetime

import pytest

from desktop_app.exchange.fhir import FILE_NAME
from desktop_app.exchange.ledger import Batch
from tests.exchange.fhir_files import Told, billed, bundle_in, codes, every, led_to, line_id, one
from tests.exchange.fhir_validators import faults_by_npm, read_by_fhir_resources
from tests.exchange.month import REPLACED, SESSIONS, TAKEN_BACK
from tests.exchange.sent_month import BATCHES

IN_ERROR = "entered-in-error"
Units = Counter[tuple[str, str]]


@pytest.fixture(scope="module")
def bundles(month: dict[str, Batch]) -> dict[str, Told]:
    return {batch: bundle_in(month[batch].folder) for batch in BATCHES}


def csv_rows(batch: Batch) -> list[dict[str, str]]:
    with (batch.folder / "lines.csv").open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def units_of_csv(batch: Batch) -> Units:
    told: Units = Counter()
    for row in csv_rows(batch):
        told[IN_ERROR if row["action"] == "void" else "billable", row["code"]] += int(row["units"])
    return told


def taken_back_for_others(batch: Batch, bundle: Told) -> list[Told]:
    """Return the lines that are entered in error because a corrected one takes their place."""
    voided = {name for row in csv_rows(batch) if row["action"] == "void" for name in row["replaces"].split()}
    charges = every(bundle, "ChargeItem")
    return [one for one in charges if one["status"] == IN_ERROR and line_id(one) not in voided]


def test_every_bundle_of_the_month_stands_npms_fhir(month: dict[str, Batch]) -> None:
    assert faults_by_npm([month[batch].folder / FILE_NAME for batch in BATCHES]) == [[], [], []]


@pytest.mark.parametrize("batch", BATCHES)
def test_fhir_resources_reads_every_bundle_with_the_lines_and_units_of_the_csv(
    month: dict[str, Batch], bundles: dict[str, Told], batch: str
) -> None:
    told: Units = Counter()
    for read in read_by_fhir_resources(month[batch].folder / FILE_NAME):
        if read.get_resource_type() == "ChargeItem":
            told[read.status, read.code.coding[0].code] += int(read.quantity.value)
    for charge in taken_back_for_others(month[batch], bundles[batch]):
        told[IN_ERROR, billed(charge)[0]] -= billed(charge)[2]
    assert +told == units_of_csv(month[batch])


def test_the_first_batch_has_the_csvs_lines_with_their_modifiers_and_no_other(
    month: dict[str, Batch], bundles: dict[str, Told]
) -> None:
    said = [(line_id(charge), *billed(charge)) for charge in every(bundles["first"], "ChargeItem")]
    modifiers = [f"modifier_{place}" for place in range(1, 5)]
    assert said == [
        (row["line"], row["code"], tuple(filter(None, map(row.get, modifiers))), int(row["units"]))
        for row in csv_rows(month["first"])
    ]


def test_every_session_of_the_month_is_claimed_with_the_lines_it_bills(bundles: dict[str, Told]) -> None:
    bundle = bundles["first"]
    assert len(every(bundle, "Patient")) == len(every(bundle, "Encounter")) == SESSIONS
    kinds = Counter(codes(claim["type"])[0] for claim in every(bundle, "Claim"))
    assert kinds.total() == SESSIONS
    assert min(kinds.values()) > SESSIONS // 3
    asked = [
        (*codes(item["productOrService"]), tuple(c for m in item.get("modifier", []) for c in codes(m)))
        for claim in every(bundle, "Claim")
        for item in claim["item"]
    ]
    assert asked == [billed(charge)[:2] for charge in every(bundle, "ChargeItem")]


def test_infusions_have_the_csvs_start_and_stop_and_their_pauses(
    month: dict[str, Batch], bundles: dict[str, Told]
) -> None:
    by_line = {row["line"]: row for row in csv_rows(month["first"])}
    kinds: Counter[str] = Counter()
    for charge in every(bundles["first"], "ChargeItem"):
        row, when = by_line[line_id(charge)], charge.get("occurrencePeriod")
        services = [led_to(bundles["first"], service) for service in charge.get("service", [])]
        kinds.update(given["status"] for given in services)
        if when:
            said = {"start": row["start"], "end": row["stop"]}
            assert when == said
            assert [given["effectivePeriod"] for given in services] == [said] or len(services) > 1
    pauses = [
        part
        for given in every(bundles["first"], "MedicationAdministration")
        for extension in given.get("extension", [])
        if extension["url"] == "urn:chairtime:pause"
        for part in extension["extension"]
    ]
    assert {part.get("valueString") for part in pauses} == {None, "reaction"}
    assert kinds["in-progress"] > 0  # pumps that go home running
    for part in pauses:
        if ran := part.get("valuePeriod"):
            assert datetime.fromisoformat(ran["start"]) < datetime.fromisoformat(ran["end"])


def test_a_correction_takes_back_the_first_lines_and_claims_by_their_ids(
    month: dict[str, Batch], bundles: dict[str, Told]
) -> None:
    first = {entry["fullUrl"]: entry["resource"] for entry in bundles["first"]["entry"]}
    kinds: Counter[str] = Counter()
    for entry in bundles["corrections"]["entry"]:
        resource = entry["resource"]
        kind, status = resource["resourceType"], resource.get("status")
        if kind in {"ChargeItem", "Claim"}:
            is_back = status in {IN_ERROR, "cancelled"}
            assert (entry["fullUrl"] in first) == is_back
            kinds[f"{kind} {status}"] += 1
            if is_back:
                assert first[entry["fullUrl"]]["identifier"] == resource["identifier"]
    assert kinds["Claim cancelled"] == len(REPLACED) + len(TAKEN_BACK)
    assert kinds["Claim active"] == len(REPLACED)
    assert {
        line_id(c) for c in every(bundles["corrections"], "ChargeItem") if c["status"] == IN_ERROR
    } <= set(month["first"].lines)


def test_what_takes_the_place_of_others_names_them(bundles: dict[str, Told]) -> None:
    bundle = bundles["corrections"]
    active = [claim for claim in every(bundle, "Claim") if claim["status"] == "active"]
    for claim in active:
        (related,) = claim["related"]
        prior = led_to(bundle, related["claim"])
        assert (prior["status"], codes(related["relationship"])) == ("cancelled", ["prior"])
        assert related["claim"]["identifier"] == prior["identifier"][0]
        assert line_id(claim).removesuffix("-2") == line_id(prior).removesuffix("-1")
    roles: Counter[str] = Counter()
    for provenance in every(bundle, "Provenance"):
        revised = [entity for entity in provenance["entity"] if entity["role"] != "source"]
        assert all(led_to(bundle, entity["what"])["status"] == IN_ERROR for entity in revised)
        roles[revised[0]["role"]] += 1
    assert roles == {"revision": len(REPLACED), "removal": len(TAKEN_BACK)}


def test_a_session_that_never_happened_takes_back_what_was_given(bundles: dict[str, Told]) -> None:
    first = {entry["fullUrl"] for entry in bundles["first"]["entry"]}
    struck = [
        entry["fullUrl"]
        for entry in bundles["corrections"]["entry"]
        if entry["resource"]["resourceType"] == "MedicationAdministration"
        and entry["resource"]["status"] == IN_ERROR
    ]
    assert len(struck) > len(TAKEN_BACK)
    assert set(struck) <= first


def test_after_the_corrections_the_receivers_books_hold_what_is_in_force(
    month: dict[str, Batch], bundles: dict[str, Told]
) -> None:
    """The last that was said of each ChargeItem: the lines that nobody took back, each once."""
    books: dict[str, Told] = {}
    for batch in ("first", "corrections"):
        books |= {entry["fullUrl"]: entry["resource"] for entry in bundles[batch]["entry"]}
    charges = [one for one in books.values() if one["resourceType"] == "ChargeItem"]
    rows = [*csv_rows(month["first"]), *csv_rows(month["corrections"])]
    gone = {name for row in rows for name in row["replaces"].split()}
    in_force = {r["line"]: int(r["units"]) for r in rows if r["action"] != "void" and r["line"] not in gone}
    assert {line_id(c): billed(c)[2] for c in charges if c["status"] == "billable"} == in_force
    claims = [one for one in books.values() if one["resourceType"] == "Claim" and one["status"] == "active"]
    assert len(claims) == SESSIONS - len(TAKEN_BACK)


def test_what_is_sent_once_more_is_the_same_and_says_so(bundles: dict[str, Told]) -> None:
    mark = {"system": "urn:chairtime:sending", "code": "sent-before"}
    assert [bundles[batch].get("meta", {}).get("tag", []) for batch in BATCHES] == [[], [], [mark]]
    first = {entry["fullUrl"]: entry["resource"] for entry in bundles["first"]["entry"]}
    last = {entry["fullUrl"]: entry["resource"] for entry in bundles["again"]["entry"]}
    same = 0
    for url in first.keys() & last.keys():
        kind, status = last[url]["resourceType"], last[url].get("status")
        if kind in {"ChargeItem", "Claim"} and status in {"billable", "active"}:
            assert last[url] == {**first[url], "meta": {"tag": [mark]}}
            same += 1
    assert same > SESSIONS


def test_no_address_is_used_twice_and_shared_resources_are_said_once(bundles: dict[str, Told]) -> None:
    for bundle in bundles.values():
        urls = [entry["fullUrl"] for entry in bundle["entry"]]
        assert len(set(urls)) == len(urls)
    numbers = [who["identifier"][0]["value"] for who in every(bundles["first"], "Practitioner")]
    assert len(set(numbers)) == len(numbers) == 8
    assert one(bundles["first"], "Organization", name="Example Infusion Center")


def test_no_code_comes_with_words(month: dict[str, Batch]) -> None:
    text = (month["first"].folder / FILE_NAME).read_text(encoding="utf-8")
    assert set(re.findall(r'"display":"([^"]*)"', text)) == {"AK"}
