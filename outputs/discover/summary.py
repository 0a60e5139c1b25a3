"""summary.md of a discovery: what tells the runs apart, in plain words; every number from the findings."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from outputs.discover.summary_words import SENTENCES
from outputs.discover.words import Words
from outputs.words import bullets, phrase
from scenarios.discover.analyse import Answer, Discovery
from scenarios.discover.prim import Box
from scenarios.discover.questions import ECONOMY, TARGET

HUNDRED = 100


@dataclass(frozen=True)
class Story:
    """What the summary is made of."""

    discovery: Discovery
    words: Words

    def say(self, key: str, **values: object) -> str:
        """A sentence with its numbers in place."""
        return phrase(SENTENCES, key, self.words.language, **values)

    def number(self, value: float) -> str:
        """A number in the language's form."""
        return self.words.number(value)


def write_summary(story: Story, path: Path) -> None:
    """Write summary.md."""
    found, title = story.discovery, story.discovery.scenario.header.title
    runs = story.number(len(found.counted[0].happens))
    sections = [
        f"# {story.say('title', scenario=story.words.pick((title.en, title.sv)))}",
        f"**{story.say('kind', runs=runs)}**",
        *(_answer(story, answer, number) for number, answer in enumerate(found.answers, start=1)),
        _economies(story),
        bullets(story.say("how heading"), _how(story)),
        bullets(story.say("files heading"), [story.say(f"file {number}") for number in range(1, 5)]),
    ]
    path.write_text("\n\n".join(section for section in sections if section) + "\n", encoding="utf-8")


def _answer(story: Story, answer: Answer, number: int) -> str:
    """A section for one question."""
    question, words = answer.question, story.words
    runs = len(question.happens)
    what = words.question(question, story.discovery.order, story.discovery.year)
    happens = story.say("happens", count=story.number(question.count), runs=story.number(runs), what=what)
    heading = f"## {words.short(question)[0].upper()}{words.short(question)[1:]}"
    lines = [f"{heading}\n\n{happens}", *_told(story, answer)]
    if answer.found.tells:
        lines.append(f"![{words.short(question)}](figures/{figure_name(answer, number)}.png)")
    return "\n\n".join(lines)


def figure_name(answer: Answer, number: int) -> str:
    """The name of a question's figure without ending."""
    place = f"-{answer.question.place}" if answer.question.place else ""
    return f"{number}-{answer.question.key}{place}"


def _told(story: Story, answer: Answer) -> list[str]:
    question, found = answer.question, answer.found
    runs = len(question.happens)
    if found.unseen is None:
        return [_too_few(story, answer, runs)]
    density, base = story.words.pair(found.unseen.density, found.unseen.base)
    lines = _boxes(story, answer) if found.tells else []
    key = "unseen" if found.tells else "no box" if found.tree_tells else "nothing"
    lines.append(story.say(key, density=density, base=base))
    if found.tells and not found.steady:
        lines.append(story.say("loose"))
    return [*lines, _tree(story, answer)]


def _too_few(story: Story, answer: Answer, runs: int) -> str:
    question = answer.question
    told = {"runs": story.number(runs)}
    if question.count == runs and question.key == TARGET:
        return story.say("all", most=story.number(float(question.values.max())), **told)
    if question.count == 0:
        return story.say("none", **told)
    return story.say("few", fewest=min(question.count, runs - question.count), **told)


def _boxes(story: Story, answer: Answer) -> list[str]:
    lines = []
    for number, box in enumerate(answer.found.boxes):
        told = _box(story, answer, box)
        lines.append(told if number == 0 else story.say("further", box=told))
        lines.append("\n".join(f"- {each}" for each in _foundations(story, answer, box, first=number == 0)))
    return lines


def _box(story: Story, answer: Answer, box: Box) -> str:
    text = story.words.conditions(box, answer.drawn.things)
    density, base = story.words.pair(box.density, float(answer.question.happens.mean()))
    coverage = story.words.of_ten(box.coverage)
    return story.say("box", conditions=text[0].upper() + text[1:], coverage=coverage, density=density, base=base)


def _foundations(story: Story, answer: Answer, box: Box, first: bool) -> list[str]:
    """How well founded each condition's input is, and how often it comes again."""
    lines = []
    for condition in box.conditions:
        thing = answer.drawn.things[condition.column]
        told = {"label": story.words.pick(thing.label), "quality": story.words.quality(thing)}
        again = story.words.again(answer.found.again.get(condition.column, 0))
        lines.append(story.say("foundation" if first else "foundation further", again=again, **told))
    return lines


def _tree(story: Story, answer: Answer) -> str:
    tree = answer.found.tree
    if tree is None:
        return ""
    skill = round(HUNDRED * tree.skill)
    if not answer.found.tree_tells or len(tree.leaves) < 2:
        return story.say("tree nothing", skill=skill)
    most, least = tree.leaves[0], tree.leaves[-1]
    density, low = story.words.pair(most.density, least.density)
    return story.say(
        "tree",
        skill=skill,
        density=density,
        conditions=story.words.conditions(most, answer.drawn.things),
        low=low,
        least=story.words.conditions(least, answer.drawn.things),
    )


def _economies(story: Story) -> str:
    """How often each municipality's economy fails."""
    found, words = story.discovery, story.words
    economies = [each for each in found.counted if each.key == ECONOMY]
    order = found.order
    limit = abs(order.limit) if order.failing == "tax-base" else order.limit
    meaning = story.say(f"meaning {order.failing}", year=found.year, limit=story.number(limit))
    unit = words.unit(economies[0], order)
    header = f"| {story.say('place')} | {story.say('fails')} | {story.say('median', unit=unit)} |"
    rows = [
        f"| {words.place(each.place)} | {words.of_ten(each.count / len(each.happens))} "
        f"| {story.number(float(np.median(each.values)))} |"
        for each in economies
    ]
    text = "\n".join([header, "|---|---:|---:|", *rows])
    return "\n\n".join([f"## {story.say('economies heading')}", story.say("economies how", what=meaning), text])


def _how(story: Story) -> list[str]:
    things = len(story.discovery.answers[0].drawn.things)
    return [
        story.say("drawn", things=things, year=story.discovery.year),
        story.say("prim"),
        story.say("cart"),
        story.say("held"),
    ]
