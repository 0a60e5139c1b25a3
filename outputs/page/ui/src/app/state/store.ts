/** The one store: a signal that only actions change. */

import { signal, type ReadonlySignal } from "@preact/signals";
import { reduce } from "./reduce.ts";
import type { Action, State } from "./types.ts";

export interface Store {
  readonly state: ReadonlySignal<State>;
  send(action: Action): void;
}

export function makeStore(first: State): Store {
  const state = signal(first);
  return {
    state,
    send(action) {
      state.value = reduce(state.value, action);
    },
  };
}
