"""What is done to people and their secrets from the window: first asked for its right, then kept, then told.

A secret goes to where it is kept and nowhere else. Each deed returns why it was not done, as a sentence;
nothing where it was.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial

from desktop_app.core import events as e
from desktop_app.core.access import RECOVERED, Right, Role, Secret
from desktop_app.core.decisions import Decision, Refusal, When
from desktop_app.core.guard import sentence
from desktop_app.core.ports import JournalError
from desktop_app.core.secrets_kept import SignIn
from desktop_app.core.staff import People
from desktop_app.core.staffing import add_person, change_person, change_secret, of_people, remove_person
from desktop_app.core.values import dataclass
from desktop_app.ui.station import Station
from desktop_app.ui.touches import Touch

Decide = Callable[[People], Decision]
NEW_KEY = "The new recovery key is in force. One of before opens nothing any more."
NO_SECRETS = "There are no secrets here: whoever is there is taken at their word."


def name_person(station: Station, name: str, full_name: str, roles: Iterable[Role], passphrase: str) -> str:
    """Name somebody, with a passphrase where one is given."""
    name = " ".join(name.split())
    add = partial(add_person, when=station.stamp(), name=name, full_name=full_name, roles=tuple(roles))
    if why := _why_not(station, add):
        return why
    if passphrase and (why := _kept(station, partial(_keep_passphrase, name, passphrase))):
        return why
    given = _given(station, (name, Secret.PASSPHRASE)) if passphrase else ()
    return _told(station, f"{name} works here now", partial(_named, add, given))


@dataclass(frozen=True, slots=True)
class First:
    """Whoever is named first, as they were described, until the recovery key was read."""

    name: str
    full_name: str
    roles: tuple[Role, ...]
    passphrase: str

    def __repr__(self) -> str:
        """Leave the passphrase out of every message."""
        return f"First(name={self.name!r})"

    def add(self, when: When) -> Decide:
        """Return the decision to name them."""
        return partial(add_person, when=when, name=self.name, full_name=self.full_name, roles=self.roles)


def why_no_first(station: Station, first: First) -> str:
    """Return why nobody could be named so as the first, before a recovery key is shown to them."""
    add = first.add(station.stamp())
    return _why_not(station, add) or _kept(
        station, lambda kept: kept.require_fit(first.name, first.passphrase)
    )


def name_first(station: Station, first: First, recovery_key: str) -> str:
    """Name the administrator, and lock the record with their passphrase and the key that was shown."""
    add = first.add(station.stamp())
    why = _why_not(station, add) or _kept(
        station, lambda kept: kept.protect(first.name, first.passphrase, recovery_key)
    )
    given = _given(station, (first.name, Secret.PASSPHRASE), ("", Secret.RECOVERY_KEY))
    return why or _told(station, f"{first.name} works here now", partial(_named, add, given))


Given = tuple[str, Secret, str]
"""Whose secret was given, which it is, and what tells it from another in its place."""


def _given(station: Station, *secrets: tuple[str, Secret]) -> tuple[Given, ...]:
    sign_in = station.secrets()
    return tuple((whose, what, sign_in.slot_of(whose) if sign_in else "") for whose, what in secrets)


def _named(add: Decide, given: Iterable[Given], people: People) -> Decision:
    """Decide to name somebody and to tell which secrets were given, in one touch."""
    decision = add(people)
    if isinstance(decision, Refusal):
        return decision
    at = decision[0]
    told = (
        e.SecretChanged(at_us=at.at_us, how=at.how, person=whose, what=what, slot=slot)
        for whose, what, slot in given
    )
    return (*decision, *told)


def describe_person(station: Station, name: str, full_name: str, roles: Iterable[Role]) -> str:
    """Give somebody another name in full or other roles."""
    change = partial(change_person, when=station.stamp(), name=name, full_name=full_name, roles=tuple(roles))
    return _why_not(station, change) or _told(station, f"{name} changed", change)


def take_away(station: Station, name: str) -> str:
    """Let somebody not work here any more; all secrets of theirs are gone first."""
    remove = partial(remove_person, when=station.stamp(), name=name)
    if why := _why_not(station, remove):
        return why
    sign_in = station.secrets()
    if sign_in is not None and name in sign_in.names():
        try:
            sign_in.revoke(name)
        except JournalError as fault:
            return str(fault)
    return _told(station, f"{name} does not work here any more", remove)


def set_passphrase(station: Station, name: str, passphrase: str) -> str:
    """Give somebody a passphrase, or another one."""
    keep = partial(_keep_passphrase, name, passphrase)
    return _changed(station, name, Secret.PASSPHRASE, keep, is_taken_away=False)


def recover(station: Station, name: str, passphrase: str) -> str:
    """Give somebody a passphrase by the recovery key, which needs no right besides and is told as giver."""
    if why := _kept(station, partial(_keep_passphrase, name, passphrase)):
        return why
    desk = station.desk
    before, desk.actor = desk.actor, RECOVERED
    try:
        return _tell_secret(station, name, Secret.PASSPHRASE)
    finally:
        desk.actor = before


def set_pin(station: Station, name: str, pin: str) -> str:
    """Give somebody a PIN; an empty one takes it away."""
    return _changed(station, name, Secret.PIN, lambda kept: kept.set_pin(name, pin), is_taken_away=not pin)


def set_badge(station: Station, name: str, code: str) -> str:
    """Give somebody a badge; an empty code takes it away."""
    return _changed(
        station, name, Secret.BADGE, lambda kept: kept.set_badge(name, code), is_taken_away=not code
    )


def why_no_recovery_key(station: Station) -> str:
    """Return why there is no new recovery key for whoever is on; nothing where there may be."""
    sign_in = station.secrets()
    return NO_SECRETS if sign_in is None or not sign_in.is_needed else _may_not(station, "")


def draft_recovery_key(station: Station) -> str:
    """Return a recovery key to be shown; it opens nothing yet."""
    sign_in = station.secrets()
    return sign_in.draft_recovery_key() if sign_in is not None else ""


def keep_recovery_key(station: Station, printed: str) -> str:
    """Let the recovery key that was shown open the record; the earlier one opens nothing any more."""
    why = (
        _may_not(station, "")
        or _kept(station, lambda kept: kept.keep_recovery_key(printed))
        or _tell_secret(station, "", Secret.RECOVERY_KEY)
    )
    if not why:
        station.touches.told.emit(NEW_KEY)
    return why


def _keep_passphrase(name: str, passphrase: str, sign_in: SignIn) -> None:
    """Keep a passphrase: somebody may have one from the command line before they are named."""
    (sign_in.change if name in sign_in.names() else sign_in.enrol)(name, passphrase)


def _changed(
    station: Station, name: str, what: Secret, keep: Callable[[SignIn], None], *, is_taken_away: bool
) -> str:
    return (
        _may_not(station, name)
        or _kept(station, keep)
        or _tell_secret(station, name, what, is_taken_away=is_taken_away)
    )


def _may_not(station: Station, name: str) -> str:
    """Say why whoever is on may not change a secret of somebody; their own they may."""
    acting = station.desk.acting
    refusal = None if name and acting.name == name else acting.why_not(Right.PEOPLE)
    return sentence(refusal) if refusal else ""


def _why_not(station: Station, decide: Decide) -> str:
    """Say why something about people would be refused; nothing is kept before that is known."""
    desk = station.desk
    decision = desk.acting.why_not(Right.PEOPLE) or decide(desk.expected.people)
    return sentence(decision) if isinstance(decision, Refusal) else ""


def _kept(station: Station, keep: Callable[[SignIn], None]) -> str:
    sign_in = station.secrets()
    if sign_in is None:
        return NO_SECRETS
    try:
        keep(sign_in)
    except JournalError as fault:
        return str(fault)
    return ""


def _tell_secret(station: Station, name: str, what: Secret, *, is_taken_away: bool = False) -> str:
    when, sign_in = station.stamp(), station.secrets()
    opens = what in {Secret.PASSPHRASE, Secret.RECOVERY_KEY} and not is_taken_away
    slot = sign_in.slot_of(name) if sign_in is not None and opens else ""
    tell = partial(change_secret, when=when, name=name, what=what, is_taken_away=is_taken_away, slot=slot)
    return _told(station, f"{what.words} of {name or 'the suite'} changed", tell)


def _told(station: Station, said: str, decide: Decide) -> str:
    plan = of_people(decide)
    touch = Touch(said, lambda: station.desk.take(plan), can_undo=False, is_look=True)
    outcome = station.touches.send(touch)
    return sentence(outcome) if isinstance(outcome, Refusal) else ""
