"""What is given to a patient: the drug or fluid, how, where, and how much.

The words are those of the case format, so that the touch script, the journal and the
coder speak of one thing by one name.
"""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum

from desktop_app.core.values import dataclass


class Setting(StrEnum):
    """Who bills: a hospital outpatient department, or a physician's office."""

    FACILITY = "facility"
    PHYSICIAN = "physician"


class Category(StrEnum):
    """What kind of substance it is for the order in which services are billed."""

    CHEMO = "chemo"
    """Antineoplastics and complex biologics."""
    THERAPEUTIC = "therapeutic"
    HYDRATION = "hydration"
    TRANSFUSION = "transfusion"
    OTHER = "other"


class Route(StrEnum):
    """How it reaches the patient, or what else was done at the access."""

    IV_INFUSION = "iv-infusion"
    IV_PUSH = "iv-push"
    IM = "im"
    SC = "sc"
    SC_INFUSION = "sc-infusion"
    IA_INFUSION = "ia-infusion"
    IA_PUSH = "ia-push"
    PUMP_REFILL = "pump-refill"
    DECLOT = "declot"
    PORT_FLUSH = "port-flush"
    FLUSH = "flush"
    ORAL = "oral"
    OBSERVATION = "observation"
    DRUG_ONLY = "drug-only"


class NdcUnit(StrEnum):
    """The units in which the quantity of an NDC is told on a claim."""

    UN = "UN"
    """Pieces: vials, tablets, kits."""
    ML = "ML"
    GR = "GR"
    ME = "ME"
    """Milligrams."""
    F2 = "F2"
    """International units."""


LONGEST_LINE = 1000
"""The most characters of a text on one line: a name, a reason."""
MOST_SERVICES = 500
"""The most services of one session, and so of one case."""
MOST_PAUSES = 500
"""The most pauses of one service."""
LONGEST_PLAN_MINUTES = 10_080
"""A week. What is planned to run longer is a slip of the hand."""

TIMED_ROUTES = frozenset({Route.IV_INFUSION, Route.SC_INFUSION, Route.IA_INFUSION, Route.OBSERVATION})
"""Routes that run: they have a start and need a stop. Every other route is one instant."""

PUMP_ROUTES = frozenset({Route.IV_INFUSION, Route.IA_INFUSION})
"""Routes by which a portable pump runs on after the visit."""


@dataclass(frozen=True, slots=True)
class Container:
    """Vials or bags of one size; ``size`` is in the unit of the dose they hold."""

    size: Decimal
    count: int
    single_dose: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Dose:
    """What was given and from what: the facts a drug line is made of.

    Either ``amount`` in ``unit`` (billing units follow from ``unit_amount``), or a plain
    count of billing ``units``.
    """

    hcpcs: str = ""
    unit_amount: Decimal | None = None
    unit: str = ""
    amount: Decimal | None = None
    units: int | None = None
    ndc: str = ""
    ndc_quantity: Decimal | None = None
    """How much of the NDC was given, in ``ndc_unit``, where somebody recorded it."""
    ndc_unit: NdcUnit | None = None
    containers: tuple[Container, ...] = ()
    lot: str = ""
    expiry: str = ""


@dataclass(frozen=True, slots=True)
class PlannedRate:
    """A step of an ordered titration: from so many minutes of running on, so many millilitres an hour."""

    after_minutes: int
    rate_ml_h: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """One drug or fluid by one route at one access site, as ordered and recorded."""

    drug: str
    category: Category
    route: Route
    site: str = "1"
    encounter: str = "1"
    planned_minutes: int | None = None
    primary: bool = False
    pump: bool = False
    kvo: bool = False
    integral: bool = False
    hormonal: bool = False
    stopped_early: bool = False
    same_dose_as_previous: bool = False
    volume_ml: Decimal | None = None
    rate_ml_h: Decimal | None = None
    dose: Dose | None = None
    rate_steps: tuple[PlannedRate, ...] = ()
    """The ordered titration, in order of time; the first step begins with the start."""
    vitals_every_minutes: int | None = None
    """How often vital signs are to be taken while it runs."""
    observe_minutes: int | None = None
    """How long the patient is to be watched after it has stopped."""

    @property
    def runs(self) -> bool:
        """Whether it takes running time, so that it has a stop as well as a start."""
        return self.route in TIMED_ROUTES

    @property
    def goes_home_running(self) -> bool:
        """Whether it is a pump start, which is complete without a stop. By no other route is it one."""
        return self.pump and self.route in PUMP_ROUTES


def is_line(text: str) -> bool:
    """Return whether a text stands on one line of plain characters and is not too long for one."""
    return text.isprintable() and len(text) <= LONGEST_LINE
