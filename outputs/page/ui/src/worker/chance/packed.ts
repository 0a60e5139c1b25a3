/** Chance as outputs/page/chance.py packs it. */

/** An array of the payload: values, and its shape. */
export interface Numbers {
  values: Float64Array;
  shape: number[];
}

interface Years {
  first: number;
  last: number;
  /** The calendar year whose shocks stand first in a member's numbers. */
  numberedFrom: number;
  lanes: number;
}

/** Yearly shocks of births, deaths and moves; arrays [kind]. */
export interface NoiseSizes extends Years {
  levers: string[];
  levelsAt: number;
  /** Columns, among the municipalities that are drawn, of the model's. */
  places: number[];
  commonPersistence: number[];
  common: number[];
  commonKnown: boolean[];
  commonRoot: number[][];
  localPersistence: number[];
  localRoot: number[][];
}

/** Shocks of jobs and prices; arrays [kind]. */
export interface WalkSizes extends Years {
  jobLever: string;
  priceLever: string;
  at: number;
  behind: number;
  lags: number[][];
  /** Numbers of the kinds of which it is known how places differ, of all jobs, of prices, of each industry's jobs. */
  ofPlaces: number[];
  jobs: number;
  prices: number;
  industries: number[];
  places: number[];
  commonPersistence: number[];
  common: number[];
  localPersistence: number[];
}

/** Risks of the register's projects; arrays [project], `has` [kind, project]. */
export interface Risks {
  projects: string[];
  has: boolean[][];
  sharedLuck: number;
  yearlySlip: number;
  yearsCount: number;
  delaySpread: number;
  longestDelay: number;
  smallestScale: number[];
  largestScale: number;
  scaleSpread: number;
  stop: number[];
  stopYears: number;
  closure: number;
  closureYears: number;
  /** Kind and project of every dimension of points after the shared one. */
  places: [number, number][];
}

/** The header's part. */
export interface PackedChance {
  format: number;
  seed: number;
  members: number;
  horizon: number;
  /** The model's inputs that hold uncertain numbers; those that make up one with another. */
  variables: string[];
  complements: Record<string, string>;
  projects: Risks;
  noise: NoiseSizes;
  walks: WalkSizes;
}

export const FORMAT = 1;
export const PREFIX = "chance ";

/** The payload's array of this name. Throws when it is missing. */
export function arrayOf(arrays: Record<string, Numbers>, name: string): Float64Array {
  const found = arrays[PREFIX + name];
  if (found === undefined) throw new Error(`the data lack '${PREFIX + name}'`);
  return found.values;
}
