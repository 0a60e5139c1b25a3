import assert from "node:assert/strict";
import { test } from "node:test";
import { areaGroups, areaName, isArea, placesOf } from "../../src/shared/areas.ts";
import { seriesOf, valueOf, valuesByPlace, variablesOf } from "../../src/shared/indicators.ts";
import { quantileOf, quantilesByYear } from "../../src/shared/quantiles.ts";
import { indicator, PLACES } from "./fake.ts";

const RUN = {
  years: [2024, 2025],
  values: {
    people: Float64Array.of(100, 200, 300, 110, 210, 310),
    jobs: Float64Array.of(50, 0, 150, 55, 0, 160),
    rate: Float64Array.of(0.5, 0.25, 1, 0.5, 0.25, 1),
    none: new Float64Array(6),
  },
};

test("an area means its municipalities and has a name in each language", () => {
  assert.deepEqual(placesOf("region", PLACES), [0, 1, 2]);
  assert.deepEqual(placesOf("county:25", PLACES), [0, 1]);
  assert.deepEqual(placesOf("fa:Umeå", PLACES), [2]);
  assert.deepEqual(placesOf("place:2580", PLACES), [1]);
  assert.deepEqual(placesOf("place:9999", PLACES), []);
  assert.ok(isArea("region", PLACES) && !isArea("constructor", PLACES));
  assert.equal(areaName("county:25", PLACES, "sv"), "Norrbottens län");
  assert.equal(areaName("place:2580", PLACES, "en"), "Luleå");
});

test("areas are listed in the order of the Swedish alphabet", () => {
  const { municipalities, labourMarkets, counties } = areaGroups(PLACES);
  assert.deepEqual(municipalities, ["place:2514", "place:2580", "place:2480"]);
  assert.deepEqual(counties, ["county:25", "county:24"]);
  assert.deepEqual(labourMarkets, ["fa:Haparanda"]);
});

test("an indicator is a sum, a quotient of sums, or a mean", () => {
  const all = [0, 1, 2];
  assert.equal(valueOf(indicator({ sum: ["people"], minus: ["jobs"], factor: 2 }), RUN, 0, all), 800);
  assert.equal(valueOf(indicator({ sum: ["jobs"], per: ["people"], factor: 100 }), RUN, 0, all), 100 * (200 / 600));
  assert.equal(valueOf(indicator({ sum: ["rate"], weight: "people" }), RUN, 0, all), (50 + 50 + 300) / 600);
  assert.deepEqual([...seriesOf(indicator({ sum: ["people"] }), RUN, [0, 2])], [400, 420]);
  assert.deepEqual([...valuesByPlace(indicator({ sum: ["people"] }), RUN, 1)], [110, 210, 310]);
});

test("a term may be a part of a variable", () => {
  const halved = indicator({ sum: ["people", "jobs*0.5"] });
  assert.equal(valueOf(halved, RUN, 0, [0]), 125);
  assert.deepEqual(variablesOf(indicator({ sum: ["people*0.5"], per: ["people"], weight: "jobs" })), [
    "people",
    "jobs",
  ]);
});

test("what divides by nothing has no value", () => {
  assert.ok(Number.isNaN(valueOf(indicator({ sum: ["people"], per: ["none"] }), RUN, 0, [0])));
  assert.ok(Number.isNaN(valueOf(indicator({ sum: ["rate"], weight: "none" }), RUN, 0, [0])));
});

test("quantiles lie between the members in order", () => {
  assert.equal(quantileOf([1, 2, 4], 0.5), 2);
  assert.equal(quantileOf([1, 2, 4], 0.75), 3);
  assert.equal(quantileOf([7], 0.9), 7);
  const [low, middle] = quantilesByYear(
    [Float64Array.of(3, 30), Float64Array.of(1, 10), Float64Array.of(2, 20)],
    [0, 0.5],
  );
  assert.deepEqual(
    [[...low], [...middle]],
    [
      [1, 10],
      [2, 20],
    ],
  );
});
