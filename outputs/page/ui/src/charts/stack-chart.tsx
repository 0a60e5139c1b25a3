/** Parts of a whole over the years, stacked, with the whole of the base run as a line. */

import { useCallback, useMemo, useState } from "preact/hooks";
import type { Domain } from "./axes.ts";
import { AxesView, YearMark } from "./axes-view.tsx";
import { EndLabels } from "./end-labels.tsx";
import { Figure, Picture } from "./figure.tsx";
import { numbersOf, tickDecimals, type Numbers } from "./format.ts";
import { sameFlat, useDomain, useKept } from "./kept.ts";
import { AreaSwatch, Legend, LineSwatch, type LegendItem } from "./legend.tsx";
import { axesOf, frameFor, heightFor, tickCount, type Frame } from "./line-layout.ts";
import { memo } from "./memo.ts";
import { Hatches, patternId } from "./patterns.tsx";
import type { StackChartProps } from "./props.ts";
import { NARROW, useWidth } from "./room.ts";
import { areaPath, stackDomain, stackLabels, stackUp, totalPath, type Stacked } from "./stack-layout.ts";
import { baseTotal, inSentence, stackSummary } from "./summary.ts";
import { stackTable } from "./tables.ts";
import { chartTexts, fill } from "./texts.ts";
import { useYearPointer, YearSlider } from "./year-slider.tsx";

function useLayout(props: StackChartProps, width: number) {
  const stacked = useMemo(() => stackUp(props.layers, props.years.length), [props.layers, props.years]);
  const count = tickCount(heightFor(width, props.aspect));
  const domain = useDomain(`${props.axisKey} ${count}`, (before) => stackDomain(props, stacked, before, count));
  const years = [props.years[0], props.years[props.years.length - 1]] as const;
  const label = numbersOf(props.language).exact(domain[1], tickDecimals(domain[1] / count));
  const names = props.layers.map((layer) => layer.short ?? layer.label);
  const frame = useKept(frameFor({ width, aspect: props.aspect }, years, [label], names), sameFlat);
  const axes = useMemo(() => axesOf(frame, domain, count), [frame, domain, count]);
  return { stacked, frame, domain, axes };
}

function legendItems(props: StackChartProps, stacked: readonly Stacked[], year: number | null, numbers: Numbers): LegendItem[] {
  const at = year === null ? -1 : props.years.indexOf(year);
  const write = (value: number) => (at < 0 ? undefined : numbers.round(value, props.decimals));
  const parts = stacked.map(({ layer, hue }, place): LegendItem => ({
    key: layer.key,
    swatch: <AreaSwatch className={`chart-area hue-${hue}`} pattern={patternId(props.id, place)} />,
    label: layer.label,
    value: write(layer.values[at]),
  }));
  const total = stacked.length ? stacked[stacked.length - 1].high[at] : 0;
  parts.reverse();
  parts.unshift({ key: "total", swatch: <LineSwatch role="scenario" outline />, label: props.totalLabel, value: write(total) });
  const base = baseTotal(props);
  if (base) {
    const label = `${props.totalLabel}, ${inSentence(props.baseLabel)}`;
    parts.push({ key: "base", swatch: <LineSwatch role="base" plain />, label, value: write(base[at]) });
  }
  return parts;
}

interface AreasProps {
  props: StackChartProps;
  stacked: readonly Stacked[];
  frame: Frame;
  domain: Domain;
}

const Areas = memo(function Areas({ props, stacked, frame, domain }: AreasProps) {
  const base = baseTotal(props);
  const top = stacked.length ? totalPath(props.years, stacked[stacked.length - 1].high, frame, domain) : "";
  return (
    <g aria-hidden="true">
      {stacked.map((part, place) => {
        const path = areaPath(props.years, part, frame, domain);
        const pattern = patternId(props.id, place);
        return (
          <g key={part.layer.key} class={`hue-${part.hue}`}>
            <path class="chart-area" d={path} />
            {pattern ? <path fill={`url(#${pattern})`} d={path} /> : null}
          </g>
        );
      })}
      {base ? (
        <g class="hue-base role-base">
          <path class="chart-halo" d={totalPath(props.years, base, frame, domain)} />
          <path class="chart-line" d={totalPath(props.years, base, frame, domain)} />
        </g>
      ) : null}
      <path class="chart-total" d={top} />
      {frame.width >= NARROW ? <EndLabels labels={stackLabels(stacked, frame, domain)} frame={frame} /> : null}
    </g>
  );
});

export const StackChart = memo(function StackChart(props: StackChartProps) {
  const [room, width] = useWidth();
  const [hover, setHover] = useState<number | null>(null);
  const { stacked, frame, domain, axes } = useLayout(props, width);
  const words = chartTexts(props.language, props.texts);
  const span = frame.right - frame.left;
  const pointer = useYearPointer(frame.width, { ...frame, width: span }, setHover, props.onYear);
  const read = hover ?? props.year ?? null;
  const items = legendItems(props, stacked, read, numbersOf(props.language));
  const summary = useMemo(() => props.summary ?? stackSummary(props), [props]);
  const table = useCallback(() => stackTable(props), [props]);
  const slider = props.onYear && props.year !== undefined && (
    <YearSlider
      label={fill(words.yearOf, { heading: props.heading })}
      text={`${props.year}: ${items.map((item) => `${item.label} ${item.value ?? ""}`).join(", ")}`}
      first={frame.first}
      last={frame.last}
      year={props.year}
      left={frame.left}
      width={span}
      onYear={props.onYear}
    />
  );
  return (
    <Figure
      {...props}
      className="chart-stack"
      summary={summary}
      table={table}
      plot={room}
      head={<Legend title={read === null ? undefined : String(read)} items={items} />}
      controls={slider}
    >
      <Picture id={props.id} heading={props.heading} description={props.description} width={frame.width} height={frame.height} {...pointer}>
        <Hatches id={props.id} />
        <AxesView frame={frame} domain={domain} y={axes.y} years={axes.years} language={props.language} />
        <Areas props={props} stacked={stacked} frame={frame} domain={domain} />
        <YearMark frame={frame} year={props.year} hover={hover} />
      </Picture>
    </Figure>
  );
});
