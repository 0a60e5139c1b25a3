/**
 * Shapley values: what each change adds, averaged over all orders in which the changes may be made. With few changes
 * every coalition is played; with more a sample of orders, each with its reverse, as scenarios/compare/shapley.py does.
 */
import { Philox } from "./chance/philox.ts";

/** Value of the game when those with true take part. */
export type Play = (coalition: readonly boolean[]) => number;

export interface Shares {
  /** They add up to what all change together. */
  values: number[];
  /** Standard errors; 0 when exact. */
  errors: number[];
  /** Coalitions played, and how many there will have been, beside nobody. */
  runs: number;
  of: number;
  exact: boolean;
  done: boolean;
}

/** Players up to which every coalition is played: 127 of them. */
export const EXACT = 7;
/** Coalitions that a sample is worth at least, and pairs of orders. */
const SAMPLED = 240;
const FEWEST_PAIRS = 8;
const SEED = 1;

/** Shares of each of so many players; after each coalition (exact) or order it tells how far it has come. */
export function* shapley(players: number, play: Play): Generator<Shares, void, void> {
  if (players <= EXACT) yield* allCoalitions(players, play);
  else yield* someOrders(players, play);
}

function* allCoalitions(players: number, play: Play): Generator<Shares, void, void> {
  const count = 2 ** players;
  const worth = new Float64Array(count);
  for (let coalition = 0; coalition < count; coalition++) {
    worth[coalition] = play(membersOf(coalition, players));
    if (coalition > 0 && coalition < count - 1) yield progress(players, coalition, count - 1);
  }
  const values = exactly(players, worth);
  yield {
    ...progress(players, count - 1, count - 1),
    values: addingUp(values, worth[count - 1] - worth[0]),
    done: true,
  };
}

function progress(players: number, runs: number, of: number): Shares {
  const none = new Array<number>(players).fill(NaN);
  return { values: none, errors: new Array<number>(players).fill(0), runs, of, exact: true, done: false };
}

function membersOf(coalition: number, players: number): boolean[] {
  return Array.from({ length: players }, (_, player) => ((coalition >> player) & 1) === 1);
}

function exactly(players: number, worth: Float64Array): number[] {
  const chance = Array.from({ length: players }, (_, size) => 1 / (players * choose(players - 1, size)));
  return Array.from({ length: players }, (_, player) => {
    let share = 0;
    for (let coalition = 0; coalition < worth.length; coalition++) {
      if ((coalition >> player) & 1) continue;
      share += chance[bits(coalition)] * (worth[coalition | (1 << player)] - worth[coalition]);
    }
    return share;
  });
}

function bits(number: number): number {
  let found = 0;
  for (let rest = number; rest > 0; rest >>= 1) found += rest & 1;
  return found;
}

function choose(n: number, k: number): number {
  let found = 1;
  for (let i = 1; i <= k; i++) found = (found * (n - k + i)) / i;
  return found;
}

function* someOrders(players: number, play: Play): Generator<Shares, void, void> {
  const pairs = Math.max(FEWEST_PAIRS, Math.ceil(SAMPLED / (2 * (players - 1))));
  const [nobody, everybody] = [0, 1].map((all) => play(new Array<boolean>(players).fill(all === 1)));
  const of = 1 + 2 * pairs * (players - 1);
  const [sum, squares] = [new Float64Array(players), new Float64Array(players)];
  const orders = shuffles(players);
  for (let pair = 1; pair <= pairs; pair++) {
    const order = orders();
    const added = new Float64Array(players);
    for (const [place, each] of [order, [...order].reverse()].entries()) {
      const done = (2 * (pair - 1) + place) * (players - 1) + 1;
      for (const step of oneOrder(each, play, [nobody, everybody], added)) {
        yield sampled({ sum, squares, pairs: pair - 1, runs: done + step, of }, everybody - nobody);
      }
    }
    added.forEach((value, player) => {
      sum[player] += value / 2;
      squares[player] += (value / 2) ** 2;
    });
    yield {
      ...sampled({ sum, squares, pairs: pair, runs: 1 + 2 * pair * (players - 1), of }, everybody - nobody),
      done: pair === pairs,
    };
  }
}

/** Add what each player adds in this order; after each coalition played it tells how many. */
function* oneOrder(
  order: readonly number[],
  play: Play,
  [nobody, everybody]: number[],
  added: Float64Array,
): Generator<number, void, void> {
  const coalition = new Array<boolean>(order.length).fill(false);
  let before = nobody;
  for (const [place, player] of order.entries()) {
    coalition[player] = true;
    const isLast = place === order.length - 1;
    const worth = isLast ? everybody : play(coalition);
    added[player] += worth - before;
    before = worth;
    if (!isLast) yield place + 1;
  }
}

interface Sample {
  sum: Float64Array;
  squares: Float64Array;
  pairs: number;
  runs: number;
  of: number;
}

function sampled({ sum, squares, pairs, runs, of }: Sample, total: number): Shares {
  const values = addingUp(
    Array.from(sum, (value) => value / pairs),
    total,
  );
  const errors = Array.from(squares, (square, player) => {
    const variance = Math.max(square / pairs - (sum[player] / pairs) ** 2, 0);
    return pairs > 1 ? Math.sqrt(variance / (pairs - 1)) : NaN;
  });
  return { values, errors, runs, of, exact: false, done: false };
}

/** The shares without the rounding of many sums. */
function addingUp(values: number[], total: number): number[] {
  const left = total - values.reduce((sum, value) => sum + value, 0);
  return values.map((value) => value + left / values.length);
}

/** Orders by chance, the same at every call. */
function shuffles(players: number): () => number[] {
  const numbers = new Float64Array(players);
  const source = new Philox(SEED, players);
  let place = 0;
  return () => {
    source.fill(place, numbers);
    place += players;
    const order = Array.from(numbers.keys());
    for (let last = players - 1; last > 0; last--) {
      const other = Math.floor(numbers[last] * (last + 1));
      [order[last], order[other]] = [order[other], order[last]];
    }
    return order;
  };
}
