/** Numbers as the page's language writes them. */

import type { Language } from "../shared/protocol.ts";

const LOCALE: Record<Language, string> = { sv: "sv-SE", en: "en-GB" };
/** Futures are never stated more exactly than this. */
const FIGURES = 3;

/** In every language, the sign that is as wide as the plus. */
const MINUS = "\u2212";

const made = new Map<string, Intl.NumberFormat>();

/** `fixed`: so many decimals; otherwise at most so many. Making one is slow, so that they are kept. */
function formatter(language: Language, decimals: number, signed: boolean, fixed: boolean): Intl.NumberFormat {
  const key = `${language} ${decimals} ${signed} ${fixed}`;
  let found = made.get(key);
  if (!found) {
    found = new Intl.NumberFormat(LOCALE[language], {
      minimumFractionDigits: fixed ? decimals : 0,
      maximumFractionDigits: decimals,
      signDisplay: signed ? "exceptZero" : "negative",
    });
    made.set(key, found);
  }
  return found;
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
  const percent = new Intl.NumberFormat(LOCALE[language], { style: "percent", maximumFractionDigits: 0 });
  const write = (value: number, decimals: number, signed: boolean, fixed: boolean): string =>
    formatter(language, decimals, signed, fixed).format(value).replace("-", MINUS);
  return {
    exact: (value, decimals, signed = false) => write(value, decimals, signed, true),
    round: (value, decimals, signed = false) => write(rounded(value, decimals), decimals, signed, false),
    percent: (share) => percent.format(share),
    tick: (value, step) => write(value, tickDecimals(step), false, true),
  };
}

const numbers: Record<Language, Numbers> = { sv: makeNumbers("sv"), en: makeNumbers("en") };

export function numbersOf(language: Language): Numbers {
  return numbers[language];
}

export function isNumber(value: number | null | undefined): value is number {
  return typeof value === "number" && Number.isFinite(value);
}
