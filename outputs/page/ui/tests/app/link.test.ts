import { strict as assert } from "node:assert";
import { test } from "node:test";
import { deflateRawSync } from "node:zlib";
import type { Change } from "../../src/shared/protocol.ts";
import { LINK_BYTES, LINK_LETTERS } from "../../src/app/io/limits.ts";
import { LinkError, isLink, packLink, readLink } from "../../src/app/io/link.ts";
import type { Doc, View } from "../../src/app/state/types.ts";
import { meta } from "./things.ts";

const changes: Change[] = [
  {
    kind: "lever",
    name: "reception capacity",
    way: "multiply",
    number: 1.5,
    cells: { municipality: ["2482", "2584"] },
    from: 2028,
    until: 2040,
    ramp: 3,
  },
  { kind: "project", name: "project delay", way: "value", number: 2, project: "stegra", fate: "delay" },
  {
    kind: "assumption",
    name: "south opening time",
    way: "value",
    number: 2037,
    source: { sv: "källa", en: "source" },
    judged: [2035, 2040],
  },
];
const doc: Doc = { changes, baseYear: 2020, horizon: 2035, target: 50_000 };
const view: View = {
  area: "place:2584",
  year: 2041,
  indicator: "unemployed",
  language: "sv",
  theme: "dark",
  compare: { kind: "library", name: "steel-late" },
  scope: ["2584"],
};
const packed = (raw: unknown): string => `#s1=${deflateRawSync(JSON.stringify(raw)).toString("base64url")}`;
const whole = {
  v: 1,
  b: "reference",
  m: meta.model.slice(0, 12),
  ...doc,
  area: "region",
  year: 2040,
  indicator: "population",
  compare: null,
};

async function problemOf(hash: string): Promise<string> {
  try {
    await readLink(hash, meta);
  } catch (error) {
    assert.ok(error instanceof LinkError);
    return error.problem;
  }
  return "";
}

test("what is shared comes back as it was", async () => {
  const hash = await packLink(doc, view, meta);
  assert.match(hash, /^#s1=[\w-]+$/);
  const read = await readLink(hash, meta);
  assert.deepEqual(read.doc, doc);
  assert.deepEqual(read.view, {
    area: "place:2584",
    year: 2041,
    indicator: "unemployed",
    compare: { kind: "library", name: "steel-late" },
  });
  assert.deepEqual([read.faults, read.otherModel], [[], false]);
});

test("language, appearance and scope stay the reader's own", async () => {
  const read = await readLink(await packLink(doc, view, meta), meta);
  assert.deepEqual(Object.keys(read.view).sort(), ["area", "compare", "indicator", "year"]);
});

test("a pinned comparison travels along", async () => {
  const read = await readLink(
    await packLink(doc, { ...view, compare: { kind: "pinned", changes: changes.slice(0, 1) } }, meta),
    meta,
  );
  assert.deepEqual(read.view.compare, { kind: "pinned", changes: changes.slice(0, 1) });
});

test("broken links are told as broken", async () => {
  const good = await packLink(doc, view, meta);
  for (const bad of [
    "#s1=",
    "#s1=!!!",
    "#s1=AAAA",
    good.slice(0, -9),
    "#s1=" + Buffer.from("no deflate").toString("base64url"),
    packed([1]),
    packed("text"),
    packed(null),
  ]) {
    assert.equal(await problemOf(bad), "link", bad.slice(0, 40));
  }
});

test("links of other versions and baselines are told as such", async () => {
  assert.equal(await problemOf("#s2=AAAA"), "link foreign");
  assert.equal(await problemOf(packed({ ...whole, v: 9 })), "link foreign");
  assert.equal(await problemOf(packed({ ...whole, b: "other" })), "link base");
  assert.equal((await readLink(packed({ ...whole, m: "000000000000" }), meta)).otherModel, true);
});

test("headings and other marks are no links", () => {
  for (const hash of ["", "#", "#levers", "#s=1", "#x1="]) assert.equal(isLink(hash), false);
  for (const hash of ["#s1=", "#s12=ab"]) assert.equal(isLink(hash), true);
});

test("long links, and small ones that unpack to much, are refused", async () => {
  assert.equal(await problemOf("#s1=" + "A".repeat(LINK_LETTERS + 1)), "link size");
  assert.equal(await problemOf(packed({ ...whole, filler: " ".repeat(LINK_BYTES + 1) })), "link size");
  const many: Change[] = Array.from({ length: 250 }, (_, at) => ({
    ...changes[0],
    number: at / 7,
    source: { sv: `${Math.sin(at)}${Math.sin(at + 0.5)}${Math.tan(at)}`, en: `${Math.cos(at)}${Math.exp(-at / 9)}` },
  }));
  await assert.rejects(
    packLink({ ...doc, changes: many }, view, meta),
    (error: LinkError) => error.problem === "link size",
  );
});

test("what does not fit the model is left out and told, the rest is used", async () => {
  const strange = [
    { kind: "lever", name: "no such lever", way: "value", number: 1 },
    { kind: "lever", name: "reception capacity", way: "value", number: 99 },
    { kind: "lever", name: "reception capacity", way: "value", number: "2" },
    { kind: "lever", name: "reception capacity", way: "value", number: 2, cells: { municipality: ["9999"] } },
    { kind: "lever", name: "reception capacity", way: "value", number: 2, cells: { sex: ["men"] } },
    { kind: "project", name: "project delay", way: "value", number: 2, project: "nowhere", fate: "delay" },
    { kind: "project", name: "x", way: "value", number: 2, project: "stegra", fate: "explodes" },
    { kind: "project", name: "x", way: "value", number: 99, project: "stegra", fate: "delay" },
    "text",
    null,
    { __proto__: { kind: "lever" } },
  ];
  const read = await readLink(packed({ ...whole, changes: [...strange, changes[1]] }), meta);
  assert.deepEqual(read.doc.changes, [changes[1]]);
  assert.equal(read.faults.length, strange.length);
});

test("views and years out of bounds fall back", async () => {
  const read = await readLink(
    packed({
      ...whole,
      area: "place:<b>",
      year: 1e9,
      horizon: 1700,
      baseYear: "x",
      indicator: "constructor",
      target: -5,
      compare: { kind: "library", name: "__proto__" },
    }),
    meta,
  );
  assert.deepEqual(read.view, { area: "region", year: 2050, indicator: "population", compare: null });
  assert.deepEqual({ ...read.doc, changes: [] }, { changes: [], baseYear: 2022, horizon: 2040, target: 100_000 });
});
