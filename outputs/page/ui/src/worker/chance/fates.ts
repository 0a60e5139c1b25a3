/** What befalls the projects of the register, as scenarios/chance/projects.py draws it. */
import { bent, centreOf } from "./logit.ts";
import { inverseNormal, logNormalShare } from "./normal.ts";
import type { Risks } from "./packed.ts";
import type { Plan } from "./plan.ts";

const NEVER = 9999;
/** Numbers of the kinds of risk. */
const DELAY = 0;
const SCALE = 1;
const STOP = 2;
const CLOSURE = 3;

/** Years of delay, factor on the size, model time of stop and of closure [project]. */
export interface Fates {
  delay: Float64Array;
  scale: Float64Array;
  stop: Float64Array;
  closure: Float64Array;
}

/** Fates of a member from its points between 0 and 1: the shared one, then one for each of the risks' places. */
export function fatesOf(risks: Risks, points: ArrayLike<number>, plan: Plan): Fates {
  const luck = luckOf(risks, points);
  const count = risks.projects.length;
  const found: Fates = {
    delay: new Float64Array(count),
    scale: new Float64Array(count).fill(1),
    stop: new Float64Array(count).fill(NEVER),
    closure: new Float64Array(count).fill(NEVER),
  };
  for (let project = 0; project < count; project++) befall(risks, luck, plan, project, found);
  return found;
}

/** Standard normal luck [kind][project], part of it shared. */
function luckOf(risks: Risks, points: ArrayLike<number>): Float64Array[] {
  const shared = Math.sqrt(risks.sharedLuck) * inverseNormal(points[0]);
  const own = Math.sqrt(1 - risks.sharedLuck);
  const luck = risks.has.map((row) => new Float64Array(row.length).fill(shared));
  risks.places.forEach(([kind, project], number) => {
    luck[kind][project] = shared + own * inverseNormal(points[number + 1]);
  });
  return luck;
}

function befall(risks: Risks, luck: readonly Float64Array[], plan: Plan, project: number, found: Fates): void {
  const { begin, opening, left } = plan;
  const toCome = opening[project] > begin;
  const has = (kind: number) => risks.has[kind][project];
  if (has(DELAY) && toCome) found.delay[project] = delayOf(risks, luck[DELAY][project], left[project]);
  if (has(SCALE) && toCome) found.scale[project] = scaleOf(risks, luck[SCALE][project], project);
  const opens = Math.max(opening[project], begin) + found.delay[project];
  if (has(STOP) && toCome) {
    const patience = -logNormalShare(-luck[STOP][project]) / risks.stop[project];
    if (patience < Math.min(opens - begin, risks.stopYears)) found.stop[project] = begin + patience;
  }
  if (has(CLOSURE)) {
    const life = -logNormalShare(-luck[CLOSURE][project]) / risks.closure;
    if (life < risks.closureYears) found.closure[project] = opens + life;
  }
}

/** A date that slips s years a year is met when left + delay years have passed. */
function delayOf(risks: Risks, luck: number, left: number): number {
  const median = (Math.min(left, risks.yearsCount) * risks.yearlySlip) / (1 - risks.yearlySlip);
  const centre = centreOf(0, risks.longestDelay, median);
  return bent(0, risks.longestDelay, centre, risks.delaySpread * -luck);
}

function scaleOf(risks: Risks, luck: number, project: number): number {
  const low = risks.smallestScale[project];
  return bent(low, risks.largestScale, centreOf(low, risks.largestScale, 1), risks.scaleSpread * luck);
}
