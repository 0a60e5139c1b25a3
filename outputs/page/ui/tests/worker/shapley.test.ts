import assert from "node:assert/strict";
import { test } from "node:test";
import { EXACT, shapley, type Play, type Shares } from "../../src/worker/shapley.ts";

function last(players: number, play: Play): Shares {
  const all = [...shapley(players, play)];
  assert.ok(all.slice(0, -1).every(({ done }) => !done));
  return all.at(-1)!;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/** Players add their number, and those beside each other something on top. */
const NEIGHBOURS: Play = (coalition) =>
  coalition.reduce((total, joins, at) => total + (joins ? at + (coalition[at - 1] ? 10 : 0) : 0), 5);

test("exact shares add up, and who adds alone has what it adds", () => {
  const { values, exact, done, runs, of } = last(3, NEIGHBOURS);
  assert.deepEqual(
    values.map((value) => Math.round(value * 1e9) / 1e9),
    [5, 11, 7],
  );
  assert.deepEqual([exact, done, runs, of], [true, true, 7, 7]);
});

test("one change alone has the whole difference", () => {
  assert.deepEqual(last(1, ([joins]) => (joins ? 7 : 3)).values, [4]);
});

test("who adds nothing has no share, and who add alike have the same", () => {
  const play: Play = ([one, other, idle]) => (one && other ? 8 : 0) + (idle ? 0 : 0);
  const { values } = last(3, play);
  assert.ok(
    Math.abs(values[2]) < 1e-12 && Math.abs(values[0] - values[1]) < 1e-12 && Math.abs(sum(values) - 8) < 1e-12,
  );
});

test("sampled shares add up and lie within their errors", () => {
  const players = EXACT + 3;
  const { values, errors, exact, runs, of, done } = last(players, NEIGHBOURS);
  const total = NEIGHBOURS(new Array<boolean>(players).fill(true)) - 5;
  assert.ok(Math.abs(sum(values) - total) < 1e-9);
  assert.deepEqual([exact, done, runs], [false, true, of]);
  values.forEach((value, at) => {
    const known = at + (at === 0 || at === players - 1 ? 5 : 10);
    assert.ok(Math.abs(value - known) <= 4 * errors[at] + 1e-9, `${at}: ${value} ± ${errors[at]}, not ${known}`);
  });
});

test("a sample of an additive game has no error", () => {
  const { values, errors } = last(9, (coalition) =>
    coalition.reduce((total, joins, at) => total + (joins ? at : 0), 0),
  );
  values.forEach((value, at) => assert.ok(Math.abs(value - at) < 1e-9 && errors[at] < 1e-6));
});
