/** Which steps begin in which calendar year. */

/** Above the rounding of a sum of steps. */
const MOMENT = 1e-9;

/** Steps of each year from `first` to `last`; the last moment belongs to the last year, as in scenarios/chance. */
export function stepsOfYears(times: Float64Array, first: number, last: number): number[][] {
  const found: number[][] = Array.from({ length: last - first + 1 }, () => []);
  times.forEach((time, step) => {
    const year = Math.min(Math.max(Math.floor(time + MOMENT), first), last);
    found[year - first].push(step);
  });
  return found;
}
