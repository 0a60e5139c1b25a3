/** Long work in slices, so that what is quick is answered at once: one task of each kind, the newest. */

/** A slice of work ends at each yield. */
export type Slices = Generator<void, void, void>;

/** Calls back soon, after messages that wait already. */
export type Later = (what: () => void) => void;

export class Tasks<Kind extends string> {
  readonly #later: Later;
  readonly #first: Kind;
  readonly #running = new Map<Kind, Slices>();
  #waits = false;

  /** `first`: the kind that goes before all others. */
  constructor(later: Later, first: Kind) {
    this.#later = later;
    this.#first = first;
  }

  /** Begin a task; the one of its kind that is under way ends where it stands. */
  start(kind: Kind, slices: Slices): void {
    this.stop(kind);
    this.#running.set(kind, slices);
    this.#wait();
  }

  stop(kind: Kind): void {
    this.#running.get(kind)?.return();
    this.#running.delete(kind);
  }

  get idle(): boolean {
    return this.#running.size === 0;
  }

  #wait(): void {
    if (this.#waits || this.idle) return;
    this.#waits = true;
    this.#later(() => {
      this.#waits = false;
      this.#slice();
      this.#wait();
    });
  }

  /** One slice of the first kind, or of the task that has waited longest. */
  #slice(): void {
    const [kind] = this.#running.has(this.#first) ? [this.#first] : this.#running.keys();
    const slices = this.#running.get(kind);
    if (slices === undefined) return;
    this.#running.delete(kind);
    if (!slices.next().done) this.#running.set(kind, slices); // behind the others
  }
}
