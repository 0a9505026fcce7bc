"""What an open mark was: a deed at its chair, at another chair, or nothing, for a reason."""

from __future__ import annotations

from functools import partial

from desktop_app.core.care import pause_service, resume_service, stop_service
from desktop_app.core.decisions import Refusal
from desktop_app.core.desk import Action
from desktop_app.core.service import ServiceState
from desktop_app.core.session import Session
from desktop_app.core.suite import Mark
from desktop_app.ui import words
from desktop_app.ui.sheets.choose import ChooseSheet, Item
from desktop_app.ui.sheets.correct import ReasonSheet
from desktop_app.ui.sheets.start import ask_start_at_mark
from desktop_app.ui.station import Station
from desktop_app.ui.touches import Touch

LEAVE = "Leave it open"
DROP = "Drop this mark…"
OTHER_CHAIR = "Another chair…"


def ask_meaning(station: Station, mark: Mark, session: Session | None) -> None:
    """Ask what a mark was; without a patient it can be given a chair, or be dropped."""
    under = (
        f"Chair {session.chair} · {words.who(session)}" if session else "Choose the patient's chair first."
    )
    _open(station, f"What was at {_at(station, mark)}?", under, meanings(station, mark, session))


def meanings(station: Station, mark: Mark, session: Session | None) -> list[Item]:
    """Return what a mark may have been, the likeliest first; dropping it comes last."""
    found: list[Item] = [] if session is None else _deeds(station, mark, session)
    if _chairs(station, mark, session):
        found.append((OTHER_CHAIR, partial(_ask_chair, station, mark, session)))
    return [*found, (DROP, partial(_ask_why, station, mark))]


def _deeds(station: Station, mark: Mark, session: Session) -> list[Item]:
    found: list[Item] = []
    for service in session.open_services:
        drug, paused = words.drug_name(service.order), service.state is ServiceState.PAUSED
        other = ("resume", partial(resume_service, service=service.id))
        if not paused:
            other = ("pause", partial(pause_service, service=service.id))
        for meaning, action in (("stop", partial(stop_service, service=service.id)), other):
            text = f"{meaning.capitalize()} of {drug}"
            found.append((text, partial(_assign, station, mark, session, text, action)))
    return [*found, ("Start of a service…", partial(ask_start_at_mark, station, session, mark))]


def _ask_chair(station: Station, mark: Mark, besides: Session | None) -> None:
    """Ask at whose chair a mark was made."""
    title = f"Whose chair was it at {_at(station, mark)}?"
    _open(station, title, "The mark keeps its instant.", _chairs(station, mark, besides))


def _chairs(station: Station, mark: Mark, besides: Session | None) -> list[Item]:
    suite = station.desk.suite
    here = [session for chair in suite.chairs if (session := suite.shown_in(chair)) is not None]
    return [
        (f"Chair {session.chair} · {words.who(session)}", partial(ask_meaning, station, mark, session))
        for session in here
        if besides is None or session.id != besides.id
    ]


def _open(station: Station, title: str, under: str, items: list[Item]) -> None:
    station.sheets.open(ChooseSheet(station.theme, title, under, items, back=LEAVE, wary=True))


def _assign(station: Station, mark: Mark, session: Session, meaning: str, action: Action) -> None:
    when = station.stamp()
    said = f"Chair {session.chair} · {meaning} at {_at(station, mark)}"
    station.touches.send(Touch(said, lambda: station.desk.assign(mark.id, session.id, meaning, action, when)))


def _ask_why(station: Station, mark: Mark) -> None:
    title = f"Drop the mark at {_at(station, mark)}?"
    sheet = ReasonSheet(station.theme, title, "It stays readable and stands for nothing.", "Drop this mark")
    sheet.back.show_as(LEAVE)
    sheet.confirmed.connect(lambda _: _drop(station, mark, sheet))
    station.sheets.open(sheet)


def _drop(station: Station, mark: Mark, sheet: ReasonSheet) -> None:
    when, reason = station.stamp(), sheet.reason.text
    said = f"Mark at {_at(station, mark)} dropped"
    outcome = station.touches.send(Touch(said, lambda: station.desk.drop(mark.id, reason, when)))
    if not isinstance(outcome, Refusal):
        sheet.done.emit()


def _at(station: Station, mark: Mark) -> str:
    return words.clock_s(mark.at.at_us, station.zone)
