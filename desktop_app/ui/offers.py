"""What the start sheet offers to choose from: the plan first, then the starred drugs, then the usual."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from desktop_app.core.orders import Dose, Order
from desktop_app.core.service import Service
from desktop_app.core.suite import Suite
from desktop_app.ui.drug_book import BookDrug
from desktop_app.ui.drug_search import find_drugs, usual_drugs
from desktop_app.ui.favourites import Favourites
from desktop_app.ui.ports import Drug, Products

MOST = 12


@dataclass(frozen=True, slots=True)
class Offer:
    """A drug or a fluid to choose, by itself or as it is planned."""

    drug: Drug
    planned: Service | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What a sheet for an order may offer and fill in from."""

    drugs: Sequence[Drug]
    suite: Suite
    products: Products
    favourites: Favourites
    planned: tuple[Service, ...] = ()
    running: tuple[Service, ...] = ()
    """What runs at the chair, so that it is not started twice unasked."""
    is_office: bool = False
    """Whether a physician's office bills, for whom the main reason of the visit leads."""

    def offers(self, letters: str) -> list[Offer]:
        """Return what fits some letters, best first; without any, what is likeliest."""
        typed = letters.strip().casefold()
        planned = [self.plan_offer(service) for service in self.planned]
        if typed:
            fits = [offer for offer in planned if offer.drug.name.casefold().startswith(typed)]
            return [*fits, *map(Offer, find_drugs(self.drugs, letters))]
        starred = [drug for drug in self.drugs if drug in self.favourites]
        usual = usual_drugs(self.drugs, self.suite)
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
