/** What the page remembers: the scenario being made, how it is looked at, and messages. */

import type { Area, Change, Language } from "../../shared/protocol.ts";

/** What is undone and redone, shared and saved: the scenario and its yardstick. */
export interface Doc {
  changes: readonly Change[];
  baseYear: number;
  horizon: number;
  target: number;
}

/** The scenario beside: none, one of the library, or a copy of what was on the page. */
export type Compare = { kind: "library"; name: string } | { kind: "pinned"; changes: readonly Change[] } | null;

export type Theme = "auto" | "light" | "dark";

/** Places that levers act on: null is the whole region. */
export type Scope = readonly string[] | null;

export interface View {
  area: Area;
  year: number;
  indicator: string;
  language: Language;
  theme: Theme;
  compare: Compare;
  scope: Scope;
}

/** Words of one message: its key among the texts, and what stands in it. */
export interface Notice {
  id: number;
  tone: "error" | "note";
  /** Language in which it was told; messages are not told anew when the page changes language. */
  language: Language;
  text: string;
  /** More lines below the text, as a list. */
  lines: readonly string[];
}

/** The guided story: where it is, and what the page showed before it. */
export interface Tour {
  step: number;
  before: { doc: Doc; area: Area; indicator: string };
}

export interface State {
  doc: Doc;
  past: readonly Doc[];
  future: readonly Doc[];
  /** Moves with the same word follow each other in one step of undo; null when the next one opens a new step. */
  gesture: string | null;
  view: View;
  tour: Tour | null;
  notices: readonly Notice[];
  /** Title of the scenario that was loaded, as long as nothing else has been loaded. */
  loaded: { title: string; author: string; source: string; description: string } | null;
}

export type Action =
  | { do: "edit"; doc: Partial<Doc>; gesture?: string }
  | { do: "rest" }
  | { do: "undo" }
  | { do: "redo" }
  | { do: "reset"; doc: Doc }
  | { do: "view"; view: Partial<View> }
  | { do: "load"; doc: Doc; view?: Partial<View>; loaded: State["loaded"] }
  | { do: "tell"; notice: Omit<Notice, "id"> }
  | { do: "dismiss"; id: number }
  | { do: "tour"; step: number; doc: Doc; area: Area; indicator: string }
  | { do: "tour end"; keep: boolean };
