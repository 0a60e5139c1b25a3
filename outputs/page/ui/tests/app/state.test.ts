import { strict as assert } from "node:assert";
import { test } from "node:test";
import type { Change } from "../../src/shared/protocol.ts";
import { MOST_NOTICES, UNDO_DEPTH, firstState, reduce } from "../../src/app/state/reduce.ts";
import type { Doc, State, View } from "../../src/app/state/types.ts";

const doc: Doc = { changes: [], baseYear: 2022, horizon: 2040, target: 100_000 };
const view: View = {
  area: "region",
  year: 2040,
  indicator: "population",
  language: "sv",
  theme: "auto",
  compare: null,
  scope: null,
};
const lever = (number: number): Change => ({ kind: "lever", name: "reception capacity", way: "value", number });
const edit = (state: State, number: number, gesture?: string): State =>
  reduce(state, { do: "edit", doc: { changes: [lever(number)] }, gesture });
const numbers = (state: State): number[] => state.doc.changes.map((change) => change.number);

test("what is changed can be undone and done again", () => {
  const two = edit(edit(firstState(doc, view), 1.5), 2);
  const back = reduce(two, { do: "undo" });
  assert.deepEqual(numbers(back), [1.5]);
  assert.deepEqual(numbers(reduce(back, { do: "redo" })), [2]);
  assert.deepEqual(numbers(reduce(back, { do: "undo" })), []);
});

test("a lever dragged through many numbers is one step of undo", () => {
  let state = firstState(doc, view);
  for (let at = 1; at <= 50; at += 1) state = edit(state, 1 + at / 100, "lever a");
  assert.equal(state.past.length, 1);
  state = reduce(state, { do: "rest" });
  state = edit(state, 3, "lever a");
  assert.equal(state.past.length, 2);
});

test("another lever opens a new step even without rest", () => {
  const state = edit(edit(firstState(doc, view), 2, "lever a"), 3, "lever b");
  assert.equal(state.past.length, 2);
});

test("a change after undo forgets what was undone", () => {
  const undone = reduce(edit(firstState(doc, view), 2), { do: "undo" });
  assert.equal(edit(undone, 3).future.length, 0);
});

test("the same scenario again is no step", () => {
  const state = edit(firstState(doc, view), 2);
  assert.equal(edit(state, 2), state);
});

test("starting over can be undone", () => {
  const state = reduce(edit(firstState(doc, view), 2), { do: "reset", doc });
  assert.deepEqual(numbers(state), []);
  assert.deepEqual(numbers(reduce(state, { do: "undo" })), [2]);
});

test("undo reaches back only so far", () => {
  let state = firstState(doc, view);
  for (let at = 0; at < UNDO_DEPTH + 20; at += 1) state = edit(state, at);
  assert.equal(state.past.length, UNDO_DEPTH);
});

test("undo and redo at the ends change nothing", () => {
  const state = firstState(doc, view);
  assert.equal(reduce(state, { do: "undo" }), state);
  assert.equal(reduce(state, { do: "redo" }), state);
});

test("how the page is looked at is no step of undo", () => {
  const state = reduce(firstState(doc, view), { do: "view", view: { area: "place:2584" } });
  assert.equal(state.past.length, 0);
  assert.equal(state.view.area, "place:2584");
});

test("the same message twice is told once, and the oldest gives way", () => {
  let state = firstState(doc, view);
  const tell = (text: string) =>
    reduce(state, { do: "tell", notice: { tone: "note", text, lines: [], language: "sv" } });
  state = tell("a");
  state = tell("a");
  assert.equal(state.notices.length, 1);
  for (const text of ["b", "c", "d", "e"]) state = tell(text);
  assert.equal(state.notices.length, MOST_NOTICES);
  assert.equal(new Set(state.notices.map((notice) => notice.id)).size, MOST_NOTICES);
  assert.equal(reduce(state, { do: "dismiss", id: state.notices[0].id }).notices.length, MOST_NOTICES - 1);
});

test("the story can be left: what was there before comes back, in one step of undo", () => {
  const mine = edit(firstState(doc, { ...view, area: "place:2580" }), 2);
  const step = (state: State, at: number) =>
    reduce(state, {
      do: "tour",
      step: at,
      doc: { ...doc, changes: [lever(at + 5)] },
      area: "region",
      indicator: "unemployed",
    });
  const touring = step(step(mine, 0), 1);
  assert.equal(touring.tour?.step, 1);
  assert.equal(touring.past.length, mine.past.length + 1);
  const left = reduce(touring, { do: "tour end", keep: false });
  assert.deepEqual(
    [numbers(left), left.view.area, left.view.indicator, left.tour],
    [[2], "place:2580", "population", null],
  );
  const kept = reduce(touring, { do: "tour end", keep: true });
  assert.deepEqual([numbers(kept), kept.view.area, kept.tour], [[6], "region", null]);
});
