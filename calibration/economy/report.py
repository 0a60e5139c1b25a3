"""What was read, linked and checked, in plain text."""

from __future__ import annotations

from calibration.economy.commuting import check_margins
from calibration.economy.panel import MARGIN_TOLERANCE, Panel
from calibration.economy.read import YEARS, Shelf


def report(shelf: Shelf, panel: Panel) -> str:
    """Tables read, link factors, and how well the estimates meet their totals."""
    factors = panel.labour.factors.describe().loc[["min", "50%", "max"]].round(3)
    worst = check_margins(panel.flows, panel.labour, MARGIN_TOLERANCE)
    a, b, c = panel.flows.gravity
    tables = panel.labour.tables
    lines = ["Read:", *(f"  {line}" for line in shelf.log), "Link factors, BAS 2020–21 over RAMS:"]
    lines += [f"  {line}" for line in factors.to_string().splitlines()]
    steps = ", ".join(f"{k} {v:.4f}" for k, v in panel.labour.pay_break.items())
    lines += [f"Step of 2019 in RAMS (monthly pay declarations), new over old level: {steps}"]
    lines += [f"Gravity: ln(commuters) = {a:.2f} + {b:.2f} ln(residents × jobs) {c:+.4f} × minutes"]
    lines += [f"Commuting matrix: largest miss of a municipality's total {worst:.1e}"]
    lines += [f"Norrbotten's matrix hidden: {panel.hidden_miss:.1%} of its commuters in the wrong pair"]
    lines += ["Both counties, thousand persons: jobs, employed residents, unemployed"]
    for year in YEARS:
        numbers = (tables["jobs"][year].sum(), tables["employed_residents"][year].sum(), panel.unemployed[year].sum())
        lines.append(f"  {year} " + " ".join(f"{v / 1000:8.1f}" for v in numbers))
    return "\n".join(lines)
