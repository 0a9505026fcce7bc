"""One session on its way into a FHIR file: what all its resources ask of it."""

from __future__ import annotations

from collections.abc import Sequence

from desktop_app.core.events import SignedLine
from desktop_app.core.moments import Moment
from desktop_app.core.people import Address, Provider, Registration
from desktop_app.core.service import Service
from desktop_app.core.session import Session, Signature
from desktop_app.core.values import dataclass
from desktop_app.exchange.claims import place_of
from desktop_app.exchange.fhir_text import Resource, id_of, moment, reference
from desktop_app.exchange.rows import Action, Row
from desktop_app.exchange.sending import Practice, Sending

SHARED = frozenset({"Organization", "Practitioner", "Location"})
"""The kinds of resources that sessions can have in common."""
_FIRST_ENCOUNTER = "1"


@dataclass(frozen=True, slots=True)
class Visit:
    """The rows of one session, and the batch they go out in."""

    rows: Sequence[Row]
    sending: Sending

    @property
    def session(self) -> Session:
        """The session as it stands."""
        return self.rows[0].session

    @property
    def signature(self) -> Signature:
        """Under which signature the rows go out: for lines taken back the one that left none."""
        return self.session.signature or self.rows[0].signature

    @property
    def known(self) -> Registration:
        """What billing knows of the patient."""
        return self.session.registration

    @property
    def practice(self) -> Practice:
        """Who bills."""
        return self.sending.practice

    @property
    def is_correction(self) -> bool:
        """Whether anything that went out before is taken back or replaced."""
        return self.rows[0].action is not Action.NEW

    @property
    def services(self) -> tuple[Service, ...]:
        """What was given; a correction says too what turned out not to have been."""
        begun = (service for service in self.session.services if service.start is not None)
        return tuple(service for service in begun if self.is_correction or not service.void_reason)

    @property
    def encounters(self) -> tuple[str, ...]:
        """The encounters of the session by their names: normally one."""
        named = dict.fromkeys(service.order.encounter for service in self.services)
        return tuple(named) or (_FIRST_ENCOUNTER,)

    @property
    def place_of_service(self) -> str:
        """Where it was, in two digits; empty where nobody said."""
        return place_of(self.session, self.signature)

    def at(self, at_us: int) -> str:
        """Return an instant as the wall of the place showed it."""
        return moment(at_us, self.session.zone)

    def period(self, since: Moment, until: Moment | None) -> Resource:
        """Return from when to when; without an end it goes on."""
        return {"start": self.at(since.at_us), "end": self.at(until.at_us) if until else ""}

    def ours(self, kind: str, *of: str) -> Resource:
        """Return the beginning of a resource that is this session's own."""
        return {"resourceType": kind, "id": id_of(kind, self.session.id, *of)}

    def refer(self, kind: str, *of: str) -> Resource:
        """Return a reference to a resource that is this session's own."""
        return reference(kind, self.session.id, *of)

    def shared(self, kind: str, *of: str) -> Resource:
        """Return the beginning of a resource that the sessions of the practice share."""
        return {"resourceType": kind, "id": id_of(kind, *self._practice, *of)}

    def refer_shared(self, kind: str, *of: str) -> Resource:
        """Return a reference to a resource that the sessions of the practice share."""
        return reference(kind, *self._practice, *of)

    @property
    def patient(self) -> Resource:
        """A reference to the patient."""
        return self.refer("Patient")

    def encounter(self, name: str) -> Resource:
        """Return a reference to an encounter; to the first one where the name is none of the session's."""
        return self.refer("Encounter", name if name in self.encounters else self.encounters[0])

    def services_of(self, line: SignedLine) -> tuple[Service, ...]:
        """Return the services a line is made of, as far as they are told."""
        return tuple(service for service in self.services if service.id in line.services)

    def encounter_of(self, line: SignedLine) -> Resource:
        """Return a reference to the encounter of a line: that of its first service."""
        first = next(iter(self.services_of(line)), None)
        return self.encounter(first.order.encounter if first else "")

    @property
    def place(self) -> Resource:
        """A reference to where the patient sat."""
        return self.refer_shared("Location", self.session.chair, self.place_of_service)

    @property
    def account(self) -> Resource:
        """The visit's number in the registration system; nothing where there is none."""
        number = self.known.account
        return {"type": "Account", "identifier": {"value": number}} if number else {}

    @property
    def organization(self) -> Resource:
        """A reference to the practice; nothing where it is not known."""
        return reference("Organization", *of_practice(self.practice)) if of_practice(self.practice) else {}

    def provider(self, who: Provider | None) -> Resource:
        """Return a reference to a provider; nothing for none."""
        return self.refer_shared("Practitioner", *of_provider(who)) if who else {}

    @property
    def _practice(self) -> tuple[str, ...]:
        """What sets its things apart from another's; a session's own where the practice is not known."""
        return of_practice(self.practice) or (self.session.id,)


def of_practice(practice: Practice) -> tuple[str, ...]:
    """Return what makes the practice the one it is; nothing where it has neither a name nor a number."""
    return (practice.name, practice.npi, practice.tax_id) if practice.name or practice.npi else ()


def of_provider(who: Provider) -> tuple[str, ...]:
    """Return what makes a provider the one they are."""
    return who.npi, who.family, who.given


def address(where: Address | None) -> Resource:
    """Return a postal address; nothing for none."""
    if where is None:
        return {}
    zip_code = "-".join(filter(None, (where.zip_code[:5], where.zip_code[5:])))
    return {
        "line": [where.street],
        "city": where.city,
        "state": where.state,
        "postalCode": zip_code,
        "country": "US",
    }
