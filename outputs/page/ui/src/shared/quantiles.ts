/** Quantiles over members, by linear interpolation between them in order (Hyndman and Fan 1996, type 7). */

/** Ends of the bands that hold 80 and 50 per cent of the runs, and the median. */
export const PROBABILITIES = [0.1, 0.25, 0.5, 0.75, 0.9] as const;

/** The quantile of numbers in rising order. */
export function quantileOf(ordered: ArrayLike<number>, share: number): number {
  const last = ordered.length - 1;
  const position = Math.min(Math.max(share, 0), 1) * last;
  const below = Math.floor(position);
  const above = Math.min(below + 1, last);
  return ordered[below] + (position - below) * (ordered[above] - ordered[below]);
}

/** Quantiles by year, one array for each probability, of members' series. */
export function quantilesByYear(
  members: readonly Float64Array[],
  probabilities: readonly number[] = PROBABILITIES,
): Float64Array[] {
  const years = members.length === 0 ? 0 : members[0].length;
  const found = probabilities.map(() => new Float64Array(years));
  const values = new Float64Array(members.length);
  for (let year = 0; year < years; year++) {
    for (let member = 0; member < members.length; member++) values[member] = members[member][year];
    values.sort();
    for (let row = 0; row < found.length; row++) found[row][year] = quantileOf(values, probabilities[row]);
  }
  return found;
}
