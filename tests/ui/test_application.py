"""The application draws with the fonts that travel in the bundle, and with the system's in a clone."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QFontDatabase

from chores.system_packages import font_files
from desktop_app import paths
from desktop_app.ui.application import FONT_FILES, load_fonts


@pytest.mark.usefixtures("qapp")
def test_a_clone_has_no_fonts_of_its_own() -> None:
    assert not paths.resource("fonts").exists()
    assert load_fonts() == []


@pytest.mark.skipif(sys.platform != "linux", reason="takes a font from where Linux keeps them")
@pytest.mark.usefixtures("qapp")
def test_a_folder_of_fonts_is_loaded_and_other_files_are_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    font = min(path for path in font_files() if path.suffix in FONT_FILES)
    (tmp_path / "fonts").mkdir()
    (tmp_path / "fonts" / "copyright").write_text("OFL-1.1", encoding="utf-8")
    shutil.copy(font, tmp_path / "fonts")
    monkeypatch.setattr(paths, "resources", lambda: tmp_path)
    families = load_fonts()
    QFontDatabase.removeAllApplicationFonts()
    assert families
