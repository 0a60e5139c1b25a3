import { strict as assert } from "node:assert";
import { test } from "node:test";
import type { Change, RunResult } from "../../src/shared/protocol.ts";
import { csvOf } from "../../src/app/io/csv.ts";
import { openMemory, type Shelf } from "../../src/app/io/storage.ts";
import { teller } from "../../src/app/texts/index.ts";
import { en } from "../../src/app/texts/en.ts";
import { sv } from "../../src/app/texts/sv.ts";
import { changeInWords, placesInWords, problemInWords, type Names } from "../../src/app/words/change.ts";
import { readLimits } from "../../src/app/words/limits.ts";
import { keptOf, shownOf, typed } from "../../src/app/words/numbers.ts";
import { deficitOf, newResidents } from "../../src/app/words/people.ts";
import { sentence, type Outcome } from "../../src/app/words/sentence.ts";
import { meta } from "./things.ts";

const names = (language: "sv" | "en"): Names => ({ meta, language, say: teller(language) });
const plain = (text: string): string => text.replace(/[\u00a0\u202f]/g, " ");

test("both languages have the same places to fill in", () => {
  const slots = (text: string): string[] => [...new Set(text.match(/\{\w+\}/g) ?? [])].sort();
  for (const key of Object.keys(sv) as (keyof typeof sv)[]) {
    assert.deepEqual(slots(en[key]), slots(sv[key]), key);
    assert.ok(en[key].trim() && sv[key].trim(), key);
  }
});

test("a change is told with what, how much, where and when", () => {
  const change: Change = {
    kind: "lever",
    name: "building support",
    way: "value",
    number: 0.025,
    cells: { municipality: ["2580", "2582", "2584"] },
    from: 2027,
    ramp: 2,
  };
  assert.equal(
    changeInWords(change, names("sv")),
    "building support sv: 2,5 procent, i Norrbottens län, från 2027, infasat över 2 år",
  );
  assert.equal(
    changeInWords({ ...change, way: "multiply", number: 1.5, cells: undefined, ramp: 0, until: 2030 }, names("en")),
    "building support en: 1.5 times today's, from 2027, through 2030",
  );
});

test("what happens to a project is told in words", () => {
  const fate = (name: "delay" | "scale" | "stop" | "closure", number: number): string =>
    changeInWords({ kind: "project", name: "x", way: "value", number, project: "stegra", fate: name }, names("sv"));
  assert.deepEqual(
    [fate("delay", 2), fate("delay", -1), fate("scale", 0.5), fate("closure", 2035), fate("stop", 9999)],
    [
      "stegra sv: bygget börjar 2 år senare",
      "stegra sv: bygget börjar 1 år tidigare",
      "stegra sv: 50 procent av storleken",
      "stegra sv: läggs ned 2035",
      "stegra sv: bygget stoppas inte",
    ],
  );
});

test("many places are told by counties, and by the first of them", () => {
  const say = teller("sv");
  assert.equal(placesInWords(["2480", "2482", "2580", "2582", "2584"], meta.places, say), "alla kommuner");
  assert.equal(placesInWords(["2480", "2482", "2584"], meta.places, say), "Västerbottens län och Kiruna");
});

test("what the worker refuses is told with the lever's own name and range", () => {
  const change: Change = { kind: "lever", name: "building support", way: "value", number: 0.9 };
  assert.equal(
    problemInWords({ change: 0, kind: "range", values: { number: 0.9 } }, [change], names("en")),
    "building support en = 90 per cent is outside the range 0 to 50 per cent.",
  );
  for (const kind of ["unknown", "places", "clash", "never", "number", "model"] as const) {
    assert.doesNotMatch(problemInWords({ change: -1, kind, values: {} }, [], names("sv")), /undefined|\{/);
  }
});

const outcome: Outcome = {
  area: "regionen",
  whole: true,
  year: 2040,
  baseYear: 2022,
  scenario: 12_345,
  base: 10_000,
  target: 100_000,
  changed: true,
  deficit: 0,
  readings: [],
  language: "sv",
  say: teller("sv"),
};
const reading = (name: "homes" | "grid", value: number) => ({
  limit: { name, share: { sum: [] }, at: 2, bad: "more" as const },
  value,
  base: 0,
  passed: true,
  beyond: 1,
  where: [],
});

test("the sentence tells what happened, against what, and what binds", () => {
  const told = (more: Partial<Outcome>): string => plain(sentence({ ...outcome, ...more }));
  assert.match(
    told({}),
    /^Vid slutet av 2040 har regionen 12 300 fler invånare än 2022 \(87 700 under målet\), 2 350 fler än utan ändringar; ingen av/,
  );
  assert.match(told({ scenario: -500 }), /500 färre invånare än 2022 .* 10 500 färre än utan ändringar/);
  assert.match(told({ scenario: 120_000 }), /\(över målet 100 000\)/);
  assert.match(told({ scenario: 10_000.2 }), /precis som utan ändringar/);
  assert.match(told({ changed: false }), /utan ändringar, 12 300 fler/);
  assert.match(told({ deficit: 21_000 }), /dör 21 000 fler än det föds/);
  assert.match(told({ readings: [reading("homes", 3.14)] }), /det som bromsar är bostäderna \(3,1 procent/);
  assert.match(told({ readings: [reading("homes", 3), reading("grid", 80)] }), /bostäderna .* och elnätet/);
  assert.doesNotMatch(told({ whole: false }), /målet/);
});

function run(values: Record<string, number[]>): RunResult {
  return {
    years: [2024, 2025],
    values: Object.fromEntries(Object.entries(values).map(([key, list]) => [key, Float64Array.from(list)])),
    ages: new Float64Array(0),
  };
}

test("new residents are counted from the observed base year", () => {
  const people = run({ total_population: [130, 65, 60, 20, 16, 140, 70, 60, 20, 16] });
  assert.deepEqual([...newResidents(meta, people, [0, 1], 2022)], [30, 45]);
  assert.deepEqual([...newResidents(meta, people, [0, 1], 2024)], [0, 15]);
});

test("deaths less births are counted from the year after the run begins", () => {
  assert.equal(
    deficitOf(run({ births: [9, 9, 9, 9, 9, 1, 1, 1, 1, 1], deaths: [0, 0, 0, 0, 0, 3, 3, 3, 3, 3] }), [0, 4], 2025),
    4,
  );
});

test("limits are read from what the run holds, the worst first, with the places where they are passed", () => {
  const values = {
    total_population: [1, 1, 1, 1, 1, 1, 1, 1, 1, 1],
    homes_missing: [0, 0, 0, 0, 0, 1, 0, 0, 0, 14],
    households_wanted: [100, 100, 100, 100, 100, 100, 100, 100, 100, 100],
    welfare_staffing: [1, 1, 1, 1, 1, 0.8, 0.8, 0.8, 0.8, 0.8],
    grid_availability: [1, 1],
  };
  const readings = readLimits({ scenario: run(values), base: run(values) }, [0, 1, 2, 3, 4], 2025);
  assert.deepEqual(
    readings.map((each) => [each.limit.name, each.passed, each.where]),
    [
      ["homes", true, [4]],
      ["service", true, [0, 1, 2, 3, 4]],
    ],
  );
});

test("numbers typed with comma or point are the same, and shares come back exactly", () => {
  assert.deepEqual(["2,5", "2.5", " 1 000,5", "−3", "1e3"].map(typed), [2.5, 2.5, 1000.5, -3, 1000]);
  assert.deepEqual(["", "x", "1,2,3", "Infinity", "0x10"].map(typed), [null, null, null, null, null]);
  for (let cents = 0; cents <= 1000; cents += 1) assert.equal(shownOf(keptOf(cents / 10, 100), 100), cents / 10);
  assert.equal(keptOf(0.7, 100), 0.007);
});

test("a table opens in the reader's own Excel", () => {
  assert.equal(
    csvOf(
      [
        ['Område; "allt"', "b"],
        [1234.5, null],
        ["å", Number.NaN],
      ],
      "sv",
    ),
    '\ufeff"Område; ""allt""";b\r\n1234,5;\r\nå;\r\n',
  );
  assert.equal(csvOf([["a,b", 0.1 + 0.2, -1e-9]], "en"), '\ufeff"a,b",0.3,-0.000000001\r\n');
});

test("no text in a table is taken for a formula, while numbers stay numbers", () => {
  for (const text of ["=1+1", "+1", "-1", "@x", "\t=1", " =1", "|cmd", "＝1"]) {
    assert.match(csvOf([[text]], "sv"), /^\ufeff"?'/, JSON.stringify(text));
  }
  assert.equal(csvOf([[-5]], "sv"), "\ufeff-5\r\n");
});

test("a store that is blocked, full or spoilt leaves the page working", () => {
  const blocked = openMemory(() => {
    throw new Error("blocked");
  });
  assert.deepEqual(blocked.kept, { language: null, theme: "auto", toured: false });
  assert.equal(blocked.keep({ toured: true }), false);
  assert.equal(blocked.kept.toured, true);
  const full: Shelf = {
    getItem: () => "{bad",
    setItem: () => {
      throw new Error("full");
    },
  };
  assert.equal(openMemory(() => full).keep({ language: "en" }), false);
  const shelf = new Map<string, string>();
  const good: Shelf = {
    getItem: (name) => shelf.get(name) ?? null,
    setItem: (name, value) => void shelf.set(name, value),
  };
  assert.equal(openMemory(() => good).keep({ language: "en", theme: "dark" }), true);
  assert.deepEqual(openMemory(() => good).kept, { language: "en", theme: "dark", toured: false });
});
