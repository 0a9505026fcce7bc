"""The drugs with a star, kept in the settings by their codes: the suite's own short list."""

from __future__ import annotations

from desktop_app.ui.ports import Drug, Settings

KEY = "favourite-drugs"
MOST = 40


class Favourites:
    """Which drugs have a star."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of the drugs with a star, the first starred first."""
        return tuple(self._settings.get(KEY).split())

    def __contains__(self, drug: Drug) -> bool:
        """Return whether a drug has a star."""
        return bool(drug.hcpcs) and drug.hcpcs in self.codes

    def toggle(self, drug: Drug) -> None:
        """Give a drug its star, or take it away, durably. Raises ValueError or JournalError."""
        codes = [code for code in self.codes if code != drug.hcpcs]
        if len(codes) == len(self.codes):
            codes.append(drug.hcpcs)
        if len(codes) > MOST:
            raise ValueError(f"At most {MOST} drugs can have a star; take one away first.")
        self._settings.set(KEY, " ".join(codes))
