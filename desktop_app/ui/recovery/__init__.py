"""What is seen instead of the board where the journal cannot be opened: what is wrong, and the ways out."""
