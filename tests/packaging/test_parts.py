"""The bundle takes what is loaded, and leaves the rest of Qt behind."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from chores import parts
from chores.terminal import ROOT

QT = "PySide6/Qt"
ENTRIES = [
    ("PySide6/QtWidgets.abi3.so", "/v/QtWidgets.abi3.so", "EXTENSION"),
    (f"{QT}/lib/libQt6Widgets.so.6", "/v/libQt6Widgets.so.6", "BINARY"),
    (f"{QT}/lib/libQt6Core.so.6", "/v/libQt6Core.so.6", "BINARY"),
    (f"{QT}/lib/libQt6Quick.so.6", "/v/libQt6Quick.so.6", "BINARY"),
    (f"{QT}/plugins/platforms/libqoffscreen.so", "/v/libqoffscreen.so", "BINARY"),
    (f"{QT}/plugins/platforms/libqvnc.so", "/v/libqvnc.so", "BINARY"),
    (f"{QT}/plugins/platforminputcontexts/libqtvirtualkeyboardplugin.so", "/v/libqtvk.so", "BINARY"),
    ("libfontconfig.so.1", "/usr/lib/libfontconfig.so.1", "BINARY"),
    ("libpython3.11.so.1.0", "/usr/lib/libpython3.11.so.1.0", "BINARY"),
    ("spare/libGL.so.1", "/usr/lib/libGL.so.1", "BINARY"),
]
LOADS = {
    "/v/QtWidgets.abi3.so": ["libQt6Widgets.so.6"],
    "/v/libQt6Widgets.so.6": ["libQt6Core.so.6", "libc.so.6"],
    "/v/libqoffscreen.so": ["libfontconfig.so.1"],
    "/v/libqtvk.so": ["libQt6Quick.so.6"],
}


def kept() -> set[str]:
    return {Path(entry[0]).name for entry in parts.reachable(ENTRIES, lambda path: LOADS.get(path, []))}


def test_what_a_module_or_a_used_plugin_loads_goes_along() -> None:
    assert {"QtWidgets.abi3.so", "libQt6Widgets.so.6", "libQt6Core.so.6", "libfontconfig.so.1"} <= kept()


def test_plugins_nobody_uses_stay_behind_with_all_they_load() -> None:
    assert kept() & {"libqvnc.so", "libqtvirtualkeyboardplugin.so", "libQt6Quick.so.6"} == set()


def test_python_itself_and_the_spare_libraries_go_along() -> None:
    assert {"libpython3.11.so.1.0", "libGL.so.1"} <= kept()


def test_a_link_to_what_stayed_behind_stays_behind() -> None:
    binaries = [ENTRIES[2]]
    data = [
        ("libQt6Core.so.6", "PySide6/Qt/lib/libQt6Core.so.6", "SYMLINK"),
        ("libQt6Quick.so.6", "PySide6/Qt/lib/libQt6Quick.so.6", "SYMLINK"),
        (f"{QT}/translations/qt_de.qm", "/v/qt_de.qm", "DATA"),
        ("resources/drugs.csv", "/p/drugs.csv", "DATA"),
    ]
    names = [entry[0] for entry in parts.needed_data(data, binaries)]
    assert names == ["libQt6Core.so.6", "resources/drugs.csv"]


@pytest.mark.skipif(os.name == "nt", reason="a folder of fonts is described the Unix way")
def test_the_weights_of_inter_in_use_are_taken_from_the_system(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = ["Inter-Regular.otf", "Inter-SemiBold.otf", "Inter-BlackItalic.otf", "DejaVuSans.ttf"]
    monkeypatch.setattr(parts, "font_files", lambda: [tmp_path / name for name in names])
    taken = [Path(path).name for path, folder in parts.fonts() if folder == "resources/fonts"]
    assert taken == ["Inter-Regular.otf", "Inter-SemiBold.otf"]


def test_the_licences_of_what_is_locked_for_this_system_go_along() -> None:
    folders = {folder for _, folder in parts.licences(ROOT)}
    assert {"licences/chairtime", "licences/cryptography", "licences/openpyxl"} <= folders
    assert "licences/pywin32-ctypes" not in folders or os.name == "nt"
