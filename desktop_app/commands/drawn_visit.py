"""A visit drawn as a small timeline: a lane a service, grouped by encounter and access site.

                     16:00     16:30     17:00     17:30     18:00     18:30
                     ┬─────────┬─────────┬─────────┬─────────┬─────────┬─────────┬
    h  saline        ╞════════════════════───────────────────════════════════════╡  120 of 180 min  96361
    a  vancomycin                        ╞═══════════════════╡                      60 min          96365
    p  ondansetron                                                    ●                             96375

What counts by the hour is drawn double, other running time single, a pause with dots. The names
in it are what a person typed: the drawing is text, never markup.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum, auto

from desktop_app.coding.reasons import Coding, Kind
from desktop_app.coding.visit import Visit, VisitService
from desktop_app.commands.counted_time import counted_times, running_time, stops_of
from desktop_app.core.moments import HOUR_US
from desktop_app.core.orders import Route
from desktop_app.core.timeline import Spans, whole_minutes
from desktop_app.core.values import dataclass
from desktop_app.core.wall_scale import Scale, scale_for

WIDTH = 100
"""The most columns of a drawing."""

_MIDNIGHT, _NEW_DAY, _TICK, _AXIS = "│", "┼", "┬", "─"
_GIVEN, _CARE, _OPEN, _PAUSE = "●", "○", ">", "·"
_RAN, _COUNTED = ("├", "─", "┤"), ("╞", "═", "╡")
_AS_COUNTED = dict(zip(_RAN, _COUNTED, strict=True))

LEGEND = {
    "═": "counts by the hour",
    "─": "ran, but does not count by the hour",
    _PAUSE: "paused",
    _GIVEN: "push or injection",
    _CARE: "other entry",
    _OPEN: "no stop",
    _MIDNIGHT: "midnight",
}

_GIVEN_AT_ONCE = frozenset({Route.IV_PUSH, Route.IM, Route.SC, Route.IA_PUSH})
_WIDEST_NAME, _WIDEST_ID = 24, 8
_LEAST_COLUMNS = 20
_LEGEND_GAP = 3


class Part(Enum):
    """What a row of a drawing is."""

    CLOCK = auto()
    GROUP = auto()
    LANE = auto()
    LEGEND = auto()


@dataclass(frozen=True, slots=True)
class Row:
    """One row: what stands left of the drawing, the drawing, and what stands right of it."""

    part: Part
    name: str
    bar: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Drawing:
    """A drawn visit, row by row; no rows where nothing was given."""

    rows: tuple[Row, ...]
    name_width: int
    columns: int

    def cells(self, row: Row) -> tuple[str, str, str]:
        """Return the three parts of a row, padded so that they stand below those of other rows."""
        if row.part in (Part.GROUP, Part.LEGEND):
            return row.name, "", ""
        return row.name.ljust(self.name_width + 2), row.bar.ljust(self.columns), f"  {row.note}"

    def text(self) -> str:
        """Return the drawing as plain text, without blanks at the ends of its rows."""
        return "\n".join("".join(self.cells(row)).rstrip() for row in self.rows)


def drawn(visit: Visit, coding: Coding | None = None, *, width: int = WIDTH) -> Drawing:
    """Return a visit as a timeline of at most ``width`` columns.

    With its coding, minutes that count by the hour are told from those that do not, and each lane
    ends with its codes; without it it is running time only.
    """
    if not visit.services:
        return Drawing((), 0, 0)
    sheet = _Sheet(visit, coding)
    ids, names = sheet.name_widths()
    notes = max(len(note) for note in sheet.notes.values())
    name_width = ids + names
    columns = max(_LEAST_COLUMNS, min(width, WIDTH) - name_width - notes - 4)
    scale = scale_for(sheet.first_us, sheet.last_us, visit.zone, columns)
    lanes = list(_lanes(sheet, scale, ids, names))
    rows = (*_clock(scale), *lanes, *_legend(lanes, min(width, WIDTH)))
    return Drawing(rows, name_width, scale.columns)


class _Sheet:
    """What is to be drawn of a visit, before it has a scale."""

    def __init__(self, visit: Visit, coding: Coding | None) -> None:
        self.visit = visit
        self.stops = stops_of(visit, coding)
        self.counted = counted_times(visit, coding) if coding else None
        self.codes = _codes(visit, coding) if coding else {}
        self.first_us, self.last_us = self._ends()
        self.notes = _notes(self)

    def _ends(self) -> tuple[int, int]:
        """Return the first and last instant; what has no stop yet gets a little room to run on."""
        services = self.visit.services
        known = [at for service in services for pause in service.pauses for at in pause if at is not None]
        known += [service.start_us for service in services]
        known += [stop for stop in self.stops.values() if stop is not None]
        first, last = min(known), max(known)
        if any(self.runs_on(service) for service in services):
            last += max((last - first) // 8, HOUR_US // 2)
        return first, max(last, first + HOUR_US // 4)

    def runs_on(self, service: VisitService) -> bool:
        """Say whether a service runs and has no stop."""
        return service.order.runs and self.stops[service.id] is None

    def ran(self, service: VisitService) -> Spans:
        """Return when a service ran, up to the edge of the drawing where it has no stop."""
        stop_us = self.last_us if self.runs_on(service) else self.stops[service.id]
        return running_time(service, stop_us)

    def name_widths(self) -> tuple[int, int]:
        """Return how wide the ids, with the gap behind them, and the names stand."""
        ids = max(len(_short(service.id, _WIDEST_ID)) for service in self.visit.services)
        names = max(len(_short(_name(service), _WIDEST_NAME)) for service in self.visit.services)
        return ids + 2, names


def _name(service: VisitService) -> str:
    return service.order.drug or service.order.route.replace("-", " ")


def _short(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"


def _codes(visit: Visit, coding: Coding) -> dict[str, str]:
    """Return the codes each service is on, or that it is not billed."""
    found: dict[str, dict[str, None]] = {service.id: {} for service in visit.services}
    for line in coding.lines:
        for name in line.services if line.kind is Kind.ADMINISTRATION else ():
            found[name]["-".join((line.code, *line.modifiers))] = None
    for item in coding.not_billed:
        if not found[item.service]:
            found[item.service]["not billed"] = None
    for line in coding.lines:
        for name in line.services:
            if not found[name]:
                found[name][line.code] = None
    return {name: " ".join(codes) for name, codes in found.items()}


def _notes(sheet: _Sheet) -> dict[str, str]:
    """Return what stands behind each lane: its minutes, and its codes below each other."""
    minutes = {service.id: _minutes(sheet, service) for service in sheet.visit.services}
    widest = max(len(text) for text in minutes.values())
    gap = 2 if widest else 0
    return {name: text.ljust(widest + gap) + sheet.codes.get(name, "") for name, text in minutes.items()}


def _minutes(sheet: _Sheet, service: VisitService) -> str:
    if sheet.runs_on(service):
        if service.order.goes_home_running:
            return "goes home"
        return "not seen" if service.not_witnessed else "no stop"
    ran = whole_minutes(sheet.ran(service))
    counted = sheet.counted.get(service.id) if sheet.counted else None
    if counted and (own := whole_minutes(counted)) < ran:
        return f"{own} of {ran} min"
    return f"{ran} min" if service.stop_us is not None or ran else ""


def _clock(scale: Scale) -> Iterator[Row]:
    """Yield the days where there are several, the hours, and the axis."""
    midnights = scale.midnights()
    ticks = scale.ticks()
    if midnights:
        yield Row(Part.CLOCK, "", _spread(_days(scale, midnights), scale.columns))
    yield Row(Part.CLOCK, "", _spread(ticks, scale.columns))
    axis = [_AXIS] * scale.columns
    for column, _label in ticks:
        axis[column] = _TICK
    for at_us in midnights:
        axis[scale.column(at_us)] = _NEW_DAY
    yield Row(Part.CLOCK, "", "".join(axis))


def _days(scale: Scale, midnights: list[int]) -> list[tuple[int, str]]:
    """Return where each day begins; the first is left out where the next one needs its room."""
    days = [(scale.column(at_us), scale.day(at_us)) for at_us in (scale.origin_us, *midnights)]
    return days if days[1][0] > len(days[0][1]) else days[1:]


def _spread(labels: list[tuple[int, str]], columns: int) -> str:
    """Return labels at their columns; one that would touch the one before, or the edge, is left out."""
    text = ""
    for column, label in labels:
        if (not text or len(text) < column) and column + len(label) <= columns + 2:
            text = text.ljust(column) + label
    return text


def _lanes(sheet: _Sheet, scale: Scale, ids: int, names: int) -> Iterator[Row]:
    groups: dict[tuple[str, str], list[VisitService]] = {}
    in_time = sorted(sheet.visit.services, key=lambda service: service.start_us)
    begun = list(dict.fromkeys(service.order.encounter for service in in_time))
    for service in sorted(in_time, key=lambda service: begun.index(service.order.encounter)):
        groups.setdefault((service.order.encounter, service.order.site), []).append(service)
    for (encounter, site), services in groups.items():
        if len(groups) > 1:
            yield Row(Part.GROUP, f"encounter {encounter}, site {site}")
        for service in services:
            name = f"{_short(service.id, _WIDEST_ID):{ids}}{_short(_name(service), _WIDEST_NAME):{names}}"
            yield Row(Part.LANE, name, _bar(sheet, scale, service), sheet.notes[service.id])


def _bar(sheet: _Sheet, scale: Scale, service: VisitService) -> str:
    cells = [" "] * scale.columns
    for at_us in scale.midnights():
        cells[scale.column(at_us)] = _MIDNIGHT
    spans, stop_us = sheet.ran(service), sheet.stops[service.id]
    if sheet.runs_on(service):
        _fill(cells, scale.column(service.start_us), scale.columns - 1, _PAUSE)
    elif stop_us is not None:
        _fill(cells, scale.column(service.start_us), scale.column(stop_us), _PAUSE)
    for start, stop in spans:
        _run(cells, scale.column(start), scale.column(stop))
    _mark_counted(cells, sheet, scale, service, spans)
    if sheet.runs_on(service):
        cells[-1] = _OPEN
    if not service.order.runs:
        cells[scale.column(service.start_us)] = _GIVEN if service.order.route in _GIVEN_AT_ONCE else _CARE
    return "".join(cells)


def _fill(cells: list[str], first: int, last: int, glyph: str) -> None:
    cells[first : last + 1] = glyph * (last + 1 - first)


def _run(cells: list[str], first: int, last: int) -> None:
    left, middle, right = _RAN
    _fill(cells, first, last, middle)
    if first < last:
        cells[first], cells[last] = left, right


def _mark_counted(cells: list[str], sheet: _Sheet, scale: Scale, service: VisitService, spans: Spans) -> None:
    for start, stop in spans if sheet.counted is None else sheet.counted[service.id]:
        for column in range(scale.column(start), scale.column(stop) + 1):
            cells[column] = _AS_COUNTED.get(cells[column], cells[column])


def _legend(lanes: list[Row], width: int) -> Iterator[Row]:
    """Yield what the signs in the lanes mean, as many to a row as have room."""
    used = {glyph for row in lanes if row.part is Part.LANE for glyph in row.bar}
    used |= {middle for left, middle, _right in (_RAN, _COUNTED) if left in used}
    row = ""
    for told in (f"{glyph} {words}" for glyph, words in LEGEND.items() if glyph in used):
        if row and len(row) + _LEGEND_GAP + len(told) > width:
            yield Row(Part.LEGEND, row)
            row = ""
        row = f"{row}{' ' * _LEGEND_GAP}{told}" if row else told
    if row:
        yield Row(Part.LEGEND, row)
