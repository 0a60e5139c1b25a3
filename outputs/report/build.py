"""Puts a report together: the region's, or one municipality's."""

from __future__ import annotations

from dataclasses import dataclass

from outputs.report.cases import Case
from outputs.report.chapters.answer import answer
from outputs.report.chapters.assumed import assumed
from outputs.report.chapters.compared import compared_chapter
from outputs.report.chapters.living import economy_chapter, homes_chapter, services_chapter
from outputs.report.chapters.method import method_chapter, register_chapter
from outputs.report.chapters.municipal import municipal_answer, municipal_chapters
from outputs.report.chapters.people import map_chapter, people_chapter
from outputs.report.chapters.places import places_chapter
from outputs.report.chapters.possible import possible_chapter
from outputs.report.chapters.trust import trust_chapter
from outputs.report.chapters.work import jobs_chapter, moves_chapter, present_chapter
from outputs.report.document import Chapter, Language, Report, Roles
from outputs.report.experiments import run_experiments
from outputs.report.facts import Facts
from outputs.report.text.answer import WORDS
from scenarios.places import UnknownPlaceError, read_places
from scenarios.problems import Problem, ScenarioError
from scenarios.run import Say

REGIONAL = (
    assumed,
    map_chapter,
    people_chapter,
    jobs_chapter,
    moves_chapter,
    present_chapter,
    homes_chapter,
    economy_chapter,
    services_chapter,
    possible_chapter,
)
CLOSING = (places_chapter, trust_chapter, register_chapter, method_chapter)


@dataclass(frozen=True)
class Wish:
    """How a report is wanted: language, municipality (code) or None for the region, roles of a published one."""

    language: Language
    municipality: str | None = None
    roles: Roles | None = None
    edition: int = 1


def find_municipality(given: str | None, scenarios: int = 1) -> str | None:
    """The code of the municipality a user named by code or name.

    Raises ScenarioError for none, more than one, or several scenarios: two pages have no room to compare.
    """
    if given is None:
        return None
    if scenarios > 1:
        what = f"{scenarios} scenarios were named; the two pages of a municipality tell of one."
        way = "Name one, write them as one (a+b), or leave --municipality out: the region's report compares."
        raise ScenarioError([Problem(f"--municipality {given}", what, way)])
    try:
        codes = read_places().select(given)
    except UnknownPlaceError as unknown:
        raise ScenarioError([Problem(f"--municipality {given}", unknown.what, unknown.resolve)]) from None
    if len(codes) != 1:
        what = f"this names {len(codes)} municipalities; a report is about one, or about all 29."
        raise ScenarioError([Problem(f"--municipality {given}", what, "Give one code or name, or leave it out.")])
    return codes[0]


def build_report(cases: tuple[Case, ...], wish: Wish, say: Say) -> Report:
    """The report of the first case (the others set beside it, in the region's)."""
    case = cases[0]
    codes = read_places().codes if wish.municipality is None else (wish.municipality,)
    say("Trying measures and hindrances")
    years = tuple(int(year) for year in case.bands["year"].values)
    tried = run_experiments(case, codes, years)
    facts = Facts(cases, wish.language, tried)
    if wish.municipality is not None:
        facts = facts.at(wish.municipality)
    say("Writing chapters and drawing figures")
    words = facts.teller(WORDS)
    title = (
        words("title", goal=facts.goal) if facts.is_region else words("title place", name=facts.name, goal=facts.goal)
    )
    return Report(
        title=title,
        subtitle=words("subtitle", scenario=case.title(wish.language)),
        language=wish.language,
        date=max(each.made for each in cases),
        status="published" if wish.roles else "draft",
        question=answer(facts) if facts.is_region else municipal_answer(facts),
        chapters=regional_chapters(facts) if facts.is_region else municipal_chapters(facts),
        record={"norrsim": case.record()["norrsim"], "cases": {each.name: each.record() for each in cases}},
        municipality=wish.municipality,
        roles=wish.roles,
        edition=wish.edition,
        print_data=facts.is_region,
    )


def regional_chapters(facts: Facts) -> tuple[Chapter, ...]:
    """The chapters of the region's report, with a comparison where there are several scenarios."""
    compared = (compared_chapter,) if len(facts.cases) > 1 else ()
    return tuple(make(facts) for make in (*REGIONAL, *compared, *CLOSING))
