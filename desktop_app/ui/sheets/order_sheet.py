"""The sheet for one order: drug, how it is given, dose, planned minutes; the rest behind "More"."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop_app.core.orders import Order
from desktop_app.core.ports import JournalError
from desktop_app.core.protocols import FIRST_SITE
from desktop_app.ui.offers import Known, Offer, ordered_drug
from desktop_app.ui.sheets.amounts import heard_words
from desktop_app.ui.sheets.drug_list import FEW_ROWS, DrugList
from desktop_app.ui.sheets.last_used import FROM_PLAN, LastUsed, source_words
from desktop_app.ui.sheets.more_fields import MoreFields
from desktop_app.ui.sheets.order_form import OrderForm, dose_text, read_order, wrong_field
from desktop_app.ui.sheets.own_name import AskOnce, no_name, own_name
from desktop_app.ui.sheets.sheet import Sheet
from desktop_app.ui.sheets.ways import MEANINGS, Ways, way_of
from desktop_app.ui.theme import Theme
from desktop_app.ui.vials import Vial
from desktop_app.ui.widgets.button import Button, Kind
from desktop_app.ui.widgets.fields import Choice, Field
from desktop_app.ui.widgets.labels import label

MORE_NAME = "More: other ways of giving, rates, rounds"
_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}


class OrderSheet(Sheet):
    """Asks what is given, how and how much. ``on`` names the way on."""

    def __init__(self, theme: Theme, title: str, under: str, known: Known, *, on: str) -> None:
        super().__init__(theme, title, under)
        self.known = known
        self._on = on
        self._filled_for: Offer | None = None
        self._base: Order | None = None
        """The order the sheet began as, while its drug stays."""
        self.once = AskOnce()
        self.search = QLineEdit()
        self.search.setPlaceholderText("Type three letters of a drug or fluid")
        self.search.setAccessibleName("Drug or fluid")
        self.search.installEventFilter(self)
        self.list = DrugList(theme, known.favourites.__contains__)
        self.free_text = label("", size=12, tone="soft", wrap=True)
        self.way = Ways(theme, self)
        self.dose = Field(theme, "Dose")
        self.heard = label("", size=12, tone="soft")
        self.planned = Field(theme, "Planned minutes")
        self.site = Field(theme, "Access site")
        self.more = MoreFields(theme, self.way, is_office=known.is_office)
        self.heard.hide()
        self.source = label("", size=12, tone="soft")
        self.last_used = LastUsed(theme, self.dose)
        self.way.rare.hide()
        self.more.hide()
        self.more_button = Button(theme, "More…", kind=Kind.LINK)
        self.more_button.setCheckable(True)
        self.links = QHBoxLayout()
        self._lay_out()
        self.search.textChanged.connect(self._find)
        self.list.currentRowChanged.connect(self._fill)
        # In the search a dose would be letters of a drug. As by Tab: one that stands there is typed over.
        self.list.itemClicked.connect(lambda _: self.dose.edit.setFocus(Qt.FocusReason.TabFocusReason))
        self.list.star_wanted.connect(lambda offer: self._star(offer.drug))
        self.dose.edit.textChanged.connect(lambda _: self._say_heard())
        self.way.chosen.connect(lambda _: self._say_way())
        self.more_button.clicked.connect(self.show_more)
        self._find("")

    def order(self) -> Order | str:
        """Return the order as it stands in the sheet, or what is wrong with it."""
        return read_order(self._form())

    def faulty(self) -> QLineEdit | None:
        """The field that cannot be taken."""
        more = self.more
        own = "name" if self.search.text().strip() and self.list.drug() is None else ""
        return {
            "name": self.search,
            "dose": self.dose.edit,
            "planned": self.planned.edit,
            "volume": more.volume.edit,
            "vitals": more.vitals.edit,
            "observe": more.observe.edit,
            "rates": more.rates.edit,
        }.get(wrong_field(self._form()) or own)

    def _form(self) -> OrderForm:
        more = self.more
        return OrderForm(
            name=self.search.text(),
            drug=self.list.drug(),
            way=self.way.taken,
            dose=self.dose.text,
            planned=self.planned.text,
            site=self.site.text,
            volume=more.volume.text,
            vitals=more.vitals.text,
            observe=more.observe.text,
            rates=more.rates.text,
            primary=more.primary.isChecked(),
            hormonal=more.hormonal.isChecked(),
            vial=self.vial(),
            base=self._base,
        )

    def confirm(self, *, now: bool) -> None:
        """Take what the sheet says; a name that no table has is asked about first."""
        name = self.search.text().strip() if self.list.drug() is None else ""
        if name and (refused := no_name(name, self.known.suite)):
            self.show_problem(refused)
        elif name and self.once.holds_back(question := own_name(name)):
            self.show_problem(question)
        else:
            super().confirm(now=now)

    def vial(self) -> Vial | None:
        """Return the vial it is from; a plan knows none."""
        return None

    def fill_from(self, order: Order) -> None:
        """Fill the sheet from an order, which is then the first of the list."""
        self.show_offer(Offer(ordered_drug(order, self.known.drugs)), order)

    def show_offer(self, offer: Offer, order: Order | None) -> None:
        """Show one offer as the one that is chosen, filled from its order."""
        self._show_alone(offer)
        self._fill_order(offer, order)

    def put_back(self) -> None:
        """Write the drug the sheet began with again over what was scanned into its place; else nothing."""
        if self._base is not None and self._filled_for is not None:
            self._show_alone(self._filled_for)
        else:
            self.search.clear()

    def _show_alone(self, offer: Offer) -> None:
        """Write an offer's drug and choose it in the list; what else stands in the sheet stays."""
        self._filled_for = offer
        with QSignalBlocker(self.search):
            self.search.setText(offer.drug.name)
        self.search.selectAll()
        others = [other for other in self.known.offers(offer.drug.name) if other != offer]
        self.list.show_offers([offer, *others], choose=0)
        self.free_text.hide()

    def show_more(self) -> None:
        """Show what is behind "More"."""
        self.more.show()
        self.way.rare.show()
        self.more_button.hide()
        self.list.keep_rows(FEW_ROWS)
        chips: Choice = self.way.rare if self.way.is_rare else self.way.usual
        chips.chip(self.way.taken.value).setFocus()

    def first_field(self) -> QWidget:
        """The search, ready for three letters."""
        return self.search

    def _lay_out(self) -> None:
        self.body.addWidget(self.search)
        self.body.addWidget(self.list)
        over_list = QVBoxLayout(self.list)
        over_list.addWidget(self.free_text)
        over_list.addStretch()
        self.body.addWidget(self.way.usual)
        self.add_row(self.dose, self.planned, self.site)
        self.body.addWidget(self.heard)
        self.body.addWidget(self.source)
        self._lay_out_site()
        self.body.addWidget(self.more)
        self.links.addWidget(self.last_used)
        self.links.addWidget(self.more_button)
        self.body.addLayout(self.links)
        self.back, self.go = self.add_ways_on("Cancel", self._on)

    def _lay_out_site(self) -> None:
        """A plan does not know yet where the access will be."""
        self.site.hide()

    def _find(self, text: str) -> None:
        typed = text.strip()
        found = self.known.offers(text)
        self.list.show_offers(found, choose=0 if typed else -1)
        self.free_text.setText(f"No drug is called “{typed}”.")
        self.free_text.setVisible(bool(typed) and not found)
        if typed and not found:
            self._forget()
        self.show_problem("")

    def _forget(self) -> None:
        """Let go of the drug before: a name of its own takes neither its dose nor its code."""
        self._filled_for = self._base = None
        self.more.fill_from(None)
        for field in (self.dose, self.planned):
            field.set_text("")
        self.dose.rename("Dose")
        self.source.setText("")
        self.last_used.offer(None)

    def _fill(self, _row: int) -> None:
        offer = self.list.offer()
        if offer is None or offer == self._filled_for:
            return
        self._filled_for = offer
        planned = offer.planned.order if offer.planned else None
        self._fill_order(offer, planned)

    def remembered(self) -> Callable[[], None]:
        """Return what puts the sheet back as it stands now: a scan may choose drugs while it is typed."""
        form, offers, row = self._form(), self.list.offers, self.list.currentRow()
        filled_for, source, last = self._filled_for, self.source.text(), self.last_used.order

        def put_back() -> None:
            self._filled_for, self._base = filled_for, form.base
            self.list.show_offers(offers, choose=row)
            self.way.take(form.way)
            for field, text in ((self.dose, form.dose), (self.planned, form.planned), (self.site, form.site)):
                field.set_text(text)
            self.more.fill_from_form(form)
            self.source.setText(source)
            self.last_used.offer(last)
            self._say_way()

        return put_back

    def _fill_order(self, offer: Offer, order: Order | None) -> None:
        """Fill the fields from an order that is meant, else as the suite gives or last gave the drug.

        A dose that somebody else was given is offered as that, and never taken by Enter.
        """
        filled = self.known.filled(offer.drug)
        meant = order or filled.order
        if order is not None or self._base is not None:
            self.more.fill_from(order)
        self._base = order
        self.way.take(way_of(offer.drug.category, meant))
        self.dose.set_text(dose_text(meant))
        self._say_heard()
        self.last_used.offer(None if self.dose.text or order else filled.last, offer.drug.unit)
        self.source.setText(FROM_PLAN if order else source_words(filled))
        self.dose.rename(f"Dose ({offer.drug.unit})" if offer.drug.unit else "Dose")
        self.planned.set_text(str(meant.planned_minutes or "") if meant else "")
        if order is not None and order.site != FIRST_SITE:
            self.site.set_text(order.site)
        self._say_way()

    def _say_heard(self) -> None:
        """Say what was understood of the dose: a slip of a comma shows before it starts."""
        drug = self.list.drug()
        unit, per_unit = (drug.unit, drug.unit_amount) if drug else ("", None)
        heard = heard_words(self.dose.text, unit, per_unit)
        self.heard.setText(heard)
        self.heard.setVisible(bool(heard))

    def _star(self, drug: object) -> None:
        try:
            self.known.favourites.toggle(drug)  # type: ignore[arg-type]  # a signal carries objects
        except (ValueError, JournalError) as error:
            self.show_problem(str(error))
            return
        self.list.show_stars()

    def _say_way(self) -> None:
        meaning = MEANINGS[self.way.taken]
        self.planned.edit.setEnabled(meaning.has_minutes)
        self.more.fit(has_time=meaning.has_minutes)
        self._say_more()

    def _say_more(self) -> None:
        """Let the way to more say a rarer way that is taken, as long as its own chip is not to be seen."""
        rare = self.way.words if self.way.is_rare else ""
        self.more_button.show_as(
            f"{rare} · more…" if rare else "More…",
            kind=Kind.CHIP if rare else Kind.LINK,
            name=f"How it is given: {rare}. Other ways, rates, rounds" if rare else MORE_NAME,
        )
        self.more_button.setChecked(bool(rare))

    def _key(self, event: QKeyEvent) -> bool:
        """Take a key of the search: up and down go through the list, Ctrl+D is the star."""
        step = _STEPS.get(Qt.Key(event.key()))
        if step is not None:
            self.list.step(step)
            return True
        if event.key() != Qt.Key.Key_D or event.modifiers() != Qt.KeyboardModifier.ControlModifier:
            return False
        drug = self.list.drug()
        if drug is not None and drug.hcpcs:
            self._star(drug)
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Some keys are about the list while the letters are typed."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and self._key(event):
            return True
        return super().eventFilter(watched, event)
