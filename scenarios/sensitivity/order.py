"""What the user asked of a sensitivity analysis, and every mistake in it told before anything runs."""

from __future__ import annotations

from dataclasses import dataclass

from scenarios.problems import Problem, ScenarioError

METHODS = ("morris", "sobol", "both")
LEAST_TRAJECTORIES, MOST_TRAJECTORIES = 4, 10_000
LEAST_SAMPLES, MOST_SAMPLES = 16, 2**16
MOST_SEED = 2**32 - 1
MOST_WORKERS = 256


@dataclass(frozen=True)
class SensitivityOrder:
    """A sensitivity analysis as asked for.

    outcomes, years, municipalities: empty for the usual ones. method: 'morris' screens every input, 'sobol' divides
    the variance among all inputs one by one, 'both' screens first and divides the variance among those that matter.
    trajectories: Morris' paths through the inputs. samples: base points of Sobol' indices, a power of two.
    workers: processes (None: one for each core). backend: None for JAX where it is installed. levers: also vary the
    scenario's levers over their ranges.
    """

    scenario: str = "reference"
    outcomes: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    municipalities: tuple[str, ...] = ()
    method: str = "both"
    trajectories: int = 32
    samples: int = 512
    seed: int = 1
    start: int | None = None
    until: int | None = None
    workers: int | None = None
    backend: str | None = None
    levers: bool = False

    @property
    def screens(self) -> bool:
        """Whether Morris' screening is part of it."""
        return self.method in ("morris", "both")

    @property
    def divides(self) -> bool:
        """Whether Sobol' indices are part of it."""
        return self.method in ("sobol", "both")


def check_order(order: SensitivityOrder) -> None:
    """Raise ScenarioError with every number of the order that makes no analysis."""
    problems = [
        problem
        for problem in (
            _method(order.method),
            _between("--trajectories", order.trajectories, (LEAST_TRAJECTORIES, MOST_TRAJECTORIES)),
            _samples(order.samples),
            _between("--seed", order.seed, (0, MOST_SEED)),
            _between("--workers", 1 if order.workers is None else order.workers, (1, MOST_WORKERS)),
        )
        if problem
    ]
    if problems:
        raise ScenarioError(problems)


def parse_words(text: str | None) -> tuple[str, ...]:
    """The words between commas: 'population, jobs' → ('population', 'jobs')."""
    return tuple(dict.fromkeys(word for part in (text or "").split(",") if (word := part.strip())))


def parse_years(text: str | None) -> tuple[int, ...]:
    """The years between commas in rising order: '2030,2040' → (2030, 2040). Raises ScenarioError."""
    words = parse_words(text)
    wrong = [word for word in words if not (word.isascii() and word.isdigit())]
    if wrong:
        raise ScenarioError([Problem(f"--years {text}", f"'{wrong[0]}' is no year.", "For example: --years 2030,2040")])
    return tuple(sorted({int(word) for word in words}))


def _method(method: str) -> Problem | None:
    if method in METHODS:
        return None
    return Problem(f"--method {method}", "there is no such method.", f"Choose one of: {', '.join(METHODS)}.")


def _between(option: str, given: int, limits: tuple[int, int]) -> Problem | None:
    low, high = limits
    if low <= given <= high:
        return None
    side = f"at least {low}" if given < low else f"at most {high}"
    return Problem(f"{option} {given}", f"expected {side}.", f"For example: {option} {low if given < low else high}")


def _samples(samples: int) -> Problem | None:
    problem = _between("--samples", samples, (LEAST_SAMPLES, MOST_SAMPLES))
    if problem or samples & (samples - 1) == 0:
        return problem
    below = 1 << (samples.bit_length() - 1)
    what = f"{samples} is not a power of two, and only then are the points of a Sobol' sequence spread evenly."
    return Problem(f"--samples {samples}", what, f"The nearest that are: --samples {below} or --samples {2 * below}")
