import { strict as assert } from "node:assert";
import { test } from "node:test";
import type { Change } from "../../src/shared/protocol.ts";
import {
  changeOf,
  coveringOf,
  fatesOf,
  othersWithin,
  tidied,
  withFate,
  withLever,
  withoutFates,
  withoutLever,
} from "../../src/app/state/changes.ts";
import { meta } from "./things.ts";

const places = meta.places.map((place) => place.code);
const NAME = "reception capacity";
const value = (number: number, codes?: string[]): Change => ({
  kind: "lever",
  name: NAME,
  way: "value",
  number,
  ...(codes ? { cells: { municipality: codes } } : {}),
});

/** No two changes of a lever may set the same place: sim.py would refuse them. */
function assertApart(changes: readonly Change[]): void {
  const seen = new Set<string>();
  for (const change of changes) {
    for (const code of change.cells?.municipality ?? places) {
      assert.ok(!seen.has(`${change.name} ${code}`), `${change.name} is set twice in ${code}`);
      seen.add(`${change.name} ${code}`);
    }
  }
}

test("a lever moved twice in the same places is one change", () => {
  const once = withLever([], value(2), null, places);
  const twice = withLever(once, value(3), null, places);
  assert.deepEqual(
    twice.map((change) => change.number),
    [3],
  );
});

test("a lever moved in some places takes them from the change of the whole region", () => {
  const changes = withLever(withLever([], value(2), null, places), value(3), ["2584"], places);
  assertApart(changes);
  assert.deepEqual(changes[0].cells?.municipality, ["2480", "2482", "2580", "2582"]);
  assert.deepEqual(changes[1].cells?.municipality, ["2584"]);
});

test("a lever moved in the whole region replaces what was set in parts", () => {
  const parts = withLever(withLever([], value(2), ["2480"], places), value(3), ["2584"], places);
  const whole = withLever(parts, value(1.5), null, places);
  assert.deepEqual(whole, [value(1.5)]);
});

test("an added or multiplied change gives way to the lever's own number", () => {
  const multiplied: Change = { ...value(2), way: "multiply" };
  assert.equal(changeOf([multiplied], NAME, null), undefined);
  assert.equal(othersWithin([multiplied], NAME, null).length, 1);
  assert.deepEqual(withLever([multiplied], value(3), null, places), [value(3)]);
});

test("putting a lever back in some places leaves the others", () => {
  const changes = withoutLever(withLever([], value(2), null, places), NAME, ["2584", "2580"], places);
  assert.deepEqual(changes[0].cells?.municipality, ["2480", "2482", "2582"]);
  assert.deepEqual(withoutLever(changes, NAME, null, places), []);
});

test("other levers and the timing of a change are left alone", () => {
  const other: Change = { kind: "lever", name: "grid programme", way: "value", number: 2 };
  const timed: Change = { ...value(2), from: 2030, ramp: 4, source: { sv: "s", en: "s" } };
  const changes = withLever([other, timed], { ...timed, number: 3 }, null, places);
  assert.deepEqual(changes, [other, { ...timed, number: 3 }]);
});

test("a project has one number for each fate", () => {
  const changes = withFate(withFate(withFate([], "stegra", "delay", 2), "stegra", "delay", 3), "stegra", "scale", 0.5);
  assert.deepEqual(
    fatesOf(changes, "stegra").map((change) => [change.fate, change.number, change.name]),
    [
      ["delay", 3, "project delay"],
      ["scale", 0.5, "project scale"],
    ],
  );
  assert.deepEqual(
    withoutFates(changes, "stegra", ["scale"]).map((change) => change.fate),
    ["scale"],
  );
  assert.deepEqual(withoutFates(changes, "stegra"), []);
});

test("cells that mean everything are left out", () => {
  assert.deepEqual(tidied(value(2, places), { municipality: places }), value(2));
  assert.deepEqual(tidied(value(2, ["2584"]), { municipality: places }), value(2, ["2584"]));
});

test("a row shows what acts in its places, even when it was set for more of them", () => {
  assert.equal(coveringOf([value(2)], NAME, ["2584"])?.number, 2);
  assert.equal(coveringOf([value(2, ["2580", "2584"])], NAME, ["2584"])?.number, 2);
  assert.equal(coveringOf([value(2, ["2584"])], NAME, ["2580", "2584"]), undefined);
  assert.equal(coveringOf([value(2, ["2584"])], NAME, null), undefined);
});
