"""The port of secrets: what proves who is there. Who exists and what they may do stands in the journal."""

from __future__ import annotations

from typing import Protocol

from desktop_app.core.access import Secret


class SignIn(Protocol):
    """The secrets of the people who work here; who they are and what they may do stands in the journal."""

    @property
    def is_needed(self) -> bool:
        """Whether anybody has a passphrase."""
        ...

    @property
    def has_recovery_key(self) -> bool:
        """Whether there is a recovery key."""
        ...

    def names(self) -> tuple[str, ...]:
        """Return who has a passphrase."""
        ...

    def slot_of(self, name: str) -> str:
        """Return what tells somebody's passphrase from another in its place; the recovery key has no name."""
        ...

    def has_pin(self, name: str) -> bool:
        """Return whether somebody has a PIN."""
        ...

    def has_badge(self, name: str) -> bool:
        """Return whether somebody has a badge."""
        ...

    def enrol(self, name: str, passphrase: str) -> None:
        """Give somebody a passphrase. Raises SecretRefused, one sentence: too short, or taken."""
        ...

    def change(self, name: str, passphrase: str) -> None:
        """Give somebody another passphrase. Raises SecretRefused."""
        ...

    def revoke(self, name: str) -> None:
        """Take passphrase, PIN and badge away; the last passphrase stays. Raises SecretRefused."""
        ...

    def set_pin(self, name: str, pin: str) -> None:
        """Give somebody a PIN; an empty one takes it away. Raises SecretRefused."""
        ...

    def set_badge(self, name: str, code: str) -> None:
        """Give somebody a badge; an empty code takes it away. Raises SecretRefused."""
        ...

    def check(self, name: str, secret: str) -> bool:
        """Return whether that is the passphrase or the PIN of somebody. Raises MustWait after wrong tries."""
        ...

    def holder(self, badge: str) -> str:
        """Return whose badge that is; nothing where it is nobody's."""
        ...

    def holder_or(self, badge: str, name: str) -> tuple[str, Secret]:
        """Return whose badge that is, or somebody whose passphrase it is, and which; no name for neither."""
        ...

    def require_fit(self, name: str, passphrase: str) -> None:
        """Raise SecretRefused, one sentence, where somebody could not get that passphrase."""
        ...

    def draft_recovery_key(self) -> str:
        """Return a recovery key to be shown once; it opens nothing before it is kept."""
        ...

    def keep_recovery_key(self, printed: str) -> None:
        """Let a recovery key that was shown open the folder; the earlier one opens nothing any more."""
        ...

    def protect(self, name: str, passphrase: str, recovery_key: str) -> None:
        """Give the first passphrase and the recovery key that was shown, both or neither."""
        ...
