/** Bands: quantiles of an area's people over the members of an ensemble, which appear as they are computed. */
import { placesOf } from "../shared/areas.ts";
import type { Answer, Ask, Change, ChangeProblem, Quantiles } from "../shared/protocol.ts";
import { quantilesByYear } from "../shared/quantiles.ts";
import { Layer } from "./changes/changes.ts";
import { PEOPLE, type Model } from "./model.ts";
import type { Slices } from "./tasks.ts";

type BandAsk = Extract<Ask, { kind: "band" }>;
type Post = (answer: Answer, transfer: Transferable[]) => void;

/** Members after which the band is shown for the first time; then at every doubling. */
const FIRST_SHOWN = 4;
/** Sets of changes whose members are kept, so that another area needs no new runs. */
const KEPT = 3;
const REGION = "region";

/** People [year, municipality] of the members drawn so far, for one set of changes. */
interface Ensemble {
  changes: string;
  members: Float64Array[];
}

export class Bands {
  readonly #model: Model;
  readonly #layer: Layer;
  #kept: Ensemble[] = [];

  constructor(model: Model) {
    this.#model = model;
    this.#layer = new Layer(model.world);
  }

  /** The problems of the changes; null when they can be laid on the base. */
  problems(changes: readonly Change[]): ChangeProblem[] | null {
    return this.#layer.lay(changes).problems;
  }

  /** A member at a time. Throws where the page came without chance. */
  *answer(ask: BandAsk, post: Post): Slices {
    const shipped = this.#shipped(ask);
    if (shipped !== null) return send(ask.id, shipped, true, post);
    const { chance, meta } = this.#model;
    if (placesOf(ask.area, meta.places).length === 0) throw new Error(`there is no area '${ask.area}'`);
    if (chance === null) throw new Error("the page came without what bands are drawn from");
    const of = Math.min(ask.members, chance.members);
    const { members } = this.#ensemble(ask.changes);
    if (members.length >= FIRST_SHOWN && members.length < of)
      send(ask.id, this.#quantiles(ask, members, of), false, post);
    const draw = members.length < of ? this.#drawing(ask.changes) : null;
    while (draw !== null && members.length < of) {
      members.push(draw(members.length));
      const count = members.length;
      if (count < of && isShown(count)) send(ask.id, this.#quantiles(ask, members, of), false, post);
      yield;
    }
    send(ask.id, this.#quantiles(ask, members.slice(0, of), of), true, post);
  }

  /** The band that came with the page, if it is of what is asked. */
  #shipped({ changes, area, baseYear, target }: BandAsk): Quantiles | null {
    const { meta } = this.#model;
    const usual = area !== REGION || (baseYear === meta.baseYear && target === meta.target);
    return changes.length === 0 && usual ? this.#model.shipped(area) : null;
  }

  /** The members of these changes that are there already; those asked for longest ago give way. */
  #ensemble(changes: readonly Change[]): Ensemble {
    const key = JSON.stringify(changes);
    const found = this.#kept.find((each) => each.changes === key) ?? { changes: key, members: [] };
    this.#kept = [found, ...this.#kept.filter((each) => each !== found)].slice(0, KEPT);
    return found;
  }

  /** Runs a member: people [year, municipality]. */
  #drawing(changes: readonly Change[]): (member: number) => Float64Array {
    const laid = this.#layer.lay(changes);
    if (laid.problems !== null) throw new Error("the changes cannot be made");
    const draw = this.#model.chance!.around(laid.changed);
    return (member) => this.#model.valuesOf(draw(member), [PEOPLE])[PEOPLE];
  }

  #quantiles(ask: BandAsk, members: readonly Float64Array[], of: number): Quantiles {
    const years = [...this.#model.engine.years];
    const series = members.map((people) => this.#sums(people, ask.area));
    const found = { years, q: quantilesByYear(series), members: members.length, of };
    return ask.area === REGION ? { ...found, ...this.#reached(ask, series) } : found;
  }

  /** Share of the members that have come to the target by each year, in a year after the base year. */
  #reached({ baseYear, target }: BandAsk, series: readonly Float64Array[]): { reached?: Float64Array } {
    const { years } = this.#model.engine;
    const bases = series.map((people) => this.#peopleIn(baseYear, people));
    if (bases.some(Number.isNaN)) return {};
    const reached = new Float64Array(years.length);
    series.forEach((people, member) => {
      const first = people.findIndex((now, year) => years[year] > baseYear && now - bases[member] >= target);
      for (let year = first; first >= 0 && year < years.length; year++) reached[year] += 1 / series.length;
    });
    return { reached };
  }

  /** People of the region in the base year: of the run, or as observed before it; NaN where neither knows. */
  #peopleIn(year: number, people: Float64Array): number {
    const inRun = this.#model.engine.years.indexOf(year);
    if (inRun >= 0) return people[inRun];
    const key = this.#model.meta.indicators.find(({ sum }) => sum.length === 1 && sum[0] === PEOPLE)?.key;
    const observed = key === undefined ? undefined : this.#model.meta.observed[key];
    const row = observed?.values[observed.years.indexOf(year)];
    return row === undefined ? NaN : row.reduce<number>((sum, value) => sum + (value ?? NaN), 0);
  }

  #sums(people: Float64Array, area: string): Float64Array {
    const places = placesOf(area, this.#model.meta.places);
    const count = this.#model.meta.places.length;
    return Float64Array.from(this.#model.engine.years, (_, year) =>
      places.reduce((sum, place) => sum + people[year * count + place], 0),
    );
  }
}

function isShown(members: number): boolean {
  return members >= FIRST_SHOWN && Number.isInteger(Math.log2(members / FIRST_SHOWN));
}

function send(id: number, quantiles: Quantiles, done: boolean, post: Post): void {
  const arrays = [...quantiles.q, ...(quantiles.reached ? [quantiles.reached] : [])];
  post(
    { kind: "band", id, quantiles, done },
    arrays.map(({ buffer }) => buffer as ArrayBuffer),
  );
}
