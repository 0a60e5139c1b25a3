/**
 * Sends runs to the worker so that the newest always wins: at most one is under way, and what is asked meanwhile
 * waits, each slot remembering only its last wish.
 */

import type { Change } from "../../shared/protocol.ts";

export type Slot = "scenario" | "compare";

export interface Scheduler {
  ask(slot: Slot, changes: readonly Change[]): void;
  /** The worker has answered; the next that waits is sent. Tells which slot it was, or null for a stranger's answer. */
  answered(id: number): Slot | null;
  /** Whether nothing is under way and nothing waits. */
  readonly idle: boolean;
  /** Number of the scenario's run sent last. */
  readonly last: number;
}

type Send = (id: number, slot: Slot, changes: readonly Change[]) => void;

export function makeScheduler(send: Send): Scheduler {
  const waiting = new Map<Slot, readonly Change[]>();
  let flying: { id: number; slot: Slot } | null = null;
  let last = 0;

  function next(): void {
    if (flying) return;
    const slot: Slot | undefined = waiting.has("scenario")
      ? "scenario"
      : waiting.has("compare")
        ? "compare"
        : undefined;
    if (!slot) return;
    const changes = waiting.get(slot)!;
    waiting.delete(slot);
    last += 1;
    flying = { id: last, slot };
    send(last, slot, changes);
  }

  return {
    ask(slot, changes) {
      waiting.set(slot, changes);
      next();
    },
    answered(id) {
      if (!flying || flying.id !== id) return null;
      const { slot } = flying;
      flying = null;
      next();
      return slot;
    },
    get idle() {
      return !flying && waiting.size === 0;
    },
    get last() {
      return last;
    },
  };
}
