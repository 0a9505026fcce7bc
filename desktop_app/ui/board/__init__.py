"""The board: a card for each chair, and the bar that speaks for the whole suite."""
