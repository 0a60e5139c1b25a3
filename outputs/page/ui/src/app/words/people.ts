/** New residents since the base year: of a run, of what has been observed, and of a band. */

import type { Indicator, Meta, Observed, RunResult } from "../../shared/protocol.ts";
import { seriesOf } from "../../shared/indicators.ts";

export const PEOPLE = "population";

type Members = readonly number[];

/** The indicator that counts residents; made from the model's variable should it not be among those shown. */
export function peopleOf(meta: Meta): Indicator {
  const found = meta.indicators.find((each) => each.key === PEOPLE);
  const empty = { sv: "", en: "" };
  return (
    found ?? {
      key: PEOPLE,
      label: empty,
      meaning: empty,
      unit: empty,
      sum: ["total_population"],
      factor: 1,
      decimals: 0,
      flow: false,
    }
  );
}

/** Sum over municipalities in each observed year; null where one of them is missing. */
export function observedSum(observed: Observed, members: Members): (number | null)[] {
  return observed.values.map((row) => {
    let total = 0;
    for (const place of members) {
      const value = row[place];
      if (value === null || value === undefined) return null;
      total += value;
    }
    return total;
  });
}

/** People counted at the end of a year; NaN where nobody counted. */
export function countedAt(meta: Meta, members: Members, year: number): number {
  const observed = meta.observed[PEOPLE];
  const at = observed?.years.indexOf(year) ?? -1;
  return at < 0 ? NaN : (observedSum(observed, members)[at] ?? NaN);
}

/** People at the end of the base year: the run's own where it holds that year, otherwise those counted, as in `sim.py run`. */
export function startOf(meta: Meta, run: RunResult, members: Members, baseYear: number): number {
  const year = run.years.indexOf(baseYear);
  return year < 0 ? countedAt(meta, members, baseYear) : seriesOf(peopleOf(meta), run, members)[year];
}

/** Deaths less births from the run's first year through a year. */
export function deficitOf(run: RunResult, members: Members, year: number): number {
  const { births, deaths } = run.values;
  if (!births || !deaths) return 0;
  const places = births.length / run.years.length;
  let total = 0;
  for (let at = 1; at <= run.years.indexOf(year); at += 1) {
    for (const place of members) total += deaths[at * places + place] - births[at * places + place];
  }
  return total;
}

export function newResidents(meta: Meta, run: RunResult, members: Members, baseYear: number): Float64Array {
  const start = startOf(meta, run, members, baseYear);
  return seriesOf(peopleOf(meta), run, members).map((people) => people - start);
}
