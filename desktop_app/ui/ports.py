"""What the screens need from outside, as protocols: the coder, the settings, the drugs, the protocols."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Protocol

from desktop_app.coding.reasons import Change, Coding
from desktop_app.core import protocols
from desktop_app.core.desk import Action
from desktop_app.core.orders import Category, Order
from desktop_app.core.session import Session

if TYPE_CHECKING:
    from desktop_app.core.day import Told


class Coder(Protocol):
    """Turns a session into lines: as recorded, and as it would be."""

    def as_recorded(self, session: Session) -> Coding:
        """Code what is recorded; an open stop stays open."""
        ...

    def told(self, session: Session) -> Told:
        """Return what the end of a day is told of a session: of a signed one what was sealed."""
        ...

    def if_stopped(self, session: Session, at_us: int) -> Coding:
        """Code the session as if every open service stopped at an instant."""
        ...

    def at_plan_end(self, session: Session, now_us: int) -> tuple[int, Coding] | None:
        """Code the session as it will be at its planned end; None without a plan."""
        ...

    def next_change(self, session: Session, now_us: int) -> Change | None:
        """Return when the lines, if every open service stopped then, are next others; None for never."""
        ...

    def next_change_at_plan_end(self, session: Session, now_us: int) -> Change | None:
        """Return when the lines at the planned end, seen from then, are next others; None for never."""
        ...

    def one_minute(
        self, session: Session, services: tuple[str, ...], now_us: int, *, at_plan_end: bool
    ) -> str:
        """Return what one minute of some services would change, as a fact."""
        ...

    def unit_minutes(self, session: Session, order: Order, most: int) -> tuple[int, ...]:
        """Return the minutes of running, up to ``most``, at which an infusion's units change."""
        ...

    def signing(self, session: Session, head: str) -> Action:
        """Return the action that seals the session's lines."""
        ...


class Settings(Protocol):
    """The settings by key, as text."""

    def get(self, key: str) -> str:
        """Return a setting's value."""
        ...

    def set(self, key: str, text: str) -> None:
        """Change a setting durably. Raises ValueError or JournalError with one sentence."""
        ...

    def chairs(self) -> tuple[str, ...]:
        """Return the names of the suite's chairs, in their order."""
        ...


class Drug(Protocol):
    """A drug or fluid to choose."""

    @property
    def name(self) -> str:
        """What it is called."""
        ...

    @property
    def brand(self) -> str:
        """Its brand; empty for a plain name."""
        ...

    @property
    def hcpcs(self) -> str:
        """Its billing code; empty without one."""
        ...

    @property
    def unit_amount(self) -> Decimal | None:
        """How much of ``unit`` one billing unit is."""
        ...

    @property
    def unit(self) -> str:
        """The unit of a dose."""
        ...

    @property
    def category(self) -> Category:
        """What kind of substance it is."""
        ...


class Drugs(Protocol):
    """The drugs and fluids to choose from."""

    def all(self) -> Sequence[Drug]:
        """Return every drug, in the table's order."""
        ...


class Products(Protocol):
    """What is known of the products in vials and bags: imported tables, and choices that were made."""

    def resolve(self, written: str) -> str:
        """Return the 11 digits of the NDC a scan or a text stands for.

        Raises AmbiguousNdc where nothing says which of several, NdcFault where it is none.
        """
        ...

    def codes_of(self, ndc: str) -> tuple[str, ...]:
        """Return the drug codes an NDC is billed under today; empty where that is not known."""
        ...

    def remember(self, ten: str, ndc: str) -> None:
        """Keep which NDC ten digits stand for here, durably. Raises JournalError with one sentence."""
        ...


class Protocols(Protocol):
    """The protocols to choose from, and the way to keep the suite's own."""

    def all(self) -> Sequence[protocols.Protocol]:
        """Return every protocol, the suite's own first."""
        ...

    def faults(self) -> Sequence[str]:
        """Return a sentence for each file of a protocol that could not be read."""
        ...

    def is_own(self, name: str) -> bool:
        """Return whether a protocol is the suite's own, and not one of the program's examples."""
        ...

    def save(self, protocol: protocols.Protocol, instead_of: str = "") -> None:
        """Keep a protocol durably, in the place of one of the suite's own where one is named.

        Raises JournalError with one sentence; nothing has changed then.
        """
        ...

    def delete(self, name: str) -> None:
        """Delete one of the suite's own. Raises JournalError with one sentence; it is still there then."""
        ...
