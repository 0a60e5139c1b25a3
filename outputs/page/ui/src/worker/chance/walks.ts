/** Shocks of jobs and prices: what strays from the value of the run's start, as scenarios/chance/walks.py draws them. */
import { normalNumbers } from "./draws.ts";
import { arrayOf, type Numbers, type WalkSizes } from "./packed.ts";
import { stepsOfYears } from "./years.ts";

/** Draws jobs [time, industry, municipality] and prices [time, municipality] of a member, in the same rooms again. */
export class Walks {
  /** The levers of the member drawn last. */
  readonly levers: Record<string, Float64Array>;
  readonly #sizes: WalkSizes;
  readonly #seed: number;
  readonly #steps: number[][];
  readonly #local: Float64Array;
  /** Municipalities that are drawn. */
  readonly #drawn: number;
  readonly #padded: number;
  readonly #fresh: Float64Array;
  /** Shocks [kind, municipality, year]. */
  readonly #paths: Float64Array;
  /** Half the variance of the common part, and of the local one in its own size [kind, year]. */
  readonly #common: Float64Array[];
  readonly #own: Float64Array[];

  constructor(sizes: WalkSizes, arrays: Record<string, Numbers>, seed: number, times: Float64Array) {
    const kinds = sizes.lags.length;
    this.#sizes = sizes;
    this.#seed = seed;
    this.#steps = stepsOfYears(times, sizes.first, sizes.last);
    this.#local = arrayOf(arrays, "walks local");
    this.#drawn = this.#local.length / kinds;
    this.#padded = Math.ceil((kinds + sizes.ofPlaces.length * this.#drawn) / sizes.lanes);
    const years = this.#steps.length;
    this.#fresh = new Float64Array((years + sizes.behind) * this.#padded * sizes.lanes);
    this.#paths = new Float64Array(kinds * this.#drawn * years);
    this.#common = sizes.lags.map((lags, kind) => halfVariance(lags, sizes.commonPersistence[kind], years));
    this.#own = sizes.lags.map((lags, kind) => halfVariance(lags, sizes.localPersistence[kind], years));
    const room = times.length * sizes.places.length;
    this.levers = {
      [sizes.jobLever]: new Float64Array(room * sizes.industries.length),
      [sizes.priceLever]: new Float64Array(room),
    };
  }

  draw(member: number): void {
    const sizes = this.#sizes;
    const skipped = (sizes.first - sizes.numberedFrom) * this.#padded;
    normalNumbers(this.#seed, member, sizes.at + skipped, this.#fresh);
    sizes.lags.forEach((_, kind) => this.#everywhere(kind));
    sizes.ofPlaces.forEach((kind, number) => this.#byPlace(kind, number));
    this.#write();
  }

  /** The region's shocks of a kind, the same in every municipality. */
  #everywhere(kind: number): void {
    const { common, commonPersistence } = this.#sizes;
    const path = this.#strayed(kind, commonPersistence[kind], kind);
    const years = this.#steps.length;
    for (let place = 0; place < this.#drawn; place++) {
      const size = this.#local[kind * this.#drawn + place];
      const begin = (kind * this.#drawn + place) * years;
      for (let year = 0; year < years; year++) {
        const variance = this.#common[kind][year] * common[kind] ** 2 + this.#own[kind][year] * size ** 2;
        this.#paths[begin + year] = path[year] * common[kind] - variance;
      }
    }
  }

  /** What comes on top by place. */
  #byPlace(kind: number, number: number): void {
    const years = this.#steps.length;
    const column = this.#sizes.lags.length + number * this.#drawn;
    for (let place = 0; place < this.#drawn; place++) {
      const path = this.#strayed(kind, this.#sizes.localPersistence[kind], column + place);
      const size = this.#local[kind * this.#drawn + place];
      const begin = (kind * this.#drawn + place) * years;
      for (let year = 0; year < years; year++) this.#paths[begin + year] += path[year] * size;
    }
  }

  /** A path of long-run variance 1 less what is seen of it at the start [year]; overwrites its fresh numbers. */
  #strayed(kind: number, persistence: number, column: number): Float64Array {
    const { lags, behind, lanes } = this.#sizes;
    const row = this.#padded * lanes;
    const fresh = Math.sqrt(1 - persistence ** 2);
    const path = new Float64Array(this.#steps.length + behind);
    path[0] = this.#fresh[column];
    for (let year = 1; year < path.length; year++) {
      path[year] = persistence * path[year - 1] + fresh * this.#fresh[year * row + column];
    }
    const seen = lags[kind].reduce((sum, share, later) => sum + share * path[behind - 1 - later], 0);
    return path.subarray(behind).map((value) => value - seen);
  }

  #write(): void {
    const { jobs, prices, industries, places, jobLever, priceLever } = this.#sizes;
    const [jobValues, priceValues] = [this.levers[jobLever], this.levers[priceLever]];
    this.#steps.forEach((steps, year) => {
      for (const step of steps) {
        places.forEach((place, column) => {
          priceValues[step * places.length + column] = this.#path(prices, place, year);
          industries.forEach((kind, industry) => {
            const at = (step * industries.length + industry) * places.length + column;
            jobValues[at] = this.#path(jobs, place, year) + this.#path(kind, place, year);
          });
        });
      }
    });
  }

  #path(kind: number, place: number, year: number): number {
    return this.#paths[(kind * this.#drawn + place) * this.#steps.length + year];
  }
}

/** Half the variance [year] of a path of long-run variance 1 less what is seen of it at the start. */
function halfVariance(lags: readonly number[], persistence: number, years: number): Float64Array {
  let seen = 0;
  lags.forEach((one, i) => lags.forEach((other, j) => (seen += one * other * persistence ** Math.abs(i - j))));
  return Float64Array.from({ length: years }, (_, year) => {
    const together = lags.reduce((sum, share, later) => sum + share * persistence ** (year + 1 + later), 0);
    return (1 - 2 * together + seen) / 2;
  });
}
