/** A change in plain words: what, how much, where, when. */

import type { Change, ChangeProblem, Fate, Language, Lever, Meta, Place } from "../../shared/protocol.ts";
import type { Key, Say } from "../texts/index.ts";
import { entered, shownOf } from "./numbers.ts";

/** The year that stands for never. */
export const NEVER = 9999;
const PLACE_DIMS = ["municipality", "workplace"];
/** Labels named one by one; of more only the first is named. */
const NAMED = 3;
const PER_CENT = 100;
/** Units that only a value can have: "times today's" cannot be added. */
const RELATIVE = /^(gånger|times) /;
/** A number of years is smaller than this, a year of the calendar is not. */
const FIRST_CALENDAR_YEAR = 1900;

export interface Names {
  meta: Meta;
  language: Language;
  say: Say;
}

export function leverOf(meta: Meta, name: string): Lever | undefined {
  return meta.levers.find((lever) => lever.name === name);
}

export function nameOf(change: Pick<Change, "name" | "project">, { meta, language }: Names): string {
  const project = meta.projects.find((each) => each.name === change.project);
  return project?.label[language] ?? leverOf(meta, change.name)?.label[language] ?? change.name;
}

export function changeInWords(change: Change, names: Names): string {
  if (change.kind === "project") return projectInWords(change, names);
  const { say, language } = names;
  const parts: string[] = [
    say(`change ${change.way}` as Key, { name: nameOf(change, names), value: amount(change, names) }),
  ];
  parts.push(...cellsInWords(change, names), ...timeInWords(change, language, say));
  return parts.join(", ");
}

export function changesInWords(changes: readonly Change[], names: Names): string[] {
  return changes.map((change) => changeInWords(change, names));
}

/** A lever's number with its unit, as people read it: 2.5 per cent, 3 years. */
export function withUnit(number: number, lever: Lever | undefined, language: Language): string {
  if (lever && isCalendarYear(lever)) return String(number);
  const unit = lever?.unitLabel[language] ?? "";
  return `${entered(shownOf(number, lever?.shown ?? 1), language)} ${unit}`.trim();
}

/** Whether a lever's number is a year of the calendar, which is written without spaces and unit. */
export function isCalendarYear(lever: Lever): boolean {
  return lever.unit === "year" && lever.range[0] >= FIRST_CALENDAR_YEAR;
}

function amount(change: Change, { language, meta }: Names): string {
  if (change.way === "multiply") return entered(change.number, language);
  const lever = leverOf(meta, change.name);
  if (change.way === "value") return withUnit(change.number, lever, language);
  const sign = change.number > 0 ? "+" : "";
  const unit = lever?.unitLabel[language] ?? "";
  const number = sign + entered(shownOf(change.number, lever?.shown ?? 1), language);
  return RELATIVE.test(unit) ? number : `${number} ${unit}`.trim();
}

function projectInWords(change: Change, names: Names): string {
  const { say, language } = names;
  const fate = change.fate as Fate;
  const never = change.number >= NEVER && (fate === "stop" || fate === "closure");
  const key: Key = never ? `told never ${fate}` : fate === "delay" && change.number < 0 ? "told early" : `told ${fate}`;
  return say(key, { project: nameOf(change, names), number: fateNumber(fate, change.number, language) });
}

function fateNumber(fate: Fate, number: number, language: Language): string {
  if (fate === "delay") return entered(Math.abs(number), language);
  if (fate === "scale") return entered(shownOf(number, PER_CENT), language);
  return String(number);
}

function cellsInWords(change: Change, { meta, language, say }: Names): string[] {
  return Object.entries(change.cells ?? {}).map(([dim, labels]) =>
    PLACE_DIMS.includes(dim)
      ? say("change in", { places: placesInWords(labels, meta.places, say) })
      : say("change of", {
          labels: listed(
            labels.map((label) => labelOf(dim, label, meta, language)),
            say,
          ),
        }),
  );
}

function labelOf(dim: string, label: string, meta: Meta, language: Language): string {
  if (dim === "project") return meta.projects.find((project) => project.name === label)?.label[language] ?? label;
  if (dim === "county") return meta.places.find((place) => place.county === label)?.countyName ?? label;
  return label;
}

function timeInWords(change: Change, language: Language, say: Say): string[] {
  const parts: string[] = [];
  if (change.from !== undefined) parts.push(say("change from", { year: change.from }));
  if (change.until !== undefined) parts.push(say("change until", { year: change.until }));
  if (change.ramp) parts.push(say("change ramp", { ramp: entered(change.ramp, language) }));
  return parts;
}

/** Municipalities in words, whole counties by their name. */
export function placesInWords(codes: readonly string[], places: readonly Place[], say: Say): string {
  if (places.every((place) => codes.includes(place.code))) return say("all places");
  const names: string[] = [];
  let left = places.filter((place) => codes.includes(place.code));
  for (const county of new Set(places.map((place) => place.county))) {
    const members = places.filter((place) => place.county === county);
    if (!members.every((place) => left.includes(place))) continue;
    names.push(say("county", { name: members[0].countyName }));
    left = left.filter((place) => place.county !== county);
  }
  return listed([...names, ...left.map((place) => place.name)], say);
}

function listed(words: readonly string[], say: Say): string {
  if (words.length > NAMED + 1) {
    return say("places more", { first: words.slice(0, NAMED).join(", "), count: words.length - NAMED });
  }
  if (words.length < 2) return words[0] ?? "";
  return `${words.slice(0, -1).join(", ")} ${say("and")} ${words.at(-1)}`;
}

/** What the worker refuses, in the page's language. */
export function problemInWords(problem: ChangeProblem, changes: readonly Change[], names: Names): string {
  const change = changes[problem.change];
  const name = String(problem.values.name ?? (change ? nameOf(change, names) : ""));
  const own = change ? leverOf(names.meta, change.name) : undefined;
  const range = change?.fate
    ? names.meta.projects.find((each) => each.name === change.project)?.ranges[change.fate]
    : own?.range;
  const show = (value: string | number | undefined): string =>
    typeof value === "number" ? withUnit(value, own, names.language) : String(value ?? "");
  const bare = (value: string | number | undefined): string =>
    typeof value === "number" && !(own && isCalendarYear(own))
      ? entered(shownOf(value, own?.shown ?? 1), names.language)
      : show(value);
  return names.say(`problem ${problem.kind}`, {
    name: change ? nameOf(change, names) : name,
    number: show(problem.values.number ?? problem.values.value ?? change?.number),
    low: bare(problem.values.low ?? range?.[0]),
    high: show(problem.values.high ?? range?.[1]),
    word: String(problem.values.label ?? problem.values.dimension ?? ""),
  });
}
