/** Changes put into a list, found there and taken out, so that no two of them set the same at the same time. */

import type { Change, Fate } from "../../shared/protocol.ts";
import type { Scope } from "./types.ts";

/** Year from which a lever moved on the page acts, and years until it acts in full. */
export const FIRST_YEAR = 2027;
export const RAMP_YEARS = 2;
const PLACE = "municipality";

export const FATE_INPUTS: Record<Fate, string> = {
  delay: "project delay",
  scale: "project scale",
  stop: "project stop time",
  closure: "project closure time",
};

type Changes = readonly Change[];
export type Timing = Pick<Change, "from" | "until" | "ramp">;

/** The change that a lever's row shows: its number in just these places. */
export function changeOf(changes: Changes, name: string, scope: Scope): Change | undefined {
  return changes.find((change) => isRow(change, name, scope));
}

/** The change that sets a lever in all of these places, be it for more of them too. */
export function coveringOf(changes: Changes, name: string, scope: Scope): Change | undefined {
  return (
    changeOf(changes, name, scope) ?? changes.find((change) => isRow(change, name, null) || covers(change, name, scope))
  );
}

function covers(change: Change, name: string, scope: Scope): boolean {
  const own = change.cells?.[PLACE];
  return scope !== null && own !== undefined && isRow(change, name, own) && scope.every((code) => own.includes(code));
}

/** Whether other changes of the same lever act in these places, so that one number cannot tell them all. */
export function othersWithin(changes: Changes, name: string, scope: Scope): Changes {
  return changes.filter((change) => change.name === name && !isRow(change, name, scope) && meets(change, scope));
}

/** The list with a lever at a new number in these places; what was set there before gives way. */
export function withLever(changes: Changes, change: Change, scope: Scope, places: readonly string[]): Change[] {
  const before = changeOf(changes, change.name, scope);
  const cells = cellsOf(scope);
  const next: Change = { ...before, ...change, ...(cells ? { cells } : {}) };
  if (before) return changes.map((each) => (each === before ? next : each));
  return [...withoutLever(changes, change.name, scope, places), next];
}

/** The list without what it says of a lever in these places. */
export function withoutLever(changes: Changes, name: string, scope: Scope, places: readonly string[]): Change[] {
  return changes.flatMap((change) => (change.name === name ? without(change, scope, places) : [change]));
}

export function withTiming(changes: Changes, change: Change, timing: Timing): Change[] {
  return changes.map((each) => (each === change ? { ...each, ...timing } : each));
}

export function withNumber(changes: Changes, index: number, number: number): Change[] {
  return changes.map((each, at) => (at === index ? { ...each, number } : each));
}

export function withoutAt(changes: Changes, index: number): Change[] {
  return changes.filter((_, at) => at !== index);
}

/** What happens to a project, in the order of the fates. */
export function fatesOf(changes: Changes, project: string): Change[] {
  return changes.filter((change) => change.kind === "project" && change.project === project);
}

export function withFate(changes: Changes, project: string, fate: Fate, number: number): Change[] {
  const is = (each: Change): boolean => each.kind === "project" && each.project === project && each.fate === fate;
  if (changes.some(is)) return changes.map((each) => (is(each) ? { ...each, number } : each));
  return [...changes, fateChange(project, fate, number)];
}

/** The project as stated, but for the fates to keep. */
export function withoutFates(changes: Changes, project: string, keep: readonly Fate[] = []): Change[] {
  return changes.filter(
    (each) => each.kind !== "project" || each.project !== project || (!!each.fate && keep.includes(each.fate)),
  );
}

export function fateChange(project: string, fate: Fate, number: number): Change {
  return { kind: "project", name: FATE_INPUTS[fate], way: "value", number, project, fate };
}

export function cellsOf(scope: Scope): Record<string, string[]> | undefined {
  return scope === null ? undefined : { [PLACE]: [...scope] };
}

/** A value for the whole region or just these places, over no other cells and for good or until a year. */
function isRow(change: Change, name: string, scope: Scope): boolean {
  if (change.name !== name || change.way !== "value") return false;
  const dims = Object.keys(change.cells ?? {});
  if (scope === null) return dims.length === 0;
  return dims.length === 1 && dims[0] === PLACE && sameSet(change.cells![PLACE], scope);
}

function meets(change: Change, scope: Scope): boolean {
  const own = change.cells?.[PLACE];
  return scope === null || own === undefined || own.some((code) => scope.includes(code));
}

/** What is left of a change when some places are taken from it. */
function without(change: Change, scope: Scope, places: readonly string[]): Change[] {
  if (scope === null) return [];
  if (!meets(change, scope)) return [change];
  const left = (change.cells?.[PLACE] ?? places).filter((code) => !scope.includes(code));
  return left.length ? [{ ...change, cells: { ...change.cells, [PLACE]: left } }] : [];
}

function sameSet(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((each) => other.includes(each));
}

/** The change without cells that mean a whole dimension, so that "all municipalities" and none named are one. */
export function tidied(change: Change, dims: Readonly<Record<string, readonly string[]>>): Change {
  const { cells, ...rest } = change;
  if (change.kind === "project" || !cells) return rest;
  const kept = Object.entries(cells).filter(([dim, labels]) => !sameSet(labels, dims[dim] ?? []));
  return kept.length ? { ...rest, cells: Object.fromEntries(kept) } : rest;
}
