/** Contrast of the charts' colours, worked out from the tokens: a picture's text cannot be checked from outside. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

const css = readFileSync(new URL("../../src/charts/colours.css", import.meta.url), "utf8");

function tokens(block: string): Record<string, string> {
  return Object.fromEntries([...block.matchAll(/--chart-([\w-]+):\s*(#[0-9a-f]{6})/g)].map((found) => [found[1], found[2]]));
}

const blocks = css.split("@media");
const themes = { light: tokens(blocks[0]), dark: tokens(blocks[1]), "dark by choice": tokens(blocks[2]) };

function luminance(colour: string): number {
  const parts = [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16) / 255);
  const [r, g, b] = parts.map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
}

for (const [name, theme] of Object.entries(themes)) {
  test(`${name}: text stands out 4.5 times from paper and from marked rows`, () => {
    for (const token of ["ink", "muted", "hue-0", "hue-1", "hue-2", "hue-3", "hue-4", "hue-5", "hue-base"]) {
      assert.ok(contrast(theme[token], theme.paper) >= 4.5, `${token} on paper`);
    }
    for (const token of ["ink", "muted"]) assert.ok(contrast(theme[token], theme.hover) >= 4.5, `${token} on a marked row`);
  });

  test(`${name}: marks stand out three times from paper`, () => {
    const marks = ["axis", "focus", "border", "fill-0", "fill-1", "fill-2", "fill-3", "fill-4", "fill-5", "fill-ink"];
    for (const token of marks) assert.ok(contrast(theme[token], theme.paper) >= 3, `${token} on paper`);
  });

  test(`${name}: the classes of a map go from light to dark, or back, without a turn`, () => {
    const row = (prefix: string, places: number[]) => places.map((at) => luminance(theme[`${prefix}-${at}`]));
    for (const steps of [row("seq", [0, 1, 2, 3, 4]), row("div", [3, 2, 1, 0]), row("div", [3, 4, 5, 6])]) {
      const rising = steps[1] > steps[0];
      for (let at = 1; at < steps.length; at++) assert.equal(steps[at] > steps[at - 1], rising);
    }
  });
}

test("the two ways to the dark theme are the same", () => {
  assert.deepEqual(themes.dark, themes["dark by choice"]);
  assert.deepEqual(Object.keys(themes.dark), Object.keys(themes.light));
});
