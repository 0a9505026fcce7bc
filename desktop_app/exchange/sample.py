"""The beginning of what a format would write: what a person looks at before anything is sent.

The format's own writer writes it, of the first sessions it takes, into a folder of the caller's,
which is to be gone afterwards: there are patients in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path

from desktop_app.core.events import BatchFile
from desktop_app.core.values import dataclass
from desktop_app.exchange.paper import Paper
from desktop_app.exchange.place import Place
from desktop_app.exchange.rows import Row
from desktop_app.exchange.sending import CannotBeSent, Format, Sending

MOST_SESSIONS = 3
MOST_LINES = 60


@dataclass(frozen=True, slots=True)
class Sample:
    """The beginning of one file."""

    file: str
    lines: tuple[str, ...]
    is_cut: bool
    """Whether the file of these sessions has more lines than are shown."""
    sessions: tuple[str, ...]
    """Whose lines are in it, by their ids."""
    paper: Paper | None = None
    """What it looks like, where it is drawn."""


def samples(
    form: Format, sessions: Iterable[Sequence[Row]], sending: Sending, folder: Path
) -> tuple[Sample, ...]:
    """Return the beginning of each file of the first sessions that can go out in a format.

    Raises OSError, and CannotBeSent with the end of a sentence where none of them can.
    """
    taken = _taken(form, sessions, sending)
    names = tuple(rows[0].session.id for rows in taken)
    if form.is_drawn:
        # One page says how all of them look.
        paper = next(iter(form.papers(taken, sending)))
        return (Sample(paper.title, (), is_cut=False, sessions=names, paper=paper),)
    place = Place(folder)
    try:
        files = _written(form, taken, sending, place)
    finally:
        place.give_up()
    return tuple(_sample(form, folder / file.name, names) for file in files)


def _taken(form: Format, sessions: Iterable[Sequence[Row]], sending: Sending) -> list[Sequence[Row]]:
    """Return the first sessions that can be sent so. Raises CannotBeSent with why the first cannot."""
    reasons: list[str] = []

    def fit() -> Iterator[Sequence[Row]]:
        for rows in sessions:
            why = form.passes_over(rows) or form.lacks(rows, sending.practice) or form.unready(rows, sending)
            if why:
                reasons.append(why)
            else:
                yield rows

    taken = list(islice(fit(), MOST_SESSIONS))
    if not taken:
        raise CannotBeSent(reasons[0] if reasons else "has nothing to send")
    return taken


def _written(
    form: Format, sessions: Sequence[Sequence[Row]], sending: Sending, place: Place
) -> Sequence[BatchFile]:
    writer = form.begin(place, sending)
    for rows in sessions:
        writer.add(rows)
    return writer.close()


def _sample(form: Format, path: Path, sessions: tuple[str, ...]) -> Sample:
    lines = [line for line in form.shown(path.read_bytes()) if line.strip()]
    shown = tuple(lines[:MOST_LINES])
    return Sample(path.name, shown, is_cut=len(lines) > MOST_LINES, sessions=sessions)
