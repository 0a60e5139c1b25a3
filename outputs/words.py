"""The words of figures and summary, in English and Swedish."""

from collections.abc import Callable, Mapping, Sequence

LANGUAGES = ("en", "sv")
Text = Callable[[str], str]

WORDS: dict[str, tuple[str, str]] = {
    "registered": ("registered", "folkbokförda"),
    "present": ("present", "närvarande"),
    "observed": ("observed", "observerat"),
    "both counties": ("Norrbotten and Västerbotten", "Norrbotten och Västerbotten"),
    "population title": ("People, thousands", "Folkmängd, tusental"),
    "new residents title": ("New residents since {base}, thousands", "Nya invånare sedan {base}, tusental"),
    "target": ("need named: {target}", "uttalat behov: {target}"),
    "jobs title": ("Who fills the jobs, thousands", "Vem som har jobben, tusental"),
    "live here": ("live in the municipality", "bor i kommunen"),
    "commute in": ("commute in", "pendlar in"),
    "not registered": ("not registered here", "inte folkbokförda här"),
    "vacant": ("vacant", "lediga"),
    "housing title": ("Dwellings completed per year", "Färdigställda bostäder per år"),
    "vacancy title": ("Vacant dwellings, per cent", "Lediga bostäder, procent"),
    "tax title": (
        "Tax base, billion SEK a year (2024 prices)",
        "Skatteunderlag, miljarder kr per år (2024 års priser)",
    ),
    "forgone title": ("Tax forgone, billion SEK a year", "Utebliven skatt, miljarder kr per år"),
    "moves title": ("Moves per year, thousands", "Flyttningar per år, tusental"),
    "moves in": ("in", "in"),
    "moves out": ("out", "ut"),
    "unemployed title": ("Unemployed, thousands", "Arbetslösa, tusental"),
    "pyramid title": ("Age structure: {years}", "Åldersstruktur: {years}"),
    "women": ("women", "kvinnor"),
    "men": ("men", "män"),
    "age": ("age", "ålder"),
    "per age": ("people per year of age", "personer per årsklass"),
    "multiples title": ("Population of the 29 municipalities", "Folkmängd i de 29 kommunerna"),
    "map title": ("Change of population {first}-{last}, per cent", "Folkmängdens förändring {first}-{last}, procent"),
    "history title": ("Simulated against observed", "Simulerat mot observerat"),
    "thousands": ("thousands", "tusental"),
    "billions": ("billion SEK", "miljarder kr"),
    "simulated": ("simulated", "simulerat"),
    "error title": ("Error of total population, per cent", "Fel i folkmängd, procent"),
    "scenario": ("Scenario, not forecast", "Scenario, inte prognos"),
}
SERIES: dict[str, tuple[str, str]] = {
    "population": ("Population", "Folkmängd"),
    "births": ("Births", "Födda"),
    "deaths": ("Deaths", "Döda"),
    "in_migration": ("Moves in", "Inflyttade"),
    "out_migration": ("Moves out", "Utflyttade"),
    "net_migration": ("Net moves", "Flyttnetto"),
    "jobs_in_statistics": ("Jobs by workplace", "Jobb, dagbefolkning"),
    "employed_residents": ("Employed residents", "Sysselsatta, nattbefolkning"),
    "in_commuters": ("In-commuters", "Inpendlare"),
    "out_commuters": ("Out-commuters", "Utpendlare"),
    "unemployed": ("Unemployed", "Arbetslösa"),
    "dwellings_completed": ("Dwellings completed", "Färdigställda bostäder"),
    "dwellings": ("Dwellings", "Bostäder"),
    "house_price_index": ("House price index", "Prisindex småhus"),
    "tax_base": ("Tax base", "Skatteunderlag"),
}


def words(language: str) -> Text:
    """A function from a key to its words in the language ('en' or 'sv')."""
    index = LANGUAGES.index(language)
    both = WORDS | SERIES
    return lambda key: both[key][index]


def phrase(table: Mapping[str, tuple[str, str]], key: str, language: str, **values: object) -> str:
    """The words that stand under a key of a table of (English, Swedish), with their values in place."""
    return table[key][LANGUAGES.index(language)].format(**values)


def bullets(heading: str, lines: Sequence[str]) -> str:
    """A section of a summary: a heading and a list."""
    return f"## {heading}\n\n" + "\n".join(f"- {line}" for line in lines)


def number(value: float, language: str, digits: int = 3) -> str:
    """A number of at most `digits` significant digits: 1,234,000 in English, 1 234 000 in Swedish."""
    rounded = float(f"{value:.{digits}g}")
    decimals = 0 if abs(rounded) >= 10 ** (digits - 1) or rounded == int(rounded) else None
    text = f"{rounded:,.{decimals}f}" if decimals is not None else f"{rounded:,.{digits}g}"
    if language == "sv":
        text = text.replace(",", "\N{NO-BREAK SPACE}").replace(".", ",")
    return text.replace("-", "\N{MINUS SIGN}")
