import assert from "node:assert/strict";
import { test } from "node:test";
import type { Meta } from "../../src/shared/protocol.ts";
import { reducer } from "../../src/worker/reduce.ts";
import { shippedBands } from "../../src/worker/shipped.ts";
import { fakeMeta } from "./fake.ts";

const META: Meta = { ...fakeMeta(), dims: { county: ["Västerbotten", "Norrbotten"] } };

function reduced(dims: string[], shape: number[], values: number[]): number[] {
  return [...reducer({ dims, shape }, META)(Float64Array.from(values))];
}

test("what a variable has beside municipalities is summed up", () => {
  assert.deepEqual(reduced(["municipality"], [3], [1, 2, 3, 4, 5, 6]), [1, 2, 3, 4, 5, 6]);
  assert.deepEqual(reduced(["sex", "municipality"], [2, 3], [1, 2, 3, 10, 20, 30]), [11, 22, 33]);
  assert.deepEqual(
    reduced(["workplace", "industry"], [3, 2], [1, 2, 3, 4, 5, 6, 1, 1, 1, 1, 1, 1]),
    [3, 7, 11, 2, 2, 2],
  );
});

test("what is known by county or for the region stands in each municipality of it", () => {
  assert.deepEqual(reduced(["county"], [2], [7, 8, 17, 18]), [8, 8, 7, 18, 18, 17]);
  assert.deepEqual(reduced(["county", "sex"], [2, 2], [1, 2, 3, 4]), [7, 7, 3]);
  assert.deepEqual(reduced([], [], [5, 6]), [5, 5, 5, 6, 6, 6]);
});

test("the base's bands come with the page, by area", () => {
  const header = { band: { areas: ["region", "place:2580"], members: 256 } };
  const values = Float64Array.from({ length: 2 * 3 * 2 }, (_, at) => at);
  const arrays = {
    "band quantiles": { values, shape: [2, 3, 2] },
    "band reached": { values: Float64Array.of(0, 0.5), shape: [2] },
  };
  const band = shippedBands(header, arrays, [2024, 2025])!;
  assert.deepEqual(
    band("place:2580")!.q.map((row) => [...row]),
    [
      [6, 7],
      [8, 9],
      [10, 11],
    ],
  );
  assert.deepEqual([...band("region")!.reached!], [0, 0.5]);
  assert.equal(band("place:2580")!.reached, undefined);
  assert.equal(band("place:0000"), null);
  assert.equal(shippedBands({}, {}, []), null);
});
