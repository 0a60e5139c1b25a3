"""What an ensemble leaves behind: bands, the chance of reaching the target, tables, figures and a summary."""

from outputs.ensemble.publish import publish_ensemble
from outputs.ensemble.publish_difference import publish_difference

__all__ = ["publish_difference", "publish_ensemble"]
