/** The five levers on projects of a member: what the scenario states, and what befalls the projects on top. */
import type { Given } from "../../shared/engine.ts";
import { fatesOf, type Fates } from "./fates.ts";
import type { Risks } from "./packed.ts";
import { LEVERS, MOMENT, planOf, type Plan } from "./plan.ts";

/** A scenario's projects with chance around them; the levers' rooms of memory are used again for every member. */
export class Projects {
  readonly levers: Record<string, Given>;
  readonly #risks: Risks;
  readonly #plan: Plan;
  readonly #stated: Record<keyof typeof LEVERS, Given>;
  /** First step after the risks begin. */
  readonly #after: number;
  readonly #steps: number;

  /** `at` gives an input's value with the scenario's changes. */
  constructor(risks: Risks, at: (name: string) => Given, times: Float64Array, horizon: number) {
    this.#risks = risks;
    this.#plan = planOf(at, times, horizon);
    this.#steps = times.length;
    const after = times.findIndex((time) => time > this.#plan.begin - MOMENT);
    this.#after = after < 0 ? times.length : after;
    this.#stated = {
      closure: at(LEVERS.closure),
      delay: at(LEVERS.delay),
      finance: at(LEVERS.finance),
      scale: at(LEVERS.scale),
      stop: at(LEVERS.stop),
    };
    const room = new Set<string>([LEVERS.finance, LEVERS.scale]);
    const size = risks.projects.length;
    this.levers = Object.fromEntries(
      Object.entries(LEVERS).map(([key, name]) => {
        const timed = room.has(name) || this.#stated[key as keyof typeof LEVERS].timed;
        return [name, { values: new Float64Array(timed ? size * times.length : size), timed }];
      }),
    );
  }

  /** Draw the levers from a member's points. */
  draw(points: ArrayLike<number>): void {
    const fates = fatesOf(this.#risks, points, this.#plan);
    const { begun } = this.#plan;
    const later = fates.delay.map((delay, project) => (begun[project] ? 0 : delay));
    this.#beside("closure", fates.closure, Math.min);
    this.#beside("stop", fates.stop, Math.min);
    this.#beside("delay", later, (stated, drawn) => stated + drawn);
    this.#afterwards("finance", this.#pace(fates));
    this.#afterwards("scale", fates.scale);
  }

  /** One under way builds slower, so that it opens that much later. */
  #pace(fates: Fates): Float64Array {
    const { begun, left } = this.#plan;
    return fates.delay.map((delay, project) => {
      const years = Math.max(left[project], MOMENT);
      return begun[project] ? years / (years + delay) : 1;
    });
  }

  #beside(
    key: "closure" | "stop" | "delay",
    drawn: Float64Array,
    join: (stated: number, drawn: number) => number,
  ): void {
    const { values } = this.levers[LEVERS[key]];
    const stated = this.#stated[key].values;
    for (let at = 0; at < values.length; at++) values[at] = join(stated[at], drawn[at % drawn.length]);
  }

  /** What is stated, times what was drawn once the risks have begun. */
  #afterwards(key: "finance" | "scale", drawn: Float64Array): void {
    const { values } = this.levers[LEVERS[key]];
    const stated = this.#stated[key];
    const count = drawn.length;
    for (let step = 0; step < this.#steps; step++) {
      for (let project = 0; project < count; project++) {
        const value = stated.values[stated.timed ? step * count + project : project];
        values[step * count + project] = value * (step >= this.#after ? drawn[project] : 1);
      }
    }
  }
}
