/** The municipalities, coloured by the class of a value. A list under the map reaches each of them by keyboard. */

import { useCallback, useMemo, useState } from "preact/hooks";
import { classOf, colourOf, stickyLimits } from "./classes.ts";
import { Figure, Picture } from "./figure.tsx";
import { isNumber } from "./format.ts";
import { sameFlat, useKept, useSticky } from "./kept.ts";
import { AreaSwatch, Legend, type LegendItem } from "./legend.tsx";
import { classLabels, codeOf, mapFrame, placeArea, valueText, type MapFrame } from "./map-layout.ts";
import { memo } from "./memo.ts";
import { Hatches, patternId } from "./patterns.tsx";
import type { MapChartProps } from "./props.ts";
import { useWidth } from "./room.ts";
import { mapSummary } from "./summary.ts";
import { mapTable } from "./tables.ts";
import { chartTexts, type ChartTexts } from "./texts.ts";

/** Hatches: of places without a value, and of those below the middle of a diverging scale. */
const NOTHING = 5;
const BELOW = 1;

interface PlacesProps {
  props: MapChartProps;
  limits: readonly number[];
  frame: MapFrame;
}

function colourClass(props: MapChartProps, limits: readonly number[], at: number): string {
  const value = props.values[at];
  return isNumber(value) ? colourOf(classOf(value, limits), limits, props.scale.kind) : "no-value";
}

/** Hatch of a class: of paper on the strong colour at the end, of ink on the paler ones. */
function hatchOfClass(props: MapChartProps, limits: readonly number[], at: number): string | undefined {
  if (props.scale.kind !== "diverging" || at >= limits.length / 2) return undefined;
  const strong = colourOf(at, limits, props.scale.kind) === "div-0";
  return patternId(strong ? props.id : inked(props.id), BELOW);
}

const inked = (id: string) => `${id}-ink`;

function hatchOf(props: MapChartProps, limits: readonly number[], at: number): string | undefined {
  const value = props.values[at];
  if (!isNumber(value)) return patternId(props.id, NOTHING);
  return hatchOfClass(props, limits, classOf(value, limits));
}

/** One path for each municipality; only its class changes with a lever. */
const Places = memo(function Places({ props, limits, frame }: PlacesProps) {
  const hatched = new Map<string, string>();
  props.paths.forEach((path, at) => {
    const hatch = hatchOf(props, limits, at);
    if (hatch) hatched.set(hatch, (hatched.get(hatch) ?? "") + path);
  });
  return (
    <g transform={frame.transform} aria-hidden="true">
      {props.paths.map((path, at) => (
        <path key={props.places[at].code} class={`chart-place ${colourClass(props, limits, at)}`} data-place={at} d={path} />
      ))}
      {[...hatched].map(([hatch, path]) => (
        <path key={hatch} class="chart-over" d={path} fill={`url(#${hatch})`} />
      ))}
    </g>
  );
});

interface OutlinesProps {
  props: MapChartProps;
  frame: MapFrame;
  hover: number | null;
}

const LABEL_EDGE = 70;

function Outlines({ props, frame, hover }: OutlinesProps) {
  const chosen = props.places.findIndex((place) => place.code === codeOf(props.selected));
  const inside = new Set(props.inside ?? []);
  const around = props.paths.filter((_, at) => inside.has(props.places[at].code)).join("");
  const [x, y] = chosen < 0 ? [0, 0] : props.points[chosen];
  const anchor = (x - frame.x) * frame.scale;
  const side = anchor < LABEL_EDGE ? "" : anchor > frame.width - LABEL_EDGE ? "is-left" : "is-middle";
  return (
    <g aria-hidden="true">
      <g transform={frame.transform}>
        {around ? <path class="chart-inside" d={around} /> : null}
        {chosen < 0 ? null : <path class="chart-chosen-halo" d={props.paths[chosen]} />}
        {chosen < 0 ? null : <path class="chart-chosen" d={props.paths[chosen]} />}
        {hover === null ? null : <path class="chart-hovered" d={props.paths[hover]} />}
      </g>
      {chosen < 0 ? null : (
        <text class={`chart-place-name ${side}`} x={anchor} y={(y - frame.y) * frame.scale} dy="0.32em">
          {props.places[chosen].name}
        </text>
      )}
    </g>
  );
}

function scaleItems(props: MapChartProps, limits: readonly number[], words: ChartTexts): LegendItem[] {
  const labels = classLabels(limits, props.language, words, props.signed);
  const items = labels.map((label, at): LegendItem => {
    const hatch = hatchOfClass(props, limits, at);
    return { key: `c${at}`, swatch: <AreaSwatch className={`chart-place ${colourOf(at, limits, props.scale.kind)}`} pattern={hatch} />, label };
  });
  const missing = props.places.some((_, at) => !isNumber(props.values[at]));
  if (missing) {
    items.push({
      key: "none",
      swatch: <AreaSwatch className="chart-place no-value" pattern={patternId(props.id, NOTHING)} />,
      label: words.noValue,
    });
  }
  return items;
}

/** The value of the place that is pointed at or chosen. */
function Reading({ props, at, words }: { props: MapChartProps; at: number; words: ChartTexts }) {
  const write = (value: number | null | undefined, signed = props.signed) => valueText(value, props.decimals, props.language, words, signed);
  const [value, before] = [props.values[at], props.base?.[at]];
  const change = isNumber(value) && isNumber(before) ? `, ${words.difference} ${write(value - before, true)}` : "";
  return (
    <p class="chart-reading">
      <strong>{props.places[at].name}</strong> {props.year}: {write(value)} {isNumber(value) ? props.unit : ""}
      {change}
    </p>
  );
}

interface ChoiceProps {
  props: MapChartProps;
  words: ChartTexts;
  onSelect: (area: string) => void;
}

const Choice = memo(function Choice({ props, words, onSelect }: ChoiceProps) {
  const code = codeOf(props.selected) ?? "";
  return (
    <p class="chart-choice">
      <label for={`${props.id}-place`}>{words.chosenPlace}</label>
      <select id={`${props.id}-place`} value={code} onChange={(event) => choose(event.currentTarget.value, onSelect)}>
        <option value="">{words.chooseWhole}</option>
        {props.places.map((place) => (
          <option key={place.code} value={place.code}>
            {place.name}
          </option>
        ))}
      </select>
    </p>
  );
});

function choose(code: string, onSelect: (area: string) => void) {
  onSelect(code ? placeArea(code) : "region");
}

function placeUnder(event: Event): number | null {
  const at = event.target instanceof Element ? event.target.getAttribute("data-place") : null;
  return at === null ? null : Number(at);
}

export const MapChart = memo(function MapChart(props: MapChartProps) {
  const [room, width] = useWidth();
  const [hover, setHover] = useState<number | null>(null);
  const words = chartTexts(props.language, props.texts);
  const frame = useKept(mapFrame(props.viewBox, width), sameFlat);
  const limits = useSticky<readonly number[]>(`${props.axisKey} ${props.scale.kind}`, (before) => stickyLimits(before, props.values, props.scale));
  const summary = useMemo(() => props.summary ?? mapSummary(props), [props]);
  const table = useCallback(() => mapTable(props), [props]);
  const onPointerMove = useCallback((event: PointerEvent) => setHover(placeUnder(event)), []);
  const onPointerLeave = useCallback(() => setHover(null), []);
  const { onSelect, places, selected } = props;
  const onClick = useCallback(
    (event: MouseEvent) => {
      const at = placeUnder(event);
      if (at === null || !onSelect) return;
      const area = placeArea(places[at].code);
      onSelect(area === selected ? "region" : area);
    },
    [onSelect, places, selected],
  );
  const chosen = places.findIndex((place) => place.code === codeOf(selected));
  const read = hover ?? (chosen < 0 ? null : chosen);
  const pointer = { onPointerMove, onPointerLeave, onClick };
  return (
    <Figure
      {...props}
      className={onSelect ? "chart-map is-choosable" : "chart-map"}
      summary={summary}
      table={table}
      plot={room}
      head={<Legend title={String(props.year)} items={scaleItems(props, limits, words)} />}
      controls={
        <>
          {read === null ? <p class="chart-reading" /> : <Reading props={props} at={read} words={words} />}
          {onSelect ? <Choice props={props} words={words} onSelect={onSelect} /> : null}
        </>
      }
    >
      <Picture id={props.id} heading={props.heading} description={props.description} width={frame.width} height={frame.height} {...pointer}>
        <Hatches id={props.id} />
        <Hatches id={inked(props.id)} ink />
        <Places props={props} limits={limits} frame={frame} />
        <Outlines props={props} frame={frame} hover={hover} />
      </Picture>
    </Figure>
  );
});
