"""Scenarios: what-ifs as text files, and the code that reads, checks and applies them."""
