"""What the board says of the clock once the true time was told: how far off it is, what stamps stand on."""

from __future__ import annotations

from desktop_app.core.clock_words import length_words
from desktop_app.core.events import TrueTimeTold
from desktop_app.core.moments import SECOND_US, ClockReading
from desktop_app.core.steady import as_told
from desktop_app.core.values import dataclass
from desktop_app.ui import words

TRUSTED_WITHIN_US = 2 * SECOND_US
AFTER_THAT = "while somebody is timed, and from the true time once nobody is"


@dataclass(frozen=True, slots=True)
class TrueTime:
    """The true time beside the clock on the wall and the present that touches are stamped with."""

    told: TrueTimeTold
    off_us: int
    """How far the wall is ahead of the true time."""
    stamps_off_us: int
    """How far the stamps are."""
    present_off_us: int
    """How far the stamps are from the wall."""

    @property
    def is_good(self) -> bool:
        """Whether the clock and the stamps both keep to the true time."""
        return not _parted(self.off_us) and not _parted(self.stamps_off_us)

    @property
    def short(self) -> str:
        """The state in the few words the bar has room for."""
        if self.is_good:
            return "clock trusted"
        if not _parted(self.off_us):
            return f"clock right · stamps {_off(self.stamps_off_us)}"
        return f"clock {_off(self.off_us)} · stamps {self._basis}"

    @property
    def _basis(self) -> str:
        if not _parted(self.stamps_off_us):
            return "are true"
        return "counted on" if _parted(self.present_off_us) else "go by it"

    @property
    def sentence(self) -> str:
        """Who told it, how far off the clock is, and what stamps are made from."""
        pace = "fast" if self.off_us > 0 else "slow"
        clock = f"{length_words(self.off_us)} {pace}" if _parted(self.off_us) else "right"
        known = f"{self.told.by} told the true time ({self.told.known}): this computer's clock is {clock}."
        return f"{known} {self._stamps}"

    @property
    def _stamps(self) -> str:
        if not _parted(self.stamps_off_us):
            return "Stamps are made from the true time."
        pace = "after" if self.stamps_off_us > 0 else "before"
        source = "counted on from before" if _parted(self.present_off_us) else "made from the clock as before"
        return f"Stamps are {source}, {length_words(self.stamps_off_us)} {pace} the true time, {AFTER_THAT}."


def true_time(told: TrueTimeTold | None, reading: ClockReading, present_us: int) -> TrueTime | None:
    """Return the true time as it was told; None where nobody told it, or in another start of the computer."""
    true = as_told(told, reading)
    if told is None or true is None:
        return None
    off_us, stamps_off_us = reading.wall_us - true.at_us, present_us - true.at_us
    return TrueTime(told, off_us, stamps_off_us, stamps_off_us - off_us)


def _parted(by_us: int) -> bool:
    return abs(by_us) > TRUSTED_WITHIN_US


def _off(by_us: int) -> str:
    return f"{words.m_ss(abs(by_us))} {'fast' if by_us > 0 else 'slow'}"
