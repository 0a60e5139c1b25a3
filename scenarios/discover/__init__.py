"""Finds in an ensemble the conditions under which the target is missed, or a municipality's economy fails."""
