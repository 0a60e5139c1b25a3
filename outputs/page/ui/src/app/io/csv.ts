/** A table as CSV for the reader's own Excel: Swedish with semicolon and decimal comma, English with comma and point. */

import type { Language } from "../../shared/protocol.ts";

export type CsvCell = string | number | null;

const MARKS: Record<Language, { between: string; decimal: string }> = {
  sv: { between: ";", decimal: "," },
  en: { between: ",", decimal: "." },
};
/** Tells Excel that the file is UTF-8. */
const BYTE_ORDER_MARK = "\ufeff";
const LINE_END = "\r\n";
/** Significant digits of a number in the file: far below what the model knows, above what anybody needs. */
const DIGITS = 10;
/** What a spreadsheet would take for a formula. */
const FORMULA = /^[\s\u00a0]*[=+\-@\t\r|%＝＋－＠]/;

export function csvOf(rows: readonly (readonly CsvCell[])[], language: Language): string {
  const marks = MARKS[language];
  const lines = rows.map((row) => row.map((cell) => cellOf(cell, marks)).join(marks.between));
  return BYTE_ORDER_MARK + lines.join(LINE_END) + LINE_END;
}

function cellOf(cell: CsvCell, marks: { between: string; decimal: string }): string {
  if (cell === null) return "";
  if (typeof cell === "number") return Number.isFinite(cell) ? plain(cell).replace(".", marks.decimal) : "";
  const safe = FORMULA.test(cell) ? `'${cell}` : cell;
  return /["\r\n;,\t]/.test(safe) || safe !== safe.trim() ? `"${safe.replace(/"/g, '""')}"` : safe;
}

/** Without exponents, which Excel reads but people do not. */
function plain(value: number): string {
  const rounded = Number(value.toPrecision(DIGITS));
  const text = String(rounded);
  return text.includes("e") ? rounded.toFixed(DIGITS).replace(/\.?0+$/, "") : text;
}
