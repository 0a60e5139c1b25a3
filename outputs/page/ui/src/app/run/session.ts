/** The page's side of the talk with the worker: runs, bands and reasons as signals. */

import { signal, type ReadonlySignal } from "@preact/signals";
import type { Answer, Area, Ask, Change, ChangeProblem, Meta, Quantiles, RunResult, Share } from "../../shared/protocol.ts";
import { makeScheduler, type Slot } from "./scheduler.ts";

/** The worker, or what stands in its place in tests. */
export interface Channel {
  post(ask: Ask, transfer?: Transferable[]): void;
  listen(hear: (answer: Answer) => void): void;
}

export interface Shown {
  changes: readonly Change[];
  result: RunResult;
}

export interface BandWish {
  changes: readonly Change[];
  area: Area;
  baseYear: number;
  target: number;
}

export interface Band {
  wish: BandWish;
  quantiles: Quantiles;
  done: boolean;
}

export interface WhyWish {
  changes: readonly Change[];
  indicator: string;
  year: number;
  area: Area;
}

export interface Why {
  wish: WhyWish;
  shares: readonly Share[];
  total: number;
  runs: number;
  of: number;
  exact: boolean;
  done: boolean;
}

export interface Session {
  readonly meta: Meta;
  readonly base: RunResult;
  readonly baseBand: Quantiles | null;
  readonly scenario: ReadonlySignal<Shown>;
  readonly compare: ReadonlySignal<Shown | null>;
  readonly band: ReadonlySignal<Band | null>;
  readonly why: ReadonlySignal<Why | null>;
  readonly problems: ReadonlySignal<{ changes: readonly Change[]; problems: readonly ChangeProblem[] } | null>;
  readonly busy: ReadonlySignal<boolean>;
  run(slot: Slot, changes: readonly Change[]): void;
  forgetCompare(): void;
  askBand(wish: BandWish): void;
  askWhy(wish: WhyWish): void;
}

/** Members of the ensemble that the page runs. */
export const MEMBERS = 200;

type Opened = Extract<Answer, { kind: "opened" }>;
type Tell = (message: string) => void;

/** Opens the model. Rejects with the worker's message when it cannot start. */
export function openSession(channel: Channel, payload: ArrayBuffer, failed: Tell): Promise<Session> {
  return new Promise((resolve, reject) => {
    let hear: (answer: Answer) => void = (answer) => {
      if (answer.kind === "opened") {
        const made = makeSession(channel, answer, failed);
        hear = made.hear;
        resolve(made.session);
      } else if (answer.kind === "failed") reject(new Error(answer.message));
    };
    channel.listen((answer) => hear(answer));
    channel.post({ kind: "open", payload }, [payload]);
  });
}

function makeSession(channel: Channel, opened: Opened, failed: Tell): { session: Session; hear: (answer: Answer) => void } {
  const { meta, base, baseBand } = opened;
  const scenario = signal<Shown>({ changes: [], result: base });
  const compare = signal<Shown | null>(null);
  const band = signal<Band | null>(null);
  const why = signal<Why | null>(null);
  const problems = signal<{ changes: readonly Change[]; problems: readonly ChangeProblem[] } | null>(null);
  const busy = signal(false);
  const sent = new Map<number, { slot: Slot; changes: readonly Change[] }>();
  const slow = makeSlow(channel);
  let comparing = true;

  const scheduler = makeScheduler((id, slot, changes) => {
    slow.stop();
    sent.set(id, { slot, changes });
    busy.value = true;
    channel.post({ kind: "run", id, slot, changes: [...changes] });
  });

  function landed(id: number): { slot: Slot; changes: readonly Change[] } | undefined {
    const flight = sent.get(id);
    sent.delete(id);
    scheduler.answered(id);
    busy.value = !scheduler.idle;
    return flight;
  }

  function hear(answer: Answer): void {
    switch (answer.kind) {
      case "ran": {
        const flight = landed(answer.id);
        if (flight?.slot === "scenario") {
          problems.value = null;
          scenario.value = { changes: flight.changes, result: answer.result };
        } else if (flight && comparing) compare.value = { changes: flight.changes, result: answer.result };
        return;
      }
      case "refused": {
        const flight = landed(answer.id);
        if (flight?.slot === "scenario") problems.value = { changes: flight.changes, problems: answer.problems };
        slow.ended(answer.id);
        return;
      }
      case "band": {
        const wish = slow.bandWish(answer.id);
        if (wish) band.value = { wish, quantiles: answer.quantiles, done: answer.done };
        if (answer.done) slow.ended(answer.id);
        return;
      }
      case "why": {
        const wish = slow.whyWish(answer.id);
        if (wish) why.value = { wish, ...partOf(answer) };
        if (answer.done) slow.ended(answer.id);
        return;
      }
      case "failed":
        landed(answer.id);
        slow.ended(answer.id);
        failed(answer.message);
    }
  }

  const session: Session = {
    meta,
    base,
    baseBand,
    scenario,
    compare,
    band,
    why,
    problems,
    busy,
    run(slot, changes) {
      if (slot === "compare") comparing = true;
      if (slot === "scenario" && changes.length === 0) {
        slow.stop();
        problems.value = null;
      }
      scheduler.ask(slot, changes);
    },
    forgetCompare() {
      comparing = false;
      compare.value = null;
    },
    askBand: slow.askBand,
    askWhy: slow.askWhy,
  };
  return { session, hear };
}

function partOf({ shares, total, runs, of, exact, done }: Extract<Answer, { kind: "why" }>): Omit<Why, "wish"> {
  return { shares, total, runs, of, exact, done };
}

/** Bands and reasons take long: they give way to every run, and only the newest of each is listened to. */
interface Slow {
  stop(): void;
  ended(id: number): void;
  bandWish(id: number): BandWish | null;
  whyWish(id: number): WhyWish | null;
  askBand(wish: BandWish): void;
  askWhy(wish: WhyWish): void;
}

/** Numbers of long questions, apart from those of runs. */
const FIRST_SLOW_ID = 1_000_000_000;

function makeSlow(channel: Channel): Slow {
  let last = FIRST_SLOW_ID;
  let band: { id: number; wish: BandWish } | null = null;
  let why: { id: number; wish: WhyWish } | null = null;

  function stop(): void {
    if (!band && !why) return;
    band = why = null;
    channel.post({ kind: "stop" });
  }

  return {
    stop,
    ended(id) {
      if (band?.id === id) band = null;
      if (why?.id === id) why = null;
    },
    bandWish: (id) => (band?.id === id ? band.wish : null),
    whyWish: (id) => (why?.id === id ? why.wish : null),
    askBand(wish) {
      if (why) return;
      if (band) stop();
      last += 1;
      band = { id: last, wish };
      channel.post({ kind: "band", id: last, ...wish, changes: [...wish.changes], members: MEMBERS });
    },
    askWhy(wish) {
      stop();
      last += 1;
      why = { id: last, wish };
      channel.post({ kind: "why", id: last, ...wish, changes: [...wish.changes] });
    },
  };
}
