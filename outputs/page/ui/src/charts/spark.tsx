/** A line without axes, beside a number in words: decoration for the eye, silent to readers. */

import { extentOf } from "./axes.ts";
import { hueClass } from "./marks.ts";
import { memo } from "./memo.ts";
import type { SparkProps } from "./props.ts";

const WIDTH = 72;
const HEIGHT = 24;
const EDGE = 3;

export function sparkPath(values: ArrayLike<number>, low: number, high: number): string {
  const across = (WIDTH - 2 * EDGE) / Math.max(1, values.length - 1);
  const up = (HEIGHT - 2 * EDGE) / (high - low || 1);
  let path = "";
  for (let at = 0; at < values.length; at++) {
    if (!Number.isFinite(values[at])) continue;
    path += `${path ? "L" : "M"}${(EDGE + at * across).toFixed(1)},${(HEIGHT - EDGE - (values[at] - low) * up).toFixed(1)}`;
  }
  return path;
}

export const Spark = memo(function Spark({ values, base, role = "scenario" }: SparkProps) {
  const [low, high] = extentOf(base ? [values, base] : [values]) ?? [0, 1];
  return (
    <svg class="chart-spark" aria-hidden="true" focusable="false" width={WIDTH} height={HEIGHT} viewBox={`0 0 ${WIDTH} ${HEIGHT}`}>
      {base ? (
        <g class={`${hueClass("base")} role-base`}>
          <path class="chart-line" d={sparkPath(base, low, high)} />
        </g>
      ) : null}
      <g class={`${hueClass(role)} role-${role}`}>
        <path class="chart-line" d={sparkPath(values, low, high)} />
      </g>
    </svg>
  );
});
