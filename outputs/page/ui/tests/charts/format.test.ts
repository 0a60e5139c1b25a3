import assert from "node:assert/strict";
import { test } from "node:test";
import { numbersOf, rounded, tickDecimals } from "../../src/charts/format.ts";
import { chartTexts, fill } from "../../src/charts/texts.ts";
import { cellText } from "../../src/charts/numbers-table.tsx";

const plain = (text: string) => text.replace(/\u00a0|\u202f/g, " ");

test("futures have at most three significant figures, and no more decimals than the quantity", () => {
  assert.equal(rounded(352487, 0), 352000);
  assert.equal(rounded(-1487, 0), -1490);
  assert.equal(rounded(12.3456, 1), 12.3);
  assert.equal(rounded(0.012345, 3), 0.012);
  assert.equal(rounded(999.6, 0), 1000);
  assert.equal(rounded(0, 2), 0);
});

test("numbers are written as the language writes them", () => {
  const [sv, en] = [numbersOf("sv"), numbersOf("en")];
  assert.equal(plain(sv.exact(352487.5, 1)), "352 487,5");
  assert.equal(en.exact(352487.5, 1), "352,487.5");
  assert.equal(plain(sv.round(352487, 0)), "352 000");
  assert.equal(plain(sv.round(1487, 0, true)), "+1 490");
  assert.equal(plain(sv.percent(0.125)), "13 %");
});

test("less than nothing has a real minus in both languages, and zero no sign", () => {
  for (const language of ["sv", "en"] as const) {
    assert.equal(numbersOf(language).exact(-5, 0), "−5");
    assert.equal(numbersOf(language).round(-5, 0, true), "−5");
    assert.equal(numbersOf(language).round(0, 0, true), "0");
    assert.equal(numbersOf(language).exact(-0.2, 0), "0");
    assert.equal(numbersOf(language).exact(-0.2, 0, true), "0");
  }
});

test("ticks have the decimals that tell them apart", () => {
  assert.deepEqual([0.25, 0.5, 1, 20, 0.002].map(tickDecimals), [1, 1, 0, 0, 3]);
  assert.equal(numbersOf("sv").tick(0.5, 0.5), "0,5");
});

test("cells: years without a separator, what is missing as a dash", () => {
  assert.equal(cellText(2040, { label: "År", plain: true }, "sv"), "2040");
  assert.equal(cellText(null, { label: "x", decimals: 1 }, "sv"), "–");
  assert.equal(cellText(1.25, { label: "x", decimals: 2 }, "sv"), "1,25");
});

test("both languages have the same words with the same places", () => {
  const [sv, en] = [chartTexts("sv"), chartTexts("en")];
  const places = (text: string) => [...new Set(text.match(/\{\w+\}/g) ?? [])].sort().join();
  for (const key of Object.keys(sv) as (keyof typeof sv)[]) {
    assert.ok(en[key].length > 0, key);
    assert.equal(places(sv[key]), places(en[key]), key);
  }
});

test("words of the page's own replace the charts'; values are put in as text", () => {
  assert.equal(chartTexts("sv", { year: "Årtal" }).year, "Årtal");
  assert.equal(fill("{a} och {b} {c}", { a: "$&", b: 2 }), "$& och 2 {c}");
});
