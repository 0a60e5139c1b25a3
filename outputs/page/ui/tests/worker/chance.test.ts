import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { inverseNormal, logNormalShare } from "../../src/worker/chance/normal.ts";
import { Philox } from "../../src/worker/chance/philox.ts";
import { stepsOfYears } from "../../src/worker/chance/years.ts";

interface Known {
  shares: number[];
  inverse: number[];
  points: number[];
  logShare: number[];
  philox: { seed: number; stream: number; place: number; numbers: number[] }[];
}

/** Numbers of NumPy's Philox and SciPy's ndtri and log_ndtr. */
const KNOWN = JSON.parse(readFileSync(new URL("normal.json", import.meta.url), "utf8")) as Known;

function near(found: number, expected: number, what: string): void {
  assert.ok(
    Math.abs(found - expected) <= 2e-14 * Math.max(Math.abs(expected), 1e-3),
    `${what}: ${found}, not ${expected}`,
  );
}

test("the normal distribution is SciPy's", () => {
  KNOWN.shares.forEach((share, at) => near(inverseNormal(share), KNOWN.inverse[at], `inverse of ${share}`));
  KNOWN.points.forEach((x, at) => near(logNormalShare(x), KNOWN.logShare[at], `logarithm below ${x}`));
  assert.deepEqual([inverseNormal(0), inverseNormal(1)], [-Infinity, Infinity]);
});

test("the generator is NumPy's, from any place on", () => {
  for (const { seed, stream, place, numbers } of KNOWN.philox) {
    const found = new Float64Array(numbers.length);
    new Philox(seed, stream).fill(place, found);
    assert.deepEqual([...found], numbers);
  }
});

test("the last moment belongs to the last year", () => {
  assert.deepEqual(stepsOfYears(Float64Array.of(2025, 2025.5, 2026, 2026.5, 2027), 2025, 2026), [
    [0, 1],
    [2, 3, 4],
  ]);
});
