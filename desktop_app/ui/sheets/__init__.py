"""Sheets: the small forms that follow a touch. The instant is stamped before they open."""
