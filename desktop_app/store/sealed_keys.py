"""The second form of the key file: the data key is sealed to everybody who has a passphrase.

::

    databases   the salts of the databases whose keys are here: one, or two while a new one is made
    slots       name, what argon2id is to be given, a public key, the private one closed under the
                passphrase, and the data keys sealed to it in the order of the databases
    renew       whether a new data key is due          keyring   whether the system's keyring has the key
    head        where the journal stood when last closed
    checks      all of this under each data key (HMAC), so that whoever signs in knows nobody changed it
    sum         the whole file (SHA-256), so that damage is told from a wrong passphrase

The file must stand on disk to the byte as this program writes it.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterable, Mapping
from typing import Any

from desktop_app.store.codec import canonical
from desktop_app.store.database import DatabaseKey
from desktop_app.store.keys import (
    SALT_BYTES,
    SEALED_FORMAT,
    Cost,
    Keys,
    SealedKeys,
    Slot,
    as_bytes,
    as_head,
    head_list,
)

_PUBLIC_BYTES = 32
_MOST_MEMORY_KIB = 1024 * 1024
_MOST_PASSES = 10
_MOST_LANES = 64
_Json = dict[str, Any]


def text_of(keys: Keys, databases: Iterable[DatabaseKey]) -> str:
    """Return the whole file for some keys; every slot opens each of the databases."""
    known = {database.salt: database.key for database in databases}
    content = _content(tuple(known), keys)
    checks = {salt: _check(key, content) for salt, key in known.items()}
    return _text(content, checks)


def parse(raw: _Json, text: str) -> SealedKeys | None:
    """Return what stands in the file, or None when it is not to the byte what a program wrote."""
    found = _sealed_keys(raw)
    return found if found and _text(_content(found.salts, found), found.checks) == text else None


def opened(sealed: SealedKeys, database: DatabaseKey) -> Keys | None:
    """Return the keys for whoever has a data key, or None where the file was not written with that one."""
    wanted = sealed.checks.get(database.salt, b"")
    found = _check(database.key, _content(sealed.salts, sealed))
    if not hmac.compare_digest(wanted, found):
        return None
    # The last of several is the new one: a file that was cut off behind the exchange needs no other.
    is_new = len(sealed.salts) > 1 and database.salt == sealed.salts[-1]
    return Keys(database, sealed.head, sealed.slots, sealed.renew and not is_new, sealed.keyring)


def holds(sealed: SealedKeys, keys: Keys) -> bool:
    """Return whether a file says, under the same data key, what these keys say."""
    found, salts = opened(sealed, keys.database), (keys.database.salt,)
    return found is not None and _content(salts, found) == _content(salts, keys)


def _content(salts: tuple[bytes, ...], keys: Keys | SealedKeys) -> _Json:
    return {
        "format": SEALED_FORMAT,
        "databases": [salt.hex() for salt in salts],
        "slots": [_slot_content(slot, salts) for slot in keys.slots],
        "renew": keys.renew,
        "keyring": keys.keyring,
        "head": head_list(keys.head),
    }


def _slot_content(slot: Slot, salts: tuple[bytes, ...]) -> _Json:
    return {
        "name": slot.name,
        "salt": slot.salt.hex(),
        "cost": [slot.cost.memory_kib, slot.cost.passes, slot.cost.lanes],
        "public": slot.public.hex(),
        "private": slot.private.hex(),
        "sealed": [slot.sealed[salt].hex() for salt in salts],
    }


def _check(key: bytes, content: _Json) -> bytes:
    return hmac.digest(key, canonical(content).encode(), "sha256")


def _text(content: _Json, checks: Mapping[bytes, bytes]) -> str:
    whole = {**content, "checks": [check.hex() for check in checks.values()]}
    digest = hashlib.sha256(canonical(whole).encode()).hexdigest()
    return json.dumps({**whole, "sum": digest}, indent=2) + "\n"


def _sealed_keys(raw: _Json) -> SealedKeys | None:
    salts = _all_bytes(raw.get("databases"), SALT_BYTES)
    checks = _all_bytes(raw.get("checks"))
    slots = raw.get("slots")
    if not salts or checks is None or len(checks) != len(salts) or not isinstance(slots, list):
        return None
    made = [_slot(one, salts) for one in slots]
    renew, keyring = raw.get("renew"), raw.get("keyring")
    if not made or None in made or not isinstance(renew, bool) or not isinstance(keyring, bool):
        return None
    return SealedKeys(
        salts=salts,
        slots=tuple(slot for slot in made if slot),
        head=as_head(raw.get("head")),
        renew=renew,
        keyring=keyring,
        checks=dict(zip(salts, checks, strict=True)),
    )


def _slot(raw: object, salts: tuple[bytes, ...]) -> Slot | None:
    match raw:
        case {"name": str(name), "salt": salt, "cost": cost, "public": public, "private": private, **more}:
            parts = as_bytes(salt, SALT_BYTES), as_bytes(public, _PUBLIC_BYTES), as_bytes(private)
            sealed = _all_bytes(more.get("sealed"))
            found = _cost(cost)
        case _:
            return None
    if None in parts or found is None or sealed is None or len(sealed) != len(salts):
        return None
    salt_bytes, public_bytes, private_bytes = (part or b"" for part in parts)
    return Slot(
        name=name,
        salt=salt_bytes,
        cost=found,
        public=public_bytes,
        private=private_bytes,
        sealed=dict(zip(salts, sealed, strict=True)),
    )


def _cost(raw: object) -> Cost | None:
    """Return what a guess costs; what no program of ours asks for would only keep the start waiting."""
    match raw:
        case [int(memory), int(passes), int(lanes)]:
            fits = 0 < lanes <= _MOST_LANES and 8 * lanes <= memory <= _MOST_MEMORY_KIB
            return Cost(memory, passes, lanes) if fits and 0 < passes <= _MOST_PASSES else None
    return None


def _all_bytes(raw: object, length: int | None = None) -> tuple[bytes, ...] | None:
    if not isinstance(raw, list):
        return None
    found = tuple(as_bytes(one, length) for one in raw)
    return None if None in found else tuple(one for one in found if one is not None)
