"""The people's secrets in memory, true to the port: quick, for pictures and for what windows do with them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from desktop_app.core.access import Secret
from desktop_app.core.ports import MustWait, SecretRefused

KEY = "4F7K-9QZ2-M3XD-7HTB-C81V-P0WN-5RGE-2JYA-KD6S-T94M-8XQ1"
MOST_WRONG = 5


@dataclass
class StandInSecrets:
    """Secrets as they were given; five wrong ones in a row with one of them have to wait."""

    passphrases: dict[str, str] = field(default_factory=dict)
    pins: dict[str, str] = field(default_factory=dict)
    badges: dict[str, str] = field(default_factory=dict)
    wrong: Counter[str] = field(default_factory=Counter)
    recovery_key: str = ""

    @property
    def is_needed(self) -> bool:
        return bool(self.passphrases)

    @property
    def has_recovery_key(self) -> bool:
        return bool(self.recovery_key)

    def names(self) -> tuple[str, ...]:
        return tuple(self.passphrases)

    def slot_of(self, name: str) -> str:
        return f"slot of {name}"

    def has_pin(self, name: str) -> bool:
        return name in self.pins

    def has_badge(self, name: str) -> bool:
        return name in self.badges

    def enrol(self, name: str, passphrase: str) -> None:
        if name in self.passphrases:
            raise SecretRefused(f"{name} has a passphrase already.")
        self._keep(name, passphrase)

    def change(self, name: str, passphrase: str) -> None:
        self._keep(name, passphrase)

    def revoke(self, name: str) -> None:
        if self.names() == (name,):
            raise SecretRefused(f"{name} is the last one with a passphrase, so it stays.")
        for kept in (self.passphrases, self.pins, self.badges):
            kept.pop(name, None)

    def set_pin(self, name: str, pin: str) -> None:
        if pin and not (pin.isdigit() and 4 <= len(pin) <= 8):
            raise SecretRefused("A PIN has 4 to 8 digits.")
        self.pins.pop(name, None)
        if pin:
            self.pins[name] = pin

    def set_badge(self, name: str, code: str) -> None:
        self.badges.pop(name, None)
        if code:
            self.badges[name] = code

    def check(self, name: str, secret: str) -> bool:
        self._require_free(name)
        right = secret in {self.passphrases.get(name), self.pins.get(name)}
        self._note(name, right=right)
        return right

    def holder(self, badge: str) -> str:
        self._require_free("")
        found = next((name for name, code in self.badges.items() if code == badge), "")
        self._note("", right=bool(found))
        return found

    def holder_or(self, badge: str, name: str) -> tuple[str, Secret]:
        may_be_badge = self.wrong[""] < MOST_WRONG
        found = next((one for one, code in self.badges.items() if code == badge and may_be_badge), "")
        if found:
            self._note("", right=True)
            return found, Secret.BADGE
        if badge == self.passphrases.get(name):
            return name, Secret.PASSPHRASE
        self._require_free("")
        self._note("", right=False)
        return "", Secret.PASSPHRASE

    def require_fit(self, name: str, passphrase: str) -> None:
        if not name or len(passphrase) < 10:
            raise SecretRefused("A passphrase has 10 characters or more; four words in a row are a good one.")

    def draft_recovery_key(self) -> str:
        return KEY

    def keep_recovery_key(self, printed: str) -> None:
        self.recovery_key = printed

    def protect(self, name: str, passphrase: str, recovery_key: str) -> None:
        self._keep(name, passphrase)
        self.recovery_key = recovery_key

    def _keep(self, name: str, passphrase: str) -> None:
        self.require_fit(name, passphrase)
        self.passphrases[name] = passphrase

    def _note(self, whose: str, *, right: bool) -> None:
        self.wrong[whose] = 0 if right else self.wrong[whose] + 1

    def _require_free(self, whose: str) -> None:
        if self.wrong[whose] >= MOST_WRONG:
            told = "There were 5 wrong tries; the next one can be made in 30 seconds."
            raise MustWait(told, 30, is_for_badges=not whose)
