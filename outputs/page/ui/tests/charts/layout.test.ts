import assert from "node:assert/strict";
import { test } from "node:test";
import { axesOf, domainFor, drawLine, endLabels, frameFor, shorten, xOf, yearsOf, yOf } from "../../src/charts/line-layout.ts";
import { isMarked } from "../../src/charts/marks.ts";
import { codeOf, mapFrame, placeArea } from "../../src/charts/map-layout.ts";
import { barsPath, groupAt, outlinePath, pyramidDomain, pyramidFrame, pyramidTicks, rowMiddle } from "../../src/charts/pyramid-layout.ts";
import { stackUp } from "../../src/charts/stack-layout.ts";
import { sparkPath } from "../../src/charts/spark.tsx";
import { lineTable } from "../../src/charts/tables.ts";
import { whyFrame, wrapText } from "../../src/charts/why-layout.ts";
import { yearAt } from "../../src/charts/year-slider.tsx";
import type { Series } from "../../src/charts/props.ts";

const years = Array.from({ length: 27 }, (_, at) => 2024 + at);
const line = (role: Series["role"], slope: number): Series => ({ key: role, role, label: role, years, values: years.map((_, at) => slope * at) });

test("a line has a point for each year, and breaks where a value is missing", () => {
  const frame = frameFor({ width: 640 }, [2024, 2050], ["100"], ["scenario"]);
  const [x, y] = [xOf(frame), yOf(frame, [0, 100])];
  assert.equal(drawLine(line("scenario", 1), x, y).path.match(/[ML]/g)?.length, 27);
  const holed = { ...line("scenario", 1), values: years.map((_, at) => (at === 9 ? null : at)) };
  assert.equal(drawLine(holed, x, y).path.match(/M/g)?.length, 2);
});

test("the axis holds the lines, the bands and the target", () => {
  const band = { key: "b", label: "", width: "wide", role: "scenario", years, low: years.map(() => -40), high: years.map(() => 60) } as const;
  const domain = domainFor({ series: [line("scenario", 1)], bands: [band], target: { value: 100, label: "" } }, null, 6);
  assert.ok(domain[0] <= -40 && domain[1] >= 100);
});

test("names stand at the ends of the lines, apart from each other; history has none", () => {
  const frame = frameFor({ width: 640 }, [2024, 2050], ["100"], ["scenario"]);
  const labels = endLabels([line("observed", 0), line("scenario", 1), line("base", 1.01)], frame, yOf(frame, [0, 30]));
  assert.deepEqual(labels.map((label) => label.key), ["scenario", "base"]);
  assert.ok(Math.abs(labels[0].y - labels[1].y) >= 16);
});

test("in a narrow room the plot takes the room of the names", () => {
  const narrow = frameFor({ width: 300 }, [2024, 2050], ["100"], ["a long name"]);
  assert.ok(narrow.width - narrow.right < 20);
  assert.ok(axesOf(narrow, [0, 100], 3).years.length <= 6);
});

test("years of all lines are on the axis; without lines there is one all the same", () => {
  assert.deepEqual(yearsOf([line("base", 1), { ...line("observed", 1), years: [1968, 2024], values: [0, 1] }]), [1968, 2050]);
  const [first, last] = yearsOf([]);
  assert.ok(last > first);
});

test("markers stand at whole decades and at the end, never crowded", () => {
  assert.deepEqual(years.filter((year) => isMarked("scenario", year, 2050)), [2030, 2040, 2050]);
  assert.deepEqual(years.filter((year) => isMarked("scenario", year, 2043)), [2030, 2043]);
});

test("a pointer is in the nearest year, and never outside the axis", () => {
  const along = { first: 2024, last: 2050, left: 50, width: 520 };
  assert.equal(yearAt(50 + 100, { left: 100, width: 640 }, 640, along), 2024);
  assert.equal(yearAt(100 + 50 + 320, { left: 100, width: 640 }, 640, along), 2040);
  assert.equal(yearAt(9999, { left: 0, width: 640 }, 640, along), 2050);
  assert.equal(yearAt(205, { left: 0, width: 320 }, 640, along), 2042);
});

test("layers stand on each other; what is missing has no height", () => {
  const stacked = stackUp([{ key: "a", label: "a", values: [1, 2] }, { key: "b", label: "b", values: [3, NaN] }], 2);
  assert.deepEqual([...stacked[1].low], [1, 2]);
  assert.deepEqual([...stacked[1].high], [4, 2]);
});

test("a pyramid's longest bar fits, its outline has a step for each group, and rows are found again", () => {
  const frame = pyramidFrame(500, 21);
  const groups = Array.from({ length: 21 }, (_, at) => `${at * 5}`);
  const women = groups.map((_, at) => 1000 - at * 40);
  const props = { id: "", heading: "", description: "", language: "sv", year: 2040, area: "", groups, women, men: women, scenarioLabel: "", unit: "" } as const;
  const domain = pyramidDomain(props, null, 4);
  assert.ok(domain[0] === 0 && domain[1] >= 1000);
  assert.equal(barsPath(frame, domain, women, "left").match(/M/g)?.length, 21);
  assert.equal(outlinePath(frame, domain, women, "right").match(/V/g)?.length, 21);
  for (const group of [0, 7, 20]) assert.equal(groupAt(frame, rowMiddle(frame, group)), group);
  assert.equal(groupAt(frame, 0), null);
});

test("numbers under a pyramid never touch, however narrow", () => {
  const write = (value: number) => `${value} `;
  for (const width of [200, 288, 500, 680]) {
    const frame = pyramidFrame(width, 21);
    const { ticks } = pyramidTicks(frame, [0, 22000], write, 4);
    assert.ok(ticks.length >= 2);
    const gap = ((ticks[1] - ticks[0]) / 22000) * frame.reach;
    assert.ok(ticks.length === 2 || gap >= 7 * 6, `${width}: ${ticks}`);
  }
});

test("a map keeps its shape in its room", () => {
  const frame = mapFrame("100 -50 400 560", 320);
  assert.equal(frame.width / frame.height, 400 / 560);
  assert.match(frame.transform, /translate\(-100,50\)/);
  assert.equal(mapFrame("0 0 400 560", 4000).height, 560);
  assert.equal(codeOf(placeArea("2584")), "2584");
  assert.equal(codeOf("county:25"), null);
});

test("bars of why leave room for their numbers, and words wrap", () => {
  const frame = whyFrame([{ key: "a", label: "up", value: 10 }, { key: "b", label: "down", value: -10 }], { key: "t", label: "all", value: 0 }, 320);
  for (const row of frame.rows) assert.ok(row.from >= 70 && row.to <= 250 && row.from <= row.to);
  assert.deepEqual(wrapText("ett två tre fyra", 8), ["ett två", "tre fyra"]);
  assert.ok(whyFrame([], { key: "t", label: "all", value: 0 }, 320).height > 0);
});

test("a spark leaves out what is missing", () => {
  assert.equal(sparkPath([1, NaN, 3], 1, 3), "M3.0,21.0L69.0,3.0");
});

test("the table of lines has all years once, in order, with gaps as nothing", () => {
  const table = lineTable({
    id: "x", heading: "H", description: "", language: "sv", unit: "personer", decimals: 0,
    series: [line("scenario", 2), { ...line("observed", 1), years: [2020, 2024], values: [5, 6] }],
  });
  assert.equal(table.rows.length, 28);
  assert.deepEqual(table.rows[0], [2020, null, 5]);
  assert.deepEqual(table.rows[1], [2024, 0, 6]);
  assert.deepEqual(table.rows[27], [2050, 52, null]);
});

test("long names are cut where their room ends", () => {
  assert.equal(shorten("kort", 70), "kort");
  assert.equal(shorten("ett mycket långt namn", 70), "ett mycke…");
});
