"""Export: what is signed and not yet sent, where it goes, what was sent before."""
