/** The uncertain numbers of the model around a scenario's values, as calibration/priors/table.py has them. */
import type { Given } from "../../shared/engine.ts";
import { bent, centreOf } from "./logit.ts";
import { inverseNormal } from "./normal.ts";
import { arrayOf, type Numbers as Packed, type PackedChance } from "./packed.ts";

/** How near (share of its range) a value may come to a bound before it counts as lying on it. */
const EDGE = 1e-9;

/** One uncertain number, or a factor on a whole table (`scales`). */
interface Uncertain {
  variable: string;
  place: number;
  low: number;
  high: number;
  sigma: number;
  scales: boolean;
  /** Column among the fit's numbers; -1: none has learnt it. */
  fitted: number;
  /** Column of what is drawn for it: of the points, of the fit's factors, of the fit's draws. */
  column: number;
}

/** What belongs to the members, whatever the scenario. */
interface Draws {
  /** Points between 0 and 1 [member, column]. */
  points: Float64Array;
  /** The fit's draws [member, fitted], and its centre. */
  fitted: Float64Array;
  centre: Float64Array;
  /** Factors on tables of the fit's draws [member, learnt factor]. */
  factors: Float64Array;
  widths: { points: number; factors: number };
}

/** The table of uncertain numbers, and the members' draws. */
export class Table {
  readonly uncertain: Uncertain[];
  readonly draws: Draws;
  readonly variables: string[];
  readonly complements: [string, string][];

  constructor(packed: PackedChance, arrays: Record<string, Packed>, points: Float64Array) {
    const none = new Float64Array(0);
    const optional = (name: string) => (arrays[`chance ${name}`] === undefined ? none : arrayOf(arrays, name));
    const factors = optional("factors");
    this.variables = packed.variables;
    this.complements = Object.entries(packed.complements);
    this.draws = {
      points,
      fitted: optional("draws"),
      centre: optional("centre"),
      factors,
      widths: { points: points.length / packed.members, factors: factors.length / packed.members },
    };
    this.uncertain = tableOf(packed, arrays);
  }

  /** What decides the number in a member: a standard normal number, or for a learnt factor the factor itself. */
  drawn(each: Uncertain, member: number): number {
    const { points, fitted, centre, factors, widths } = this.draws;
    if (each.fitted < 0) return inverseNormal(points[member * widths.points + each.column]);
    if (each.scales) return factors[member * widths.factors + each.column];
    return fitted[member * centre.length + each.fitted] - centre[each.fitted];
  }
}

function tableOf(packed: PackedChance, arrays: Record<string, Packed>): Uncertain[] {
  const [low, high, sigma] = ["low", "high", "sigma"].map((name) => arrayOf(arrays, name));
  const [variable, place, scales, fitted] = ["variable", "place", "scales", "fitted"].map((name) =>
    arrayOf(arrays, name),
  );
  let free = packed.projects.places.length + 1; // the projects' points stand first
  let factors = 0;
  return Array.from(low, (_, number) => {
    const [isScale, learnt] = [scales[number] !== 0, fitted[number] >= 0];
    const column = !learnt ? free++ : isScale ? factors++ : fitted[number];
    return {
      variable: packed.variables[variable[number]],
      place: place[number],
      low: low[number],
      high: high[number],
      sigma: sigma[number],
      scales: isScale,
      fitted: fitted[number],
      column,
    };
  });
}

/** The numbers around one scenario; the inputs' rooms of memory are used again for every member. */
export class Around {
  /** The inputs of the member drawn last. */
  readonly inputs: Record<string, Given>;
  readonly #table: Table;
  readonly #base: Record<string, Float64Array>;
  /** Centre of each number on the logit scale; NaN where the scenario holds it on or beyond a bound. */
  readonly #centres: Float64Array;
  readonly #medians: Float64Array;

  /** `at` gives an input's value with the scenario's changes. */
  constructor(table: Table, at: (name: string) => Given) {
    this.#table = table;
    this.#base = Object.fromEntries(table.variables.map((name) => [name, at(name).values]));
    this.inputs = Object.fromEntries(
      table.variables.map((name) => [name, { values: this.#base[name].slice(), timed: false }]),
    );
    this.#medians = Float64Array.from(table.uncertain, ({ scales, variable, place }) =>
      scales ? 1 : this.#base[variable][place],
    );
    this.#centres = Float64Array.from(table.uncertain, ({ low, high }, number) => {
      const [median, margin] = [this.#medians[number], EDGE * (high - low)];
      return low + margin < median && median < high - margin ? centreOf(low, high, median) : NaN;
    });
  }

  /** Draw the inputs of a member. */
  draw(member: number): void {
    const table = this.#table;
    for (const name of table.variables) this.inputs[name].values.set(this.#base[name]);
    table.uncertain.forEach((each, number) => {
      const { values } = this.inputs[each.variable];
      const value = this.#value(each, number, member);
      if (!each.scales) values[each.place] = value;
      else for (let at = 0; at < values.length; at++) values[at] *= value;
    });
    for (const [name, other] of table.complements) {
      const [values, others] = [this.inputs[name].values, this.inputs[other].values];
      for (let at = 0; at < values.length; at++) values[at] = 1 - others[at];
    }
  }

  #value(each: Uncertain, number: number, member: number): number {
    const drawn = this.#table.drawn(each, member);
    if (each.scales && each.fitted >= 0) return drawn;
    const centre = this.#centres[number];
    return Number.isNaN(centre) ? this.#medians[number] : bent(each.low, each.high, centre, each.sigma * drawn);
  }
}
