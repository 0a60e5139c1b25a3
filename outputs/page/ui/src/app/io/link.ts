/** A scenario and how it is looked at, packed into the part of an address after #, and unpacked from it. */

import type { Area, Change, Meta } from "../../shared/protocol.ts";
import { isArea } from "../../shared/areas.ts";
import type { Compare, Doc, View } from "../state/types.ts";
import { checkChanges, isRaw, isWithin, type Fault, type Raw } from "./check.ts";
import { FIRST_YEAR, LARGEST_TARGET, LAST_YEAR, LINK_BYTES, LINK_LETTERS, NAME_LETTERS } from "./limits.ts";

/** Opens every link: its kind and version. */
const MARK = "#s1=";
const ANY_MARK = /^#s\d+=/;
const VERSION = 1;
/** Letters of the model's hash that tell versions apart. */
const HASH_LETTERS = 12;

export type LinkProblem = "link" | "link size" | "link foreign" | "link base" | "compress";

export class LinkError extends Error {
  constructor(
    readonly problem: LinkProblem,
    readonly values: Record<string, string> = {},
  ) {
    super(problem);
  }
}

export interface Linked {
  doc: Doc;
  view: Pick<View, "area" | "year" | "indicator" | "compare">;
  faults: Fault[];
  otherModel: boolean;
}

/** Whether the part after # is meant to be a scenario at all; other marks (headings) are left alone. */
export function isLink(hash: string): boolean {
  return ANY_MARK.test(hash);
}

/** The part after #. Raises LinkError when it grows too long, or the browser cannot pack. */
export async function packLink(doc: Doc, view: View, meta: Meta): Promise<string> {
  const { area, year, indicator, compare } = view;
  const whole = {
    v: VERSION,
    b: meta.base.name,
    m: meta.model.slice(0, HASH_LETTERS),
    ...doc,
    area,
    year,
    indicator,
    compare,
  };
  const packed = toBase64(await deflate(new TextEncoder().encode(JSON.stringify(whole))));
  if (packed.length > LINK_LETTERS) throw new LinkError("link size");
  return MARK + packed;
}

/** What a link says, held against the model. Raises LinkError for one that cannot be used. */
export async function readLink(hash: string, meta: Meta): Promise<Linked> {
  if (!hash.startsWith(MARK)) throw new LinkError("link foreign");
  if (hash.length - MARK.length > LINK_LETTERS) throw new LinkError("link size");
  const raw = await unpacked(hash.slice(MARK.length));
  if (raw.v !== VERSION) throw new LinkError("link foreign");
  if (raw.b !== meta.base.name)
    throw new LinkError("link base", { other: String(raw.b).slice(0, NAME_LETTERS), own: meta.base.name });
  const { changes, faults } = checkChanges(raw.changes, meta);
  return {
    doc: docOf(raw, changes, meta),
    view: viewOf(raw, meta, faults),
    faults,
    otherModel: raw.m !== meta.model.slice(0, HASH_LETTERS),
  };
}

function docOf(raw: Raw, changes: Change[], meta: Meta): Doc {
  const year = (given: unknown, instead: number, low: number): number =>
    isWithin(given, low, meta.until) && Number.isInteger(given) ? given : instead;
  return {
    changes,
    baseYear: year(raw.baseYear, meta.baseYear, FIRST_YEAR),
    horizon: year(raw.horizon, meta.targetYears.at(-1) ?? meta.until, meta.start),
    target: isWithin(raw.target, 1, LARGEST_TARGET) ? Math.round(raw.target) : meta.target,
  };
}

function viewOf(raw: Raw, meta: Meta, faults: Fault[]): Linked["view"] {
  const area: Area = typeof raw.area === "string" && isArea(raw.area, meta.places) ? raw.area : "region";
  const indicator = meta.indicators.find((each) => each.key === raw.indicator)?.key ?? meta.indicators[0]?.key ?? "";
  const year =
    isWithin(raw.year, FIRST_YEAR, LAST_YEAR) && raw.year <= meta.until && Number.isInteger(raw.year)
      ? raw.year
      : meta.until;
  return { area, indicator, year, compare: compareOf(raw.compare, meta, faults) };
}

function compareOf(raw: unknown, meta: Meta, faults: Fault[]): Compare {
  if (!isRaw(raw)) return null;
  if (raw.kind === "library" && meta.scenarios.some((each) => each.name === raw.name))
    return { kind: "library", name: String(raw.name) };
  if (raw.kind !== "pinned") return null;
  const checked = checkChanges(raw.changes, meta);
  faults.push(...checked.faults);
  return { kind: "pinned", changes: checked.changes };
}

async function unpacked(text: string): Promise<Raw> {
  const bytes = await inflate(fromBase64(text));
  let raw: unknown;
  try {
    raw = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    throw new LinkError("link");
  }
  if (!isRaw(raw)) throw new LinkError("link");
  return raw;
}

async function deflate(bytes: Uint8Array): Promise<Uint8Array> {
  if (typeof CompressionStream === "undefined") throw new LinkError("compress");
  return through(bytes, new CompressionStream("deflate-raw"), Infinity);
}

async function inflate(bytes: Uint8Array): Promise<Uint8Array> {
  if (typeof DecompressionStream === "undefined") throw new LinkError("compress");
  try {
    return await through(bytes, new DecompressionStream("deflate-raw"), LINK_BYTES);
  } catch (error) {
    throw error instanceof LinkError ? error : new LinkError("link");
  }
}

interface Pipe {
  readable: ReadableStream<Uint8Array>;
  writable: WritableStream<BufferSource>;
}

/** Bytes sent through a stream; stops as soon as more than `most` come out, so that a small link cannot fill the memory. */
async function through(bytes: Uint8Array, pipe: Pipe, most: number): Promise<Uint8Array> {
  const writer = pipe.writable.getWriter();
  const written = writer.write(bytes as BufferSource).then(() => writer.close());
  written.catch(() => undefined);
  const reader = pipe.readable.getReader();
  const parts: Uint8Array[] = [];
  let length = 0;
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    length += part.value.length;
    if (length > most) {
      await reader.cancel();
      throw new LinkError("link size");
    }
    parts.push(part.value);
  }
  await written;
  return joined(parts, length);
}

function joined(parts: readonly Uint8Array[], length: number): Uint8Array {
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** The alphabet that addresses carry unchanged. */
function toBase64(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}

function fromBase64(text: string): Uint8Array {
  if (!/^[A-Za-z0-9_-]+$/.test(text)) throw new LinkError("link");
  try {
    return Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0));
  } catch {
    throw new LinkError("link");
  }
}
