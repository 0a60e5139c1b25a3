/** From the page's data file to a page that answers: opens the model, reads the link, draws, listens to keys. */

import { render } from "preact";
import { firstState } from "../state/reduce.ts";
import { makeStore } from "../state/store.ts";
import type { State, View } from "../state/types.ts";
import type { Language, Meta } from "../../shared/protocol.ts";
import { LinkError, isLink, readLink } from "../io/link.ts";
import { openMemory, type Memory } from "../io/storage.ts";
import { startEffects } from "../run/effects.ts";
import { openSession, type Channel, type Session } from "../run/session.ts";
import { teller } from "../texts/index.ts";
import { App } from "./app.tsx";
import { faultsInWords } from "./files.ts";
import { firstDoc, makePage, type Page } from "./page.ts";

const FIRST_INDICATOR = "population";

export function rememberedLanguage(memory: Memory, wish: unknown): Language {
  if (memory.kept.language) return memory.kept.language;
  return wish === "en" || wish === "sv" ? wish : "sv";
}

export function startMemory(): Memory {
  return openMemory(() => window.localStorage);
}

interface Start {
  room: HTMLElement;
  channel: Channel;
  payload: ArrayBuffer;
  memory: Memory;
  language: Language;
}

/** Opens the model and draws the page; on failure the message stands where the page would have been. */
export async function start({ room, channel, payload, memory, language }: Start): Promise<Page | null> {
  const words = teller(language);
  let page: Page | null = null;
  const failed = (message: string): void => page?.tell("error", page.say.peek()("error run", { message }));
  let session: Session;
  try {
    session = await openSession(channel, payload, failed);
  } catch (error) {
    showMessage(room, words("error start", { message: error instanceof Error ? error.message : String(error) }));
    return null;
  }
  const { meta } = session;
  page = makePage(
    makeStore(firstState(firstDoc(meta), firstView(meta, memory, language), openedAs(meta, language))),
    session,
    memory,
  );
  const spoken = startEffects(page);
  room.replaceChildren();
  render(<App page={page} spoken={spoken} />, room);
  listenToKeys(page);
  await openLink(page);
  addEventListener("hashchange", () => page && void openLink(page));
  return page;
}

/** A message alone on the page, before there is any page. */
export function showMessage(room: HTMLElement, message: string): void {
  const words = document.createElement("p");
  words.className = "alone";
  words.setAttribute("role", "alert");
  words.textContent = message;
  room.replaceChildren(words);
}

/** What the page was asked to open with is told as a scenario that was brought in. */
function openedAs(meta: Meta, language: Language): State["loaded"] {
  if (!meta.opens) return null;
  return { title: meta.opens.title[language], author: "", source: "", description: meta.opens.description[language] };
}

function firstView(meta: Meta, memory: Memory, language: Language): View {
  const indicator = meta.indicators.find((each) => each.key === FIRST_INDICATOR) ?? meta.indicators[0];
  const year = Math.min(meta.until, Math.max(...meta.targetYears));
  return {
    area: "region",
    year,
    indicator: indicator?.key ?? "",
    language,
    theme: memory.kept.theme,
    compare: null,
    scope: null,
  };
}

async function openLink(page: Page): Promise<void> {
  const { hash } = location;
  if (!isLink(hash)) return;
  const words = page.say.peek();
  try {
    const { doc, view, faults, otherModel } = await readLink(hash, page.meta);
    page.store.send({ do: "load", doc, view, loaded: null });
    if (otherModel) page.tell("note", words("note link model"));
    if (faults.length) page.tell("error", words("note link part"), faultsInWords(faults, words, page.language.peek()));
  } catch (error) {
    const problem = error instanceof LinkError ? error : new LinkError("link");
    page.tell(
      "error",
      words(problem.problem === "compress" ? "error compress" : `error ${problem.problem}`, problem.values),
    );
  }
}

/** Undo and redo by the keys that everybody knows; a field in which something is being written keeps its own. */
function listenToKeys({ store }: Page): void {
  document.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || isWriting(event.target)) return;
    const key = event.key.toLowerCase();
    if (key !== "z" && key !== "y") return;
    event.preventDefault();
    store.send({ do: key === "y" || event.shiftKey ? "redo" : "undo" });
  });
}

function isWriting(target: EventTarget | null): boolean {
  if (target instanceof HTMLTextAreaElement) return true;
  if (!(target instanceof HTMLInputElement)) return false;
  return target.type === "text" || (target.type === "number" && target.value !== target.dataset.taken);
}
