"""What can go wrong when official data are fetched or read: where, what, and the way out."""

from __future__ import annotations

from collections.abc import Sequence


class RefreshError(Exception):
    """Data that could not be fetched, or a snapshot that cannot be read; the text is the message for the user."""

    def __init__(self, where: str, what: str, resolve: str = "") -> None:
        head = f"{where}: {what}" if where else what
        super().__init__("\n".join([head, *(f"  {line}" for line in resolve.splitlines())]))


class ServiceError(RefreshError):
    """A service that does not answer: no other table would fare better."""


class TooManyCellsError(RefreshError):
    """The service counts more cells in a question than it answers at once."""


def together(errors: Sequence[RefreshError]) -> RefreshError:
    """Several problems told at once."""
    return errors[0] if len(errors) == 1 else RefreshError("", "\n".join(str(error) for error in errors))
