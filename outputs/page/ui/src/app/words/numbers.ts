/** Numbers in the page's language. */

import type { Language } from "../../shared/protocol.ts";

const LOCALE: Record<Language, string> = { sv: "sv-SE", en: "en-GB" };
/** Futures are told with at most three significant digits. */
const TOLD_DIGITS = 3;
/** Decimals of a number as it was entered; more than anybody enters. */
const ENTERED_DECIMALS = 10;
/** Significant digits that survive the way from shown to kept number and back. */
const KEPT_DIGITS = 12;

const formats = new Map<string, Intl.NumberFormat>();

function format(language: Language, key: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const name = `${language} ${key}`;
  const found = formats.get(name) ?? new Intl.NumberFormat(LOCALE[language], options);
  formats.set(name, found);
  return found;
}

/** People of the future: whole, and at most three significant digits. */
export function told(value: number, language: Language): string {
  return format(language, "told", { maximumSignificantDigits: TOLD_DIGITS }).format(Math.round(value) + 0);
}

/** With its sign, as a difference is told. */
export function signed(value: number, language: Language): string {
  return format(language, "signed", {
    maximumSignificantDigits: TOLD_DIGITS,
    signDisplay: "exceptZero",
  }).format(Math.round(value));
}

/** A number as it was entered. */
export function entered(value: number, language: Language): string {
  return format(language, "entered", { maximumFractionDigits: ENTERED_DECIMALS }).format(value);
}

export function withDecimals(value: number, decimals: number, language: Language): string {
  return format(language, `decimals ${decimals}`, {
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
  }).format(value);
}

/** A share in per cent with at most one decimal. */
export function percent(share: number, language: Language): string {
  return format(language, "percent", { maximumFractionDigits: 1 }).format(share);
}

/** A lever's number as it is shown (2.5 per cent), and as the model has it (0.025). */
export function shownOf(number: number, shown: number): number {
  return Number((number * shown).toPrecision(KEPT_DIGITS));
}

export function keptOf(number: number, shown: number): number {
  return Number((number / shown).toPrecision(KEPT_DIGITS));
}

/** A number typed with a decimal comma or point; null where it is none. */
export function typed(text: string): number | null {
  const plain = text
    .replace(/[\s\u00a0\u202f]/g, "")
    .replace("\u2212", "-")
    .replace(",", ".");
  if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(plain)) return null;
  const number = Number(plain);
  return Number.isFinite(number) ? number : null;
}
