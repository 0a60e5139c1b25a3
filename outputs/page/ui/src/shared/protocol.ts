/** What the parts of the page say to each other: the data that travel with it, changes, runs, and their results. */

export type Language = "sv" | "en";
export type Texts = Record<Language, string>;

/** A municipality, in the order of every array over municipalities. */
export interface Place {
  code: string;
  name: string;
  county: string;
  countyName: string;
  faRegion: string;
}

/** Which municipalities are looked at: "region", "county:24", "fa:Luleå" or "place:2584". */
export type Area = string;

export type LeverGroup = "homes" | "moving" | "work" | "power" | "economy" | "services" | "births" | "projects";

/** An input that can be set: a lever (in place and time) or an assumption (one number for the whole run). */
export interface Lever {
  name: string;
  kind: "lever" | "assumption";
  group: LeverGroup;
  label: Texts;
  /** What it is and does, in plain words. */
  meaning: Texts;
  source: Texts;
  /** As written in the model: "dmnl", "year", "kSEK/person". */
  unit: string;
  /** How the unit is read: "gånger dagens", "år". */
  unitLabel: Texts;
  /** 100 where a share is shown in per cent. */
  shown: number;
  dims: string[];
  range: [number, number];
  step: number;
  today: number;
  quality: string;
}

export type Fate = "delay" | "scale" | "stop" | "closure";

/** A project of the register. Times are calendar years with decimals; 9999 is never. */
export interface Project {
  name: string;
  label: Texts;
  company: string;
  places: string[];
  jobs: number;
  builders: number;
  start: number;
  buildingTime: number;
  status: string;
  source: string;
  knownStop: number;
  knownClosure: number;
  ranges: Record<Fate, [number, number]>;
}

/** One change of one input, as a table of a scenario file has it. */
export interface Change {
  kind: "lever" | "assumption" | "project";
  /** Of the lever or assumption; "project delay" and so on for a project's fate, with `project` and `fate`. */
  name: string;
  way: "value" | "add" | "multiply";
  number: number;
  /** Municipality codes by dimension ("municipality", "workplace"), labels of others; a dimension left out is whole. */
  cells?: Record<string, string[]>;
  project?: string;
  fate?: Fate;
  from?: number;
  until?: number;
  ramp?: number;
  /** The source that stands in the file it came from, if any. */
  source?: Texts;
  /** Leave to leave the input's own range, with the reason; the two go together. */
  range?: [number, number];
  because?: Texts;
  /** The number is a judgement; anything between these two would do as well. */
  judged?: [number, number];
}

/** A scenario that comes with the page. */
export interface Scenario {
  name: string;
  title: Texts;
  description: Texts;
  changes: Change[];
}

/** A quantity that is shown: a sum over an area, or a quotient of two sums, times `factor`. */
export interface Indicator {
  key: string;
  label: Texts;
  meaning: Texts;
  unit: Texts;
  /** Variables of the model (keys; "key*number" for a multiple) that are added up; those in `minus` are taken away. */
  sum: string[];
  minus?: string[];
  /** Variables of the model that the sum is divided by. */
  per?: string[];
  /** Weighted by this variable instead of summed: a mean. */
  weight?: string;
  factor: number;
  decimals: number;
  /** Levels of 31 December or sums over the year. */
  flow: boolean;
}

export interface Observed {
  years: number[];
  /** [year][municipality]; null where nothing was observed. */
  values: (number | null)[][];
}

export interface Meta {
  format: number;
  /** Version of Norrsim, and the hash of the model's equations. */
  version: string;
  model: string;
  fit: string;
  /** Day on which the page was written. */
  written: string;
  /** Name and title of the scenario on which changes are laid (`sim.py page SCENARIO`). */
  base: { name: string; title: Texts; description: Texts; changes: Change[] };
  /** The scenario that the page was asked to open with, laid on the base; null for the base alone. */
  opens: Scenario | null;
  start: number;
  until: number;
  step: number;
  baseYear: number;
  target: number;
  targetYears: number[];
  /** Names of the dimensions' elements: municipality, age, sex, industry, project, county, workplace. */
  dims: Record<string, string[]>;
  places: Place[];
  /** SVG path of each municipality in `viewBox`, in the order of places, with a point for a label. */
  map: { viewBox: string; paths: string[]; points: [number, number][]; source: string };
  levers: Lever[];
  projects: Project[];
  scenarios: Scenario[];
  indicators: Indicator[];
  /** Observed history under the keys of indicators. */
  observed: Record<string, Observed>;
  meantFor: Record<Language, string[]>;
  notMeantFor: Record<Language, string[]>;
  vintages: { what: Texts; years: string; source: string }[];
  /** Error of past forecasts: horizon in years, mean absolute percentage error by method. */
  track: { horizon: number; norrsim: number; noChange: number; exponential: number; covered: number }[];
  /** Sentences on what is known of the model's skill, from the scoreboard. */
  trackText: Texts;
  story: StoryStep[];
}

/** A step of the guided story: text, and what the page sets to show it. */
export interface StoryStep {
  title: Texts;
  text: Texts;
  changes: Change[];
  area: Area;
  /** Key of the chart or indicator that the step speaks of. */
  look: string;
}

/** What a run gives. `values[key]`: [year, municipality] of a model variable, years start…until. */
export interface RunResult {
  years: number[];
  values: Record<string, Float64Array>;
  /** Population [year, sex, age group of five years (0–4 … 95–99, 100+), municipality]. */
  ages: Float64Array;
}

export interface ChangeProblem {
  /** Number of the change among those sent; -1: none of them. */
  change: number;
  kind: "unknown" | "range" | "places" | "clash" | "never" | "number" | "model";
  values: Record<string, string | number>;
}

export interface Quantiles {
  /** [year] by probability 0.1, 0.25, 0.5, 0.75, 0.9 of new residents' basis: population of the area. */
  years: number[];
  q: Float64Array[];
  members: number;
  of: number;
  /** Share of members that reach the target, [year]; for the whole region alone. */
  reached?: Float64Array;
}

export interface Share {
  change: number;
  /** The change's part of the difference (Shapley value), in the unit asked for. */
  share: number;
  /** Standard error where orders of the changes were sampled; 0 when exact. */
  error?: number;
}

export type Ask =
  | { kind: "open"; payload: ArrayBuffer }
  | { kind: "run"; id: number; slot: "scenario" | "compare" | "base"; changes: Change[] }
  | { kind: "band"; id: number; changes: Change[]; area: Area; baseYear: number; target: number; members: number }
  | { kind: "why"; id: number; changes: Change[]; indicator: string; year: number; area: Area }
  | { kind: "stop" };

export type Answer =
  | { kind: "opened"; meta: Meta; base: RunResult; baseBand: Quantiles | null; milliseconds: number }
  | { kind: "ran"; id: number; slot: "scenario" | "compare" | "base"; result: RunResult; milliseconds: number }
  | { kind: "refused"; id: number; problems: ChangeProblem[] }
  | { kind: "band"; id: number; quantiles: Quantiles; done: boolean }
  | { kind: "why"; id: number; shares: Share[]; total: number; runs: number; of: number; exact: boolean; done: boolean }
  | { kind: "failed"; id: number; message: string };
