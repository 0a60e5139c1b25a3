/** The one way in which the page's state changes: pure, so that every path can be tested. */

import type { Action, Doc, Notice, State, Tour, View } from "./types.ts";

/** Steps that can be undone; older ones are let go. */
export const UNDO_DEPTH = 200;
/** Messages shown at once; the oldest gives way. */
export const MOST_NOTICES = 4;

export function firstState(doc: Doc, view: View, loaded: State["loaded"] = null): State {
  return { doc, past: [], future: [], gesture: null, view, tour: null, notices: [], loaded };
}

export function reduce(state: State, action: Action): State {
  switch (action.do) {
    case "edit":
      return edited(state, { ...state.doc, ...action.doc }, action.gesture ?? null);
    case "rest":
      return state.gesture === null ? state : { ...state, gesture: null };
    case "undo":
      return undone(state);
    case "redo":
      return redone(state);
    case "reset":
      return { ...edited(state, action.doc, null), loaded: null };
    case "view":
      return viewed(state, action.view);
    case "load":
      return {
        ...edited(state, action.doc, null),
        view: { ...state.view, ...action.view },
        loaded: action.loaded,
        notices: [],
      };
    case "tell":
      return { ...state, notices: withNotice(state.notices, action.notice) };
    case "dismiss":
      return { ...state, notices: state.notices.filter((notice) => notice.id !== action.id) };
    case "tour":
      return toured(state, action);
    case "tour end":
      return tourEnded(state, action.keep);
  }
}

/** Looked at otherwise; notes in a language that is left go with it. */
function viewed(state: State, view: Partial<View>): State {
  const stays = view.language === undefined || view.language === state.view.language;
  const notices = stays ? state.notices : state.notices.filter((notice) => notice.tone === "error");
  return { ...state, view: { ...state.view, ...view }, notices };
}

/** The new scenario; within one gesture the step of undo that it opened stays the only one. */
function edited(state: State, doc: Doc, gesture: string | null): State {
  if (sameDoc(state.doc, doc)) return state;
  const goesOn = gesture !== null && gesture === state.gesture;
  const past = goesOn ? state.past : [...state.past, state.doc].slice(-UNDO_DEPTH);
  return { ...state, doc, past, future: [], gesture };
}

function undone(state: State): State {
  const doc = state.past.at(-1);
  if (!doc) return state;
  return { ...state, doc, past: state.past.slice(0, -1), future: [state.doc, ...state.future], gesture: null };
}

function redone(state: State): State {
  const [doc, ...future] = state.future;
  if (!doc) return state;
  return { ...state, doc, past: [...state.past, state.doc], future, gesture: null };
}

/** The same message twice is one. */
function withNotice(notices: readonly Notice[], notice: Omit<Notice, "id">): readonly Notice[] {
  const others = notices.filter((each) => each.text !== notice.text || String(each.lines) !== String(notice.lines));
  const id = 1 + Math.max(0, ...notices.map((each) => each.id));
  return [...others, { ...notice, id }].slice(-MOST_NOTICES);
}

function toured(state: State, action: Extract<Action, { do: "tour" }>): State {
  const { area, indicator } = state.view;
  const tour: Tour = { step: action.step, before: state.tour?.before ?? { doc: state.doc, area, indicator } };
  const next = edited(state, action.doc, "tour");
  return { ...next, tour, view: { ...state.view, area: action.area, indicator: action.indicator } };
}

/** Ends the story; unless what it shows is kept, the page goes back to what it showed before. */
function tourEnded(state: State, keep: boolean): State {
  if (!state.tour) return state;
  const { doc, area, indicator } = state.tour.before;
  const next = keep ? state : { ...edited(state, doc, "tour"), view: { ...state.view, area, indicator } };
  return { ...next, tour: null, gesture: null };
}

export function sameDoc(one: Doc, other: Doc): boolean {
  return (
    one.baseYear === other.baseYear &&
    one.horizon === other.horizon &&
    one.target === other.target &&
    sameChanges(one.changes, other.changes)
  );
}

export function sameChanges(one: Doc["changes"], other: Doc["changes"]): boolean {
  return one === other || JSON.stringify(one) === JSON.stringify(other);
}
