/** How large the map is, and the words of its classes. */

import { isNumber, numbersOf, tickDecimals } from "./format.ts";
import type { Language, Area } from "../shared/protocol.ts";
import type { ChartTexts } from "./texts.ts";
import { fill } from "./texts.ts";

export interface MapFrame {
  width: number;
  height: number;
  /** Moves and scales the paths into the svg. */
  transform: string;
  scale: number;
  x: number;
  y: number;
}

const MOST_HEIGHT = 560;

export function mapFrame(viewBox: string, room: number): MapFrame {
  const [x, y, wide, high] = viewBox.trim().split(/[\s,]+/).map(Number);
  const scale = Math.min(room / wide, MOST_HEIGHT / high);
  return {
    width: Math.round(wide * scale),
    height: Math.round(high * scale),
    transform: `scale(${scale.toPrecision(6)}) translate(${-x},${-y})`,
    scale, x, y,
  };
}

export function placeArea(code: string): Area {
  return `place:${code}`;
}

export function codeOf(area: Area): string | null {
  return area.startsWith("place:") ? area.slice("place:".length) : null;
}

/** The words of each class: "under 5 000", "5 000 till 10 000", "10 000 eller mer". */
export function classLabels(limits: readonly number[], language: Language, words: ChartTexts, signed?: boolean): string[] {
  if (limits.length === 0) return [];
  const gaps = limits.slice(1).map((limit, at) => limit - limits[at]);
  const decimals = Math.max(0, ...[...gaps, ...limits.map(Math.abs)].filter((size) => size > 0).map(neededDecimals));
  const write = (value: number) => numbersOf(language).exact(value, decimals, signed);
  const between = limits.slice(1).map((limit, at) => fill(words.between, { from: write(limits[at]), to: write(limit) }));
  return [
    fill(words.below, { limit: write(limits[0]) }),
    ...between,
    fill(words.orMore, { limit: write(limits[limits.length - 1]) }),
  ];
}

const MOST_DECIMALS = 4;

/** So many decimals that the number is written whole. */
function neededDecimals(value: number): number {
  let decimals = tickDecimals(value);
  while (decimals < MOST_DECIMALS && Number(value.toFixed(decimals)) !== Number(value.toPrecision(10))) decimals++;
  return decimals;
}

export function valueText(value: number | null | undefined, decimals: number, language: Language, words: ChartTexts, signed?: boolean): string {
  return isNumber(value) ? numbersOf(language).round(value, decimals, signed) : words.noValue.toLowerCase();
}
