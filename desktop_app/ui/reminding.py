"""What is due at each session, asked again only when it can be another answer, and how it is said."""

from __future__ import annotations

from functools import partial

from desktop_app.core.care import acknowledge_reminder
from desktop_app.core.decisions import When
from desktop_app.core.reminders import Reminder, Reminds, Wishes, next_due_us, reminders_coming, reminders_due
from desktop_app.core.session import Session
from desktop_app.core.values import dataclass
from desktop_app.ui import words
from desktop_app.ui.ports import Settings
from desktop_app.ui.station import Station

_KINDS = {
    "remind-rate": (Reminds.RATE_STEP,),
    "remind-vitals": (Reminds.VITALS,),
    "remind-plan-end": (Reminds.PLAN_END, Reminds.PLAN_NEAR),
    "remind-observation": (Reminds.OBSERVATION_OVER,),
}
_WORDS = {
    Reminds.RATE_STEP: "Rate step",
    Reminds.VITALS: "Vitals",
    Reminds.PLAN_END: "Planned end",
    Reminds.PLAN_NEAR: "Planned end is near",
    Reminds.OBSERVATION_OVER: "Watch is over",
}


@dataclass(frozen=True, slots=True)
class _Kept:
    """An answer, and the instants from and up to which it holds for that very session."""

    session: Session
    from_us: int
    until_us: int | None
    due: tuple[Reminder, ...]

    def holds(self, session: Session, now_us: int) -> bool:
        is_in_time = self.from_us <= now_us and (self.until_us is None or now_us < self.until_us)
        return self.session is session and is_in_time


class Reminding:
    """Knows what is due where, by the suite's wishes."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._kept: dict[str, _Kept] = {}
        self._on_card: dict[str, tuple[Reminder, ...]] = {}
        self.wishes = _wishes(settings)

    def reread(self) -> None:
        """Go by the settings as they are now."""
        self.wishes = _wishes(self._settings)
        self._kept.clear()

    def due(self, session: Session | None, now_us: int) -> tuple[Reminder, ...]:
        """Return what is due at an instant, the most pressing first."""
        if session is None:
            return ()
        kept = self._kept.get(session.id)
        if kept is None or not kept.holds(session, now_us):
            due = reminders_due(session, self.wishes, now_us)
            kept = _Kept(session, now_us, next_due_us(session, self.wishes, now_us), due)
            self._kept[session.id] = kept
        return kept.due

    def for_card(self, session: Session | None, now_us: int) -> tuple[Reminder, ...]:
        """Return what is due for a chair's card, and remember the first: it is what a touch is about."""
        due = self.due(session, now_us)
        if session is not None:
            self._on_card[session.id] = due[:1]
        return due

    def on_card(self, session: Session) -> Reminder | None:
        """Return what the chair's card says is due."""
        return next(iter(self._on_card.get(session.id, ())), None)

    def coming(self, session: Session, now_us: int) -> tuple[Reminder, ...]:
        """Return the next of each kind, the soonest first."""
        return reminders_coming(session, self.wishes, now_us)


def _wishes(settings: Settings) -> Wishes:
    kinds = [kind for key, kinds in _KINDS.items() if settings.get(key) == "yes" for kind in kinds]
    return Wishes(
        kinds=frozenset(kinds),
        vitals_minutes=int(settings.get("vitals-minutes")),
        near_minutes=int(settings.get("near-minutes")),
    )


def what_words(reminder: Reminder) -> str:
    """Write what a reminder is about, for example Rate 40 mL/h."""
    if reminder.rate_ml_h is not None:
        return f"Rate {words.number(reminder.rate_ml_h)} mL/h"
    return _WORDS[reminder.what]


def in_sentence(reminder: Reminder) -> str:
    """Write what is due inside a sentence, for example rate 40 mL/h due."""
    text = what_words(reminder)
    return f"{text[:1].lower()}{text[1:]} due"


def drug_of(session: Session, reminder: Reminder) -> str:
    """Write the drug a reminder is about."""
    service = session.service(reminder.service)
    return words.drug_name(service.order) if service else ""


def spoken_words(session: Session, reminder: Reminder) -> str:
    """Write a reminder in full, for example Vitals of Infliximab, due 10:30."""
    at = words.clock(reminder.due_us, session.zone)
    return f"{what_words(reminder)} of {drug_of(session, reminder)}, due {at}"


def acknowledge_first(station: Station, session: Session, when: When) -> None:
    """Record that what the chair's card says was seen."""
    told = station.reminding.on_card(session)
    if told is not None:
        acknowledge(station, session, told, when)
    else:
        station.touches.refused.emit(f"nothing is due at chair {session.chair}")


def acknowledge(station: Station, session: Session, reminder: Reminder, when: When) -> None:
    """Record that one reminder was seen."""
    said = f"{what_words(reminder)} of {drug_of(session, reminder)} seen"
    seen = partial(
        acknowledge_reminder,
        service=reminder.service,
        reminder=str(reminder.what),
        due_us=reminder.due_us,
    )
    station.touch(session, f"{said} at {words.clock_s(when.at_us, session.zone)}", seen, when)
