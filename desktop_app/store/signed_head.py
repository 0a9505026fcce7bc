"""A signed head: where the journal stood, under a signature that cannot be made a second time.

::

    event 100 ---- head, signed with key 1, names key 2
    event 131 ---- head, signed with key 2, names key 3      key 1 is gone
    event 231 ---- head, signed with key 3, names key 4      key 2 is gone

Each private key signs once and is replaced, so that whoever gets the journal's data key later finds
none with which an earlier head could be signed anew. The fingerprint is that of the first public
key: who noted it can tell that every later one was vouched for by the one before it.
"""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING, Any

from desktop_app.core.values import dataclass
from desktop_app.store.codec import canonical

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

_FORM = "chairtime head 1"
_HASH_BYTES = _KEY_BYTES = 32
_SIGNATURE_BYTES = 64
_FINGERPRINT_DIGITS = 40
_GROUP = 4
_LARGEST_NUMBER = 1 << 40


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedHead:
    """An event's place and hash, the key that signed them, and the key that signs next."""

    origin: str
    seq: int
    hash: bytes
    public: bytes
    next: bytes
    signature: bytes

    @property
    def message(self) -> bytes:
        """What the signature is over."""
        said = [_FORM, self.origin, self.seq, self.hash.hex(), self.public.hex(), self.next.hex()]
        return canonical(said).encode()


def new_key() -> tuple[bytes, bytes]:
    """Return a new private key and its public key."""
    # Loaded where a head is signed: no start and no touch waits for it.
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey  # noqa: PLC0415

    private = Ed25519PrivateKey.generate()
    return private.private_bytes_raw(), private.public_key().public_bytes_raw()


def public_of(private: bytes) -> bytes:
    """Return the public key of a private one; nothing for what is no key."""
    try:
        return _loaded(private).public_key().public_bytes_raw()
    except ValueError:
        return b""


def sign(private: bytes, *, origin: str, seq: int, link: bytes, following: bytes) -> SignedHead:
    """Return a head signed with a private key; ``following`` is the public key that signs next."""
    key = _loaded(private)
    public = key.public_key().public_bytes_raw()
    unsigned = SignedHead(origin=origin, seq=seq, hash=link, public=public, next=following, signature=b"")
    return SignedHead(
        origin=origin,
        seq=seq,
        hash=link,
        public=public,
        next=following,
        signature=key.sign(unsigned.message),
    )


def is_signed(head: SignedHead) -> bool:
    """Whether the signature is that of the head's public key over what the head says."""
    from cryptography.exceptions import InvalidSignature  # noqa: PLC0415 - as above
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey  # noqa: PLC0415

    try:
        Ed25519PublicKey.from_public_bytes(head.public).verify(head.signature, head.message)
    except (InvalidSignature, ValueError):
        return False
    return True


def fingerprint(public: bytes) -> str:
    """Return a public key's fingerprint: 160 bits in groups of four digits, to be noted by hand."""
    digits = hashlib.sha256(public).hexdigest()[:_FINGERPRINT_DIGITS]
    return " ".join(digits[at : at + _GROUP] for at in range(0, len(digits), _GROUP))


def as_plain(head: SignedHead) -> dict[str, Any]:
    """Return a head as it stands in a manifest or a file of its own."""
    return {
        "origin": head.origin,
        "event": head.seq,
        "hash": head.hash.hex(),
        "public_key": head.public.hex(),
        "next_public_key": head.next.hex(),
        "signature": head.signature.hex(),
    }


def read_plain(raw: object) -> SignedHead | None:
    """Return the head that stands in a manifest, or None where none does."""
    if not isinstance(raw, dict):
        return None
    origin, seq = raw.get("origin"), raw.get("event")
    found = [
        _hex(raw.get(name), length)
        for name, length in (
            ("hash", _HASH_BYTES),
            ("public_key", _KEY_BYTES),
            ("next_public_key", _KEY_BYTES),
            ("signature", _SIGNATURE_BYTES),
        )
    ]
    if not (isinstance(origin, str) and type(seq) is int and 0 < seq < _LARGEST_NUMBER):
        return None
    link, public, following, signature = found
    if link is None or public is None or following is None or signature is None:
        return None
    return SignedHead(origin=origin, seq=seq, hash=link, public=public, next=following, signature=signature)


def _loaded(private: bytes) -> Ed25519PrivateKey:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey  # noqa: PLC0415

    return Ed25519PrivateKey.from_private_bytes(private)


def _hex(value: object, length: int) -> bytes | None:
    if isinstance(value, str) and re.fullmatch(f"[0-9a-f]{{{2 * length}}}", value):
        return bytes.fromhex(value)
    return None
