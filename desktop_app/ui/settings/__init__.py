"""Settings: each with a sentence that says what it does, in effect at once."""
