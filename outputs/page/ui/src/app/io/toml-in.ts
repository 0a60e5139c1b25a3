/** A scenario file read as `sim.py check` reads it: the same keys, the same refusals, every mistake told with its place. */

import { parse, TomlError } from "smol-toml";
import type { Change, Meta } from "../../shared/protocol.ts";
import type { Doc, State } from "../state/types.ts";
import { isRaw, textsOf, type Fault, type Raw } from "./check.ts";
import {
  FILE_BYTES,
  FIRST_YEAR,
  LARGEST_TARGET,
  LAST_START,
  LAST_YEAR,
  MOST_CHANGES,
  NAME_LETTERS,
  TEXT_LETTERS,
  plainText,
} from "./limits.ts";
import { readAssumption, readLever, readProject, type Reader } from "./toml-parts.ts";

const HEADER = ["title", "author", "date", "source", "baseline", "description"];
const LISTS = ["levers", "projects", "assumptions"] as const;
const TOP = [...HEADER, "settings", "choices", ...LISTS];
const SETTINGS = ["start", "until", "base_year", "target", "target_years", "overrides"];
/** The name of the baseline of a scenario that builds on none. */
const NO_BASELINE = "none";
const BYTES_PER_KB = 1000;

export interface FileRead {
  doc: Doc;
  loaded: NonNullable<State["loaded"]>;
  notes: Fault[];
}

/** The scenario, or everything that is wrong with the file. */
export function readToml(text: string, meta: Meta, language: "sv" | "en"): FileRead | Fault[] {
  const size = new TextEncoder().encode(text).length;
  if (size > FILE_BYTES) return [tooLarge(size)];
  const raw = parsed(text);
  if ("key" in raw && "values" in raw) return [raw as unknown as Fault];
  const read = readRaw(raw as Raw, meta, language);
  if (!Array.isArray(read) && isOtherModel(text, meta)) read.notes.push({ key: "note file model", values: {} });
  return read;
}

/** Files made by the page say in a comment which model they were made with. */
function isOtherModel(text: string, meta: Meta): boolean {
  const made = /^# Norrsim [^\n]{0,200}, model ([0-9a-zA-Z:._-]{1,100}),/m.exec(text);
  return made !== null && made[1] !== meta.model;
}

export function tooLarge(bytes: number): Fault {
  const kilobytes = (size: number): number => Math.ceil(size / BYTES_PER_KB);
  return { key: "error file size", values: { size: kilobytes(bytes), most: kilobytes(FILE_BYTES) } };
}

function parsed(text: string): Raw | Fault {
  try {
    return { ...parse(text.replace(/^\ufeff/, "")) };
  } catch (error) {
    return { key: "error toml", values: { line: error instanceof TomlError ? error.line : 1 } };
  }
}

function readRaw(raw: Raw, meta: Meta, language: "sv" | "en"): FileRead | Fault[] {
  if ("choices" in raw) return [{ key: "toml choices", values: {} }];
  const faults: Fault[] = unknownKeys(raw, TOP);
  const loaded = readHeader(raw, language, faults);
  checkBaseline(raw.baseline, meta, faults);
  const notes: Fault[] = [];
  const settings = readSettings(raw.settings ?? {}, meta, faults, notes);
  const changes = readLists(raw, meta, faults);
  if (faults.length) return faults;
  return { doc: { changes, ...settings }, loaded, notes };
}

function readHeader(raw: Raw, language: "sv" | "en", faults: Fault[]): FileRead["loaded"] {
  const both = (key: string, letters: number, once: boolean): string => {
    const given = raw[key];
    const read = typeof given === "string" && !once ? null : textsOf(given);
    const extra = isRaw(given) ? unknownKeys(given, ["sv", "en"], key) : [];
    if (given === undefined) faults.push({ key: "toml missing", values: { key } });
    else if (!read) faults.push({ key: "toml text", values: { key } });
    faults.push(...extra);
    return plainText(read?.[language].trim() ?? "", letters);
  };
  const header = {
    title: both("title", NAME_LETTERS, false),
    source: both("source", TEXT_LETTERS, true),
    description: both("description", TEXT_LETTERS, false),
  };
  for (const key of ["author", "baseline"]) checkString(raw[key], key, faults);
  if (!(raw.date instanceof Date)) checkString(raw.date, "date", faults);
  return { ...header, author: typeof raw.author === "string" ? plainText(raw.author, NAME_LETTERS) : "" };
}

function checkString(given: unknown, key: string, faults: Fault[]): void {
  if (given === undefined) faults.push({ key: "toml missing", values: { key } });
  else if (typeof given !== "string") faults.push({ key: "toml string", values: { key } });
}

/** Changes mean what they mean on top of one baseline: another one is refused. */
function checkBaseline(given: unknown, meta: Meta, faults: Fault[]): void {
  if (typeof given !== "string") return;
  const plain = given.trim() === "" ? NO_BASELINE : given.trim();
  const same = plain === meta.base.name || (plain.toLowerCase() === NO_BASELINE && meta.base.name === NO_BASELINE);
  if (!same)
    faults.push({ key: "error baseline", values: { other: plainText(plain, NAME_LETTERS), own: meta.base.name } });
}

function readSettings(raw: unknown, meta: Meta, faults: Fault[], notes: Fault[]): Omit<Doc, "changes"> {
  const own = { baseYear: meta.baseYear, horizon: Math.max(...meta.targetYears), target: meta.target };
  if (!isRaw(raw)) {
    faults.push({ key: "toml table", values: { key: "settings" } });
    return own;
  }
  faults.push(...unknownKeys(raw, SETTINGS, "settings"));
  const whole = wholeReader(raw, faults);
  const start = whole("start", FIRST_YEAR, LAST_START) ?? meta.start;
  const until = whole("until", -Infinity, LAST_YEAR) ?? meta.until;
  const baseYear = whole("base_year", FIRST_YEAR, LAST_YEAR) ?? own.baseYear;
  const target = whole("target", 1, LARGEST_TARGET) ?? own.target;
  if (until <= start) faults.push({ key: "toml years run", values: { until, start }, where: "settings" });
  if (baseYear > Math.max(until, LAST_START))
    faults.push({ key: "toml base year", values: { year: baseYear, until }, where: "settings" });
  if (start !== meta.start) notes.push({ key: "note file start", values: { given: start, own: meta.start } });
  if (until !== meta.until) notes.push({ key: "note file until", values: { given: until, own: meta.until } });
  const horizon = Math.min(readTargetYears(raw.target_years, faults) ?? own.horizon, meta.until);
  return { baseYear: Math.min(baseYear, meta.until), target, horizon: Math.max(horizon, meta.start) };
}

function wholeReader(raw: Raw, faults: Fault[]): (key: string, low: number, high: number) => number | undefined {
  return (key, low, high) => {
    const value = raw[key];
    if (value === undefined) return undefined;
    if (typeof value !== "number" || !Number.isInteger(value)) {
      faults.push({ key: "toml whole", values: { key }, where: "settings" });
    } else if (value < low || value > high) {
      const least = Number.isFinite(low) ? low : FIRST_YEAR;
      faults.push({ key: "toml between", values: { key, value, low: least, high }, where: "settings" });
    } else return value;
    return undefined;
  };
}

/** The last of the years in which the target is asked for. */
function readTargetYears(given: unknown, faults: Fault[]): number | undefined {
  if (given === undefined) return undefined;
  const isYear = (year: unknown): year is number =>
    typeof year === "number" && Number.isInteger(year) && year >= FIRST_YEAR && year <= LAST_YEAR;
  if (Array.isArray(given) && given.length && given.every(isYear)) return Math.max(...given);
  faults.push({ key: "toml whole", values: { key: "target_years" }, where: "settings" });
  return undefined;
}

function readLists(raw: Raw, meta: Meta, faults: Fault[]): Change[] {
  const changes: Change[] = [];
  const readers: Record<(typeof LISTS)[number], (raw: Raw, reader: Reader) => Change[]> = {
    levers: readLever,
    projects: readProject,
    assumptions: readAssumption,
  };
  for (const list of LISTS) {
    const entries = raw[list] ?? [];
    if (!Array.isArray(entries)) faults.push({ key: "toml list", values: { key: list } });
    else
      entries.forEach((entry: unknown, at) =>
        changes.push(...readEntry(entry, readers[list], { meta, faults, where: `${list}.${at + 1}` })),
      );
  }
  if (changes.length > MOST_CHANGES)
    faults.push({ key: "toml too many", values: { count: changes.length, most: MOST_CHANGES } });
  return changes;
}

function readEntry(entry: unknown, read: (raw: Raw, reader: Reader) => Change[], reader: Reader): Change[] {
  if (isRaw(entry)) return read(entry, reader);
  reader.faults.push({ key: "toml table", values: { key: reader.where } });
  return [];
}

export function unknownKeys(raw: Raw, known: readonly string[], where?: string): Fault[] {
  return Object.keys(raw)
    .filter((key) => !known.includes(key))
    .map((key) => ({ key: "toml unknown key", values: { key: plainText(key, NAME_LETTERS) }, where }));
}
