"""What a scenario file may contain: a header, settings, levers, projects, assumptions."""

from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

FIRST_START, LAST_START, LAST_YEAR = 2010, 2024, 2100
"""A run starts at the end of a year with observed stocks and ends no later than the longest official projections."""

NEVER_YEAR = 9999
"""The calendar year that stands for never."""
LARGEST_TARGET = 10_000_000
"""People: about all of Sweden; a larger need is a slip of the pen."""
LONGEST_RAMP = LAST_YEAR - FIRST_START
"""Years."""

Selector = str | int | list[str | int]
Number = Annotated[float, Field(allow_inf_nan=False)]
CELL_KEYS = ("municipality", "workplace", "county", "industry", "sex", "age", "project")
"""Keys that choose the cells of a lever: one for each dimension it can have."""


class _Part(BaseModel):
    """Unknown keys are errors; nothing changes after reading; texts are not turned into numbers."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True, strict=True)


class Texts(_Part):
    """One text in Swedish and English."""

    sv: str
    en: str


def _both(given: Any) -> Any:
    """A plain text stands for both languages."""
    return {"sv": given, "en": given} if isinstance(given, str) else given


Said = Annotated[Texts, BeforeValidator(_both)]
"""A text given in both languages, or once for both."""


class Settings(_Part):
    """Years of the run and the yardstick: new residents since the base year against the target.

    `overrides`: in a stack these settings win over those of earlier scenarios.
    """

    start: int = Field(default=2010, ge=FIRST_START, le=LAST_START)
    until: int = Field(default=2050, le=LAST_YEAR)
    base_year: int = Field(default=2022, ge=FIRST_START, le=LAST_YEAR)
    target: int = Field(default=100_000, gt=0, le=LARGEST_TARGET)
    target_years: list[Annotated[int, Field(ge=FIRST_START, le=LAST_YEAR)]] = Field(default=[2035, 2040], min_length=1)
    overrides: bool = Field(default=False, exclude=True)

    @model_validator(mode="after")
    def _years_in_order(self) -> Self:
        if self.until <= self.start:
            raise ValueError(f"until = {self.until} is not after start = {self.start}: the years are reversed")
        if self.base_year > max(self.until, LAST_START):
            raise ValueError(
                f"base_year = {self.base_year} is after until = {self.until}, and no population has been observed then"
            )
        return self


WAYS = ("value", "add", "multiply")
FATES = ("delay", "scale", "stop", "closure")


def _check_judged(judged: tuple[float, float] | None, key: str, number: float) -> None:
    """Raise ValueError when a judgement's range does not hold its own number."""
    if judged is not None and not judged[0] <= number <= judged[1]:
        raise ValueError(f"judged = [{judged[0]:g}, {judged[1]:g}] does not hold {key} = {number:g}")


class Change(_Part):
    """A new value for one assumption: exactly one of value, add, multiply; cells; leave to leave the range.

    `source`: where the number comes from; `judged`: it is a judgement, and anything between these two would do as well.
    `overrides`: where an earlier scenario of a stack changes the same, this one wins.
    """

    name: str
    value: Number | None = None
    add: Number | None = None
    multiply: Number | None = None
    municipality: Selector | None = None
    workplace: Selector | None = None
    county: Selector | None = None
    industry: Selector | None = None
    sex: Selector | None = None
    age: Selector | None = None
    project: Selector | None = None
    range: tuple[Number, Number] | None = Field(default=None, strict=False)
    because: Said | None = None
    source: Said | None = None
    judged: tuple[Number, Number] | None = Field(default=None, strict=False)
    overrides: bool = False

    @property
    def given(self) -> tuple[str, float]:
        """The way to change and its number: ("add", -1.3)."""
        return next((way, number) for way in WAYS if (number := getattr(self, way)) is not None)

    @property
    def cells(self) -> dict[str, Selector]:
        """The selectors given, by dimension."""
        given = {key: getattr(self, key) for key in CELL_KEYS}
        return {key: selector for key, selector in given.items() if selector is not None}

    @model_validator(mode="after")
    def _one_way_to_change(self) -> Self:
        ways = [way for way in WAYS if getattr(self, way) is not None]
        if len(ways) != 1:
            given = " and ".join(ways) if ways else "none"
            raise ValueError(f"give exactly one of value, add, multiply (given: {given})")
        return self

    @model_validator(mode="after")
    def _leaving_the_range_has_a_reason(self) -> Self:
        if (self.range is None) != (self.because is None or not self.because.en.strip()):
            raise ValueError("range and because go together: give both, or neither")
        if self.range is not None and self.range[0] > self.range[1]:
            raise ValueError(f"range = [{self.range[0]:g}, {self.range[1]:g}] is reversed")
        return self

    @model_validator(mode="after")
    def _judged_around_the_number(self) -> Self:
        _check_judged(self.judged, *self.given)
        return self


class Lever(Change):
    """A change of a lever in place and time: from 1 January of `from` through 31 December of `until`."""

    from_: Number | None = Field(default=None, alias="from", ge=FIRST_START, le=LAST_YEAR)
    until: int | None = Field(default=None, ge=FIRST_START, le=LAST_YEAR)
    ramp: Number = Field(default=0.0, ge=0, le=LONGEST_RAMP)

    @model_validator(mode="after")
    def _ends_after_it_begins(self) -> Self:
        if self.from_ is not None and self.until is not None and self.until < int(self.from_):
            raise ValueError(f"until = {self.until} is before from = {self.from_:g}: the years are reversed")
        return self


class Assumption(Change):
    """A change of a parameter that is no lever: constant over the whole run."""


class ProjectChange(_Part):
    """What happens to one project: years late, share of its size, year it is stopped or closed (1 January).

    `source`, `judged` and `overrides` as in any change.
    """

    name: str
    delay: Number | None = None
    scale: Number | None = None
    stop: Number | None = None
    closure: Number | None = None
    source: Said | None = None
    judged: tuple[Number, Number] | None = Field(default=None, strict=False)
    overrides: bool = False

    @property
    def given(self) -> dict[str, float]:
        """The fates given, by key."""
        return {key: number for key in FATES if (number := getattr(self, key)) is not None}

    @model_validator(mode="after")
    def _changes_something(self) -> Self:
        if not self.given:
            raise ValueError(f"give at least one of {', '.join(FATES)}")
        return self

    @model_validator(mode="after")
    def _judged_around_the_number(self) -> Self:
        if self.judged is not None and len(self.given) > 1:
            keys = " and ".join(self.given)
            raise ValueError(f"judged belongs to one number, but {keys} are given: make a table for each")
        _check_judged(self.judged, *next(iter(self.given.items())))
        return self


class Choice(_Part):
    """What the user of a generic scenario sets: {name} in the file stands for it.

    `of`: "projects", "projects with jobs", "municipalities" or a list of what may be chosen; `range`: of a number.
    """

    name: str = Field(pattern=r"^[a-z][a-z_]*$")
    meaning: Texts
    default: str | int | float
    of: Literal["projects", "projects with jobs", "municipalities"] | list[str | int | float] | None = None
    range: tuple[Number, Number] | None = Field(default=None, strict=False)

    @model_validator(mode="after")
    def _default_may_be_chosen(self) -> Self:
        if isinstance(self.of, list) and self.default not in self.of:
            raise ValueError(f"default = {self.default!r} is not among those that may be chosen: {self.of}")
        if self.range is not None and isinstance(self.default, str):
            raise ValueError(f"range belongs to a number, but default = {self.default!r} is a text")
        return self


class Header(_Part):
    """Who says what, and compared with what."""

    title: Texts
    author: str
    date: str
    source: Said
    baseline: str
    description: Texts
