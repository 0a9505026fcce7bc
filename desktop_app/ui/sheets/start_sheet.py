"""The start sheet: what starts, on which access site, from which vial, and an earlier start."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop_app.core.access import Right
from desktop_app.core.decisions import When
from desktop_app.core.orders import TIMED_ROUTES
from desktop_app.core.protocols import FIRST_SITE
from desktop_app.core.service import Service
from desktop_app.ui import words
from desktop_app.ui.offers import Known, Offer
from desktop_app.ui.sheets.drug_list import FEW_ROWS
from desktop_app.ui.sheets.first_match import FirstMatch
from desktop_app.ui.sheets.order_sheet import OrderSheet
from desktop_app.ui.sheets.vial_part import WHICH_FIRST, VialPart
from desktop_app.ui.sheets.ways import MEANINGS
from desktop_app.ui.sheets.when_known import WhenKnown
from desktop_app.ui.theme import Theme
from desktop_app.ui.vials import Vial, drug_of, is_from, is_vial, size_of
from desktop_app.ui.widgets.button import Button, Kind
from desktop_app.ui.widgets.fields import Field


class StartSheet(OrderSheet):
    """Asks what is given, how, how much and where. ``today`` is the ISO date an expiry is judged by.

    Signals:
        took_match(bool): a press took the first of several drugs into the form. It is the start already, as
            it would have been alone; True asks for its instant in place of one that is stamped.
        left_match: that press was no start after all, it is about another drug now.
    """

    needs = Right.CARE
    took_match = Signal(bool)
    left_match = Signal()

    def __init__(self, theme: Theme, title: str, under: str, known: Known, today: str) -> None:
        self.site_reason = Field(theme, "Why a further access site? An auditor will ask.")
        self._sites: frozenset[str] = frozenset()
        self.earlier: WhenKnown | None = None
        self.asked: When | None = None
        """The touch that is the start; none as long as that is still to come."""
        self.vial_part = VialPart(theme, known.products, today, counts=True)
        super().__init__(theme, title, under, known, on="Start")
        self.search.setPlaceholderText("Type three letters of a drug or fluid, or scan the vial")
        self.body.insertWidget(self.body.indexOf(self.way.usual), self.vial_part)
        self.vial_part.settled.connect(self._settle)
        self._match = FirstMatch(self, self.left_match.emit)
        self._say_way()

    def service(self) -> str:
        """Return the id of the planned service that starts; empty for one that was not planned."""
        offer = self.list.offer()
        return offer.planned.id if offer and offer.planned else ""

    def vial(self) -> Vial | None:
        """Return the vial that was scanned; of several, with all their lots and how many there were."""
        part = self.vial_part
        if part.vial is None or part.count <= 1:
            return part.vial
        size = size_of(part.vial, self.known.suite)
        holders = (replace(size, count=part.count),) if size else ()
        return replace(part.vial, lot=part.lots, containers=holders)

    def fill_planned(self, service: Service) -> None:
        """Fill the sheet from a planned service."""
        self.show_offer(self.known.plan_offer(service), service.order)

    def go_on(self, *, now: bool) -> None:
        """Start; but where several drugs fit and no dose is said, first go on from the match to its dose."""
        if self._match.waits:
            return
        if self.vial_part.vial is None and (question := self._match.take()):
            self.took_match.emit(now)
            self.show_problem(question)
            self.dose.edit.setFocus()
            # Once the words have their room: over them the field is to be seen.
            QTimer.singleShot(0, self, lambda: self.bring_into_view(self.dose.edit))
        else:
            super().go_on(now=now)

    def confirm(self, *, now: bool) -> None:
        """Take what the sheet says, or first the vial that was scanned into it."""
        typed = self.search.text()
        if is_vial(typed):
            self.put_back()
            self.take_scan(typed)
        elif self.vial_part.is_asking:
            self.show_problem(WHICH_FIRST)
        elif (runs := self._runs_already()) and self.once.holds_back(doubt := second_infusion(runs)):
            self.show_problem(doubt)
        else:
            super().confirm(now=now)

    def take_scan(self, text: str) -> bool:
        """Take the scan of a vial: drug, NDC, lot and expiry."""
        if not is_vial(text):
            return False
        if fault := self.vial_part.read(text, self.known.suite):
            self.show_problem(fault)
            return True
        self._match.forget()
        self.list.keep_rows(FEW_ROWS)
        self._settle("")
        return True

    def remembered(self) -> Callable[[], None]:
        """Return what puts the sheet back, also that its dose was typed on blindly."""
        parts = (super().remembered(), self._match.remembered())

        def put_back() -> None:
            for part in parts:
                part()

        return put_back

    def _settle(self, fault: str) -> None:
        """Choose the vial's drug once it is known which it is, the plan's own before any other."""
        vial, way_out = self.vial_part.vial, self.vial_part.way_out()
        if vial is None:
            return
        if way_out is not None:
            way_out.setFocus()
            return
        drug = drug_of(vial, self.known.drugs, self.known.products, self.known.suite)
        if drug is not None:
            self._choose_offer(self._offer_for(Offer(drug)))
        self.search.setFocus()
        self.show_problem(fault or self._doubt())

    def _doubt(self) -> str:
        """Return what a person should look at before it starts; empty where all fits."""
        chosen = self.list.offer()
        if chosen is None:
            return "the drug of this vial is not known here yet: type it"
        if runs := self._runs_already():
            return f"{words.drug_name(runs.order)} already runs here"
        if self.known.planned and chosen.planned is None:
            return f"this is not on the plan; next there is {words.drug_name(self.known.planned[0].order)}"
        return ""

    def _runs_already(self) -> Service | None:
        """Return the service that runs here with the chosen drug, where a second one is not on the plan."""
        chosen = self.list.offer()
        if chosen is None or chosen.planned is not None:
            return None
        vial = self.vial_part.vial or Vial()
        return next((s for s in self.known.running if is_from(s.order, vial, chosen.drug)), None)

    def _offer_for(self, offer: Offer) -> Offer:
        planned = (self.known.plan_offer(service) for service in self.known.planned)
        return next((plan for plan in planned if plan.drug.hcpcs == offer.drug.hcpcs), offer)

    def _choose_offer(self, offer: Offer) -> None:
        if self.list.offer() != offer:
            self.show_offer(offer, offer.planned.order if offer.planned else None)

    def offer_earlier(self, asked: When, zone: str) -> None:
        """Offer a start before the touch, for one that was not pressed in time."""
        earlier = WhenKnown(self.theme, "Started", asked, zone)
        button = Button(self.theme, "Started at…", kind=Kind.LINK)
        self.links.addWidget(button)
        self.body.insertWidget(self.body.indexOf(self.more) + 1, earlier)
        earlier.hide()
        button.clicked.connect(earlier.show)
        button.clicked.connect(button.hide)
        button.clicked.connect(earlier.at.clock.setFocus)
        self.earlier = earlier

    def instant(self, asked: When) -> When | str:
        """Return the start that was chosen: the touch itself, or an earlier instant given afterwards."""
        if self.earlier is None or self.earlier.isHidden():
            return asked
        return asked if self.earlier.is_touch() else self.earlier.when()

    def note(self) -> str:
        """Return what was noted about an earlier start, and how many vials nobody knows the size of."""
        earlier = "" if self.earlier is None or self.earlier.isHidden() else self.earlier.note.text
        vial = self.vial()
        is_counted = vial is not None and self.vial_part.count > 1 and not vial.containers
        vials = f"{self.vial_part.count} vials scanned" if is_counted else ""
        return "; ".join(part for part in (earlier, vials) if part)

    def know_sites(self, sites: frozenset[str], last: str) -> None:
        """Know the access sites in use; a further one needs its reason."""
        self._sites = sites
        self.site.set_text("" if last == FIRST_SITE else last)

    def faulty(self) -> QLineEdit | None:
        """The field that cannot be taken: also the reason of a further site, or an earlier start."""
        wrong = super().faulty()
        if wrong is not None:
            return wrong
        if self.opened_site() is not None and not self.site_reason.text:
            return self.site_reason.edit
        return None if self.earlier is None or self.earlier.isHidden() else self.earlier.at.clock

    def opened_site(self) -> tuple[str, str] | None:
        """Return the further site the sheet opens with its reason; None for one in use.

        While the site in use has no name yet, the first name is that site's.
        """
        site = self.site.text or FIRST_SITE
        known = self._sites <= {FIRST_SITE} or site in self._sites
        return None if known else (site, self.site_reason.text)

    def names_site(self) -> bool:
        """Return whether the sheet gives the site in use, nameless so far, its name."""
        return self._sites == {FIRST_SITE} and self.site.text not in {"", FIRST_SITE}

    def first_field(self) -> QWidget:
        """The search, ready for three letters; the question about a vial that was scanned before."""
        return self.vial_part.way_out() or self.search

    def _lay_out_site(self) -> None:
        self.body.addWidget(self.site_reason)
        self.site_reason.hide()
        self.site.edit.textChanged.connect(lambda _: self._ask_for_reason())

    def _ask_for_reason(self) -> None:
        self.site_reason.setVisible(self.opened_site() is not None)

    def _say_way(self) -> None:
        super()._say_way()
        runs = MEANINGS[self.way.taken].route in TIMED_ROUTES
        self.go.show_as("Start" if runs else "Record as given")


def second_infusion(running: Service) -> str:
    """Ask whether a drug that runs is to be started once more."""
    drug, site = words.drug_name(running.order), words.site_words(running.order.site)
    return f"{drug} already runs here, {site}. Enter again starts it a second time"
