"""Which of several stops, asked where something else begins at the instant of the stop."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from desktop_app.core.decisions import When
from desktop_app.core.service import Service
from desktop_app.core.session import Session
from desktop_app.ui.sheets.grouped import GroupedSheet, Offer
from desktop_app.ui.sheets.which import called
from desktop_app.ui.station import Station


def ask_which_stops(
    station: Station,
    session: Session,
    services: Sequence[Service],
    act: Callable[[str], None],
    *,
    title: str,
    stamped: str,
    note: str,
    group: str,
) -> None:
    """Offer a stop of each service; ``act`` is given the id of the one that was chosen."""

    def take(service: str, _: When) -> None:
        act(service)

    offers = [
        Offer(f"Stop {called(service, session)}", partial(take, service.id), str(number))
        for number, service in enumerate(services, start=1)
    ]
    title = f"Chair {session.chair} · {title}"
    sheet = GroupedSheet(station.theme, title, "", [(group, offers)], station.stamp)
    sheet.say_stamped(stamped, note, keys="A number chooses, Enter takes it, Esc keeps nothing.")
    station.sheets.open(sheet)
