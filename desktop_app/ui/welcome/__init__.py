"""The first start: one page, sensible defaults, then the board."""
