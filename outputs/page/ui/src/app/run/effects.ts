/** What follows from a change of state without anybody asking: runs, bands, the spoken sentence, the browser's memory. */

import { computed, effect, signal, type ReadonlySignal } from "@preact/signals";
import type { Change } from "../../shared/protocol.ts";
import { tidy, type Page } from "../view/page.ts";
import { problemInWords } from "../words/change.ts";
import { sameWish } from "./session.ts";
import { sameChanges } from "../state/reduce.ts";
import { atMostOnce, atRest } from "./timing.ts";

/** Milliseconds of rest after which the band is asked for. */
const REST = 400;
/** Milliseconds between two spoken sentences. */
const SPEECH = 1000;

/** Starts everything; returns what the speech region shows. */
export function startEffects(page: Page): ReadonlySignal<string> {
  runScenario(page);
  runCompare(page);
  askBands(page);
  tellProblems(page);
  rememberView(page);
  markDocument(page);
  return speak(page);
}

function runScenario({ changes, session }: Page): void {
  let sent: readonly Change[] = session.scenario.peek().changes;
  effect(() => {
    if (sameChanges(changes.value, sent)) return;
    sent = changes.value;
    session.run("scenario", sent);
  });
}

function runCompare(page: Page): void {
  const { session, meta, view } = page;
  const compare = computed(() => view.value.compare);
  effect(() => {
    const wish = compare.value;
    if (!wish) session.forgetCompare();
    else if (wish.kind === "pinned") session.run("compare", wish.changes);
    else session.run("compare", tidy(meta.scenarios.find((each) => each.name === wish.name)?.changes ?? [], meta));
  });
}

/** A band for what is shown, asked when levers rest; without changes the region's band came with the page. */
function askBands({ session, doc, view }: Page): void {
  const area = computed(() => view.value.area);
  const baseYear = computed(() => doc.value.baseYear);
  const target = computed(() => doc.value.target);
  const rest = atRest(REST, () => {
    const { changes } = session.scenario.peek();
    const wish = { changes, area: area.peek(), baseYear: baseYear.peek(), target: target.peek() };
    const shipped = wish.changes.length === 0 && wish.area === "region" && session.baseBand !== null;
    const found = session.band.peek();
    const there = found !== null && found.done && sameWish(found.wish, wish);
    if (!shipped && !there && !session.busy.peek()) session.askBand(wish);
  });
  effect(() => {
    void [session.scenario.value, area.value, baseYear.value, target.value, session.why.value?.done];
    if (session.busy.value) rest.cancel();
    else rest.touch();
  });
}

function tellProblems({ session, names, tell }: Page): void {
  effect(() => {
    const found = session.problems.value;
    if (!found) return;
    const words = names.peek();
    const lines = found.problems.map((problem) => problemInWords(problem, found.changes, words));
    queueMicrotask(() => tell("error", words.say("refused intro"), lines));
  });
}

function rememberView({ view, memory, say, tell }: Page): void {
  const language = computed(() => view.value.language);
  const theme = computed(() => view.value.theme);
  let first = true;
  effect(() => {
    const kept = { language: language.value, theme: theme.value };
    if (!first && !memory.keep(kept)) queueMicrotask(() => tell("note", say.peek()("note storage")));
    first = false;
  });
}

/** Language and appearance on the document itself. */
function markDocument({ language, view, say }: Page): void {
  effect(() => {
    document.documentElement.lang = language.value;
    document.title = `${say.value("title")} – ${say.value("brand")}`;
  });
  const theme = computed(() => view.value.theme);
  effect(() => {
    if (theme.value === "auto") delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = theme.value;
  });
}

function speak({ answer, session }: Page): ReadonlySignal<string> {
  const spoken = signal("");
  const say = atMostOnce<string>(SPEECH, (words) => (spoken.value = words));
  let first = true;
  effect(() => {
    const words = answer.value.sentence;
    if (!first && !session.busy.value) say(words);
    first = false;
  });
  return spoken;
}
