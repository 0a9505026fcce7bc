"""Which sessions are listed to review, in which order, and what each says of itself.

A suite may hold thousands that are signed and not sent yet, so a session is looked at again only
once it has changed, and put into words only when its row is seen.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from enum import StrEnum

from desktop_app.core.moments import local_date
from desktop_app.core.session import Session, Stage
from desktop_app.core.values import dataclass
from desktop_app.ui import words
from desktop_app.ui.board.card_names import Names, named
from desktop_app.ui.codings import Codings


class Standing(StrEnum):
    """Where a session is on its way to a signature, in the order of the list."""

    BLOCKED = "blocked"
    CHANGED = "changed since signed"
    """Signed before and opened again: its next version is not signed."""
    WAITING = "waiting"
    HELD = "held"
    SIGNED = "signed"


TO_SIGN = frozenset({Standing.WAITING, Standing.CHANGED})


@dataclass(frozen=True, slots=True)
class ReviewItem:
    """One session in the list, in words."""

    session: str
    standing: Standing
    who: str
    detail: str

    @property
    def spoken(self) -> str:
        """The row as one sentence."""
        return f"{self.who}, {self.standing}: {self.detail}"


@dataclass(frozen=True, slots=True)
class Counts:
    """What the head of the page counts."""

    waiting: int = 0
    """All that are not signed, whatever they wait for."""
    changed: int = 0
    blocked: int = 0
    signed_today: int = 0


@dataclass(frozen=True, slots=True)
class _Placed:
    """A session as it was when its place was found."""

    session: Session
    standing: Standing
    at_us: int
    """What orders it among those of its standing."""
    signed_on: date | None

    @property
    def order(self) -> tuple[int, int, str]:
        """What it is sorted by."""
        return _ORDER[self.standing], self.at_us, self.session.id


class ReviewRows:
    """The sessions of a suite that have ended, in the order of the list: what waits longest stands first."""

    def __init__(self, codings: Codings) -> None:
        self._codings = codings
        self._placed: dict[str, _Placed] = {}
        self._seen: tuple[Mapping[str, Session], date] | None = None
        self.sessions: tuple[Session, ...] = ()
        self.counts = Counts()

    def renew(self, sessions: Mapping[str, Session], now_us: int, zone: str) -> bool:
        """Look through a suite's sessions again; False where nothing can have changed since."""
        today = local_date(now_us, zone)
        if self._seen is not None and self._seen[0] is sessions and self._seen[1] == today:
            return False
        self._seen = (sessions, today)
        ended = (session for session in sessions.values() if session.stage in _LISTED)
        self._placed = {session.id: self._place(session, now_us, zone) for session in ended}
        in_order = sorted(self._placed.values(), key=lambda one: one.order)
        self.sessions = tuple(one.session for one in in_order)
        self.counts = _counts(in_order, today)
        return True

    def standing(self, session: str) -> Standing | None:
        """Return where a session stands; None where it is not listed."""
        found = self._placed.get(session)
        return found.standing if found else None

    def next_of(self, standings: Collection[Standing], after: str = "") -> str:
        """Return the next session that stands so, round the list; empty without one."""
        names = [session.id for session in self.sessions]
        begin = names.index(after) + 1 if after in self._placed else 0
        round_it = (*names[begin:], *names[:begin])
        return next((name for name in round_it if self._placed[name].standing in standings), "")

    def _place(self, session: Session, now_us: int, zone: str) -> _Placed:
        was = self._placed.get(session.id)
        if was is not None and was.session is session:
            return was
        standing = standing_of(session, self._codings, now_us)
        if session.signature is None:
            return _Placed(session, standing, session.seated.at_us, None)
        at_us = session.signature.at.at_us
        return _Placed(session, standing, -at_us, local_date(at_us, zone))


_LISTED = frozenset({Stage.ENDED, Stage.SIGNED})
_ORDER = {standing: place for place, standing in enumerate(Standing)}


def standing_of(session: Session, codings: Codings, now_us: int) -> Standing:
    """Return where a session is on its way to a signature."""
    if session.stage is Stage.SIGNED:
        return Standing.SIGNED
    if session.hold_reason:
        return Standing.HELD
    if codings.now(session, now_us).blockers:
        return Standing.BLOCKED
    return Standing.CHANGED if session.signatures else Standing.WAITING


def review_item(session: Session, codings: Codings, now_us: int, names: Names, zone: str) -> ReviewItem:
    """Return one session as an item of the list, with as much of its patient's name as may be shown."""
    standing = standing_of(session, codings, now_us)
    shown = named(session, names) or session
    who = words.who(shown) or f"Chair {session.chair}"
    detail = _detail(session, standing, codings, now_us)
    day = words.short_day(session.seated.at_us, session.zone)
    is_today = local_date(session.seated.at_us, zone) == local_date(now_us, zone)
    return ReviewItem(session.id, standing, who, detail if is_today else f"{day} · {detail}")


def matches(session: Session, text: str) -> bool:
    """Return whether a session is one that somebody looks for: by initials, MRN, chair or day."""
    wanted = text.strip().casefold()
    initials = session.initials.replace(".", "").casefold()
    if not wanted or wanted.replace(".", "").replace(" ", "") in {
        initials,
        f"chair{session.chair}".casefold(),
    }:
        return True
    day = local_date(session.seated.at_us, session.zone).isoformat()
    return wanted in session.mrn.casefold() or wanted in {session.chair.casefold(), day}


def _counts(placed: Iterable[_Placed], today: date) -> Counts:
    listed = list(placed)
    stand = [one.standing for one in listed]
    return Counts(
        waiting=len(listed) - stand.count(Standing.SIGNED),
        changed=sum(1 for one in listed if one.session.signatures and one.standing is not Standing.SIGNED),
        blocked=stand.count(Standing.BLOCKED),
        signed_today=sum(1 for one in listed if one.signed_on == today),
    )


def _detail(session: Session, standing: Standing, codings: Codings, now_us: int) -> str:
    if standing is Standing.SIGNED:
        return _signed_words(session)
    if standing is Standing.HELD:
        return f"Held: {session.hold_reason}"
    coding = codings.now(session, now_us)
    if standing is Standing.BLOCKED:
        missing = session.missing_stops
        drugs = ", ".join(words.drug_name(service.order) for service in missing)
        return f"No stop: {drugs}" if missing else coding.blockers[0].text
    if standing is Standing.CHANGED:
        return f"Version {len(session.signatures) + 1} to sign: {session.reopened[-1].text}"
    ended_us = session.ended.at_us if session.ended else now_us
    times = f"{words.clock(session.seated.at_us, session.zone)}–{words.clock(ended_us, session.zone)}"
    return f"Chair {session.chair} · {times} · {words.count_words(len(coding.lines), 'line', 'lines')}"


def _signed_words(session: Session) -> str:
    signature = session.signatures[-1]
    at = words.clock(signature.at.at_us, session.zone)
    count = words.count_words(len(signature.lines), "line", "lines")
    signed = f"Version {signature.version} signed" if signature.version > 1 else "Signed"
    return f"{signed} {at} by {signature.at.by} · {count}"
