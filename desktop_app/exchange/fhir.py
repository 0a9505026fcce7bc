"""Charges as FHIR R4 (4.0.1): one Bundle of the type collection, a session after the other.

::

    Organization                                who bills, once
    Patient Practitioner Coverage               a session
      Location Encounter Condition
      MedicationAdministration Procedure        what was given and done
      ChargeItem                                a line
      Claim                                     where a payer was entered
      Provenance                                who signed it

A session's resources stand together and begin with its patient. Those that are the same for many
(a provider, a payer, a chair) are said once, where they first occur.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from desktop_app.core.events import BatchFile
from desktop_app.exchange.fhir_care import care
from desktop_app.exchange.fhir_charges import AGAIN, TEST, charges, provenance
from desktop_app.exchange.fhir_checks import Expected, looks_at_file
from desktop_app.exchange.fhir_claims import claims
from desktop_app.exchange.fhir_given import given
from desktop_app.exchange.fhir_people import people
from desktop_app.exchange.fhir_text import Resource, address_of, id_of, own, written
from desktop_app.exchange.fhir_visit import SHARED, Visit, of_practice
from desktop_app.exchange.place import Place
from desktop_app.exchange.read_back import looking_through
from desktop_app.exchange.rows import Row
from desktop_app.exchange.sending import Format, Practice, Sending
from desktop_app.exchange.steps import Closing, at_once

FILE_NAME = "charges.fhir.json"


class FhirWriter:
    """Writes the beginning of the bundle at once and each session's resources as they come."""

    def __init__(self, place: Place, sending: Sending) -> None:
        self._sending = sending
        self._path = place.folder / FILE_NAME
        self._out = place.create(FILE_NAME)
        self._again = False
        self._said: set[str] = set()
        """The ids of what was said and is not said again."""
        self._expected = Expected()
        self._entries = 0
        head = written(
            {
                "resourceType": "Bundle",
                "id": id_of("Bundle", sending.batch),
                "identifier": own("batch", sending.name),
                "type": "collection",
                "timestamp": sending.made_at.isoformat(),
            }
        )
        self._out.write(f'{head[:-1]},"entry":['.encode())

    def add(self, rows: Sequence[Row]) -> None:
        """Write the resources of one session. Raises OSError and CannotBeSent."""
        visit = Visit(rows, self._sending)
        told = [one for one in resources(visit) if one["id"] not in self._said]
        begin = ",\n" if self._expected.sessions else "\n"
        self._out.write((begin + ",\n".join(map(_entry, told))).encode())
        self._said.update(str(one["id"]) for one in told if one["resourceType"] in SHARED)
        self._entries += len(told)
        self._expected.add(visit)
        self._again = self._again or any(row.sent_before for row in rows)

    def close(self) -> tuple[BatchFile, ...]:
        """Write the end, read the file back and check it. Raises OSError and CannotBeSent."""
        return at_once(self.closing())

    def closing(self) -> Closing:
        """Do what ``close`` does, a resource at a time."""
        # Whether anything was sent before is known now; the order of a bundle's elements is free.
        marks = ((AGAIN, self._again), (TEST, self._sending.practice.test_claims))
        meta = written({"tag": [mark for mark, holds in marks if holds]})
        self._out.write((f'],\n"meta":{meta}}}\n' if meta else "]}\n").encode())
        file = self._out.finish(self._expected.lines)
        yield from looking_through(FILE_NAME, looks_at_file(self._path, self._expected), self._entries)
        return (file,)


def resources(visit: Visit) -> Iterator[Resource]:
    """Yield everything that is told of one session."""
    yield from people(visit)
    yield from care(visit)
    signed = [*given(visit), *charges(visit), *claims(visit)]
    yield from signed
    yield provenance(visit, signed)


def lacks(rows: Sequence[Row], practice: Practice) -> str:
    """Return what is missing for a session to be told, as the end of a sentence, or nothing."""
    if practice.charges.fault:
        return f"cannot go out as FHIR yet: {practice.charges.fault}"
    if rows[0].session.registration.has_payer and not of_practice(practice):
        return "has a payer and cannot be claimed yet: in the settings the name of the practice is missing"
    return ""


def _entry(resource: Resource) -> str:
    return f'{{"fullUrl":"{address_of(str(resource["id"]))}","resource":{written(resource)}}}'


FHIR = Format(
    title="FHIR bundle",
    about="FHIR R4 resources in one bundle: what was given, charges, claims where there is a payer.",
    begin=FhirWriter,
    lacks=lacks,
)
