/** One sentence that says what happened against the base, and what binds. */

import type { Language } from "../../shared/protocol.ts";
import type { Key, Say } from "../texts/index.ts";
import type { Reading } from "./limits.ts";
import { entered, percent, told } from "./numbers.ts";

export interface Outcome {
  area: string;
  whole: boolean;
  year: number;
  baseYear: number;
  /** New residents since the base year in the scenario, and without its changes. */
  scenario: number;
  base: number;
  target: number;
  changed: boolean;
  /** Deaths less births from the run's first year to the horizon. */
  deficit: number;
  readings: readonly Reading[];
  language: Language;
  say: Say;
}

/** Below this many people two runs are told to be alike. */
const ALIKE = 0.5;
/** A deficit of births worth naming, people. */
const LARGE = 50;
/** Binding limits named in the sentence. */
const NAMED = 2;

export function sentence(outcome: Outcome): string {
  const { say, language } = outcome;
  const difference = outcome.scenario - outcome.base;
  return say(opening(outcome.changed, difference), {
    year: outcome.year,
    area: outcome.area,
    new: gained(outcome),
    difference: told(Math.abs(difference), language),
    bind: binding(outcome),
  });
}

function opening(changed: boolean, difference: number): Key {
  if (!changed) return "say base";
  if (Math.abs(difference) < ALIKE) return "say same";
  return difference > 0 ? "say more" : "say fewer";
}

/** "12 300 more residents than in 2022 (87 700 short of the target)" */
function gained({ scenario, target, whole, language, say, baseYear }: Outcome): string {
  const key: Key = Math.abs(scenario) < ALIKE ? "say none" : scenario > 0 ? "say new" : "say lost";
  const words = say(key, { number: told(Math.abs(scenario), language), base: baseYear });
  if (!whole) return words;
  const missing = target - scenario;
  const yardstick =
    missing > ALIKE
      ? say("say target missing", { missing: told(missing, language) })
      : say("say target reached", { target: entered(target, language) });
  return `${words} (${yardstick})`;
}

function binding({ readings, language, say, whole, scenario, target, deficit }: Outcome): string {
  const passed = readings.filter((reading) => reading.passed).slice(0, NAMED);
  const [first, second] = passed.map((reading) =>
    say(`bind ${reading.limit.name}`, { value: percent(reading.value, language) }),
  );
  if (second) return say("bind two", { first, second });
  if (first) return say("bind one", { first });
  if (deficit > LARGE) return say("bind deaths", { number: told(deficit, language) });
  return say(whole && scenario < target ? "bind nothing" : "bind nothing place");
}
