/** The charts' own words. Names of series and quantities come from the page. */

import type { Language } from "../shared/protocol.ts";

export interface ChartTexts {
  showTable: string;
  hideTable: string;
  download: string;
  year: string;
  /** Of a chart's slider: "År i {heading}" */
  yearOf: string;
  noValue: string;
  women: string;
  men: string;
  ages: string;
  place: string;
  chooseWhole: string;
  difference: string;
  low: string;
  high: string;
  sortBy: string;
  below: string;
  orMore: string;
  between: string;
  notShown: string;
  share: string;
  change: string;
  lineStart: string;
  lineMore: string;
  lineLess: string;
  lineSame: string;
  linePeak: string;
  lineTrough: string;
  lineReached: string;
  lineNotReached: string;
  lineAbove: string;
  stackMain: string;
  stackAgainst: string;
  stackSame: string;
  and: string;
  axisFrom: string;
  chosenPlace: string;
  stackPart: string;
  pyramidMain: string;
  pyramidLargest: string;
  pyramidMore: string;
  pyramidLess: string;
  mapMost: string;
  mapLeast: string;
  mapNone: string;
  whyMain: string;
  whyUp: string;
  whyDown: string;
  whyNone: string;
  pending: string;
}

const sv: ChartTexts = {
  showTable: "Visa som tabell",
  hideTable: "Dölj tabellen",
  download: "Hämta tabellen",
  year: "År",
  yearOf: "År i diagrammet {heading}",
  noValue: "Inget värde",
  women: "Kvinnor",
  men: "Män",
  ages: "Ålder",
  place: "Kommun",
  chooseWhole: "Ingen enskild kommun",
  difference: "skillnad",
  low: "{label}, nedre gräns",
  high: "{label}, övre gräns",
  sortBy: "Sortera efter {label}",
  below: "under {limit}",
  orMore: "{limit} eller mer",
  between: "{from} till {to}",
  notShown: "–",
  share: "Bidrag",
  change: "Ändring",
  lineStart: "{label}: från {from} (år {first}) till {to}{unit} (år {last}).",
  lineMore: "Det är {difference} mer än {base} år {last}.",
  lineLess: "Det är {difference} mindre än {base} år {last}.",
  lineSame: "Det är lika mycket som {base} år {last}.",
  linePeak: "Högst är det år {year}, {value}.",
  lineTrough: "Lägst är det år {year}, {value}.",
  lineReached: "{target} nås år {year}.",
  lineNotReached: "{target} nås inte till år {last}; det fattas {missing}.",
  lineAbove: "Värdet ligger över {target} redan år {first}.",
  stackMain: "{total} år {year}: {value}. Fördelning: {parts}.",
  stackSame: "{total} år {year}: {value}, lika mycket som {base}. Fördelning: {parts}.",
  stackAgainst: "{total} år {year}: {value}, {difference} jämfört med {base}. Fördelning: {parts}.",
  and: "och",
  axisFrom: "axeln börjar vid {value}",
  chosenPlace: "Kommun på kartan",
  stackPart: "{label} {value} ({percent})",
  pyramidMain: "{area} år {year}: {total} personer, varav {women} kvinnor och {men} män.",
  pyramidLargest: "Störst är åldersgruppen {group} år, {value} personer.",
  pyramidMore: "Störst ökning jämfört med {base}: gruppen {group} år, {value} fler.",
  pyramidLess: "Störst minskning jämfört med {base}: gruppen {group} år, {value} färre.",
  mapMost: "Högst år {year}: {places}.",
  mapLeast: "Lägst: {places}.",
  mapNone: "Inget värde finns för {year}.",
  whyMain: "Ändringarna ger tillsammans {total} {unit}.",
  whyUp: "Höjer mest: {label} ({value}).",
  whyDown: "Sänker mest: {label} ({value}).",
  whyNone: "Det finns inga ändringar att förklara.",
  pending: "Beräknas …",
};

const en: ChartTexts = {
  showTable: "Show as table",
  hideTable: "Hide the table",
  download: "Download the table",
  year: "Year",
  yearOf: "Year in the chart {heading}",
  noValue: "No value",
  women: "Women",
  men: "Men",
  ages: "Age",
  place: "Municipality",
  chooseWhole: "No single municipality",
  difference: "difference",
  low: "{label}, lower limit",
  high: "{label}, upper limit",
  sortBy: "Sort by {label}",
  below: "below {limit}",
  orMore: "{limit} or more",
  between: "{from} to {to}",
  notShown: "–",
  share: "Contribution",
  change: "Change",
  lineStart: "{label}: from {from} ({first}) to {to}{unit} ({last}).",
  lineMore: "That is {difference} more than {base} in {last}.",
  lineLess: "That is {difference} less than {base} in {last}.",
  lineSame: "That is as much as {base} in {last}.",
  linePeak: "It is highest in {year}, {value}.",
  lineTrough: "It is lowest in {year}, {value}.",
  lineReached: "{target}: reached in {year}.",
  lineNotReached: "{target}: not reached by {last}, {missing} short.",
  lineAbove: "The value is above {target} already in {first}.",
  stackMain: "{total} in {year}: {value}. Made up of: {parts}.",
  stackSame: "{total} in {year}: {value}, as much as {base}. Made up of: {parts}.",
  stackAgainst: "{total} in {year}: {value}, {difference} compared with {base}. Made up of: {parts}.",
  and: "and",
  axisFrom: "the axis starts at {value}",
  chosenPlace: "Municipality on the map",
  stackPart: "{label} {value} ({percent})",
  pyramidMain: "{area} in {year}: {total} people, of whom {women} women and {men} men.",
  pyramidLargest: "The largest age group is {group}, {value} people.",
  pyramidMore: "The largest increase compared with {base}: ages {group}, {value} more.",
  pyramidLess: "The largest decrease compared with {base}: ages {group}, {value} fewer.",
  mapMost: "Highest in {year}: {places}.",
  mapLeast: "Lowest: {places}.",
  mapNone: "There is no value for {year}.",
  whyMain: "Together the changes give {total} {unit}.",
  whyUp: "Raises it most: {label} ({value}).",
  whyDown: "Lowers it most: {label} ({value}).",
  whyNone: "There are no changes to explain.",
  pending: "Being computed …",
};

const texts: Record<Language, ChartTexts> = { sv, en };

export function chartTexts(language: Language, own?: Partial<ChartTexts>): ChartTexts {
  return own ? { ...texts[language], ...own } : texts[language];
}

/** Puts values in the places named in braces. */
export function fill(text: string, values: Record<string, string | number>): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => (name in values ? String(values[name]) : whole));
}
