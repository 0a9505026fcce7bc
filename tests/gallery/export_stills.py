"""The export page and its sheets: what is chosen, what is missing, how far a batch is, what became of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from PySide6.QtWidgets import QApplication

from desktop_app.core.registration import register_patient
from desktop_app.ui.export.send_card import SendCard
from desktop_app.ui.sheets.charges import ChargesSheet
from desktop_app.ui.sheets.column_sheet import ColumnSheet
from desktop_app.ui.sheets.layout_sheet import LayoutSheet
from desktop_app.ui.sheets.layouts import LayoutsSheet
from desktop_app.ui.sheets.sheet import Sheet
from desktop_app.ui.widgets.scroll import Scroll
from tests.gallery.scene import Scene, Still, settle
from tests.ui.billing_day import practise, registered, sign

S = TypeVar("S", bound=Sheet)
WITH_PAYER, WITHOUT = ("6", "8", "4"), ("5", "10")
"""The chairs whose sessions are ready to be sent."""


def _ready(scene: Scene, *formats: str) -> SendCard:
    """Sign some sessions, show the page and choose formats."""
    for chair in (*WITH_PAYER, *WITHOUT):
        sign(scene.ward, scene.window.station, chair, payer=chair in WITH_PAYER)
    scene.window.show_page("export")
    card = scene.window.export.card
    card.folder.set_text("/mnt/billing share/infusion-out")
    for name, tile in card.formats.tiles.items():
        tile.setChecked(name in formats)
    settle()
    return card


def _to_foot(scene: Scene) -> None:
    settle()
    bar = scene.window.export.findChildren(Scroll)[0].verticalScrollBar()
    bar.setValue(bar.maximum())


def _several(scene: Scene) -> None:
    practise(scene.ward)
    _ready(scene, "csv", "xlsx", "hl7")


def _lacks(scene: Scene) -> None:
    _ready(scene, "csv", "x12")


def _lacks_of_sessions(scene: Scene) -> None:
    practise(scene.ward)
    _ready(scene, "csv", "x12", "hl7")


def _under_way(scene: Scene) -> SendCard:
    """Take the first steps of a batch and leave it there."""
    practise(scene.ward)
    card = _ready(scene, "csv", "hl7")
    folder = Path(scene.ward.billing.folder) / "out"
    folder.mkdir()
    card.folder.set_text(str(folder))
    card.send()
    stepping = scene.window.dispatch._stepping  # noqa: SLF001 - a batch of five is over before a picture is
    stepping._timer.stop()  # noqa: SLF001 - as above
    for _ in range(3):
        scene.window.dispatch._moved(stepping._timed())  # noqa: SLF001 - as above
    return card


def _progress(scene: Scene) -> None:
    _under_way(scene)


def _cancelled(scene: Scene) -> None:
    _under_way(scene).progress.cancel.click()


def _sent(scene: Scene) -> None:
    _under_way(scene)
    scene.window.dispatch._stepping._timer.start()  # noqa: SLF001 - as above
    _wait(scene)


def _failed(scene: Scene) -> None:
    card = _ready(scene, "csv")
    card.folder.set_text("/mnt/billing share/infusion-out")
    card.send()
    _wait(scene)


def _wait(scene: Scene) -> None:
    while scene.window.dispatch.is_under_way:
        QApplication.processEvents()


def _at_foot(act: Callable[[Scene], object]) -> Callable[[Scene], None]:
    def taken(scene: Scene) -> None:
        act(scene)
        _to_foot(scene)

    return taken


def _preview(name: str) -> Callable[[Scene], None]:
    def act(scene: Scene) -> None:
        practise(scene.ward)
        card = _ready(scene, name)
        # The first two have no payer and are none of a claim.
        card.preview.click()

    return act


def _opened(scene: Scene, kind: type[S]) -> S:
    found = scene.sheet
    assert isinstance(found, kind), f"{found} is open"
    return found


def _layouts(scene: Scene) -> LayoutsSheet:
    _several(scene)
    scene.window.export.card.formats.columns.click()
    found = _opened(scene, LayoutsSheet)
    found.list.setCurrentRow(0)
    return found


def _layout(scene: Scene) -> LayoutSheet:
    _layouts(scene).copy.click()
    return _opened(scene, LayoutSheet)


def _layout_joined(scene: Scene) -> None:
    found = _layout(scene)
    found.form.choices["modifiers"].chip("joined").click()
    found.form.more.click()


def _layout_warned(scene: Scene) -> None:
    found = _layout(scene)
    found.rows.remove.click()
    found.title.set_text("")
    found.confirm(now=False)


def _column(scene: Scene) -> None:
    _layout(scene).rows.add.click()
    _opened(scene, ColumnSheet).search.set_text("ndc")


def _send_again(scene: Scene) -> None:
    _sent(scene)
    (batch,) = scene.window.station.billing.sent_batches()
    scene.window.export.card.send_again(batch)


def _quit(scene: Scene) -> None:
    _under_way(scene)
    scene.window.beside.leaving.ask_to_quit()


def _lacks_something(scene: Scene) -> None:
    """Have a session whose patient is not registered whole."""
    practise(scene.ward)
    known = replace(registered(), member_id="", birth_date=None)
    session = scene.session("6")
    scene.ward.do(session, lambda s, w: register_patient(s, w, registration=known))
    for chair in ("6", "8"):
        sign(scene.ward, scene.window.station, chair, payer=chair == "8")
    scene.window.show_page("export")
    scene.window.export.card.formats.tiles["x12"].setChecked(True)


def _settings(key: str) -> Callable[[Scene], None]:
    def act(scene: Scene) -> None:
        practise(scene.ward)
        scene.window.show_page("settings", key)
        settle()

    return act


def _wrong_npi(scene: Scene) -> None:
    _settings("practice-npi")(scene)
    entry = scene.window.settings.entries["practice-npi"]
    entry._tell(  # noqa: SLF001 - the stand-in takes any
        "NPI of who bills: must be ten digits, the last of which fits the others. The old value stays."
    )


def _charges(scene: Scene) -> ChargesSheet:
    scene.window.show_page("settings", "charges")
    scene.window.settings.billing_files.charges.click()
    return _opened(scene, ChargesSheet)


def _charges_refused(scene: Scene) -> None:
    sheet = _charges(scene)
    sheet.file.set_text("/home/billing/charges 2026.csv")
    sheet.since.set_text("last week")
    sheet.confirm(now=False)


def _shows(name: str, act: Callable[[Scene], object]) -> Still:
    def taken(scene: Scene) -> None:
        act(scene)

    return Still(f"export-{name}", taken)


EXPORT_STILLS: tuple[Still, ...] = (
    _shows("several", _several),
    _shows("several-foot", _at_foot(_several)),
    _shows("lacks", _lacks),
    _shows("lacks-of-sessions", _lacks_of_sessions),
    _shows("progress", _at_foot(_progress)),
    _shows("cancelled", _at_foot(_cancelled)),
    _shows("sent", _at_foot(_sent)),
    _shows("failed", _at_foot(_failed)),
    _shows("preview-csv", _preview("csv")),
    _shows("preview-x12", _preview("x12")),
    _shows("preview-hl7", _preview("hl7")),
    _shows("preview-superbill", _preview("superbill")),
    _shows("layouts", _layouts),
    _shows("layout", _layout),
    _shows("layout-joined", _layout_joined),
    _shows("layout-warned", _layout_warned),
    _shows("column", _column),
    _shows("lacks-untick", _lacks_something),
    _shows("send-again", _send_again),
    _shows("quit", _quit),
    _shows("settings-closed", _settings("charges")),
    _shows("settings-open", _settings("practice-npi")),
    _shows("settings-foot", _settings("hl7-times")),
    _shows("settings-wrong", _wrong_npi),
    _shows("charges", _charges),
    _shows("charges-refused", _charges_refused),
)
