/** One table of [[levers]], [[assumptions]] or [[projects]], with the rules of scenarios/schema.py. */

import type { Change, Fate, Lever, Meta } from "../../shared/protocol.ts";
import { fateChange } from "../state/changes.ts";
import type { Key } from "../texts/index.ts";
import { isPair, isWithin, outside, textsOf, type Fault, type Raw } from "./check.ts";
import { FIRST_YEAR, LAST_YEAR, LONGEST_RAMP, MOST_LABELS, NAME_LETTERS, plainText } from "./limits.ts";
import { PLACE_DIMS, labelsOf, slug } from "./places.ts";

/** What is at hand while a table is read: the model, the faults found so far, and the table's place in the file. */
export interface Reader {
  meta: Meta;
  faults: Fault[];
  where: string;
}

const WAYS = ["value", "add", "multiply"] as const;
const FATES: readonly Fate[] = ["delay", "scale", "stop", "closure"];
const CELL_KEYS = ["municipality", "workplace", "county", "industry", "sex", "age", "project"];
const CHANGE_KEYS = ["name", ...WAYS, ...CELL_KEYS, "range", "because", "source", "judged", "overrides"];
const LEVER_KEYS = [...CHANGE_KEYS, "from", "until", "ramp"];
const PROJECT_KEYS = ["name", ...FATES, "source", "judged", "overrides"];

export function readLever(raw: Raw, reader: Reader): Change[] {
  return readChange(raw, "lever", LEVER_KEYS, reader);
}

export function readAssumption(raw: Raw, reader: Reader): Change[] {
  return readChange(raw, "assumption", CHANGE_KEYS, reader);
}

export function readProject(raw: Raw, reader: Reader): Change[] {
  checkKeys(raw, PROJECT_KEYS, reader);
  const name = readName(raw, reader);
  const project = reader.meta.projects.find((each) => slug(each.name) === slug(name));
  if (name && !project) tell(reader, "toml unknown project", { name });
  const given = FATES.filter((fate) => raw[fate] !== undefined && isNumber(raw, fate, reader));
  if (!FATES.some((fate) => raw[fate] !== undefined)) tell(reader, "toml fates");
  if (raw.judged !== undefined && given.length > 1) tell(reader, "toml judged");
  if (!project) return [];
  return given.map((fate) => {
    const number = raw[fate] as number;
    const [low, high] = project.ranges[fate];
    if (number < low || number > high) tell(reader, "problem range", { name: project.name, number, low, high });
    return { ...fateChange(project.name, fate, number), ...reasons(raw, number, reader) };
  });
}

function readChange(raw: Raw, kind: "lever" | "assumption", keys: readonly string[], reader: Reader): Change[] {
  const before = reader.faults.length;
  checkKeys(raw, keys, reader);
  const name = readName(raw, reader);
  const lever = name ? findLever(name, kind, reader) : undefined;
  const ways = WAYS.filter((way) => raw[way] !== undefined);
  if (ways.length !== 1) tell(reader, "toml ways");
  const number = ways.length === 1 && isNumber(raw, ways[0], reader) ? (raw[ways[0]] as number) : NaN;
  const range = readRange(raw, reader);
  const rest = { ...reasons(raw, number, reader), ...range, ...(kind === "lever" ? readTiming(raw, reader) : {}) };
  const cells = lever ? readCells(raw, lever, reader) : {};
  if (!lever || reader.faults.length > before) return [];
  const change: Change = { kind, name: lever.name, way: ways[0], number, ...rest };
  if (Object.keys(cells).length) change.cells = cells;
  const beyond = outside(change, lever);
  if (beyond) reader.faults.push({ ...beyond, where: reader.where });
  return [change];
}

function findLever(name: string, kind: Lever["kind"], reader: Reader): Lever | undefined {
  const found = reader.meta.levers.find((lever) => lever.name === name);
  if (found?.kind === kind) return found;
  tell(reader, !found ? "toml unknown name" : found.kind === "lever" ? "toml kind lever" : "toml kind assumption", {
    name,
  });
  return undefined;
}

function readName(raw: Raw, reader: Reader): string {
  if (typeof raw.name === "string") return plainText(raw.name, NAME_LETTERS);
  tell(reader, raw.name === undefined ? "toml missing" : "toml string", { key: "name" });
  return "";
}

/** Cells by dimension; a dimension that is meant whole is left out. */
function readCells(raw: Raw, lever: Lever, reader: Reader): Record<string, string[]> {
  const cells: Record<string, string[]> = {};
  for (const key of CELL_KEYS.filter((each) => raw[each] !== undefined)) {
    if (!lever.dims.includes(key)) {
      tell(reader, "toml dimension", { name: lever.name, key });
      continue;
    }
    const chosen = chosenLabels(key, raw[key], reader);
    const all = PLACE_DIMS.includes(key)
      ? reader.meta.places.map((place) => place.code)
      : (reader.meta.dims[key] ?? []);
    if (chosen.length < all.length) cells[key] = all.filter((label) => chosen.includes(label));
  }
  return cells;
}

function chosenLabels(key: string, selector: unknown, reader: Reader): string[] {
  const words = Array.isArray(selector) ? selector : [selector];
  const fit = words.every((word) => typeof word === "string" || Number.isInteger(word));
  if (!fit || !words.length || words.length > MOST_LABELS) {
    tell(reader, PLACE_DIMS.includes(key) ? "toml place" : "toml label", {
      word: plainText(String(selector), NAME_LETTERS),
      key,
    });
    return [];
  }
  return words.flatMap((word) => {
    const labels = labelsOf(key, String(word), reader.meta);
    if (!labels.length)
      tell(reader, PLACE_DIMS.includes(key) ? "toml place" : "toml label", {
        word: plainText(String(word), NAME_LETTERS),
        key,
      });
    return labels;
  });
}

function readTiming(raw: Raw, reader: Reader): Pick<Change, "from" | "until" | "ramp"> {
  const timing: Pick<Change, "from" | "until" | "ramp"> = {};
  if (raw.from !== undefined && isBetween(raw, "from", FIRST_YEAR, LAST_YEAR, reader)) timing.from = raw.from as number;
  if (raw.ramp !== undefined && isBetween(raw, "ramp", 0, LONGEST_RAMP, reader)) timing.ramp = raw.ramp as number;
  if (raw.until !== undefined && !Number.isInteger(raw.until)) tell(reader, "toml whole", { key: "until" });
  else if (raw.until !== undefined && isBetween(raw, "until", FIRST_YEAR, LAST_YEAR, reader))
    timing.until = raw.until as number;
  const { from, until } = timing;
  if (from !== undefined && until !== undefined && until < Math.trunc(from))
    tell(reader, "toml years", { until, from });
  return timing;
}

function readRange(raw: Raw, reader: Reader): Pick<Change, "range" | "because"> {
  if (raw.range === undefined && raw.because === undefined) return {};
  const because = textsOf(raw.because);
  if (!isPair(raw.range) || !because?.en.trim() || raw.range[0] > raw.range[1]) {
    tell(reader, "toml range reason");
    return {};
  }
  return { range: raw.range, because };
}

function reasons(raw: Raw, number: number, reader: Reader): Pick<Change, "source" | "judged"> {
  const found: Pick<Change, "source" | "judged"> = {};
  const source = textsOf(raw.source);
  if (raw.source !== undefined && !source) tell(reader, "toml text", { key: "source" });
  if (source) found.source = source;
  const { judged } = raw;
  if (judged !== undefined && (!isPair(judged) || number < judged[0] || number > judged[1]))
    tell(reader, "toml judged");
  else if (isPair(judged)) found.judged = judged;
  if (raw.overrides !== undefined && typeof raw.overrides !== "boolean") tell(reader, "toml overrides");
  return found;
}

function isNumber(raw: Raw, key: string, reader: Reader): boolean {
  const fits = typeof raw[key] === "number" && Number.isFinite(raw[key]);
  if (!fits) tell(reader, "toml number", { key });
  return fits;
}

function isBetween(raw: Raw, key: string, low: number, high: number, reader: Reader): boolean {
  if (!isNumber(raw, key, reader)) return false;
  const fits = isWithin(raw[key], low, high);
  if (!fits) tell(reader, "toml between", { key, value: raw[key] as number, low, high });
  return fits;
}

function checkKeys(raw: Raw, known: readonly string[], reader: Reader): void {
  for (const key of Object.keys(raw))
    if (!known.includes(key)) tell(reader, "toml unknown key", { key: plainText(key, NAME_LETTERS) });
}

function tell(reader: Reader, key: Key, values: Fault["values"] = {}): void {
  reader.faults.push({ key, values, where: reader.where });
}
