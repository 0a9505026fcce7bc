"""The bill of materials: everything third-party that a bundle holds, in a form others can read."""

from __future__ import annotations

import copy
import json
import re
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from packaging.licenses import canonicalize_license_expression

from chores import bundle, frozen, parts
from chores.cyclonedx import faults_of
from chores.environment import BUILD, DEV, RUN
from chores.pins import normal, pins_of
from chores.sbom import NAME, bill_of, lacks
from chores.terminal import Stopped

AT = datetime(2026, 3, 2, 13, 0, tzinfo=UTC)
PINS = pins_of(BUILD)
BELOW = {
    "cpython": "3.11.7",
    "qt": "6.11.3",
    "sqlite": "3.53.4",
    "sqlcipher": "4.19.0",
    "openssl": "3.0.19",
    "openssl-of-cryptography": "4.0.3",
}
AMD = {"arch": "amd64"}
HELD: dict[str, Any] = {
    "packages": [
        {"name": "PySide6_Essentials", "version": "6.11.3", "licence": "LGPL-3.0-only OR GPL-3.0-only"},
        {"name": "click-default-group", "version": "1.2.4", "licence": "Public Domain"},
        {"name": "sqlcipher3", "version": "0.6.4", "licence": ""},
        {"name": "et_xmlfile", "version": "2.0.0", "licence": "MIT License"},
    ],
    "strange": [],
    "libraries": [
        {
            "file": "libX11.so.6",
            "sha256": "a" * 64,
            "package": "libx11-6",
            "version": "2:1.8+b",
            "arch": "amd64",
        },
        {"file": "spare/libGL.so.1", "sha256": "b" * 64, "package": "", "version": "", "arch": ""},
    ],
    "below": BELOW,
}


@pytest.fixture
def bill() -> dict[str, Any]:
    return bill_of(HELD, PINS, "0.1.0", AT)


def component(bill: dict[str, Any], name: str) -> dict[str, Any]:
    (found,) = [one for one in bill["components"] if one["name"] == name]
    return dict(found)


def test_everything_a_bundle_holds_is_listed_with_purl_hashes_and_licence(bill: dict[str, Any]) -> None:
    assert list(faults_of(bill)) == []
    assert list(lacks(HELD, bill, PINS)) == []
    qt = component(bill, "PySide6_Essentials")
    assert qt["purl"] == "pkg:pypi/pyside6-essentials@6.11.3"
    locked = next(pin for pin in PINS if pin.name == "pyside6-essentials")
    assert [one["content"] for one in qt["hashes"]] == list(locked.hashes)
    assert qt["licenses"] == [{"expression": "LGPL-3.0-only OR GPL-3.0-only"}]
    assert component(bill, "click-default-group")["licenses"] == [{"license": {"name": "Public Domain"}}]
    assert component(bill, "et_xmlfile")["licenses"] == [{"expression": "MIT"}]
    assert "licenses" not in component(bill, "sqlcipher3")
    library = component(bill, "libX11.so.6")
    assert library["purl"] == "pkg:deb/debian/libx11-6@2:1.8%2Bb?arch=amd64"
    assert {one["name"] for one in bill["components"]} >= {"cpython", "qt", "sqlite", "sqlcipher", "openssl"}
    assert bill["metadata"]["timestamp"] == "2026-03-02T13:00:00+00:00"


def test_the_same_bundle_has_the_same_bill_and_another_bundle_another_number(bill: dict[str, Any]) -> None:
    assert bill_of(HELD, PINS, "0.1.0", AT) == bill
    other = bill_of(HELD | {"below": BELOW | {"qt": "6.12.0"}}, PINS, "0.1.0", AT)
    assert other["serialNumber"] != bill["serialNumber"]


def test_every_licence_that_is_called_an_expression_is_one_of_spdx(bill: dict[str, Any]) -> None:
    own = bill["metadata"]["component"]
    expressions = {
        one["expression"]
        for part in (own, *bill["components"])
        for one in part.get("licenses", [])
        if "expression" in one
    }
    assert {canonicalize_license_expression(said) for said in expressions} == expressions
    assert "blessing" in expressions


def test_what_a_bundle_holds_and_no_lock_or_line_names_is_told(bill: dict[str, Any]) -> None:
    held = copy.deepcopy(HELD)
    held["strange"].append("odd.module")
    held["packages"].append({"name": "Requests", "version": "2.0", "licence": "MIT"})
    held["packages"][2]["version"] = "0.6.5"
    held["libraries"].append(dict(held["libraries"][0], file="libodd.so"))
    assert list(lacks(held, bill, PINS)) == [
        "the module odd.module is of no package",
        "the package sqlcipher3 0.6.5 is not listed",
        "the package sqlcipher3 is there as 0.6.5, and locked as 0.6.4",
        "the package requests 2.0 is not listed",
        "the package requests is there as 2.0, and locked as nothing",
        "the library libodd.so is not listed",
    ]


def _set(name: str, value: object) -> Callable[[dict[str, Any]], None]:
    return lambda bill: bill.__setitem__(name, value)


def _set_first(name: str, value: object) -> Callable[[dict[str, Any]], None]:
    return lambda bill: bill["components"][0].__setitem__(name, value)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (_set("specVersion", "1.2"), "it does not say that it is CycloneDX"),
        (_set("serialNumber", "urn:uuid:7"), "serialNumber is no UUID"),
        (_set("version", "1"), "version is no whole number"),
        (_set("metadata", {}), "metadata.component: its type is missing"),
        (_set_first("type", "program"), "its type is program"),
        (_set_first("name", ""), "it has no name"),
        (_set_first("bom-ref", ""), "it has no bom-ref"),
        (_set_first("bom-ref", "pkg:pypi/sqlcipher3@0.6.4"), "stands 2 times"),
        (_set_first("purl", "pypi/x"), "pypi/x is no purl"),
        (_set_first("purl", "pkg:pypi/x y@1"), "is no purl"),
        (_set_first("hashes", [{"alg": "SHA-256", "content": "abc"}]), "a hash that is no SHA-256"),
        (_set_first("licenses", [{"expression": "MIT"}, {"license": {"id": "MIT"}}]), "stands alone"),
        (_set_first("licenses", [{"license": {}}]), "either an id or a name"),
        (_set("dependencies", [{"ref": "pkg:pypi/none@1"}]), "which is not listed"),
    ],
)
def test_what_the_standard_does_not_allow_is_found(
    bill: dict[str, Any], change: Callable[[dict[str, Any]], None], said: str
) -> None:
    change(bill)
    assert any(said in fault for fault in faults_of(bill))


def test_the_build_writes_the_bill_beside_the_bundle_and_stops_where_something_is_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    held = json.dumps(HELD)
    monkeypatch.setattr(bundle, "BUNDLE", tmp_path / "chairtime")
    monkeypatch.setattr(bundle, "call_quietly", lambda *_, **__: (0, f"a warning\n{held}\n"))
    bundle._write_bill(Path(sys.executable))
    written = json.loads((tmp_path / NAME).read_text(encoding="utf-8"))
    assert list(faults_of(written)) == []
    assert "12 components" in capsys.readouterr().out
    strange = json.dumps(HELD | {"strange": ["odd"]})
    monkeypatch.setattr(bundle, "call_quietly", lambda *_, **__: (0, strange))
    with pytest.raises(Stopped, match="the module odd is of no package"):
        bundle._write_bill(Path(sys.executable))
    monkeypatch.setattr(bundle, "call_quietly", lambda *_, **__: (1, "no archive"))
    with pytest.raises(Stopped, match="could not be read"):
        bundle._write_bill(Path(sys.executable))


def test_a_module_or_a_library_is_told_to_be_of_the_package_that_installed_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inside = tmp_path / "_internal"
    for file in ("PySide6/QtCore.abi3.so", "libodd.so.1", "lib-dynload/_ssl.so", "base_library.zip"):
        (inside / file).parent.mkdir(parents=True, exist_ok=True)
        (inside / file).write_bytes(b"x")
    modules = [
        "rich.table",
        "jaraco",
        "jaraco.classes.properties",
        "json",
        "desktop_app.cli",
        "tzdata",
        "odd.module",
        "_sysconfigdata__linux",
    ]
    monkeypatch.setattr(frozen, "_modules", lambda _: iter(modules))
    held = frozen.frozen_in(tmp_path)
    assert {normal(one["name"]) for one in held["packages"]} == {
        "jaraco-classes",
        "pyside6-essentials",
        "rich",
        "tzdata",
    }
    assert held["strange"] == ["odd.module"]
    assert [one["file"] for one in held["libraries"]] == ["libodd.so.1"]
    assert held["below"].keys() == BELOW.keys() - {"openssl-of-cryptography"}
    assert re.fullmatch(r"3\.\d+\.\d+", held["below"]["sqlite"])


def test_what_only_checks_the_program_is_kept_out_of_the_bundle() -> None:
    left_out = set(parts.only_of_checks())
    assert {"pytest", "hypothesis", "mypy"} <= left_out
    travels = {normal(pin.name) for lock in (RUN, BUILD) for pin in pins_of(lock)}
    assert not left_out & {"rich", "openpyxl", "click", "dateutil", "PySide6", "cryptography"}
    assert left_out & {normal(pin.name) for pin in pins_of(DEV)}
    assert not left_out & travels
