/** Changes from a link or a file, held against the model: what cannot be used is told, the rest goes on. */

import type { Change, Fate, Lever, Meta } from "../../shared/protocol.ts";
import { FATE_INPUTS, fateChange } from "../state/changes.ts";
import type { Key } from "../texts/index.ts";
import {
  FIRST_YEAR,
  LAST_YEAR,
  LONGEST_RAMP,
  MOST_CHANGES,
  MOST_LABELS,
  NAME_LETTERS,
  TEXT_LETTERS,
  plainText,
} from "./limits.ts";

/** One thing that is wrong, to be told in the page's language. */
export interface Fault {
  key: Key;
  values: Record<string, string | number>;
  /** Where in a file: "levers.3". */
  where?: string;
}

export interface Checked {
  changes: Change[];
  faults: Fault[];
}

const WAYS = ["value", "add", "multiply"] as const;
const FATES: readonly string[] = Object.keys(FATE_INPUTS);

export type Raw = Record<string, unknown>;

export function isRaw(value: unknown): value is Raw {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The changes of a link, written by a page like this one. */
export function checkChanges(given: unknown, meta: Meta): Checked {
  if (!Array.isArray(given)) return { changes: [], faults: [{ key: "problem model", values: {} }] };
  const faults: Fault[] = [];
  if (given.length > MOST_CHANGES)
    faults.push({ key: "toml too many", values: { count: given.length, most: MOST_CHANGES } });
  const changes = given.slice(0, MOST_CHANGES).flatMap((raw) => {
    const found = isRaw(raw) ? checkOne(raw, meta) : { key: "problem model" as Key, values: {} };
    if (!isFault(found)) return [found];
    faults.push(found);
    return [];
  });
  return { changes, faults };
}

function isFault(found: Change | Fault): found is Fault {
  return "key" in found;
}

function checkOne(raw: Raw, meta: Meta): Change | Fault {
  const name = typeof raw.name === "string" ? plainText(raw.name, NAME_LETTERS) : "";
  const number = raw.number;
  if (typeof number !== "number" || !Number.isFinite(number))
    return fault("problem number", { name, number: String(number).slice(0, NAME_LETTERS) });
  if (raw.kind === "project") return checkFate(raw, number, meta);
  const lever = meta.levers.find((each) => each.name === name && each.kind === raw.kind);
  const way = WAYS.find((each) => each === raw.way);
  if (!lever || !way) return fault("problem unknown", { name });
  const cells = checkCells(raw.cells, lever, meta);
  if (isWrongCell(cells)) return fault("problem places", { name: lever.name, word: cells.wrong });
  const change: Change = { kind: lever.kind, name, way, number, ...timing(raw, lever), ...reasons(raw) };
  if (Object.keys(cells).length) change.cells = cells;
  return outside(change, lever) ?? change;
}

function checkFate(raw: Raw, number: number, meta: Meta): Change | Fault {
  const project = meta.projects.find((each) => each.name === raw.project);
  if (!project) return fault("toml unknown project", { name: String(raw.project).slice(0, NAME_LETTERS) });
  if (typeof raw.fate !== "string" || !FATES.includes(raw.fate))
    return fault("problem unknown", { name: String(raw.fate).slice(0, NAME_LETTERS) });
  const fate = raw.fate as Fate;
  const [low, high] = project.ranges[fate];
  if (number < low || number > high) return fault("problem range", { name: project.name, number, low, high });
  return { ...fateChange(project.name, fate, number), ...reasons(raw) };
}

/** A value beyond the lever's range; what is added or multiplied is judged by the worker, who knows what it is laid on. */
export function outside(change: Change, lever: Lever): Fault | null {
  const [low, high] = change.range ?? lever.range;
  if (change.way !== "value" || (change.number >= low && change.number <= high)) return null;
  return fault("problem range", { name: lever.name, number: change.number, low, high });
}

type Cells = Record<string, string[]>;

function isWrongCell(cells: Cells | { wrong: string }): cells is { wrong: string } {
  return typeof cells.wrong === "string";
}

function checkCells(given: unknown, lever: Lever, meta: Meta): Cells | { wrong: string } {
  if (given === undefined) return {};
  if (!isRaw(given)) return { wrong: String(given).slice(0, NAME_LETTERS) };
  const cells: Cells = {};
  for (const [dim, labels] of Object.entries(given)) {
    const known = meta.dims[dim] ?? [];
    if (!lever.dims.includes(dim) || !Array.isArray(labels) || !labels.length)
      return { wrong: dim.slice(0, NAME_LETTERS) };
    const wrong = labels.slice(0, MOST_LABELS).find((label) => typeof label !== "string" || !known.includes(label));
    if (wrong !== undefined) return { wrong: String(wrong).slice(0, NAME_LETTERS) };
    cells[dim] = known.filter((label) => labels.includes(label));
  }
  return cells;
}

function timing(raw: Raw, lever: Lever): Pick<Change, "from" | "until" | "ramp"> {
  if (lever.kind !== "lever") return {};
  const found: Pick<Change, "from" | "until" | "ramp"> = {};
  if (isWithin(raw.from, FIRST_YEAR, LAST_YEAR)) found.from = raw.from;
  if (isWithin(raw.until, FIRST_YEAR, LAST_YEAR) && Number.isInteger(raw.until)) found.until = raw.until;
  if (isWithin(raw.ramp, 0, LONGEST_RAMP)) found.ramp = raw.ramp;
  return found;
}

/** Source and reason, which travel with a change. */
function reasons(raw: Raw): Pick<Change, "source" | "range" | "because" | "judged"> {
  const found: Pick<Change, "source" | "range" | "because" | "judged"> = {};
  const source = textsOf(raw.source);
  const because = textsOf(raw.because);
  if (source) found.source = source;
  if (isPair(raw.judged)) found.judged = raw.judged;
  if (isPair(raw.range) && because) Object.assign(found, { range: raw.range, because });
  return found;
}

/** A text given in both languages, or once for both. */
export function textsOf(given: unknown): { sv: string; en: string } | null {
  if (typeof given === "string") return { sv: plainText(given, TEXT_LETTERS), en: plainText(given, TEXT_LETTERS) };
  if (!isRaw(given) || typeof given.sv !== "string" || typeof given.en !== "string") return null;
  return { sv: plainText(given.sv, TEXT_LETTERS), en: plainText(given.en, TEXT_LETTERS) };
}

export function isPair(given: unknown): given is [number, number] {
  return (
    Array.isArray(given) &&
    given.length === 2 &&
    given.every((each) => typeof each === "number" && Number.isFinite(each))
  );
}

export function isWithin(given: unknown, low: number, high: number): given is number {
  return typeof given === "number" && given >= low && given <= high;
}

function fault(key: Key, values: Fault["values"]): Fault {
  return { key, values };
}
