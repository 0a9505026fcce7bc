"""What settles each finding: a table from the finding's name to the flow, or to whoever can settle it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from desktop_app.core.care import change_order
from desktop_app.core.orders import Category
from desktop_app.core.service import Service
from desktop_app.core.session import Session, Stage
from desktop_app.core.values import dataclass
from desktop_app.ui import words
from desktop_app.ui.isolated import CANNOT_BE_CODED
from desktop_app.ui.panel.panel_model import FindingRow
from desktop_app.ui.panel.rows import FindingBlock
from desktop_app.ui.sheets.choose import ChooseSheet, Item
from desktop_app.ui.sheets.correct import ask_correction, ask_site_reason
from desktop_app.ui.sheets.dose import ask_dose
from desktop_app.ui.sheets.later_stop import ask_which_stop
from desktop_app.ui.sheets.moment_history import show_times
from desktop_app.ui.sheets.stopped_at import ask_stopped_at, needs_true_stop
from desktop_app.ui.station import Station

_NOTE = "note"
Flow = Callable[[Station, Session, Service], None]


@dataclass(frozen=True, slots=True)
class Way:
    """What a finding's button says, and what it opens."""

    text: str
    flow: Flow


def _true_stop(station: Station, session: Session, service: Service) -> None:
    """Ask for the true stop; where one is recorded already, show the times and how they are known."""
    if needs_true_stop(service):
        ask_stopped_at(station, session, station.stamp(), service.id)
    else:
        show_times(station, session, service)


def ask_category(station: Station, session: Session, service: Service) -> None:
    """Ask what kind of drug it is."""
    kinds = ((Category.CHEMO, "Chemo or complex biologic"), (Category.THERAPEUTIC, "Another drug"))
    items: list[Item] = [
        (text, partial(_describe, station, session, service, f"is now {text.lower()}", category=category))
        for category, text in kinds
    ]
    title = f"What kind of drug is {words.drug_name(service.order)}?"
    station.sheets.open(ChooseSheet(station.theme, title, "Its times stay as they are.", items, wary=True))


def ask_syringe(station: Station, session: Session, service: Service) -> None:
    """Ask whether a syringe was a dose of its own."""
    act = partial(_describe, station, session, service, "was a dose of its own", same_dose_as_previous=False)
    title = f"{words.drug_name(service.order)}: a second syringe of one dose?"
    under = "The syringe before it was another drug."
    station.sheets.open(ChooseSheet(station.theme, title, under, [("A dose of its own", act)], wary=True))


def ask_main_reason(station: Station, session: Session, service: Service) -> None:
    """Ask whether a drug was the main reason of the visit, as it is marked."""
    act = partial(_describe, station, session, service, "is not the main reason of the visit", primary=False)
    title = f"{words.drug_name(service.order)}: marked as the main reason"
    under = "Another service is coded first all the same. Its times stay as they are."
    items: list[Item] = [("It was not the main reason", act)]
    station.sheets.open(ChooseSheet(station.theme, title, under, items, wary=True))


def _describe(
    station: Station, session: Session, service: Service, said: str, **changes: Category | bool
) -> None:
    order = replace(service.order, **changes)  # type: ignore[arg-type]  # each caller names its own field
    action = partial(change_order, service=service.id, order=order, reason=said)
    station.touch(session, f"{words.drug_name(service.order)} {said}", action, station.stamp())


_STOP = Way("Stopped at…", _true_stop)


def _correct_stop(station: Station, session: Session, service: Service) -> None:
    """Ask for the true time of a stop that was told, or that follows from volume and rate alone."""
    if needs_true_stop(service):
        ask_stopped_at(station, session, station.stamp(), service.id)
    else:
        ask_correction(station, session, service, "stop")


_LATE = Way("Put the stop right…", _correct_stop)
_TIMES = Way("See its times", show_times)
_DOSE = Way("Dose…", ask_dose)
_KIND = Way("Say its kind…", ask_category)

WAYS: dict[str, Way] = {
    "stop-proposed": Way("Settle…", ask_which_stop),
    "missing-stop": _STOP,
    "not-witnessed": _STOP,
    "stop-computed": _STOP,
    "run-too-long": _STOP,
    "long-run": _STOP,
    "clock-behind": _TIMES,
    "clock-not-trusted": _TIMES,
    "stop-after-session-end": _LATE,
    "near-threshold": _TIMES,
    "long-push": _TIMES,
    "minute-counted-twice": _TIMES,
    "stopped-early": _TIMES,
    "chemo-at-once": _TIMES,
    "second-site-reason": Way("Give its reason…", ask_site_reason),
    "drug-in-two-categories": _KIND,
    "pump-not-chemo": _KIND,
    "mark-not-followed": Way("Put it right…", ask_main_reason),
    "second-syringe-differs": Way("Put it right…", ask_syringe),
    "drug-dose-missing": _DOSE,
    "dose-out-of-bounds": _DOSE,
    "vials-not-recorded": _DOSE,
    "drug-code-missing": _DOSE,
    "drug-unit-unknown": _DOSE,
    "drug-unit-differs": _DOSE,
    "dose-and-units-differ": _DOSE,
    "more-than-the-vials": _DOSE,
    "whole-container-left": _DOSE,
    "mixed-vials": _DOSE,
    "ndc-ambiguous": _DOSE,
    "ndc-malformed": _DOSE,
    "ndc-not-listed": _DOSE,
    "ndc-code-differs": _DOSE,
    "ndc-several-codes": _DOSE,
    "drug-code-not-valid": _DOSE,
}
"""What a nurse can settle at the chair, by the finding's name."""

REVIEW, SETTINGS = "review", "settings"


@dataclass(frozen=True, slots=True)
class Who:
    """Who settles what a nurse cannot, and where: a sentence, and the page it happens on."""

    text: str
    page: str = ""


BILLER = Who("The biller settles this in Review.", REVIEW)
RULES = Who("Whoever keeps the rules settles this: a rulebook for that day has to be installed.")
MANAGER = Who("Whoever keeps the settings settles this, under Settings, Payer profile.", SETTINGS)
_PAGES = {REVIEW: "Review", SETTINGS: "Settings"}

WHO: dict[str, Who] = {
    "payer-unknown": MANAGER,
    "no-rules-for-date": RULES,
    "add-on-without-primary": BILLER,
    "add-on-without-listed-primary": BILLER,
    "units-above-limit": BILLER,
    "units-above-mue": BILLER,
    "pair-not-paid-together": BILLER,
    "pair-needs-modifier": BILLER,
    "evaluation-never-paid": BILLER,
    "evaluation-modifier": BILLER,
    "date-of-no-service": BILLER,
    "second-sc-infusion": BILLER,
    "exact-and-charted-differ": BILLER,
    "ndc-quantity-without-unit": BILLER,
    "ndc-quantity-unknown": BILLER,
}
"""Who can settle the others."""


def way_of(name: str, service: Service | None) -> Way | None:
    """Return what settles a finding about a service; None where a nurse cannot."""
    return WAYS.get(name) if service is not None else None


def who_of(name: str) -> Who:
    """Return who can settle a finding that has no button."""
    return WHO.get(name, BILLER)


def finding_block(station: Station, session: Session, row: FindingRow, *, here: str = "") -> FindingBlock:
    """Return a finding with the button that settles it, or with who can, on the page of that name."""
    service = session.service(row.service) if row.service else None
    way = way_of(row.name, service)
    if way is None or service is None:
        return _for_another(station, session, row, here)
    block = FindingBlock(station.theme, row, way=way.text)
    if block.button is not None:
        block.button.clicked.connect(lambda: _settle(station, session.id, service.id, way.flow))
    return block


def _for_another(station: Station, session: Session, row: FindingRow, here: str) -> FindingBlock:
    """Return a finding that says who settles it and where; a note needs nobody, a fault says it itself."""
    if row.level == _NOTE or row.name == CANNOT_BE_CODED:
        return FindingBlock(station.theme, row)
    who = who_of(row.name)
    can_go = who.page not in {"", here} and (who.page != REVIEW or session.stage is Stage.ENDED)
    block = FindingBlock(station.theme, row, who=who.text, way=_PAGES[who.page] if can_go else "")
    if block.button is not None:
        block.button.clicked.connect(lambda: station.show_page(who.page, session.id))
    return block


def _settle(station: Station, session_id: str, service_id: str, flow: Flow) -> None:
    """Open what settles a finding, on the session as it stands now."""
    session = station.expected(session_id)
    service = session.service(service_id) if session else None
    if session is not None and service is not None:
        flow(station, session, service)
