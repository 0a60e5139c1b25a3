/** Answers what the page asks: quick runs at once and only the newest, bands and reasons in slices between them. */
import type { Answer, Ask, ChangeProblem, RunResult } from "../shared/protocol.ts";
import { Bands } from "./band.ts";
import { Layer } from "./changes/changes.ts";
import { Model, type ModelSource } from "./model.ts";
import { readPayload } from "./payload.ts";
import { Tasks, type Later, type Slices } from "./tasks.ts";
import { Why } from "./why.ts";

export interface Host {
  model: ModelSource;
  post(answer: Answer, transfer: Transferable[]): void;
  later: Later;
  /** Milliseconds. */
  now(): number;
}

type OpenAsk = Extract<Ask, { kind: "open" }>;
type RunAsk = Extract<Ask, { kind: "run" }>;
type BandAsk = Extract<Ask, { kind: "band" }>;
type WhyAsk = Extract<Ask, { kind: "why" }>;
type Slow = BandAsk | WhyAsk;
/** Number of an answer to what has none. */
const NO_ID = 0;
const REGION = "region";

/** What there is once the model is open. */
interface Opened {
  model: Model;
  layer: Layer;
  bands: Bands;
  why: Why;
}

export class Service {
  readonly #host: Host;
  readonly #tasks: Tasks<"run" | Slow["kind"]>;
  /** Runs that wait, the newest of each slot. */
  readonly #runs = new Map<RunAsk["slot"], RunAsk>();
  #opened: Opened | null = null;
  #waiting: Ask[] = [];
  /** The changes of the bands and reasons under way. */
  #slow = new Map<Slow["kind"], string>();

  constructor(host: Host) {
    this.#host = host;
    this.#tasks = new Tasks(host.later, "run");
  }

  hear(ask: Ask): void {
    if (ask.kind === "open") void this.#open(ask);
    else if (this.#opened === null) this.#waiting.push(ask);
    else this.#answer(ask, this.#opened);
  }

  async #open({ payload }: OpenAsk): Promise<void> {
    const { post, now, model: source } = this.#host;
    const began = now();
    try {
      const model = new Model(source, await readPayload(payload));
      const base = model.run({});
      post(
        { kind: "opened", meta: model.meta, base, baseBand: model.shipped(REGION), milliseconds: now() - began },
        [],
      );
      this.#opened = { model, layer: new Layer(model.world), bands: new Bands(model), why: new Why(model, base) };
    } catch (error) {
      post({ kind: "failed", id: NO_ID, message: messageOf(error) }, []);
    }
    for (const ask of this.#opened ? this.#waiting.splice(0) : []) this.hear(ask);
  }

  #answer(ask: Exclude<Ask, OpenAsk>, opened: Opened): void {
    if (ask.kind === "stop") this.#stop();
    else if (ask.kind === "run") this.#wish(ask, opened);
    else this.#begin(ask, opened);
  }

  #stop(): void {
    this.#tasks.stop("band");
    this.#tasks.stop("why");
    this.#slow.clear();
  }

  /** A run waits for the messages that are there already, of which a newer one may take its place. */
  #wish(ask: RunAsk, opened: Opened): void {
    if (ask.slot === "scenario") this.#stopOthers(JSON.stringify(ask.changes));
    this.#runs.set(ask.slot, ask);
    this.#tasks.start("run", this.#run(opened));
  }

  /** New changes end what is under way for others. */
  #stopOthers(changes: string): void {
    for (const [kind, theirs] of this.#slow) {
      if (theirs !== changes) {
        this.#tasks.stop(kind);
        this.#slow.delete(kind);
      }
    }
  }

  *#run({ model, layer }: Opened): Slices {
    for (const [slot, ask] of this.#runs) {
      this.#runs.delete(slot);
      const began = this.#host.now();
      this.#guarded(ask.id, () => {
        const laid = layer.lay(ask.changes);
        if (laid.problems !== null) return this.#refuse(ask.id, laid.problems);
        const result = model.run(laid.changed);
        const milliseconds = this.#host.now() - began;
        this.#host.post({ kind: "ran", id: ask.id, slot, result, milliseconds }, buffersOf(result));
      });
      if (this.#runs.size > 0) yield;
    }
  }

  #begin(ask: Slow, { bands, why }: Opened): void {
    const { post } = this.#host;
    this.#tasks.stop(ask.kind);
    this.#guarded(ask.id, () => {
      const problems = (ask.kind === "band" ? bands : why).problems(ask.changes);
      if (problems !== null) return this.#refuse(ask.id, problems);
      const slices = ask.kind === "band" ? bands.answer(ask, post) : why.answer(ask, (answer) => post(answer, []));
      this.#slow.set(ask.kind, JSON.stringify(ask.changes));
      this.#tasks.start(ask.kind, this.#guardedSlices(ask, slices));
    });
  }

  #refuse(id: number, problems: ChangeProblem[]): void {
    this.#host.post({ kind: "refused", id, problems }, []);
  }

  #guarded(id: number, what: () => void): void {
    try {
      what();
    } catch (error) {
      this.#host.post({ kind: "failed", id, message: messageOf(error) }, []);
    }
  }

  *#guardedSlices(ask: Slow, slices: Slices): Slices {
    try {
      yield* slices;
    } catch (error) {
      this.#host.post({ kind: "failed", id: ask.id, message: messageOf(error) }, []);
    }
  }
}

function buffersOf({ values, ages }: RunResult): Transferable[] {
  return [...new Set([...Object.values(values), ages].map((array) => array.buffer as ArrayBuffer))];
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
