/** Finds what a change means in the model: the input, its cells and when, as scenarios/placing.py has it. */
import type { Change, ChangeProblem, Fate } from "../../shared/protocol.ts";
import { numberProblem } from "./numbers.ts";
import { ALWAYS, rampOf, type Ramp } from "./ramps.ts";
import type { World } from "./world.ts";

/** The model's input of a project's fate. */
const PROJECT_INPUTS: Record<Fate, string> = {
  delay: "project delay",
  scale: "project scale",
  stop: "project stop time",
  closure: "project closure time",
};
const LEVER_KINDS = ["lever"];
const CONSTANT_KINDS = ["parameter", "given"];

/** A change with its input, the labels chosen by dimension (one left out is whole), and when it is in force. */
export interface Placed {
  /** Number of the change among those sent. */
  number: number;
  change: Change;
  input: string;
  cells: Map<string, string[]>;
  ramp: Ramp;
}

/** Every change that can be made; why the others cannot is added to the problems. */
export function placeAll(changes: readonly Change[], world: World, problems: ChangeProblem[]): Placed[] {
  const placed: Placed[] = [];
  changes.forEach((change, number) => {
    const problem = numberProblem(change, number);
    const found =
      problem ?? (change.kind === "project" ? project(change, number, world) : input(change, number, world));
    if ("kind" in found) problems.push(found);
    else placed.push(found);
  });
  return placed;
}

function input(change: Change, number: number, world: World): Placed | ChangeProblem {
  const known = own(world.engine.inputs, change.name);
  const kinds = change.kind === "lever" ? LEVER_KINDS : CONSTANT_KINDS;
  if (known === undefined || !kinds.includes(known.kind)) {
    return { change: number, kind: "unknown", values: { name: change.name, wanted: change.kind } };
  }
  const cells = new Map<string, string[]>();
  for (const [dimension, words] of Object.entries(change.cells ?? {})) {
    const problem = cellsProblem(change, number, dimension, known.dims, world);
    if (problem !== null) return problem;
    const chosen = new Set(words);
    cells.set(
      dimension,
      world.dims[dimension].filter((label) => chosen.has(label)),
    );
  }
  return { number, change, input: change.name, cells, ramp: change.kind === "lever" ? rampOf(change) : ALWAYS };
}

function cellsProblem(
  change: Change,
  number: number,
  dimension: string,
  own: readonly string[],
  world: World,
): ChangeProblem | null {
  const values = { name: change.name, dimension };
  const words = change.cells?.[dimension];
  if (!own.includes(dimension) || !Array.isArray(words) || words.length === 0) {
    return { change: number, kind: "places", values };
  }
  const strange = words.find((word) => !(world.dims[dimension] ?? []).includes(word));
  return strange === undefined
    ? null
    : { change: number, kind: "places", values: { ...values, label: String(strange) } };
}

function project(change: Change, number: number, world: World): Placed | ChangeProblem {
  const name = change.fate === undefined ? undefined : own(PROJECT_INPUTS, change.fate);
  const given = slug(String(change.project ?? ""));
  const found = (world.dims["project"] ?? []).find((label) => slug(label) === given);
  if (found === undefined || name === undefined || own(world.engine.inputs, name) === undefined) {
    const values = { project: String(change.project ?? ""), fate: String(change.fate ?? "") };
    return { change: number, kind: "unknown", values };
  }
  return { number, change, input: name, cells: new Map([["project", [found]]]), ramp: ALWAYS };
}

/** A label without regard to case, spaces, hyphens and underscores. */
function slug(word: string): string {
  return word
    .trim()
    .toLowerCase()
    .replace(/[\s_-]+/g, "_");
}

/** The record's own value under a key that may be anything, "constructor" too. */
function own<Value>(record: Record<string, Value>, key: string): Value | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}
