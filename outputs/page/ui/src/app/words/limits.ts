/** What holds growth back: shares at the horizon set against the limits from which a shortage is felt. */

import type { Indicator, RunResult } from "../../shared/protocol.ts";
import { valueOf, variablesOf } from "../../shared/indicators.ts";

export type LimitName = "homes" | "unemployed" | "unfilled" | "nonregistered" | "service" | "grid";

interface Limit {
  name: LimitName;
  /** Made from the model's variables, in per cent. */
  share: Pick<Indicator, "sum" | "per" | "weight">;
  /** Per cent. */
  at: number;
  /** Whether more than the limit is bad, or less. */
  bad: "more" | "less";
}

/** The first four as in scenarios/target/limits.toml, the rest judged; each is explained on the page. */
export const LIMITS: readonly Limit[] = [
  { name: "homes", share: { sum: ["homes_missing"], per: ["households_wanted"] }, at: 2, bad: "more" },
  { name: "unemployed", share: { sum: ["unemployed"], per: ["labour_force"] }, at: 8, bad: "more" },
  { name: "unfilled", share: { sum: ["vacancies"], per: ["total_positions"] }, at: 5, bad: "more" },
  { name: "service", share: { sum: ["welfare_staffing"], weight: "total_population" }, at: 90, bad: "less" },
  { name: "nonregistered", share: { sum: ["nonregistered_workers"], per: ["filled_jobs"] }, at: 10, bad: "more" },
  { name: "grid", share: { sum: ["grid_availability"], weight: "total_population" }, at: 90, bad: "less" },
];
const PER_CENT = 100;
const NO_TEXT = { sv: "", en: "" };
/** How near its limit a value counts as within it: what rounds to the limit does not pass it. */
const ROUNDING = 0.05;

export interface Reading {
  limit: Limit;
  /** Per cent. */
  value: number;
  base: number;
  passed: boolean;
  /** How far beyond, relative to the limit. */
  beyond: number;
  /** Numbers of the municipalities in the area where the limit is passed. */
  where: number[];
}

type Members = readonly number[];
export interface Runs {
  scenario: RunResult;
  base: RunResult;
}

/** Every limit that can be read from these runs at the end of a year, the one passed by most first. */
export function readLimits(runs: Runs, members: Members, year: number): Reading[] {
  const at = runs.base.years.indexOf(year);
  const found = at < 0 ? [] : LIMITS.filter((limit) => isKept(limit, runs.base));
  return found
    .map((limit) => reading(limit, runs, members, at))
    .filter((each) => Number.isFinite(each.value))
    .sort((one, other) => other.beyond - one.beyond);
}

/** Whether the run has what the limit is made from, by municipality. */
function isKept({ share }: Limit, run: RunResult): boolean {
  const length = run.values.total_population?.length;
  return variablesOf(indicatorOf(share)).every((key) => run.values[key]?.length === length);
}

function reading(limit: Limit, runs: Runs, members: Members, at: number): Reading {
  const indicator = indicatorOf(limit.share);
  const value = valueOf(indicator, runs.scenario, at, members);
  const base = valueOf(indicator, runs.base, at, members);
  const where =
    members.length > 1
      ? members.filter((place) => over(limit, valueOf(indicator, runs.scenario, at, [place])) > ROUNDING)
      : [];
  const beyond = over(limit, value);
  return { limit, value, base, passed: beyond > ROUNDING, beyond: beyond / limit.at, where };
}

/** How far beyond its limit a value is; below 0 within it. */
function over(limit: Limit, value: number): number {
  return limit.bad === "more" ? value - limit.at : limit.at - value;
}

function indicatorOf(share: Limit["share"]): Indicator {
  return {
    key: "",
    label: NO_TEXT,
    meaning: NO_TEXT,
    unit: NO_TEXT,
    factor: PER_CENT,
    decimals: 1,
    flow: false,
    ...share,
  };
}
