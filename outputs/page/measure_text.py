"""The record of the page's speed and memory as people read it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

MIB = 2.0**20
AS_FAST = {1: 100.0, 4: 300.0}
"""Milliseconds that 95 moves of 100 may take, by how much slower the processor is made."""
PACKED = 700_000
"""Bytes that the packed page may take."""
KEPT = 1.05
"""How much more may be held after many moves than after few."""
HELD = ("page objects", "page arrays", "worker objects", "worker arrays")
CODE = "page's compiled code"


def record_text(found: Mapping[str, Any]) -> str:
    """The whole record in Markdown."""
    parts = ["# Speed and memory of the what-if page", _moves(found), _how(found), _memory(found), _opening(found)]
    return "\n\n".join([*parts, _runs(found), _machine(found)]) + "\n"


def _ms(value: float) -> str:
    return f"{value:,.1f} ms" if value < 10 else f"{value:,.0f} ms"


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


def _verdict(met: bool) -> str:
    return "yes" if met else "**no**"


def _moves(found: Mapping[str, Any]) -> str:
    head = ("a lever is moved", "charts in sight", "median", "95 of 100 within", "longest", "budget (95 of 100)", "met")
    lines = [_row(*head), "|---|---:|---:|---:|---:|---:|---|"]
    for case in found["moves"]:
        total = case["total"]
        budget = AS_FAST[case["slower"]]
        charts = str(case["charts in sight"])
        met = _verdict(total["p95"] < budget and case["answered"] == case["moves"])
        times = (_ms(total["median"]), _ms(total["p95"]), _ms(total["longest"]))
        lines.append(_row(case["case"], charts, *times, f"< {budget:.0f} ms", met))
    lines += ["", _row("of which, median (95 of 100)", "run in the worker", "until its answer is there", "drawing")]
    lines.append("|---|---:|---:|---:|")
    for case in found["moves"]:
        parts = (case["run in the worker"], case["until the answer is there"], case["drawing"])
        lines.append(_row(case["case"], *(f"{_ms(part['median'])} ({_ms(part['p95'])})" for part in parts)))
    return "\n".join(lines)


def _how(found: Mapping[str, Any]) -> str:
    count = found["moves"][0]["moves"]
    left = sum(case["moves that left a chart as it was"] for case in found["moves"])
    return (
        f"{count} moves a line, each to another place of the range of “Mottagande av nyinflyttade”, in the region's "
        "view of the page as it opens, after ten moves that warm it. The time runs from just before the lever's "
        "`input` event until the frame is painted in which the sentence and the last of the charts in sight "
        "changed (a task posted from that frame's animation callback), frames coming 60 times a second. Every "
        "tenth move comes after a rest of 0.7 s, while the runs of the probability band are under way. “Everything "
        f"in sight” is a window 6 000 pixels high with all charts, map and table drawn at each move. In {left} of "
        "all moves some chart had nothing to redraw. The browser slows down the page's own thread alone (Chromium "
        "refuses to for workers); where the processor is four times slower the worker's answer is therefore held "
        "back by three times the time that it took from question to answer."
    )


def _memory(found: Mapping[str, Any]) -> str:
    early, late = found["memory"]["early"], found["memory"]["late"]
    few, many = found["memory"]["moves"]
    lines = [
        _row("held after rubbish is collected", f"after {few} moves", f"after {many} moves", "ratio"),
        "|---|---:|---:|---:|",
    ]
    for name in (*HELD, CODE):
        lines.append(
            _row(name, f"{early[name] / MIB:.2f} MiB", f"{late[name] / MIB:.2f} MiB", f"{late[name] / early[name]:.3f}")
        )
    for name in ("nodes", "listeners"):
        lines.append(_row(name, f"{early[name]:,}", f"{late[name]:,}", f"{late[name] / early[name]:.3f}"))
    total = [sum(held[name] for name in HELD) for held in (early, late)]
    met = _verdict(total[1] <= KEPT * total[0])
    lines.append(
        _row(
            "in all, without code",
            f"{total[0] / MIB:.2f} MiB",
            f"{total[1] / MIB:.2f} MiB",
            f"{total[1] / total[0]:.3f}",
        )
    )
    lines += [
        "",
        f"Nothing is left behind (at most {KEPT:.2f} times as much in all): {met}. The moves stand in the memory of",
    ]
    lines[-1] += " undo, at most 200 of them."
    return "\n".join(lines)


def _opening(found: Mapping[str, Any]) -> str:
    size, times = found["size"], found["opening"]
    met = _verdict(size["packed"] < PACKED)
    packed, lying = (f"{size[name] / 1000:,.0f} kB" for name in ("packed", "lying"))
    return (
        f"The page is {packed} packed by gzip ({lying} as it lies); fewer than {PACKED // 1000} kB: {met}. From "
        "opening it from disk to the frame with the first answer, each time in a new profile: "
        f"{_ms(times['median'])} (longest {_ms(times['longest'])})."
    )


def _runs(found: Mapping[str, Any]) -> str:
    runs = found["runs"]
    base = runs["worker in Chromium"]["shortest"]
    lines = [
        _row("one run, 2024–2050", "shortest", "median", "shortest, beside the worker in Chromium"),
        "|---|---:|---:|---:|",
    ]
    for name, times in runs.items():
        lines.append(_row(name, _ms(times["shortest"]), _ms(times["median"]), f"{times['shortest'] / base:.2f} ×"))
    told = "The worker's time includes laying the changes and summing up what the page shows; Python's is the call of "
    return "\n".join([*lines, "", f"{told}`simulate` with all results kept."])


def _machine(found: Mapping[str, Any]) -> str:
    machine = found["machine"]
    versions = ", ".join(f"{name} {version}" for name, version in found["versions"].items())
    load = "" if found["load"] is None else f" Load at the end: {found['load']:.1f}."
    return (
        f"Machine: {machine['processor']}, {machine['cores']} cores, {machine['system']}. Versions: {versions}.{load}"
    )
