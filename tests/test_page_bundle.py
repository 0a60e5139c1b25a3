"""The built user interface is what its sources build, and its own tests pass."""

from __future__ import annotations

import hashlib
import json
import subprocess
from pathlib import Path

import pytest

from model.engine.script.agreement import find_node

PAGE = Path(__file__).resolve().parents[1] / "outputs" / "page"
UI, BUNDLE = PAGE / "ui", PAGE / "bundle"
TOOLS = ("build.mjs", "package-lock.json", "package.json", "tsconfig.json")
MISSING = "the packages of outputs/page/ui/package-lock.json are not installed: make test does it"
needs_packages = pytest.mark.skipif(not (UI / "node_modules" / "esbuild").is_dir(), reason=MISSING)


def digest():
    """SHA-256 of the names and contents of all sources, as build.mjs makes it."""
    sources = [path for path in (UI / "src").rglob("*") if path.is_file() and "src/dev/" not in path.as_posix()]
    names = sorted([*TOOLS, *(path.relative_to(UI).as_posix() for path in sources)])
    lines = [f"{name}\0{hashlib.sha256((UI / name).read_bytes()).hexdigest()}\n" for name in names]
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def test_the_bundle_was_built_from_these_sources():
    built = json.loads((BUNDLE / "build.json").read_text(encoding="utf-8"))["sources"]
    assert built == digest(), "the sources have changed since: make bundle"


@needs_packages
def test_the_sources_build_the_very_bundle(tmp_path):
    subprocess.run([find_node(), "build.mjs", str(tmp_path)], cwd=UI, check=True, capture_output=True, timeout=120)
    names = sorted(path.name for path in BUNDLE.iterdir())
    assert names == sorted(path.name for path in tmp_path.iterdir())
    assert [name for name in names if (BUNDLE / name).read_bytes() != (tmp_path / name).read_bytes()] == []


@needs_packages
def test_types_of_the_sources_are_right():
    compiler = UI / "node_modules" / "typescript" / "bin" / "tsc"
    done = subprocess.run(
        [find_node(), str(compiler), "--noEmit", "-p", "."], cwd=UI, capture_output=True, text=True, timeout=300
    )
    assert done.returncode == 0, done.stdout


@needs_packages
def test_the_tests_of_the_sources_pass():
    files = sorted(path.relative_to(UI).as_posix() for path in (UI / "tests").glob("*/*.test.ts"))
    assert len(files) > 10
    command = [find_node(), "--import", "tsx", "--test", *files]
    done = subprocess.run(command, cwd=UI, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stdout[-4000:]


def test_the_page_loads_nothing_and_writes_no_markup_from_data():
    text = "".join(path.read_text(encoding="utf-8") for path in (UI / "src").rglob("*.ts*"))
    for forbidden in ("innerHTML", "InnerHTML", "document.write", "eval(", "Function(", "fetch(", "XMLHttpRequest"):
        assert forbidden not in text, forbidden
    html = (BUNDLE / "index.html").read_text(encoding="utf-8")
    assert "default-src 'none'" in html
    assert "unsafe-inline" not in html
    assert "http://" not in html
    assert "https://" not in html
