"""Deciding who a patient is: what a seating needs, and telling MRN and initials anew.

A session begun by initials alone gets its MRN later; a wrong wristband is put right with a reason.
The first ones stay in the record, as every first value does.
"""

from __future__ import annotations

from desktop_app.core import events as e
from desktop_app.core.bounds import sealed, taken_back
from desktop_app.core.decisions import Decision, Refusal, When
from desktop_app.core.recordable import line_fault, unheld, unheld_line
from desktop_app.core.session import Session

LONGEST_NAME = 200


def unnamed(mrn: str, initials: str) -> Refusal | None:
    """Refuse an MRN and initials that no record can hold, or that name nobody."""
    for name, text in (("MRN", mrn), ("initials", initials)):
        if refusal := unheld(line_fault(f"the {name}", text, longest=LONGEST_NAME)):
            return refusal
    if not mrn.strip() and not initials.strip():
        return Refusal("a patient needs an MRN or initials")
    return None


def identify_patient(session: Session, when: When, *, mrn: str, initials: str, reason: str = "") -> Decision:
    """Decide to tell anew who a session's patient is.

    What was missing may be filled in at any time; another MRN in place of one needs its reason, and a
    signed session to be opened again: its lines may have gone out under the first.
    """
    mrn, initials, reason = mrn.strip(), initials.strip(), reason.strip()
    if refusal := taken_back(session) or unnamed(mrn, initials) or unheld_line("the reason", reason):
        return refusal
    if (mrn, initials) == (session.mrn, session.initials):
        return Refusal("that is who the patient is already")
    if session.mrn and mrn != session.mrn:
        if refusal := sealed(session):
            return refusal
        if not reason:
            return Refusal("another MRN needs its reason")
    return (e.PatientIdentified(at_us=when.at_us, how=when.how, mrn=mrn, initials=initials, reason=reason),)
