import assert from "node:assert/strict";
import { test } from "node:test";
import {
  inSentence, joined, lineSummary, mapSummary, pyramidSummary, reachedYear, stackSummary, turningPoint, whySummary,
} from "../../src/charts/summary.ts";
import type { LineChartProps, Series } from "../../src/charts/props.ts";
import { chartTexts } from "../../src/charts/texts.ts";

const plain = (text: string) => text.replace(/\u00a0|\u202f/g, " ");
const years = [2024, 2030, 2040, 2050];
const figure = { id: "x", heading: "Invånare", description: "", language: "sv" } as const;
const scenario: Series = { key: "s", role: "scenario", label: "Scenariot", years, values: [350000, 380000, 402400, 390000] };
const base: Series = { key: "b", role: "base", label: "Utan ändringar", years, values: [350000, 352000, 351000, 347600] };
const lines: LineChartProps = { ...figure, series: [scenario, base], unit: "personer", decimals: 0 };

test("a turning point is told when the line clearly comes back", () => {
  assert.deepEqual(turningPoint(years, [1, 5, 9, 2]), { kind: "peak", year: 2040, value: 9 });
  assert.deepEqual(turningPoint(years, [8, 2, 3, 9]), { kind: "trough", year: 2030, value: 2 });
  assert.equal(turningPoint(years, [1, 2, 9, 8.9]), null);
  assert.equal(turningPoint(years, [1, 2, 3, 4]), null);
  assert.equal(turningPoint(years, [null, 2, NaN, 4]), null);
});

test("a line is told by its ends, its distance from the base, and its turn", () => {
  assert.equal(
    plain(lineSummary(lines)),
    "Scenariot: från 350 000 (år 2024) till 390 000 personer (år 2050). " +
      "Det är 42 400 mer än utan ändringar år 2050. Högst är det år 2040, 402 000.",
  );
  assert.equal(
    lineSummary({ ...lines, language: "en", series: [{ ...scenario, label: "The scenario" }, { ...base, label: "Without changes" }], unit: "people" }),
    "The scenario: from 350,000 (2024) to 390,000 people (2050). " +
      "That is 42,400 more than without changes in 2050. It is highest in 2040, 402,000.",
  );
});

test("a scenario that changes nothing is said to be as the base", () => {
  const same = { ...lines, series: [{ ...base, key: "s", role: "scenario", label: "Scenariot" } as Series, base] };
  assert.match(lineSummary(same), /Det är lika mycket som utan ändringar år 2050/);
});

test("a target is reached, not reached, or passed from the start", () => {
  assert.equal(reachedYear(years, [0, 50, 120, 90], 100), 2040);
  assert.equal(reachedYear(years, [0, 50, null, 90], 100), null);
  const target = (value: number) => plain(lineSummary({ ...lines, target: { value, label: "Målet" } }));
  assert.match(target(400000), /Målet nås år 2040\./);
  assert.match(target(500000), /Målet nås inte till år 2050; det fattas 110 000\./);
  assert.match(target(300000), /ligger över Målet redan år 2024/);
});

test("several quantities are told one by one, each against its own base", () => {
  const two: Series[] = [
    { ...scenario, hue: 0 }, { ...base, hue: 0 },
    { ...scenario, key: "s1", hue: 1, label: "Bostäder" }, { ...base, key: "b1", hue: 1, said: "i dag" },
  ];
  const text = lineSummary({ ...lines, series: two });
  assert.match(text, /mer än utan ändringar/);
  assert.match(text, /Bostäder: från .* mer än i dag/);
  const named = [{ ...scenario, label: "Folkmängd" }, { ...base, label: "Folkmängd, utan ändringar" }];
  assert.match(lineSummary({ ...lines, series: named }), /mer än utan ändringar år/);
});

test("no data, no sentence", () => {
  assert.equal(lineSummary({ ...lines, series: [] }), "");
  assert.equal(lineSummary({ ...lines, series: [{ ...scenario, values: [null, null, null, null] }] }), "");
});

test("a stack is told by its whole, its parts and its base in the year", () => {
  const stack = {
    ...figure, years, year: 2040, totalLabel: "Jobb", baseLabel: "Utan ändringar", unit: "jobb", decimals: 0,
    layers: [
      { key: "a", label: "Bor i kommunen", values: [1, 1, 750, 1], base: [1, 1, 700, 1] },
      { key: "b", label: "Pendlar in", values: [1, 1, 250, 1], base: [1, 1, 200, 1] },
    ],
  };
  assert.match(stackSummary({ ...stack, year: 2030 }), /Jobb år 2030: 2, lika mycket som utan ändringar\./);
  assert.equal(
    plain(stackSummary(stack)),
    "Jobb år 2040: 1 000, +100 jämfört med utan ändringar. Fördelning: bor i kommunen 750 (75 %) och pendlar in 250 (25 %).",
  );
});

test("a pyramid is told by its people, its largest group and its largest changes", () => {
  const text = plain(pyramidSummary({
    ...figure, year: 2040, area: "Kiruna", groups: ["0–4", "5–9"], women: [500, 700], men: [480, 720],
    base: { women: [520, 650], men: [500, 700], label: "Utan ändringar" }, scenarioLabel: "Scenariot", unit: "personer",
  }));
  assert.match(text, /Kiruna år 2040: 2 400 personer, varav 1 200 kvinnor och 1 200 män\./);
  assert.match(text, /Störst är åldersgruppen 5–9 år, 1 420 personer\./);
  assert.match(text, /Störst ökning jämfört med utan ändringar: gruppen 5–9 år, 70 fler\./);
  assert.match(text, /Störst minskning jämfört med utan ändringar: gruppen 0–4 år, 40 färre\./);
});

test("a map is told by its ends; places without a value are left out", () => {
  const names = ["A", "B", "C", "D", "E", "F"];
  const map = {
    ...figure, viewBox: "0 0 1 1", paths: [], points: [], places: names.map((name) => ({ code: name, name })),
    values: [6, 5, 4, null, 2, 1] as (number | null)[], scale: { kind: "sequential" } as const, unit: "", decimals: 0, year: 2040, selected: "region",
  };
  assert.equal(mapSummary(map), "Högst år 2040: A (6), B (5) och C (4). Lägst: F (1), E (2) och C (4).");
  assert.equal(mapSummary({ ...map, values: [null, null, null, null, null, null] }), "Inget värde finns för 2040.");
});

test("why is told by the whole and by what moves it most", () => {
  const why = { ...figure, unit: "personer", decimals: 0, total: { label: "Allt", value: 700 } };
  const text = whySummary({ ...why, bars: [{ key: "a", label: "Fler bostäder", value: 1000 }, { key: "b", label: "Stålet sent", value: -300 }] });
  assert.equal(plain(text), "Ändringarna ger tillsammans +700 personer. Höjer mest: Fler bostäder (+1 000). Sänker mest: Stålet sent (−300).");
  assert.equal(whySummary({ ...why, bars: [] }), "Det finns inga ändringar att förklara.");
});

test("lists end with a word, and abbreviations keep their letters", () => {
  assert.equal(joined(["a", "b", "c"], chartTexts("sv")), "a, b och c");
  assert.equal(joined(["a"], chartTexts("en")), "a");
  assert.equal(inSentence("Utan ändringar"), "utan ändringar");
  assert.equal(inSentence("SCB:s framskrivning"), "SCB:s framskrivning");
});
