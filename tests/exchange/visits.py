"""The visits of the demo month: what is given, when, from which vials; the NDCs are made up."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

Timed = tuple[int, dict[str, Any]]
"""A touch, and how many minutes after the seat it is made."""


@dataclass(frozen=True)
class Given:
    """One service: a drug by a word of the touch script, from a minute after the seat on."""

    service: str
    word: str
    start: int
    drug: str
    category: str
    length: int = 0
    pause: tuple[int, int] | None = None
    more: dict[str, Any] = field(default_factory=dict)
    dose: dict[str, Any] = field(default_factory=dict)

    def touches(self) -> Iterator[Timed]:
        """Yield the touches of this service."""
        what = {"service": self.service, "drug": self.drug, "category": self.category}
        route = {"route": "iv-infusion"} if self.word == "start" else {}
        yield self.start, {"do": self.word, **what, **route, **self.more}
        if self.pause is not None:
            yield self.pause[0], {"do": "pause", "service": self.service, "reason": "reaction"}
            yield self.pause[1], {"do": "resume", "service": self.service}
        if self.length:
            yield self.start + self.length, {"do": "stop", "service": self.service}
        if self.dose:
            yield self.start + self.length, {"do": "dose", "service": self.service, **self.dose}


def vials(*sizes: tuple[int, int]) -> dict[str, Any]:
    """Return single-dose vials, each by its size and how many."""
    return {"containers": [{"size": size, "count": count, "single_dose": True} for size, count in sizes]}


def drug(hcpcs: str, dose: int, unit: str, **more: object) -> dict[str, Any]:
    """Return the dose of a drug."""
    return {"hcpcs": hcpcs, "dose": dose, "unit": unit, **more}


def _push(service: str, start: int, name: str, dose: dict[str, Any], category: str = "therapeutic") -> Given:
    return Given(service, "push", start, name, category, dose=dose)


def _diphenhydramine(start: int = 8) -> Given:
    return _push(
        "p", start, "diphenhydramine", drug("J1200", 50, "mg", ndc="99901-0120-01", **vials((50, 1)))
    )


def infliximab(number: int) -> tuple[Given, ...]:
    """Infliximab over two hours and more, the last vial not all given."""
    dose = (320, 400, 450, 500)[number % 4]
    given = drug("J1745", dose, "mg", ndc="99902-0745-01", ndc_unit="UN", **vials((100, -(-dose // 100))))
    length = 118 + number % 40
    return Given("a", "start", 20, "infliximab", "chemo", length, dose=given), _diphenhydramine()


def pembrolizumab(number: int) -> tuple[Given, ...]:
    """Pembrolizumab in half an hour, every vial emptied."""
    given = drug("J9271", 200, "mg", ndc="99903-3026-02", ndc_quantity=8, ndc_unit="ML", **vials((100, 2)))
    return (Given("a", "start", 15, "pembrolizumab", "chemo", 29 + number % 5, dose=given),)


def folfox(_number: int) -> tuple[Given, ...]:
    """Oxaliplatin beside leucovorin, a push, and a pump that goes home running."""
    palonosetron = drug("J2469", 250, "mcg", ndc="99904-0797-01", **vials((250, 1)))
    oxaliplatin = drug("J9263", 150, "mg", ndc="99904-0142-02", **vials((100, 1), (50, 1)))
    fluorouracil = drug("J9190", 700, "mg", ndc="99904-0117-10", **vials((1000, 1)))
    return (
        Given("a", "start", 25, "oxaliplatin", "chemo", 121, dose=oxaliplatin),
        Given("l", "start", 25, "leucovorin", "therapeutic", 121, dose=drug("J0640", 700, "mg")),
        _push("p", 12, "palonosetron", palonosetron),
        _push("f", 150, "fluorouracil", fluorouracil, "chemo"),
        Given("pump", "start", 158, "fluorouracil pump", "chemo", more={"pump": True}),
    )


def hydration(number: int) -> tuple[Given, ...]:
    """A litre of saline alone."""
    given = {"hcpcs": "J7030", "units": 1}
    return (Given("a", "start", 10, "normal saline", "hydration", 60 + number % 3 * 45, dose=given),)


def iron(number: int) -> tuple[Given, ...]:
    """Iron sucrose as a push."""
    count = 1 + number % 2
    dose = drug("J1756", 100 * count, "mg", ndc="99905-2340-01", ndc_unit="UN", **vials((100, count)))
    return (_push("a", 12, "iron sucrose", dose),)


def antibiotic(number: int) -> tuple[Given, ...]:
    """Ceftriaxone with a push against nausea."""
    ceftriaxone = drug(
        "J0696", 1000 * (1 + number % 2), "mg", ndc="99906-7333-49", **vials((1000, 1 + number % 2))
    )
    ondansetron = drug("J2405", 4, "mg", ndc="99906-4755-03", **vials((4, 1)))
    return (
        Given("a", "start", 14, "ceftriaxone", "therapeutic", 31 + number % 7, dose=ceftriaxone),
        _push("p", 9, "ondansetron", ondansetron),
    )


def denosumab(_number: int) -> tuple[Given, ...]:
    """An injection under the skin from a syringe."""
    dose = drug("J0897", 60, "mg", ndc="99907-0710-01", ndc_quantity=1, ndc_unit="ML", **vials((60, 1)))
    return (Given("a", "sc", 10, "denosumab", "therapeutic", dose=dose),)


def rituximab(number: int) -> tuple[Given, ...]:
    """Rituximab over hours, stopped for a reaction in between, with waste."""
    dose = drug(
        "J9312",
        620 + number % 60,
        "mg",
        ndc="99908-0051-21",
        ndc_quantity=70,
        ndc_unit="ML",
        **vials((500, 1), (100, 2)),
    )
    reaction = (80, 105) if number % 2 else None
    return (
        Given("a", "start", 30, "rituximab", "chemo", 245, reaction, dose=dose),
        _diphenhydramine(),
    )


def two_sites(number: int) -> tuple[Given, ...]:
    """Vancomycin, and magnesium at a second site because the first takes no more."""
    vancomycin = drug("J3373", 1500, "mg", ndc="99909-6509-01", **vials((1500, 1)))
    return (
        Given("a", "start", 12, "vancomycin", "therapeutic", 92 + number % 9, dose=vancomycin),
        Given(
            "m",
            "start",
            20,
            "magnesium sulfate",
            "therapeutic",
            64,
            more={"site": "right hand"},
            dose=drug("J3475", 2000, "mg"),
        ),
    )


def vitamin(_number: int) -> tuple[Given, ...]:
    """An injection into the muscle."""
    dose = drug("J3420", 1000, "mcg", ndc="99910-0031-25", **vials((1000, 1)))
    return (Given("a", "im", 8, "cyanocobalamin", "therapeutic", dose=dose),)


def taxane(number: int) -> tuple[Given, ...]:
    """Paclitaxel and carboplatin one after the other, with premedication."""
    paclitaxel = drug("J9267", 290, "mg", ndc="99911-0034-05", ndc_unit="ME", **vials((300, 1)))
    carboplatin = drug("J9045", 455 + number % 40, "mg", ndc="99911-0045-45", **vials((450, 1), (50, 1)))
    return (
        Given("a", "start", 40, "paclitaxel", "chemo", 181, dose=paclitaxel),
        Given("c", "start", 225, "carboplatin", "chemo", 35 + number % 20, dose=carboplatin),
        Given("d", "start", 18, "dexamethasone", "therapeutic", 20, dose=drug("J1100", 20, "mg")),
        _diphenhydramine(),
    )


def daratumumab(number: int) -> tuple[Given, ...]:
    """Daratumumab over half a day, with a quantity of the NDC in millilitres."""
    dose = drug("J9145", 1180 + number % 20, "mg", ndc="99912-0505-20", **vials((400, 3)))
    return (Given("a", "start", 22, "daratumumab", "chemo", 210, dose=dose), _diphenhydramine())


VISITS: tuple[Callable[[int], tuple[Given, ...]], ...] = (
    infliximab,
    pembrolizumab,
    folfox,
    hydration,
    iron,
    antibiotic,
    denosumab,
    rituximab,
    two_sites,
    vitamin,
    taxane,
    daratumumab,
)
