"""What stands in the way of a signature, each with the sheet that settles it here."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from desktop_app.core.service import Service
from desktop_app.core.session import Session
from desktop_app.core.suite import Mark, Suite
from desktop_app.core.values import dataclass
from desktop_app.ui import late, words
from desktop_app.ui.panel.panel_model import FindingRow
from desktop_app.ui.panel.rows import FindingBlock
from desktop_app.ui.panel.service_menu import ask_about_service
from desktop_app.ui.panel.settling import REVIEW, finding_block
from desktop_app.ui.review.terms import ask_payer
from desktop_app.ui.sheets.choose import ChooseSheet, Item
from desktop_app.ui.sheets.dose import ask_dose
from desktop_app.ui.sheets.moment_history import show_times
from desktop_app.ui.station import Station

OPEN_MARK = "open-mark"
"""The review's own finding: a moment was stamped at the chair, and nobody has said what it was."""


@dataclass(frozen=True, slots=True)
class ReviewWay:
    """What a finding's button says in the review, and what it opens; without a service it is of the visit."""

    text: str
    flow: Callable[[Station, Session, Service | None], None]


def _times(station: Station, session: Session, service: Service | None) -> None:
    if service is None:
        choose_service(station, session, "Whose times?", show_times)
    else:
        show_times(station, session, service)


def _dose(station: Station, session: Session, service: Service | None) -> None:
    if service is None:
        choose_service(station, session, "Whose dose?", ask_dose)
    else:
        ask_dose(station, session, service)


def _service(station: Station, session: Session, service: Service | None) -> None:
    if service is None:
        choose_service(station, session, "Which service?", ask_about_service)
    else:
        ask_about_service(station, session, service)


def _payer(station: Station, session: Session, _service: Service | None) -> None:
    ask_payer(station, session)


TIMES = ReviewWay("See the times…", _times)
DOSE = ReviewWay("See the dose…", _dose)
SERVICE = ReviewWay("Look at a service…", _service)

REVIEW_WAYS: dict[str, ReviewWay] = {
    "payer-unknown": ReviewWay("Choose the payer…", _payer),
    "no-rules-for-date": TIMES,
    "add-on-without-primary": TIMES,
    "add-on-without-listed-primary": TIMES,
    "date-of-no-service": TIMES,
    "second-sc-infusion": SERVICE,
    "exact-and-charted-differ": TIMES,
    "units-above-limit": SERVICE,
    "units-above-mue": SERVICE,
    "pair-not-paid-together": SERVICE,
    "pair-needs-modifier": SERVICE,
    "ndc-quantity-without-unit": DOSE,
    "ndc-quantity-unknown": DOSE,
}
"""What a biller settles here; what a nurse can settle too is in the panel's own table."""


def review_finding(station: Station, session: Session, row: FindingRow) -> FindingBlock:
    """Return a finding with the button that settles it."""
    way = REVIEW_WAYS.get(row.name)
    if way is None:
        return finding_block(station, session, row, here=REVIEW)
    block = FindingBlock(station.theme, row, way=way.text)
    if block.button is not None:
        block.button.clicked.connect(partial(_settle, station, session.id, row.service, way))
    return block


def _settle(
    station: Station,
    session_id: str,
    service: str,
    way: ReviewWay,
    _checked: bool = False,  # noqa: FBT001, FBT002 - Qt's signal
) -> None:
    session = station.expected(session_id)
    if session is not None:
        way.flow(station, session, session.service(service) if service else None)


def choose_service(
    station: Station, session: Session, title: str, flow: Callable[[Station, Session, Service], None]
) -> None:
    """Ask which service is meant, where there are several, and go on with it."""
    begun = session.begun_services
    if len(begun) == 1:
        flow(station, session, begun[0])
        return
    items: list[Item] = [
        (f"{words.drug_words(one.order)} · {_began(session, one)}", partial(flow, station, session, one))
        for one in begun
    ]
    station.sheets.open(ChooseSheet(station.theme, title, f"Chair {session.chair}", items, back="Leave it"))


def marks_of(suite: Suite, session: Session) -> tuple[Mark, ...]:
    """Return the open marks that were made at a session's chair while the patient was there."""
    until_us = session.ended.at_us if session.ended else None
    here = (mark for mark in suite.open_marks if mark.chair == session.chair)
    return tuple(
        mark
        for mark in here
        if session.seated.at_us <= mark.at.at_us and (until_us is None or mark.at.at_us <= until_us)
    )


def mark_row(session: Session, mark: Mark) -> FindingRow:
    """Return an open mark as a finding."""
    at = words.clock_s(mark.at.at_us, session.zone)
    text = f"{at} was marked at chair {mark.chair}, and nobody has said yet what it was."
    return FindingRow("warning", text, name=OPEN_MARK)


def mark_finding(station: Station, session: Session, mark: Mark) -> FindingBlock:
    """Return an open mark as something to settle."""
    block = FindingBlock(station.theme, mark_row(session, mark), way="It was…")
    if block.button is not None:
        block.button.clicked.connect(lambda: late.ask_meaning(station, mark, station.expected(session.id)))
    return block


def _began(session: Session, service: Service) -> str:
    return words.clock(service.start.at_us, session.zone) if service.start else ""
