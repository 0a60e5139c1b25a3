"""Drivers of the model that are built from the project register, definitions and our own history tables."""
