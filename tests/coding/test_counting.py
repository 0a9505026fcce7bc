"""Step 1: what counts at all, and the sentence for each thing that does not."""

from __future__ import annotations

from typing import Any

import pytest

from tests.coding.given import Service, care, coded, infusion, left_out, push, units


def why(*services: Service, **more: Any) -> dict[str, str]:  # noqa: ANN401
    """Return the sentence for each service not billed."""
    return {item.service: item.why for item in coded(*services, **more).not_billed}


@pytest.mark.parametrize(
    ("service", "sentence", "rule"),
    [
        (
            infusion("saline", "09:00", route="flush"),
            "Saline, 09:00: a flush is part of the care of the line.",
            "left-out-flush",
        ),
        (
            {"route": "flush", "start": "2026-03-02T09:00"},
            "Flush, 09:00: a flush is part of the care of the line.",
            "left-out-flush",
        ),
        (
            infusion("cetirizine", "09:00", route="oral"),
            "Cetirizine, 09:00: a drug by mouth has no infusion or injection code.",
            "left-out-oral",
        ),
        (
            {"route": "observation", "start": "2026-03-02T09:00"},
            "Observation, 09:00: time watched before or after is not running time.",
            "left-out-observation",
        ),
        (
            infusion("saline", "09:00", "12:00", kvo=True),
            "Saline, 09:00 to 12:00: fluid that only keeps the vein open is not reported.",
            "left-out-kvo",
        ),
        (
            push("contrast", "09:00", integral=True),
            "Contrast, 09:00: it is part of another procedure.",
            "left-out-integral",
        ),
    ],
)
def test_care_that_is_no_line_says_why(service: Service, sentence: str, rule: str) -> None:
    answer = coded(service)
    assert (answer.lines, left_out(answer)) == ((), {"1": (rule,)})
    assert why(service) == {"1": sentence}


@pytest.mark.parametrize(
    ("setting", "place", "counts"),
    [
        ("physician", "11", True),
        ("physician", "", True),
        *(("physician", place, False) for place in ("19", "21", "22", "23", "24")),
        *(("facility", place, True) for place in ("19", "21", "22", "23", "24")),
    ],
)
def test_a_physician_reports_nothing_done_in_a_hospital(setting: str, place: str, *, counts: bool) -> None:
    more = {"place_of_service": place} if place else {}
    answer = coded(push("drug", "09:00"), setting=setting, **more)
    assert units(answer) == ({"96374": 1} if counts else {})
    assert left_out(answer) == ({} if counts else {"1": ("place-of-service",)})


def test_the_sentence_names_the_place_of_service() -> None:
    told = why(push("drug", "09:00"), push("two", "09:00"), setting="physician", place_of_service="22")
    sentence = "at place of service 22 the hospital reports it, not the physician."
    assert told == {"1": f"Drug, 09:00: {sentence}", "2": f"Two, 09:00: {sentence}"}


@pytest.mark.parametrize(
    ("route", "expected"),
    [
        ("declot", {"36593": 1}),
        ("port-flush", {"96523": 1}),
        ("pump-refill", {"96521": 1}),
        ("iv-push", {}),
        ("im", {}),
        ("sc", {}),
        ("ia-push", {}),
    ],
)
def test_what_is_neither_drug_nor_fluid_has_a_code_only_where_the_line_was_cared_for(
    route: str, expected: dict[str, int]
) -> None:
    answer = coded(care(route, "09:00", category="other"))
    assert units(answer) == expected
    assert left_out(answer) == ({} if expected else {"1": ("no-administration-code",)})


@pytest.mark.parametrize("route", ["iv-infusion", "sc-infusion", "ia-infusion"])
def test_what_is_neither_drug_nor_fluid_needs_no_stop(route: str) -> None:
    answer = coded(care(route, "09:00", category="other"))
    assert (left_out(answer), answer.findings) == ({"1": ("no-administration-code",)}, ())


@pytest.mark.parametrize("category", ["chemo", "therapeutic", "hydration", "transfusion", "other"])
def test_a_drug_alone_has_its_drug_line_and_no_other(category: str) -> None:
    dose = {"hcpcs": "J1745", "units": 3}
    assert units(coded(care("drug-only", "09:00", category=category, **dose))) == {"J1745": 3}


def test_a_code_is_given_in_the_order_services_were_entered() -> None:
    together = [push(drug, "09:00", id=drug) for drug in ("b", "c", "a")]
    assert [line.services for line in coded(*together).lines] == [("a",), ("b", "c")]


def test_what_has_no_drug_is_called_by_its_route_in_words() -> None:
    flush = {"route": "port-flush", "start": "2026-03-02T09:00"}
    told = why(flush, setting="physician", place_of_service="22")
    assert told["1"].startswith("Port flush, 09:00: ")
