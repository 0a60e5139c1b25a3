"""What is wrong with a forecast to be tracked, or with the figures it is tracked by: where, what, and the way out."""

from __future__ import annotations


class TrackError(Exception):
    """A forecast or new figures that cannot be used; the text is the message for the user."""

    def __init__(self, where: str, what: str, resolve: str = "") -> None:
        super().__init__("\n".join([f"{where}: {what}", *(f"  {line}" for line in resolve.splitlines())]))
