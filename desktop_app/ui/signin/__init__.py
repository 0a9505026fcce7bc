"""Coming in: who is there and what proves it, at the start, at the lock, from the rail and at a signature."""
