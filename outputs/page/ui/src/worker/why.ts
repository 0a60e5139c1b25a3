/** Why: the share of every change in what an indicator differs from the base. */
import { placesOf } from "../shared/areas.ts";
import { valueOf, variablesOf } from "../shared/indicators.ts";
import type { Answer, Ask, Change, ChangeProblem, RunResult } from "../shared/protocol.ts";
import { Layer } from "./changes/changes.ts";
import type { Model } from "./model.ts";
import { shapley, type Shares } from "./shapley.ts";
import type { Slices } from "./tasks.ts";

type WhyAsk = Extract<Ask, { kind: "why" }>;
type WhyAnswer = Extract<Answer, { kind: "why" }>;
type Post = (answer: Answer) => void;

/** Runs that are kept of one set of changes; more would fill memory. */
const MOST_KEPT = 512;
/** Runs between two answers that tell how far it has come. */
const TOLD_EVERY = 8;

/** Answers with the shares; runs of some of the changes are kept until other changes are asked about. */
export class Why {
  readonly #model: Model;
  readonly #base: RunResult;
  readonly #layer: Layer;
  #changes = "";
  #kept = new Map<string, Record<string, Float64Array>>();

  constructor(model: Model, base: RunResult) {
    this.#model = model;
    this.#base = base;
    this.#layer = new Layer(model.world);
  }

  /** The problems of the changes; null when they can be laid on the base. */
  problems(changes: readonly Change[]): ChangeProblem[] | null {
    return this.#layer.lay(changes).problems;
  }

  /** A run at a time; throws for an indicator, a year or an area that there is not. */
  *answer(ask: WhyAsk, post: Post): Slices {
    const { changes } = ask;
    const worth = this.#worth(ask);
    this.#forget(changes);
    const nobody = worth(this.#base.values);
    const total =
      changes.length === 0
        ? 0
        : worth(
            this.#values(
              ask,
              changes.map(() => true),
            ),
          ) - nobody;
    if (changes.length === 0)
      return post({ kind: "why", id: ask.id, shares: [], total, runs: 0, of: 0, exact: true, done: true });
    yield;
    for (const shares of shapley(changes.length, (coalition) => worth(this.#values(ask, coalition)))) {
      if (shares.done || shares.runs % TOLD_EVERY === 0) post(told(ask.id, total, shares));
      yield;
    }
  }

  /** The indicator's value for the area in the year, from values [year, municipality]. */
  #worth(ask: WhyAsk): (values: Record<string, Float64Array>) => number {
    const { meta } = this.#model;
    const indicator = meta.indicators.find(({ key }) => key === ask.indicator);
    const year = this.#base.years.indexOf(ask.year);
    const places = placesOf(ask.area, meta.places);
    if (indicator === undefined) throw new Error(`there is no indicator '${ask.indicator}'`);
    if (year < 0 || places.length === 0) throw new Error(`there is no year ${ask.year} or no area '${ask.area}'`);
    return (values) => valueOf(indicator, { years: this.#base.years, values }, year, places);
  }

  /** What the indicator needs of a run with some of the changes. */
  #values(ask: WhyAsk, coalition: readonly boolean[]): Record<string, Float64Array> {
    if (!coalition.includes(true)) return this.#base.values;
    const key = coalition.map(Number).join("");
    const needed = variablesOf(this.#model.meta.indicators.find((each) => each.key === ask.indicator)!);
    const kept = this.#kept.get(key);
    if (kept !== undefined && needed.every((name) => name in kept)) return kept;
    const laid = this.#layer.lay(ask.changes.filter((_, number) => coalition[number]));
    if (laid.problems !== null) throw new Error(`change ${laid.problems[0].change} cannot be made by itself`);
    const found = { ...kept, ...this.#model.valuesOf(laid.changed, needed) };
    if (this.#kept.size < MOST_KEPT || kept !== undefined) this.#kept.set(key, found);
    return found;
  }

  #forget(changes: readonly Change[]): void {
    const now = JSON.stringify(changes);
    if (now === this.#changes) return;
    this.#changes = now;
    this.#kept.clear();
  }
}

function told(id: number, total: number, { values, errors, runs, of, exact, done }: Shares): WhyAnswer {
  const known = values.every((value) => !Number.isNaN(value));
  const shares = known ? values.map((share, change) => ({ change, share, error: errors[change] })) : [];
  return { kind: "why", id, shares, total, runs, of, exact, done };
}
