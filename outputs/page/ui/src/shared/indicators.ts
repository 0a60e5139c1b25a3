/** Values of an indicator for an area, from the yearly values by municipality of a run. */
import type { Indicator, RunResult } from "./protocol.ts";

/** Years, and values [year, municipality] of model variables by key. */
export type Yearly = Pick<RunResult, "years" | "values">;

/** Keys of the model variables that an indicator needs. */
export function variablesOf(indicator: Indicator): string[] {
  const { sum, minus = [], per = [], weight } = indicator;
  return [...new Set([...sum, ...minus, ...per, ...(weight === undefined ? [] : [weight])])];
}

/**
 * Value in the year with this number (0 is the run's first) for these municipalities: the sum less what is taken away,
 * over `per` where there is one, or the mean weighted by `weight`, times the factor. NaN where it divides by 0.
 */
export function valueOf(indicator: Indicator, run: Yearly, year: number, places: readonly number[]): number {
  const begin = year * municipalitiesIn(indicator, run);
  const { sum, minus = [], per, weight } = indicator;
  let above = 0;
  let below = 0;
  for (const place of places) {
    const at = begin + place;
    const amount = total(sum, run, at) - total(minus, run, at);
    const divisor = per === undefined ? 1 : total(per, run, at);
    if (weight === undefined) {
      above += amount;
      below += divisor;
    } else if (run.values[weight][at] !== 0) {
      const counts = run.values[weight][at];
      above += (amount / divisor) * counts;
      below += counts;
    }
  }
  const divided = per !== undefined || weight !== undefined;
  const value = divided ? (below === 0 ? NaN : above / below) : above;
  return indicator.factor * value;
}

/** Values of all years for these municipalities. */
export function seriesOf(indicator: Indicator, run: Yearly, places: readonly number[]): Float64Array {
  return Float64Array.from(run.years, (_, year) => valueOf(indicator, run, year, places));
}

/** Value of every municipality in the year with this number. */
export function valuesByPlace(indicator: Indicator, run: Yearly, year: number): Float64Array {
  const one = [0];
  return Float64Array.from({ length: municipalitiesIn(indicator, run) }, (_, place) => {
    one[0] = place;
    return valueOf(indicator, run, year, one);
  });
}

function municipalitiesIn(indicator: Indicator, run: Yearly): number {
  return run.values[indicator.sum[0]].length / run.years.length;
}

function total(keys: readonly string[], run: Yearly, at: number): number {
  let found = 0;
  for (const key of keys) found += run.values[key][at];
  return found;
}
