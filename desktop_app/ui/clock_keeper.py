"""Looks at the clocks each second, records what happened to them, and says it until somebody has seen it."""

from __future__ import annotations

from functools import cached_property, partial
from typing import TYPE_CHECKING

from desktop_app.core.moments import ClockReading
from desktop_app.ui import late
from desktop_app.ui.touches import Touch

if TYPE_CHECKING:
    from desktop_app.core.jump_watch import JumpWatch, Told
    from desktop_app.ui.widgets.clock_bar import ClockBar
    from desktop_app.ui.window import MainWindow

NOTED = "What the clock did is noted"
SEEN = "What is told of the clock was seen"


class ClockKeeper:
    """The clocks of one window's workstation."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        self._station = window.station
        self._watch: JumpWatch | None = None

    @cached_property
    def bar(self) -> ClockBar:
        """What is told above every page, made with the first that is to be told."""
        from desktop_app.ui.widgets.clock_bar import ClockBar  # noqa: PLC0415 - most clocks are steady

        bar = ClockBar(self._station.theme)
        bar.seen.clicked.connect(self.see)
        bar.more.clicked.connect(self.show_all)
        self._window.put_over_pages(bar)
        return bar

    def tick(self) -> None:
        """Look at the clocks; the first look, which asks the record, waits for the first picture."""
        if self._station.codings.are_awaited:
            return
        told = self._first_look() if self._watch is None else self._look(self._watch)
        if told:
            self._note(told)
        self._show()

    def see(self) -> None:
        """Record that somebody has read what is told."""
        from desktop_app.core.clocks import seeing  # noqa: PLC0415 - as above

        desk = self._station.desk
        if not desk.expected.clock.unseen:
            return
        plan = seeing(self._station.stamp())
        self._station.touches.send(Touch(SEEN, lambda: desk.take(plan), can_undo=False, is_look=True))
        self._window.refresh()

    def show_all(self) -> None:
        """Show everything that is on record of the clocks."""
        late.ask_clocks(self._station)

    def _look(self, watch: JumpWatch) -> tuple[Told, ...]:
        desk = self._station.desk
        return watch.look(self._station.clock.now(), desk.now().at_us, self._timed())

    def _first_look(self) -> tuple[Told, ...]:
        """Begin to watch, and return what happened since the record ends that is gone on with."""
        from desktop_app.core.jump_watch import JumpWatch, since_closed  # noqa: PLC0415 - as above

        desk, reading = self._station.desk, self._station.clock.now()
        last = {name: self._last_reading(name) for name in self._timed()}
        self._watch, log = JumpWatch(reading), desk.suite.clock.last
        return since_closed(last, log, reading, desk.now().at_us, is_behind=desk.is_clock_behind)

    def _last_reading(self, session: str) -> ClockReading:
        return self._station.desk.history(session)[-1].stamp.reading

    def _timed(self) -> tuple[str, ...]:
        sessions = self._station.desk.suite.sessions.values()
        return tuple(session.id for session in sessions if session.needs_time)

    def _note(self, told: tuple[Told, ...]) -> None:
        from desktop_app.core.clocks import noting  # noqa: PLC0415 - as above

        take = partial(self._station.desk.take, noting(told))
        self._station.touches.send(Touch(NOTED, take, can_undo=False, is_look=True))

    def _show(self) -> None:
        suite = self._station.desk.suite
        if suite.clock.unseen or "bar" in vars(self):
            self.bar.show_unseen(suite, self._station.zone)
