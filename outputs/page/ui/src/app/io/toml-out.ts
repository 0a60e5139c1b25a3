/** The scenario as a file that `sim.py run` reads: the same names, the same numbers. */

import type { Change, Meta, Texts } from "../../shared/protocol.ts";
import type { Doc } from "../state/types.ts";
import { NAME_LETTERS, TEXT_LETTERS, plainText } from "./limits.ts";
import { PLACE_DIMS } from "./places.ts";

export interface Header {
  title: Texts;
  author: string;
  /** "2025-01-31" */
  date: string;
  source: Texts;
  description: Texts;
}

const TABLES: Record<Change["kind"], string> = { lever: "levers", assumption: "assumptions", project: "projects" };

/** The whole file. Levers, projects and assumptions stand in the order in which they were made. */
export function tomlOf(doc: Doc, header: Header, meta: Meta): string {
  const head = [
    `# ${oneLine(header.title.sv)}`,
    ...texts("title", header.title, NAME_LETTERS),
    `author = ${quoted(header.author, NAME_LETTERS)}`,
    `date = ${header.date}`,
    ...texts("source", header.source, TEXT_LETTERS),
    `baseline = ${quoted(meta.base.name, NAME_LETTERS)}`,
    ...texts("description", header.description, TEXT_LETTERS),
    `# Norrsim ${oneLine(meta.version)}, model ${oneLine(meta.model)}, fit ${oneLine(meta.fit)}`,
  ];
  return [head, settings(doc, meta), ...doc.changes.map((change) => table(change, meta))]
    .map((lines) => lines.join("\n"))
    .join("\n\n")
    .concat("\n");
}

function settings(doc: Doc, meta: Meta): string[] {
  const years = [...meta.targetYears.filter((year) => year < doc.horizon), doc.horizon];
  return [
    "[settings]",
    `start = ${meta.start}`,
    `until = ${meta.until}`,
    `base_year = ${doc.baseYear}`,
    `target = ${doc.target}`,
    `target_years = [${years.join(", ")}]`,
  ];
}

function table(change: Change, meta: Meta): string[] {
  const own = change.kind === "project" ? fate(change) : lever(change, meta);
  const lines = [`[[${TABLES[change.kind]}]]`, ...own];
  if (change.source) lines.push(...texts("source", change.source, TEXT_LETTERS));
  if (change.judged) lines.push(`judged = ${pair(change.judged)}`);
  return lines;
}

function fate(change: Change): string[] {
  return [`name = ${quoted(change.project ?? "", NAME_LETTERS)}`, `${change.fate} = ${number(change.number)}`];
}

function lever(change: Change, meta: Meta): string[] {
  const lines = [`name = ${quoted(change.name, NAME_LETTERS)}`, `${change.way} = ${number(change.number)}`];
  for (const [dim, labels] of Object.entries(change.cells ?? {}))
    lines.push(`${dim} = [${labels.map((label) => named(dim, label, meta)).join(", ")}]`);
  if (change.kind === "lever") lines.push(...timing(change));
  if (change.range && change.because)
    lines.push(`range = ${pair(change.range)}`, ...texts("because", change.because, TEXT_LETTERS));
  return lines;
}

function timing(change: Change): string[] {
  const lines: string[] = [];
  if (change.from !== undefined) lines.push(`from = ${number(change.from)}`);
  if (change.ramp !== undefined) lines.push(`ramp = ${number(change.ramp)}`);
  if (change.until !== undefined) lines.push(`until = ${number(change.until)}`);
  return lines;
}

/** Municipalities by name, as people write them. */
function named(dim: string, label: string, meta: Meta): string {
  const place = PLACE_DIMS.includes(dim) ? meta.places.find((each) => each.code === label) : undefined;
  return quoted(place?.name ?? label, NAME_LETTERS);
}

function pair([low, high]: [number, number]): string {
  return `[${number(low)}, ${number(high)}]`;
}

/** As short as it can be while meaning the same double; JavaScript's own notation is TOML's. */
function number(value: number): string {
  return String(value);
}

function texts(key: string, { sv, en }: Texts, letters: number): string[] {
  if (sv === en)
    return key === "title" || key === "description" ? both(key, sv, en, letters) : [`${key} = ${quoted(sv, letters)}`];
  return both(key, sv, en, letters);
}

function both(key: string, sv: string, en: string, letters: number): string[] {
  return [`${key}.sv = ${quoted(sv, letters)}`, `${key}.en = ${quoted(en, letters)}`];
}

/** A TOML string: JSON's escapes are among TOML's; half letters, which no file can hold, become a mark. */
function quoted(text: string, letters: number): string {
  return JSON.stringify(whole(plainText(text, letters)));
}

function whole(text: string): string {
  return text.replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, "\ufffd");
}

function oneLine(text: string): string {
  return whole(plainText(text, NAME_LETTERS)).replace(/[\r\n\u2028\u2029\u0085]+/g, " ");
}

/** A file name made from a title: letters, figures and hyphens. */
export function fileName(title: string, ending: string): string {
  const plain = title
    .toLowerCase()
    .normalize("NFKD")
    .replace(/[\u0300-\u036f]/g, "")
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, FILE_NAME_LETTERS);
  return `${plain || "scenario"}.${ending}`;
}

const FILE_NAME_LETTERS = 60;
