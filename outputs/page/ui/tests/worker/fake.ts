/** A small model in the place of the emitted one, and its payload. */
import { deflateRawSync } from "node:zlib";
import type { Engine, Given } from "../../src/shared/engine.ts";
import type { Answer, Change, Indicator, Meta, Place } from "../../src/shared/protocol.ts";
import type { ModelSource } from "../../src/worker/model.ts";
import type { Packed } from "../../src/worker/payload.ts";
import { Service } from "../../src/worker/service.ts";

export const YEARS = [2024, 2025, 2026, 2027, 2028];
const STEPS_A_YEAR = 4;
export const TIMES = Float64Array.from({ length: (YEARS.length - 1) * STEPS_A_YEAR + 1 }, (_, step) => 2025 + step / 4);
export const PLACES: Place[] = [
  { code: "2514", name: "Kalix", county: "25", countyName: "Norrbotten", faRegion: "Haparanda" },
  { code: "2580", name: "Luleå", county: "25", countyName: "Norrbotten", faRegion: "Luleå" },
  { code: "2480", name: "Umeå", county: "24", countyName: "Västerbotten", faRegion: "Umeå" },
];
export const DIMS = {
  municipality: PLACES.map(({ code }) => code),
  project: ["steel_works", "mine"],
  sex: ["women", "men"],
  age: ["0", "4", "5", "6", "7", "8"],
};
const NO_TEXT = { sv: "", en: "" };

export function indicator(parts: Partial<Indicator>): Indicator {
  return {
    key: "",
    label: NO_TEXT,
    meaning: NO_TEXT,
    unit: NO_TEXT,
    sum: [],
    factor: 1,
    decimals: 0,
    flow: false,
    ...parts,
  };
}

export const INPUTS: Engine["inputs"] = {
  help: { kind: "lever", dims: ["municipality"], shape: [3], range: [0, 10] },
  push: { kind: "lever", dims: [], shape: [], range: [-100, 100] },
  "project delay": { kind: "lever", dims: ["project"], shape: [2], range: [-2, 15] },
  rate: { kind: "parameter", dims: [], shape: [], range: [0, 1] },
  table: { kind: "given", dims: ["sex", "municipality"], shape: [2, 3] },
  path: { kind: "series", dims: [], shape: [] },
};
export const BASE: Record<string, number[]> = {
  help: [1, 2, 3],
  push: [0],
  "project delay": [0, 1],
  rate: [0.5],
  table: [1, 2, 3, 4, 5, 6],
  path: [1],
  // Of the register's projects, of which chance knows none here.
  "planned building start": [],
  "planned building time": [],
  "project finance": [],
  "project scale": [],
  "project stop time": [],
  "project closure time": [],
};
const KEPT: Engine["kept"] = {
  total_population: { dims: ["municipality"], shape: [3], flow: false, name: "total population" },
  births: { dims: ["sex", "municipality"], shape: [2, 3], flow: true, name: "births" },
  population: { dims: ["sex", "age", "municipality"], shape: [2, 6, 3], flow: false, name: "Population" },
};

/** Counts its runs; people = 1000 + help × rate × 10 + push × help of the place, at each 31 December. */
export class FakeEngine implements Engine {
  readonly hash = "hash";
  readonly step = 1 / STEPS_A_YEAR;
  readonly times = TIMES;
  readonly years = YEARS;
  readonly inputs = INPUTS;
  readonly kept = KEPT;
  runs = 0;

  base(name: string): Given {
    return { values: Float64Array.from(BASE[name]), timed: false };
  }

  run(changed: Record<string, Given>, wanted = Object.keys(KEPT)): Record<string, Float64Array> {
    this.runs += 1;
    const at = (name: string, year: number, cell: number): number => {
      const { values, timed } = changed[name] ?? this.base(name);
      return values[(timed ? year * STEPS_A_YEAR * BASE[name].length : 0) + cell];
    };
    const people = (year: number, place: number): number => {
      const help = at("help", year, place);
      return 1000 + help * at("rate", year, 0) * 10 + at("push", year, 0) * help;
    };
    return Object.fromEntries(wanted.map((key) => [key, filled(KEPT[key].shape, people)]));
  }
}

/** Every cell of a place holds the place's people. */
function filled(shape: number[], people: (year: number, place: number) => number): Float64Array {
  const size = shape.reduce((product, length) => product * length, 1);
  return Float64Array.from({ length: YEARS.length * size }, (_, at) =>
    people(Math.floor(at / size), at % PLACES.length),
  );
}

export const PEOPLE = indicator({ key: "people", sum: ["total_population"] });

export function fakeMeta(): Meta {
  return {
    format: 1,
    model: "hash",
    start: 2024,
    until: 2028,
    step: 1 / STEPS_A_YEAR,
    baseYear: 2022,
    target: 10,
    dims: DIMS,
    places: PLACES,
    indicators: [PEOPLE],
    observed: { people: { years: [2022], values: [[1000, 1000, 1000]] } },
  } as unknown as Meta;
}

/** Bytes of a payload, deflated. */
export function packed(header: Record<string, unknown>, arrays: Record<string, number[]>): ArrayBuffer {
  const entries: Record<string, unknown> = {};
  const parts: Buffer[] = [];
  let at = 0;
  for (const [name, values] of Object.entries(arrays)) {
    entries[name] = { at, shape: [values.length], dtype: "f8" };
    parts.push(Buffer.from(Float64Array.from(values).buffer));
    at += values.length * 8;
  }
  const text = Buffer.from(JSON.stringify({ ...header, arrays: entries }));
  const head = Buffer.alloc(Math.ceil((4 + text.length) / 8) * 8);
  head.writeUInt32LE(text.length);
  text.copy(head, 4);
  return new Uint8Array(deflateRawSync(Buffer.concat([head, ...parts]))).buffer;
}

/** No uncertainty but one number's: `rate`, between 0 and 1. */
export function fakeChance(members: number): { chance: unknown; arrays: Record<string, number[]> } {
  const years = { first: 2025, last: 2028, numberedFrom: 2011, lanes: 4, places: [] };
  const kinds = { commonPersistence: [0], common: [0], localPersistence: [0] };
  const chance = {
    format: 1,
    seed: 1,
    members,
    horizon: 2025,
    variables: ["rate"],
    complements: {},
    projects: { projects: [], has: [[], [], [], []], sharedLuck: 0.3, smallestScale: [], stop: [], places: [] },
    noise: {
      ...years,
      ...kinds,
      levers: ["noise"],
      levelsAt: 2 ** 40,
      commonKnown: [false],
      commonRoot: [[1]],
      localRoot: [[1]],
    },
    walks: {
      ...years,
      ...kinds,
      jobLever: "jobs",
      priceLever: "prices",
      at: 2 ** 41,
      behind: 1,
      lags: [[1]],
      ofPlaces: [],
      jobs: 0,
      prices: 0,
      industries: [],
    },
  };
  const grid = 2 ** 31;
  const points = Array.from({ length: members }, (_, member) => [
    0,
    Math.round(((member + 0.5) / members) * 2 * grid - grid),
  ]).flat();
  const one = { low: [0], high: [1], sigma: [1], variable: [0], place: [0], scales: [0], fitted: [-1] };
  const none = { local: [], yearly: [], level: [], "walks local": [] };
  const arrays = Object.fromEntries(
    Object.entries({ ...one, ...none, points }).map(([name, values]) => [`chance ${name}`, values as number[]]),
  );
  return { chance, arrays };
}

export interface Bench {
  engine: FakeEngine;
  service: Service;
  answers: Answer[];
  /** Does one piece of what waits; false when nothing does. */
  turn(): boolean;
  /** Does everything that waits. */
  rest(): void;
}

/** An opened service whose pieces of work are done one by one. */
export async function opened(members = 16, source?: Partial<ModelSource>): Promise<Bench> {
  const engine = new FakeEngine();
  const answers: Answer[] = [];
  const waiting: (() => void)[] = [];
  const service = new Service({
    model: { hash: "hash", open: (_: Record<string, Packed>) => engine, ...source },
    post: (answer) => answers.push(answer),
    later: (what) => waiting.push(what),
    now: () => 0,
  });
  const { chance, arrays } = fakeChance(members);
  service.hear({ kind: "open", payload: packed({ meta: fakeMeta(), chance }, arrays) });
  while (answers.length === 0) await new Promise((resolve) => setTimeout(resolve, 1));
  await new Promise((resolve) => setTimeout(resolve, 1));
  const turn = (): boolean => {
    const next = waiting.shift();
    next?.();
    return next !== undefined;
  };
  return {
    engine,
    service,
    answers,
    turn,
    rest: () => {
      while (turn());
    },
  };
}

export function lever(name: string, number: number, more: Partial<Change> = {}): Change {
  return { kind: "lever", name, way: "value", number, ...more };
}
