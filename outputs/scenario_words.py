"""A checked scenario explained before it is run: what it changes, from when, where, against what, on whose word."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

from outputs.words import LANGUAGES, number, phrase
from scenarios.cautions import Caution
from scenarios.choices import project_name
from scenarios.places import Places, read_places
from scenarios.read import Scenario
from scenarios.record import Changed
from scenarios.schema import FATES, NEVER_YEAR, Settings
from scenarios.sensitivity.inputs import read_names

WIDTH = 100
MARK = "  "
PER_CENT = 100
WORDS: dict[str, tuple[str, str]] = {
    "in order": ("{label} is in order: {title}", "{label} är i ordning: {title}"),
    "by": ("By {author}, {date}. Source: {source}", "Av {author}, {date}. Källa: {source}"),
    "years": (
        "Years {start} to {until}; new residents since {base}, need {target} by {by}.",
        "År {start} till {until}; nya invånare sedan {base}, behov {target} till {by}.",
    ),
    "and": (" and ", " och "),
    "choice": (
        "To choose: {name} ({meaning}); {value} here. --set {name}=…",
        "Att välja: {name} ({meaning}); här {value}. --set {name}=…",
    ),
    "nothing": ("It changes no assumption.", "Det ändrar inget antagande."),
    "changes": ("It changes, compared with {baseline}:", "Det ändrar, jämfört med {baseline}:"),
    "no baseline": ("the model's own values", "modellens egna värden"),
    "source": ("Source: {source}", "Källa: {source}"),
    "judged": ("Judged: anything from {low} to {high} would do.", "Bedömt: allt från {low} till {high} är rimligt."),
    "entry": ("In {entry}", "I {entry}"),
    "cautions": ("To know before it is run:", "Att veta före körningen:"),
    "no effect": ("no effect, ", "ingen effekt, "),
    "named": ("{name}", "{label} ({name})"),
}
FATE: dict[str, tuple[str, str]] = {
    "delay": (
        "{project}: building starts {years} years later than stated",
        "{project}: bygget börjar {years} år senare än uppgivet",
    ),
    "early": (
        "{project}: building starts {years} years earlier than stated",
        "{project}: bygget börjar {years} år tidigare än uppgivet",
    ),
    "scale": ("{project}: {share} per cent of the stated size", "{project}: {share} procent av uppgiven storlek"),
    "stop": ("{project}: building stops for good in {year}", "{project}: bygget avbryts för gott {year}"),
    "closure": ("{project}: closes in {year}", "{project}: läggs ned {year}"),
    "no stop": ("{project}: building is not stopped", "{project}: bygget avbryts inte"),
    "no closure": ("{project}: does not close", "{project}: läggs inte ned"),
    "before": (" (otherwise: {old})", " (annars: {old})"),
    "never": ("never", "aldrig"),
}
CAUTIONS: dict[str, tuple[str, str]] = {
    "same": ("it has this value already.", "värdet är redan detta."),
    "late": (
        "it begins after the last year of this run, {year}.",
        "ändringen börjar efter körningens sista år, {year}.",
    ),
    "early": (
        "it is over when this run begins, at the end of {year}.",
        "ändringen är över när körningen börjar, vid slutet av {year}.",
    ),
    "ends late": ("this run ends in {year}.", "körningen slutar {year}."),
    "closed": ("it closed in {year}.", "anläggningen lades ned {year}."),
    "stopped": (
        "the project stands still ('known stop time' = {year}).",
        "projektet står stilla ('known stop time' = {year}).",
    ),
    "no jobs": (
        "the register holds {jobs} net jobs for it, so closing it takes none away.",
        "registret har {jobs} nettojobb för projektet, så en nedläggning tar inga jobb.",
    ),
    "history": (
        "changes years that have been observed too (through {year}).",
        "ändrar även år som redan har observerats (till och med {year}).",
    ),
    "range": ("outside the model's range (reason above).", "utanför modellens spann (skälet ovan)."),
    "source": ("no source is given for the number.", "ingen källa är angiven för talet."),
    "begun": (
        "building began in {year}, before the observed years end; a delay rewrites them. To slow a project "
        "under way, lower 'project finance' under [[levers]].",
        "bygget började {year}, alltså under de observerade åren, som därmed skrivs om. Ett pågående bygge "
        "bromsas hellre med 'project finance' under [[levers]].",
    ),
    "overrides": ("takes the place of {entry}.", "ersätter {entry}."),
}
WITHOUT_EFFECT = ("same", "late", "early", "ends late", "closed", "stopped", "no jobs")
"""Cautions that tell why a change has no effect."""


@dataclass(frozen=True)
class Told:
    """A scenario, the settings of its run, what it changes and what to know of it, to be told in a language."""

    scenario: Scenario
    settings: Settings
    changes: Sequence[Changed]
    cautions: Sequence[Caution] = ()
    language: str = "en"

    def say(self, key: str, **values: object) -> str:
        """The words under a key, with their values."""
        return phrase(WORDS, key, self.language, **values)


def scenario_in_words(told: Told) -> str:
    """What a checked scenario is, what it changes and what to know of it, line by line."""
    places = read_places()
    lines = [*_head(told), *_choices(told)]
    if not told.changes:
        return "\n".join([*lines, told.say("nothing")])
    baseline = told.scenario.baseline
    lines.append(told.say("changes", baseline=baseline.name if baseline else told.say("no baseline")))
    for change in told.changes:
        lines += _change(change, told, places)
    found = [_caution(caution, told.language) for caution in told.cautions]
    if found:
        lines += [told.say("cautions"), *(line for text in dict.fromkeys(found) for line in _wrapped(text, MARK, "- "))]
    return "\n".join(lines)


def change_in_words(change: Changed, places: Places, language: str = "en") -> str:
    """One sentence of a change in the language, with projects and levers by their plain names."""
    key = next(
        (fate for fate in FATES if change.name == f"project {fate}{' time' * (fate in ('stop', 'closure'))}"), None
    )
    if key is not None and isinstance(change.new, float) and isinstance(change.old, float):
        return _fate(key, change, language)
    known = read_names().get(change.name)
    label = known.label[LANGUAGES.index(language)] if known else None
    called = phrase(WORDS, "named", language, name=change.name, label=label) if label else change.name
    return change.in_words(places, language, called)


def _head(told: Told) -> list[str]:
    header, settings = told.scenario.header, told.settings
    swedish = told.language == "sv"
    said = (header.title, header.description, header.source)
    title, story, source = (text.sv if swedish else text.en for text in said)
    by = told.say("and").join(map(str, settings.target_years))
    target = number(settings.target, told.language, digits=len(str(settings.target)))
    return [
        told.say("in order", label=told.scenario.label, title=title),
        *_wrapped(story),
        *_wrapped(told.say("by", author=header.author, date=header.date, source=source)),
        told.say("years", start=settings.start, until=settings.until, base=settings.base_year, target=target, by=by),
    ]


def _choices(told: Told) -> list[str]:
    lines = []
    for layer in told.scenario.layers or (told.scenario,):
        for choice in layer.choices.values():
            meaning = choice.meaning.sv if told.language == "sv" else choice.meaning.en
            value = layer.given.get(choice.name, str(choice.default))
            lines.append(told.say("choice", name=choice.name, meaning=meaning, value=value))
    return lines


def _change(change: Changed, told: Told, places: Places) -> list[str]:
    lines = _wrapped(change_in_words(change, places, told.language), MARK, "- ")
    more = [told.say("source", source=change.source[told.language])] if change.source else []
    if change.judged:
        low, high = (_plain(end, told.language) for end in change.judged)
        more.append(told.say("judged", low=low, high=high))
    more.append(told.say("entry", entry=change.entry))
    return [*lines, *(line for text in more for line in _wrapped(text, MARK * 2))]


def _caution(caution: Caution, language: str) -> str:
    values = {key: int(value) if isinstance(value, float) else value for key, value in caution.values.items()}
    project = values.pop("project", None)
    about = caution.change.name if project is None else f"{project_name(str(project), language)}, {caution.change.name}"
    none = phrase(WORDS, "no effect", language) if caution.kind in WITHOUT_EFFECT else ""
    return f"{about}: {none}{phrase(CAUTIONS, caution.kind, language, **values)}"


def _fate(key: str, change: Changed, language: str) -> str:
    """What happens to a project, with what would happen without the scenario."""
    new, old = change.new, change.old
    assert isinstance(new, float)
    assert isinstance(old, float)
    project = ", ".join(project_name(name, language) for name in change.cells.get("project", ()))
    which = "early" if key == "delay" and new < 0 else f"no {key}" if new == NEVER_YEAR else key
    said = phrase(
        FATE,
        which,
        language,
        project=project,
        years=_plain(abs(new), language),
        share=_plain(new * PER_CENT, language),
        year=f"{new:g}",
    )
    before = (
        phrase(FATE, "never", language)
        if old == NEVER_YEAR
        else _plain(old * (PER_CENT if key == "scale" else 1), language)
    )
    return said + phrase(FATE, "before", language, old=before)


def _plain(value: float, language: str) -> str:
    text = f"{value:.6g}"
    return text.replace(".", ",") if language == "sv" else text


def _wrapped(text: str, indent: str = "", bullet: str = "") -> list[str]:
    return textwrap.wrap(
        " ".join(text.split()),
        WIDTH,
        initial_indent=indent + bullet,
        subsequent_indent=indent + " " * len(bullet),
        break_long_words=False,
        break_on_hyphens=False,
    )
