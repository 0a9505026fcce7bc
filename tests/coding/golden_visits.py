"""Short visits in which every rule speaks and every finding is found, each named by what it shows."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from desktop_app.coding.reasons import Coding
from tests.coding import given, imported
from tests.coding.given import Service, at, care, hydration, infusion, push

Made = Callable[[], Coding]
"""Codes a visit when it is asked to."""

NEXT = "2026-03-03T"
PAUSE = [[at("09:20"), at("09:30")]]
VIALS = [{"size": 500, "count": 1, "single_dose": True}, {"size": 100, "count": 2, "single_dose": True}]
CHEMO: Service = {"category": "chemo"}
LEAD = infusion("paclitaxel", "09:00", "10:00", **CHEMO)
BAG = hydration("09:00", "11:00")
PUMP: Service = {"pump": True, "route": "iv-infusion"} | CHEMO


def dosed(**dose: Any) -> Service:  # noqa: ANN401
    """Return a push with a dose of rituximab."""
    return push("rituximab", "09:00", **{"hcpcs": "J9312", "unit": "mg"} | dose)


def coded(*services: Service, **more: Any) -> Made:  # noqa: ANN401
    return partial(given.coded, *services, **more)


def office(*services: Service, **more: Any) -> Made:  # noqa: ANN401
    return coded(*services, setting="physician", **more)


def optional(*services: Service, **options: Any) -> Made:  # noqa: ANN401
    return coded(*services, options=options)


NDC = "12345-6789-01"
CROSSWALK = imported.tables({"ndc-hcpcs": [imported.row("12345678901", "J9312")]})

VISITS: dict[str, Made] = {
    "nothing": coded(),
    "before the rules": coded(push("drug", "2008-12-31T09:00"), date="2008-12-31"),
    "care without a line": coded(
        care("flush", "09:00"),
        care("oral", "09:00"),
        care("observation", "09:00"),
        infusion("saline", "09:00", "10:00", kvo=True),
        infusion("contrast", "09:00", "10:00", integral=True),
        care("drug-only", "09:00"),
        care("im", "09:00", category="other"),
    ),
    "an office in a hospital": office(push("drug", "09:00"), place_of_service="22"),
    "a pause": coded(infusion("vancomycin", "09:00", "10:40", pauses=PAUSE)),
    "an open stop": coded(infusion("vancomycin", "09:00"), hydration("09:00")),
    "an open stop is a push": optional(
        infusion("vancomycin", "09:00"), hydration("09:00"), missing_stop="push"
    ),
    "nobody saw it stop": coded(
        infusion("vancomycin", "09:00", not_witnessed=True),
        hydration("09:00", not_witnessed=True),
        infusion("cefepime", "09:00", not_witnessed=True, volume_ml=100, rate_ml_h=100),
    ),
    "a stop worked out": coded(infusion("vancomycin", "09:00", volume_ml=100, rate_ml_h=60)),
    "a stop somebody worked out": coded(infusion("vancomycin", "09:00", "10:00", stop_how="computed")),
    "too long": coded(infusion("vancomycin", "09:00", "2026-05-02T09:00")),
    "a long push": coded(push("morphine", "09:00", "09:20")),
    "a long push by its time": optional(push("morphine", "09:00", "09:20"), attended_push="by-time"),
    "given up": office(infusion("vancomycin", "09:00", "09:10", stopped_early=True)),
    "given up as it began": office(infusion("vancomycin", "09:00", "09:00:30", stopped_early=True)),
    "injections": coded(
        care("im", "09:00"),
        care("sc", "09:05", same_dose_as_previous=True),
        care("sc", "09:10", **CHEMO),
        care("im", "09:15", hormonal=True, **CHEMO),
        care("sc", "09:20", category="hydration"),
    ),
    "under the skin": coded(
        infusion("globulin", "09:00", "10:40", route="sc-infusion"),
        infusion("globulin", "11:00", "11:10", route="sc-infusion"),
        infusion("globulin", "12:00", "13:00", route="sc-infusion"),
    ),
    "under the skin without a stop": optional(
        infusion("globulin", "09:00", route="sc-infusion"), missing_stop="push"
    ),
    "into an artery": coded(
        infusion("cisplatin", "09:00", "10:40", route="ia-infusion", **CHEMO),
        infusion("cisplatin", "11:00", "11:10", route="ia-infusion", **CHEMO),
        care("ia-push", "12:00", **CHEMO),
        care("ia-push", "12:10"),
    ),
    "a pump": coded(infusion("fluorouracil", "09:00", **PUMP), care("pump-refill", "12:00")),
    "a pump into an artery": coded(infusion("floxuridine", "09:00", **PUMP | {"route": "ia-infusion"})),
    "a pump beside chemo": optional(
        infusion("fluorouracil", "11:00", **PUMP), LEAD, pump_with_chemo_modifier="59", pump_start="G0498"
    ),
    "a pump that is not chemo": coded(infusion("antibiotic", "09:00", pump=True)),
    "a refill": coded(care("pump-refill", "09:00")),
    "a clotted line and blood": coded(
        care("declot", "09:00"),
        infusion("blood", "10:00", "12:00", category="transfusion"),
        infusion("blood", "13:00", "14:00", category="transfusion"),
    ),
    "a port flush": coded(care("port-flush", "09:00"), care("port-flush", "10:00")),
    "a port flush beside a push": coded(care("port-flush", "09:00"), push("drug", "10:00")),
    "a sequential infusion": coded(
        LEAD, infusion("ondansetron", "09:50", "10:20"), infusion("x", "11:00", "11:20")
    ),
    "chemo after chemo": coded(LEAD, infusion("carboplatin", "10:00", "12:00", **CHEMO)),
    "concurrent infusions": coded(
        LEAD,
        infusion("one", "09:00", "10:00"),
        infusion("two", "09:10", "10:00"),
        infusion("x", "09:50", "10:10"),
    ),
    "chemo at once": coded(LEAD, infusion("carboplatin", "09:10", "10:00", **CHEMO)),
    "chemo at once, unlisted": optional(
        LEAD, infusion("carboplatin", "09:10", "10:10", **CHEMO), concurrent_chemo="96549"
    ),
    "majority": optional(
        LEAD, infusion("one", "09:50", "10:30"), infusion("two", "09:10", "10:30"), overlap="majority"
    ),
    "any overlap": optional(
        LEAD, infusion("one", "09:59", "10:30"), infusion("two", "10:30", "11:00"), overlap="any"
    ),
    "too short beside too little": optional(
        LEAD, infusion("one", "09:58", "10:14"), concurrent_min=16, sequential_min=16
    ),
    "a payer that wants more": optional(LEAD, infusion("one", "10:00", "10:30"), sequential_min=31),
    "the same drug again": coded(
        infusion("vancomycin", "09:00", "10:00"),
        infusion("vancomycin", "11:00", "12:40"),
        infusion("vancomycin", "12:30", "12:50"),
    ),
    "the same drug added up": optional(
        infusion("vancomycin", "09:00", "10:00"),
        infusion("vancomycin", "11:00", "12:00"),
        infusion("vancomycin", "11:10", "12:00"),
        same_drug_again="total",
    ),
    "the same drug as new": optional(
        infusion("vancomycin", "09:00", "10:00"),
        infusion("vancomycin", "11:00", "12:00"),
        same_drug_again="sequential",
    ),
    "pushes": coded(
        push("morphine", "09:00", "09:03"),
        push("ondansetron", "09:05"),
        push("morphine", "09:20"),
        push("morphine", "09:40"),
        infusion("morphine", "12:00", "12:10"),
        push("doxorubicin", "10:00", encounter="2", **CHEMO),
        push("doxorubicin", "11:00", encounter="2", **CHEMO),
        push("vincristine", "11:10", encounter="2", **CHEMO),
    ),
    "pushes at least so far apart": optional(
        push("morphine", "09:00"), push("morphine", "09:20"), repeat_push_gap="at-least-30"
    ),
    "pushes in an office": office(push("morphine", "09:00"), push("morphine", "12:00")),
    "hydration alone": coded(BAG, hydration("11:00", "12:40")),
    "hydration beside a drug": coded(BAG, infusion("vancomycin", "10:00", "12:00")),
    "hydration in an office": office(hydration("09:00", "10:00", primary=True), push("drug", "08:00")),
    "hydration in pieces": optional(
        hydration("09:00", "09:40"), hydration("10:00", "10:20"), push("x", "08:00"), hydration_pieces="each"
    ),
    "hydration too short": coded(hydration("09:00", "09:30"), push("drug", "09:10", "09:15")),
    "hydration as a push": coded(push("saline", "09:00", category="hydration")),
    "hydration never alone": coded(
        BAG, infusion("vancomycin", "09:00", "10:00"), hydration("09:10", "09:50")
    ),
    "hydration with a modifier": optional(BAG, push("x", "08:00"), secondary_hydration_modifier="XU"),
    "a second site": coded(LEAD, infusion("cefepime", "09:30", "10:30", site="2")),
    "a second site with its reason": coded(
        LEAD, infusion("cefepime", "09:30", "10:30", site="2"), site_reasons={"2": "incompatible"}
    ),
    "a later encounter": coded(LEAD, infusion("cefepime", "15:00", "16:00", encounter="2")),
    "a mark": office(infusion("one", "09:00", "11:00"), infusion("two", "11:00", "11:30", primary=True)),
    "a mark that cannot lead": office(LEAD, push("morphine", "10:00", primary=True)),
    "across midnight": coded(infusion("vancomycin", "22:30", f"{NEXT}01:31")),
    "across midnight in an office": office(
        push("x", "21:00"), hydration("22:00", "23:00"), hydration(f"{NEXT}09:00", f"{NEXT}10:00")
    ),
    "over days": coded(hydration("22:00", "2026-03-04T06:30", pauses=[[f"{NEXT}01:00", f"{NEXT}01:10"]])),
    "seconds": coded(infusion("vancomycin", "09:00:50", "09:16:10")),
    "seconds of the chart": optional(infusion("vancomycin", "09:00:50", "09:16:10"), minute_basis="charted"),
    "close to a threshold": coded(infusion("one", "09:00", "10:31"), infusion("two", "11:00", "12:27")),
    "one minute under a threshold": coded(infusion("one", "09:00", "10:30")),
    "one minute over a threshold": coded(infusion("one", "09:00", "09:17")),
    "above a limit": coded(infusion("one", "00:00", "11:00")),
    "an evaluation": coded(push("drug", "09:00"), evaluation="99213"),
    "an evaluation never paid": coded(push("drug", "09:00"), evaluation="99211"),
    "one drug in two categories": coded(LEAD, infusion("paclitaxel", "11:00", "12:00")),
    "a dose": coded(dosed(dose=679, containers=VIALS)),
    "a dose with nothing left": coded(dosed(dose=700, containers=VIALS)),
    "a dose with less than a unit left": coded(dosed(dose=695, containers=VIALS)),
    "a dose of more than the vials hold": coded(dosed(dose=701, containers=VIALS)),
    "a dose and a count": coded(dosed(dose=679, units=60)),
    "a count": coded(dosed(units=68, containers=VIALS)),
    "vials of two kinds": coded(dosed(dose=5, containers=[VIALS[0], VIALS[1] | {"single_dose": False}])),
    "a dose without a code": coded(push("drug", "09:00", dose=5, unit="mg")),
    "a dose in an unknown unit": coded(push("drug", "09:00", dose=5, hcpcs="JXXXX")),
    "a unit that differs": coded(dosed(dose=20, unit_amount=5)),
    "a code that follows from an NDC": partial(
        imported.coded, CROSSWALK, care("drug-only", "09:00", ndc=NDC, dose=679, unit="mg")
    ),
}
"""Each visit by the name of what it shows."""
