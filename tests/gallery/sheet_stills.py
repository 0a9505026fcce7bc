"""The sheets: each as it opens, filled in as a nurse would have it, and where something was refused."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from desktop_app.core.care import stop_service
from desktop_app.core.decisions import pressed
from desktop_app.ui import late
from desktop_app.ui.board.card_view import Deed
from desktop_app.ui.sheets.ask_order import ask_order
from desktop_app.ui.sheets.bag import BagSheet
from desktop_app.ui.sheets.correct import CorrectSheet, ReasonSheet, ask_correction, ask_strike_out
from desktop_app.ui.sheets.dose import DoseSheet
from desktop_app.ui.sheets.drugs import DrugsSheet, ask_drugs
from desktop_app.ui.sheets.later_stop import ask_which_stop
from desktop_app.ui.sheets.move import MoveSheet
from desktop_app.ui.sheets.note import ReactionSheet
from desktop_app.ui.sheets.own_drug import OwnDrugSheet
from desktop_app.ui.sheets.pause import PauseSheet
from desktop_app.ui.sheets.protocol_sheet import ProtocolSheet, ask_protocol
from desktop_app.ui.sheets.protocols import ask_protocols
from desktop_app.ui.sheets.rate import RateSheet
from desktop_app.ui.sheets.seat import SeatSheet
from desktop_app.ui.sheets.sheet import Sheet
from desktop_app.ui.sheets.site import SiteSheet
from desktop_app.ui.sheets.start_sheet import StartSheet
from desktop_app.ui.sheets.started_at import ask_started_at
from desktop_app.ui.sheets.stopped_at import StoppedAtSheet
from desktop_app.ui.sheets.usual_order import UsualOrderSheet
from tests.gallery.scene import Scene, Still

S = TypeVar("S", bound=Sheet)
VIAL = "01003123456789061727123110LOT7"
DRUGS = (
    ("favourite-drugs", "J1745 J1756 J9312"),
    ("hidden-drugs", "J0129"),
    ("own-drugs", "Study drug X-204 | chemo | mg"),
    ("usual-orders", "J1745 | iv-infusion | 400 | 120"),
)


def _opened(scene: Scene, kind: type[S]) -> S:
    found = scene.sheet
    assert isinstance(found, kind), f"{found} is open"
    return found


def _asked(
    name: str, deed: Deed, chair: str, kind: type[S], fill: Callable[[S], object], *, taken: bool = False
) -> Still:
    """Return a sheet of a deed, filled in, and confirmed where it will be refused."""

    def act(scene: Scene) -> None:
        scene.ask(deed, chair)
        opened = _opened(scene, kind)
        fill(opened)
        if taken:
            opened.confirm(now=False)

    return Still(f"sheet-{name}", act)


def _plain(deed: Deed, chair: str, name: str = "") -> Still:
    return _asked(name or deed.value, deed, chair, Sheet, lambda _: None)


def _does(name: str, act: Callable[[Scene], object], *, settings: tuple[tuple[str, str], ...] = ()) -> Still:
    def taken(scene: Scene) -> None:
        act(scene)

    return Still(f"sheet-{name}", taken, settings=settings)


def _infliximab(opened: StartSheet) -> None:
    opened.search.setText("infl")
    opened.dose.set_text("400")
    opened.planned.set_text("120")


def _first_of_several(opened: StartSheet) -> None:
    opened.search.setText("iron")
    opened.go_on(now=False)


def _bad_dose(opened: StartSheet) -> None:
    _infliximab(opened)
    opened.dose.set_text("4oo")


def _more(opened: StartSheet) -> None:
    _infliximab(opened)
    opened.show_more()


def _earlier(opened: StartSheet) -> None:
    _infliximab(opened)
    assert opened.earlier is not None
    opened.earlier.show()


def _five_back(opened: StoppedAtSheet | CorrectSheet) -> None:
    opened.at.go_back(5)
    opened.how.chip("pump").click()


def _before_it_ran(opened: StoppedAtSheet | CorrectSheet) -> None:
    opened.how.chip("pump").click()
    opened.at.clock.setText("6:10")
    opened.at.clock.textEdited.emit("6:10")


def _untick(opened: PauseSheet) -> None:
    for box in opened.which.boxes.values():
        box.setChecked(False)


def _signs(opened: ReactionSheet) -> None:
    for sign in "fh":
        opened.signs[sign].toggle()


def _chosen_protocol(opened: SeatSheet) -> None:
    opened.mrn.set_text("0048213")
    opened.protocols.search.setText("inf")


def _corrected(fill: Callable[[CorrectSheet], None]) -> Callable[[Scene], None]:
    def act(scene: Scene) -> None:
        session = scene.session("4")
        ask_correction(scene.window.station, session, session.services[0], "start")
        opened = _opened(scene, CorrectSheet)
        fill(opened)

    return act


def _no_reason(opened: CorrectSheet) -> None:
    _five_back(opened)
    opened.confirm(now=False)


def _dose(fill: Callable[[DoseSheet], object]) -> Callable[[Scene], None]:
    def act(scene: Scene) -> None:
        session = scene.session("4")
        late.ask_dose(scene.window.station, session, session.services[0])
        fill(_opened(scene, DoseSheet))

    return act


def _no_count(opened: DoseSheet) -> None:
    opened.containers.rows[0].count.set_text("few")
    opened.confirm(now=False)


def _history(scene: Scene) -> None:
    session = scene.session("1")
    late.show_times(scene.window.station, session, session.services[2])


def _later_stop(scene: Scene) -> None:
    session = scene.ward.do(scene.session("10"), lambda s, w: stop_service(s, w, service="1"))
    ask_which_stop(scene.window.station, session, session.services[0])


def _struck(scene: Scene) -> None:
    session = scene.session("4")
    ask_strike_out(scene.window.station, session, session.services[0])
    _opened(scene, ReasonSheet).confirm(now=False)


def _marks(count: int) -> Callable[[Scene], None]:
    def act(scene: Scene) -> None:
        for at in range(count):
            scene.ward.desk.mark(pressed(scene.ward.clock.now().wall_us), chair="" if at else "4")
            scene.ward.clock.advance(1)
        scene.ask(Deed.SAY_MARK, "4")

    return act


def _planned(scene: Scene) -> None:
    session = scene.session("7")
    ask_started_at(scene.window.station, session, session.services[1])


def _order(scene: Scene) -> None:
    ask_order(scene.window.station, None, lambda _: True, lambda: None, title="Chair 7 · plan a service")


def _protocol(scene: Scene) -> ProtocolSheet:
    station = scene.window.station
    ask_protocol(station, station.protocols.all()[0], lambda: None)
    return _opened(scene, ProtocolSheet)


def _nameless(scene: Scene) -> None:
    opened = _protocol(scene)
    opened.name.set_text("")
    opened.confirm(now=False)


def _drugs(scene: Scene, letters: str = "") -> DrugsSheet:
    scene.window.show_page("settings")
    ask_drugs(scene.window.station, lambda: None, letters)
    return _opened(scene, DrugsSheet)


def _usual(scene: Scene) -> None:
    _drugs(scene, "infliximab").usual.click()
    opened = _opened(scene, UsualOrderSheet)
    opened.dose.set_text("much")
    opened.confirm(now=False)


def _own(scene: Scene) -> None:
    _drugs(scene, "study").change.click()
    opened = _opened(scene, OwnDrugSheet)
    opened.name.set_text("")
    opened.confirm(now=False)


def _vial(scene: Scene) -> None:
    scene.choose("7")
    scene.window.search(VIAL, scanned=True)


def _next_of_two(scene: Scene) -> None:
    scene.ward.plan(scene.session("2"))
    scene.ask(Deed.STOP_AND_NEXT, "2")
    assert scene.sheet.stamped


def _about(chair: str, at: int) -> Callable[[Scene], None]:
    def act(scene: Scene) -> None:
        session = scene.session(chair)
        late.ask_about_service(scene.window.station, session, session.services[at].id)

    return act


SHEET_STILLS: tuple[Still, ...] = (
    _plain(Deed.SEAT, "6"),
    Still("sheet-seat-free", lambda scene: scene.ask(Deed.SEAT, "13"), chairs=14),
    _asked("seat-protocol", Deed.SEAT, "6", SeatSheet, _chosen_protocol),
    _asked("seat-refused", Deed.SEAT, "6", SeatSheet, lambda _: None, taken=True),
    _asked("seat-twice", Deed.SEAT, "6", SeatSheet, lambda s: s.mrn.set_text("0004821"), taken=True),
    _plain(Deed.START, "11"),
    _asked("start-typed", Deed.START, "11", StartSheet, _infliximab),
    _asked("start-several", Deed.START, "11", StartSheet, _first_of_several),
    _asked("start-free-text", Deed.START, "11", StartSheet, lambda s: s.search.setText("Mixture B")),
    _asked("start-refused", Deed.START, "11", StartSheet, _bad_dose, taken=True),
    _asked("start-more", Deed.START, "11", StartSheet, _more),
    _asked("start-earlier", Deed.START, "11", StartSheet, _earlier),
    _does("start-vial", _vial),
    _plain(Deed.STOP, "2"),
    _does("stop-and-next", _next_of_two),
    _plain(Deed.KEEP_OPEN, "2"),
    _plain(Deed.STOPPED_AT, "4"),
    _asked("stopped-at-filled", Deed.STOPPED_AT, "4", StoppedAtSheet, _five_back),
    _asked("stopped-at-refused", Deed.STOPPED_AT, "4", StoppedAtSheet, _before_it_ran),
    _plain(Deed.STOPPED_AT, "2", "stopped-at-two"),
    _does("started-at", _planned),
    _does("correct", _corrected(_five_back)),
    _does("correct-refused", _corrected(_before_it_ran)),
    _does("correct-no-reason", _corrected(_no_reason)),
    _does("history", _history),
    _does("later-stop", _later_stop),
    _does("strike-out-refused", _struck),
    _plain(Deed.PAUSE, "1"),
    _asked("pause-refused", Deed.PAUSE, "2", PauseSheet, _untick, taken=True),
    _plain(Deed.RATE, "9"),
    _asked("rate-refused", Deed.RATE, "9", RateSheet, lambda s: s.rate.set_text("fast"), taken=True),
    _plain(Deed.BAG, "2"),
    _asked("bag-earlier", Deed.BAG, "2", BagSheet, lambda s: s.earlier.button.click()),
    _plain(Deed.SITE, "1"),
    _asked("site-refused", Deed.SITE, "1", SiteSheet, lambda s: s.site.set_text("Port"), taken=True),
    _asked("reaction", Deed.REACTION, "2", ReactionSheet, _signs),
    _plain(Deed.NOTE, "1"),
    _asked("note-refused", Deed.NOTE, "1", Sheet, lambda _: None, taken=True),
    _plain(Deed.MOVE, "1"),
    _asked("move-refused", Deed.MOVE, "1", MoveSheet, lambda s: s.to.set_text("99"), taken=True),
    _plain(Deed.MORE, "1"),
    _plain(Deed.MORE, "2", "more-two"),
    _plain(Deed.MORE, "8", "more-ended"),
    _plain(Deed.END, "1"),
    _plain(Deed.PLAN, "7"),
    _plain(Deed.PLAN, "11", "plan-empty"),
    _does("order", _order),
    _does("protocols", lambda scene: ask_protocols(scene.window.station)),
    _does("protocol", _protocol),
    _does("protocol-refused", _nameless),
    _does("dose", _dose(lambda _: None)),
    _does("dose-expired", _dose(lambda opened: opened.expiry.set_text("2025-05"))),
    _does("dose-refused", _dose(_no_count)),
    _does("dose-vial", _dose(lambda opened: opened.take_scan(VIAL))),
    _does("mark", _marks(1)),
    _does("marks", _marks(2)),
    _does("service-running", _about("4", 0)),
    _does("service-planned", _about("7", 1)),
    _does("service-stopped", _about("10", 0)),
    _does("keys", lambda scene: late.show_keys(scene.window.station)),
    _does("quit", lambda scene: scene.window.beside.leaving.ask_to_quit()),
    _does("drugs", _drugs, settings=DRUGS),
    _does("drugs-typed", lambda scene: _drugs(scene, "infl"), settings=DRUGS),
    _does("drug-usual-refused", _usual, settings=DRUGS),
    _does("drug-own-refused", _own, settings=DRUGS),
)
