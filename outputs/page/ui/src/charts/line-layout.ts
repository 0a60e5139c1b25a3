/** Where everything of a line chart stands: worked out apart from the drawing, so that it can be tested. */

import { scaleLinear } from "d3-scale";
import { area, line } from "d3-shape";
import { axisTicks, extentOf, spread, stickyDomain, yearTicks, type Axis, type Domain } from "./axes.ts";
import { isNumber } from "./format.ts";
import { hueClass, isMarked, marksPath, shapeOf } from "./marks.ts";
import type { Band, LineChartProps, Series } from "./props.ts";
import { NARROW } from "./room.ts";

export interface Frame {
  width: number;
  height: number;
  left: number;
  right: number;
  top: number;
  bottom: number;
  first: number;
  last: number;
}

/** Pixels: of a written character, of a line of text, over the plot, under it, and at a narrow right edge. */
export const CHARACTER = 7;
export const LINE = 16;
const TOP = 14;
const BOTTOM = 26;
const EDGE = 14;
const LEAST_HEIGHT = 210;
const MOST_HEIGHT = 400;
const MOST_LABEL = 150;
const AXIS_AIR = 13;
const PIXELS_A_TICK = 52;

export function heightFor(width: number, aspect = 0.5): number {
  return Math.round(Math.min(MOST_HEIGHT, Math.max(LEAST_HEIGHT, width * aspect)));
}

export function tickCount(height: number): number {
  return Math.max(3, Math.round((height - TOP - BOTTOM) / PIXELS_A_TICK));
}

export function labelRoom(labels: readonly string[]): number {
  const longest = Math.max(0, ...labels.map((label) => label.length));
  return Math.min(MOST_LABEL, longest * CHARACTER) + EDGE;
}

/** The plot inside the svg. Labels of lines stand at the right where there is room. */
export function frameFor(
  room: { width: number; aspect?: number },
  years: Domain,
  tickLabels: readonly string[],
  endLabels: readonly string[],
): Frame {
  const { width } = room;
  const height = heightFor(width, room.aspect);
  const left = Math.max(0, ...tickLabels.map((label) => label.length)) * CHARACTER + AXIS_AIR;
  const right = width - (width >= NARROW ? labelRoom(endLabels) : EDGE);
  return { width, height, left, right, top: TOP, bottom: height - BOTTOM, first: years[0], last: years[1] };
}

export function xOf(frame: Frame) {
  return scaleLinear([frame.first, frame.last], [frame.left, frame.right]);
}

export function yOf(frame: Frame, domain: Domain) {
  return scaleLinear(domain, [frame.bottom, frame.top]);
}

export interface DrawnLine {
  key: string;
  className: string;
  path: string;
  marks: string;
}

export interface EndLabel {
  key: string;
  className: string;
  text: string;
  x: number;
  y: number;
  /** The end of the line, when the label had to move from it. */
  from: number | null;
}

export interface DrawnBand {
  key: string;
  className: string;
  path: string;
}

/** First and last year of all that is drawn. */
export function yearsOf(series: readonly Series[], bands: readonly Band[] = []): Domain {
  let first = Infinity;
  let last = -Infinity;
  for (const { years } of [...series, ...bands]) {
    if (years.length === 0) continue;
    first = Math.min(first, years[0]);
    last = Math.max(last, years[years.length - 1]);
  }
  return first < last ? [first, last] : [first === Infinity ? 0 : first, first === Infinity ? 1 : first + 1];
}

type Wanted = Pick<LineChartProps, "series" | "bands" | "target" | "zero">;

export function domainFor(props: Wanted, before: Domain | null, count: number): Domain {
  const rows: ArrayLike<number | null>[] = props.series.map((line) => line.values);
  for (const band of props.bands ?? []) rows.push(band.low, band.high);
  if (props.target) rows.push([props.target.value]);
  const [low, high] = extentOf(rows) ?? [0, 1];
  return stickyDomain(before, low, high, { zero: props.zero ?? false, ticks: count });
}

type Scale = (value: number) => number;

export function drawLine(series: Series, x: Scale, y: Scale): DrawnLine {
  const { years, values, role, hue } = series;
  const make = line<number>()
    .defined((_, at) => isNumber(values[at]))
    .x((year) => x(year))
    .y((_, at) => y(values[at] as number))
    .digits(1);
  const last = years[years.length - 1];
  const points: [number, number][] = [];
  years.forEach((year, at) => {
    const value = values[at];
    if (isNumber(value) && isMarked(role, year, last)) points.push([x(year), y(value)]);
  });
  return {
    key: series.key,
    className: `${hueClass(role, hue)} role-${role}`,
    path: make(years as number[]) ?? "",
    marks: marksPath(points, shapeOf(role, hue)),
  };
}

export function drawBand(band: Band, x: Scale, y: Scale): DrawnBand {
  const make = area<number>()
    .defined((_, at) => isNumber(band.low[at]) && isNumber(band.high[at]))
    .x((year) => x(year))
    .y0((_, at) => y(band.low[at]))
    .y1((_, at) => y(band.high[at]))
    .digits(1);
  return {
    key: band.key,
    className: `chart-band is-${band.width} ${hueClass(band.role)}${band.done === false ? " is-pending" : ""}`,
    path: make(band.years as number[]) ?? "",
  };
}

const LABEL_GAP = 8;
/** A label that has moved further than this gets a thin line to its own. */
const MOVED = 5;

/** What stands at the end of a line: nothing for history, or where the page gives an empty name. */
export function nameOf(line: Series): string {
  return line.role === "observed" ? "" : (line.short ?? line.label);
}

export function endLabels(series: readonly Series[], frame: Frame, y: Scale): EndLabel[] {
  const ends = series.flatMap((line) => {
    const value = line.values[line.years.length - 1];
    return isNumber(value) && nameOf(line) ? [{ line, y: y(value) }] : [];
  });
  const places = spread(ends.map((end) => end.y), LINE, frame.top, frame.bottom);
  return ends.map(({ line, y: from }, at) => ({
    key: line.key,
    className: hueClass(line.role, line.hue),
    text: shorten(nameOf(line), MOST_LABEL),
    x: frame.right + LABEL_GAP,
    y: places[at],
    from: Math.abs(places[at] - from) > MOVED ? from : null,
  }));
}

/** As much of the text as has room. */
export function shorten(text: string, pixels: number): string {
  const most = Math.floor(pixels / CHARACTER);
  return text.length <= most ? text : `${text.slice(0, Math.max(1, most - 1)).trimEnd()}…`;
}

export function axesOf(frame: Frame, domain: Domain, count: number): { y: Axis; years: number[] } {
  return { y: axisTicks(domain, count), years: yearTicks(frame.first, frame.last, frame.right - frame.left) };
}
