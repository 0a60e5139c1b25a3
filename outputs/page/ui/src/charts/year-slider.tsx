/** The year, set along the axis of the chart: a native range whose ends are the ends of the plot. */

import { useCallback, useRef } from "preact/hooks";
import { inRem } from "./room.ts";

/** Width of the thumb: the middle of it stands on the year. Equal to --chart-thumb in charts.css. */
const THUMB = 24;

interface Props {
  label: string;
  text: string;
  first: number;
  last: number;
  year: number;
  left: number;
  width: number;
  onYear: (year: number) => void;
}

export function YearSlider(props: Props) {
  return (
    <input
      class="chart-year"
      type="range"
      min={props.first}
      max={props.last}
      step={1}
      value={props.year}
      aria-label={props.label}
      aria-valuetext={props.text}
      style={{ marginLeft: `calc(${inRem(props.left)} - ${THUMB / 2}px)`, width: `calc(${inRem(props.width)} + ${THUMB}px)` }}
      onInput={(event) => props.onYear(Number(event.currentTarget.value))}
    />
  );
}

interface Along {
  first: number;
  last: number;
  /** Where the first year stands, and how long the axis is, in units of the svg. */
  left: number;
  width: number;
}

/** The year under a pointer, from the place of the svg on the screen. */
export function yearAt(clientX: number, box: { left: number; width: number }, drawn: number, along: Along): number {
  const x = ((clientX - box.left) / box.width) * drawn;
  const share = (x - along.left) / along.width;
  const year = Math.round(along.first + share * (along.last - along.first));
  return Math.min(along.last, Math.max(along.first, year));
}

/** Handlers of a pointer over the svg: hovering reads, pressing and dragging sets. */
export function useYearPointer(drawn: number, along: Along, onHover: (year: number | null) => void, onYear?: (year: number) => void) {
  const now = useRef({ drawn, along, onHover, onYear });
  now.current = { drawn, along, onHover, onYear };
  const find = (event: PointerEvent) => {
    const svg = event.currentTarget as SVGSVGElement;
    return yearAt(event.clientX, svg.getBoundingClientRect(), now.current.drawn, now.current.along);
  };
  const onPointerMove = useCallback((event: PointerEvent) => {
    const year = find(event);
    now.current.onHover(year);
    if (event.buttons === 1) now.current.onYear?.(year);
  }, []);
  const onPointerDown = useCallback((event: PointerEvent) => {
    if (event.button === 0) now.current.onYear?.(find(event));
  }, []);
  const onPointerLeave = useCallback(() => now.current.onHover(null), []);
  return { onPointerMove, onPointerDown, onPointerLeave };
}
