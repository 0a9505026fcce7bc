"""A slot: what lets one person's passphrase, or the recovery key, open the data key.

A passphrase becomes a key (argon2id), that key opens the slot's private key (AES-256-GCM), and the data
key is sealed to the public half of it (X25519). So a new data key can be sealed to everybody who works
here without anybody's passphrase, and an earlier data key tells nothing about a later one. What is
sealed is bound to the slot's name, its parameters and the database's salt: no part fits elsewhere.

It is loaded when somebody signs in, and never for a folder that anybody may open.
"""

from __future__ import annotations

import secrets
import unicodedata
from dataclasses import replace

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from desktop_app.core.access import SHORTEST_PASSPHRASE
from desktop_app.core.ports import SecretRefused
from desktop_app.core.recordable import as_line
from desktop_app.core.told import LONGEST_NAME
from desktop_app.store.codec import canonical
from desktop_app.store.database import DatabaseKey
from desktop_app.store.faults import WrongSecret
from desktop_app.store.keys import RECOVERY, Cost, Slot

COST = Cost(memory_kib=65_536, passes=3, lanes=4)
"""What one guess takes: 64 MiB and about an eighth of a second."""
LONGEST_PASSPHRASE = 200
_FEWEST_SIGNS = 4
_SALT_BYTES = 16
_NONCE_BYTES = 12
_PUBLIC_BYTES = 32
_KEY_BYTES = 32


def require_strong(passphrase: str) -> None:
    """Refuse a passphrase that is quickly guessed. Raises SecretRefused with one sentence."""
    text = _plain(passphrase)
    if len(text) < SHORTEST_PASSPHRASE:
        raise SecretRefused(
            f"A passphrase has {SHORTEST_PASSPHRASE} characters or more; four words in a row are a good one."
        )
    if len(text) > LONGEST_PASSPHRASE:
        raise SecretRefused(f"A passphrase has at most {LONGEST_PASSPHRASE} characters.")
    if len(set(text)) < _FEWEST_SIGNS:
        raise SecretRefused("That passphrase is one of the first that are tried; take several words.")


def make_slot(name: str, text: str, database: DatabaseKey) -> Slot:
    """Return a slot that opens a data key with a passphrase or a recovery key."""
    private = X25519PrivateKey.generate()
    empty = Slot(
        name=name,
        salt=secrets.token_bytes(_SALT_BYTES),
        cost=COST,
        public=private.public_key().public_bytes_raw(),
        private=b"",
        sealed={},
    )
    closed = _closed(stretched(text, empty.salt, empty.cost), private.private_bytes_raw(), _place(empty))
    return sealed_to(replace(empty, private=closed), database)


def sealed_to(slot: Slot, *databases: DatabaseKey) -> Slot:
    """Return a slot that opens these data keys and no other; those it opens already are sealed as before."""
    kept = {key.salt: slot.sealed.get(key.salt) or _sealed(slot, key) for key in databases}
    return replace(slot, sealed=kept)


def open_slot(slot: Slot, text: str, salt: bytes) -> DatabaseKey:
    """Return the data key of the database with a salt. Raises WrongSecret."""
    try:
        private = _opened(stretched(text, slot.salt, slot.cost), slot.private, _place(slot))
        return DatabaseKey(_unsealed(slot, X25519PrivateKey.from_private_bytes(private), salt), salt)
    except (InvalidTag, ValueError):
        raise WrongSecret(wrong_sentence(slot.name)) from None


def wrong_sentence(name: str) -> str:
    """Return what to say of a passphrase or a recovery key that does not open a slot."""
    if name == RECOVERY:
        return "That recovery key is not the one in force for this data folder."
    return f"That is not the passphrase of {as_line(name, LONGEST_NAME)}."


def stretched(text: str, salt: bytes, cost: Cost) -> bytes:
    """Return 32 bytes that take memory and time to make from a secret (argon2id)."""
    maker = Argon2id(
        salt=salt, length=_KEY_BYTES, iterations=cost.passes, lanes=cost.lanes, memory_cost=cost.memory_kib
    )
    return maker.derive(_plain(text).encode())


def _plain(text: str) -> str:
    """Return a text with one spelling for what looks alike, whichever keyboard wrote it."""
    return unicodedata.normalize("NFKC", text.strip("\r\n"))


def _place(slot: Slot) -> bytes:
    cost = [slot.cost.memory_kib, slot.cost.passes, slot.cost.lanes]
    return canonical(["slot", slot.name, slot.salt.hex(), *cost, slot.public.hex()]).encode()


def _sealed(slot: Slot, database: DatabaseKey) -> bytes:
    once = X25519PrivateKey.generate()
    public = once.public_key().public_bytes_raw()
    shared = once.exchange(X25519PublicKey.from_public_bytes(slot.public))
    return public + _closed(_once_key(shared), database.key, _bound(slot, public, database.salt))


def _unsealed(slot: Slot, private: X25519PrivateKey, salt: bytes) -> bytes:
    sealed = slot.sealed.get(salt, b"")
    public, closed = sealed[:_PUBLIC_BYTES], sealed[_PUBLIC_BYTES:]
    if not closed:
        raise InvalidTag
    shared = private.exchange(X25519PublicKey.from_public_bytes(public))
    return _opened(_once_key(shared), closed, _bound(slot, public, salt))


def _bound(slot: Slot, once: bytes, salt: bytes) -> bytes:
    return canonical(["data key", slot.name, slot.public.hex(), once.hex(), salt.hex()]).encode()


def _once_key(shared: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=_KEY_BYTES, salt=None, info=b"chairtime data key").derive(shared)


def _closed(key: bytes, secret: bytes, place: bytes) -> bytes:
    nonce = secrets.token_bytes(_NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, secret, place)


def _opened(key: bytes, closed: bytes, place: bytes) -> bytes:
    return AESGCM(key).decrypt(closed[:_NONCE_BYTES], closed[_NONCE_BYTES:], place)
