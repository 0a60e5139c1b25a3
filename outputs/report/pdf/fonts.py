"""The typefaces of the PDF: they travel with packages, so that every machine sets the same pages."""

from __future__ import annotations

from collections.abc import Iterable
from importlib.util import find_spec
from pathlib import Path

from outputs.report.problems import ReportError

PLACES = (
    ("Source Sans 3", "fontpkg_source_sans_3", "files", "fontpkg-source-sans-3"),
    ("DejaVu Sans", "matplotlib", "mpl-data/fonts/ttf", "matplotlib"),
)
"""Family (both under free licences), the package that has it, the folder in it, the package's name at the index."""
WITHOUT = "Or leave the PDF out: --format html,xlsx."


def font_folders() -> list[Path]:
    """The folders with the report's typefaces. Raises ReportError naming what is missing."""
    found = [(family, _folder(package, inside), name) for family, package, inside, name in PLACES]
    missing = [(family, name) for family, folder, name in found if folder is None]
    if missing:
        raise _missing(missing)
    return [folder for _, folder, _ in found if folder is not None]


def check_families(present: Iterable[str]) -> None:
    """Raise ReportError unless the typefaces were found in their folders."""
    known = set(present)
    missing = [(family, name) for family, _, _, name in PLACES if family not in known]
    if missing:
        raise _missing(missing)


def _folder(package: str, inside: str) -> Path | None:
    spec = find_spec(package)
    places = [Path(place) / inside for place in (spec.submodule_search_locations or ())] if spec else []
    return next((place for place in places if place.is_dir()), None)


def _missing(fonts: list[tuple[str, str]]) -> ReportError:
    families = ", ".join(family for family, _ in fonts)
    packages = " ".join(name for _, name in fonts)
    return ReportError(
        f"report, PDF: the typeface {families} is missing on this machine.\n"
        f"  It comes with the package {packages}: install the project's packages anew (rm -r .venv; make setup), or\n"
        f"  that one: python -m pip install --force-reinstall {packages}\n  {WITHOUT}"
    )
