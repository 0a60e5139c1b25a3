/** Age structure by sex in one year: the scenario filled, the base as an outline. */

import { useCallback, useMemo, useState } from "preact/hooks";
import type { Domain } from "./axes.ts";
import { Figure, Picture } from "./figure.tsx";
import { numbersOf } from "./format.ts";
import { sameFlat, useDomain, useKept } from "./kept.ts";
import { AreaSwatch, Legend, LineSwatch, type LegendItem } from "./legend.tsx";
import { memo } from "./memo.ts";
import { Hatches, patternId } from "./patterns.tsx";
import type { PyramidProps } from "./props.ts";
import { barsPath, groupAt, outlinePath, pyramidDomain, pyramidFrame, pyramidTicks, rowMiddle, type PyramidFrame } from "./pyramid-layout.ts";
import { useWidth } from "./room.ts";
import { pyramidSummary } from "./summary.ts";
import { pyramidTable } from "./tables.ts";
import { chartTexts } from "./texts.ts";

/** Colours: women, men. The men are hatched too. */
const WOMEN = "hue-3";
const MEN = "hue-5";
const MEN_HATCH = 1;
const MOST_TICKS = 4;

interface PartProps {
  props: PyramidProps;
  frame: PyramidFrame;
  domain: Domain;
}

const Axes = memo(function Axes({ frame, domain, props }: PartProps) {
  const words = chartTexts(props.language, props.texts);
  const numbers = numbersOf(props.language);
  const axis = pyramidTicks(frame, domain, numbers.tick, MOST_TICKS);
  const ticks = axis.ticks.flatMap((value) => {
    const long = (value / domain[1]) * frame.reach;
    return [{ value, side: "l", x: frame.leftZero - long }, { value, side: "r", x: frame.rightZero + long }];
  });
  return (
    <g class="chart-axes" aria-hidden="true">
      {ticks.map(({ value, side, x }) => (
        <g key={side + value}>
          <path class={value === 0 ? "chart-base-line" : "chart-grid"} d={`M${x.toFixed(1)},${frame.top}V${frame.bottom}`} />
          <text class="chart-tick is-middle" x={x} y={frame.bottom + 18}>
            {numbers.tick(value, axis.step)}
          </text>
        </g>
      ))}
      <text class="chart-side is-left" x={frame.leftZero} y={frame.top - 8}>
        {words.men}
      </text>
      <text class="chart-side" x={frame.rightZero} y={frame.top - 8}>
        {words.women}
      </text>
      {props.groups.map((group, at) => (
        <text key={group} class="chart-tick is-middle" x={frame.width / 2} y={rowMiddle(frame, at)} dy="0.32em">
          {group}
        </text>
      ))}
    </g>
  );
});

const Bars = memo(function Bars({ props, frame, domain }: PartProps) {
  const men = barsPath(frame, domain, props.men, "left");
  const base = props.base;
  return (
    <g aria-hidden="true">
      <path class={`chart-bar ${WOMEN}`} d={barsPath(frame, domain, props.women, "right")} />
      <path class={`chart-bar ${MEN}`} d={men} />
      <path fill={`url(#${patternId(props.id, MEN_HATCH)})`} d={men} />
      {base ? (
        <g class="hue-ink role-outline">
          <path class="chart-outline" d={outlinePath(frame, domain, base.women, "right")} />
          <path class="chart-outline" d={outlinePath(frame, domain, base.men, "left")} />
        </g>
      ) : null}
    </g>
  );
});

const total = (values: ArrayLike<number>) => Array.from(values).reduce((sum, value) => sum + value, 0);

function legendItems(props: PyramidProps, group: number | null): LegendItem[] {
  const words = chartTexts(props.language, props.texts);
  const numbers = numbersOf(props.language);
  const write = (values: ArrayLike<number>) => numbers.round(group === null ? total(values) : values[group], props.decimals ?? 0);
  const items: LegendItem[] = [
    {
      key: "men",
      swatch: <AreaSwatch className={`chart-bar ${MEN}`} pattern={patternId(props.id, MEN_HATCH)} />,
      label: words.men,
      value: write(props.men),
    },
    { key: "women", swatch: <AreaSwatch className={`chart-bar ${WOMEN}`} />, label: words.women, value: write(props.women) },
  ];
  const base = props.base;
  if (base) {
    const value = `${words.men.toLowerCase()} ${write(base.men)}, ${words.women.toLowerCase()} ${write(base.women)}`;
    items.push({ key: "base", swatch: <LineSwatch role="scenario" outline />, label: base.label, value });
  }
  return items;
}

export const Pyramid = memo(function Pyramid(props: PyramidProps) {
  const [room, width] = useWidth();
  const [hover, setHover] = useState<number | null>(null);
  const frame = useKept(pyramidFrame(width, props.groups.length), sameFlat);
  const domain = useDomain(props.axisKey, (before) => pyramidDomain(props, before, MOST_TICKS));
  const summary = useMemo(() => props.summary ?? pyramidSummary(props), [props]);
  const table = useCallback(() => pyramidTable(props), [props]);
  const onPointerMove = useCallback(
    (event: PointerEvent) => {
      const box = (event.currentTarget as SVGSVGElement).getBoundingClientRect();
      setHover(groupAt(frame, ((event.clientY - box.top) / box.height) * frame.height));
    },
    [frame],
  );
  const onPointerLeave = useCallback(() => setHover(null), []);
  const words = chartTexts(props.language, props.texts);
  const when = `${props.area} ${props.year}`;
  const title = hover === null ? when : `${when}, ${words.ages.toLowerCase()} ${props.groups[hover]}`;
  const pointer = { onPointerMove, onPointerLeave };
  return (
    <Figure
      {...props}
      className="chart-pyramid"
      summary={summary}
      table={table}
      plot={room}
      head={<Legend title={title} items={legendItems(props, hover)} />}
    >
      <Picture id={props.id} heading={props.heading} description={props.description} width={frame.width} height={frame.height} {...pointer}>
        <Hatches id={props.id} />
        {hover === null ? null : <rect class="chart-row" x="0" width={frame.width} y={rowMiddle(frame, hover) - frame.row / 2} height={frame.row} />}
        <Axes props={props} frame={frame} domain={domain} />
        <Bars props={props} frame={frame} domain={domain} />
      </Picture>
    </Figure>
  );
});
