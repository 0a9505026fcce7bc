"""What CycloneDX asks of a bill of materials, as far as it can be looked at without its schema."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from typing import Any

_TYPES = frozenset(
    {
        "application",
        "framework",
        "library",
        "container",
        "platform",
        "operating-system",
        "device",
        "device-driver",
        "firmware",
        "file",
        "machine-learning-model",
        "data",
        "cryptographic-asset",
    }
)
_SERIAL = re.compile(r"urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_PURL = re.compile(
    r"pkg:[a-z][a-z0-9.+-]*/(?:[A-Za-z0-9._~%+-]+/)*[A-Za-z0-9._~%+-]+"
    r"(?:@[A-Za-z0-9._~%:+-]+)?(?:\?[a-z0-9._-]+=[^#&]+(?:&[a-z0-9._-]+=[^#&]+)*)?(?:#[A-Za-z0-9._~%/-]+)?"
)
_LENGTHS = {"MD5": 32, "SHA-1": 40, "SHA-256": 64, "SHA-384": 96, "SHA-512": 128}
Bill = dict[str, Any]


def faults_of(bill: Bill) -> Iterator[str]:
    """Yield what is wrong with a bill of materials, each with its place."""
    if bill.get("bomFormat") != "CycloneDX" or bill.get("specVersion") not in {"1.5", "1.6"}:
        yield "it does not say that it is CycloneDX 1.5 or 1.6"
    if not _SERIAL.fullmatch(str(bill.get("serialNumber", ""))):
        yield "serialNumber is no UUID"
    if type(bill.get("version")) is not int or bill["version"] < 1:
        yield "version is no whole number from 1 on"
    yield from _of_head(bill.get("metadata", {}))
    for place, component in enumerate(bill.get("components", [])):
        for fault in _of_component(component):
            yield f"components[{place}] ({component.get('name', 'nameless')}): {fault}"
    yield from _of_references(bill)


def _of_head(head: Bill) -> Iterator[str]:
    try:
        datetime.fromisoformat(str(head.get("timestamp", "")))
    except ValueError:
        yield "metadata.timestamp is no moment"
    for fault in _of_component(head.get("component", {})):
        yield f"metadata.component: {fault}"


def _of_component(component: Bill) -> Iterator[str]:
    if component.get("type") not in _TYPES:
        yield f"its type is {component.get('type', 'missing')}"
    if not component.get("name"):
        yield "it has no name"
    if not component.get("bom-ref"):
        yield "it has no bom-ref"
    if "purl" in component and not _PURL.fullmatch(component["purl"]):
        yield f"{component['purl']} is no purl"
    for one in component.get("hashes", []):
        length = _LENGTHS.get(one.get("alg", ""), -1)
        if not re.fullmatch(r"[0-9a-f]+", one.get("content", "")) or len(one["content"]) != length:
            yield f"it has a hash that is no {one.get('alg', 'known kind')}"
    yield from _of_licences(component.get("licenses", []))


def _of_licences(licences: list[Bill]) -> Iterator[str]:
    expressions = [one for one in licences if "expression" in one]
    if expressions and len(licences) != 1:
        yield "an expression of licences stands alone, or there is none"
    for one in licences:
        if "expression" not in one and len({"id", "name"} & set(one.get("license", {}))) != 1:
            yield "a licence has either an id or a name"


def _of_references(bill: Bill) -> Iterator[str]:
    own = bill.get("metadata", {}).get("component", {}).get("bom-ref")
    listed = Counter([own, *(one.get("bom-ref") for one in bill.get("components", []))])
    yield from (f"bom-ref {ref} stands {count} times" for ref, count in listed.items() if count > 1)
    told = Counter(one.get("ref") for one in bill.get("dependencies", []))
    yield from (f"what {ref} depends on is told {count} times" for ref, count in told.items() if count > 1)
    for one in bill.get("dependencies", []):
        for ref in (one.get("ref"), *one.get("dependsOn", [])):
            if ref not in listed:
                yield f"dependencies name {ref}, which is not listed"
