import assert from "node:assert/strict";
import { test } from "node:test";
import { axisTicks, extentOf, niceDomain, spread, stickyDomain, yearTicks } from "../../src/charts/axes.ts";

const rules = { zero: false, ticks: 6 };

test("a domain holds its values and ends on round numbers", () => {
  for (const [low, high] of [[348123, 391456], [-5200, 18000], [0.021, 0.034], [-90, -71]] as const) {
    const [from, to] = niceDomain(low, high, rules);
    assert.ok(from <= low && to >= high, `${from} ${to}`);
    const { ticks } = axisTicks([from, to], 6);
    assert.ok(ticks.length >= 3 && ticks.length <= 14);
  }
});

test("zero is on the axis where it is asked for, and where the values are near it", () => {
  assert.equal(niceDomain(300000, 350000, { zero: true, ticks: 6 })[0], 0);
  assert.equal(niceDomain(10, 100, rules)[0], 0);
  assert.equal(niceDomain(-100, -10, rules)[1], 0);
  assert.ok(niceDomain(300000, 350000, rules)[0] > 200000);
});

test("an axis of positive values never goes below zero", () => {
  assert.equal(niceDomain(0, 100, rules)[0], 0);
  assert.ok(niceDomain(36, 100, rules)[0] >= 0);
});

test("values that are all the same still have an axis", () => {
  for (const value of [0, 5, -5, 350000]) {
    const [from, to] = niceDomain(value, value, rules);
    assert.ok(from <= value && to >= value && to > from, `${value}: ${from} ${to}`);
  }
});

test("an axis keeps still while the values stay in it and fill half of it", () => {
  const before = stickyDomain(null, 300000, 400000, rules);
  assert.equal(stickyDomain(before, 305000, 385000, rules), before);
  assert.equal(stickyDomain(before, 300000, 371000, rules), before);
});

test("an axis gives way at once when a value would leave it, and when the values fill less than half of it", () => {
  const before = stickyDomain(null, 300000, 400000, rules);
  const wider = stickyDomain(before, 300000, 480000, rules);
  assert.ok(wider[1] >= 480000);
  const narrower = stickyDomain(before, 330000, 340000, rules);
  assert.ok(narrower[1] - narrower[0] < 0.5 * (before[1] - before[0]));
});

test("moving a lever to and fro over a threshold moves the axis once", () => {
  let domain = stickyDomain(null, 0, 100, rules);
  let moves = 0;
  for (let step = 0; step < 50; step++) {
    const next = stickyDomain(domain, 0, step % 2 ? 130 : 118, rules);
    if (next !== domain) moves++;
    domain = next;
  }
  assert.equal(moves, 1);
});

test("the extent passes over what is missing", () => {
  assert.deepEqual(extentOf([[null, 3, NaN], new Float64Array([7, -2])]), [-2, 7]);
  assert.equal(extentOf([[null]]), null);
});

test("years are written where they have room", () => {
  assert.deepEqual(yearTicks(2024, 2050, 420), [2025, 2030, 2035, 2040, 2045, 2050]);
  assert.deepEqual(yearTicks(2024, 2050, 210), [2030, 2040, 2050]);
  assert.ok(yearTicks(1968, 2050, 200).length <= 4);
});

test("labels are moved apart, in order, inside their room", () => {
  const placed = spread([50, 52, 51, 300], 16, 10, 310);
  const order = [placed[0], placed[2], placed[1], placed[3]];
  for (let at = 1; at < order.length; at++) assert.ok(order[at] - order[at - 1] >= 16);
  assert.ok(Math.max(...spread([308, 309, 310], 16, 10, 310)) <= 310);
  assert.deepEqual(spread([20, 100], 16, 10, 310), [20, 100]);
});
