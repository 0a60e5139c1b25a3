/**
 * Stands in for the worker while the page is being made: a run laid down beforehand, bent a little by each change.
 * Its numbers mean nothing, and it is never part of the page that is built.
 */

import type { Answer, Ask, Change, Meta, Quantiles, RunResult } from "../shared/protocol.ts";
import { placesOf } from "../shared/areas.ts";
import type { Channel } from "../app/run/session.ts";

export interface MockData {
  meta: Meta;
  base: { years: number[]; values: Record<string, number[]>; ages: number[] };
}

const RUN_TIME = 30;
const BEND = 0.02;

export function mockChannel(data: MockData): Channel {
  const base = laidDown(data);
  let hear: (answer: Answer) => void = () => undefined;
  let latest = 0;
  const later = (answer: Answer, wait = RUN_TIME): void => void setTimeout(() => hear(answer), wait);

  return {
    listen: (listener) => {
      hear = listener;
    },
    post: (ask: Ask) => {
      if (ask.kind === "stop") latest = 0;
      if (ask.kind === "open")
        later({
          kind: "opened",
          meta: data.meta,
          base,
          baseBand: quantiles(data.meta, base, "region", 64, 64),
          milliseconds: 1,
        });
      if (ask.kind === "run") later(answerRun(ask, base, data.meta));
      if (ask.kind === "band") {
        latest = ask.id;
        const run = bent(base, ask.changes, data.meta);
        for (const members of [16, 32, 48, 64]) {
          setTimeout(() => {
            if (latest === ask.id)
              hear({
                kind: "band",
                id: ask.id,
                quantiles: quantiles(data.meta, run, ask.area, members, 64),
                done: members === 64,
              });
          }, members * 20);
        }
      }
      if (ask.kind === "why") {
        const shares = ask.changes.map((change, at) => ({ change: at, share: 100 * change.number }));
        later(
          {
            kind: "why",
            id: ask.id,
            shares,
            total: shares.reduce((sum, each) => sum + each.share, 0),
            runs: 8,
            of: 8,
            exact: true,
            done: true,
          },
          500,
        );
      }
    },
  };
}

function answerRun(ask: Extract<Ask, { kind: "run" }>, base: RunResult, meta: Meta): Answer {
  const wrong = ask.changes.findIndex((change) => change.number > 5 && change.way === "multiply");
  if (wrong >= 0)
    return {
      kind: "refused",
      id: ask.id,
      problems: [{ change: wrong, kind: "range", values: { number: ask.changes[wrong].number, low: 0, high: 1 } }],
    };
  return { kind: "ran", id: ask.id, slot: ask.slot, result: bent(base, ask.changes, meta), milliseconds: RUN_TIME };
}

function laidDown({ base, meta }: MockData): RunResult {
  const places = meta.places.length;
  const values = Object.fromEntries(Object.entries(base.values).map(([key, list]) => [key, Float64Array.from(list)]));
  if (!values.total_population || values.total_population.length !== base.years.length * places)
    throw new Error("mock data");
  return { years: base.years, values, ages: Float64Array.from(base.ages) };
}

function bent(base: RunResult, changes: readonly Change[], meta: Meta): RunResult {
  const places = meta.places.length;
  const push = new Float64Array(places);
  for (const change of changes) {
    const lever = meta.levers.find((each) => each.name === change.name);
    const way =
      change.kind === "project"
        ? -0.5
        : (change.number - (lever?.today ?? 0)) / ((lever?.range[1] ?? 1) - (lever?.range[0] ?? 0));
    meta.places.forEach((place, at) => {
      if (change.cells?.municipality && !change.cells.municipality.includes(place.code)) return;
      push[at] += BEND * way;
    });
  }
  const values: Record<string, Float64Array> = {};
  for (const [key, list] of Object.entries(base.values))
    values[key] = list.map((value, at) => value * (1 + push[at % places] * ramp(base.years[Math.floor(at / places)])));
  const perYear = base.ages.length / base.years.length;
  const ages = base.ages.map(
    (value, at) => value * (1 + push[at % places] * ramp(base.years[Math.floor(at / perYear)])),
  );
  return { years: base.years, values, ages };
}

function ramp(year: number): number {
  return Math.max(0, Math.min(1, (year - 2026) / 10));
}

function quantiles(meta: Meta, run: RunResult, area: string, members: number, of: number): Quantiles {
  const at = placesOf(area, meta.places);
  const people = run.years.map((_, year) =>
    at.reduce((sum, place) => sum + run.values.total_population[year * meta.places.length + place], 0),
  );
  const spread = (share: number): Float64Array =>
    Float64Array.from(people, (value, year) => value * (1 + share * year * 0.004));
  return {
    years: run.years,
    q: [-1.28, -0.67, 0, 0.67, 1.28].map(spread),
    members,
    of,
    reached: Float64Array.from(people, () => 0.01),
  };
}
