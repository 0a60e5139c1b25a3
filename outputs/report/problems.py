"""What can keep a report from being written, told once with the way out."""

from outputs.folder import FolderError


class ReportError(FolderError):
    """A report that cannot be made, published or confirmed: the message says where, what and how to resolve it."""
