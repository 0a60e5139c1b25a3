"""Official data: fetched into a pinned snapshot, listed, compared with the bundled tables."""

from calibration.refresh.compare import diff
from calibration.refresh.fetch import RefreshOrder, refresh
from calibration.refresh.problems import RefreshError
from calibration.refresh.status import status

__all__ = ["RefreshError", "RefreshOrder", "diff", "refresh", "status"]
