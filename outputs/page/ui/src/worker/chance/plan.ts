/** What a scenario states of the register's projects, as scenarios/chance/projects.py reads it. */
import type { Given } from "../../shared/engine.ts";

/** Years: far below a step, above the rounding of a sum of steps. */
export const MOMENT = 1e-9;

export const LEVERS = {
  closure: "project closure time",
  delay: "project delay",
  finance: "project finance",
  scale: "project scale",
  stop: "project stop time",
} as const;

/** Arrays [project], seen from the moment the risks begin (model time). */
export interface Plan {
  begin: number;
  begun: boolean[];
  opening: number[];
  /** Planned years of building or waiting until opening, 0 when it has passed. */
  left: number[];
}

/** The plan in inputs with a scenario's changes; `at` gives an input's value so far. */
export function planOf(at: (name: string) => Given, times: Float64Array, horizon: number): Plan {
  const begin = Math.max(times[0], horizon);
  const first = times.findIndex((time) => time >= begin - MOMENT);
  const step = first < 0 ? times.length - 1 : first;
  const delay = at(LEVERS.delay);
  const start = at("planned building start").values;
  const building = at("planned building time").values;
  const count = start.length;
  const starts = Array.from(
    start,
    (time, project) => time + delay.values[delay.timed ? step * count + project : project],
  );
  const opening = starts.map((time, project) => time + building[project]);
  return {
    begin,
    begun: starts.map((time) => time < begin),
    opening,
    left: opening.map((time) => Math.max(time - begin, 0)),
  };
}
