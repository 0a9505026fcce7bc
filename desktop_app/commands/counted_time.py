"""Which of a service's minutes count by the hour, as far as a coding tells it.

A line says how many minutes it stands on, and of which drug, but not which minutes. So a guess
is made in the coder's own order: all of it; what no other infusion of the site counts; what ran
beside no infusion, and beside no push, and in pieces long enough. It stands only where it comes
to the very minutes that are told. Where none does, nothing is claimed: it counts in part.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from desktop_app.coding.reasons import Coding, Line
from desktop_app.coding.rulebook import Era, Rulebook
from desktop_app.coding.visit import Visit, VisitService
from desktop_app.core.orders import Category
from desktop_app.core.timeline import NO_TIME, Spans, cut_to_minute, in_order, running, whole_minutes, without

Times = dict[str, Spans]
Guess = Callable[["_Books", list[str]], Times]


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


def counted_times(visit: Visit, coding: Coding, rulebook: Rulebook) -> dict[str, Spans | None]:
    """Return the time of each service that counts by the hour; None where it does in part."""
    era = rulebook.on(visit.date)
    lines = [line for line in coding.lines if era and _by_the_hour(line, era)]
    found: dict[str, Spans | None] = {}
    for charted in (False, True):
        books = _Books(visit, coding, rulebook, charted=charted)
        books.read(lines)
        for name in {name for line in lines for name in line.services}:
            found[name] = found.get(name) or books.counted.get(name)
    return {service.id: found.get(service.id, NO_TIME) for service in visit.services}


def _by_the_hour(line: Line, era: Era) -> bool:
    """Say whether a line's units stand for hours; chemo beside another has such a code, and no time."""
    return bool(line.role) and era.codes[line.role].hour and "concurrent-chemo" not in line.rules


class _Books:
    """The time every service ran, on one basis, and what of it is known to count."""

    def __init__(self, visit: Visit, coding: Coding, rulebook: Rulebook, *, charted: bool) -> None:
        stops = stops_of(visit, coding)
        self.services: Mapping[str, VisitService] = {service.id: service for service in visit.services}
        self.ran: Times = {
            name: running_time(service, stops[name], charted=charted)
            for name, service in self.services.items()
        }
        self.counted: Times = {}
        self.shortest_piece = int(rulebook.options["hydration_min"].defaults[visit.setting])
        """The fewest minutes a piece of hydration must have where each must reach the minimum."""

    def read(self, lines: list[Line]) -> None:
        """Go through the lines until nothing new is found: one line may wait for another."""
        known = -1
        while known < len(self.counted):
            known = len(self.counted)
            for line in lines:
                self._read_line(line)

    def _read_line(self, line: Line) -> None:
        """Count the services of a line: each by the minutes told of it, else all by those of the line."""
        for name in self._open(line):
            self._take([name], self._told(line, name))
        known = sum(whole_minutes(self.counted[name]) for name in line.services if name in self.counted)
        self._take(self._open(line), (line.minutes or 0) - known)

    def _open(self, line: Line) -> list[str]:
        return [name for name in line.services if name not in self.counted]

    def _told(self, line: Line, name: str) -> int | None:
        """Return the minutes a line tells of one service; None where it does not, or of several so named."""
        drug = self.services[name].order.drug
        told = [margin.minutes for margin in line.margins if margin.of == drug]
        so_named = [other for other in line.services if self.services[other].order.drug == drug]
        return told[0] if len(told) == len(so_named) == 1 else None

    def _take(self, names: list[str], wanted: int | None) -> None:
        for guess in _GUESSES if names and wanted is not None else ():
            times = guess(self, names)
            if sum(whole_minutes(spans) for spans in times.values()) == wanted:
                self.counted |= times
                return

    def at_site(self, name: str) -> Iterator[str]:
        """Yield the services of the same encounter and access site."""
        here = _place(self.services[name])
        return (other for other, service in self.services.items() if _place(service) == here)

    def less(self, name: str, taken: Iterator[Spans]) -> Spans:
        """Return the time a service ran outside some other time."""
        return without(self.ran[name], in_order(span for spans in taken for span in spans))


def _place(service: VisitService) -> tuple[str, str]:
    return service.order.encounter, service.order.site


def _all_of_it(books: _Books, names: list[str]) -> Times:
    return {name: books.ran[name] for name in names}


def _not_yet_counted(books: _Books, names: list[str]) -> Times:
    if any(_cross(books, one, other) for one in names for other in names if one != other):
        return {}
    return {
        name: books.less(name, (books.counted.get(other, NO_TIME) for other in books.at_site(name)))
        for name in names
    }


def _cross(books: _Books, one: str, other: str) -> bool:
    return bool(books.ran[one]) and without(books.ran[one], books.ran[other]) != books.ran[one]


def _beside_no_infusion(books: _Books, names: list[str]) -> Times:
    return {name: books.less(name, _drugs(books, name, pushes=False)) for name in names}


def _beside_no_drug(books: _Books, names: list[str]) -> Times:
    return {name: books.less(name, _drugs(books, name, pushes=True)) for name in names}


def _pieces_that_reach_the_minimum(books: _Books, names: list[str]) -> Times:
    pushes = {
        name: in_order(span for spans in _drugs(books, name, pushes=True) for span in spans) for name in names
    }
    pieces = {
        name: [without((piece,), pushes[name]) for piece in spans]
        for name, spans in _beside_no_infusion(books, names).items()
    }
    return {
        name: tuple(span for piece in told if whole_minutes(piece) >= books.shortest_piece for span in piece)
        for name, told in pieces.items()
    }


def _drugs(books: _Books, fluid: str, *, pushes: bool) -> Iterator[Spans]:
    for name in books.at_site(fluid):
        order = books.services[name].order
        left_out = order.kvo or order.integral or order.goes_home_running
        if order.category is not Category.HYDRATION and not left_out and (order.runs or pushes):
            yield books.ran[name]


_GUESSES: tuple[Guess, ...] = (
    _all_of_it,
    _not_yet_counted,
    _beside_no_infusion,
    _beside_no_drug,
    _pieces_that_reach_the_minimum,
)
