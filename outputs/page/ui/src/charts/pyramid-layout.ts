/** Bars and outline of an age pyramid: men to the left, women to the right, the youngest at the bottom. */

import { axisTicks, extentOf, niceDomain, stickyDomain, type Axis, type Domain } from "./axes.ts";
import { CHARACTER } from "./line-layout.ts";
import type { PyramidProps } from "./props.ts";

export interface PyramidFrame {
  width: number;
  height: number;
  top: number;
  bottom: number;
  row: number;
  groups: number;
  /** Where the bars of each sex start, and how long the longest may be. */
  leftZero: number;
  rightZero: number;
  reach: number;
}

const TOP = 24;
const BOTTOM = 26;
const EDGE = 20;
const AGES = 56;
const ROW = 15;
const MOST_WIDTH = 680;
const BAR_GAP = 2;

export function pyramidFrame(room: number, groups: number): PyramidFrame {
  const width = Math.min(room, MOST_WIDTH);
  const middle = width / 2;
  const height = TOP + groups * ROW + BOTTOM;
  const zero = AGES / 2;
  return {
    width, height, top: TOP, bottom: height - BOTTOM, row: ROW, groups,
    leftZero: middle - zero, rightZero: middle + zero, reach: middle - zero - EDGE,
  };
}

/** From zero to a round number that both sexes and the base fit under. */
export function pyramidDomain(props: PyramidProps, before: Domain | null, ticks: number): Domain {
  const rows = [props.women, props.men];
  if (props.base) rows.push(props.base.women, props.base.men);
  const high = extentOf(rows)?.[1] ?? 1;
  const rules = { zero: true, ticks };
  return high > 0 ? stickyDomain(before, 0, high, rules) : niceDomain(0, 1, rules);
}

/** Air between two written ticks. */
const TICK_AIR = 8;

/** As many ticks as have room for their numbers, at most `most`. */
export function pyramidTicks(frame: PyramidFrame, domain: Domain, write: (value: number, step: number) => string, most: number): Axis {
  for (let count = most; count > 1; count--) {
    const axis = axisTicks(domain, count);
    const longest = Math.max(...axis.ticks.map((tick) => write(tick, axis.step).length));
    if ((axis.step / domain[1]) * frame.reach >= longest * CHARACTER + TICK_AIR) return axis;
  }
  return { ticks: [0, domain[1]], step: domain[1] };
}

/** Top of the row of a group. */
function rowTop(frame: PyramidFrame, group: number): number {
  return frame.bottom - (group + 1) * frame.row;
}

type Side = "left" | "right";

function lengthOf(frame: PyramidFrame, domain: Domain, value: number): number {
  return (Math.max(0, value) / domain[1]) * frame.reach;
}

export function barsPath(frame: PyramidFrame, domain: Domain, values: ArrayLike<number>, side: Side): string {
  let path = "";
  for (let group = 0; group < frame.groups; group++) {
    const long = lengthOf(frame, domain, values[group]).toFixed(1);
    const start = side === "left" ? frame.leftZero : frame.rightZero;
    const sign = side === "left" ? "-" : "";
    const back = side === "left" ? "" : "-";
    path += `M${start},${rowTop(frame, group) + BAR_GAP / 2}h${sign}${long}v${frame.row - BAR_GAP}h${back}${long}z`;
  }
  return path;
}

export function outlinePath(frame: PyramidFrame, domain: Domain, values: ArrayLike<number>, side: Side): string {
  const start = side === "left" ? frame.leftZero : frame.rightZero;
  const sign = side === "left" ? -1 : 1;
  let path = `M${start},${frame.bottom}`;
  for (let group = 0; group < frame.groups; group++) {
    path += `H${(start + sign * lengthOf(frame, domain, values[group])).toFixed(1)}V${rowTop(frame, group)}`;
  }
  return `${path}H${start}`;
}

/** The group at a height of the svg; null above and below the pyramid. */
export function groupAt(frame: PyramidFrame, y: number): number | null {
  const group = Math.floor((frame.bottom - y) / frame.row);
  return group >= 0 && group < frame.groups ? group : null;
}

/** Middle of the row, for its label. */
export function rowMiddle(frame: PyramidFrame, group: number): number {
  return rowTop(frame, group) + frame.row / 2;
}
