/** Numbers as the page's language writes them. */

import type { Language } from "../shared/protocol.ts";

const LOCALE: Record<Language, string> = { sv: "sv-SE", en: "en-GB" };
/** Futures are never stated more exactly than this. */
const FIGURES = 3;

/** In every language, the sign that is as wide as the plus. */
const MINUS = "\u2212";

const made = new Map<string, Intl.NumberFormat>();

function formatter(language: Language, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = language + JSON.stringify(options);
  const found = made.get(key);
  if (found) return found;
  const fresh = new Intl.NumberFormat(LOCALE[language], options);
  made.set(key, fresh);
  return fresh;
}

export interface Numbers {
  /** With the decimals asked for; in tables. */
  exact: (value: number, decimals: number, signed?: boolean) => string;
  /** At most three significant figures; in sentences and read-outs. */
  round: (value: number, decimals: number, signed?: boolean) => string;
  percent: (share: number) => string;
  /** Of an axis; `step` is the distance between ticks. */
  tick: (value: number, step: number) => string;
}

/** Three significant figures, but no more decimals than the quantity has. */
export function rounded(value: number, decimals: number, figures = FIGURES): number {
  if (value === 0 || !Number.isFinite(value)) return value;
  const size = Math.floor(Math.log10(Math.abs(value))) + 1;
  const places = Math.min(decimals, figures - size);
  if (places < 0) {
    const unit = 10 ** -places;
    return Math.round(value / unit) * unit;
  }
  const unit = 10 ** places;
  return Math.round(value * unit) / unit;
}

/** Decimals that tell ticks apart. */
export function tickDecimals(step: number): number {
  return step > 0 ? Math.max(0, -Math.floor(Math.log10(step) + 1e-9)) : 0;
}

function makeNumbers(language: Language): Numbers {
  const exact = (value: number, decimals: number, signed = false): string =>
    formatter(language, {
      minimumFractionDigits: decimals,
      maximumFractionDigits: decimals,
      signDisplay: signed ? "exceptZero" : "negative",
    }).format(value).replace("-", MINUS);
  const round = (value: number, decimals: number, signed = false): string =>
    formatter(language, { maximumFractionDigits: decimals, signDisplay: signed ? "exceptZero" : "negative" }).format(
      rounded(value, decimals),
    ).replace("-", MINUS);
  return {
    exact,
    round,
    percent: (share) => formatter(language, { style: "percent", maximumFractionDigits: 0 }).format(share),
    tick: (value, step) => exact(value, tickDecimals(step)),
  };
}

const numbers: Record<Language, Numbers> = { sv: makeNumbers("sv"), en: makeNumbers("en") };

export function numbersOf(language: Language): Numbers {
  return numbers[language];
}

export function isNumber(value: number | null | undefined): value is number {
  return typeof value === "number" && Number.isFinite(value);
}
