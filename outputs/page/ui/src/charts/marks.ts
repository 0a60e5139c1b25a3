/** Shapes and patterns of lines: with them the series are told apart without colour. */

import type { Hue, Role } from "./props.ts";

/** Name of the colour: of its own, or by role. */
export function hueClass(role: Role, hue?: Hue): string {
  if (hue !== undefined) return `hue-${hue}`;
  return { scenario: "hue-0", base: "hue-base", compare: "hue-1", observed: "hue-ink" }[role];
}

/** Radius of a marker, and of a dot of history. */
const R = 3.6;
const DOT = 1.9;

const circle = (r: number) => `m${-r},0a${r},${r} 0 1,0 ${2 * r},0a${r},${r} 0 1,0 ${-2 * r},0z`;

/** Drawn from the middle, and back to it, in relative steps: any number of them make one path. */
const SHAPES: readonly string[] = [
  circle(R),
  `m${-R},${-R}h${2 * R}v${2 * R}h${-2 * R}z`,
  `m0,${-R * 1.2}l${R * 1.15},${R * 2.1}h${-R * 2.3}z`,
  `m0,${-R * 1.35}l${R * 1.35},${R * 1.35}l${-R * 1.35},${R * 1.35}l${-R * 1.35},${-R * 1.35}z`,
  `m0,${R * 1.2}l${R * 1.15},${-R * 2.1}h${-R * 2.3}z`,
  `m${-R * 0.45},${-R * 1.25}h${R * 0.9}v${R * 0.8}h${R * 0.8}v${R * 0.9}h${-R * 0.8}v${R * 0.8}h${-R * 0.9}v${-R * 0.8}h${-R * 0.8}v${-R * 0.9}h${R * 0.8}z`,
];

const BY_ROLE: Record<Role, number> = { scenario: 0, base: 1, compare: 3, observed: 0 };

export function shapeOf(role: Role, hue?: Hue): string {
  if (role === "observed") return circle(DOT);
  return SHAPES[hue ?? BY_ROLE[role]];
}

/** A mark at each of the points. */
export function marksPath(points: readonly (readonly [number, number])[], shape: string): string {
  let path = "";
  for (const [x, y] of points) path += `M${x.toFixed(1)},${y.toFixed(1)}${shape}`;
  return path;
}

/** Markers stand at these years, so that crowded lines can be told apart. */
const MARK_EVERY = 10;

export function isMarked(role: Role, year: number, last: number): boolean {
  return role === "observed" || year === last || (year % MARK_EVERY === 0 && last - year >= MARK_EVERY / 2);
}
