/** Reads the data that travel with the page: deflated bytes, a header of plain data, arrays of numbers. */

/** Bytes; far above any page's data, far below what a browser cannot hold. */
const LARGEST = 96 * 2 ** 20;
const LENGTH_BYTES = 4;
const ALIGNMENT = 8;

const SIZES = { f8: 8, f4: 4, i4: 4, i2: 2, u1: 1 } as const;
type Kind = keyof typeof SIZES;

interface Entry {
  at: number;
  shape: number[];
  dtype: Kind;
  /** Byte k of all numbers lies together, since that packs smaller. */
  shuffled?: boolean;
}

/** An array of the payload, whatever its numbers were stored as. */
export interface Packed {
  values: Float64Array;
  shape: number[];
}

export interface Payload {
  header: Record<string, unknown>;
  arrays: Record<string, Packed>;
}

/** What is wrong with the data; its text is for the page's message on what failed. */
export class PayloadError extends Error {
  override name = "PayloadError";
}

/** Inflate and read a payload. Throws PayloadError. */
export async function readPayload(bytes: ArrayBuffer, largest = LARGEST): Promise<Payload> {
  return unpack(await inflate(bytes, largest));
}

/** The bytes before they were deflated. Throws PayloadError when they are damaged or more than `largest`. */
export async function inflate(bytes: ArrayBuffer, largest = LARGEST): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let size = 0;
  const reader = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw")).getReader();
  for (;;) {
    const { done, value } = await reader.read().catch(() => {
      throw new PayloadError("the data are damaged: they cannot be inflated");
    });
    if (done) break;
    size += value.length;
    if (size > largest) {
      await reader.cancel().catch(() => undefined);
      throw new PayloadError(`the data are larger than ${largest} bytes`);
    }
    parts.push(value);
  }
  return joined(parts, size);
}

function joined(parts: readonly Uint8Array[], size: number): Uint8Array {
  const whole = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** Read inflated bytes. Throws PayloadError. */
export function unpack(bytes: Uint8Array): Payload {
  if (bytes.length < LENGTH_BYTES) throw new PayloadError("the data are damaged: they are cut off");
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
  const begin = Math.ceil((LENGTH_BYTES + length) / ALIGNMENT) * ALIGNMENT;
  if (begin > bytes.length) throw new PayloadError("the data are damaged: the header is cut off");
  const header = headerOf(bytes.subarray(LENGTH_BYTES, LENGTH_BYTES + length));
  const arrays: Record<string, Packed> = {};
  for (const [name, entry] of Object.entries(header.arrays as Record<string, Entry>)) {
    arrays[name] = { values: numbersOf(name, entry, bytes, begin), shape: entry.shape };
  }
  return { header, arrays };
}

function headerOf(bytes: Uint8Array): Record<string, unknown> {
  let header: unknown;
  try {
    header = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    throw new PayloadError("the data are damaged: the header cannot be read");
  }
  if (isRecord(header) && isRecord(header.arrays)) return header;
  throw new PayloadError("the data are damaged: the header lists no arrays");
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function numbersOf(name: string, entry: Entry, bytes: Uint8Array, begin: number): Float64Array {
  const size = Object.hasOwn(SIZES, entry.dtype) ? SIZES[entry.dtype] : undefined;
  const fits =
    Array.isArray(entry.shape) && [entry.at, ...entry.shape].every((part) => Number.isInteger(part) && part >= 0);
  if (size === undefined || !fits) throw new PayloadError(`the data are damaged: '${name}' is not described`);
  const count = entry.shape.reduce((product, length) => product * length, 1);
  const at = begin + entry.at;
  if (at + count * size > bytes.length) throw new PayloadError(`the data are damaged: '${name}' is cut off`);
  const own = new Uint8Array(bytes.subarray(at, at + count * size)); // in its own buffer the numbers are aligned
  return viewed(entry.dtype, entry.shuffled === true ? unshuffled(own, size) : own);
}

/** Puts the bytes of each number together again. */
function unshuffled(bytes: Uint8Array, size: number): Uint8Array {
  const count = bytes.length / size;
  const found = new Uint8Array(bytes.length);
  for (let byte = 0; byte < size; byte++) {
    for (let number = 0; number < count; number++) found[number * size + byte] = bytes[byte * count + number];
  }
  return found;
}

/** Numbers stored with the lowest byte first, as all machines that run browsers have them. */
function viewed(kind: Kind, bytes: Uint8Array): Float64Array {
  const { buffer } = bytes;
  if (kind === "f8") return new Float64Array(buffer);
  if (kind === "f4") return Float64Array.from(new Float32Array(buffer));
  if (kind === "i4") return Float64Array.from(new Int32Array(buffer));
  return Float64Array.from(kind === "i2" ? new Int16Array(buffer) : bytes);
}
