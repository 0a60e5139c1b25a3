"""Norrsim's model: the equations (sectors), their numbers (values), their reader (language) and their engine."""
