"""The locked window: every timer stays in sight, every name goes, and a moment can still be stamped."""
