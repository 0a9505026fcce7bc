"""How much of an NDC a line stands for, in the unit a claim tells it in.

A recorded quantity is what was given, and stands on the line of what was given. Without one it
follows only from what is recorded, digit for digit:

    ML, GR, ME, F2   the dose in that unit, where it was measured in one of its kind
    UN               the number of vials or bags it was taken from
    no unit          ML for a dose that was measured by volume; nothing otherwise

It never follows from billing units, which are rounded up, nor from the crosswalk, which does not
say what a package is measured in. What was discarded has its own share on its own line where the
share was measured; a vial cannot be parted honestly, so a count of vials stands on one line only.
"""

from __future__ import annotations

from decimal import Decimal

from desktop_app.coding.measures import converted
from desktop_app.core.orders import Dose, NdcUnit
from desktop_app.core.values import dataclass

_MEASURED = {NdcUnit.ML: "ml", NdcUnit.GR: "g", NdcUnit.ME: "mg", NdcUnit.F2: "units"}
"""The dose's unit that each unit of a claim stands for."""


@dataclass(frozen=True, slots=True)
class Quantities:
    """The quantity given and the quantity discarded, in one unit; None where it is not known."""

    unit: str = ""
    given: Decimal | None = None
    discarded: Decimal | None = None


NO_QUANTITIES = Quantities()


def quantities(dose: Dose, left: Decimal) -> Quantities:
    """Return the NDC quantities of a dose of which ``left``, in the dose's unit, was discarded."""
    if dose.ndc_quantity is not None:
        return Quantities(dose.ndc_unit.value, dose.ndc_quantity) if dose.ndc_unit else NO_QUANTITIES
    unit = dose.ndc_unit or NdcUnit.ML
    if unit is NdcUnit.UN:
        count = sum(container.count for container in dose.containers)
        return Quantities(unit.value, Decimal(count)) if count else NO_QUANTITIES
    if dose.amount is None:
        return NO_QUANTITIES
    given = converted(dose.amount, dose.unit, _MEASURED[unit])
    if given is None:
        return NO_QUANTITIES
    return Quantities(unit.value, given, converted(left, dose.unit, _MEASURED[unit]))
