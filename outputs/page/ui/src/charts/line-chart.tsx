/** Lines over the years: scenario, base, compared scenario and history, bands of runs, and a target. */

import { useCallback, useMemo, useState } from "preact/hooks";
import type { Domain } from "./axes.ts";
import { AxesView, YearMark } from "./axes-view.tsx";
import { EndLabels } from "./end-labels.tsx";
import { Figure, Picture } from "./figure.tsx";
import { isNumber, numbersOf, tickDecimals, type Numbers } from "./format.ts";
import { BandSwatch, Legend, LineSwatch, type LegendItem } from "./legend.tsx";
import {
  axesOf, CHARACTER, domainFor, drawBand, drawLine, endLabels, frameFor, heightFor, nameOf, tickCount, xOf, yearsOf, yOf, type Frame,
} from "./line-layout.ts";
import { sameFlat, useDomain, useKept } from "./kept.ts";
import { hueClass } from "./marks.ts";
import { memo } from "./memo.ts";
import type { LineChartProps, Role, Series } from "./props.ts";
import { NARROW, useWidth } from "./room.ts";
import { lineSummary } from "./summary.ts";
import { lineTable } from "./tables.ts";
import { chartTexts, fill, type ChartTexts } from "./texts.ts";
import { useYearPointer, YearSlider } from "./year-slider.tsx";

function useLayout(props: LineChartProps, width: number) {
  const count = tickCount(heightFor(width, props.aspect));
  const domain = useDomain(`${props.axisKey} ${count}`, (before) => domainFor(props, before, count));
  const years = yearsOf(props.series, props.bands);
  const numbers = numbersOf(props.language);
  const step = (domain[1] - domain[0]) / count;
  const labels = [domain[0], domain[1]].map((end) => numbers.exact(end, tickDecimals(step)));
  const names = props.series.map(nameOf);
  const frame = useKept(frameFor({ width, aspect: props.aspect }, years, labels, names), sameFlat);
  const axes = useMemo(() => axesOf(frame, domain, count), [frame, domain, count]);
  return { frame, domain, axes };
}

function valueIn(series: Series, year: number): number | null {
  const value = series.values[series.years.indexOf(year)];
  return isNumber(value) ? value : null;
}

function legendItems(props: LineChartProps, year: number | null, numbers: Numbers, words: ChartTexts): LegendItem[] {
  const write = (value: number) => numbers.round(value, props.decimals, props.signed);
  const lines = props.series.map((line): LegendItem => {
    const value = year === null ? null : valueIn(line, year);
    return {
      key: line.key,
      swatch: <LineSwatch role={line.role} hue={line.hue} />,
      label: line.label,
      value: year === null ? undefined : value === null ? words.notShown : write(value),
    };
  });
  const bands = (props.bands ?? []).map((band): LegendItem => {
    const at = year === null ? -1 : band.years.indexOf(year);
    return {
      key: band.key,
      swatch: <BandSwatch role={band.role} wide={band.width === "wide"} />,
      label: band.label,
      value: year === null ? undefined : at < 0 ? words.notShown : fill(words.between, { from: write(band.low[at]), to: write(band.high[at]) }),
    };
  });
  return [...lines, ...bands];
}

const ORDER: Record<Role, number> = { observed: 0, base: 1, compare: 2, scenario: 3 };

/** What is asked about is drawn last, over the rest. */
function inFront(series: readonly Series[]): Series[] {
  return [...series].sort((a, b) => ORDER[a.role] - ORDER[b.role]);
}

function Target({ frame, y, label }: { frame: Frame; y: number; label: string }) {
  const above = y - 6;
  return (
    <g class="chart-target">
      <path d={`M${frame.left},${y.toFixed(1)}H${frame.right}`} />
      <text x={frame.left + 6} y={above < frame.top + CHARACTER ? y + 15 : above}>
        {label}
      </text>
    </g>
  );
}

interface LinesProps {
  props: LineChartProps;
  frame: Frame;
  domain: Domain;
}

/** All that moves with a lever. */
const Lines = memo(function Lines({ props, frame, domain }: LinesProps) {
  const [x, y] = [xOf(frame), yOf(frame, domain)];
  const labels = frame.width >= NARROW ? endLabels(props.series, frame, y) : [];
  return (
    <g aria-hidden="true">
      {(props.bands ?? []).map((band) => {
        const drawn = drawBand(band, x, y);
        return <path key={`b${drawn.key}`} class={drawn.className} d={drawn.path} />;
      })}
      {props.target ? <Target frame={frame} y={y(props.target.value)} label={props.target.label} /> : null}
      {inFront(props.series).map((series) => {
        const drawn = drawLine(series, x, y);
        return (
          <g key={`l${drawn.key}`} class={drawn.className}>
            <path class="chart-line" d={drawn.path} />
            <path class="chart-marker" d={drawn.marks} />
          </g>
        );
      })}
      <EndLabels labels={labels} frame={frame} />
    </g>
  );
});

/** Where the lines stand in the year that is read. */
function Dots({ props, frame, domain, year }: LinesProps & { year: number }) {
  const [x, y] = [xOf(frame), yOf(frame, domain)];
  return (
    <g aria-hidden="true">
      {props.series.map((line) => {
        const value = valueIn(line, year);
        if (value === null) return null;
        return <circle key={line.key} class={`chart-dot ${hueClass(line.role, line.hue)}`} cx={x(year)} cy={y(value).toFixed(1)} r="4.5" />;
      })}
    </g>
  );
}

/** "2040: Scenariot 352 000, Utan ändringar 340 000" */
function spoken(year: number, items: readonly LegendItem[]): string {
  return `${year}: ${items.map((item) => `${item.label} ${item.value ?? ""}`.trim()).join(", ")}`;
}

/** An axis may start between whole numbers. */
const AXIS_DECIMALS = 3;

function axisUnit(props: LineChartProps, domain: Domain): string {
  if (domain[0] <= 0) return props.unit;
  const words = chartTexts(props.language, props.texts);
  return `${props.unit}; ${fill(words.axisFrom, { value: numbersOf(props.language).round(domain[0], AXIS_DECIMALS) })}`;
}

export const LineChart = memo(function LineChart(props: LineChartProps) {
  const [room, width] = useWidth();
  const [hover, setHover] = useState<number | null>(null);
  const { frame, domain, axes } = useLayout(props, width);
  const words = chartTexts(props.language, props.texts);
  const along = { first: frame.first, last: frame.last, left: frame.left, width: frame.right - frame.left };
  const pointer = useYearPointer(frame.width, along, setHover, props.onYear);
  const read = hover ?? props.year ?? null;
  const items = legendItems(props, read, numbersOf(props.language), words);
  const summary = useMemo(() => props.summary ?? lineSummary(props), [props]);
  const table = useCallback(() => lineTable(props), [props]);
  const slider = props.onYear && props.year !== undefined && (
    <YearSlider
      label={fill(words.yearOf, { heading: props.heading })}
      text={spoken(props.year, items)}
      first={frame.first}
      last={frame.last}
      year={props.year}
      left={frame.left}
      width={frame.right - frame.left}
      onYear={props.onYear}
    />
  );
  return (
    <Figure
      {...props}
      className="chart-lines"
      unit={axisUnit(props, domain)}
      summary={summary}
      table={table}
      plot={room}
      head={<Legend title={read === null ? undefined : String(read)} items={items} />}
      controls={slider}
    >
      <Picture id={props.id} heading={props.heading} description={props.description} width={frame.width} height={frame.height} {...pointer}>
        <AxesView frame={frame} domain={domain} y={axes.y} years={axes.years} language={props.language} />
        <YearMark frame={frame} year={props.year} hover={hover} />
        <Lines props={props} frame={frame} domain={domain} />
        {read === null ? null : <Dots props={props} frame={frame} domain={domain} year={read} />}
      </Picture>
    </Figure>
  );
});
