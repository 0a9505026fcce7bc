"""Bundles of FHIR resources for the tests: small ones to look at and to change, and the month's."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from desktop_app.core.events import SignedLine
from desktop_app.exchange.fhir import FILE_NAME, FhirWriter
from desktop_app.exchange.place import Place
from desktop_app.exchange.rows import Row
from desktop_app.exchange.sending import Practice
from tests.exchange.claim_files import SENDING
from tests.exchange.fhir_validators import faults_by_fhir_resources, faults_by_npm
from tests.exchange.month import PRACTICE

Told = dict[str, Any]
"""A resource as json reads it."""
_TOLD: list[Path] = []


def write_bundle(folder: Path, *sessions: Sequence[Row], practice: Practice = PRACTICE) -> str:
    """Write sessions as a bundle and return the file's text. Raises CannotBeSent."""
    writer = FhirWriter(Place(folder), replace(SENDING, practice=practice))
    for rows in sessions:
        writer.add(rows)
    (file,) = writer.close()
    assert file.name == FILE_NAME
    return (folder / FILE_NAME).read_bytes().decode("utf-8")


def bundle_of(folder: Path, *sessions: Sequence[Row], **practice: object) -> Told:
    """Return the bundle of some sessions, which must stand our checks and those of fhir.resources.

    What npm's fhir says of it is asked at the end, of all bundles at once.
    """
    write_bundle(folder, *sessions, practice=replace(PRACTICE, **practice))  # type: ignore[arg-type]  # by name
    assert faults_by_fhir_resources(folder / FILE_NAME) == []
    _TOLD.append(folder / FILE_NAME)
    return bundle_in(folder)


def assert_npm_finds_nothing() -> None:
    """Ask npm's fhir of every bundle that was told since it was asked last."""
    paths = [_TOLD.pop() for _ in range(len(_TOLD))]
    assert {str(path): said for path, said in zip(paths, faults_by_npm(paths), strict=True) if said} == {}


def lines_as(rows: Sequence[Row], *lines: SignedLine) -> tuple[Row, ...]:
    """Return a session's rows with other lines."""
    return tuple(replace(rows[0], id=line.id, line=line) for line in lines)


def bundle_in(folder: Path) -> Told:
    """Return the bundle of a folder, read by json alone."""
    read: Told = json.loads((folder / FILE_NAME).read_bytes())
    return read


def every(bundle: Told, kind: str) -> list[Told]:
    """Return the resources of one kind, in their order."""
    resources = [entry["resource"] for entry in bundle["entry"]]
    return [one for one in resources if one["resourceType"] == kind]


def one(bundle: Told, kind: str, **elements: object) -> Told:
    """Return the one resource of a kind, or the one with these elements."""
    (found,) = [r for r in every(bundle, kind) if all(r.get(name) == v for name, v in elements.items())]
    return found


def led_to(bundle: Told, reference: Told) -> Told:
    """Return the resource a reference leads to."""
    (found,) = [e["resource"] for e in bundle["entry"] if e["fullUrl"] == reference["reference"]]
    assert found["resourceType"] == reference["type"]
    resource: Told = found
    return resource


def codes(concept: Told) -> list[str]:
    """Return the codes of a concept."""
    return [coding["code"] for coding in concept.get("coding", [])]


def billed(charge: Told) -> tuple[str, tuple[str, ...], int]:
    """Return what a ChargeItem bills: code, modifiers, units."""
    code, *modifiers = codes(charge["code"])
    return code, tuple(modifiers), charge["quantity"]["value"]


def line_id(resource: Told) -> str:
    """Return a resource's own identifier."""
    (said,) = resource["identifier"]
    name: str = said["value"]
    return name
