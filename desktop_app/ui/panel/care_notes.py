"""What was recorded while it ran, in words: rates, bags, sites, notes and moves, each with its time."""

from __future__ import annotations

from decimal import Decimal

from desktop_app.core.moments import Moment
from desktop_app.core.service import RateStep, Service
from desktop_app.core.session import Note, Session
from desktop_app.core.titration import step_in_force
from desktop_app.ui import words


def notes_of_service(session: Session, service: Service) -> list[str]:
    """Return a line each for the rates, the bags, the reason of the site and the notes of a service."""
    zone = session.zone
    found = [_rates(service, zone)] if service.rates else []
    found += [_bag(bag.at, bag.lot, zone) for bag in service.bags]
    found += [f"{site.name}: “{site.reason}”" for site in session.sites if site.name == service.order.site]
    return found + [_note(note, zone) for note in session.notes if note.service == service.id]


def notes_of_visit(session: Session) -> tuple[str, ...]:
    """Return a line each for what concerns the whole visit, in the order it happened."""
    zone = session.zone
    found = [(note.at, _note(note, zone)) for note in session.notes if not note.service]
    found += [
        (
            site.at,
            f"{words.clock(site.at.at_us, zone)} further site {site.name}: “{site.reason}” · {site.at.by}",
        )
        for site in session.sites
    ]
    found += [
        (move.at, f"{words.clock(move.at.at_us, zone)} moved from chair {move.from_chair} · {move.at.by}")
        for move in session.moves
    ]
    return tuple(text for _, text in sorted(found, key=lambda one: one[0].at_us))


def _rates(service: Service, zone: str) -> str:
    """Write the rate in force with its step, and those before it."""
    *earlier, newest = sorted(service.rates, key=lambda rate: rate.at.at_us)
    step, ordered = step_in_force(service), service.order.rate_steps
    told = [f"{_rate(newest)} mL/h since {words.clock(newest.at.at_us, zone)}"]
    told += [f"step {step.number} of {step.of}"] if step else []
    before = [words.number(ordered[0].rate_ml_h)] if ordered else []
    before += [f"{_rate(rate)} from {words.clock(rate.at.at_us, zone)}" for rate in earlier]
    return " · ".join([*told, f"before {', '.join(before)}"] if before else told)


def _rate(step: RateStep) -> str:
    return words.number(Decimal(step.rate_ml_h))


def _bag(at: Moment, lot: str, zone: str) -> str:
    return f"new bag {words.clock(at.at_us, zone)}" + (f" · lot {lot}" if lot else "")


def _note(note: Note, zone: str) -> str:
    return _told(note.at, f"“{note.text}”", zone)


def _told(at: Moment, what: str, zone: str) -> str:
    return f"{words.clock(at.at_us, zone)} {what} · {at.by}"
