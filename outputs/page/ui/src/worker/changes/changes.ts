/** Lays changes on the model's inputs, with the operations of scenarios/apply.py in their order. */
import type { Given } from "../../shared/engine.ts";
import type { Change, ChangeProblem } from "../../shared/protocol.ts";
import { clashes, never } from "./clashes.ts";
import { placeAll, type Placed } from "./placed.ts";
import { isAlways, weightAt } from "./ramps.ts";
import type { World } from "./world.ts";

/** Changed inputs by name, or why there are none. */
export type Laid = { changed: Record<string, Given>; problems: null } | { changed: null; problems: ChangeProblem[] };

interface Room {
  flat: Float64Array | null;
  timed: Float64Array | null;
}

/** Lays changes on inputs in rooms of memory that are used again: what it gave before is gone at the next use. */
export class Layer {
  readonly #world: World;
  readonly #rooms = new Map<string, Room>();

  constructor(world: World) {
    this.#world = world;
  }

  /** The inputs with the changes made; every problem is collected, and one is enough to make none. */
  lay(changes: readonly Change[]): Laid {
    const problems: ChangeProblem[] = [];
    const placed = placeAll(changes, this.#world, problems);
    problems.push(...clashes(placed));
    for (const each of placed) {
      const problem = never(each, this.#world) ?? outside(each, this.#world);
      if (problem !== null) problems.push(problem);
    }
    if (problems.length > 0) return { changed: null, problems };
    return { changed: this.#changed(placed), problems: null };
  }

  #changed(placed: readonly Placed[]): Record<string, Given> {
    const changed: Record<string, Given> = {};
    for (const input of new Set(placed.map((each) => each.input))) {
      const own = placed.filter((each) => each.input === input);
      const base = this.#world.engine.base(input);
      const timed = base.timed || own.some((each) => !isAlways(each.ramp));
      const now = { values: this.#room(input, base, timed), timed };
      for (const each of own) this.#make(each, base, now);
      changed[input] = now;
    }
    return changed;
  }

  /** A room that holds the input as it stands, over time if asked for. */
  #room(input: string, base: Given, timed: boolean): Float64Array {
    const room = this.#rooms.get(input) ?? { flat: null, timed: null };
    this.#rooms.set(input, room);
    const steps = this.#world.engine.times.length;
    if (!timed) {
      room.flat ??= new Float64Array(base.values.length);
      room.flat.set(base.values);
      return room.flat;
    }
    const size = base.timed ? base.values.length / steps : base.values.length;
    const values = (room.timed ??= new Float64Array(size * steps));
    if (base.timed) values.set(base.values);
    else for (let step = 0; step < steps; step++) values.set(base.values, step * size);
    return values;
  }

  /** Lead an input from its value so far to the change's, which is reckoned from the value before all changes. */
  #make(placed: Placed, base: Given, now: Given): void {
    const cells = cellsOf(placed, this.#world);
    const { times } = this.#world.engine;
    const steps = now.timed ? times.length : 1;
    const size = now.values.length / steps;
    for (let step = 0; step < steps; step++) {
      const weight = now.timed ? weightAt(placed.ramp, times[step]) : 1;
      const before = base.timed ? step * size : 0;
      for (const cell of cells) {
        const at = step * size + cell;
        const aim = target(base.values[before + cell], placed.change);
        now.values[at] = (1 - weight) * now.values[at] + weight * aim;
      }
    }
  }
}

/** The value once the change is in full force. */
function target(old: number, change: Change): number {
  if (change.way === "value") return change.number;
  return change.way === "add" ? old + change.number : old * change.number;
}

/** Places, among the input's numbers at one moment, of the cells that a change means. */
function cellsOf(placed: Placed, world: World): number[] {
  const { dims, shape } = world.engine.inputs[placed.input];
  let found = [0];
  dims.forEach((dimension, axis) => {
    const labels = placed.cells.get(dimension);
    const own = labels
      ? labels.map((label) => world.dims[dimension].indexOf(label))
      : Array.from({ length: shape[axis] }, (_, place) => place);
    found = found.flatMap((before) => own.map((place) => before * shape[axis] + place));
  });
  return found;
}

/** The problem of a value outside the input's range, or the one that the change gives with its reason. */
function outside(placed: Placed, world: World): ChangeProblem | null {
  const range = placed.change.range ?? world.engine.inputs[placed.input].range;
  if (range === undefined) return null;
  const base = world.engine.base(placed.input);
  const cells = cellsOf(placed, world);
  const size = base.timed ? base.values.length / world.engine.times.length : base.values.length;
  let [least, most] = [Infinity, -Infinity];
  for (let begin = 0; begin < base.values.length; begin += size) {
    for (const cell of cells) {
      const value = target(base.values[begin + cell], placed.change);
      least = Math.min(least, value);
      most = Math.max(most, value);
    }
  }
  const [low, high] = [range[0] ?? -Infinity, range[1] ?? Infinity]; // a range may be open
  if (least >= low && most <= high) return null;
  const values = { name: placed.input, value: least < low ? least : most, low, high };
  return { change: placed.number, kind: "range", values };
}
