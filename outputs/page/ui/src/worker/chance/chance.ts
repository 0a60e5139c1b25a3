/** Chance around a scenario: the inputs of the members of `sim.py ensemble`, drawn in the worker. */
import type { Engine, Given } from "../../shared/engine.ts";
import { Noise } from "./noise.ts";
import { Around, Table } from "./numbers.ts";
import { arrayOf, FORMAT, type Numbers, type PackedChance } from "./packed.ts";
import { Projects } from "./projects.ts";
import { Walks } from "./walks.ts";

/** Points are whole numbers of its inverse, stored less an offset, moved off the bounds. */
const GRID = 2 ** 32;
const OFFSET = 2 ** 31;
const INSIDE = 2 ** -33;

/** What is drawn whatever the scenario, and the rooms of yearly shocks. */
export class Chance {
  readonly members: number;
  readonly #packed: PackedChance;
  readonly #engine: Engine;
  readonly #table: Table;
  readonly #points: Float64Array;
  readonly #noise: Noise;
  readonly #walks: Walks;

  /** Throws when the data are of another format or incomplete. */
  constructor(packed: PackedChance, arrays: Record<string, Numbers>, engine: Engine) {
    if (packed.format !== FORMAT) throw new Error(`chance of format ${packed.format}, not ${FORMAT}`);
    this.members = packed.members;
    this.#packed = packed;
    this.#engine = engine;
    this.#points = arrayOf(arrays, "points").map((whole) =>
      Math.min(Math.max((whole + OFFSET) / GRID, INSIDE), 1 - INSIDE),
    );
    this.#table = new Table(packed, arrays, this.#points);
    this.#noise = new Noise(packed.noise, arrays, packed.seed, engine.times);
    this.#walks = new Walks(packed.walks, arrays, packed.seed, engine.times);
  }

  /** Draws members around inputs of which some are changed; at each draw the inputs of the one before are gone. */
  around(changed: Record<string, Given>): (member: number) => Record<string, Given> {
    const at = (name: string) => changed[name] ?? this.#engine.base(name);
    const numbers = new Around(this.#table, at);
    const projects = new Projects(this.#packed.projects, at, this.#engine.times, this.#packed.horizon);
    const shocks = { ...this.#noise.levers, ...this.#walks.levers };
    const timed = Object.entries(shocks).map(([name, values]) => [name, { values, timed: true }] as const);
    const inputs = { ...changed, ...numbers.inputs, ...projects.levers, ...Object.fromEntries(timed) };
    const width = this.#points.length / this.members;
    return (member) => {
      numbers.draw(member);
      projects.draw(this.#points.subarray(member * width, (member + 1) * width));
      this.#noise.draw(member);
      this.#walks.draw(member);
      return inputs;
    };
  }
}
