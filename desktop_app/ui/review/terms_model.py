"""Under which terms a session is coded, in words, and what another choice comes to."""

from __future__ import annotations

from collections.abc import Collection

from desktop_app.core.orders import Setting
from desktop_app.core.session import Session, Signature
from desktop_app.core.told import SETTING_WORDS
from desktop_app.core.values import dataclass

SETTINGS = ((Setting.PHYSICIAN.value, "Office"), (Setting.FACILITY.value, "Hospital"))
OFFICE = "11"
DEPARTMENTS = frozenset({"19", "22"})
"""Places of service of a hospital's outpatient departments, off its campus and on it (CMS)."""


@dataclass(frozen=True, slots=True)
class Terms:
    """The setting, the place of service, the payer profile and the options of a session."""

    setting: Setting
    place_of_service: str
    profile: str
    options: tuple[tuple[str, str], ...] = ()


def terms_of(session: Session) -> Terms:
    """Return the terms a session is coded under now."""
    return Terms(session.setting, session.place_of_service, session.profile, session.options)


def signed_terms(session: Session, signature: Signature) -> Terms:
    """Return the terms a version was signed under."""
    setting = signature.setting or session.setting
    return Terms(setting, signature.place_of_service, signature.profile)


def in_setting(terms: Terms, setting: Setting, profiles: Collection[str]) -> Terms:
    """Return terms for another setting; a payer profile that is not for it gives way to the usual one."""
    profile = terms.profile if terms.profile in profiles else ""
    return Terms(setting, terms.place_of_service, profile, terms.options)


def terms_words(terms: Terms, payer: str) -> str:
    """Write terms as one phrase: hospital outpatient, place of service 22, Medicare."""
    place = f"place of service {terms.place_of_service}" if terms.place_of_service else ""
    options = ", ".join(f"{name} {value}" for name, value in terms.options)
    parts = (SETTING_WORDS[terms.setting], place, payer, options)
    return ", ".join(part for part in parts if part)


def place_note(terms: Terms) -> str:
    """Say where the place of service is one of the other setting; else nothing."""
    if terms.setting is Setting.FACILITY and terms.place_of_service == OFFICE:
        return "11 is an office; a hospital's outpatient department is 19 or 22."
    if terms.setting is Setting.PHYSICIAN and terms.place_of_service in DEPARTMENTS:
        return f"{terms.place_of_service} is a hospital's outpatient department; an office is 11."
    return ""
