/** How wide a chart may be: measured when its room changes, never while it is drawn. */

import type { RefObject } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";

/** Where nothing can be measured. */
export const USUAL_WIDTH = 640;
/** Narrower than this, labels do not stand beside the lines. */
export const NARROW = 460;
const LEAST = 200;

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
    return () => watch.disconnect();
  }, []);
  return [room, width];
}
