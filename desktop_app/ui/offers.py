"""What the start sheet offers to choose from: the plan first, then the starred drugs, then the usual."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from desktop_app.core.orders import Dose, Order
from desktop_app.core.service import Service
from desktop_app.core.suite import Suite
from desktop_app.core.values import dataclass
from desktop_app.ui.drug_book import BookDrug
from desktop_app.ui.drug_search import last_order, usual_drugs
from desktop_app.ui.favourites import Favourites
from desktop_app.ui.ports import Drug, Products
from desktop_app.ui.suite_drugs import SuiteDrugs

MOST = 12


@dataclass(frozen=True, slots=True)
class Offer:
    """A drug or a fluid to choose, by itself or as it is planned."""

    drug: Drug
    planned: Service | None = None


@dataclass(frozen=True, slots=True)
class Filled:
    """What a form is filled with, and how the drug was given the last time."""

    order: Order | None
    last: Order | None
    is_usual: bool
    """Whether the suite has said how it gives the drug."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What a sheet for an order may offer and fill in from."""

    house: SuiteDrugs
    suite: Suite
    lately: tuple[Order, ...] = ()
    """How drugs were begun in the last days, newest first."""
    products: Products
    planned: tuple[Service, ...] = ()
    running: tuple[Service, ...] = ()
    """What runs at the chair, so that it is not started twice unasked."""
    is_office: bool = False
    """Whether a physician's office bills, for whom the main reason of the visit leads."""

    @property
    def drugs(self) -> Sequence[Drug]:
        """Every drug, also those that are not offered."""
        return self.house.all()

    @property
    def favourites(self) -> Favourites:
        """The drugs with a star."""
        return self.house.favourites

    def filled(self, drug: Drug) -> Filled:
        """Return what to fill a form with: as the suite usually gives a drug, else as it was last given.

        The dose of the last time may have been another patient's, so that it is only there to be offered.
        """
        last = last_order(self.suite, drug.name)
        usual = self.house.usual(drug)
        order = self.house.usual_order(drug, replace(last, dose=None) if last else None)
        return Filled(order, last, is_usual=usual is not None)

    def offers(self, letters: str) -> list[Offer]:
        """Return what fits some letters, best first; without any, what is likeliest."""
        typed = letters.strip().casefold()
        planned = [self.plan_offer(service) for service in self.planned]
        if typed:
            fits = [offer for offer in planned if offer.drug.name.casefold().startswith(typed)]
            return [*fits, *map(Offer, self.house.find(letters))]
        offered = self.house.offered()
        starred = [drug for drug in offered if drug in self.favourites]
        usual = usual_drugs(offered, self.suite, self.lately)
        apart = {(drug.name, drug.hcpcs): drug for drug in (*starred, *usual)}
        return [*planned, *map(Offer, apart.values())][:MOST]

    def plan_offer(self, service: Service) -> Offer:
        """Return a planned service to choose."""
        return Offer(ordered_drug(service.order, self.drugs), service)


def ordered_drug(order: Order, drugs: Iterable[Drug]) -> Drug:
    """Return the drug of an order, by the name it was ordered under, with the table's billing unit."""
    dose = order.dose or Dose()
    listed = next((drug for drug in drugs if drug.hcpcs and drug.hcpcs == dose.hcpcs), None)
    unit = dose.unit or (listed.unit if listed else "")
    amount = listed.unit_amount if listed and listed.unit == unit else dose.unit_amount
    return BookDrug(order.drug[:1].upper() + order.drug[1:], "", dose.hcpcs, amount, unit, order.category)
