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
  readonly #key = new Uint32Array(4);
  readonly #words = new Uint32Array(8);
  readonly #first = new Uint32Array(4);
  readonly #second = new Uint32Array(4);

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
        out[at + lane] = (words[2 * lane + 1] * LOW_BITS + (words[2 * lane] >>> UNUSED_BITS)) * UNIT;
      }
    }
  }

  /** Make four numbers of a value of the counter. */
  #bend(count: number): void {
    const x = this.#words.fill(0);
    const [first, second] = [this.#first, this.#second];
    split(count, x, 0);
    const key = this.#key;
    let [low0, high0, low1, high1] = [key[0], key[1], key[2], key[3]];
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
      high0 = (high0 + WEYL_FIRST_HIGH + (low0 + WEYL_FIRST_LOW >= WORD ? 1 : 0)) >>> 0;
      low0 = (low0 + WEYL_FIRST_LOW) >>> 0;
      high1 = (high1 + WEYL_SECOND_HIGH + (low1 + WEYL_SECOND_LOW >= WORD ? 1 : 0)) >>> 0;
      low1 = (low1 + WEYL_SECOND_LOW) >>> 0;
    }
  }
}

/** A whole number as two words from a place on. */
function split(number: number, words: Uint32Array, at: number): void {
  words[at] = number % WORD;
  words[at + 1] = Math.floor(number / WORD);
}

/** The 128 bits of a product of two numbers of 64 bits: four words, lowest first. */
function multiply(aHigh: number, aLow: number, bHigh: number, bLow: number, out: Uint32Array): void {
  const cross = (Math.imul(aLow, bHigh) >>> 0) + (Math.imul(aHigh, bLow) >>> 0) + high(aLow, bLow);
  const carried = high(aLow, bHigh) + high(aHigh, bLow) + (Math.imul(aHigh, bHigh) >>> 0) + Math.floor(cross / WORD);
  out[0] = Math.imul(aLow, bLow);
  out[1] = cross;
  out[2] = carried;
  out[3] = high(aHigh, bHigh) + Math.floor(carried / WORD);
}

/** The high word of the product of two words. */
function high(a: number, b: number): number {
  const [aLow, aHigh, bLow, bHigh] = [a & 0xffff, a >>> 16, b & 0xffff, b >>> 16];
  const middle = (Math.imul(aHigh, bLow) >>> 0) + (Math.imul(aLow, bLow) >>> 16);
  const other = (Math.imul(aLow, bHigh) >>> 0) + (middle & 0xffff);
  return ((Math.imul(aHigh, bHigh) >>> 0) + (middle >>> 16) + (other >>> 16)) >>> 0;
}
