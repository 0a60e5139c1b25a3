/** Order of the rows of the large table. */

import { isNumber } from "./format.ts";
import type { Language } from "../shared/protocol.ts";
import type { DataRow } from "./props.ts";

export interface Order {
  /** -1: by name. */
  column: number;
  direction: "ascending" | "descending";
}

export const BY_NAME: Order = { column: -1, direction: "ascending" };

const collators: Record<Language, Intl.Collator> = { sv: new Intl.Collator("sv"), en: new Intl.Collator("sv") };

/** The same column again turns the order; numbers start with the largest, names with A. */
export function nextOrder(order: Order, column: number): Order {
  if (order.column !== column) return { column, direction: column < 0 ? "ascending" : "descending" };
  return { column, direction: order.direction === "ascending" ? "descending" : "ascending" };
}

/** Rows without a value stand last either way; equals keep the order of names. */
export function sortRows(rows: readonly DataRow[], order: Order, language: Language): DataRow[] {
  const names = (a: DataRow, b: DataRow) => collators[language].compare(a.label, b.label);
  const sign = order.direction === "ascending" ? 1 : -1;
  if (order.column < 0) return [...rows].sort((a, b) => sign * names(a, b));
  return [...rows].sort((a, b) => {
    const [left, right] = [a.values[order.column], b.values[order.column]];
    if (!isNumber(left) || !isNumber(right)) return Number(isNumber(right)) - Number(isNumber(left)) || names(a, b);
    return sign * (left - right) || names(a, b);
  });
}
