"""The wheel is the whole program: code, resources, command, licence."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

import desktop_app
from desktop_app import paths

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Returns a folder with the wheel's contents, as an installer would leave them."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = folder.glob("chairtime-*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "site")
    return folder / "site"


def files_below(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_the_installed_program_finds_every_resource(unpacked: Path) -> None:
    installed = paths.resources(unpacked / "desktop_app")
    assert installed.is_relative_to(unpacked)
    assert files_below(installed) == files_below(ROOT / "resources")
    assert files_below(installed)


def test_the_wheel_carries_every_room(unpacked: Path) -> None:
    source = {name for name in files_below(ROOT / "desktop_app") if name.endswith((".py", "py.typed"))}
    assert source <= files_below(unpacked / "desktop_app")


def test_the_wheel_brings_the_command_and_the_licence(unpacked: Path) -> None:
    (about,) = unpacked.glob(f"chairtime-{desktop_app.__version__}.dist-info")
    assert "chairtime = desktop_app.cli:main" in (about / "entry_points.txt").read_text(encoding="utf-8")
    assert "License-Expression: Apache-2.0" in (about / "METADATA").read_text(encoding="utf-8")
    assert (about / "licenses" / "LICENSE").is_file()
