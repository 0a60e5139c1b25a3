/** Draws its contents only while they can be seen (or printed): what lies outside the window costs nothing at each move of a lever. */

import type { VNode } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { usePage } from "./page.ts";

/** Drawn a little before it comes into the window. */
const MARGIN = "25% 0px";

export function WhenSeen({ name, children }: { name: string; children: () => VNode | null }) {
  const { printing } = usePage();
  const room = useRef<HTMLDivElement>(null);
  const [seen, setSeen] = useState(false);
  const drawn = useRef<VNode | null>(null);
  useEffect(() => {
    if (!room.current || typeof IntersectionObserver === "undefined") return setSeen(true);
    const watch = new IntersectionObserver((entries) => setSeen(entries.at(-1)!.isIntersecting), {
      rootMargin: MARGIN,
    });
    watch.observe(room.current);
    return () => watch.disconnect();
  }, []);
  if (seen || printing.value) drawn.current = children();
  return (
    <div class={`figure-room ${drawn.current ? "" : "is-waiting"}`} ref={room} data-look={name}>
      {drawn.current}
    </div>
  );
}
