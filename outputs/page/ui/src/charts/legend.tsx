/** Key and read-out in one: each series with its line, and its value in the year that is looked at. */

import type { ComponentChildren } from "preact";
import { hueClass, marksPath, shapeOf } from "./marks.ts";
import type { Hue, Role } from "./props.ts";

const WIDTH = 34;
const HEIGHT = 14;

/** `plain`: without the marker; `outline`: as the outline of an area. */
export function LineSwatch({ role, hue, plain, outline }: { role: Role; hue?: Hue; plain?: boolean; outline?: boolean }) {
  const middle = HEIGHT / 2;
  const points: [number, number][] = role === "observed" ? [6, 17, 28].map((x) => [x, middle]) : [[WIDTH / 2, middle]];
  return (
    <svg class="chart-swatch" aria-hidden="true" width={WIDTH} height={HEIGHT} viewBox={`0 0 ${WIDTH} ${HEIGHT}`}>
      <g class={outline ? "hue-ink" : `${hueClass(role, hue)} role-${role}`}>
        <path class={outline ? "chart-outline" : "chart-line"} d={`M1,${middle}H${WIDTH - 1}`} />
        {plain || outline ? null : <path class="chart-marker" d={marksPath(points, shapeOf(role, hue))} />}
      </g>
    </svg>
  );
}

export function BandSwatch({ role, wide }: { role: Role; wide: boolean }) {
  return (
    <svg class="chart-swatch" aria-hidden="true" width={WIDTH} height={HEIGHT} viewBox={`0 0 ${WIDTH} ${HEIGHT}`}>
      <rect class={`chart-band ${wide ? "is-wide" : "is-narrow"} ${hueClass(role)}`} x="1" y="1" width={WIDTH - 2} height={HEIGHT - 2} />
    </svg>
  );
}

export function AreaSwatch({ className, pattern }: { className: string; pattern?: string }) {
  const box = { x: 1, y: 1, width: 20, height: HEIGHT - 2 };
  return (
    <svg class="chart-swatch" aria-hidden="true" width={22} height={HEIGHT} viewBox={`0 0 22 ${HEIGHT}`}>
      <rect class={className} {...box} />
      {pattern ? <rect fill={`url(#${pattern})`} {...box} /> : null}
    </svg>
  );
}

export interface LegendItem {
  key: string;
  swatch: ComponentChildren;
  label: string;
  value?: string;
}

export function Legend({ title, items }: { title?: string; items: readonly LegendItem[] }) {
  return (
    <div class="chart-legend">
      {title ? <p class="chart-when">{title}</p> : null}
      <ul>
        {items.map((item) => (
          <li key={item.key}>
            {item.swatch}
            <span>
              {item.label} {item.value === undefined ? null : <span class="chart-value">{item.value}</span>}
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}
