/** The words by which a scenario file may name places, ages and other parts; the same as in scenarios/places.py and cells.py. */

import type { Meta, Place } from "../../shared/protocol.ts";

export const PLACE_DIMS = ["municipality", "workplace"];
const EVERYWHERE = "all";
const REGION_PREFIX = "FA ";
const AGES = /^(\d+)\s*[-–]\s*(\d+)$/;

/** Codes that a word means, in the order of places; none when it means nothing. */
export function codesOf(word: string, places: readonly Place[]): string[] {
  const wanted = fold(word);
  for (const names of readings) {
    const found = places.filter((place) => names(place).some((name) => fold(name) === wanted));
    if (found.length) return found.map((place) => place.code);
  }
  return wanted === EVERYWHERE ? places.map((place) => place.code) : [];
}

/** What a word may mean, most specific first: municipality, county, labour-market region. */
const readings: ((place: Place) => string[])[] = [
  (place) => [place.code, place.name],
  (place) => [place.county, place.countyName, `${place.countyName}s län`],
  (place) => [REGION_PREFIX + place.faRegion, place.faRegion],
];

/** Labels of a dimension that a word means. */
export function labelsOf(dim: string, word: string, meta: Meta): string[] {
  if (PLACE_DIMS.includes(dim)) return codesOf(word, meta.places);
  const labels = meta.dims[dim] ?? [];
  const span = dim === "age" ? AGES.exec(word) : null;
  if (span) return labels.filter((label) => Number(label) >= Number(span[1]) && Number(label) <= Number(span[2]));
  if (dim === "county") return countyLabels(word, labels, meta.places);
  if (fold(word) === EVERYWHERE) return labels;
  return labels.filter((label) => slug(label) === slug(word));
}

function countyLabels(word: string, labels: readonly string[], places: readonly Place[]): string[] {
  const plain = word.replace(/s län$/, "");
  const code = places.find((place) => place.countyName === plain || place.county === plain)?.county;
  const name = places.find((place) => place.county === code)?.countyName;
  return labels.filter((label) => label === code || label === name || label === word);
}

/** A label without regard to case, spaces, hyphens and underscores. */
export function slug(word: string): string {
  return fold(word).replace(/[\s_-]+/g, "_");
}

function fold(word: string): string {
  return word.trim().toLowerCase();
}
