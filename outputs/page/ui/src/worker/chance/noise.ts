/** Yearly shocks of births, deaths and moves, as scenarios/chance/noise.py draws them. */
import { normalNumbers } from "./draws.ts";
import { arrayOf, type NoiseSizes, type Numbers } from "./packed.ts";
import { stepsOfYears } from "./years.ts";

/** Draws the five levers [time, municipality] of a member; rooms of memory are used again. */
export class Noise {
  /** The levers of the member drawn last. */
  readonly levers: Record<string, Float64Array> = {};
  readonly #sizes: NoiseSizes;
  readonly #seed: number;
  readonly #steps: number[][];
  readonly #kinds: number;
  /** Municipalities that are drawn. */
  readonly #drawn: number;
  /** Values of the generator's counter that a year takes. */
  readonly #padded: number;
  readonly #fresh: Float64Array;
  readonly #lasting: Float64Array;
  readonly #shared: Float64Array;
  readonly #own: Float64Array;
  /** Half the variance of the common part [year, kind]. */
  readonly #sharedShift: Float64Array;
  readonly #of: { local: Float64Array; yearly: Float64Array; level: Float64Array };

  constructor(sizes: NoiseSizes, arrays: Record<string, Numbers>, seed: number, times: Float64Array) {
    this.#sizes = sizes;
    this.#seed = seed;
    this.#steps = stepsOfYears(times, sizes.first, sizes.last);
    this.#kinds = sizes.levers.length;
    this.#of = { local: arrayOf(arrays, "local"), yearly: arrayOf(arrays, "yearly"), level: arrayOf(arrays, "level") };
    this.#drawn = this.#of.local.length / this.#kinds;
    this.#padded = Math.ceil((this.#kinds * (1 + 2 * this.#drawn)) / sizes.lanes);
    this.#fresh = new Float64Array(this.#steps.length * this.#padded * sizes.lanes);
    this.#lasting = new Float64Array(this.#kinds * this.#drawn);
    this.#shared = new Float64Array(this.#kinds);
    this.#own = new Float64Array(this.#kinds * this.#drawn);
    this.#sharedShift = sharedShift(sizes, this.#steps.length);
    for (const lever of sizes.levers) this.levers[lever] = new Float64Array(times.length * sizes.places.length);
  }

  draw(member: number): void {
    const sizes = this.#sizes;
    normalNumbers(this.#seed, member, (sizes.first - sizes.numberedFrom) * this.#padded, this.#fresh);
    normalNumbers(this.#seed, member, sizes.levelsAt, this.#lasting);
    for (let year = 0; year < this.#steps.length; year++) {
      this.#goOn(year);
      for (let kind = 0; kind < this.#kinds; kind++) this.#write(year, kind);
    }
  }

  /** Lead the persistent parts from the year before. */
  #goOn(year: number): void {
    const { commonPersistence, commonKnown, commonRoot, localPersistence, localRoot } = this.#sizes;
    const [kinds, drawn, fresh] = [this.#kinds, this.#drawn, this.#fresh];
    const begin = year * this.#padded * this.#sizes.lanes;
    for (let kind = 0; kind < kinds; kind++) {
      const new_ = Math.sqrt(1 - commonPersistence[kind] ** 2);
      const shock = mixed(commonRoot[kind], fresh, begin, 1);
      const first = commonKnown[kind] ? new_ : 1;
      this.#shared[kind] = year === 0 ? first * shock : commonPersistence[kind] * this.#shared[kind] + new_ * shock;
      const newLocal = Math.sqrt(1 - localPersistence[kind] ** 2);
      for (let place = 0; place < drawn; place++) {
        const at = kind * drawn + place;
        const own = mixed(localRoot[kind], fresh, begin + kinds + place, drawn);
        this.#own[at] = year === 0 ? own : localPersistence[kind] * this.#own[at] + newLocal * own;
      }
    }
  }

  /** Put a year's shocks of a kind into all steps that begin in it; their exponentials have mean 1. */
  #write(year: number, kind: number): void {
    const { common, localRoot, places, levers, lanes } = this.#sizes;
    const { local, yearly, level } = this.#of;
    const lever = this.levers[levers[kind]];
    const shared = this.#shared[kind] * common[kind] - this.#sharedShift[year * this.#kinds + kind];
    const single = year * this.#padded * lanes + this.#kinds * (1 + this.#drawn) + kind * this.#drawn;
    places.forEach((place, column) => {
      const at = kind * this.#drawn + place;
      const total = shared + this.#own[at] * local[at] + this.#fresh[single + place] * yearly[at];
      const lasting = mixed(localRoot[kind], this.#lasting, place, this.#drawn) * level[at];
      const value = total - (local[at] ** 2 + yearly[at] ** 2) / 2 + lasting - level[at] ** 2 / 2;
      for (const step of this.#steps[year]) lever[step * places.length + column] = value;
    });
  }
}

/** The product of a row of a matrix and numbers that lie `stride` apart. */
function mixed(row: readonly number[], numbers: Float64Array, begin: number, stride: number): number {
  let found = 0;
  for (let kind = 0; kind < row.length; kind++) found += row[kind] * numbers[begin + kind * stride];
  return found;
}

function sharedShift(sizes: NoiseSizes, years: number): Float64Array {
  const kinds = sizes.levers.length;
  const found = new Float64Array(years * kinds);
  for (let kind = 0; kind < kinds; kind++) {
    const kept = sizes.commonPersistence[kind] ** 2;
    let variance = sizes.commonKnown[kind] ? 1 - kept : 1;
    for (let year = 0; year < years; year++) {
      if (year > 0) variance = kept * variance + (1 - kept);
      found[year * kinds + kind] = (variance * sizes.common[kind] ** 2) / 2;
    }
  }
  return found;
}
