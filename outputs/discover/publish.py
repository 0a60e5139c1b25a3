"""Writes the folder of a discovery: summary, tables, figures, data and record, all or nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import xarray as xr

from outputs.discover.figures import draw_answer, draw_economies
from outputs.discover.summary import Story, write_summary
from outputs.discover.words import Words
from outputs.ensemble.publish import write_ensemble_record
from outputs.ensemble.target import chance_of
from outputs.folder import whole_folder
from outputs.publish import Publication
from outputs.results import write_netcdf
from scenarios.discover.analyse import Answer, Discovery
from scenarios.discover.prim import Box
from scenarios.discover.questions import ECONOMY
from scenarios.run import Say

DIGITS = 6
COLUMNS = {
    "question": "fråga",
    "place": "kommunkod",
    "method": "metod",
    "number": "nummer",
    "input": "indata",
    "label": "indata i ord",
    "low": "lägsta",
    "high": "högsta",
    "unit": "enhet",
    "quality": "kvalitet",
    "chance": "kvasi-p-värde",
    "again": "åter i så många av 20 halvor",
    "coverage": "täckning",
    "density": "täthet",
    "mass": "andel av körningarna",
    "base": "andel där det inträffar",
    "unseen_density": "täthet i osedda körningar",
    "holds_in_unseen": "håller i osedda körningar",
    "in_words": "i ord",
    "name": "kommun",
    "runs": "körningar",
    "fails": "sviktar",
    "share": "andel",
    "share_low_95": "andelens nedre gräns 95 %",
    "share_high_95": "andelens övre gräns 95 %",
    "median": "median",
    "limit": "gräns",
}
"""Columns of the tables and their Swedish names."""


def publish_discovery(discovery: Discovery, publication: Publication, say: Say) -> None:
    """Write the folder; it appears under its name only when everything is in it."""
    words = Words(publication.language)
    with whole_folder(publication.folder) as folder:
        say("Writing tables and figures")
        _write("conditions", (conditions_table(discovery, "en"), conditions_table(discovery, "sv")), folder)
        economies = economies_table(discovery)
        _write("economies", (economies, economies), folder)
        write_netcdf(drawn_data(discovery), str(folder / "discover.nc"))
        (folder / "figures").mkdir()
        for number, answer in enumerate(discovery.answers, start=1):
            if answer.found.tells:
                draw_answer(discovery, answer, number, (words, folder / "figures"))
        draw_economies(discovery, words, folder / "figures")
        write_summary(Story(discovery, words), folder / "summary.md")
        write_ensemble_record(_record(discovery), publication, folder)


def conditions_table(discovery: Discovery, language: str) -> pd.DataFrame:
    """One row per question, method (PRIM or CART), box or leaf, and condition."""
    words = Words(language)
    rows = [row for answer in discovery.answers for row in _rows(answer, words)]
    return pd.DataFrame(rows, columns=[name for name in COLUMNS if not rows or name in rows[0]])


def _rows(answer: Answer, words: Words) -> list[dict[str, Any]]:
    leaves = answer.found.tree.leaves if answer.found.tree else ()
    rows = []
    for method, boxes in (("PRIM", answer.found.boxes), ("CART", leaves)):
        for number, box in enumerate(boxes, start=1):
            rows += _of_box(answer, (method, number, box), words)
    return rows


def _of_box(answer: Answer, told: tuple[str, int, Box], words: Words) -> list[dict[str, Any]]:
    method, number, box = told
    found, question = answer.found, answer.question
    tells = found.tells if method == "PRIM" else found.tree_tells
    common = {"coverage": box.coverage, "density": box.density, "mass": box.mass, "base": question.happens.mean()}
    common |= {"unseen_density": found.unseen.density if found.unseen else np.nan, "holds_in_unseen": int(tells)}
    rows = []
    for condition in box.conditions:
        thing = answer.drawn.things[condition.column]
        row = {"question": question.key, "place": question.place, "method": method, "number": number}
        row |= {"input": thing.name, "label": words.pick(thing.label), "low": condition.low, "high": condition.high}
        row |= {"unit": thing.unit, "quality": thing.quality, "chance": condition.chance}
        again = found.again.get(condition.column, 0) if method == "PRIM" else np.nan
        rows.append(row | {"again": again} | common | {"in_words": words.condition(condition, thing)})
    return rows


def economies_table(discovery: Discovery) -> pd.DataFrame:
    """One row per municipality: in how many runs its economy fails, and the median of what that is told by."""
    words, order = Words("en"), discovery.order
    rows = []
    for each in (question for question in discovery.counted if question.key == ECONOMY):
        chance = chance_of(each.count, len(each.happens))
        row: dict[str, Any] = {"question": order.failing, "place": each.place, "name": words.place(each.place)}
        row |= {"runs": chance.runs, "fails": chance.reached, "share": chance.share}
        row |= {"share_low_95": chance.low, "share_high_95": chance.high}
        rows.append(row | {"median": float(np.median(each.values)), "limit": each.limit})
    return pd.DataFrame(rows)


def drawn_data(discovery: Discovery) -> xr.Dataset:
    """What every run drew, and how it ended in each question."""
    first = discovery.answers[0]
    names = [each.key if not each.place else f"{each.key} {each.place}" for each in discovery.counted]
    things = first.drawn.things
    data = xr.Dataset(
        {
            "drawn": (("member", "input"), first.drawn.values),
            "value": (("member", "question"), np.stack([each.values for each in discovery.counted], axis=1)),
            "happens": (
                ("member", "question"),
                np.stack([each.happens for each in discovery.counted], axis=1).astype(np.float64),
            ),
        },
        {
            "member": np.arange(len(first.drawn.values)),
            "input": [each.name for each in things],
            "unit": ("input", [each.unit for each in things]),
            "quality": ("input", [each.quality for each in things]),
            "question": names,
        },
    )
    words = {
        "drawn": ("what the run drew", "vad körningen drog"),
        "value": ("what the question is decided by", "det som avgör frågan"),
        "happens": ("1 where it happens", "1 där det inträffar"),
    }
    for name, (english, swedish) in words.items():
        data[name].attrs = {"long_name": english, "long_name_sv": swedish, "units": "1"}
    source = "Norrsim, a simulation model; see run.json for the ensemble"
    return data.assign_attrs(Conventions="CF-1.11", title="Norrsim, what the runs turn on", source=source)


def _write(stem: str, tables: tuple[pd.DataFrame, pd.DataFrame], folder: Path) -> None:
    form = f"%.{DIGITS}g"
    tables[0].to_csv(folder / f"{stem}.csv", index=False, float_format=form, lineterminator="\n")
    tables[1].rename(columns=COLUMNS).to_csv(
        folder / f"{stem}-sv.csv",
        index=False,
        float_format=form,
        sep=";",
        decimal=",",
        encoding="utf-8-sig",
        lineterminator="\r\n",
    )


def _record(discovery: Discovery) -> dict[str, Any]:
    order, settings = discovery.order, discovery.settings
    asked = {"target": settings.target, "by": discovery.year, "failing": order.failing, "threshold": order.limit}
    return {"ensemble": discovery.plan, "asked": asked | {"municipalities": list(order.municipalities)}}
