/** Values of an indicator for an area, from the yearly values by municipality of a run. */
import type { Indicator, RunResult } from "./protocol.ts";

/** Years, and values [year, municipality] of model variables by key. */
export type Yearly = Pick<RunResult, "years" | "values">;

/** A term of a sum: "births", or "newcomers*0.5". */
interface Term {
  key: string;
  times: number;
}

interface Terms {
  sum: Term[];
  minus: Term[];
  per: Term[] | null;
}

const TIMES = "*";
const known = new WeakMap<Indicator, Terms>();

/** Keys of the model variables that an indicator needs. */
export function variablesOf(indicator: Indicator): string[] {
  const { sum, minus, per } = termsOf(indicator);
  const weight = indicator.weight === undefined ? [] : [indicator.weight];
  return [...new Set([...[...sum, ...minus, ...(per ?? [])].map((term) => term.key), ...weight])];
}

/**
 * Value in the year with this number (0 is the run's first) for these municipalities: the sum less what is taken away,
 * over `per` where there is one, or the mean weighted by `weight`, times the factor. NaN where it divides by 0.
 */
export function valueOf(indicator: Indicator, run: Yearly, year: number, places: readonly number[]): number {
  const { sum, minus, per } = termsOf(indicator);
  const weights = indicator.weight === undefined ? null : run.values[indicator.weight];
  const begin = year * municipalitiesIn(sum, run);
  let above = 0;
  let below = 0;
  for (const place of places) {
    const at = begin + place;
    const amount = total(sum, run, at) - total(minus, run, at);
    const divisor = per === null ? 1 : total(per, run, at);
    if (weights === null) {
      above += amount;
      below += divisor;
    } else if (weights[at] !== 0) {
      above += (amount / divisor) * weights[at];
      below += weights[at];
    }
  }
  const divided = per !== null || weights !== null;
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
  return Float64Array.from({ length: municipalitiesIn(termsOf(indicator).sum, run) }, (_, place) => {
    one[0] = place;
    return valueOf(indicator, run, year, one);
  });
}

function termsOf(indicator: Indicator): Terms {
  let found = known.get(indicator);
  if (found === undefined) {
    const { sum, minus = [], per } = indicator;
    found = { sum: sum.map(term), minus: minus.map(term), per: per === undefined ? null : per.map(term) };
    known.set(indicator, found);
  }
  return found;
}

function term(text: string): Term {
  const [key, times] = text.split(TIMES);
  return { key, times: times === undefined ? 1 : Number(times) };
}

function municipalitiesIn(sum: readonly Term[], run: Yearly): number {
  return run.values[sum[0].key].length / run.years.length;
}

function total(terms: readonly Term[], run: Yearly, at: number): number {
  let found = 0;
  for (const { key, times } of terms) found += run.values[key][at] * times;
  return found;
}
