/** A small model to hold tests against. */

import type { Lever, Meta, Project } from "../../src/shared/protocol.ts";

const texts = (word: string) => ({ sv: `${word} sv`, en: `${word} en` });

function lever(name: string, more: Partial<Lever> = {}): Lever {
  return {
    name,
    kind: "lever",
    group: "homes",
    label: texts(name),
    meaning: texts(`${name} does`),
    source: texts("source"),
    unit: "dmnl",
    unitLabel: { sv: "gånger dagens", en: "times today's" },
    shown: 1,
    dims: ["municipality"],
    range: [0.3, 3],
    step: 0.1,
    today: 1,
    quality: "D",
    ...more,
  };
}

function project(name: string): Project {
  return {
    name,
    label: texts(name),
    company: "Company",
    places: ["2584"],
    jobs: 100,
    builders: 50,
    start: 2027,
    buildingTime: 3,
    status: "planned",
    source: "register",
    knownStop: 9999,
    knownClosure: 9999,
    ranges: { delay: [-2, 15], scale: [0, 2], stop: [2000, 9999], closure: [2000, 9999] },
  };
}

const place = (code: string, name: string, county: string, countyName: string, faRegion: string) => ({
  code,
  name,
  county,
  countyName,
  faRegion,
});

const places = [
  place("2480", "Umeå", "24", "Västerbotten", "Umeå"),
  place("2482", "Skellefteå", "24", "Västerbotten", "Skellefteå"),
  place("2580", "Luleå", "25", "Norrbotten", "Luleå"),
  place("2582", "Boden", "25", "Norrbotten", "Luleå"),
  place("2584", "Kiruna", "25", "Norrbotten", "Kiruna"),
];
const codes = places.map((each) => each.code);

export const meta: Meta = {
  format: 1,
  version: "0.6",
  model: "abcdef0123456789",
  fit: "reference",
  written: "2026-11-22",
  base: { name: "reference", title: texts("Reference"), description: texts("As stated"), changes: [] },
  opens: null,
  start: 2024,
  until: 2050,
  step: 0.25,
  baseYear: 2022,
  target: 100_000,
  targetYears: [2035, 2040],
  dims: {
    municipality: codes,
    workplace: codes,
    county: ["24", "25"],
    industry: ["basic", "other"],
    sex: ["women", "men"],
    age: Array.from({ length: 101 }, (_, age) => String(age)),
    project: ["stegra", "reemap"],
  },
  places,
  map: { viewBox: "0 0 1 1", paths: [], points: [], source: "SCB" },
  levers: [
    lever("reception capacity"),
    lever("planning capacity", { range: [0, 5] }),
    lever("building support", {
      shown: 100,
      range: [0, 0.5],
      step: 0.01,
      today: 0,
      unitLabel: { sv: "procent", en: "per cent" },
    }),
    lever("grid programme", { dims: [], range: [0, 3] }),
    lever("project finance", { dims: ["project"], range: [0, 1] }),
    lever("south opening time", { kind: "assumption", dims: [], range: [2029, 2050], today: 2034 }),
  ],
  projects: [project("stegra"), project("reemap")],
  scenarios: [{ name: "steel-late", title: texts("Steel late"), description: texts("Late"), changes: [] }],
  indicators: [
    {
      key: "population",
      label: texts("People"),
      meaning: texts("m"),
      unit: texts("persons"),
      sum: ["total_population"],
      factor: 1,
      decimals: 0,
      flow: false,
    },
    {
      key: "unemployed",
      label: texts("Unemployed"),
      meaning: texts("m"),
      unit: texts("persons"),
      sum: ["unemployed"],
      factor: 1,
      decimals: 0,
      flow: false,
    },
  ],
  observed: {
    population: {
      years: [2021, 2022, 2023, 2024],
      values: [
        [100, 50, 60, 20, 10],
        [110, 55, 60, 20, 12],
        [120, 60, 60, 20, 14],
        [130, 65, 60, 20, 16],
      ],
    },
  },
  meantFor: { sv: [], en: [] },
  notMeantFor: { sv: [], en: [] },
  vintages: [],
  track: [],
  trackText: texts("track"),
  story: [],
};
