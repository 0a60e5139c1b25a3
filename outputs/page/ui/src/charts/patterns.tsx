/** Hatches, beside the colours: what is told apart by colour is told apart by these too. */

import { memo } from "./memo.ts";

/** Lines of each hatch in a square of eight; the first has none. */
const HATCHES: readonly string[] = [
  "",
  "M-2,2l4,-4M0,8l8,-8M6,10l4,-4",
  "M2,2h1.6v1.6h-1.6zM6,6h1.6v1.6h-1.6z",
  "M0,4h8",
  "M-2,6l4,4M0,0l8,8M6,-2l4,4",
  "M4,0v8M0,4h8",
];

const SQUARE = 8;

export function patternId(id: string, at: number): string | undefined {
  return HATCHES[at % HATCHES.length] ? `${id}-hatch-${at % HATCHES.length}` : undefined;
}

/** Of the paper over strong colours; of ink where there are light ones among them. */
export const Hatches = memo(function Hatches({ id, ink }: { id: string; ink?: boolean }) {
  return (
    <defs>
      {HATCHES.map((path, at) =>
        path ? (
          <pattern key={at} id={patternId(id, at)} width={SQUARE} height={SQUARE} patternUnits="userSpaceOnUse">
            <path class={ink ? "chart-hatch is-ink" : "chart-hatch"} d={path} />
          </pattern>
        ) : null,
      )}
    </defs>
  );
});
