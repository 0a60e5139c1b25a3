/** Classes of a map: round limits that keep still, sequential or around a middle. */

import { tickStep } from "d3-array";
import { isNumber } from "./format.ts";
import type { MapScale } from "./props.ts";

/** Colours there are: five in a row, three on each side of the middle. */
export const SEQUENTIAL = 5;
export const SIDES = 3;

/** The class of a value: how many limits it reaches. */
export function classOf(value: number, limits: readonly number[]): number {
  let at = 0;
  while (at < limits.length && value >= limits[at]) at++;
  return at;
}

function numbersIn(values: ArrayLike<number | null>): number[] {
  return Array.from(values).filter(isNumber).sort((a, b) => a - b);
}

/** Value under which the share lies, of sorted values. */
function quantile(sorted: readonly number[], share: number): number {
  const place = share * (sorted.length - 1);
  const low = Math.floor(place);
  const high = Math.min(sorted.length - 1, low + 1);
  return sorted[low] + (sorted[high] - sorted[low]) * (place - low);
}

/** To the nearest 1, 2 or 5 times a power of ten of about `size`. */
function roundTo(value: number, size: number): number {
  const step = size > 0 ? tickStep(0, size, 1) : 1;
  return step === 0 ? value : Number((Math.round(value / step) * step).toPrecision(12));
}

/** Values so uneven that classes of equal width would leave most places in one. */
const UNEVEN = 3;

/** Four limits: equal steps, or the fifths of the places when a few large ones hide the rest. */
export function sequentialLimits(values: ArrayLike<number | null>): number[] {
  const sorted = numbersIn(values);
  if (sorted.length === 0) return [];
  const low = sorted[0];
  const high = sorted[sorted.length - 1];
  if (low === high) return [];
  const middle = quantile(sorted, 0.5);
  const uneven = high - middle > UNEVEN * (middle - low) || middle - low > UNEVEN * (high - middle);
  const shares = [1, 2, 3, 4].map((part) => part / SEQUENTIAL);
  const exact = uneven
    ? shares.map((share) => quantile(sorted, share))
    : shares.map((share) => low + share * (high - low));
  const gap = Math.min(...exact.map((limit, at) => limit - (at ? exact[at - 1] : low)).filter((size) => size > 0));
  const limits = exact.map((limit) => roundTo(limit, Number.isFinite(gap) ? gap / 2 : 1));
  return limits.filter((limit, at) => at === 0 || limit > limits[at - 1]);
}

/** Six limits around the middle: the class of the middle lies between the two inner ones. */
export function divergingLimits(values: ArrayLike<number | null>, middle: number): number[] {
  const far = Math.max(0, ...numbersIn(values).map((value) => Math.abs(value - middle)));
  if (far === 0) return [];
  const size = roundTo(far / SIDES, far / SIDES) || far / SIDES;
  const sides = [0.5, 1, 2].map((times) => times * size);
  return [...sides.map((side) => middle - side).reverse(), ...sides.map((side) => middle + side)].map((limit) =>
    Number(limit.toPrecision(12)),
  );
}

export function limitsOf(values: ArrayLike<number | null>, scale: MapScale): readonly number[] {
  if (scale.limits) return scale.limits;
  return scale.kind === "diverging" ? divergingLimits(values, scale.middle ?? 0) : sequentialLimits(values);
}

/** Fewer classes in use than this, and the limits are made anew. */
const USED = 3;

/** The limits before, while they still tell the places apart. */
export function stickyLimits(
  before: readonly number[] | null,
  values: ArrayLike<number | null>,
  scale: MapScale,
): readonly number[] {
  if (scale.limits) return scale.limits;
  const fresh = limitsOf(values, scale);
  if (!before || before.length === 0) return fresh;
  const used = (limits: readonly number[]) => new Set(numbersIn(values).map((value) => classOf(value, limits))).size;
  return used(before) >= Math.min(USED, used(fresh)) ? before : fresh;
}

/** Name of the colour of a class: "seq-0" … "seq-4", "div-0" … "div-6"; the ends are kept when there are fewer limits. */
export function colourOf(at: number, limits: readonly number[], kind: MapScale["kind"]): string {
  const count = limits.length;
  if (kind === "diverging") return `div-${count === 0 ? SIDES : Math.round((at / count) * 2 * SIDES)}`;
  return `seq-${count === 0 ? 2 : Math.round((at / count) * (SEQUENTIAL - 1))}`;
}
