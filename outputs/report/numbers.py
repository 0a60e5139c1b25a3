"""Numbers as a report tells them: three significant digits, signs and spans in the language's own form."""

from __future__ import annotations

from dataclasses import dataclass

from outputs.words import number

PER_CENT, MILLION, BILLION, THOUSAND = 100.0, 1e6, 1e9, 1e3
DIGITS, FEW_DIGITS = 3, 2
SPANS = {"en": "{low} to {high}", "sv": "{low} till {high}"}
AND = {"en": "and", "sv": "och"}
SMALL_WORDS = {
    "en": ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    "sv": ("ingen", "en", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio"),
}


@dataclass(frozen=True)
class Band:
    """Where a result of a year lies in the runs: 8 of 10 between low and high, half above the median."""

    low: float
    median: float
    high: float

    def times(self, factor: float) -> Band:
        """The same in another unit."""
        return Band(self.low * factor, self.median * factor, self.high * factor)

    def less(self, start: float) -> Band:
        """The same less a number that all runs have in common."""
        return Band(self.low - start, self.median - start, self.high - start)


def told(value: float, language: str, digits: int = DIGITS) -> str:
    """A number of at most `digits` significant digits; people, jobs and homes below 1 000 come whole."""
    rounded = float(f"{value:.{digits}g}")
    return number(rounded + 0.0, language, digits)


def whole(value: float, language: str) -> str:
    """A whole number of at most three significant digits."""
    return told(float(round(value)), language)


def exact(value: float, language: str) -> str:
    """A whole number with all its digits: for what has been counted, never for a future."""
    return number(float(round(value)), language, max(DIGITS, len(f"{abs(round(value))}")))


def signed(value: float, language: str, digits: int = DIGITS) -> str:
    """A number with its sign."""
    text = told(value, language, digits)
    return f"+{text}" if value > 0 and text != "0" else text


def percent(share: float, language: str, digits: int = FEW_DIGITS) -> str:
    """A share in per cent without the sign."""
    return told(PER_CENT * share, language, digits)


def span(band: Band, language: str, digits: int = DIGITS) -> str:
    """'low to high', whole numbers when large."""
    form = whole if digits == DIGITS and max(abs(band.low), abs(band.high)) >= PER_CENT else None
    low, high = ((form(v, language) if form else told(v, language, digits)) for v in (band.low, band.high))
    return SPANS[language].format(low=low, high=high)


def listed(words: list[str], language: str) -> str:
    """Words with commas between and 'and' before the last."""
    if len(words) < FEW_DIGITS:
        return "".join(words)
    return f"{', '.join(words[:-1])} {AND[language]} {words[-1]}"


def of_ten(share: float, language: str) -> str:
    """A share as so many of ten, in words."""
    return SMALL_WORDS[language][round(10 * share)]


def rough(value: float, language: str) -> str:
    """A whole number of two significant digits: for illustrations."""
    return told(float(round(value)), language, FEW_DIGITS)


def decimal(value: float, language: str, places: int = 1) -> str:
    """A number with so many decimals: for what has been measured."""
    text = f"{value:.{places}f}".replace("-", "\N{MINUS SIGN}")
    return text.replace(".", ",") if language == "sv" else text


def few(count: int, language: str) -> str:
    """A count as a word up to ten, else in digits."""
    words = SMALL_WORDS[language]
    return words[count] if count < len(words) else exact(count, language)


def capital(text: str) -> str:
    """The text with a capital first letter."""
    return text[:1].upper() + text[1:]
