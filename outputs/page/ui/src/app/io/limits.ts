/** How much the page takes from outside. */

/** Letters of a link's packed part, and bytes of it unpacked. */
export const LINK_LETTERS = 16_000;
export const LINK_BYTES = 256_000;
/** Bytes of a scenario file. */
export const FILE_BYTES = 256_000;
/** Changes in one scenario. */
export const MOST_CHANGES = 300;
/** Letters of a name, and of a longer text. */
export const NAME_LETTERS = 200;
export const TEXT_LETTERS = 4_000;
/** Labels that choose the cells of one change. */
export const MOST_LABELS = 400;

/** As in scenarios/schema.py. */
export const FIRST_YEAR = 2010;
export const LAST_YEAR = 2100;
export const LAST_START = 2024;
export const LONGEST_RAMP = LAST_YEAR - FIRST_YEAR;
export const LARGEST_TARGET = 10_000_000;

/** A text cut to a length, without the letters that steer printers and terminals. */
export function plainText(text: string, letters: number): string {
  return text
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g, "")
    .slice(0, letters);
}
