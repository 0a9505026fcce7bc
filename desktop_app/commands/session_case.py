"""A session told as the case that ``chairtime code`` answers as the session itself is coded.

A case names no payer: ``code`` takes Medicare's profile of the setting. So whatever a
session's own payer changes is written into its case, as options and as the drugs' categories, and
so is what the imported tables say of its drugs. A code map of the practice's own is not: ``code``
reads it where the data folder is named. Nor does a case say when its session ended: that a stop lies
after the end is told of the session alone.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import date
from typing import Any

from desktop_app.coding.case_out import answer_of, case_of
from desktop_app.coding.drug_products import settled
from desktop_app.coding.drugs import known_unit
from desktop_app.coding.ndc import NdcFault
from desktop_app.coding.one_minute import with_one_minute
from desktop_app.coding.options import OPTION_NAMES
from desktop_app.coding.rulebook import Profile, Rulebook
from desktop_app.coding.sessions import SessionCoder
from desktop_app.coding.visit import Visit, VisitService
from desktop_app.core.session import Session
from desktop_app.rulebook_files import StandardRules

Json = dict[str, Any]


class SessionCases:
    """Tells sessions as cases, and the answers to them."""

    def __init__(self, rules: StandardRules, coder: SessionCoder) -> None:
        self._rules = rules
        self._coder = coder

    def case(self, session: Session) -> Json:
        """Return the session in the case format."""
        visit, profile = self._coder.visit(session), self._coder.profile(session)
        usual = self._rules.profile_for(session.setting)
        return case_of(
            self._with_codes(visit if profile is usual else self._with_payer(visit, profile, usual))
        )

    def answer(self, session: Session) -> Json:
        """Return the coding of what is on record, in the format of the ``code`` command."""
        coder = self._coder
        coding = coder.as_recorded(session)
        return answer_of(
            with_one_minute(coding, coder.visit(session), coder.rulebook, coder.profile(session))
        )

    def _with_codes(self, visit: Visit) -> Visit:
        """Return the visit with what the imported tables say of its drugs, which a case is coded without."""
        rulebook = self._coder.rulebook
        if rulebook.tables.empty and not rulebook.tables.chosen_ndcs:
            return visit
        services = tuple(_settled(service, rulebook, visit.date) for service in visit.services)
        return replace(visit, services=services)

    def _with_payer(self, visit: Visit, profile: Profile, usual: Profile) -> Visit:
        return replace(
            visit,
            options=self._options(visit, profile, usual),
            services=tuple(_classed(service, visit, profile) for service in visit.services),
        )

    def _options(self, visit: Visit, profile: Profile, usual: Profile) -> tuple[tuple[str, str], ...]:
        """Return the visit's own options, and each one that the two payers answer differently."""
        table, day = self._rules.rulebook.options, visit.date
        defaults = {name: table[name].default_on(day).values[visit.setting] for name in OPTION_NAMES}
        wanted = defaults | profile.choices(day)
        unsaid = defaults | usual.choices(day)
        differing = {name: wanted[name] for name in OPTION_NAMES if wanted[name] != unsaid[name]}
        return tuple(sorted((differing | dict(visit.options)).items()))


def _settled(service: VisitService, rulebook: Rulebook, day: date) -> VisitService:
    dose = service.order.dose
    if dose is None:
        return service
    with suppress(NdcFault):
        dose = settled(dose, rulebook.tables, day) if dose.ndc else dose
    unit = known_unit(rulebook, dose, day)
    if unit and dose.unit_amount is None and rulebook.drugs.find(dose.hcpcs, day) is None:
        dose = replace(dose, unit_amount=unit[0], unit=unit[1])
    return replace(service, order=replace(service.order, dose=dose))


def _classed(service: VisitService, visit: Visit, profile: Profile) -> VisitService:
    category = profile.category(service.order, visit.date)
    if category is None:
        return service
    return replace(service, order=replace(service.order, category=category))
