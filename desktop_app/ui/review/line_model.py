"""A coded or a signed line as the review tells it: with its NDC and lot, its times, its rules and sources."""

from __future__ import annotations

from desktop_app.coding.reasons import Coding, Kind, Line
from desktop_app.core.events import SignedLine
from desktop_app.core.session import Session, Signature
from desktop_app.core.values import dataclass
from desktop_app.ui import words
from desktop_app.ui.panel.dose_model import ndc_words


@dataclass(frozen=True, slots=True, kw_only=True)
class LineShown:
    """One line, or a service on none."""

    code: str
    why: str
    modifiers: str = ""
    units: str = "–"
    minutes: str = ""
    below: str = ""
    """What stands under the reason of a drug: NDC, quantity, lot."""
    times: str = ""
    rules: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    services: tuple[str, ...] = ()
    is_dose: bool = False

    @property
    def key(self) -> tuple[str, ...]:
        """What makes it the same line after something else has changed."""
        return (self.code, self.modifiers, *self.services)


def coded_lines(session: Session, coding: Coding) -> tuple[LineShown, ...]:
    """Return the lines as the session is coded now."""
    return tuple(_shown(session, line) for line in coding.lines)


def signed_lines(session: Session, signature: Signature) -> tuple[LineShown, ...]:
    """Return the lines as they were signed; ``session`` is as it was then."""
    return tuple(_shown(session, line) for line in signature.lines)


def on_no_line(session: Session, coding: Coding) -> tuple[LineShown, ...]:
    """Return what is on no line, and why."""
    return tuple(
        LineShown(
            code=_drug(session, item.service),
            why=item.why,
            minutes="" if item.minutes is None else str(item.minutes),
            rules=item.rules,
            sources=item.sources,
            services=(item.service,),
        )
        for item in coding.not_billed
    )


def signed_on_no_line(session: Session, signature: Signature) -> tuple[LineShown, ...]:
    """Return what was on no line when it was signed; a signature keeps the reason alone."""
    return tuple(LineShown(code=named_in(session, why), why=why) for why in signature.not_billed)


def named_in(session: Session, why: str) -> str:
    """Return the drug that a signed reason names first."""
    told = why.casefold()
    names = [service.order.drug for service in session.begun_services if service.order.drug]
    places = [(told.find(name.casefold()), -len(name), name) for name in names]
    found = min((place for place in places if place[0] >= 0), default=(0, 0, ""))[-1]
    return found[:1].upper() + found[1:] or "–"


def _shown(session: Session, line: Line | SignedLine) -> LineShown:
    return LineShown(
        code=line.code,
        why=line.why,
        modifiers=" ".join(line.modifiers),
        units=str(line.units),
        minutes="" if line.minutes is None else str(line.minutes),
        below=_below(session, line),
        times=_times(session, line),
        rules=line.rules,
        sources=line.sources,
        services=line.services,
        is_dose=line.kind == Kind.DRUG,
    )


def _below(session: Session, line: Line | SignedLine) -> str:
    if line.kind != Kind.DRUG:
        return ""
    doses = [service.order.dose for one in line.services if (service := session.service(one)) is not None]
    lots = dict.fromkeys(dose.lot for dose in doses if dose is not None and dose.lot)
    quantity = "" if line.ndc_quantity is None else words.number(line.ndc_quantity)
    parts = (
        f"NDC {ndc_words(line.ndc)}" if line.ndc else "",
        f"{line.ndc_unit} {quantity}".strip() if quantity else "",
        f"lot {', '.join(lots)}" if lots else "",
    )
    return " · ".join(part for part in parts if part)


def _times(session: Session, line: Line | SignedLine) -> str:
    if line.start_us is None:
        return ""
    start = words.clock_s(line.start_us, session.zone)
    is_span = line.stop_us is not None and line.stop_us != line.start_us
    return f"{start} to {words.clock_s(line.stop_us, session.zone)}" if is_span and line.stop_us else start


def _drug(session: Session, service_id: str) -> str:
    service = session.service(service_id)
    return words.drug_name(service.order) if service else service_id
