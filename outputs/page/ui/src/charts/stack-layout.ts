/** Heights and labels of stacked areas. */

import { area, line } from "d3-shape";
import { extentOf, spread, stickyDomain, type Domain } from "./axes.ts";
import { LINE, shorten, xOf, yOf, type EndLabel, type Frame } from "./line-layout.ts";
import { hueClass } from "./marks.ts";
import type { Hue, Layer, StackChartProps } from "./props.ts";
import { baseTotal } from "./summary.ts";

export interface Stacked {
  layer: Layer;
  hue: Hue;
  low: Float64Array;
  high: Float64Array;
}

const HUES = 6;

/** Each layer upon those before it. */
export function stackUp(layers: readonly Layer[], count: number): Stacked[] {
  let low = new Float64Array(count);
  return layers.map((layer, place) => {
    const floor = low;
    const high = new Float64Array(count);
    for (let at = 0; at < count; at++) high[at] = floor[at] + (Number.isFinite(layer.values[at]) ? layer.values[at] : 0);
    low = high;
    return { layer, hue: layer.hue ?? ((place % HUES) as Hue), low: floor, high };
  });
}

export function stackDomain(props: StackChartProps, stacked: readonly Stacked[], before: Domain | null, ticks: number): Domain {
  const rows: ArrayLike<number>[] = stacked.length ? [stacked[stacked.length - 1].high] : [];
  const base = baseTotal(props);
  if (base) rows.push(base);
  const [low, high] = extentOf(rows) ?? [0, 1];
  return stickyDomain(before, Math.min(0, low), high, { zero: true, ticks });
}

export function areaPath(years: readonly number[], stacked: Stacked, frame: Frame, domain: Domain): string {
  const [x, y] = [xOf(frame), yOf(frame, domain)];
  const make = area<number>()
    .x((year) => x(year))
    .y0((_, at) => y(stacked.low[at]))
    .y1((_, at) => y(stacked.high[at]))
    .digits(1);
  return make(years as number[]) ?? "";
}

export function totalPath(years: readonly number[], values: ArrayLike<number>, frame: Frame, domain: Domain): string {
  const [x, y] = [xOf(frame), yOf(frame, domain)];
  return line<number>().x((year) => x(year)).y((_, at) => y(values[at])).digits(1)(years as number[]) ?? "";
}

const LABEL_GAP = 8;
const MOVED = 5;
const MOST = 150;

/** Beside the last year, in the middle of each layer. */
export function stackLabels(stacked: readonly Stacked[], frame: Frame, domain: Domain): EndLabel[] {
  const y = yOf(frame, domain);
  const middles = stacked.map(({ low, high }) => y((low[low.length - 1] + high[high.length - 1]) / 2));
  const places = spread(middles, LINE, frame.top, frame.bottom);
  return stacked.map(({ layer, hue }, at) => ({
    key: layer.key,
    className: hueClass("scenario", hue),
    text: shorten(layer.short ?? layer.label, MOST),
    x: frame.right + LABEL_GAP,
    y: places[at],
    from: Math.abs(places[at] - middles[at]) > MOVED ? middles[at] : null,
  }));
}
