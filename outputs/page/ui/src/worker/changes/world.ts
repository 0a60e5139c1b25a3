/** What changes are laid on: the model's inputs, the names of their cells, and the years of the run. */
import type { Engine } from "../../shared/engine.ts";

export interface World {
  engine: Engine;
  /** Labels of each dimension's elements. */
  dims: Record<string, string[]>;
  /** The run begins on 31 December of `start` and ends on that of `until`. */
  start: number;
  until: number;
}
