"""What is billed in a FHIR file, as ChargeItem, and who answers for it, as Provenance.

A line is one ChargeItem for ever. A correction says it once more, under its first id, as entered in
error; what takes its place has ids of its own, and the Provenance says what they revise.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain

from desktop_app.coding.clock_findings import clock_note
from desktop_app.core.events import SignedLine
from desktop_app.core.moments import local_date
from desktop_app.core.people import Provider
from desktop_app.exchange.fhir_codes import NDC, diagnosis, ndc_quantity, procedure
from desktop_app.exchange.fhir_given import told_as
from desktop_app.exchange.fhir_text import (
    OWN,
    TERMS,
    Resource,
    address_of,
    coded,
    coding,
    extension,
    id_of,
    money,
    own,
    quantity,
)
from desktop_app.exchange.fhir_visit import Visit
from desktop_app.exchange.rows import Action, Row, pointers, taken_back

AGAIN = {"system": f"{OWN}sending", "code": "sent-before"}
"""Marks what goes out once more because somebody asked."""
TEST = {"system": f"{TERMS}v3-ActReason", "code": "HTEST"}
"""Marks what is to be looked at and not to be paid."""
BILLABLE, IN_ERROR = "billable", "entered-in-error"
DRUG = "drug"
_ACTIVITIES = {Action.NEW: "CREATE", Action.REPLACE: "UPDATE", Action.VOID: "NULLIFY"}


def rows_told(rows: Sequence[Row]) -> tuple[Row, ...]:
    """Return every row that is told: first the lines that are taken back for those that replace them."""
    return (*taken_back(rows[0]), *rows)


def status_of(row: Row) -> str:
    """Return what a line is to the receiver now."""
    return IN_ERROR if row.action is Action.VOID else BILLABLE


def charges(visit: Visit) -> Iterator[Resource]:
    """Yield each line, taken back or billed."""
    for row in rows_told(visit.rows):
        yield _charge(visit, row)


def tags(visit: Visit, *, again: bool) -> Resource:
    """Return the marks of a resource that is billed."""
    marks = ((AGAIN, again), (TEST, visit.practice.test_claims))
    return {"tag": [mark for mark, holds in marks if holds]}


def _charge(visit: Visit, row: Row) -> Resource:
    line, known = row.line, visit.known
    cents = visit.practice.charges.cents(line.code, line.date)
    services = visit.services_of(line)
    pointed = (known.diagnoses[place - 1] for place in pointers(row) if place <= len(known.diagnoses))
    return {
        "resourceType": "ChargeItem",
        "id": id_of("ChargeItem", line.id),
        "meta": tags(visit, again=row.sent_before),
        "extension": [*_minutes(line), *_quantity_of_ndc(line)],
        "identifier": [own("line", line.id)],
        "status": status_of(row),
        "code": procedure(line.code, line.modifiers),
        "subject": visit.patient,
        "context": visit.encounter_of(line),
        **_occurred(visit, line),
        "performer": [
            *_performer(visit, known.ordering, "ordering"),
            *_performer(visit, known.rendering, "rendering"),
        ],
        "performingOrganization": visit.organization,
        "quantity": {"value": line.units},
        "priceOverride": money(cents * line.units) if cents is not None else {},
        "enterer": {"display": row.signature.at.by},
        "enteredDate": visit.at(row.signature.at.at_us),
        "reason": list(map(diagnosis, pointed)),
        "service": [told_as(visit, service) for service in services],
        "productCodeableConcept": _product(line),
        "account": [visit.account],
        "note": _notes(visit, row),
    }


def _occurred(visit: Visit, line: SignedLine) -> Resource:
    """Return from when to when; only the day where that is not known or would tell another day."""
    zone = visit.session.zone
    if line.start_us is None or local_date(line.start_us, zone) != line.date:
        return {"occurrenceDateTime": line.date.isoformat()}
    start = visit.at(line.start_us)
    if line.stop_us is None:
        return {"occurrenceDateTime": start}
    return {"occurrencePeriod": {"start": start, "end": visit.at(line.stop_us)}}


def _performer(visit: Visit, who: Provider | None, role: str) -> list[Resource]:
    return [{"function": coded("", "", role), "actor": visit.provider(who)}] if who else []


def _product(line: SignedLine) -> Resource:
    told = "; ".join(line.drugs) if line.kind == DRUG else ""
    return {"coding": [coding(NDC, line.ndc)], "text": told}


def _minutes(line: SignedLine) -> list[Resource]:
    if line.minutes is None:
        return []
    return [extension("minutes", valueDuration=quantity(line.minutes, "min", "min"))]


def _quantity_of_ndc(line: SignedLine) -> list[Resource]:
    said = ndc_quantity(line.ndc_quantity, line.ndc_unit)
    return [extension("ndc-quantity", valueQuantity=said)] if said else []


def _notes(visit: Visit, row: Row) -> list[Resource]:
    """Return why the line is billed so, by which rules, and what the clock did while it was timed."""
    line, at = row.line, row.signature.at
    rules = f"Rules: {', '.join(line.rules)}" if line.rules else ""
    signed = {"authorString": at.by, "time": visit.at(at.at_us)}
    moved = clock_note(visit.session)
    clock = f"Clock: {moved}" if moved else ""
    return [{**signed, "text": text} for text in (line.why, rules, clock) if text]


def provenance(visit: Visit, targets: Sequence[Resource]) -> Resource:
    """Return who signed what is told of a session, when, and on what it stands."""
    signed, action = visit.signature.at, visit.rows[0].action
    reopened = visit.session.reopened[-1:] if visit.is_correction else ()
    return {
        **visit.ours("Provenance", str(visit.signature.version)),
        "target": [_referring(target) for target in targets],
        "recorded": visit.at(signed.at_us),
        "reason": [coded("", "", note.text) for note in reopened],
        "activity": coded(f"{TERMS}v3-DataOperation", _ACTIVITIES[action]),
        "agent": [
            {
                "type": coded(f"{TERMS}provenance-participant-type", "attester"),
                "who": {"display": signed.by or "not known"},
                "onBehalfOf": visit.organization,
            }
        ],
        "entity": [*_stands_on(visit), *_revises(visit)],
    }


def _referring(resource: Resource) -> Resource:
    return {"reference": address_of(str(resource["id"])), "type": resource["resourceType"]}


def _stands_on(visit: Visit) -> Iterator[Resource]:
    signature = visit.signature
    for name, value in (
        ("journal-head", signature.head),
        ("rulebook", signature.rulebook),
        ("profile", signature.profile),
        ("signed-version", f"{visit.session.id}.{signature.version}"),
    ):
        if value:
            yield {"role": "source", "what": {"identifier": own(name, value)}}


def _revises(visit: Visit) -> Iterator[Resource]:
    role = "removal" if visit.rows[0].action is Action.VOID else "revision"
    named = dict.fromkeys(chain.from_iterable(row.replaces for row in visit.rows))
    for name in named:
        what = {"reference": address_of(id_of("ChargeItem", name)), "type": "ChargeItem"}
        yield {"role": role, "what": {**what, "identifier": own("line", name)}}
