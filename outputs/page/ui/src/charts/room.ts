/** How wide a chart may be: measured when its room changes, never while it is drawn. */

import type { RefObject } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";

/** Where nothing can be measured. */
export const USUAL_WIDTH = 640;
/** Narrower than this, labels do not stand beside the lines. */
export const NARROW = 460;
const LEAST = 200;
/** On paper: a standing A4 between its margins. A chart drawn wider would be shrunk, its words with it. */
const PAPER_WIDTH = 680;

export function useWidth(): [RefObject<HTMLDivElement | null>, number] {
  const room = useRef<HTMLDivElement | null>(null);
  const [width, setWidth] = useState(USUAL_WIDTH);
  useLayoutEffect(() => {
    const element = room.current;
    if (!element) return;
    const take = (size: number) => size > 0 && setWidth(Math.max(LEAST, Math.floor(size)));
    take(element.clientWidth);
    if (typeof ResizeObserver === "undefined") return;
    const watch = new ResizeObserver((entries) => take(entries[entries.length - 1].contentRect.width));
    watch.observe(element);
    const onPrint = () => take(Math.min(element.clientWidth, PAPER_WIDTH));
    const onPrinted = () => take(element.clientWidth);
    addEventListener("beforeprint", onPrint);
    addEventListener("afterprint", onPrinted);
    return () => {
      watch.disconnect();
      removeEventListener("beforeprint", onPrint);
      removeEventListener("afterprint", onPrinted);
    };
  }, []);
  return [room, width];
}
