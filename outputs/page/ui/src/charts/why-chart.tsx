/** Why: each change's part of the difference, as signed bars, the largest first, and the whole last. */

import { useCallback, useMemo } from "preact/hooks";
import { Figure, Picture } from "./figure.tsx";
import { numbersOf } from "./format.ts";
import { LINE } from "./line-layout.ts";
import { memo } from "./memo.ts";
import { Hatches, patternId } from "./patterns.tsx";
import type { Bar, WhyChartProps } from "./props.ts";
import { useWidth } from "./room.ts";
import { whySummary } from "./summary.ts";
import { whyTable } from "./tables.ts";
import { chartTexts } from "./texts.ts";
import { BAR, whyFrame, type WhyRow } from "./why-layout.ts";

const VALUE_AIR = 6;
const DOWN_HATCH = 1;
/** The line of zero reaches so far over and under each bar. */
const OVER = 3;
const MOST_WIDTH = 680;

function Row({ row, id, text }: { row: WhyRow; id: string; text: string }) {
  const down = row.value < 0;
  const box = { x: row.from.toFixed(1), y: row.barY, width: Math.max(1, row.to - row.from).toFixed(1), height: BAR };
  return (
    <g>
      {row.lines.map((line, at) => (
        <text key={at} class={row.isTotal ? "chart-words is-total" : "chart-words"} x="0" y={row.textY + at * LINE}>
          {line}
        </text>
      ))}
      <rect class={`chart-bar ${row.isTotal ? "hue-ink" : down ? "is-down" : "is-up"}`} {...box} />
      {down && !row.isTotal ? <rect fill={`url(#${patternId(id, DOWN_HATCH)})`} {...box} /> : null}
      <text class={`chart-words ${down ? "is-left" : ""}`} x={down ? row.from - VALUE_AIR : row.to + VALUE_AIR} y={row.barY + BAR / 2} dy="0.34em">
        {text}
      </text>
    </g>
  );
}

/** Largest first, whichever way. */
function ranked(bars: readonly Bar[]): Bar[] {
  return [...bars].sort((a, b) => Math.abs(b.value) - Math.abs(a.value));
}

export const WhyChart = memo(function WhyChart(props: WhyChartProps) {
  const [room, width] = useWidth();
  const words = chartTexts(props.language, props.texts);
  const numbers = numbersOf(props.language);
  const total = useMemo(() => ({ key: " total", ...props.total }), [props.total]);
  const frame = useMemo(() => whyFrame(ranked(props.bars), total, Math.min(width, MOST_WIDTH)), [props.bars, total, width]);
  const table = useCallback(() => whyTable(props), [props]);
  const summary = useMemo(() => props.summary ?? whySummary(props), [props]);
  return (
    <Figure
      {...props}
      className={props.done === false ? "chart-why is-pending" : "chart-why"}
      summary={props.done === false ? `${words.pending} ${summary}` : summary}
      table={table}
      plot={room}
    >
      <Picture id={props.id} heading={props.heading} description={props.description} width={frame.width} height={frame.height}>
        <Hatches id={props.id} />
        <g aria-hidden="true">
          {frame.rows.map((row) => (
            <Row key={row.key} row={row} id={props.id} text={numbers.round(row.value, props.decimals, true)} />
          ))}
          <path class="chart-base-line" d={frame.rows.map((row) => `M${frame.zero.toFixed(1)},${row.barY - OVER}v${BAR + 2 * OVER}`).join("")} />
        </g>
      </Picture>
    </Figure>
  );
});
