"""What the model is fitted to: observed series beside the model's own, each with an error that belongs to it.

`series.csv` lists them, with what is known of each one's measurement; `errors.csv` holds, estimated by
`python -m calibration.observe`, how far a model like this strays from each beyond that (structure that is not in it).
"""

from calibration.observe.errors import Errors, read_errors
from calibration.observe.series import Observation, Observed, read_observation

__all__ = ["Errors", "Observation", "Observed", "read_errors", "read_observation"]
