"""What a scan of a vial or a bag says: which product, which lot, until when it is good.

A barcode holds an NDC's ten digits without their hyphens. Where nothing says which of its readings
is meant, the vial stays without an NDC until a person has looked at the label.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from desktop_app.coding.ndc import AmbiguousNdc, NdcFault, read_elements, resolve, ten_of_scan
from desktop_app.core.orders import Container, Dose, Order
from desktop_app.core.suite import Suite
from desktop_app.core.values import dataclass
from desktop_app.ui.ports import Drug, Products

_BARCODE_PREFIXES = ("]d2", "]C1", "]Q3")
_FIRST = ("01", "17", "10", "21")
_LONGEST_NUMBER = 14
_HYPHENED = re.compile(r"[0-9]{4,5}-[0-9]{3,4}-[0-9]{1,2}")
_NUMBER = re.compile(r"[0-9]{12,14}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Vial:
    """A vial or a bag as its barcode tells it; what it does not tell is empty."""

    ndc: str = ""
    """Eleven digits; empty while it is not known which of ``candidates`` is meant."""
    candidates: tuple[str, ...] = ()
    ten: str = ""
    """The ten digits the candidates stand for."""
    lot: str = ""
    expiry: date | None = None
    serial: str = ""
    """What tells one vial of a product from another, where its barcode says it."""
    containers: tuple[Container, ...] = ()
    """How many there were, where it is known how much one holds."""

    def is_like(self, other: Vial) -> bool:
        """Return whether both are of one product, as far as it is known which they are."""
        if self.ndc and other.ndc:
            return self.ndc == other.ndc
        return bool(self.ten) and self.ten == other.ten

    def chosen(self, ndc: str) -> Vial:
        """Return the vial with the NDC a person read off its label."""
        return replace(self, ndc=ndc, candidates=())

    def into(self, dose: Dose | None) -> Dose:
        """Return a dose that was taken from this vial."""
        expiry = self.expiry.isoformat() if self.expiry else ""
        made = replace(dose or Dose(), ndc=self.ndc, lot=self.lot, expiry=expiry)
        return replace(made, containers=self.containers) if self.containers else made


def is_elements(text: str) -> bool:
    """Return whether a text is a whole barcode of a vial, which no wristband has."""
    if text.startswith(_BARCODE_PREFIXES):
        return True
    if len(text) <= _LONGEST_NUMBER or not text.startswith(_FIRST):
        return False
    try:
        return bool(read_elements(text).gtin)
    except NdcFault:
        return False


def is_vial(text: str) -> bool:
    """Return whether a text may be a vial's: a barcode, a printed NDC, or a drug's product number."""
    written = text.strip()
    if is_elements(written) or _HYPHENED.fullmatch(written):
        return True
    return bool(_NUMBER.fullmatch(written)) and ten_of_scan(written) != ""


def lot_of(text: str) -> str:
    """Return the lot that a barcode says; a lot that was typed is itself."""
    typed = text.strip(" \r\n")
    return read_elements(typed).lot or typed if is_elements(typed) else typed


def read_vial(text: str, products: Products, suite: Suite) -> Vial:
    """Return what a scan says. Raises NdcFault, one sentence, for a barcode that is no drug's."""
    written = text.strip(" \r\n")
    elements = read_elements(written) if is_elements(written) else None
    vial = Vial()
    if elements is not None:
        vial = Vial(lot=elements.lot, expiry=elements.expiry, serial=elements.serial)
    try:
        return replace(vial, ndc=products.resolve(written))
    except AmbiguousNdc as which:
        given = [ndc for ndc in which.candidates if given_before(suite, ndc) is not None]
        if len(given) == 1:
            return replace(vial, ndc=given[0])
        return replace(vial, candidates=which.candidates, ten=ten_of_scan(written) or written)


def given_before(suite: Suite, ndc: str) -> Order | None:
    """Return what was last given in this suite from a vial of an NDC."""
    sessions = reversed(list(suite.sessions.values()))
    orders = (s.order for session in sessions for s in reversed(session.services) if not s.void_reason)
    return next((order for order in orders if order.dose and _eleven(order.dose.ndc) == ndc), None)


def size_of(vial: Vial, suite: Suite) -> Container | None:
    """Return one vial of a product as it was recorded here before: how much it holds, for one or several."""
    before = given_before(suite, vial.ndc) if vial.ndc else None
    holders = before.dose.containers if before and before.dose else ()
    return replace(holders[0], count=1) if len(holders) == 1 else None


def is_from(order: Order, vial: Vial, drug: Drug | None) -> bool:
    """Return whether what was ordered is what a vial holds: by its NDC, its drug code, or its name."""
    ndc = _eleven(order.dose.ndc) if order.dose else ""
    if ndc and ndc in {vial.ndc, *vial.candidates}:
        return True
    if drug is None:
        return False
    code = order.dose.hcpcs if order.dose else ""
    return code == drug.hcpcs if code else order.drug.casefold() == drug.name.casefold()


def drug_of(vial: Vial, drugs: Iterable[Drug], products: Products, suite: Suite) -> Drug | None:
    """Return the one drug a vial holds: by the imported crosswalk, else as it was given before."""
    if not vial.ndc:
        return None
    before = given_before(suite, vial.ndc)
    said = products.codes_of(vial.ndc) or ((before.dose.hcpcs,) if before and before.dose else ())
    found = [drug for drug in drugs if drug.hcpcs and drug.hcpcs in said]
    return found[0] if len(found) == 1 else None


def _eleven(ndc: str) -> str:
    try:
        return resolve(ndc) if ndc else ""
    except NdcFault:
        return ""
