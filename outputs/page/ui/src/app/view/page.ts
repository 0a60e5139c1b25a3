/** All that the parts of the page share: the store, the talk with the model, and what follows from them. */

import { computed, signal, type ReadonlySignal } from "@preact/signals";
import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { Change, Indicator, Language, Meta } from "../../shared/protocol.ts";
import { areaName, placesOf } from "../../shared/areas.ts";
import type { Memory } from "../io/storage.ts";
import type { Session } from "../run/session.ts";
import { tidied } from "../state/changes.ts";
import type { Store } from "../state/store.ts";
import type { Doc, View } from "../state/types.ts";
import { teller, type Say } from "../texts/index.ts";
import type { Names } from "../words/change.ts";
import { readLimits, type Reading } from "../words/limits.ts";
import { deficitOf, newResidents } from "../words/people.ts";
import { sentence } from "../words/sentence.ts";

export type DialogName = "share" | "save" | "about";

export interface Page {
  store: Store;
  session: Session;
  meta: Meta;
  memory: Memory;
  doc: ReadonlySignal<Doc>;
  changes: ReadonlySignal<readonly Change[]>;
  view: ReadonlySignal<View>;
  language: ReadonlySignal<Language>;
  say: ReadonlySignal<Say>;
  names: ReadonlySignal<Names>;
  /** Numbers of the municipalities in the chosen area, and its name. */
  members: ReadonlySignal<readonly number[]>;
  area: ReadonlySignal<string>;
  isRegion: ReadonlySignal<boolean>;
  indicator: ReadonlySignal<Indicator>;
  /** New residents by year in the scenario and without changes, for the chosen area. */
  fresh: ReadonlySignal<{ years: readonly number[]; scenario: Float64Array; base: Float64Array }>;
  readings: ReadonlySignal<readonly Reading[]>;
  answer: ReadonlySignal<Answer>;
  /** What the scenario compared with is called. */
  compared: ReadonlySignal<string>;
  dialog: { value: DialogName | null };
  printing: { value: boolean };
  tell(tone: "error" | "note", text: string, lines?: readonly string[]): void;
}

/** New residents at the horizon, and the sentence. */
export interface Answer {
  scenario: number;
  base: number;
  sentence: string;
}

const Context = createContext<Page | null>(null);
export const PageProvider = Context.Provider;

export function usePage(): Page {
  const page = useContext(Context);
  if (!page) throw new Error("no page around this part");
  return page;
}

export function makePage(store: Store, session: Session, memory: Memory): Page {
  const { meta, base } = session;
  const doc = computed(() => store.state.value.doc);
  const view = computed(() => store.state.value.view);
  const changes = computed(() => doc.value.changes);
  const language = computed(() => view.value.language);
  const say = computed(() => teller(language.value));
  const areaCode = computed(() => view.value.area);
  const members = computed(() => placesOf(areaCode.value, meta.places));
  const isRegion = computed(() => members.value.length === meta.places.length);
  const area = computed(() =>
    isRegion.value ? say.value("area region") : areaName(areaCode.value, meta.places, language.value),
  );
  const baseYear = computed(() => doc.value.baseYear);
  const horizon = computed(() => doc.value.horizon);
  const indicatorKey = computed(() => view.value.indicator);
  const fresh = computed(() => ({
    years: base.years,
    scenario: newResidents(meta, session.scenario.value.result, members.value, baseYear.value),
    base: newResidents(meta, base, members.value, baseYear.value),
  }));
  const readings = computed(() =>
    readLimits({ scenario: session.scenario.value.result, base }, members.value, horizon.value),
  );
  const page: Page = {
    store,
    session,
    meta,
    memory,
    doc,
    view,
    changes,
    language,
    say,
    names: computed(() => ({ meta, language: language.value, say: say.value })),
    members,
    area,
    isRegion,
    indicator: computed(() => meta.indicators.find((each) => each.key === indicatorKey.value) ?? meta.indicators[0]),
    fresh,
    readings,
    answer: computed(() => answerOf(page)),
    compared: computed(() => comparedName(page)),
    dialog: signal<DialogName | null>(null),
    printing: signal(false),
    tell: (tone, text, lines = []) =>
      store.send({ do: "tell", notice: { tone, text, lines, language: language.peek() } }),
  };
  return page;
}

function answerOf(page: Page): Answer {
  const { horizon, target, baseYear } = page.doc.value;
  const { years, scenario, base } = page.fresh.value;
  const at = years.indexOf(horizon);
  const words = page.say.value;
  const outcome = {
    area: page.isRegion.value ? words("the region") : page.area.value,
    whole: page.isRegion.value,
    year: horizon,
    baseYear,
    scenario: scenario[at],
    base: base[at],
    target,
    changed: page.session.scenario.value.changes.length > 0,
    deficit: deficitOf(page.session.scenario.value.result, page.members.value, horizon),
    readings: page.readings.value,
    language: page.language.value,
    say: words,
  };
  return { scenario: outcome.scenario, base: outcome.base, sentence: sentence(outcome) };
}

function comparedName({ view, meta, say, language }: Page): string {
  const { compare } = view.value;
  if (compare?.kind !== "library") return say.value(compare ? "compare pinned" : "compared");
  return meta.scenarios.find((each) => each.name === compare.name)?.title[language.value] ?? compare.name;
}

/** The page's own notion of what is unchanged. */
export function firstDoc(meta: Meta): Doc {
  return {
    changes: tidy(meta.opens?.changes ?? [], meta),
    baseYear: meta.baseYear,
    horizon: Math.min(meta.until, Math.max(...meta.targetYears)),
    target: meta.target,
  };
}

export function tidy(changes: readonly Change[], meta: Meta): Change[] {
  const codes = meta.places.map((place) => place.code);
  return changes.map((change) => tidied(change, { ...meta.dims, municipality: codes, workplace: codes }));
}

/** Today's numbers: no change at all. */
export function emptyDoc(page: Page): Doc {
  const { baseYear, horizon, target } = firstDoc(page.meta);
  return { changes: [], baseYear, horizon, target };
}
