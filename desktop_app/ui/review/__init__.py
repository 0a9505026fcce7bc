"""Review and sign: each ended session with its lines, its findings and the way to settle them."""
