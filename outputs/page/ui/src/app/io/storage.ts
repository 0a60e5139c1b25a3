/** What the browser remembers from visit to visit: language, appearance, and whether the story has been offered. */

import type { Language } from "../../shared/protocol.ts";
import type { Theme } from "../state/types.ts";

export interface Kept {
  language: Language | null;
  theme: Theme;
  /** The story has been taken or declined. */
  toured: boolean;
}

/** As much of the browser's store as is used. */
export type Shelf = Pick<Storage, "getItem" | "setItem">;

const NAME = "norrsim-page-1";
const MOST_LETTERS = 1000;
const NOTHING: Kept = { language: null, theme: "auto", toured: false };

export interface Memory {
  kept: Kept;
  /** Remembers; false where the browser does not let it (blocked or full). */
  keep(changes: Partial<Kept>): boolean;
}

/** `shelf`: how to reach the store; browsers may throw already there. */
export function openMemory(shelf: () => Shelf): Memory {
  let kept = read(shelf);
  return {
    get kept() {
      return kept;
    },
    keep(changes) {
      kept = { ...kept, ...changes };
      try {
        shelf().setItem(NAME, JSON.stringify(kept));
        return true;
      } catch {
        return false;
      }
    },
  };
}

function read(shelf: () => Shelf): Kept {
  try {
    const text = shelf().getItem(NAME);
    if (!text || text.length > MOST_LETTERS) return NOTHING;
    const raw = JSON.parse(text) as Partial<Record<keyof Kept, unknown>>;
    return {
      language: raw.language === "sv" || raw.language === "en" ? raw.language : null,
      theme: raw.theme === "light" || raw.theme === "dark" ? raw.theme : "auto",
      toured: raw.toured === true,
    };
  } catch {
    return NOTHING;
  }
}
