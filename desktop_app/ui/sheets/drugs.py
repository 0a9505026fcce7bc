"""The drugs of the suite: stars, what is hidden, how a drug is usually given, drugs that no table knows."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from desktop_app.core.ports import JournalError
from desktop_app.ui.ports import Drug
from desktop_app.ui.sheets.drug_list import drug_detail
from desktop_app.ui.sheets.own_drug import ask_own_drug
from desktop_app.ui.sheets.sheet import WIDE, Sheet
from desktop_app.ui.sheets.usual_order import ask_usual, usual_words
from desktop_app.ui.station import Station
from desktop_app.ui.suite_drugs import SuiteDrugs
from desktop_app.ui.theme import Theme
from desktop_app.ui.widgets.button import Button
from desktop_app.ui.widgets.fields import Field
from desktop_app.ui.widgets.labels import label
from desktop_app.ui.widgets.pick_list import PickList, PickRow
from desktop_app.ui.words import short_name

ROWS, FEW_ROWS = 7, 3
ROOM_FOR_ALL = 700
UNDER = "In the start sheet a drug with a star comes first, a hidden one only where nothing else fits."
NONE_CHOSEN = "Choose a drug to see what is kept of it."
_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}


class DrugsSheet(Sheet):
    """Every drug, found by letters, with what can be said of the chosen one.

    Signals:
        changed: the settings say something else of a drug now.
    """

    changed = Signal()

    def __init__(self, theme: Theme, drugs: SuiteDrugs) -> None:
        super().__init__(theme, "Drugs", UNDER, width=WIDE)
        self._drugs = drugs
        self._found: tuple[Drug, ...] = ()
        self.search = Field(theme, "Drug", hint="Type three letters")
        self.list = PickList(theme, "Drugs that fit", ROWS)
        self.told = label("", size=12, tone="soft", wrap=True)
        self.star = Button(theme, "Star", hint="Ctrl+D")
        self.hide_it = Button(theme, "Hide")
        self.usual = Button(theme, "Usual order…")
        self.change = Button(theme, "Change…")
        self.new = Button(theme, "A drug not in the table…", icon="plus")
        for part in (self.search, self.list, self.told):
            self.body.addWidget(part)
        self.add_row(self.star, self.hide_it, self.usual, self.change)
        self.close_button = self.add_close(beside=self.new)
        self.search.edit.textChanged.connect(lambda _: self._find())
        self.search.edit.installEventFilter(self)
        self.list.currentRowChanged.connect(lambda _: self._tell())
        self.list.starred.connect(lambda at: self._star(self._found[at]))
        self.star.clicked.connect(lambda: self._star(self.drug()))
        self.hide_it.clicked.connect(self._hide)
        self._find()

    def first_field(self) -> QWidget:
        """The letters."""
        return self.search.edit

    def fit_rows(self, height: int) -> None:
        """Keep fewer rows in a window of a height in pixels that has no room for all; they scroll."""
        self.list.keep_rows(ROWS if height >= self.theme.px(ROOM_FOR_ALL) else FEW_ROWS)

    def drug(self) -> Drug | None:
        """Return the chosen drug."""
        at = self.list.currentRow()
        return self._found[at] if 0 <= at < len(self._found) else None

    def choose(self, name: str) -> None:
        """Choose a drug by its name."""
        self.search.set_text(name)

    def _find(self) -> None:
        letters = self.search.text
        self._found = tuple(self._listed(letters))
        self.list.show_rows(
            [self._pick_row(drug) for drug in self._found], 0 if letters and self._found else -1
        )
        self._tell()

    def _listed(self, letters: str) -> list[Drug]:
        """Return every drug that fits, hidden or not; without letters first what is kept something of."""
        every = self._drugs.all()
        if letters:
            return self._drugs.find_every(letters)
        return sorted(every, key=lambda drug: not (self._drugs.said_of(drug) or self._has_star(drug)))

    def _has_star(self, drug: Drug) -> bool:
        return drug in self._drugs.favourites

    def _pick_row(self, drug: Drug) -> PickRow:
        name, rest = short_name(drug.name)
        said = " · ".join(self._drugs.said_of(drug))
        star = self._has_star(drug) if drug.hcpcs else None
        brand = f"({drug.brand})" if drug.brand else ""
        return PickRow(name=name, plain=brand, soft=said or rest, detail=drug_detail(drug), star=star)

    def _tell(self) -> None:
        drug = self.drug()
        is_own, coded = drug is not None and self._drugs.is_own(drug), drug is not None and bool(drug.hcpcs)
        for button, is_possible in (
            (self.star, coded), (self.hide_it, coded), (self.usual, drug is not None), (self.change, is_own)
        ):  # fmt: skip
            button.setEnabled(is_possible)
        self.star.show_as("Take the star away" if drug is not None and self._has_star(drug) else "Star")
        self.hide_it.show_as("Show again" if drug is not None and self._drugs.is_hidden(drug) else "Hide")
        self.told.setText(self._words(drug))
        self.show_problem("")

    def _words(self, drug: Drug | None) -> str:
        if drug is None:
            return NONE_CHOSEN if self._found else "No drug begins like this."
        usual = self._drugs.usual(drug)
        return usual_words(usual, drug) if usual else "No usual order: filled in as it was last given."

    def _star(self, drug: Drug | None) -> None:
        if drug is not None:
            self._change(lambda: self._drugs.favourites.toggle(drug))

    def _hide(self) -> None:
        drug = self.drug()
        if drug is not None:
            self._change(lambda: self._drugs.hide(drug, hidden=not self._drugs.is_hidden(drug)))

    def _change(self, change: Callable[[], None]) -> None:
        """Change what is kept, and draw the rows anew; what is chosen stays chosen."""
        try:
            change()
        except (ValueError, JournalError) as error:
            self.show_problem(str(error))
            return
        for at, drug in enumerate(self._found):
            self.list.replace_row(at, self._pick_row(drug))
        self._tell()
        self.changed.emit()

    def _key(self, event: QKeyEvent) -> bool:
        step = _STEPS.get(Qt.Key(event.key()))
        if step is not None:
            self.list.step(step)
            return True
        is_star = event.key() == Qt.Key.Key_D and event.modifiers() == Qt.KeyboardModifier.ControlModifier
        if is_star:
            drug = self.drug()
            self._star(drug if drug is not None and drug.hcpcs else None)
        return is_star

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Up and down choose in the list while the letters are typed; Ctrl+D is the star."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and self._key(event):
            return True
        return super().eventFilter(watched, event)


def ask_drugs(station: Station, changed: Callable[[], None], chosen: str = "") -> None:
    """Show the drugs and let be said what the suite keeps of them; ``changed`` hears of each change."""
    drugs = SuiteDrugs(station.drugs, station.settings)
    sheet = DrugsSheet(station.theme, drugs)
    sheet.fit_rows(station.sheets.room)
    sheet.changed.connect(changed)
    if chosen:
        sheet.choose(chosen)

    def back(name: str = "") -> None:
        changed()
        ask_drugs(station, changed, name)

    def usual() -> None:
        drug = sheet.drug()
        if drug is not None:
            ask_usual(station, drugs, drug, partial(back, drug.name))

    def change() -> None:
        drug = sheet.drug()
        ask_own_drug(station, drugs, drugs.own_named(drug.name) if drug is not None else None, back)

    sheet.usual.clicked.connect(usual)
    sheet.change.clicked.connect(change)
    sheet.new.clicked.connect(lambda: ask_own_drug(station, drugs, None, back, sheet.search.text))
    station.sheets.open(sheet)
