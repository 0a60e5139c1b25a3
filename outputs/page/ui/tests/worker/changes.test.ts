import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import type { Change, ChangeProblem } from "../../src/shared/protocol.ts";
import { Layer } from "../../src/worker/changes/changes.ts";
import { weightAt } from "../../src/worker/changes/ramps.ts";
import { DIMS, FakeEngine, lever, TIMES } from "./fake.ts";

interface Case {
  from: number | null;
  until: number | null;
  ramp: number;
  weights: number[];
}

/** Weights of scenarios/ramps.py. */
const RAMPS = JSON.parse(readFileSync(new URL("ramps.json", import.meta.url), "utf8")) as {
  times: number[];
  cases: Case[];
};

function lay(changes: Change[]): ReturnType<Layer["lay"]> {
  return new Layer({ engine: new FakeEngine(), dims: DIMS, start: 2024, until: 2028 }).lay(changes);
}

function changed(name: string, changes: Change[]): Float64Array {
  const { changed, problems } = lay(changes);
  assert.equal(problems, null);
  return changed![name].values;
}

function problemsOf(...changes: Change[]): ChangeProblem[] {
  return lay(changes).problems ?? [];
}

test("a change is in force as Python's", () => {
  for (const { from, until, ramp, weights } of RAMPS.cases) {
    const found = RAMPS.times.map((time) => weightAt({ begin: from, until, years: ramp }, time));
    assert.deepEqual(found, weights);
  }
});

test("a change sets, adds or multiplies in the chosen cells alone", () => {
  assert.deepEqual([...changed("help", [lever("help", 4)])], [4, 4, 4]);
  const one = { cells: { municipality: ["2580"] } };
  assert.deepEqual([...changed("help", [lever("help", 4, { way: "add", ...one })])], [1, 6, 3]);
  const two: Partial<Change> = { kind: "assumption", cells: { sex: ["men"], municipality: ["2480", "2514"] } };
  assert.deepEqual([...changed("table", [lever("table", 2, { way: "multiply", ...two })])], [1, 2, 3, 8, 5, 12]);
});

test("a change over time leads from the value so far to the new one", () => {
  const values = changed("push", [lever("push", 10, { from: 2026, ramp: 1 })]);
  const expected = [...TIMES].map((time) => 10 * Math.min(Math.max(time - 2026, 0), 1));
  assert.deepEqual([...values], expected);
});

test("changes one after the other are all reckoned from the value before", () => {
  const first = lever("help", 2, { way: "multiply", until: 2025 });
  const second = lever("help", 3, { way: "multiply", from: 2026 });
  const values = changed("help", [first, second]);
  assert.deepEqual([...values.slice(0, 3)], [2, 4, 6]);
  assert.deepEqual([...values.slice(-3)], [3, 6, 9]);
});

test("a project is known by its name however it is written", () => {
  const change: Change = {
    kind: "project",
    name: "project delay",
    project: "Steel-Works",
    fate: "delay",
    way: "value",
    number: 3,
  };
  assert.deepEqual([...changed("project delay", [change])], [3, 1]);
});

test("what was laid before leaves nothing behind", () => {
  const layer = new Layer({ engine: new FakeEngine(), dims: DIMS, start: 2024, until: 2028 });
  layer.lay([lever("help", 9)]);
  assert.deepEqual(
    [...layer.lay([lever("help", 5, { cells: { municipality: ["2480"] } })]).changed!.help.values],
    [1, 2, 5],
  );
});

test("what is out of range is told with both ends", () => {
  const [problem] = problemsOf(lever("help", 5, { way: "multiply" }));
  assert.deepEqual(problem, { change: 0, kind: "range", values: { name: "help", value: 15, low: 0, high: 10 } });
  assert.deepEqual(problemsOf(lever("help", 12, { range: [0, 20], because: { sv: "prov", en: "trial" } })), []);
  assert.equal(problemsOf(lever("help", 12, { range: [0, 20] }))[0].kind, "number");
});

test("changes that meet in a cell and a year clash", () => {
  const kinds = (...changes: Change[]) =>
    problemsOf(...changes).map(({ kind, change, values }) => [kind, change, values.other]);
  assert.deepEqual(kinds(lever("help", 4), lever("push", 1), lever("help", 5)), [["clash", 2, 0]]);
  const places = [["2514"], ["2580"]].map((municipality) => lever("help", 4, { cells: { municipality } }));
  assert.deepEqual(kinds(...places), []);
  assert.deepEqual(kinds(lever("help", 4, { until: 2025, ramp: 2 }), lever("help", 5, { from: 2027 })), [
    ["clash", 1, 0],
  ]);
  assert.deepEqual(kinds(lever("help", 4, { until: 2025, ramp: 1 }), lever("help", 5, { from: 2027 })), []);
});

test("a change that is never in force is refused", () => {
  assert.equal(problemsOf(lever("help", 4, { from: 2029 }))[0].kind, "never");
  assert.equal(problemsOf(lever("help", 4, { until: 2023 }))[0].kind, "never");
  assert.deepEqual(problemsOf(lever("help", 4, { from: 2028 })), []);
});

test("what the model does not have is refused", () => {
  const kinds = (change: Change) => problemsOf(change).map(({ kind }) => kind);
  assert.deepEqual(kinds(lever("nothing", 1)), ["unknown"]);
  assert.deepEqual(kinds(lever("constructor", 1)), ["unknown"]);
  assert.deepEqual(kinds(lever("rate", 1)), ["unknown"]);
  assert.deepEqual(kinds(lever("path", 1, { kind: "assumption" })), ["unknown"]);
  assert.deepEqual(kinds(lever("project delay", 1, { kind: "project", project: "none", fate: "delay" })), ["unknown"]);
  assert.deepEqual(kinds(lever("help", 1, { cells: { municipality: ["0000"] } })), ["places"]);
  assert.deepEqual(kinds(lever("help", 1, { cells: { age: ["0"] } })), ["places"]);
  assert.deepEqual(kinds(lever("help", 1, { cells: { municipality: [] } })), ["places"]);
});

test("numbers that no change can have are refused", () => {
  const field = (change: Change) => problemsOf(change).map(({ kind, values }) => `${kind} ${values.field}`);
  assert.deepEqual(field(lever("help", NaN)), ["number number"]);
  assert.deepEqual(field(lever("help", 1, { from: 1999 })), ["number from"]);
  assert.deepEqual(field(lever("help", 1, { until: 2026.5 })), ["number until"]);
  assert.deepEqual(field(lever("help", 1, { from: 2027, until: 2026 })), ["number until"]);
  assert.deepEqual(field(lever("help", 1, { ramp: -1 })), ["number ramp"]);
  assert.deepEqual(field(lever("rate", 1, { kind: "assumption", from: 2026 })), ["number from"]);
});

test("every problem is told at once", () => {
  assert.equal(problemsOf(lever("nothing", 1), lever("help", 99), lever("push", 1, { from: 2029 })).length, 3);
});
