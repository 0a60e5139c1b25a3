/** The opened model: its engine, what the page knows of it, and runs as the page reads them. */
import type { Engine, Given } from "../shared/engine.ts";
import type { Meta, Quantiles, RunResult } from "../shared/protocol.ts";
import { Chance } from "./chance/chance.ts";
import type { PackedChance } from "./chance/packed.ts";
import type { World } from "./changes/world.ts";
import { PayloadError, type Packed, type Payload } from "./payload.ts";
import { reducer, type Reduce } from "./reduce.ts";
import { shippedBands, type Shipped } from "./shipped.ts";

/** What the emitted model defines as `globalThis.norrsimModel`. */
export interface ModelSource {
  hash: string;
  open(arrays: Record<string, Packed>): Engine;
}

/** How the names of the model's inputs begin in the payload. */
const INPUT = "in ";
const FORMAT = 1;
/** Registered people, which bands and the target are about. */
export const PEOPLE = "total_population";
const BY_AGE = "Population";
const AGES_IN_GROUP = 5;

export class Model {
  readonly meta: Meta;
  readonly engine: Engine;
  readonly world: World;
  /** Null where the page came without. */
  readonly chance: Chance | null;
  readonly #shipped: Shipped | null;
  /** Keys of all that runs give by municipality, and of people by sex and age. */
  readonly keys: string[];
  readonly #byAge: string | null;
  readonly #reduce = new Map<string, Reduce>();

  /** Throws PayloadError, or the engine's error, when the data do not make a model. */
  constructor(source: ModelSource, { header, arrays }: Payload) {
    this.meta = metaOf(header, source);
    const inputs = Object.entries(arrays).filter(([name]) => name.startsWith(INPUT));
    this.engine = source.open(Object.fromEntries(inputs.map(([name, array]) => [name.slice(INPUT.length), array])));
    const { dims, start, until } = this.meta;
    this.world = { engine: this.engine, dims, start, until };
    this.chance = header.chance ? new Chance(header.chance as PackedChance, arrays, this.engine) : null;
    this.#shipped = shippedBands(header, arrays, this.engine.years);
    const kept = Object.entries(this.engine.kept);
    this.#byAge = kept.find(([, each]) => each.name === BY_AGE && each.dims.includes("age"))?.[0] ?? null;
    this.keys = kept.map(([key]) => key).filter((key) => key !== this.#byAge);
    for (const key of this.keys) this.#reduce.set(key, reducer(this.engine.kept[key], this.meta));
  }

  /** Run with changed inputs: all that the page reads. */
  run(changed: Record<string, Given>): RunResult {
    const wanted = this.#byAge === null ? this.keys : [...this.keys, this.#byAge];
    const found = this.engine.run(changed, wanted);
    const ages = this.#byAge === null ? new Float64Array(0) : this.#ages(found[this.#byAge], this.#byAge);
    return { years: [...this.engine.years], values: this.#reduced(found, this.keys), ages };
  }

  /** Run with changed inputs: values [year, municipality] of some variables alone. */
  valuesOf(changed: Record<string, Given>, keys: string[]): Record<string, Float64Array> {
    return this.#reduced(this.engine.run(changed, keys), keys);
  }

  /** The base's band that came with the page; null where it has none of this area. */
  shipped(area: string): Quantiles | null {
    return this.#shipped?.(area) ?? null;
  }

  #reduced(found: Record<string, Float64Array>, keys: readonly string[]): Record<string, Float64Array> {
    const reduced: Record<string, Float64Array> = {};
    for (const key of keys) reduced[key] = this.#reduce.get(key)!(found[key]);
    return reduced;
  }

  /** People [year, sex, group of five years, municipality] from [year, sex, age, municipality]. */
  #ages(people: Float64Array, key: string): Float64Array {
    const [, ages, places] = this.engine.kept[key].shape;
    const groups = Math.ceil(ages / AGES_IN_GROUP);
    const rows = people.length / (ages * places);
    const found = new Float64Array(rows * groups * places);
    for (let row = 0; row < rows; row++) {
      for (let age = 0; age < ages; age++) {
        const from = (row * ages + age) * places;
        const to = (row * groups + Math.floor(age / AGES_IN_GROUP)) * places;
        for (let place = 0; place < places; place++) found[to + place] += people[from + place];
      }
    }
    return found;
  }
}

function metaOf(header: Record<string, unknown>, source: ModelSource): Meta {
  const meta = header.meta as Meta | undefined;
  if (meta === undefined || meta.format !== FORMAT)
    throw new PayloadError("the data are of another version of the page");
  if (meta.model !== source.hash) throw new PayloadError("the data belong to another model than the page's");
  return meta;
}
