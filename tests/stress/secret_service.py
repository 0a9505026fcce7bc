"""A secret service of Linux, as far as one is needed to keep a key.

It speaks on the session's bus until it is ended, holds everything in memory and prints what it is asked.
With ``locked`` behind it its one collection is locked; who then asks it to be unlocked would open a window.
"""

from __future__ import annotations

import sys
from typing import Any

from jeepney import HeaderFields, Message, new_error, new_method_return  # type: ignore[import-untyped]
from jeepney.bus_messages import message_bus  # type: ignore[import-untyped]
from jeepney.io.blocking import open_dbus_connection  # type: ignore[import-untyped]
from jeepney.wrappers import MessageType  # type: ignore[import-untyped]

NAME = "org.freedesktop.secrets"
SESSION = "/org/freedesktop/secrets/session/1"
COLLECTION = "/org/freedesktop/secrets/aliases/default"
NONE = "/"


class Service:
    """What the service answers to each call."""

    def __init__(self, *, locked: bool) -> None:
        self.locked = locked
        self.items: dict[str, tuple[dict[str, str], bytes]] = {}

    def answer(self, call: Message) -> Message:
        """Return the answer to a call, or the error that there is no such thing."""
        fields = call.header.fields
        member, path = str(fields[HeaderFields.member]), str(fields[HeaderFields.path])
        sys.stdout.write(f"{member}\n")
        sys.stdout.flush()
        found = getattr(self, f"_{member.lower()}", None)
        if found is None:
            return new_error(call, "org.freedesktop.DBus.Error.UnknownMethod")
        signature, body = found(path, *call.body)
        return new_error(call, signature) if body is None else new_method_return(call, signature, body)

    def _get(self, path: str, _interface: str, name: str) -> tuple[str, Any]:
        if path != COLLECTION and path not in self.items:
            return "org.freedesktop.DBus.Error.UnknownObject", None
        return "v", ((("b", self.locked) if name == "Locked" else ("s", "a label")),)

    def _opensession(self, _path: str, algorithm: str, _input: object) -> tuple[str, Any]:
        if algorithm != "plain":
            return "org.freedesktop.DBus.Error.NotSupported", None
        return "vo", (("s", ""), SESSION)

    def _searchitems(self, _path: str, wanted: dict[str, str]) -> tuple[str, Any]:
        found = [path for path, (has, _) in self.items.items() if wanted.items() <= has.items()]
        return "ao", (found,)

    def _createitem(
        self, _path: str, given: dict[str, Any], secret: tuple[Any, ...], _: object
    ) -> tuple[str, Any]:
        attributes = given["org.freedesktop.Secret.Item.Attributes"][1]
        path = f"/org/freedesktop/secrets/collection/it/{len(self.items) + 1}"
        self.items[path] = (attributes, bytes(secret[2]))
        return "oo", (path, NONE)

    def _unlock(self, _path: str, objects: list[str]) -> tuple[str, Any]:
        return "aoo", ([] if self.locked else objects, NONE)

    def _getsecret(self, path: str, session: str) -> tuple[str, Any]:
        return "(oayays)", ((session, b"", self.items[path][1], "text/plain"),)

    def _delete(self, path: str) -> tuple[str, Any]:
        del self.items[path]
        return "o", (NONE,)


def main(*, locked: bool) -> None:
    """Answer until the bus or this process ends."""
    service = Service(locked=locked)
    with open_dbus_connection("SESSION") as bus:
        bus.send_and_get_reply(message_bus.RequestName(NAME))
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        while True:
            call = bus.receive()
            if call.header.message_type == MessageType.method_call:
                bus.send(service.answer(call))


if __name__ == "__main__":
    main(locked="locked" in sys.argv[1:])
