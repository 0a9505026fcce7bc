"""What a search or a scan means: a patient on the board, a chair, a drug, or someone new."""

from __future__ import annotations

from enum import StrEnum

from desktop_app.core.session import sessions_by_age
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
    LEFT = "left"
    NEW_PATIENT = "new-patient"


@dataclass(frozen=True, slots=True)
class Found:
    """The answer to a search: a chair, a drug's letters, a vial's barcode, a session of before, a new MRN."""

    meant: Meant
    text: str
    ending: str = ""
    """The last digits by which a patient was found; empty where the MRN is whole."""
    is_scan: bool = False
    """Whether somebody new was scanned: a wristband is at the chair then, an MRN is typed anywhere."""


def find(suite: Suite, drugs: Drugs, text: str, *, scanned: bool) -> Found | None:
    """Return what was meant; None when nothing fits. Only a scan or an MRN can be someone new."""
    wanted = text.strip()
    if (chair := _chair_of_mrn(suite, wanted)) is not None:
        return Found(Meant.CHAIR, chair)
    # A wristband tells its whole number: another's that only ends like it is another's.
    if not scanned and (chair := _chair_by_ending(suite, wanted)) is not None:
        return Found(Meant.CHAIR, chair, wanted)
    if scanned and is_vial(wanted):
        return Found(Meant.VIAL, wanted)
    label = wanted.casefold().removeprefix("chair").strip()
    named = next((chair for chair in suite.chairs if chair.casefold() == label), None)
    if named is not None:
        return Found(Meant.CHAIR, named)
    if len(wanted) >= FEWEST_LETTERS and not wanted.isdigit() and find_drugs(drugs.all(), wanted):
        return Found(Meant.DRUG, wanted)
    return _not_here(suite, wanted, scanned=scanned)


def _not_here(suite: Suite, wanted: str, *, scanned: bool) -> Found | None:
    if not scanned and (session := _left_by_ending(suite, wanted)):
        return Found(Meant.LEFT, session, wanted)
    is_mrn = any(letter.isdigit() for letter in wanted) and len(wanted) > FEWEST_DIGITS
    return Found(Meant.NEW_PATIENT, wanted, is_scan=scanned) if scanned or is_mrn else None


def _chair_of_mrn(suite: Suite, wanted: str) -> str | None:
    return next((chair for chair, mrn in _here(suite) if mrn and mrn == wanted.casefold()), None)


def _chair_by_ending(suite: Suite, wanted: str) -> str | None:
    """Return the chair of the only patient whose MRN ends so."""
    ends = [chair for chair, mrn in _here(suite) if mrn.endswith(wanted.casefold())]
    return ends[0] if len(ends) == 1 and len(wanted) >= FEWEST_DIGITS else None


def _left_by_ending(suite: Suite, wanted: str) -> str:
    """Return the last session of a patient who has left, whose MRN ends so and is longer; else nothing.

    The end of a number is no number to seat somebody under. A whole one is: the patient may be back.
    """
    if len(wanted) < FEWEST_DIGITS:
        return ""
    ending = wanted.casefold()
    left = (one for one in suite.sessions.values() if one.mrn.casefold().endswith(ending))
    found = [session for session in sessions_by_age(left) if session.mrn.casefold() != ending]
    return found[-1].id if found else ""


def _here(suite: Suite) -> list[tuple[str, str]]:
    """Return every chair that shows a patient, with the MRN."""
    shown = ((chair, suite.shown_in(chair)) for chair in suite.chairs)
    return [(chair, session.mrn.casefold()) for chair, session in shown if session is not None]
