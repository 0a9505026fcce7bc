"""How something is given, as a sheet asks: five ways at once, the rarer ones behind "More"."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import QObject, Signal

from desktop_app.core.orders import Category, Order, Route
from desktop_app.core.values import dataclass
from desktop_app.ui.theme import Theme
from desktop_app.ui.widgets.button import Button
from desktop_app.ui.widgets.fields import Choice


class Way(StrEnum):
    """How it is given, in a nurse's words."""

    INFUSION = "infusion"
    PUSH = "push"
    HYDRATION = "hydration"
    SC = "sc"
    IM = "im"
    SC_INFUSION = "sc-infusion"
    PUMP_HOME = "pump-home"
    KEEP_OPEN = "keep-open"
    ORAL = "oral"
    FLUSH = "flush"
    PORT_FLUSH = "port-flush"
    OBSERVATION = "observation"
    DECLOT = "declot"
    PUMP_REFILL = "pump-refill"


WAYS = (
    (Way.INFUSION, "Infusion"),
    (Way.PUSH, "Push"),
    (Way.HYDRATION, "Hydration"),
    (Way.SC, "SC"),
    (Way.IM, "IM"),
)
MORE_WAYS = (
    (Way.SC_INFUSION, "SC infusion"),
    (Way.PUMP_HOME, "Pump goes home"),
    (Way.KEEP_OPEN, "Keep vein open"),
    (Way.ORAL, "By mouth"),
    (Way.FLUSH, "Flush"),
    (Way.PORT_FLUSH, "Port flush"),
    (Way.OBSERVATION, "Observation"),
    (Way.DECLOT, "Declot"),
    (Way.PUMP_REFILL, "Pump refill"),
)
IN_ROW = 3


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a way says of an order; no ``category`` leaves it to the drug."""

    route: Route
    category: Category | None = None
    pump: bool = False
    kvo: bool = False
    plain_name: str = ""
    """What it is called where no drug is named."""
    has_minutes: bool = False


MEANINGS = {
    Way.INFUSION: Meaning(Route.IV_INFUSION, has_minutes=True),
    Way.PUSH: Meaning(Route.IV_PUSH),
    Way.HYDRATION: Meaning(Route.IV_INFUSION, Category.HYDRATION, has_minutes=True),
    Way.SC: Meaning(Route.SC),
    Way.IM: Meaning(Route.IM),
    Way.SC_INFUSION: Meaning(Route.SC_INFUSION, has_minutes=True),
    Way.PUMP_HOME: Meaning(Route.IV_INFUSION, pump=True),
    Way.KEEP_OPEN: Meaning(Route.IV_INFUSION, Category.HYDRATION, kvo=True, has_minutes=True),
    Way.ORAL: Meaning(Route.ORAL),
    Way.FLUSH: Meaning(Route.FLUSH, Category.OTHER, plain_name="Flush"),
    Way.PORT_FLUSH: Meaning(Route.PORT_FLUSH, Category.OTHER, plain_name="Port flush"),
    Way.OBSERVATION: Meaning(Route.OBSERVATION, Category.OTHER, plain_name="Observation", has_minutes=True),
    Way.DECLOT: Meaning(Route.DECLOT, Category.OTHER, plain_name="Declot"),
    Way.PUMP_REFILL: Meaning(Route.PUMP_REFILL, plain_name="Pump refill"),
}
_OF_ROUTE = {
    Route.IV_PUSH: Way.PUSH,
    Route.IA_PUSH: Way.PUSH,
    Route.SC: Way.SC,
    Route.IM: Way.IM,
    Route.SC_INFUSION: Way.SC_INFUSION,
    Route.ORAL: Way.ORAL,
    Route.FLUSH: Way.FLUSH,
    Route.PORT_FLUSH: Way.PORT_FLUSH,
    Route.OBSERVATION: Way.OBSERVATION,
    Route.DECLOT: Way.DECLOT,
    Route.PUMP_REFILL: Way.PUMP_REFILL,
}


def way_of(category: Category, last: Order | None) -> Way:
    """Return how a drug is most likely given: as in an order, else by its kind."""
    if last is None:
        return Way.HYDRATION if category is Category.HYDRATION else Way.INFUSION
    if last.kvo:
        return Way.KEEP_OPEN
    if last.goes_home_running:
        return Way.PUMP_HOME
    fluid = Way.HYDRATION if last.category is Category.HYDRATION else Way.INFUSION
    return _OF_ROUTE.get(last.route, fluid)


class Ways(QObject):
    """Two rows of chips of which one is taken.

    Signals:
        chosen(str): another way was taken.
    """

    chosen = Signal(str)

    def __init__(self, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self.usual = Choice(theme, "How it is given", [(key.value, text) for key, text in WAYS])
        self.rare = Choice(
            theme,
            "How it is given",
            [(key.value, text) for key, text in MORE_WAYS],
            unset=True,
            in_row=IN_ROW,
        )
        self.usual.chosen.connect(self._chosen)
        self.rare.chosen.connect(self._chosen)

    @property
    def taken(self) -> Way:
        """The way that is taken."""
        return Way(self.usual.taken or self.rare.taken)

    @property
    def is_rare(self) -> bool:
        """Whether the way that is taken is one behind "More"."""
        return not self.usual.taken

    @property
    def words(self) -> str:
        """The way that is taken, as its chip says it."""
        return dict((*WAYS, *MORE_WAYS))[self.taken]

    def take(self, way: Way) -> None:
        """Take a way."""
        here, other = (self.usual, self.rare) if way in dict(WAYS) else (self.rare, self.usual)
        other.clear()
        here.take(way.value)

    def chip(self, way: str) -> Button:
        """Return the chip of a way."""
        return (self.usual if way in dict(WAYS) else self.rare).chip(way)

    def _chosen(self, key: str) -> None:
        self.take(Way(key))
        self.chosen.emit(key)
