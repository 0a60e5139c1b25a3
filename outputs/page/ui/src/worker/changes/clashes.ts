/** What keeps changes from being made together, as scenarios/clashes.py has it. */
import type { ChangeProblem } from "../../shared/protocol.ts";
import type { Placed } from "./placed.ts";
import { endOf, overlap, startOf } from "./ramps.ts";
import type { World } from "./world.ts";

/** Pairs of changes that set the same cell at the same time; told of the later one. */
export function clashes(placed: readonly Placed[]): ChangeProblem[] {
  return placed.flatMap((first, number) =>
    placed.slice(number + 1).flatMap((second) => (clash(first, second) ? [clashProblem(first, second)] : [])),
  );
}

/** The problem of a change that is in force in no year of the run. */
export function never(placed: Placed, world: World): ChangeProblem | null {
  const { ramp } = placed;
  const late = startOf(ramp) > world.until;
  if (!late && endOf(ramp) > world.start + 1) return null;
  const when: Record<string, number> = late
    ? { from: startOf(ramp), last: world.until }
    : { until: ramp.until ?? world.start, first: world.start };
  return { change: placed.number, kind: "never", values: { name: placed.input, ...when } };
}

function clash(first: Placed, second: Placed): boolean {
  if (first.input !== second.input || !overlap(first.ramp, second.ramp)) return false;
  for (const [dimension, labels] of first.cells) {
    const others = second.cells.get(dimension);
    if (others !== undefined && !labels.some((label) => others.includes(label))) return false;
  }
  return true;
}

function clashProblem(first: Placed, second: Placed): ChangeProblem {
  return { change: second.number, kind: "clash", values: { name: second.input, other: first.number } };
}
