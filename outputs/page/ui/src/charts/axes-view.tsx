/** Lines and words of the axes; drawn anew only when they change. */

import type { Language } from "../shared/protocol.ts";
import type { Axis, Domain } from "./axes.ts";
import { numbersOf } from "./format.ts";
import { xOf, yOf, type Frame } from "./line-layout.ts";
import { memo } from "./memo.ts";

interface Props {
  frame: Frame;
  domain: Domain;
  y: Axis;
  years: readonly number[];
  language: Language;
  signed?: boolean;
}

const TICK_AIR = 6;
const YEAR_DOWN = 18;
const TICK_DOWN = 4;

export const AxesView = memo(function AxesView({ frame, domain, y, years, language }: Props) {
  const numbers = numbersOf(language);
  const [toY, toX] = [yOf(frame, domain), xOf(frame)];
  return (
    <g class="chart-axes" aria-hidden="true">
      {y.ticks.map((tick) => (
        <g key={`y${tick}`}>
          <path class={tick === 0 ? "chart-grid is-zero" : "chart-grid"} d={`M${frame.left},${toY(tick).toFixed(1)}H${frame.right}`} />
          <text class="chart-tick is-left" x={frame.left - TICK_AIR} y={(toY(tick) + TICK_DOWN).toFixed(1)}>
            {numbers.tick(tick, y.step)}
          </text>
        </g>
      ))}
      <path class="chart-base-line" d={`M${frame.left},${frame.bottom}H${frame.right}`} />
      {years.map((year) => (
        <g key={`x${year}`}>
          <path class="chart-base-line" d={`M${toX(year).toFixed(1)},${frame.bottom}v4`} />
          <text class="chart-tick is-middle" x={toX(year).toFixed(1)} y={frame.bottom + YEAR_DOWN}>
            {year}
          </text>
        </g>
      ))}
    </g>
  );
});

/** The year that is looked at. */
export function YearMark({ frame, year, hover }: { frame: Frame; year: number | undefined; hover: number | null }) {
  if (year === undefined && hover === null) return null;
  const x = xOf(frame);
  const line = (at: number, name: string) => (
    <path key={name} class={`chart-at ${name}`} d={`M${x(at).toFixed(1)},${frame.top - 6}V${frame.bottom}`} />
  );
  return (
    <g aria-hidden="true">
      {year === undefined ? null : line(year, "is-set")}
      {hover === null || hover === year ? null : line(hover, "is-hover")}
    </g>
  );
}
