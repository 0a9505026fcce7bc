"""Patient, visit, diagnoses and insurance as segments: PID, PV1, DG1, IN1."""

from __future__ import annotations

from collections.abc import Iterator

from desktop_app.core.moments import Moment, local_time
from desktop_app.core.orders import Setting
from desktop_app.core.people import Address, Insured, Provider, Registration, Relation, Sex
from desktop_app.core.session import Session
from desktop_app.exchange.hl7_text import (
    LONGEST_WORD,
    NOTHING,
    Er7,
    below,
    day,
    moment,
    number,
    parts,
    segment,
    text,
)

SENDER = Er7("Chairtime")
ICD_10 = Er7("I10")
OUTPATIENT = Er7("O")
NPI_AUTHORITY = below(Er7("NPI"), Er7("2.16.840.1.113883.4.6"), Er7("ISO"))
"""Who gives NPIs out, by its registered object identifier."""
LEGAL_NAME, NO_NAME = Er7("L"), Er7("U")
UNSPECIFIED = parts(NOTHING, NOTHING, NOTHING, NOTHING, Er7("U"))
"""An identifier nobody said, where the standard asks for one."""
INSURED_IS = {
    Relation.SELF: Er7("SEL"),
    Relation.SPOUSE: Er7("SPO"),
    Relation.CHILD: Er7("PAR"),
    Relation.OTHER: Er7("OTH"),
}
"""What the insured person is to the patient, which IN1-17 asks: a child's insured person is the parent."""
PATIENT_IS = INSURED_IS | {Relation.CHILD: Er7("CHD")}
"""What the patient is to the insured person, which IN2-72 asks."""
_DOT_AFTER = 3


def patient(session: Session) -> str:
    """Return who was treated; the number is all that is always known."""
    known = session.registration
    return segment(
        "PID",
        {
            1: number(1),
            3: identifier("MRN", session.mrn, Er7("MR")),
            5: person_name(known.family, known.given),
            7: day(known.birth_date) if known.birth_date else NOTHING,
            8: Er7((known.sex or Sex.UNKNOWN).value),
            11: address(known.address),
            18: identifier("visit number", known.account, Er7("AN")),
        },
    )


def visit(session: Session, setting: Setting) -> str:
    """Return where, under whom and when; the session's own id stands beside the visit's number."""
    known = session.registration
    answers = (known.ordering, known.rendering)
    attending = next(filter(None, answers if setting is Setting.FACILITY else reversed(answers)), None)
    place = [NOTHING] * 8
    return segment(
        "PV1",
        {
            1: number(1),
            2: OUTPATIENT,
            3: parts(*place, text("chair", session.chair)),
            7: provider("attending provider", attending),
            19: identifier("visit number", known.account, Er7("VN")),
            44: at(session.seated, session.zone),
            45: at(session.ended, session.zone) if session.ended else NOTHING,
            50: parts(text("session id", session.id), NOTHING, NOTHING, SENDER, Er7("VN")),
        },
    )


def diagnoses(known: Registration) -> Iterator[str]:
    """Yield the session's diagnoses, the principal one first."""
    for place, code in enumerate(known.diagnoses, start=1):
        yield segment("DG1", {1: number(place), 3: diagnosis(code), 6: Er7("F"), 15: number(place)})


def insurance(known: Registration) -> Iterator[str]:
    """Yield who pays, where anything of it is known."""
    if not known.has_payer:
        return
    payer, payer_id = text("payer", known.payer), text("payer id", known.payer_id)
    other = known.insured if known.insured and known.insured.relation is not Relation.SELF else None
    whose = other or Insured(
        relation=Relation.SELF,
        family=known.family,
        given=known.given,
        birth_date=known.birth_date,
        sex=known.sex,
    )
    yield segment(
        "IN1",
        {
            1: number(1),
            2: parts(payer_id, payer or (NOTHING if payer_id else Er7("not known"))),
            3: payer_id or UNSPECIFIED,
            4: payer,
            8: text("group number", known.group),
            14: text("authorisation", known.authorisation),
            15: text("claim filing code", known.filing, LONGEST_WORD),
            16: person_name(whose.family, whose.given),
            17: INSURED_IS[whose.relation],
            18: day(whose.birth_date) if whose.birth_date else NOTHING,
            36: text("member id", known.member_id),
            43: Er7(whose.sex.value) if whose.sex else NOTHING,
        },
    )
    if other:
        yield segment("IN2", {72: PATIENT_IS[other.relation]})


def identifier(what: str, value: str, kind: Er7) -> Er7:
    """Return an identifier with its kind; nothing for none."""
    return parts(text(what, value), NOTHING, NOTHING, NOTHING, kind) if value else NOTHING


def person_name(family: str, given: str) -> Er7:
    """Return a name; where nobody said one, the standard's word for that."""
    kind = LEGAL_NAME if family or given else NO_NAME
    said = text("last name", family), text("first name", given)
    return parts(*said, NOTHING, NOTHING, NOTHING, NOTHING, kind)


def provider(role: str, who: Provider | None) -> Er7:
    """Return a provider with the NPI, as far as known."""
    if who is None:
        return NOTHING
    named = text(f"last name of the {role}", who.family), text(f"first name of the {role}", who.given)
    npi = text(f"NPI of the {role}", who.npi)
    nothing = [NOTHING] * 5
    kind = (NPI_AUTHORITY, LEGAL_NAME, NOTHING, NOTHING, Er7("NPI")) if npi else (NOTHING, LEGAL_NAME)
    return parts(npi, *named, *nothing, *kind)


def address(where: Address | None) -> Er7:
    """Return a postal address; nothing for none."""
    if where is None:
        return NOTHING
    zip_code = "-".join(filter(None, (where.zip_code[:5], where.zip_code[5:])))
    said = text("street", where.street), NOTHING, text("city", where.city), text("state", where.state)
    return parts(*said, text("ZIP code", zip_code), Er7("USA"))


def diagnosis(code: str) -> Er7:
    """Return a diagnosis with its dot: ``K50.90``."""
    dotted = ".".join(filter(None, (code[:_DOT_AFTER], code[_DOT_AFTER:])))
    return parts(text("diagnosis", dotted), NOTHING, ICD_10)


def at(when: Moment, zone: str) -> Er7:
    """Return a moment as the clock on the wall showed it."""
    return moment(local_time(when.at_us, zone))
