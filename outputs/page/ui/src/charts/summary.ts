/** What a chart says, in sentences made from its numbers: for those who do not see it, and for those in a hurry. */

import type { Language } from "../shared/protocol.ts";
import { isNumber, numbersOf } from "./format.ts";
import type { LineChartProps, MapChartProps, PyramidProps, Series, StackChartProps, WhyChartProps } from "./props.ts";
import { chartTexts, fill, type ChartTexts } from "./texts.ts";

/** A turn is told of when the line comes back by at least this share of its whole span. */
const TURN = 0.1;

export interface Turn {
  kind: "peak" | "trough";
  year: number;
  value: number;
}

/** The highest or lowest point inside the line from which it clearly turns; the clearer one where there are both. */
export function turningPoint(years: readonly number[], values: ArrayLike<number | null>): Turn | null {
  const points = years.flatMap((year, at) => (isNumber(values[at]) ? [{ year, value: values[at] as number }] : []));
  if (points.length < 3) return null;
  const [start, end] = [points[0], points[points.length - 1]];
  const high = points.reduce((best, point) => (point.value > best.value ? point : best));
  const low = points.reduce((best, point) => (point.value < best.value ? point : best));
  const up = high.value - Math.max(start.value, end.value);
  const down = Math.min(start.value, end.value) - low.value;
  const least = TURN * (high.value - low.value);
  if (Math.max(up, down) <= least) return null;
  return up >= down ? { kind: "peak", ...high } : { kind: "trough", ...low };
}

/** The first year from which the target is reached, after not having been. */
export function reachedYear(years: readonly number[], values: ArrayLike<number | null>, target: number): number | null {
  const at = years.findIndex((_, place) => isNumber(values[place]) && values[place] >= target);
  return at < 0 ? null : years[at];
}

interface Words {
  words: ChartTexts;
  round: (value: number, signed?: boolean) => string;
}

function wordsOf(props: { language: Language; texts?: Partial<ChartTexts>; decimals?: number; signed?: boolean }): Words {
  const numbers = numbersOf(props.language);
  const decimals = props.decimals ?? 0;
  return {
    words: chartTexts(props.language, props.texts),
    round: (value, signed = props.signed ?? false) => numbers.round(value, decimals, signed),
  };
}

function lastOf(series: Series): { year: number; value: number } | null {
  for (let at = series.years.length - 1; at >= 0; at--) {
    const value = series.values[at];
    if (isNumber(value)) return { year: series.years[at], value };
  }
  return null;
}

function firstOf(series: Series): { year: number; value: number } | null {
  const at = series.years.findIndex((_, place) => isNumber(series.values[place]));
  return at < 0 ? null : { year: series.years[at], value: series.values[at] as number };
}

/** A label in the middle of a sentence; abbreviations stay as they are. */
export function inSentence(label: string): string {
  const second = label.charAt(1);
  return second !== second.toLowerCase() ? label : label.charAt(0).toLowerCase() + label.slice(1);
}

/** "Folkmängd, utan ändringar" beside "Folkmängd" is "utan ändringar". */
function apart(label: string, main: string): string {
  return label.startsWith(`${main}, `) ? label.slice(main.length + 2) : label;
}

function againstBase(main: Series, base: Series, { words, round }: Words): string {
  const [end, other] = [lastOf(main), lastOf(base)];
  if (!end || !other || end.year !== other.year) return "";
  const difference = round(Math.abs(end.value - other.value), false);
  const about = { difference, base: base.said ?? inSentence(apart(base.label, main.label)), last: end.year };
  if (difference === round(0, false)) return fill(words.lineSame, about);
  return fill(end.value > other.value ? words.lineMore : words.lineLess, about);
}

function towardsTarget(main: Series, target: { value: number; label: string }, { words, round }: Words): string {
  const [start, end] = [firstOf(main), lastOf(main)];
  if (!start || !end) return "";
  const year = reachedYear(main.years, main.values, target.value);
  const about = { target: target.label, last: end.year, first: start.year };
  if (year === start.year) return fill(words.lineAbove, about);
  if (year !== null) return fill(words.lineReached, { ...about, year });
  return fill(words.lineNotReached, { ...about, missing: round(target.value - end.value, false) });
}

/** After a number; a unit that is a number itself ("2024 = 100") would be read as part of it. */
function unitSaid(unit: string): string {
  return unit && !/\d/.test(unit) ? ` ${unit}` : "";
}

/** From where to where a line goes, and how far that is from the base. */
function courseOf(main: Series, props: LineChartProps, kit: Words): string[] {
  const [start, end] = [firstOf(main), lastOf(main)];
  if (!start || !end) return [];
  const course = fill(kit.words.lineStart, {
    label: main.label, from: kit.round(start.value), to: kit.round(end.value), first: start.year, last: end.year, unit: unitSaid(props.unit),
  });
  const base = props.series.find((line) => line !== main && line.role === "base" && line.hue === main.hue);
  return base ? [course, againstBase(main, base, kit)] : [course];
}

function turnOf(main: Series, { words, round }: Words): string {
  const turn = turningPoint(main.years, main.values);
  if (!turn) return "";
  return fill(turn.kind === "peak" ? words.linePeak : words.lineTrough, { year: turn.year, value: round(turn.value) });
}

/** So many lines are told of. */
const TOLD = 3;

export function lineSummary(props: LineChartProps): string {
  const kit = wordsOf(props);
  const asked = props.series.filter((line) => line.role === "scenario");
  const told = (asked.length ? asked : props.series.filter((line) => line.role !== "observed")).slice(0, TOLD);
  const said = told.flatMap((line) => courseOf(line, props, kit));
  if (told.length === 1) {
    said.push(turnOf(told[0], kit));
    if (props.target) said.push(towardsTarget(told[0], props.target, kit));
  }
  return said.filter(Boolean).join(" ");
}

const sum = (rows: ArrayLike<number>[], at: number) => rows.reduce((total, row) => total + row[at], 0);

/** The base's total in each year, or null where there is none. */
export function baseTotal(props: StackChartProps): ArrayLike<number> | null {
  if (props.baseTotal) return props.baseTotal;
  const rows = props.layers.flatMap((layer) => (layer.base ? [layer.base] : []));
  if (rows.length === 0 || rows.length < props.layers.length) return null;
  return props.years.map((_, at) => sum(rows, at));
}

export function stackSummary(props: StackChartProps): string {
  const kit = wordsOf(props);
  const at = Math.max(0, props.year === undefined ? props.years.length - 1 : props.years.indexOf(props.year));
  const total = sum(props.layers.map((layer) => layer.values), at);
  const base = baseTotal(props);
  const parts = props.layers.map((layer) =>
    fill(kit.words.stackPart, {
      label: inSentence(layer.label),
      value: kit.round(layer.values[at]),
      percent: numbersOf(props.language).percent(total ? layer.values[at] / total : 0),
    }),
  );
  const about = { total: props.totalLabel, year: props.years[at], value: kit.round(total), parts: joined(parts, kit.words) };
  if (!base) return fill(kit.words.stackMain, about);
  const difference = kit.round(total - base[at], true);
  const against = { ...about, difference, base: inSentence(props.baseLabel) };
  return fill(difference === kit.round(0, true) ? kit.words.stackSame : kit.words.stackAgainst, against);
}

/** "a, b och c" */
export function joined(parts: readonly string[], words: ChartTexts): string {
  if (parts.length < 2) return parts.join("");
  return `${parts.slice(0, -1).join(", ")} ${words.and} ${parts[parts.length - 1]}`;
}

const added = (row: ArrayLike<number>) => Array.from(row).reduce((total, value) => total + value, 0);

function extreme(row: readonly number[], sign: 1 | -1): number {
  return row.reduce((best, value, at) => (sign * value > sign * row[best] ? at : best), 0);
}

export function pyramidSummary(props: PyramidProps): string {
  const { words, round } = wordsOf(props);
  const both = props.groups.map((_, at) => props.women[at] + props.men[at]);
  const [women, men] = [added(props.women), added(props.men)];
  const largest = extreme(both, 1);
  const said = [
    fill(words.pyramidMain, { area: props.area, year: props.year, total: round(women + men), women: round(women), men: round(men) }),
    fill(words.pyramidLargest, { group: props.groups[largest], value: round(both[largest]) }),
  ];
  const base = props.base;
  if (base) {
    const change = props.groups.map((_, at) => both[at] - base.women[at] - base.men[at]);
    const [more, less] = [extreme(change, 1), extreme(change, -1)];
    const about = (at: number) => ({ base: inSentence(base.label), group: props.groups[at], value: round(Math.abs(change[at])) });
    if (Math.round(change[more]) > 0) said.push(fill(words.pyramidMore, about(more)));
    if (Math.round(change[less]) < 0) said.push(fill(words.pyramidLess, about(less)));
  }
  return said.join(" ");
}

/** So many places are named at each end. */
const NAMED = 3;

export function mapSummary(props: MapChartProps): string {
  const { words, round } = wordsOf(props);
  const known = props.places
    .map((place, at) => ({ name: place.name, value: props.values[at] }))
    .filter((entry): entry is { name: string; value: number } => isNumber(entry.value))
    .sort((a, b) => b.value - a.value);
  if (known.length === 0) return fill(words.mapNone, { year: props.year });
  const name = (entries: typeof known) => joined(entries.map((entry) => `${entry.name} (${round(entry.value)})`), words);
  const most = fill(words.mapMost, { year: props.year, places: name(known.slice(0, NAMED)) });
  if (known.length <= NAMED) return most;
  return `${most} ${fill(words.mapLeast, { places: name(known.slice(-NAMED).reverse()) })}`;
}

export function whySummary(props: WhyChartProps): string {
  const { words, round } = wordsOf(props);
  if (props.bars.length === 0) return words.whyNone;
  const rank = [...props.bars].sort((a, b) => b.value - a.value);
  const [most, least] = [rank[0], rank[rank.length - 1]];
  const said = [fill(words.whyMain, { total: round(props.total.value, true), unit: props.unit })];
  if (most.value > 0) said.push(fill(words.whyUp, { label: most.label, value: round(most.value, true) }));
  if (least.value < 0) said.push(fill(words.whyDown, { label: least.label, value: round(least.value, true) }));
  return said.join(" ");
}
