"""The mix as a scenario file that `sim.py run` and `sim.py ensemble` repeat exactly."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from outputs.target.measures import Taken, measures_of
from outputs.target.story import PER_CENT, Story
from scenarios.places import read_places
from scenarios.sensitivity.outcomes import NEW

MARK = "# Found by sim.py target"
"""How a scenario that a search wrote begins; only such a file is replaced by the next search."""
WIDTH = 116
DIGITS = 10


def scenario_text(english: Story, swedish: Story, day: date) -> str:
    """The scenario file of the mix, with its story in both languages."""
    ready = english.taken.ready
    lines = [
        f"{MARK}; the next search may write it anew. Strengths and costs: scenarios/lever_costs.csv.",
        f"title.sv = {_text(_title(swedish))}",
        f"title.en = {_text(_title(english))}",
        'author = "Norrsim"',
        f"date = {day.isoformat()}",
        *(f"source.{story.language} = {_text(_source(story))}" for story in (swedish, english)),
        f"baseline = {_text(ready.scenario.name)}",
        f'description.sv = """\n{_wrapped(_story(swedish))}"""',
        f'description.en = """\n{_wrapped(_story(english))}"""',
        "",
        *_settings(english),
    ]
    for each in measures_of(english):
        lines += ["", *_lever(each, english), *_lever_source(each, (swedish, english))]
    return "\n".join(lines) + "\n"


def _source(story: Story) -> str:
    order = story.taken.ready.order
    return story.say(
        "scenario source", aim=story.say(order.aim), members=order.effort.members, seed=order.seed, runs=story.runs
    )


def _settings(story: Story) -> Iterator[str]:
    order, ready = story.taken.ready.order, story.taken.ready
    yield "[settings]"
    yield f"base_year = {ready.base_year}"
    if order.outcome == NEW and order.target == round(order.target):
        yield f"target = {round(order.target)}"
    years = sorted({*ready.settings.target_years, order.by})
    yield f"target_years = [{', '.join(map(str, years))}]"


def _lever(each: Taken, story: Story) -> Iterator[str]:
    order, handle = story.taken.ready.order, each.handle
    yield "[[levers]]"
    yield f"name = {_text(handle.cost.lever)}"
    strength = each.strength
    yield f"value = {_number(handle.value(strength))}" if handle.even else f"add = {_number(handle.change(strength))}"
    if each.codes:
        yield f"municipality = {_places(each.codes)}"
    yield f"from = {_number(order.start)}"
    if order.ramp:
        yield f"ramp = {_number(order.ramp)}"


def _lever_source(each: Taken, stories: tuple[Story, ...]) -> Iterator[str]:
    """Where the value comes from: what full strength is, and how much of it the search chose."""
    handle = each.handle
    for story in stories:
        full, strength = story.setting(handle, handle.value(1.0)), story.number(PER_CENT * each.strength)
        said = story.say("lever source", strength=strength, full=full)
        yield f"source.{story.language} = {_text(said)}"


def _places(codes: tuple[str, ...]) -> str:
    """Municipalities as a scenario names them: all, a county, or a list of names."""
    places = read_places()
    if codes == places.codes:
        return '"all"'
    names = [places.name(code) for code in codes]
    return "[" + ", ".join(_text(name) for name in names) + "]"


def _title(story: Story) -> str:
    order = story.taken.ready.order
    if story.is_new and not order.places:
        return story.say("scenario title new", target=story.number(order.target), year=order.by)
    name = story.pick((story.outcome.long_name, story.outcome.long_name_sv))
    bound = story.say("at most" if order.at_most else "at least")
    title = story.say("scenario title other", name=name, bound=bound, target=story.level(order.target), year=order.by)
    return f"{title} ({story.place})"


def _story(story: Story) -> str:
    taken = story.taken
    lacking = abs(taken.wish.target - taken.mix.level)
    stops = [story.pick(taken.ready.limits[price.limit].title) for price in taken.answer.prices if price.gain > 0]
    return story.say(
        "story reached" if taken.answer.reached else "story unreached",
        aim=story.say(taken.ready.order.aim),
        runs=story.runs,
        level=story.level(taken.mix.level),
        lacking=story.bare_level(lacking),
        reached=taken.mix.reached,
        fresh=len(taken.mix.outcomes),
        without=story.level(taken.reference.level),
        cost=story.number(taken.mix.cost),
        stops="; ".join(stops) or story.say("story none"),
    )


def _wrapped(text: str) -> str:
    """A text on several lines, each but the last ending in a line continuation."""
    from textwrap import wrap

    plain = text.replace("\\", "").replace('"', "'")
    return " \\\n".join(wrap(plain, WIDTH, break_on_hyphens=False))


def _text(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _number(value: float) -> str:
    return f"{value:.{DIGITS}g}"
