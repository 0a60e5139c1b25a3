/** The page's side of the talk with the worker: runs, bands and reasons as signals. */

import { signal, type ReadonlySignal } from "@preact/signals";
import type {
  Answer,
  Area,
  Ask,
  Change,
  ChangeProblem,
  Meta,
  Quantiles,
  RunResult,
  Share,
} from "../../shared/protocol.ts";
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

export function sameWish(one: BandWish, other: BandWish): boolean {
  return (
    one.changes === other.changes &&
    one.area === other.area &&
    one.baseYear === other.baseYear &&
    one.target === other.target
  );
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

/** Members asked for: as many as have their chance with them in the page's data. */
export const MEMBERS = 64;

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

type Problems = { changes: readonly Change[]; problems: readonly ChangeProblem[] };

/** What is known so far; only answers change it. */
function makeKnown(base: RunResult) {
  return {
    scenario: signal<Shown>({ changes: [], result: base }),
    compare: signal<Shown | null>(null),
    band: signal<Band | null>(null),
    why: signal<Why | null>(null),
    problems: signal<Problems | null>(null),
    busy: signal(false),
  };
}

function makeSession(
  channel: Channel,
  opened: Opened,
  failed: Tell,
): { session: Session; hear: (answer: Answer) => void } {
  const { meta, base, baseBand } = opened;
  const known = makeKnown(base);
  const slow = makeSlow(channel);
  const runs = makeRuns(channel, known, slow);
  const session: Session = {
    meta,
    base,
    baseBand,
    ...known,
    run: runs.run,
    forgetCompare: runs.forgetCompare,
    askBand: slow.askBand,
    askWhy: slow.askWhy,
  };
  return { session, hear: (answer) => (isLong(answer) ? hearLong(answer, known, slow) : hearRun(answer)) };

  function hearRun(answer: Answer): void {
    if (answer.kind === "ran") runs.ran(answer.id, answer.result);
    if (answer.kind === "refused") runs.refused(answer.id, answer.problems);
    if (answer.kind === "failed") {
      runs.landed(answer.id);
      failed(answer.message);
    }
    if ("id" in answer) slow.ended(answer.id);
  }
}

type Known = ReturnType<typeof makeKnown>;

/** Runs of the scenario and of the one compared with. */
function makeRuns(channel: Channel, known: Known, slow: Slow) {
  const sent = new Map<number, { slot: Slot; changes: readonly Change[] }>();
  let comparing = true;
  const scheduler = makeScheduler((id, slot, changes) => {
    slow.stop();
    sent.set(id, { slot, changes });
    known.busy.value = true;
    channel.post({ kind: "run", id, slot, changes: [...changes] });
  });

  function landed(id: number) {
    const flight = sent.get(id);
    sent.delete(id);
    scheduler.answered(id);
    known.busy.value = !scheduler.idle;
    return flight;
  }

  return {
    landed,
    ran(id: number, result: RunResult): void {
      const flight = landed(id);
      if (flight?.slot === "scenario") {
        known.problems.value = null;
        known.scenario.value = { changes: flight.changes, result };
      } else if (flight && comparing) known.compare.value = { changes: flight.changes, result };
    },
    refused(id: number, problems: readonly ChangeProblem[]): void {
      const flight = landed(id);
      if (flight?.slot === "scenario") known.problems.value = { changes: flight.changes, problems };
    },
    run(slot: Slot, changes: readonly Change[]): void {
      if (slot === "compare") comparing = true;
      scheduler.ask(slot, changes);
    },
    forgetCompare(): void {
      comparing = false;
      known.compare.value = null;
    },
  };
}

type Long = Extract<Answer, { kind: "band" | "why" }>;

function isLong(answer: Answer): answer is Long {
  return answer.kind === "band" || answer.kind === "why";
}

function hearLong(answer: Long, known: Known, slow: Slow): void {
  if (answer.kind === "band") {
    const wish = slow.bandWish(answer.id);
    if (wish) known.band.value = { wish, quantiles: answer.quantiles, done: answer.done };
  } else {
    const wish = slow.whyWish(answer.id);
    if (wish) known.why.value = { wish, ...partOf(answer) };
  }
  if (answer.done) slow.ended(answer.id);
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
      if (why || (band && sameWish(band.wish, wish))) return;
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
