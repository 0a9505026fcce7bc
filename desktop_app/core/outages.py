"""A downtime as it is known: when the record system went away, when it came back, and who said so."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from desktop_app.core import events as e
from desktop_app.core.moments import ClockReading, Moment
from desktop_app.core.values import dataclass

OUTAGE_KINDS = (e.DowntimeBegun, e.DowntimeOver, e.DowntimeReturned)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outage:
    """One downtime, folded from its events."""

    id: str
    begun: Moment
    system: str = ""
    """What went away; empty when nobody said."""
    over: Moment | None = None
    is_taken_back: bool = False
    """Whether it never was: its beginning was undone."""
    begun_seq: int = 0
    """The place of its beginning in the workstation's journal."""
    begun_reading: ClockReading | None = None
    over_seq: int = 0
    over_reading: ClockReading | None = None
    chair: str = ""
    """None: what is undone of it is no chair's."""

    @property
    def is_open(self) -> bool:
        """Whether it still lasts."""
        return self.over is None and not self.is_taken_back

    @property
    def touch_seq(self) -> int:
        """The place of its last touch; 0 when there is nothing to take back."""
        return 0 if self.is_taken_back else self.over_seq or self.begun_seq

    @property
    def touch_reading(self) -> ClockReading | None:
        """What the clocks said when that touch was recorded."""
        return self.over_reading or self.begun_reading


def outage_of(recorded: e.Recorded) -> str:
    """Return the downtime an event is about; nothing for an event of something else."""
    event = recorded.event
    return event.outage if isinstance(event, OUTAGE_KINDS) else ""


def evolve_outage(outage: Outage | None, recorded: e.Recorded) -> Outage:
    """Return a downtime after one more event. Raises ValueError for an event out of place."""
    event, stamp = recorded.event, recorded.stamp
    at = Moment(event.at_us, event.how, stamp.reading.wall_us, stamp.actor)
    if isinstance(event, e.DowntimeBegun):
        return Outage(
            id=event.outage,
            begun=at,
            system=event.system,
            begun_seq=recorded.origin_seq,
            begun_reading=stamp.reading,
        )
    if outage is None:
        message = f"event {recorded.id} ({event.KIND}) comes before its downtime began"
        raise ValueError(message)
    if isinstance(event, e.DowntimeOver):
        return replace(outage, over=at, over_seq=recorded.origin_seq, over_reading=stamp.reading)
    if outage.over is None:
        return replace(outage, is_taken_back=True)
    return replace(outage, over=None, over_seq=0, over_reading=None)


def fold_outages(history: Iterable[e.Recorded]) -> dict[str, Outage]:
    """Replay what the suite's own stream says of downtimes, oldest first."""
    outages: dict[str, Outage] = {}
    for recorded in history:
        name = outage_of(recorded)
        if name:
            outages[name] = evolve_outage(outages.get(name), recorded)
    return outages


def in_order(outages: Mapping[str, Outage]) -> tuple[Outage, ...]:
    """Return the downtimes that were, oldest first."""
    were = (outage for outage in outages.values() if not outage.is_taken_back)
    return tuple(sorted(were, key=lambda outage: (outage.begun.at_us, outage.id)))
