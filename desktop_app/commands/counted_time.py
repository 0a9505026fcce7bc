"""Which of a service's minutes count by the hour, and when each ran, as a drawing needs it."""

from __future__ import annotations

from desktop_app.coding.reasons import Coding
from desktop_app.coding.visit import Visit, VisitService
from desktop_app.core.timeline import NO_TIME, Spans, cut_to_minute, joined, running


def running_time(service: VisitService, stop_us: int | None, *, charted: bool = False) -> Spans:
    """Return when a service ran: start to stop less its pauses; none without a stop.

    ``charted`` cuts every stamp to its minute first.
    """
    if stop_us is None:
        return NO_TIME
    ends = [(start, stop_us if stop is None else stop) for start, stop in service.pauses]
    if not charted:
        return running(service.start_us, stop_us, ends)
    cut = [(cut_to_minute(start), cut_to_minute(stop)) for start, stop in ends]
    return running(cut_to_minute(service.start_us), cut_to_minute(stop_us), cut)


def stops_of(visit: Visit, coding: Coding | None) -> dict[str, int | None]:
    """Return when each service stopped; a stop that was worked out is taken from its line."""
    stops = {service.id: service.stop_us for service in visit.services}
    for line in coding.lines if coding else ():
        if len(line.services) == 1 and stops.get(line.services[0]) is None:
            stops[line.services[0]] = line.stop_us
    return stops


def counted_times(visit: Visit, coding: Coding) -> dict[str, Spans]:
    """Return the time of each service that its lines count by the hour."""
    found: dict[str, Spans] = {service.id: NO_TIME for service in visit.services}
    for line in coding.lines:
        for name, time in line.counted:
            found[name] = joined(found[name], time)
    return found
