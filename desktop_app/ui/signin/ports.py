"""What the sign-in page needs of a folder that is still locked."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol, TypeVar

Key = TypeVar("Key", covariant=True)  # noqa: PLC0105 - what it is, only the store knows


class LockedFolder(Protocol[Key]):
    """A data folder before anybody has signed in."""

    @property
    def path(self) -> Path:
        """Where it lies."""
        ...

    @property
    def names(self) -> tuple[str, ...]:
        """Who has a passphrase, in the order they got it."""
        ...

    @property
    def has_recovery_key(self) -> bool:
        """Whether a recovery key opens it."""
        ...

    def with_passphrase(self, name: str, passphrase: str) -> Key:
        """Return what opens it. Raises SecretRefused, or MustWait after wrong tries."""
        ...

    def with_recovery_key(self, typed: str) -> Key:
        """Return what opens it. Raises SecretRefused, or MustWait."""
        ...
