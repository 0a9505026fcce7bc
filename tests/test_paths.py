"""The program finds its resources in a clone, installed, and frozen; and keeps data apart from them."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

import desktop_app
from desktop_app import paths


def test_in_a_clone_the_resources_stand_beside_the_package() -> None:
    package = Path(desktop_app.__file__).parent
    assert paths.resource("rulebook", "a.toml") == package.parent / "resources" / "rulebook" / "a.toml"


def test_once_installed_the_resources_are_inside_the_package(tmp_path: Path) -> None:
    package = tmp_path / "desktop_app"
    (package / "resources").mkdir(parents=True)
    assert paths.resources(package) == package / "resources"


def test_frozen_the_resources_are_where_the_bundle_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    assert paths.resources() == tmp_path / "resources"


@pytest.mark.skipif(sys.platform != "linux", reason="XDG_DATA_HOME is Linux's")
def test_the_users_data_follow_the_desktops_setting(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert paths.user_data_dir() == tmp_path / "chairtime"
    assert not paths.user_data_dir().exists()
