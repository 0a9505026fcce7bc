"""What every flow works with: the desk, the clock, the way to record, and the parts around them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from desktop_app.core.access import Right
from desktop_app.core.decisions import When
from desktop_app.core.desk import Action, Desk, Outcome
from desktop_app.core.moments import HowKnown
from desktop_app.core.ports import Clock
from desktop_app.core.session import Session
from desktop_app.core.values import dataclass
from desktop_app.ui.codings import Codings
from desktop_app.ui.isolated import Isolation
from desktop_app.ui.ports import Coder, Drugs, Products, Protocols, Settings
from desktop_app.ui.sheets.host import SheetHost
from desktop_app.ui.theme import Theme
from desktop_app.ui.touches import Touch, Touches
from desktop_app.ui.viewed import Viewed

BEHIND = " at the earliest: this computer's clock is behind, set it and correct the time"
"""What is told of a touch whose instant is only the earliest that it can have been."""

if TYPE_CHECKING:
    from desktop_app.core.secrets_kept import SignIn
    from desktop_app.ui.billing_ports import Billing
    from desktop_app.ui.reminding import Reminding


class Secrets:
    """The secrets of the people, loaded when somebody first asks; there are none in a demo."""

    def __init__(self) -> None:
        self.ask: Callable[[], SignIn] | None = None
        self.opened_with = ""
        """What the folder was opened with at the start, such as the recovery key; empty for a passphrase."""
        self.copies: Callable[[], Sequence[str]] = tuple
        """Where copies of the record lie that will open without a passphrase once there is a first one."""

    @property
    def are_here(self) -> bool:
        """Whether people can have secrets here; loads nothing."""
        return self.ask is not None

    def __call__(self) -> SignIn | None:
        """Return them; None where whoever is there is taken at their word."""
        return self.ask() if self.ask is not None else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Station:
    """One workstation's window, as its flows see it."""

    desk: Desk
    clock: Clock
    touches: Touches
    sheets: SheetHost
    theme: Theme
    coder: Coder
    isolation: Isolation
    codings: Codings
    billing: Billing
    settings: Settings
    drugs: Drugs
    reminding: Reminding
    products: Products
    protocols: Protocols
    viewed: Viewed
    secrets: Secrets
    show_page: Callable[[str, str], None]
    """Shows a page by its name, at a session."""

    @property
    def zone(self) -> str:
        """The suite's time zone."""
        return self.settings.get("zone")

    def now_us(self) -> int:
        """Return the present instant, as the desk stamps it."""
        return self.desk.now().now_us

    def stamp(self) -> When:
        """Stamp a touch: call it first, before anything is asked."""
        return self.desk.now()

    def expected(self, session: str) -> Session | None:
        """Return a session as it will be once what waits is saved: what is asked of it next is decided so."""
        stored = self.desk.session(session)
        return self.desk.expected.sessions.get(session, stored)

    def may(self, right: Right | None) -> bool:
        """Say whether whoever works here may do something; where not, who may is told at once."""
        refusal = self.desk.acting.why_not(right) if right is not None else None
        if refusal is not None:
            self.touches.refused.emit(refusal.text)
        return refusal is None

    def touch(self, session: Session, said: str, action: Action, when: When) -> Outcome | None:
        """Record an action of a session; ``said`` tells it, for example infliximab stopped at 10:31:44."""
        told = f"Chair {session.chair} · {said}{BEHIND if when.how is HowKnown.EARLIEST else ''}"
        return self.touches.send(Touch(told, lambda: self.desk.touch(session.id, action, when)))
