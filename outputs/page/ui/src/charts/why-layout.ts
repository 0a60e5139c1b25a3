/** Rows of the bars that explain a difference: the words above, the bar below. */

import { scaleLinear } from "d3-scale";
import { CHARACTER, LINE } from "./line-layout.ts";
import type { Bar } from "./props.ts";

export interface WhyRow {
  key: string;
  lines: string[];
  textY: number;
  barY: number;
  from: number;
  to: number;
  value: number;
  isTotal: boolean;
}

export interface WhyFrame {
  width: number;
  height: number;
  zero: number;
  rows: WhyRow[];
}

export const BAR = 16;
const GAP = 14;
const TOP = 4;
/** Room beside the bars for their numbers. */
const VALUE_ROOM = 76;
const TEXT_DOWN = 12;

/** Words in lines of at most so many characters; a longer word stands alone. */
export function wrapText(text: string, most: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(/\s+/)) {
    const last = lines[lines.length - 1];
    if (last !== undefined && last.length + word.length + 1 <= most) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

export function whyFrame(bars: readonly Bar[], total: Bar, width: number): WhyFrame {
  const all = [...bars, total];
  const low = Math.min(0, ...all.map((bar) => bar.value));
  const high = Math.max(0, ...all.map((bar) => bar.value));
  const left = low < 0 ? VALUE_ROOM : 1;
  const right = width - (high > 0 ? VALUE_ROOM : 1);
  const x = scaleLinear(low === high ? [0, 1] : [low, high], [left, right]);
  let y = TOP;
  const rows = all.map((bar): WhyRow => {
    const lines = wrapText(bar.label, Math.floor(width / CHARACTER));
    const textY = y + TEXT_DOWN;
    const barY = y + lines.length * LINE + 2;
    y = barY + BAR + GAP;
    return { key: bar.key, lines, textY, barY, from: x(Math.min(0, bar.value)), to: x(Math.max(0, bar.value)), value: bar.value, isTotal: bar === total };
  });
  return { width, height: y, zero: x(0), rows };
}
