"""ADT messages for the tests: one that tells everything, and ways to change it."""

from __future__ import annotations

from collections.abc import Iterable

HEAD = (
    "MSH|^~\\&|REG|EXAMPLE|Chairtime|SUITE|20260302074000-0500||ADT^{event}^ADT_A01|{number}|P|2.5.1||||||"
    "{charset}"
)
PATIENT = (
    "PID|1||77^^^OTHER^PI~0004821^^^EXAMPLE^MR||Muster^Rosa^^^^^L~Rosi^^^^^^N||19600229|F|||"
    "7 Oak Street^Suite 3^Springfield^il^62704-1234^USA^H|||||||V000123^^^EXAMPLE^AN"
)
VISIT = (
    "PV1|1|O|INF^^4||||1000002018^Renderer^Ray^^^^^^NPI&2.16.840.1.113883.4.6&ISO^L^^^NPI||||||||||||V000123^^^EXAMPLE^VN"
    "|||||||||||||||||||||||||20260302073000-0500"
)
FIRST, SECOND = "DG1|1||C18.9^^I10|||F|||||||||2", "DG1|2||Z51.11^^I10|||W|||||||||1"
PAYER = (
    "IN1|1|PPO^Example Plan|54771^^^X^NIIP|Example Blue Plan||||G1||||||AUTH7|BL|Muster^Max^^^^^L|SPO"
    "|19581231||||||||||||||||||W00000001|||||||M"
)


def message(*segments: str, event: str = "A04", number: int = 1, charset: str = "UNICODE UTF-8") -> list[str]:
    """Return a message's segments; without any, of one that tells everything."""
    head = HEAD.format(event=event, number=number, charset=charset).rstrip("|")
    evn = f"EVN|{event}|20260302074000-0500"
    return [head, evn, *(segments or (PATIENT, VISIT, FIRST, SECOND, PAYER))]


def written(*messages: Iterable[str], end: str = "\r", encoding: str = "utf-8") -> bytes:
    """Return messages as a file."""
    return "".join(f"{segment}{end}" for every in messages for segment in every).encode(encoding)
