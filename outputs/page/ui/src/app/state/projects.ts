/** Where a project of the register stands, and what may happen to it. */

import type { Change, Fate, Project } from "../../shared/protocol.ts";

export const FATES: readonly Fate[] = ["delay", "scale", "stop", "closure"];
/** The year that stands for never. */
const NEVER = 9999;
/** What a fate begins at when it is chosen: two years late, half the size. */
const FIRST_DELAY = 2;
const FIRST_SCALE = 0.5;
/** Years after the planned opening at which a closure is first set, and years into building of a stop. */
const YEARS_OPEN = 5;
const YEARS_BUILT = 1;
/** Years after the run's first at which something can happen. */
const SOONEST = 2;

export type Standing = "on" | "runs" | "stands" | "gone";

/** As the register has it when the run begins. */
export function standingOf(project: Project, start: number): Standing {
  if (project.knownClosure < NEVER) return "gone";
  if (project.knownStop < NEVER) return "stands";
  return project.start + project.buildingTime <= start + 1 ? "runs" : "on";
}

export function firstNumber(project: Project, fate: Fate, start: number, until: number): number {
  if (fate === "delay") return FIRST_DELAY;
  if (fate === "scale") return FIRST_SCALE;
  const opens = Math.ceil(project.start + project.buildingTime);
  const year = fate === "stop" ? Math.ceil(project.start) + YEARS_BUILT : opens + YEARS_OPEN;
  return Math.min(until, Math.max(start + SOONEST, year));
}

export interface Caution {
  kind: "closed" | "stopped" | "begun";
  year: number;
}

/** What keeps these changes from working as one may think; the same as scenarios/cautions.py tells. */
export function cautionsOf(project: Project, fates: readonly Change[], start: number): Caution[] {
  if (project.knownClosure < NEVER) return [{ kind: "closed", year: Math.floor(project.knownClosure) }];
  if (project.knownStop < NEVER) return [{ kind: "stopped", year: Math.floor(project.knownStop) }];
  const delayed = fates.some((change) => change.fate === "delay");
  return delayed && project.start < start + 1 ? [{ kind: "begun", year: Math.floor(project.start) }] : [];
}
