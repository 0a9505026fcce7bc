"""Patients, providers and payers as billing knows them: the facts a claim is made of."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from desktop_app.core.values import dataclass


class Sex(StrEnum):
    """The administrative sex on a claim."""

    FEMALE = "F"
    MALE = "M"
    UNKNOWN = "U"


class Relation(StrEnum):
    """What the patient is to the insured person."""

    SELF = "self"
    SPOUSE = "spouse"
    CHILD = "child"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """A postal address in the United States."""

    street: str = ""
    city: str = ""
    state: str = ""
    """Two capital letters."""
    zip_code: str = ""
    """Five digits, or nine without the hyphen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Provider:
    """A person who ordered or gave care."""

    family: str = ""
    given: str = ""
    npi: str = ""
    """National Provider Identifier: ten digits, the last one a check digit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Insured:
    """The person whose insurance pays, where that is not the patient."""

    relation: Relation
    family: str
    given: str = ""
    birth_date: date | None = None
    sex: Sex | None = None


@dataclass(frozen=True, slots=True)
class Pointer:
    """For which of the session's diagnoses a service was given: their places, counted from 1."""

    service: str
    diagnoses: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Registration:
    """What billing knows of a session's patient, providers, diagnoses and payer; all of it may be missing."""

    family: str = ""
    given: str = ""
    birth_date: date | None = None
    sex: Sex | None = None
    address: Address | None = None
    account: str = ""
    """The visit's number in the registration system, where there is one."""
    ordering: Provider | None = None
    rendering: Provider | None = None
    diagnoses: tuple[str, ...] = ()
    """ICD-10-CM codes, the principal one first, without a dot."""
    pointers: tuple[Pointer, ...] = ()
    """Services that are not for the first diagnosis alone."""
    payer: str = ""
    payer_id: str = ""
    filing: str = ""
    """The X12 claim filing indicator, such as ``MB`` for Medicare Part B or ``CI`` for commercial."""
    member_id: str = ""
    group: str = ""
    authorisation: str = ""
    """The payer's prior authorisation number."""
    insured: Insured | None = None

    @property
    def has_payer(self) -> bool:
        """Whether a claim to a payer is wanted: any of the payer's data was entered."""
        return bool(self.payer or self.payer_id or self.member_id)


NOTHING_KNOWN = Registration()
