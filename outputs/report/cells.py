"""The cells of a table as they are read, in the number format of the language."""

from __future__ import annotations

from outputs.report.document import Cell, Column, Language
from outputs.words import number

NO_VALUE = ".."
"""As in the tables of Statistics Sweden, where a dash means zero."""
DIGITS = 3
"""Significant digits of a number whose column names no decimals."""
HARD_SPACE, MINUS = "\N{NO-BREAK SPACE}", "\N{MINUS SIGN}"


def shown(cell: Cell, column: Column, language: Language) -> str:
    """A cell as text: 1 234,5 in Swedish, 1,234.5 in English; '..' where there is no value."""
    if cell is None:
        return NO_VALUE
    if isinstance(cell, str):
        return cell
    if column.form == "year":
        return f"{cell:.0f}".replace("-", MINUS)
    text = number(cell, language, DIGITS) if column.decimals is None else _fixed(cell, column.decimals, language)
    if column.form == "change" and not text.startswith(MINUS) and any(sign in text for sign in "123456789"):
        text = f"+{text}"
    if column.form == "percent":
        return f"{text}{HARD_SPACE}%" if language == "sv" else f"{text}%"
    return text


def kept(cell: float, column: Column) -> float:
    """The number that a column keeps in every form, so that all of them tell the same: rounded as it is shown."""
    if column.form == "year" or (isinstance(cell, int) and column.decimals is not None):
        return cell
    rounded = float(f"{cell:.{DIGITS}g}") if column.decimals is None else round(cell, column.decimals)
    return rounded + 0.0  # no minus before zero


def _fixed(value: float, decimals: int, language: Language) -> str:
    text = f"{value:,.{decimals}f}"
    if not any(sign in text for sign in "123456789"):
        text = text.lstrip("-")  # nothing left after rounding: no minus before zero
    if language == "sv":
        text = text.replace(",", HARD_SPACE).replace(".", ",")
    return text.replace("-", MINUS)
