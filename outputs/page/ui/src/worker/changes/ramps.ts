/** How much of a change is in force at each moment, as scenarios/ramps.py has it. */
import type { Change } from "../../shared/protocol.ts";

/** Years; far below one time step, above the rounding of a sum of time steps. */
const EPSILON = 1e-9;

export interface Ramp {
  /** Year whose 1 January it begins; null: before the run starts. */
  begin: number | null;
  /** Last year in full force; null: for good. */
  until: number | null;
  /** Length of the phasing in after `begin` and of the phasing out after `until`. */
  years: number;
}

/** In force from before the start, for good. */
export const ALWAYS: Ramp = { begin: null, until: null, years: 0 };

export function rampOf(change: Change): Ramp {
  return { begin: change.from ?? null, until: change.until ?? null, years: change.ramp ?? 0 };
}

/** Model time at which the change begins. */
export function startOf(ramp: Ramp): number {
  return ramp.begin ?? -Infinity;
}

/** Model time at which nothing of the change is left. */
export function endOf(ramp: Ramp): number {
  return ramp.until === null ? Infinity : ramp.until + 1 + ramp.years;
}

/** Whether both are in force, wholly or partly, at some moment. */
export function overlap(one: Ramp, other: Ramp): boolean {
  return startOf(one) < endOf(other) && startOf(other) < endOf(one);
}

/** Share of the change in force at a model time (year 2030 begins at 2030.0): 0 to 1. */
export function weightAt(ramp: Ramp, time: number): number {
  const rising = rise(time, ramp.begin, ramp.years);
  if (ramp.until === null) return rising;
  return Math.min(rising, 1 - rise(time, ramp.until + 1, ramp.years));
}

/** Whether the weight is 1 throughout. */
export function isAlways(ramp: Ramp): boolean {
  return ramp.begin === null && ramp.until === null;
}

/** 0 before `begin`, 1 after `begin + years`, a straight line between (a step when years is 0). */
function rise(time: number, begin: number | null, years: number): number {
  if (begin === null) return 1;
  if (years === 0) return time >= begin - EPSILON ? 1 : 0;
  return Math.min(Math.max((time - begin) / years, 0), 1);
}
