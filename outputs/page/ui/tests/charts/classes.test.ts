import assert from "node:assert/strict";
import { test } from "node:test";
import { classOf, colourOf, divergingLimits, sequentialLimits, stickyLimits } from "../../src/charts/classes.ts";
import { classLabels } from "../../src/charts/map-layout.ts";
import { chartTexts } from "../../src/charts/texts.ts";

test("a value on a limit belongs to the class above", () => {
  assert.deepEqual([1, 2, 3, 9].map((value) => classOf(value, [2, 5])), [0, 1, 1, 2]);
});

test("limits rise, are round, and part the places", () => {
  const values = Array.from({ length: 29 }, (_, at) => 2300 + at * 311);
  const limits = sequentialLimits(values);
  assert.equal(limits.length, 4);
  limits.forEach((limit, at) => at && assert.ok(limit > limits[at - 1]));
  assert.equal(new Set(values.map((value) => classOf(value, limits))).size, 5);
  limits.forEach((limit) => assert.equal(limit % 100, 0));
});

test("a few large places do not leave the rest in one class", () => {
  const values = [135000, 79000, 74000, 43000, 28000, ...Array.from({ length: 24 }, (_, at) => 2400 + at * 400)];
  const limits = sequentialLimits(values);
  const counts = [0, 0, 0, 0, 0];
  for (const value of values) counts[classOf(value, limits)]++;
  assert.ok(Math.max(...counts) <= 12, counts.join());
});

test("places that are all alike, or have no value, have no limits", () => {
  assert.deepEqual(sequentialLimits([4, 4, null]), []);
  assert.deepEqual(sequentialLimits([null, NaN]), []);
  assert.deepEqual(divergingLimits([0, 0], 0), []);
  assert.equal(colourOf(0, [], "sequential"), "seq-2");
  assert.equal(colourOf(0, [], "diverging"), "div-3");
});

test("a diverging scale is the same on both sides of its middle", () => {
  const limits = divergingLimits([-3, 12, 1], 1);
  assert.equal(limits.length, 6);
  limits.forEach((limit, at) => assert.ok(Math.abs(limit - 1 + (limits[5 - at] - 1)) < 1e-9));
  assert.equal(colourOf(classOf(1, limits), limits, "diverging"), "div-3");
  assert.equal(colourOf(classOf(-99, limits), limits, "diverging"), "div-0");
  assert.equal(colourOf(classOf(99, limits), limits, "diverging"), "div-6");
});

test("the limits of a map keep still while they part the places", () => {
  const values = Array.from({ length: 29 }, (_, at) => 1000 + at * 100);
  const scale = { kind: "sequential" } as const;
  const before = stickyLimits(null, values, scale);
  assert.equal(stickyLimits(before, values.map((value) => value * 1.05), scale), before);
  assert.notEqual(stickyLimits(before, values.map((value) => value * 10), scale), before);
  assert.deepEqual(stickyLimits(before, values, { kind: "sequential", limits: [1, 2] }), [1, 2]);
});

test("the key tells the limits in numbers, with as many decimals as they need", () => {
  const sv = classLabels([-5, -2.5, 2.5, 5], "sv", chartTexts("sv"), true);
  assert.deepEqual(sv, ["under −5,0", "−5,0 till −2,5", "−2,5 till +2,5", "+2,5 till +5,0", "+5,0 eller mer"]);
  const en = classLabels([5000, 10000], "en", chartTexts("en"));
  assert.deepEqual(en, ["below 5,000", "5,000 to 10,000", "10,000 or more"]);
});
