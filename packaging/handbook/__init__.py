"""The biller's handbook: prose of our own, examples that are run, tables made from the rulebook."""
