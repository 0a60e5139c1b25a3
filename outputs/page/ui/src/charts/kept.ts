/** What stays from one drawing to the next. */

import { useRef } from "preact/hooks";
import type { Domain } from "./axes.ts";

/** The value before, as long as it says the same: what is drawn from it is not drawn again. */
export function useKept<T>(value: T, same: (a: T, b: T) => boolean): T {
  const kept = useRef(value);
  if (!same(kept.current, value)) kept.current = value;
  return kept.current;
}

/** For small things of plain numbers and words. */
export function sameFlat(a: object, b: object): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** Found from the one before; from nothing when `key` changes. */
export function useSticky<T>(key: string | undefined, find: (before: T | null) => T): T {
  const kept = useRef<{ key: string | undefined; value: T } | null>(null);
  const value = find(kept.current && kept.current.key === key ? kept.current.value : null);
  kept.current = { key, value };
  return value;
}

/** An axis that keeps still. */
export function useDomain(key: string | undefined, find: (before: Domain | null) => Domain): Domain {
  return useSticky<Domain>(key, find);
}
