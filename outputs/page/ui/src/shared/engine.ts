/** What the emitted model and its runtime offer to the worker. */

export interface Dimensions {
  dims: string[];
  shape: number[];
}

/** A changed input: `timed` has a leading axis of steps. */
export interface Given {
  values: Float64Array;
  timed: boolean;
}

/** Runs the model; one room of memory, used again at each run. */
export interface Engine {
  /** Hash of the equations. */
  readonly hash: string;
  /** Length of a step in years, and model time of each step (the last is 31 December of the last year). */
  readonly step: number;
  readonly times: Float64Array;
  readonly years: number[];
  /** Inputs by name as written in the model ("plan to building start"). */
  readonly inputs: Record<string, Dimensions & { kind: "parameter" | "given" | "lever" | "series"; range?: [number, number] }>;
  /** Variables kept by key ("total_population"), with the kind of their yearly values. */
  readonly kept: Record<string, Dimensions & { flow: boolean; name: string }>;
  /** The input as it stands without changes (not to be written to). */
  base(name: string): Given;
  /** Run with some inputs changed; `wanted` keys, or all that are kept. Yearly values [year, …dims]. The arrays are the caller's. */
  run(changed: Record<string, Given>, wanted?: string[]): Record<string, Float64Array>;
}
