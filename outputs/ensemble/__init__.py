"""What an ensemble leaves behind: bands, the chance of reaching the target, tables, figures and a summary."""

from outputs.ensemble.publish import publish_ensemble

__all__ = ["publish_ensemble"]
