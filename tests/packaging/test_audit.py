"""What is pinned is listed whole, and an advisory about any of it is found without a network."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from packaging.version import Version

import dev
from chores import audit, environment
from chores.advisories import hits, order_of, read_advisories
from chores.environment import RUN
from chores.pins import Pin, every_pin, javascript_pins, normal, pins_of
from chores.terminal import Stopped

RICH = Pin("rich", "15.0.0", ("0" * 64,))


def advisory(*events: dict[str, str], name: str = "Rich", **more: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON
    span = {"type": "ECOSYSTEM", "events": list(events)}
    affected = {"package": {"ecosystem": "PyPI", "name": name}, "ranges": [span] if events else []}
    return {"id": "TEST-1", "summary": "made up", "affected": [affected | more]}


def named(*advisories: dict[str, Any]) -> list[str]:
    return [hit.advisory for hit in hits([RICH], advisories)]


def test_every_line_of_every_lock_is_a_pin_with_its_hashes() -> None:
    pinned = every_pin()
    run = {pin.name: pin for pin in pinned["in the program"]}
    assert {"cryptography", "pyside6-essentials", "sqlcipher3"} <= set(run)
    assert all(len(digest) == 64 for pin in run.values() for digest in pin.hashes)
    assert run["backports-tarfile"].only == "python_full_version < '3.12'"
    assert "pyinstaller" in {pin.name for pin in pinned["makes the bundle"]}
    assert "rich" not in {pin.name for pin in pinned["makes the bundle"]}
    assert {pin.ecosystem for pin in javascript_pins()} == {"npm"}


def test_a_line_that_pins_nothing_stops_the_reading(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("chores.pins.LOCKS", tmp_path)
    (tmp_path / RUN).write_text("rich>=15\n", encoding="utf-8")
    with pytest.raises(Stopped, match="has a line that pins nothing: rich>=15"):
        pins_of(RUN)


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        ([{"introduced": "0"}], True),
        ([{"introduced": "0"}, {"fixed": "15.0.1"}], True),
        ([{"introduced": "0"}, {"fixed": "15"}], False),
        ([{"introduced": "0"}, {"fixed": "15.0.0rc1"}], False),
        ([{"introduced": "15.0.0"}, {"last_affected": "15.0"}], True),
        ([{"introduced": "14"}, {"last_affected": "14.9.9"}], False),
        ([{"introduced": "15.0.1"}], False),
        ([{"introduced": "1"}, {"fixed": "2"}, {"introduced": "14"}, {"fixed": "16"}], True),
        ([{"fixed": "16"}, {"introduced": "14"}], True),
    ],
)
def test_a_release_within_a_range_is_named(events: list[dict[str, str]], *, expected: bool) -> None:
    assert bool(named(advisory(*events))) is expected


def test_a_release_in_a_list_is_named_and_one_of_another_package_or_index_or_taken_back_is_not() -> None:
    assert named(advisory(versions=["15.0.0"])) == ["TEST-1"]
    assert named(advisory({"introduced": "0"}, name="richer")) == []
    assert named(advisory({"introduced": "0"}, package={"ecosystem": "npm", "name": "rich"})) == []
    assert named(advisory({"introduced": "0"}) | {"withdrawn": "2026-01-01T00:00:00Z"}) == []


def test_an_advisory_that_cannot_be_understood_is_not_passed_over() -> None:
    with pytest.raises(Stopped, match="neither which releases"):
        named(advisory())
    with pytest.raises(Stopped, match="is no release that can be compared"):
        named(advisory({"introduced": "a while ago"}))
    with pytest.raises(Stopped, match="affected is no list of objects"):
        named({"id": "TEST-2", "affected": "everything"})


@pytest.mark.parametrize("text", ["", "[", "5", '{"vulns": 5}', "[{}]", "[" * 100_000])
def test_a_file_that_holds_no_advisories_is_refused(tmp_path: Path, text: str) -> None:
    file = tmp_path / "a.json"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(Stopped, match=r"a\.json is no"):
        read_advisories(file)
    with pytest.raises(Stopped, match="cannot be read"):
        read_advisories(tmp_path / "none.json")


RELEASES = st.builds(
    lambda release, pre, post, dev: ".".join(map(str, release)) + pre + post + dev,
    st.lists(st.integers(0, 30), min_size=1, max_size=4),
    st.sampled_from(["", "a1", "b2", "rc1", "-alpha.3", "c4"]),
    st.sampled_from(["", ".post1", "-2", ".rev3"]),
    st.sampled_from(["", ".dev1", ".dev5"]),
)


@given(RELEASES, RELEASES)
def test_releases_are_ordered_as_the_standard_orders_them(one: str, other: str) -> None:
    assert (order_of(one) < order_of(other)) == (Version(one) < Version(other))
    assert (order_of(one) == order_of(other)) == (Version(one) == Version(other))


def test_the_audit_lists_every_package_with_its_licence_and_ends_with_1_at_a_hit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(environment, "ready", lambda *_: Path(sys.executable))
    monkeypatch.setattr(audit, "_ask_pip_audit", lambda _: None)
    assert dev.main(["audit"]) == 0
    said = capsys.readouterr().out
    run = {pin.name for pin in pins_of(RUN)}
    assert run <= {line.split()[0] for line in said.splitlines() if line.startswith("  ")}
    assert "Nothing was looked up" in said
    known = audit.licences(Path(sys.executable))
    assert known["cryptography"] == "Apache-2.0 OR BSD-3-Clause"
    assert known[normal("PySide6_Essentials")].startswith("LGPL-3.0-only")
    file = tmp_path / "osv.json"
    file.write_text(json.dumps({"vulns": [advisory({"introduced": "0"})]}), encoding="utf-8")
    assert dev.main(["audit", "--advisories", str(file)]) == 1
    said = capsys.readouterr().out
    assert "osv.json: 1 advisories, 1 of them about what is pinned." in said
    assert "rich 15.0.0: TEST-1 made up" in said
    assert "Nothing was looked up" not in said
