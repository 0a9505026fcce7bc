"""The record looked back at: every event in plain words, how it is found again, and how it is proven."""
