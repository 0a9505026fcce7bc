"""The secrets of the people who work in an open folder; implements ``core.secrets_kept.SignIn``.

A passphrase opens the folder: its slot stands in the key file. A PIN and a badge only say who it is while
the folder is open: their verifiers stand in the database. A new data key that becomes due is made when the
folder closes, or at the next start: no program may have the database open meanwhile.
"""

from __future__ import annotations

from dataclasses import replace

from desktop_app.core.access import SHORTEST_PASSPHRASE, Secret
from desktop_app.core.ports import SecretRefused
from desktop_app.store.faults import WrongSecret
from desktop_app.store.key_file import KeyFile
from desktop_app.store.keys import RECOVERY, Slot
from desktop_app.store.pins import BADGES, Pins, scanned
from desktop_app.store.recovery_key import new_recovery_key, plain_recovery_key
from desktop_app.store.slots import make_slot, open_slot, require_strong

LONGEST_NAME = 12
MOST_PEOPLE = 200


class FolderSignIn:
    """Who may sign in to an open folder, and with what."""

    def __init__(self, keys: KeyFile, pins: Pins) -> None:
        self._keys = keys
        self._pins = pins

    @property
    def is_needed(self) -> bool:
        """Whether anybody has a passphrase."""
        return bool(self.names())

    @property
    def has_recovery_key(self) -> bool:
        """Whether there is a recovery key."""
        return self._slot(RECOVERY) is not None

    @property
    def is_new_key_due(self) -> bool:
        """Whether the folder gets a new data key when it closes."""
        return self._keys.keys.renew

    def names(self) -> tuple[str, ...]:
        """Return who has a passphrase, in the order they got it."""
        return tuple(slot.name for slot in self._keys.keys.slots if slot.name != RECOVERY)

    def require_fit(self, name: str, passphrase: str) -> None:
        """Raise SecretRefused, one sentence, where somebody could not get that passphrase."""
        if name not in self.names():
            self._require_new_name(name)
        require_strong(passphrase)

    def protect(self, name: str, passphrase: str, recovery_key: str) -> None:
        """Give the first passphrase and the recovery key that was shown, in one writing of the key file.

        So there is no folder that a forgotten passphrase would lose for ever. Raises SecretRefused.
        """
        self.require_fit(name, passphrase)
        database = self._keys.keys.database
        recovery = make_slot(RECOVERY, plain_recovery_key(recovery_key), database)
        self._put_slots(make_slot(name, passphrase, database), recovery, renew=True)

    def enrol(self, name: str, passphrase: str) -> None:
        """Give somebody a passphrase. Raises SecretRefused, one sentence: too short, or the name is taken.

        With the first one the data key no longer stands in the open, and a new one is due.
        """
        self._require_new_name(name)
        require_strong(passphrase)
        keys = self._keys.keys
        slot = make_slot(name, passphrase, keys.database)
        self._keys.put(replace(keys, slots=(*keys.slots, slot), renew=keys.renew or not keys.slots))

    def change(self, name: str, passphrase: str) -> None:
        """Give somebody another passphrase; waits and wrong tries are over. Raises SecretRefused."""
        self._require_known(name)
        require_strong(passphrase)
        self._put_slots(make_slot(name, passphrase, self._keys.keys.database))
        self._note(name, right=True)

    def revoke(self, name: str) -> None:
        """Take passphrase, PIN and badge away; a new data key is due. The last passphrase stays.

        Raises SecretRefused.
        """
        self._require_known(name)
        if self.names() == (name,):
            raise SecretRefused(f"{name} is the last one with a passphrase, so it stays.")
        self._pins.forget(name)
        keys = self._keys.keys
        left = tuple(slot for slot in keys.slots if slot.name != name)
        self._keys.put(replace(keys, slots=left, renew=True))

    def set_pin(self, name: str, pin: str) -> None:
        """Give somebody a PIN; an empty one takes it away. Raises SecretRefused."""
        self._require_known(name)
        self._pins.set_pin(name, pin)

    def set_badge(self, name: str, code: str) -> None:
        """Give somebody a badge; an empty code takes it away. Raises SecretRefused: another's, too short."""
        self._require_known(name)
        self._pins.set_badge(name, code)

    def slot_of(self, name: str) -> str:
        """Return the public half of what somebody's passphrase opens; the recovery key's has no name."""
        slot = self._slot(name)
        return slot.public.hex() if slot else ""

    def has_pin(self, name: str) -> bool:
        """Return whether somebody has a PIN."""
        return self._pins.has(name)[0]

    def has_badge(self, name: str) -> bool:
        """Return whether somebody has a badge."""
        return self._pins.has(name)[1]

    def check(self, name: str, secret: str) -> bool:
        """Return whether that is the passphrase or the PIN of somebody; takes an eighth of a second.

        Raises MustWait after five wrong ones in a row, and NotSaved where a wrong one cannot be counted.
        """
        slot = self._slot(name) if name != RECOVERY else None
        if slot is None:
            return False
        self._pins.require_free(name)
        right = (
            self._opens(slot, secret)
            if len(secret) >= SHORTEST_PASSPHRASE
            else self._pins.is_pin(name, secret)
        )
        self._note(name, right=right)
        return right

    def holder(self, badge: str) -> str:
        """Return whose badge that is, or nothing. Raises MustWait after five in a row that were nobody's."""
        return self._pins.holder(badge)

    def holder_or(self, badge: str, name: str) -> tuple[str, Secret]:
        """Return whose badge that is, or somebody whose passphrase it is, and which; no name for neither.

        A right passphrase counts as no wrong badge, and a scan that is neither as no wrong try of somebody's
        PIN or typed passphrase. Raises MustWait where badges have to wait, or that somebody has.
        """
        may_be_badge = self._pins.is_free(BADGES)
        if may_be_badge and (holder := self._pins.known_holder(badge)):
            self._pins.note(BADGES, right=True)
            return holder, Secret.BADGE
        is_right = False
        try:
            is_right = self._is_scanned_passphrase(name, badge)
        finally:
            if may_be_badge and not is_right:
                self._pins.note(BADGES, right=False)
            elif not is_right:
                self._pins.require_free(BADGES)
        return (name if is_right else ""), Secret.PASSPHRASE

    def draft_recovery_key(self) -> str:
        """Return a recovery key to be shown once; it opens nothing before it is kept."""
        return new_recovery_key()

    def keep_recovery_key(self, printed: str) -> None:
        """Let a recovery key that was shown open the folder; the earlier one opens nothing any more.

        A new data key is due where there was an earlier one.
        """
        slot = make_slot(RECOVERY, plain_recovery_key(printed), self._keys.keys.database)
        self._put_slots(slot, renew=self.has_recovery_key)

    def renew_data_key(self) -> None:
        """Let the folder get a new data key when it closes. Raises SecretRefused where nobody signs in."""
        if not self.is_needed:
            raise SecretRefused("Nobody has a passphrase here, so a new data key would protect nothing.")
        self._keys.put(replace(self._keys.keys, renew=True))

    def use_keyring(self, *, on: bool) -> bool:
        """Let the system's keyring hold the data key too, or no longer; return whether it does as wanted.

        Raises SecretRefused where nobody signs in, for then the key stands in the open anyway.
        """
        from desktop_app.store.system_keyring import forget_key, keep_key  # noqa: PLC0415 - hardly ever wanted

        if not self.is_needed:
            raise SecretRefused("Nobody has a passphrase here, so the keyring would protect nothing.")
        keys = self._keys.keys
        done = keep_key(keys.database) if on else forget_key(keys.database.salt)
        self._keys.put(replace(keys, keyring=on and done))
        return done

    def _is_scanned_passphrase(self, name: str, scan: str) -> bool:
        """Return whether a scan is somebody's passphrase; wrong ones have a count of their own, with waits.

        Another's right badge ends only what badges wait for, so it buys no further guesses at a passphrase.
        """
        slot = self._slot(name) if name != RECOVERY else None
        if slot is None or len(scan) < SHORTEST_PASSPHRASE:
            return False
        self._pins.require_free(name)
        self._pins.require_free(scanned(name))
        right = self._opens(slot, scan)
        if right:
            self._note(name, right=True)
        else:
            self._pins.note(scanned(name), right=False)
        return right

    def _note(self, name: str, *, right: bool) -> None:
        """Count a try with somebody; a right one ends the waits of their scans too."""
        self._pins.note(name, right=right)
        if right:
            self._pins.note(scanned(name), right=True)

    def _opens(self, slot: Slot, passphrase: str) -> bool:
        try:
            open_slot(slot, passphrase, self._keys.keys.database.salt)
        except WrongSecret:
            return False
        return True

    def _put_slots(self, *put: Slot, renew: bool = False) -> None:
        """Keep slots in the place of those of their names, or behind the others."""
        keys = self._keys.keys
        slots = {one.name: one for one in (*keys.slots, *put)}
        self._keys.put(replace(keys, slots=tuple(slots.values()), renew=keys.renew or renew))

    def _slot(self, name: str) -> Slot | None:
        return next((slot for slot in self._keys.keys.slots if slot.name == name), None)

    def _require_known(self, name: str) -> None:
        if name not in self.names():
            raise SecretRefused(f"{name or 'Nobody'} has no passphrase here.")

    def _require_new_name(self, name: str) -> None:
        if not (name and name == name.strip() and name.isprintable() and len(name) <= LONGEST_NAME):
            raise SecretRefused(f"A short name has 1 to {LONGEST_NAME} characters.")
        if alike := [known for known in self.names() if known.casefold() == name.casefold()]:
            raise SecretRefused(f"{alike[0]} has a passphrase already.")
        if len(self.names()) >= MOST_PEOPLE:
            raise SecretRefused(f"At most {MOST_PEOPLE} people can have a passphrase.")
