/** Scales and ticks: domains that are honest, round, and keep still while a lever is dragged. */

import { ticks, tickStep } from "d3-array";
import { scaleLinear } from "d3-scale";

export type Domain = readonly [number, number];

export interface DomainRules {
  /** The axis shows zero. */
  zero: boolean;
  /** About how many ticks. */
  ticks: number;
}

/** A positive axis starts at zero when its lowest value is nearer to zero than this share of the highest. */
const NEAR_ZERO = 0.35;
/** Air over and under the lines, as a share of what they span. */
const AIR = 0.03;
/** An axis is drawn in anew only when the values fill less of it than this. */
const FILLED = 0.5;
/** Ends are rounded to at least this many steps: in a low chart with few ticks the lines keep their room. */
const FEWEST_STEPS = 6;
/** A flat line still gets an axis: half a span, as a share of its value. */
const FLAT = 0.05;

function need(low: number, high: number, zero: boolean): Domain {
  if (zero || (low > 0 && low < NEAR_ZERO * high)) low = Math.min(0, low);
  if (zero || (high < 0 && high > NEAR_ZERO * low)) high = Math.max(0, high);
  if (low === high) {
    const half = Math.abs(low) * FLAT || 1;
    return [low === 0 ? 0 : low - half, high + half];
  }
  return [low, high];
}

/** A round domain around the values. Zero is not passed for the sake of air. */
export function niceDomain(low: number, high: number, rules: DomainRules): Domain {
  const [from, to] = need(low, high, rules.zero);
  const air = (to - from) * AIR;
  const padded: [number, number] = [from === 0 ? 0 : from - air, to === 0 ? 0 : to + air];
  if (from > 0 && padded[0] < 0) padded[0] = 0;
  const [a, b] = scaleLinear().domain(padded).nice(Math.max(FEWEST_STEPS, rules.ticks)).domain();
  return [a, b];
}

/** The domain before, as long as the values fit in it and still fill a good part of it; otherwise a new one. */
export function stickyDomain(before: Domain | null, low: number, high: number, rules: DomainRules): Domain {
  if (before) {
    const [from, to] = need(low, high, rules.zero);
    const inside = from >= before[0] && to <= before[1];
    if (inside && to - from >= FILLED * (before[1] - before[0])) return before;
  }
  const fresh = niceDomain(low, high, rules);
  return before && before[0] === fresh[0] && before[1] === fresh[1] ? before : fresh;
}

/** Lowest and highest of several rows of numbers; null where there is none. */
export function extentOf(rows: Iterable<ArrayLike<number | null>>): Domain | null {
  let low = Infinity;
  let high = -Infinity;
  for (const row of rows) {
    for (let at = 0; at < row.length; at++) {
      const value = row[at];
      if (value === null || !Number.isFinite(value)) continue;
      if (value < low) low = value;
      if (value > high) high = value;
    }
  }
  return low <= high ? [low, high] : null;
}

export interface Axis {
  ticks: number[];
  step: number;
}

export function axisTicks(domain: Domain, count: number): Axis {
  return { ticks: ticks(domain[0], domain[1], count), step: tickStep(domain[0], domain[1], count) };
}

/** Years that are written out, so that they have room; the first year is always one of them. */
export function yearTicks(first: number, last: number, width: number): number[] {
  const steps = [1, 2, 5, 10, 20, 25, 50];
  const room = Math.max(2, Math.floor(width / YEAR_ROOM));
  const step = steps.find((size) => (last - first) / size <= room) ?? 100;
  const found: number[] = [];
  for (let year = Math.ceil(first / step) * step; year <= last; year += step) found.push(year);
  return found;
}

/** Pixels for a written year and the air beside it. */
const YEAR_ROOM = 52;

/** Positions moved apart until they are `gap` from each other, as near to where they were as the room allows. */
export function spread(wanted: readonly number[], gap: number, low: number, high: number): number[] {
  const order = wanted.map((_, at) => at).sort((a, b) => wanted[a] - wanted[b]);
  const placed = order.map((at) => Math.min(high, Math.max(low, wanted[at])));
  for (let at = 1; at < placed.length; at++) placed[at] = Math.max(placed[at], placed[at - 1] + gap);
  for (let at = placed.length - 1; at >= 0; at--) {
    const most = at === placed.length - 1 ? high : placed[at + 1] - gap;
    placed[at] = Math.min(placed[at], most);
  }
  const out = new Array<number>(wanted.length);
  order.forEach((at, place) => (out[at] = placed[place]));
  return out;
}
