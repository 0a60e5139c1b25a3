"""Forecast against outcome when new official figures arrive: what lies outside the bands, which assumption moved."""

from calibration.track.problems import TrackError
from calibration.track.publish import TrackOrder, track

__all__ = ["TrackError", "TrackOrder", "track"]
