"""The drugs of this suite: the table and its own, without what it hides; and how it usually gives them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from desktop_app.core.orders import Dose, Order
from desktop_app.core.suite_drugs import OwnDrug, Usual, read_own, read_usuals, write_own, write_usuals
from desktop_app.ui.drug_book import BookDrug
from desktop_app.ui.drug_search import find_drugs
from desktop_app.ui.favourites import Favourites
from desktop_app.ui.ports import Drug, Drugs, Settings

OWN, HIDDEN, USUAL = "own-drugs", "hidden-drugs", "usual-orders"
"""The settings, by their keys."""
MOST_FOUND = 6


class SuiteDrugs:
    """Reads the settings each time, so that a change is in effect at once; each change is durable."""

    def __init__(self, table: Drugs, settings: Settings) -> None:
        self._table = table
        self._settings = settings
        self.favourites = Favourites(settings)

    def all(self) -> Sequence[Drug]:
        """Return every drug there is, hidden or not, the suite's own first."""
        return (*map(_drug_of, self.own()), *self._table.all())

    def own(self) -> tuple[OwnDrug, ...]:
        """Return the drugs that no table knows."""
        return read_own(self._settings.get(OWN))

    def own_named(self, name: str) -> OwnDrug | None:
        """Return the suite's own drug of a name."""
        return next((own for own in self.own() if own.name.casefold() == name.casefold()), None)

    def is_hidden(self, drug: Drug) -> bool:
        """Return whether a drug is not to be offered."""
        return bool(drug.hcpcs) and drug.hcpcs in self._hidden()

    def offered(self) -> list[Drug]:
        """Return the drugs that are not hidden."""
        hidden = set(self._hidden())
        return [drug for drug in self.all() if not drug.hcpcs or drug.hcpcs not in hidden]

    def find(self, letters: str, *, most: int = MOST_FOUND) -> list[Drug]:
        """Return the drugs that fit some letters, best first.

        Hidden ones only where nothing else fits: a drug must not lose its code because it was hidden.
        """
        return find_drugs(self.offered(), letters, most=most) or find_drugs(self.all(), letters, most=most)

    def find_every(self, letters: str) -> list[Drug]:
        """Return all drugs that fit some letters, hidden or not."""
        every = self.all()
        return find_drugs(every, letters, most=len(every))

    def count_hidden(self) -> int:
        """Return how many drugs are not offered."""
        return len(self._hidden())

    def count_usuals(self) -> int:
        """Return for how many drugs the suite says how it gives them."""
        return len(self._usuals())

    def usual(self, drug: Drug) -> Usual | None:
        """Return how the suite usually gives a drug, where it has said so."""
        wanted = key_of(drug).casefold()
        return next((usual for usual in self._usuals() if usual.drug.casefold() == wanted), None)

    def usual_order(self, drug: Drug, last: Order | None) -> Order | None:
        """Return what a form is filled with: what the suite wants, and besides how it was given last."""
        usual = self.usual(drug)
        if usual is None:
            return last
        same = last if last is not None and last.route is usual.route else None
        minutes = usual.minutes or (same.planned_minutes if same else None)
        dose = last.dose if last is not None else None
        if usual.amount is not None:
            dose = Dose(hcpcs=drug.hcpcs, unit_amount=drug.unit_amount, unit=drug.unit, amount=usual.amount)
        return Order(
            drug=drug.name, category=drug.category, route=usual.route, planned_minutes=minutes, dose=dose
        )

    def hide(self, drug: Drug, *, hidden: bool) -> None:
        """Offer a drug no more, or again. Raises ValueError or JournalError."""
        codes = [code for code in self._hidden() if code != drug.hcpcs]
        self._settings.set(HIDDEN, " ".join([*codes, drug.hcpcs] if hidden else codes))

    def set_usual(self, drug: Drug, usual: Usual | None) -> None:
        """Keep how a drug is usually given, or nothing more of it. Raises ValueError or JournalError."""
        wanted = key_of(drug).casefold()
        others = [one for one in self._usuals() if one.drug.casefold() != wanted]
        self._settings.set(USUAL, write_usuals([*others, usual] if usual else others))

    def save_own(self, own: OwnDrug, instead_of: str = "") -> None:
        """Keep a drug of the suite's own, in place of one of that name. Raises ValueError or JournalError."""
        known = {drug.name.casefold() for drug in self._table.all()}
        if own.name.casefold() in known:
            raise ValueError(f"The drug table has {own.name} already; choose it there.")
        before = self.own()
        others = [one for one in before if one.name.casefold() != instead_of.casefold()]
        at = next((at for at, one in enumerate(before) if one not in others), len(others))
        self._settings.set(OWN, write_own([*others[:at], own, *others[at:]]))
        usual = self.usual(_drug_of(OwnDrug(instead_of, own.category))) if instead_of else None
        if usual is not None and instead_of != own.name:
            self.set_usual(_drug_of(OwnDrug(instead_of, own.category)), replace(usual, drug=own.name))

    def delete_own(self, name: str) -> None:
        """Delete one of the suite's own, with its usual order. Raises ValueError or JournalError."""
        gone = [own for own in self.own() if own.name == name]
        for own in gone:
            if self.usual(_drug_of(own)) is not None:
                self.set_usual(_drug_of(own), None)
        self._settings.set(OWN, write_own(own for own in self.own() if own not in gone))

    def said_of(self, drug: Drug) -> tuple[str, ...]:
        """Return what the suite says of a drug, in words."""
        usual = self.usual(drug)
        return (
            *(("own",) if self.is_own(drug) else ()),
            *(("hidden",) if self.is_hidden(drug) else ()),
            *(("usual order",) if usual else ()),
        )

    def is_own(self, drug: Drug) -> bool:
        """Return whether a drug is the suite's own."""
        return not drug.hcpcs and self.own_named(drug.name) is not None

    def _hidden(self) -> tuple[str, ...]:
        return tuple(self._settings.get(HIDDEN).split())

    def _usuals(self) -> tuple[Usual, ...]:
        return read_usuals(self._settings.get(USUAL))


def key_of(drug: Drug) -> str:
    """Return what a usual order is kept under: the drug's code, or its name where it has none."""
    return drug.hcpcs or drug.name


def _drug_of(own: OwnDrug) -> BookDrug:
    return BookDrug(own.name, "", "", None, own.unit, own.category)
