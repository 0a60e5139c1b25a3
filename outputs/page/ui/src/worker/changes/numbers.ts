/** What a change's numbers may be whatever they are about, as scenarios/schema.py has it. */
import type { Change, ChangeProblem } from "../../shared/protocol.ts";

const FIRST_YEAR = 2010;
const LAST_YEAR = 2100;
const LONGEST_RAMP = LAST_YEAR - FIRST_YEAR;
const WAYS: readonly string[] = ["value", "add", "multiply"];
const TIMES = ["from", "until", "ramp"] as const;

/** The problem of a number that no change can have; null when there is none. */
export function numberProblem(change: Change, number: number): ChangeProblem | null {
  const field = wrongField(change);
  if (field === null) return null;
  return { change: number, kind: "number", values: { name: change.name, field, value: shown(change[field]) } };
}

type Field = "number" | "way" | "range" | "judged" | (typeof TIMES)[number];

function wrongField(change: Change): Field | null {
  const { number, way, from, until, ramp, kind, judged } = change;
  if (!Number.isFinite(number)) return "number";
  if (!isReasoned(change)) return "range";
  if (judged !== undefined && !isBetween(number, ...judged)) return "judged";
  if (!WAYS.includes(way) || (kind === "project" && way !== "value")) return "way";
  if (kind !== "lever") return TIMES.find((field) => change[field] !== undefined) ?? null;
  if (from !== undefined && !isBetween(from, FIRST_YEAR, LAST_YEAR)) return "from";
  if (until !== undefined && !(Number.isInteger(until) && isBetween(until, FIRST_YEAR, LAST_YEAR))) return "until";
  if (ramp !== undefined && !isBetween(ramp, 0, LONGEST_RAMP)) return "ramp";
  return from !== undefined && until !== undefined && until < Math.trunc(from) ? "until" : null;
}

/** A range of its own goes together with the reason for it, and no project's fate has one. */
function isReasoned({ range, because, kind }: Change): boolean {
  if (range === undefined) return because === undefined;
  return kind !== "project" && range[0] <= range[1] && because !== undefined && because.en.trim() !== "";
}

function isBetween(value: number, low: number, high: number): boolean {
  return typeof value === "number" && low <= value && value <= high;
}

function shown(value: string | number | number[] | undefined): string | number {
  return typeof value === "number" && Number.isFinite(value) ? value : String(value ?? "");
}
