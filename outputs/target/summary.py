"""summary.md of a search: the answer first, then the mix, what stops it, which krona gives most, how sure."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from pathlib import Path

from outputs.target.measures import measures_of, where_of
from outputs.target.story import MILLION, PER_CENT, Story
from outputs.words import bullets
from scenarios.target.search import FULL, pareto

SCENARIO = "towards.toml"
TOLD_LEVERS = 5


def write_summary(story: Story, path: Path, mix_file: str) -> None:
    """Write summary.md; `mix_file`: the mix's scenario as the reader would type it."""
    sections = [
        f"# {_title(story)}",
        f"**{story.say('kind')}**",
        f"## {story.say('answer heading')}\n\n" + "\n\n".join(answer(story)),
        bullets(story.say("stops heading"), list(stops(story))),
        _mix(story),
        _alone(story),
        _figure(story, "levers"),
        _limits(story),
        _figure(story, "limits"),
        _frontier(story),
        _figure(story, "frontier"),
        bullets(story.say("sure heading"), list(_sure(story))),
        bullets(story.say("again heading"), list(_again(story, mix_file))),
        bullets(story.say("files heading"), [story.say("file mix", mix=SCENARIO), *_files(story)]),
    ]
    path.write_text("\n\n".join(section for section in sections if section) + "\n", encoding="utf-8")


def answer(story: Story) -> Iterator[str]:
    """The answer in plain words."""
    taken, order = story.taken, story.taken.ready.order
    found = taken.answer
    low, high = (story.number(value) for value in story.spread(found.mix))
    mix = {"aim": story.say(order.aim), "cost": story.number(found.mix.cost), "low": low, "high": high}
    if found.reached and not found.mix.point.any():
        yield story.say("needless", runs=story.runs)
    elif found.reached:
        yield story.say("reached", runs=story.runs, **mix)
    else:
        lacking = story.bare_level(abs(taken.wish.target - taken.furthest.level))
        yield story.say("unreached", runs=story.runs, furthest=story.level(taken.furthest.level), short=lacking)
        if found.mix.point.any():
            yield story.say("nearly", **mix)
    if found.mix.point.any():
        yield _with(story)
        price = story.price(found.mix)
        if price:
            yield _price(story, price)
    reference = taken.reference
    yield story.say(
        "without", level=story.level(reference.level), runs=story.runs, median=story.bare_level(reference.median),
        chance=story.chance(reference),
    )  # fmt: skip
    yield story.say("place", place=story.place, scenario=story.scenario)


def _with(story: Story) -> str:
    taken = story.taken
    mix = taken.answer.mix
    reached = story.say("runs", some=mix.reached, all=len(mix.outcomes))
    text = story.say(
        "with", fresh=len(taken.mix.outcomes), level=story.level(taken.mix.level), runs=story.runs,
        median=story.bare_level(taken.mix.median), chance=story.chance(taken.mix), members=len(mix.outcomes),
        reached=reached, seen=story.bare_level(mix.level),
    )  # fmt: skip
    weak = taken.answer.reached and min(taken.mix.share, mix.share) < taken.wish.probability
    return f"{text} {story.say('weaker')}" if weak else text


def _price(story: Story, price: float) -> str:
    found = story.taken.answer
    key = "each new" if story.is_new else "each"
    parts = [story.say(key, price=story.number(price), unit=story.unit)]
    if story.is_new and found.reached and found.marginal > 0:
        parts.append(story.say("marginal", price=story.number(found.marginal * MILLION)))
    return " ".join(parts)


def stops(story: Story) -> Iterator[str]:
    """What binds, and what it costs; measures at their full; limits that the scenario breaks by itself."""
    taken, found = story.taken, story.taken.answer
    told = 0
    for price in found.prices:
        if price.gain <= 0:
            continue
        limit = taken.ready.limits[price.limit]
        at = found.mix if found.reached else found.furthest
        measured = story.amount(limit, float(at.limits[price.limit]))
        ends = {"bound": story.amount(limit, price.bound), "eased": story.amount(limit, price.eased)}
        gain = story.number(price.gain) if found.reached else story.level(price.gain)
        key = "binding cost" if found.reached else "binding level"
        title = story.pick(limit.title)
        yield story.say(key, title=title[0].upper() + title[1:], measured=measured, gain=gain, **ends)
        told += 1
    if not told:
        yield story.say("no limit")
    if not found.reached:
        yield from _exhausted(story)
        yield story.say("half", median=story.level(taken.mix.median))
    if found.broken:
        titles = "; ".join(story.pick(taken.ready.limits[at].title) for at in found.broken)
        yield story.say("broken", titles=titles)


def _exhausted(story: Story) -> Iterator[str]:
    found, handles = story.taken.answer, story.taken.ready.machine.handles
    gains: dict[str, float] = {}
    for handle, strength, gain in zip(handles.each, found.furthest.point, found.pushing, strict=True):
        if strength >= FULL and gain > story.least:
            gains[handle.cost.lever] = gains.get(handle.cost.lever, 0.0) + float(gain)
    most = sorted(gains, key=lambda lever: -gains[lever])[:TOLD_LEVERS]
    if most:
        words = ", ".join(f"{story.lever(lever)} ({story.number(gains[lever])})" for lever in most)
        yield story.say("exhausted", levers=words)


def _mix(story: Story) -> str:
    order, measures = story.taken.ready.order, measures_of(story)
    lines = [f"## {story.say('mix heading')}", ""]
    if not measures:
        return "\n".join([*lines, story.say("mix none")])
    lines += [story.say("mix header"), "|---|---|---:|---:|---:|---|---|---:|---:|"]
    for each in measures:
        handle = each.handle
        span = f"{story.number(each.low)}\N{EN DASH}{story.number(each.high)}"
        cells = [
            story.lever(handle.cost.lever), where_of(story, each), story.plain(handle, handle.value(0.0)),
            story.setting(handle, handle.value(each.strength)), story.number(PER_CENT * each.strength),
            story.who(handle.cost.decides), story.who(handle.cost.pays), story.number(each.cost), span,
        ]  # fmt: skip
        lines.append(f"| {' | '.join(cells)} |")
    when = story.say("mix when", start=f"{order.start:g}", ramp=story.number(order.ramp))
    return "\n".join([*lines, "", when])


def _alone(story: Story) -> str:
    lines = [
        f"## {story.say('alone heading')}",
        "",
        story.say("alone header", runs=story.runs),
        "|---|---:|---:|---:|---:|",
    ]
    for each in story.alone:
        price = story.price(each.trial)
        cells = [
            story.lever(each.lever),
            _signed(story, story.level_gain(each.trial)),
            _signed(story, story.gain(each.trial)),
            story.number(each.trial.cost), story.number(price) if price else "\N{EN DASH}",
        ]  # fmt: skip
        lines.append(f"| {' | '.join(cells)} |")
    note = story.say(
        "alone note", unit=story.unit, year=story.year, none="\N{EN DASH}", least=story.bare_level(story.least)
    )
    against = [story.lever(each.lever) for each in story.alone if story.is_against(each.trial)]
    ends = [note, *([story.say("backwards", levers=", ".join(against))] if against else [])]
    return "\n".join([*lines, "", *ends])


def _signed(story: Story, value: float) -> str:
    told = 0.0 if abs(value) < story.least else value
    return f"+{story.bare_level(told)}" if told > 0 else story.bare_level(told)


def _limits(story: Story) -> str:
    found, limits = story.taken.answer, story.taken.ready.limits
    if not limits:
        return ""
    lines = [f"## {story.say('limits heading')}", "", story.say("limits header"), "|---|---:|---:|---:|---:|---|"]
    for at, limit in enumerate(limits):
        bound = story.say("at most" if limit.is_most else "at least")
        values = [story.amount(limit, float(t.limits[at])) for t in (found.reference, found.mix, found.furthest)]
        title, source = story.pick(limit.title), f"{story.pick(limit.source)} ({limit.quality})"
        shown = f"{bound} {story.amount(limit, float(found.bounds[at]))}"
        lines.append(f"| {title} | {shown} | {' | '.join(values)} | {source} |")
    return "\n".join([*lines, "", story.say("limits note")])


def _frontier(story: Story) -> str:
    lines = [
        f"## {story.say('frontier heading')}",
        "",
        story.say("frontier header", runs=story.runs),
        "|---:|---:|---:|",
    ]
    for trial in pareto(story.taken.answer.frontier, story.taken.wish.sign):
        lines.append(
            f"| {story.number(trial.cost)} | {story.bare_level(trial.level)} | {story.bare_level(trial.median)} |"
        )
    return "\n".join(lines)


def _figure(story: Story, name: str) -> str:
    if name == "limits" and not story.taken.ready.limits:
        return ""
    words = story.say(f"figure {name}")
    return f"![{words}](figures/{name}.png)\n\n*{words}*"


def _sure(story: Story) -> Iterator[str]:
    taken, order = story.taken, story.taken.ready.order
    found = taken.answer
    yield story.say(
        "sure search", trials=story.number(found.trials), members=order.effort.members, seed=order.seed,
        fresh=order.effort.fresh, other=taken.checked,
    )  # fmt: skip
    levels = ", ".join(story.bare_level(level) for level in found.agreed)
    yield story.say("sure starts", starts=len(found.agreed), levels=levels)
    yield story.say("sure settled" if found.settled else "sure unsettled")
    yield story.say("sure costs", start=int(order.start), year=order.by)
    yield story.say("sure not")


def _again(story: Story, mix_file: str) -> Iterator[str]:
    order = story.taken.ready.order
    value = story.level(story.single)
    yield story.say("again run", command=shlex.join(["sim.py", "run", mix_file]), value=value, year=order.by)
    words = ["sim.py", "ensemble", mix_file, "--members", str(order.effort.fresh), "--seed", str(story.taken.checked)]
    words += ["--fit", str(order.fit)] if order.fit is not None else []
    yield story.say("again check", command=shlex.join(words))


def _files(story: Story) -> Iterator[str]:
    for name in ("tables", "record"):
        yield story.say(f"file {name}")


def _title(story: Story) -> str:
    order = story.taken.ready.order
    if story.is_new:
        title = story.say("title new", target=story.number(order.target), year=order.by)
        return title if not order.places else f"{title} ({story.place})"
    name = story.pick((story.outcome.long_name, story.outcome.long_name_sv))
    bound = story.say("at most" if order.at_most else "at least")
    return story.say("title other", name=name, bound=bound, target=story.level(order.target), year=order.by)
