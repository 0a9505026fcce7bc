"""A service begins: by its route it starts to run, or is given in one moment."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from desktop_app.core import care
from desktop_app.core.decisions import Decision, Refusal, When
from desktop_app.core.events import NoteAdded
from desktop_app.core.orders import Order, Route
from desktop_app.core.protocols import Protocol, plan_all
from desktop_app.core.service import ServiceState
from desktop_app.core.session import Session
from desktop_app.core.values import dataclass
from desktop_app.script.services import ServiceKeys

ROUTES_OF_WORD: dict[str, tuple[Route, ...]] = {
    "push": (Route.IV_PUSH, Route.IA_PUSH),
    "im": (Route.IM,),
    "sc": (Route.SC,),
    "oral": (Route.ORAL,),
    "flush": (Route.FLUSH, Route.PORT_FLUSH),
    "declot": (Route.DECLOT,),
    "refill": (Route.PUMP_REFILL,),
}
"""Words that name a route themselves: the first one, where the line names none."""

USUAL_ROUTE: dict[str, Route | None] = {"start": Route.IV_INFUSION, "plan": Route.IV_INFUSION, "give": None}


@dataclass(frozen=True, slots=True)
class Scene:
    """What a touch is decided in: the session, the instant, how to read a time there, the protocols."""

    session: Session
    when: When
    instant_us: Callable[[datetime], int]
    protocol: Callable[[str], Protocol | Refusal]


def begin(scene: Scene, keys: ServiceKeys, word: str, until: datetime | None = None) -> Decision:
    """Decide to start or give a service; ``word`` is the one the line used."""
    name = keys.service or scene.session.next_service_id
    order = _order(scene.session, name, keys, word)
    if isinstance(order, Refusal):
        return order
    return with_note(_begun(scene, name, order, until), scene, name, keys.note)


def plan(scene: Scene, keys: ServiceKeys) -> Decision:
    """Decide to put a service on the session's plan."""
    name = keys.service or scene.session.next_service_id
    order = keys.order_after(None, USUAL_ROUTE["plan"])
    if isinstance(order, Refusal):
        return order
    planned = care.plan_service(scene.session, scene.when, service=name, order=order)
    return with_note(planned, scene, name, keys.note)


def plan_protocol(scene: Scene, keys: ServiceKeys, name: str) -> Decision:
    """Decide to plan all that a protocol has; the line then says nothing of a service of its own."""
    if keys.says_an_order:
        return Refusal("a line plans a protocol or a service of its own, not both")
    protocol = scene.protocol(name)
    if isinstance(protocol, Refusal):
        return protocol
    planned = plan_all(scene.session, scene.when, orders=protocol.services, protocol=protocol.name)
    return with_note(planned, scene, "", keys.note)


def with_note(decision: Decision, scene: Scene, service: str, note: str) -> Decision:
    """Return the decision with the line's note as one more event, where there is a note."""
    if isinstance(decision, Refusal) or not note.strip():
        return decision
    when = scene.when
    return (*decision, NoteAdded(at_us=when.at_us, how=when.how, text=note.strip(), service=service))


def _order(session: Session, name: str, keys: ServiceKeys, word: str) -> Order | Refusal:
    found = session.service(name)
    planned = found.order if found is not None and found.state is ServiceState.PLANNED else None
    routes = ROUTES_OF_WORD.get(word, ())
    order = keys.order_after(planned, routes[0] if routes else USUAL_ROUTE[word])
    if isinstance(order, Order) and routes and order.route not in routes:
        return Refusal(f"{order.drug} by {order.route} does not go with the word “{word}”")
    return order


def _begun(scene: Scene, name: str, order: Order, until: datetime | None) -> Decision:
    if not order.runs:
        until_us = None if until is None else scene.instant_us(until)
        return care.give_service(scene.session, scene.when, service=name, order=order, until_us=until_us)
    if until is not None:
        return Refusal(f"{order.drug} by {order.route} runs: its stop is a touch of its own")
    return care.start_service(scene.session, scene.when, service=name, order=order)
