"""Compares scenarios: how much they differ, what each assumption's share of it is, and which loops carried it."""
