"""The bill of materials of a bundle: everything third-party in it, in CycloneDX's JSON (version 1.6).

It is made from what the bundle holds and checked against it: what is in none of its lines keeps the
bundle from being called made.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import uuid
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

from chores.pins import Pin, normal

SPEC = "1.6"
NAME = "chairtime.cdx.json"
_LICENCES = {
    "MIT License": "MIT",
    "Apache Software License": "Apache-2.0",
    "Apache License, Version 2.0": "Apache-2.0",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "BSD License": "BSD-3-Clause",
    "LGPL-3.0-only OR GPL-2.0-only OR GPL-3.0": "LGPL-3.0-only OR GPL-2.0-only OR GPL-3.0-only",
}
"""What packages say in words of their own, as SPDX has it."""
_OF_BELOW = {
    "cpython": "PSF-2.0",
    "qt": "LGPL-3.0-only OR GPL-2.0-only OR GPL-3.0-only",
    "sqlite": "blessing",
    "sqlcipher": "BSD-3-Clause",
    "openssl": "Apache-2.0",
}
_SPDX = re.compile(r"[A-Za-z0-9.+-]+(?: (?:OR|AND|WITH) [A-Za-z0-9.+-]+)*|blessing")
Bill = dict[str, Any]


def bill_of(frozen: Mapping[str, Any], pins: Iterable[Pin], version: str, at: datetime) -> Bill:
    """Return the bill of a bundle that holds what ``frozen`` says."""
    locked = {normal(pin.name): pin for pin in pins}
    below = [_below(name, said) for name, said in frozen["below"].items()]
    packages = [_package(said, locked) for said in frozen["packages"]]
    components = [*packages, *below, *map(_library, frozen["libraries"])]
    own = f"pkg:generic/chairtime@{quote(version)}"
    mark = hashlib.sha256(json.dumps(components, sort_keys=True).encode()).hexdigest()
    return {
        "$schema": f"http://cyclonedx.org/schema/bom-{SPEC}.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": SPEC,
        "serialNumber": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, f'{own}#{mark}')}",
        "version": 1,
        "metadata": {
            "timestamp": at.astimezone(UTC).isoformat(timespec="seconds"),
            "tools": {"components": [{"type": "application", "name": "packaging/dev.py build"}]},
            "component": {
                "type": "application",
                "bom-ref": own,
                "name": "chairtime",
                "version": version,
                "purl": own,
                "licenses": [{"expression": "Apache-2.0"}],
            },
        },
        "components": components,
        "dependencies": [
            {"ref": own, "dependsOn": sorted(one["bom-ref"] for one in components)},
            *({"ref": ref} for ref in sorted(one["bom-ref"] for one in components)),
        ],
    }


def moment() -> datetime:
    """Return when a bundle is made: as ``SOURCE_DATE_EPOCH`` says, else now."""
    said = os.environ.get("SOURCE_DATE_EPOCH", "")
    return datetime.fromtimestamp(int(said), UTC) if said.isdigit() else datetime.now(UTC)


def _package(said: Mapping[str, str], locked: Mapping[str, Pin]) -> Bill:
    name = normal(said["name"])
    pin = locked.get(name)
    purl = f"pkg:pypi/{name}@{quote(said['version'])}"
    made: Bill = {
        "type": "library",
        "bom-ref": purl,
        "name": said["name"],
        "version": said["version"],
        "purl": purl,
    }
    if pin is not None and pin.version == said["version"]:
        made["hashes"] = [{"alg": "SHA-256", "content": digest} for digest in pin.hashes]
    return made | _licensed(said["licence"])


def _licensed(said: str) -> Bill:
    """Return the licence as an expression of SPDX where it is one, else by its own name."""
    text = _LICENCES.get(said, said)
    if not text:
        return {}
    if _SPDX.fullmatch(text):
        return {"licenses": [{"expression": text}]}
    return {"licenses": [{"license": {"name": text}}]}


def _below(name: str, version: str) -> Bill:
    own, _, inside = name.partition("-of-")
    ref = f"pkg:generic/{own}@{quote(version)}{f'#{inside}' if inside else ''}"
    kind = "platform" if own == "cpython" else "framework" if own == "qt" else "library"
    inside_of = f", compiled into {inside}" if inside else ""
    return {
        "type": kind,
        "bom-ref": ref,
        "name": own,
        "version": version,
        "description": f"Travels in the bundle{inside_of}.",
        "purl": ref,
        "licenses": [{"expression": _OF_BELOW[own]}],
    }


def _library(said: Mapping[str, str]) -> Bill:
    made: Bill = {
        "type": "data" if said["file"].startswith("resources/") else "library",
        "bom-ref": f"file:{said['file']}",
        "name": said["file"],
        "hashes": [{"alg": "SHA-256", "content": said["sha256"]}],
    }
    if said["package"]:
        version = quote(said["version"], safe=":")
        made["version"] = said["version"]
        made["purl"] = f"pkg:deb/debian/{said['package']}@{version}?arch={said['arch']}"
    return made


def lacks(frozen: Mapping[str, Any], bill: Bill, pins: Iterable[Pin]) -> Iterator[str]:
    """Yield what is in a bundle and not in its bill, or is there in another release than is locked."""
    listed = {one["bom-ref"] for one in bill["components"]}
    locked = {normal(pin.name): pin.version for pin in pins}
    for module in frozen["strange"]:
        yield f"the module {module} is of no package"
    for said in frozen["packages"]:
        name, version = normal(said["name"]), said["version"]
        if f"pkg:pypi/{name}@{quote(version)}" not in listed:
            yield f"the package {name} {version} is not listed"
        if locked.get(name) != version:
            yield f"the package {name} is there as {version}, and locked as {locked.get(name, 'nothing')}"
    for said in frozen["libraries"]:
        if f"file:{said['file']}" not in listed:
            yield f"the library {said['file']} is not listed"
