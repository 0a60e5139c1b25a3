/** Words by key, in the language chosen, with values in place. */

import type { Language } from "../../shared/protocol.ts";
import { en } from "./en.ts";
import { sv, type Key } from "./sv.ts";

export type { Key } from "./sv.ts";
export type Say = (key: Key, values?: Record<string, string | number>) => string;

const WORDS: Record<Language, Record<Key, string>> = { sv, en };

const made = new Map<Language, Say>();

/** The teller of a language; always the same one, so that parts of the page need not be drawn anew. */
export function teller(language: Language): Say {
  const found = made.get(language);
  if (found) return found;
  const say: Say = (key, values) => fill(WORDS[language][key], values ?? {});
  made.set(language, say);
  return say;
}

/** Puts values in the places named in braces. */
function fill(text: string, values: Record<string, string | number>): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => (name in values ? String(values[name]) : whole));
}
