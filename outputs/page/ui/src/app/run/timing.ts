/** Waiting: for rest, and at most once in a while. Timers are given, so that tests need no clock. */

export interface Clock {
  now(): number;
  after(milliseconds: number, what: () => void): number;
  cancel(timer: number): void;
}

export const WALL: Clock = {
  now: () => Date.now(),
  after: (milliseconds, what) => setTimeout(what, milliseconds) as unknown as number,
  cancel: (timer) => clearTimeout(timer),
};

/** Calls when nothing has been asked for a while. */
export function atRest(milliseconds: number, what: () => void, clock: Clock = WALL): { touch(): void; cancel(): void } {
  let timer: number | null = null;
  const cancel = (): void => {
    if (timer !== null) clock.cancel(timer);
    timer = null;
  };
  return {
    cancel,
    touch() {
      cancel();
      timer = clock.after(milliseconds, () => {
        timer = null;
        what();
      });
    },
  };
}

/** Passes on at most one value in a while, and always the last one. */
export function atMostOnce<T>(milliseconds: number, tell: (value: T) => void, clock: Clock = WALL): (value: T) => void {
  let told = -Infinity;
  let waiting: { value: T } | null = null;
  const flush = (): void => {
    if (!waiting) return;
    told = clock.now();
    const { value } = waiting;
    waiting = null;
    tell(value);
  };
  return (value) => {
    const had = waiting !== null;
    waiting = { value };
    if (had) return;
    const left = told + milliseconds - clock.now();
    if (left <= 0) flush();
    else clock.after(left, flush);
  };
}
