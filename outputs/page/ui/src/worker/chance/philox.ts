/**
 * The counter-based generator Philox 4x64-10 as NumPy has it, in whole numbers of 32 bits.
 * Source: Salmon, Moraes, Dror & Shaw 2011, Parallel random numbers: as easy as 1, 2, 3.
 */

const ROUNDS = 10;
/** Numbers that one value of the counter gives. */
export const LANES = 4;
const WORD = 2 ** 32;
/** Doubles have 53 of the 64 bits: 32 of the high word, the upper 21 of the low one. */
const UNIT = 2 ** -53;
const LOW_BITS = 2 ** 21;
const UNUSED_BITS = 11;
/** Halves of words, whose products no word overflows. */
const HALF = 0xffff;
const HALF_BITS = 16;

/** Words of multipliers, and what is added to the key in every round. */
const FIRST_HIGH = 0xd2e7470e;
const FIRST_LOW = 0xe14c6c93;
const SECOND_HIGH = 0xca5a8263;
const SECOND_LOW = 0x95121157;
const WEYL_FIRST_HIGH = 0x9e3779b9;
const WEYL_FIRST_LOW = 0x7f4a7c15;
const WEYL_SECOND_HIGH = 0xbb67ae85;
const WEYL_SECOND_LOW = 0x84caa73b;

/** Numbers of the stream with this key, from any place on. */
export class Philox {
  /** Words of the key, and of the counter, which becomes the numbers: low before high. */
  readonly #key = new Int32Array(4);
  readonly #words = new Int32Array(8);
  readonly #first = new Int32Array(4);
  readonly #second = new Int32Array(4);

  /** `seed` and `stream`: whole numbers below 2**53. */
  constructor(seed: number, stream: number) {
    split(seed, this.#key, 0);
    split(stream, this.#key, 2);
  }

  /** Doubles from 0 up to, but not including, 1, from a place (in values of the counter, below 2**53) on. */
  fill(place: number, out: Float64Array): void {
    const words = this.#words;
    for (let at = 0; at < out.length; at += LANES) {
      this.#bend(place + at / LANES + 1); // NumPy counts up before it draws
      const lanes = Math.min(LANES, out.length - at);
      for (let lane = 0; lane < lanes; lane++) {
        out[at + lane] = ((words[2 * lane + 1] >>> 0) * LOW_BITS + (words[2 * lane] >>> UNUSED_BITS)) * UNIT;
      }
    }
  }

  /** Make four numbers of a value of the counter. */
  #bend(count: number): void {
    const key = this.#key;
    const x = this.#words.fill(0);
    const first = this.#first;
    const second = this.#second;
    split(count, x, 0);
    let low0 = key[0];
    let high0 = key[1];
    let low1 = key[2];
    let high1 = key[3];
    for (let round = 0; round < ROUNDS; round++) {
      multiply(x[1], x[0], FIRST_HIGH, FIRST_LOW, first);
      multiply(x[5], x[4], SECOND_HIGH, SECOND_LOW, second);
      x[0] = second[2] ^ x[2] ^ low0;
      x[1] = second[3] ^ x[3] ^ high0;
      x[2] = second[0];
      x[3] = second[1];
      x[4] = first[2] ^ x[6] ^ low1;
      x[5] = first[3] ^ x[7] ^ high1;
      x[6] = first[0];
      x[7] = first[1];
      const next0 = (low0 + WEYL_FIRST_LOW) | 0;
      const next1 = (low1 + WEYL_SECOND_LOW) | 0;
      high0 = (high0 + WEYL_FIRST_HIGH + carry(next0, low0)) | 0;
      high1 = (high1 + WEYL_SECOND_HIGH + carry(next1, low1)) | 0;
      low0 = next0;
      low1 = next1;
    }
  }
}

/** A whole number as two words from a place on. */
function split(number: number, words: Int32Array, at: number): void {
  words[at] = number % WORD;
  words[at + 1] = Math.floor(number / WORD);
}

/** The 128 bits of a product of two numbers of 64 bits: four words, lowest first. Whole numbers alone, for speed. */
function multiply(aHigh: number, aLow: number, bHigh: number, bLow: number, out: Int32Array): void {
  const above = high(aLow, bLow);
  const partly = (above + Math.imul(aLow, bHigh)) | 0;
  const second = (partly + Math.imul(aHigh, bLow)) | 0;
  const upper = high(aLow, bHigh);
  const more = (upper + high(aHigh, bLow)) | 0;
  const most = (more + Math.imul(aHigh, bHigh)) | 0;
  const third = (most + carry(partly, above) + carry(second, partly)) | 0;
  out[0] = Math.imul(aLow, bLow);
  out[1] = second;
  out[2] = third;
  out[3] = (high(aHigh, bHigh) + carry(more, upper) + carry(most, more) + carry(third, most)) | 0;
}

/** 1 if a sum ran over its word: it is then less than what was added to. */
function carry(sum: number, before: number): number {
  return sum >>> 0 < before >>> 0 ? 1 : 0;
}

/** The high word of the product of two words. */
function high(a: number, b: number): number {
  const aLow = a & HALF;
  const aHigh = a >>> HALF_BITS;
  const bLow = b & HALF;
  const bHigh = b >>> HALF_BITS;
  const middle = (Math.imul(aHigh, bLow) + (Math.imul(aLow, bLow) >>> HALF_BITS)) | 0;
  const other = (Math.imul(aLow, bHigh) + (middle & HALF)) | 0;
  return (Math.imul(aHigh, bHigh) + (middle >>> HALF_BITS) + (other >>> HALF_BITS)) | 0;
}
