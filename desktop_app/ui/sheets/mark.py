"""What an open mark was: a deed at its chair, at another chair, or nothing, for a reason."""

from __future__ import annotations

from functools import partial

from desktop_app.core.access import Right
from desktop_app.core.care import add_note, pause_service, resume_service, stop_service
from desktop_app.core.corrections import correct_moment
from desktop_app.core.decisions import Decision, Refusal, When, pressed
from desktop_app.core.desk import Action
from desktop_app.core.service import ServiceState
from desktop_app.core.session import Session
from desktop_app.core.suite import Mark
from desktop_app.ui import words
from desktop_app.ui.board.card_model import lead_first
from desktop_app.ui.sheets.choose import ChooseSheet, Item
from desktop_app.ui.sheets.correct import ReasonSheet
from desktop_app.ui.sheets.start import ask_start_at_mark, begin
from desktop_app.ui.station import Station
from desktop_app.ui.touches import Touch

LEAVE = "Leave it open"
DROP = "Drop this mark…"
OTHER_CHAIR = "Another chair…"
NOTE = "Something else: a note…"
MARKED = "marked at the time"


def ask_marks(station: Station, chair: str) -> None:
    """Ask what the open mark was; of several, which of them is to be explained."""
    marks = station.desk.expected.open_marks
    if not marks:
        station.touches.refused.emit("there is no open mark; M makes one")
    elif len(marks) == 1:
        _explain(station, marks[0], chair)
    else:
        items: list[Item] = [(_called(station, one), partial(_explain, station, one, chair)) for one in marks]
        title = f"{len(marks)} open marks"
        station.sheets.open(ChooseSheet(station.theme, title, "What was which?", items, back="Later"))


def _explain(station: Station, mark: Mark, chair: str) -> None:
    ask_meaning(station, mark, station.desk.expected.shown_in(mark.chair or chair))


def _called(station: Station, mark: Mark) -> str:
    return f"{_at(station, mark)} · {f'chair {mark.chair}' if mark.chair else 'no chair yet'}"


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
    after_end = ", after the session's end" if session.has_ended_before(mark.at.at_us) else ""
    for service in lead_first(session.open_services, mark.at.at_us):
        drug, paused = words.drug_name(service.order), service.state is ServiceState.PAUSED
        other = ("resume", partial(resume_service, service=service.id))
        if not paused:
            other = ("pause", partial(pause_service, service=service.id))
        for meaning, action in (("stop", partial(stop_service, service=service.id)), other):
            text = f"{meaning.capitalize()} of {drug}{after_end}"
            found.append((text, partial(_assign, station, mark, session, text, action)))
    found += _planned(station, mark, session)
    found.append(("Start of a service…", partial(ask_start_at_mark, station, session, mark)))
    return [*found, *_corrections(station, mark, session), (NOTE, partial(_ask_note, station, mark, session))]


def _planned(station: Station, mark: Mark, session: Session) -> list[Item]:
    """Return the planned services that may have begun at a mark."""
    planned = (service for service in session.services if service.state is ServiceState.PLANNED)
    found: list[Item] = []
    for service in planned:
        text = f"{'Start' if service.order.runs else 'Giving'} of {words.drug_name(service.order)}"
        action = begin(service.order, service.id)
        found.append((text, partial(_assign, station, mark, session, text, action)))
    return found


def _corrections(station: Station, mark: Mark, session: Session) -> list[Item]:
    """Return what was pressed too late and may truly have been at a mark, or was stopped once already."""
    found: list[Item] = []
    for service in session.begun_services:
        drug, start = words.drug_name(service.order), service.start
        if start is not None and start.at_us > mark.at.at_us:
            text = f"True start of {drug}"
            found.append((text, partial(_assign, station, mark, session, text, _true_start(service.id))))
        if service.state is ServiceState.STOPPED and start is not None and start.at_us <= mark.at.at_us:
            text = f"Another stop of {drug}"
            stop = partial(stop_service, service=service.id)
            found.append((text, partial(_assign, station, mark, session, text, stop)))
    return found


def _true_start(service: str) -> Action:
    """Return the action that corrects a start to the mark's instant; the correction itself is made now."""

    def act(session: Session, at: When) -> Decision:
        made = pressed(at.now_us)
        return correct_moment(
            session, made, service=service, what="start", to_us=at.at_us, how=at.how, reason=MARKED
        )

    return act


def _ask_note(station: Station, mark: Mark, session: Session) -> None:
    """Ask for words about a mark that was neither a start nor a stop."""
    under = "The note keeps the mark's instant."
    title = f"What was at {_at(station, mark)}?"
    sheet = ReasonSheet(station.theme, title, under, "Record the note", back=LEAVE, asks="Note")
    sheet.needs = Right.CARE
    sheet.confirmed.connect(lambda _: _note(station, mark, session, sheet))
    station.sheets.open(sheet)


def _note(station: Station, mark: Mark, session: Session, sheet: ReasonSheet) -> None:
    when, text = station.stamp(), sheet.reason.text
    said = f"Chair {session.chair} · note at {_at(station, mark)}"
    action = partial(add_note, text=text)
    desk = station.desk
    outcome = station.touches.send(Touch(said, lambda: desk.assign(mark.id, session.id, text, action, when)))
    if not isinstance(outcome, Refusal):
        sheet.done.emit()


def _ask_chair(station: Station, mark: Mark, besides: Session | None) -> None:
    """Ask at whose chair a mark was made."""
    title = f"Whose chair was it at {_at(station, mark)}?"
    _open(station, title, "The mark keeps its instant.", _chairs(station, mark, besides))


def _chairs(station: Station, mark: Mark, besides: Session | None) -> list[Item]:
    suite = station.desk.expected
    here = [session for chair in suite.chairs if (session := suite.shown_in(chair)) is not None]
    return [
        (f"Chair {session.chair} · {words.who(session)}", partial(ask_meaning, station, mark, session))
        for session in here
        if besides is None or session.id != besides.id
    ]


def _open(station: Station, title: str, under: str, items: list[Item]) -> None:
    sheet = ChooseSheet(station.theme, title, under, items, back=LEAVE, wary=True)
    sheet.needs = Right.CARE
    station.sheets.open(sheet)


def _assign(station: Station, mark: Mark, session: Session, meaning: str, action: Action) -> None:
    when = station.stamp()
    said = f"Chair {session.chair} · {meaning} at {_at(station, mark)}"
    station.touches.send(Touch(said, lambda: station.desk.assign(mark.id, session.id, meaning, action, when)))


def _ask_why(station: Station, mark: Mark) -> None:
    title = f"Drop the mark at {_at(station, mark)}?"
    under = "It stays readable and stands for nothing."
    sheet = ReasonSheet(station.theme, title, under, "Drop this mark", back=LEAVE)
    sheet.needs = Right.CARE
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
