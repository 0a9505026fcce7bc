"""What a search or a scan means: a patient on the board, a chair, a drug, or someone new."""

from __future__ import annotations

from enum import StrEnum

from desktop_app.core.suite import Suite
from desktop_app.core.values import dataclass
from desktop_app.ui.drug_search import find_drugs
from desktop_app.ui.ports import Drugs
from desktop_app.ui.vials import is_vial

FEWEST_DIGITS = 3
FEWEST_LETTERS = 3


class Meant(StrEnum):
    """What was found."""

    CHAIR = "chair"
    DRUG = "drug"
    VIAL = "vial"
    NEW_PATIENT = "new-patient"


@dataclass(frozen=True, slots=True)
class Found:
    """The answer to a search: the chair to show, the drug's letters, a vial's barcode, or a new MRN."""

    meant: Meant
    text: str


def find(suite: Suite, drugs: Drugs, text: str, *, scanned: bool) -> Found | None:
    """Return what was meant; None when nothing fits. Only a scan or an MRN can be someone new."""
    wanted = text.strip()
    if (chair := _chair_of_patient(suite, wanted)) is not None:
        return Found(Meant.CHAIR, chair)
    if scanned and is_vial(wanted):
        return Found(Meant.VIAL, wanted)
    label = wanted.casefold().removeprefix("chair").strip()
    named = next((chair for chair in suite.chairs if chair.casefold() == label), None)
    if named is not None:
        return Found(Meant.CHAIR, named)
    if len(wanted) >= FEWEST_LETTERS and not wanted.isdigit() and find_drugs(drugs.all(), wanted):
        return Found(Meant.DRUG, wanted)
    is_mrn = any(letter.isdigit() for letter in wanted) and len(wanted) > FEWEST_DIGITS
    return Found(Meant.NEW_PATIENT, wanted) if scanned or is_mrn else None


def _chair_of_patient(suite: Suite, wanted: str) -> str | None:
    shown = [(chair, suite.shown_in(chair)) for chair in suite.chairs]
    here = [(chair, session) for chair, session in shown if session is not None]
    exact = [chair for chair, session in here if session.mrn and session.mrn.casefold() == wanted.casefold()]
    if exact:
        return exact[0]
    ends = [chair for chair, s in here if len(wanted) >= FEWEST_DIGITS and s.mrn.endswith(wanted)]
    return ends[0] if len(ends) == 1 else None
