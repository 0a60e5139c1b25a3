/** How wide a chart may be: measured when its room changes, never while it is drawn. */

import type { RefObject } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";

/** Units of the drawing that make one rem: at the usual size of letters a unit is a pixel. */
const UNITS_A_REM = 16;
/** Where nothing can be measured. */
export const USUAL_WIDTH = 640;
/** Narrower than this, labels do not stand beside the lines. */
export const NARROW = 460;
const LEAST = 200;
/** On paper: a standing A4 between its margins. A chart drawn wider would be shrunk, its words with it. */
const PAPER_WIDTH = 680;

/** A length of the drawing on the page; grows with the reader's letters. */
export function inRem(units: number): string {
  return `${Number((units / UNITS_A_REM).toFixed(4))}rem`;
}

function pixelsAUnit(): number {
  return parseFloat(getComputedStyle(document.documentElement).fontSize) / UNITS_A_REM || 1;
}

/** Calls `take` with the element's width now, when it changes, and when it is printed. */
function watchWidth(element: HTMLElement, take: (width: number) => void): () => void {
  const onPrint = () => take(Math.min(element.clientWidth, PAPER_WIDTH));
  const onPrinted = () => take(element.clientWidth);
  const watch = new ResizeObserver((entries) => take(entries[entries.length - 1].contentRect.width));
  onPrinted();
  watch.observe(element);
  addEventListener("beforeprint", onPrint);
  addEventListener("afterprint", onPrinted);
  return () => {
    watch.disconnect();
    removeEventListener("beforeprint", onPrint);
    removeEventListener("afterprint", onPrinted);
  };
}

/** The room of a chart, and its width in units of the drawing. */
export function useWidth(): [RefObject<HTMLDivElement | null>, number] {
  const room = useRef<HTMLDivElement | null>(null);
  const [width, setWidth] = useState(USUAL_WIDTH);
  useLayoutEffect(() => {
    if (!room.current) return;
    return watchWidth(room.current, (pixels) => {
      if (pixels > 0) setWidth(Math.max(LEAST, Math.floor(pixels / pixelsAUnit())));
    });
  }, []);
  return [room, width];
}
