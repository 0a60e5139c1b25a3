"""Starts a scenario from a template with comments."""

import re
import unicodedata
from datetime import date
from pathlib import Path

from scenarios.problems import Problem, ScenarioError
from scenarios.read import FOLDER, scenario_files
from scenarios.wrong import NO_BASELINE

TEMPLATES = FOLDER / "templates"
LONGEST = 60
"""Letters of a name: paths stay short enough for every file system."""
_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_RESERVED = re.compile(r"con|prn|aux|nul|com\d|lpt\d|" + NO_BASELINE)
"""Names that Windows keeps for devices, and the word for no baseline."""


def new_scenario(name: str, folder: Path = FOLDER, language: str = "en", today: date | None = None) -> Path:
    """Write the template under a name to a folder; gives the file. Raises ScenarioError; overwrites nothing."""
    name = name.removesuffix(".toml")
    _check_name(name)
    path = folder / f"{name}.toml"
    if path.exists():
        raise ScenarioError([Problem(str(path), "there is such a file already; it is left as it is.", _ANOTHER)])
    if name in (file.stem for file in scenario_files()):
        what = "a scenario that comes with the model has this name."
        raise ScenarioError([Problem(name, what, _ANOTHER)])
    template = (TEMPLATES / f"{language}.toml").read_text(encoding="utf-8")
    _write(path, template.format(name=name, date=today or date.today()))
    return path


_ANOTHER = "Choose another name."


def _check_name(name: str) -> None:
    if _NAME.fullmatch(name) and len(name) <= LONGEST and not _RESERVED.fullmatch(name):
        return
    plain = unicodedata.normalize("NFKD", name.casefold()).encode("ascii", "ignore").decode()
    better = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:LONGEST].strip("-")
    hint = f" For example {better}." if _NAME.fullmatch(better) and not _RESERVED.fullmatch(better) else ""
    shown = name if len(name) <= LONGEST else f"{name[:LONGEST]}…"
    what = "this cannot be the name of a scenario."
    way = f"Lower-case letters a to z, digits and single hyphens, at most {LONGEST}; no word that a system keeps.{hint}"
    raise ScenarioError([Problem(shown or "''", what, way)])


def _write(path: Path, text: str) -> None:
    """Write a file that must not be there yet; what cannot be written whole is taken away again."""
    try:
        with path.open("x", encoding="utf-8", newline="\n") as file:
            try:
                file.write(text)
                file.flush()
            except OSError:
                path.unlink(missing_ok=True)
                raise
    except OSError as error:
        what = f"cannot be written: {error.strerror or error}."
        raise ScenarioError([Problem(str(path), what, "Choose another folder with --folder.")]) from None
