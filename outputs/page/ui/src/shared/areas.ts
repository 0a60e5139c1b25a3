/** Areas: which municipalities they mean, and what they are called. */
import type { Area, Language, Place } from "./protocol.ts";

export const REGION: Area = "region";
const COUNTY = "county:";
const LABOUR_MARKET = "fa:";
const PLACE = "place:";

const NAMES = {
  sv: {
    region: "Norrbotten och Västerbotten",
    county: (name: string) => `${name}s län`,
    labourMarket: (name: string) => `FA-region ${name}`,
  },
  en: {
    region: "Norrbotten and Västerbotten",
    county: (name: string) => `${name} County`,
    labourMarket: (name: string) => `${name} labour-market region`,
  },
} as const;

/** Numbers of the municipalities that an area means; none when there is no such area. */
export function placesOf(area: Area, places: readonly Place[]): number[] {
  const all = places.map((_, number) => number);
  if (area === REGION) return all;
  const word = area.slice(area.indexOf(":") + 1);
  if (area.startsWith(COUNTY)) return all.filter((number) => places[number].county === word);
  if (area.startsWith(LABOUR_MARKET)) return all.filter((number) => places[number].faRegion === word);
  if (area.startsWith(PLACE)) return all.filter((number) => places[number].code === word);
  return [];
}

/** Whether the word names an area of these municipalities. */
export function isArea(area: string, places: readonly Place[]): boolean {
  return placesOf(area, places).length > 0;
}

/** What an area is called; the word itself when there is no such area. */
export function areaName(area: Area, places: readonly Place[], language: Language): string {
  const names = NAMES[language];
  const first = places[placesOf(area, places)[0]];
  if (first === undefined) return area;
  if (area === REGION) return names.region;
  if (area.startsWith(COUNTY)) return names.county(first.countyName);
  if (area.startsWith(LABOUR_MARKET)) return names.labourMarket(first.faRegion);
  return first.name;
}

export interface AreaGroups {
  region: Area[];
  counties: Area[];
  /** Labour-market regions of more than one municipality, or named otherwise than their only one. */
  labourMarkets: Area[];
  municipalities: Area[];
}

/** All areas, largest first; names in the order of the Swedish alphabet. */
export function areaGroups(places: readonly Place[]): AreaGroups {
  const sorted = (areas: Iterable<Area>) =>
    [...new Set(areas)].sort((one, other) =>
      areaName(one, places, "sv").localeCompare(areaName(other, places, "sv"), "sv"),
    );
  const markets = sorted(places.map((place) => LABOUR_MARKET + place.faRegion));
  return {
    region: [REGION],
    counties: sorted(places.map((place) => COUNTY + place.county)),
    labourMarkets: markets.filter((area) => !isAlone(area, places)),
    municipalities: sorted(places.map((place) => PLACE + place.code)),
  };
}

function isAlone(area: Area, places: readonly Place[]): boolean {
  const found = placesOf(area, places);
  return found.length === 1 && places[found[0]].name === places[found[0]].faRegion;
}
