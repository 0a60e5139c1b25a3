/** Names beside the ends of lines and layers. */

import type { EndLabel, Frame } from "./line-layout.ts";

export function EndLabels({ labels, frame }: { labels: readonly EndLabel[]; frame: Frame }) {
  return (
    <>
      {labels.map((label) => (
        <g key={label.key} class={label.className}>
          <path class="chart-leader" d={leader(label, frame)} />
          <text class="chart-label" x={label.x} y={label.y.toFixed(1)} dy="0.32em">
            {label.text}
          </text>
        </g>
      ))}
    </>
  );
}

function leader(label: EndLabel, frame: Frame): string {
  if (label.from === null) return "";
  return `M${frame.right + 2},${label.from.toFixed(1)}L${label.x - 2},${label.y.toFixed(1)}`;
}
