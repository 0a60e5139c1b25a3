"""Writes the folder of the page: the built user interface, and data.js with model, worker and data."""

from __future__ import annotations

import base64
import gzip
import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import xarray as xr

from model.engine.script import emit_script
from model.engine.simulate import INPUTS
from model.language.structure import Model
from outputs.folder import FILES, MARK, RECORD, check_folder, whole_folder
from outputs.observed import read_observed
from outputs.page import tables
from outputs.page.bands import Bands, base_bands
from outputs.page.chance import packed_chance
from outputs.page.meta import FORMAT, page_meta, variables_kept
from outputs.page.order import Ground, PageOrder, ground_of
from outputs.page.payload import Payload
from outputs.publish import Publication
from outputs.record import program_version, write_record
from scenarios.chance import Chance, read_chance
from scenarios.places import read_places

Say = Callable[[str], None]
BUNDLE = Path(__file__).resolve().parent / "bundle"
STATIC = ("index.html", "page.js", "page.css", "licences.txt")
WORKER, DATA, PAGE = "worker.js", "data.js", "index.html"
GLOBAL = "NORRSIM"
INPUT = "in "


@dataclass(frozen=True)
class Written:
    """The folder, and how many bytes it takes as it lies and packed as a web server sends it."""

    folder: Path
    size: int
    packed: int


def write_page(order: PageOrder, publication: Publication, say: Say) -> Written:
    """Write the page. Raises ScenarioError, ModelErrors, or FolderError where something else lies in the folder."""
    check_folder(order.out)
    say("Reading the model and the scenario")
    ground = ground_of(order)
    say("Writing the model as JavaScript")
    payload, script = _content(ground, say)
    data = {
        "format": FORMAT,
        "language": order.language,
        "model": script,
        "worker": (BUNDLE / WORKER).read_text(encoding="utf-8"),
        "payload": base64.b64encode(payload).decode("ascii"),
    }
    text = f"globalThis.{GLOBAL} = {json.dumps(data, ensure_ascii=False)};\n"
    return _published(order, publication, ground, text)


def _content(ground: Ground, say: Say) -> tuple[bytes, str]:
    """The payload and the model's text."""
    prepared = ground.prepared
    model, settings, places = prepared.model, prepared.settings, read_places()
    found = tables.indicators(model, {name: ground.inputs[name] for name in _parameters(model)})
    start = round(float(ground.inputs["time"][0])) - 1
    script = emit_script(model, variables_kept(model, found), (start, settings.until))
    say("Running the ensemble around it")
    chance = read_chance(model, ground.inputs, prepared.fit)
    observed = read_observed()["population"].sel(year=settings.base_year)
    bands = base_bands(ground, chance, places, float(observed.sum()) + settings.target)
    say("Packing")
    return _packed(ground, found, chance, bands), script.text


def _parameters(model: Model) -> list[str]:
    return [v.name for v in model.variables.values() if v.kind == "parameter" and not v.dims]


def _packed(ground: Ground, found: list[dict[str, object]], chance: Chance, bands: Bands) -> bytes:
    arrays, header = packed_chance(chance, ground.prepared.fit)
    meta = page_meta(ground, found)
    told = {"areas": list(bands.areas), "members": bands.members}
    payload = Payload({"meta": meta, "chance": header, "band": told})
    model = ground.prepared.model
    for variable in model.variables.values():
        if variable.kind in INPUTS:
            payload.add(INPUT + variable.name, _values(ground.inputs[variable.name], variable.dims))
    payload.add("band quantiles", bands.quantiles, "f4")
    payload.add("band reached", bands.reached, "f4")
    payload.add_all(arrays)
    return payload.deflated()


def _values(array: xr.DataArray, dims: tuple[str, ...]) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    """An input's numbers, time first where it has any that differ."""
    if "time" not in array.dims:
        return np.asarray(array.transpose(*dims).to_numpy(), dtype=np.float64)
    values = np.asarray(array.transpose("time", *dims).to_numpy(), dtype=np.float64)
    return values[0] if (values == values[:1]).all() else values


def _published(order: PageOrder, publication: Publication, ground: Ground, data: str) -> Written:
    """Write the folder; it appears under its name only when everything is in it."""
    with whole_folder(order.out) as folder:
        for name in STATIC:
            shutil.copyfile(BUNDLE / name, folder / name)
        (folder / DATA).write_text(data, encoding="utf-8", newline="\n")
        prepared = ground.prepared
        record = {
            MARK: program_version(),
            "kind": "page",
            "scenario": order.scenario,
            "base": prepared.scenario.name,
            "model": prepared.model.hash,
            "fit": None if prepared.fit is None else prepared.fit.identity(),
            "command": publication.command,
            "times": {"begun": publication.begun.isoformat(timespec="seconds")},
            FILES: [*STATIC, DATA, RECORD],
        }
        write_record(record, folder / RECORD)
    files = [(order.out / name).read_bytes() for name in (*STATIC, DATA)]
    return Written(order.out, sum(map(len, files)), sum(len(_gzipped(each)) for each in files))


def _gzipped(raw: bytes) -> bytes:
    return gzip.compress(raw, mtime=0)
