"""Writes what a search for a target found: the answer in words, tables, figures, the mix as a scenario, the record."""
