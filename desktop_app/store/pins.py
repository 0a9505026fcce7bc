"""What PINs and badges are held against: argon2id verifiers inside the encrypted database.

A PIN of a few digits is guessed in no time by whoever has its verifier. These lie behind the data key,
which only a passphrase opens: a stolen disk has nothing to hold a PIN against, and at the workstation
five wrong tries slow down. All badges share one salt, so that a scan is looked up with one derivation.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from desktop_app.core.ports import Clock, MustWait, NotSaved, SecretRefused
from desktop_app.store import slots
from desktop_app.store.database import Database, SqlError, immediate
from desktop_app.store.keys import Cost
from desktop_app.store.slots import stretched
from desktop_app.store.standing import Standing
from desktop_app.store.tries import Wrong, require_free

SHORTEST_PIN, LONGEST_PIN = 4, 8
SHORTEST_BADGE, LONGEST_BADGE = 6, 64
BADGES = ""
"""Stands for all badges where wrong tries are counted: a wrong one is nobody's."""
_PIN, _BADGE = "pin", "badge"
_SCANNED = " "
"""Stands before a name where scans are counted that might have been its passphrase; no name begins so."""
_SALT_BYTES = 16
_DIGITS = "01234567890"
_COST_COLUMNS = "salt, memory_kib, passes, lanes"
_PUT = """INSERT INTO verifier (name, kind, salt, memory_kib, passes, lanes, digest)
    VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET salt = excluded.salt,
    memory_kib = excluded.memory_kib, passes = excluded.passes, lanes = excluded.lanes,
    digest = excluded.digest"""
_PUT_TRY = """INSERT INTO wrong_try (name, tries, counting_us) VALUES (?, ?, ?)
    ON CONFLICT DO UPDATE SET tries = excluded.tries, counting_us = excluded.counting_us"""


def require_pin(pin: str) -> None:
    """Refuse what is no PIN, or one that everybody tries first. Raises SecretRefused."""
    if not (pin.isascii() and pin.isdigit() and SHORTEST_PIN <= len(pin) <= LONGEST_PIN):
        raise SecretRefused(f"A PIN has {SHORTEST_PIN} to {LONGEST_PIN} digits.")
    if len(set(pin)) == 1 or pin in _DIGITS or pin in _DIGITS[::-1]:
        raise SecretRefused("That PIN is one of the first that are tried; take another.")


def require_badge(code: str) -> None:
    """Refuse what is no badge's code. Raises SecretRefused."""
    if not (SHORTEST_BADGE <= len(code) <= LONGEST_BADGE and code.isprintable()):
        raise SecretRefused(f"A badge's code has {SHORTEST_BADGE} to {LONGEST_BADGE} characters.")
    if code.isascii() and code.isdigit() and len(code) <= LONGEST_PIN:
        raise SecretRefused(
            f"{LONGEST_PIN} digits or fewer are taken for a PIN; let the reader send more of the badge."
        )


def scanned(name: str) -> str:
    """Return what scans are counted for that might have been somebody's passphrase, and were nothing."""
    return f"{_SCANNED}{name}"


class Pins:
    """The PINs, the badges and the wrong tries of an open database."""

    def __init__(self, database: Database, standing: Standing, clock: Clock) -> None:
        self._database = database
        self._standing = standing
        self._clock = clock

    def set_pin(self, name: str, pin: str) -> None:
        """Keep somebody's PIN; an empty one takes it away. Raises SecretRefused or NotSaved."""
        if pin:
            require_pin(pin)
        self._keep(name, _PIN, pin, secrets.token_bytes(_SALT_BYTES), slots.COST)

    def set_badge(self, name: str, code: str) -> None:
        """Keep somebody's badge; an empty code takes it away. Raises SecretRefused or NotSaved."""
        if code:
            require_badge(code)
            if self.known_holder(code) not in {"", name}:
                raise SecretRefused("That badge is somebody else's.")
        self._keep(name, _BADGE, code, *self._badge_salt())

    def forget(self, name: str) -> None:
        """Take somebody's PIN and badge away. Raises NotSaved."""
        with self._stored():
            self._database.execute("DELETE FROM verifier WHERE name = ?", (name,))

    def has(self, name: str) -> tuple[bool, bool]:
        """Return whether somebody has a PIN, and whether a badge."""
        kinds = self._kinds(name)
        return _PIN in kinds, _BADGE in kinds

    def is_pin(self, name: str, pin: str) -> bool:
        """Return whether that is somebody's PIN."""
        query = f"SELECT {_COST_COLUMNS}, digest FROM verifier WHERE name = ? AND kind = ?"  # noqa: S608 - our own names
        rows = self._rows(query, name, _PIN)
        if not rows or not pin:
            return False
        ((salt, memory, passes, lanes, digest),) = rows
        return hmac.compare_digest(stretched(pin, salt, Cost(memory, passes, lanes)), digest)

    def holder(self, code: str) -> str:
        """Return whose badge that is, or nothing. Raises MustWait after too many that were nobody's."""
        self.require_free(BADGES)
        name = self.known_holder(code)
        self.note(BADGES, right=bool(name))
        return name

    def require_free(self, name: str) -> None:
        """Raise MustWait after too many wrong tries for a name."""
        try:
            require_free(self._wrong(name), self._clock.now().counting_us)
        except MustWait as wait:
            wait.is_for_badges = name == BADGES
            raise

    def is_free(self, name: str) -> bool:
        """Return whether nobody has to wait after wrong tries for a name."""
        try:
            self.require_free(name)
        except MustWait:
            return False
        return True

    def note(self, name: str, *, right: bool) -> None:
        """Count a try, durable on return; a right one only where the disk takes it. Raises NotSaved."""
        wrong = self._wrong(name)
        if right:
            # A full disk keeps nobody out; the wrong ones before stay counted then.
            with suppress(NotSaved):
                self._forget_tries(name, wrong)
            return
        with self._stored():
            now_us = self._clock.now().counting_us
            self._database.execute(_PUT_TRY, (name, wrong.tries + 1, now_us))

    def _forget_tries(self, name: str, wrong: Wrong) -> None:
        if wrong.tries:
            with self._stored():
                self._database.execute("DELETE FROM wrong_try WHERE name = ?", (name,))

    def _kinds(self, name: str) -> set[str]:
        return {kind for (kind,) in self._rows("SELECT kind FROM verifier WHERE name = ?", name)}

    def _keep(self, name: str, kind: str, secret: str, salt: bytes, cost: Cost) -> None:
        digest = stretched(secret, salt, cost) if secret else b""
        with self._stored():
            if digest:
                row = (name, kind, salt, cost.memory_kib, cost.passes, cost.lanes, digest)
                self._database.execute(_PUT, row)
            else:
                self._database.execute("DELETE FROM verifier WHERE name = ? AND kind = ?", (name, kind))

    def known_holder(self, code: str) -> str:
        """Return whose badge that is, or nothing; counts no try."""
        badges = self._rows("SELECT name, digest FROM verifier WHERE kind = ?", _BADGE)
        if not badges:
            return ""
        given = stretched(code, *self._badge_salt())
        return next((str(name) for name, digest in badges if hmac.compare_digest(digest, given)), "")

    def _badge_salt(self) -> tuple[bytes, Cost]:
        """Return what all badges are stretched with: as the first one was."""
        query = f"SELECT {_COST_COLUMNS} FROM verifier WHERE kind = ? LIMIT 1"  # noqa: S608 - our own names
        rows = self._rows(query, _BADGE)
        if not rows:
            return secrets.token_bytes(_SALT_BYTES), slots.COST
        ((salt, memory, passes, lanes),) = rows
        return bytes(salt), Cost(memory, passes, lanes)

    def _wrong(self, name: str) -> Wrong:
        rows = self._rows("SELECT tries, counting_us FROM wrong_try WHERE name = ?", name)
        return Wrong(*rows[0]) if rows else Wrong()

    def _rows(self, query: str, *values: str) -> list[tuple[Any, ...]]:
        """Return what a query finds. Raises JournalError."""
        try:
            return self._database.execute(query, values).fetchall()
        except SqlError as error:
            raise self._database.fault(error) from error

    @contextmanager
    def _stored(self) -> Iterator[None]:
        """Run a block as one change of the database, durable at its end. Raises NotSaved."""
        try:
            with immediate(self._database.conn):
                yield
                self._standing.require()
        except SqlError as error:
            raise self._database.fault(error) from error
