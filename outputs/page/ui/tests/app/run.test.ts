import { strict as assert } from "node:assert";
import { test } from "node:test";
import type { Answer, Ask, Change, RunResult } from "../../src/shared/protocol.ts";
import { makeScheduler } from "../../src/app/run/scheduler.ts";
import { openSession, type Channel } from "../../src/app/run/session.ts";
import { atMostOnce, atRest, type Clock } from "../../src/app/run/timing.ts";
import { meta } from "./things.ts";

const lever = (number: number): Change => ({ kind: "lever", name: "reception capacity", way: "value", number });

test("at most one run is under way, and the newest wish is sent when it returns", () => {
  const sent: [number, string, number][] = [];
  const scheduler = makeScheduler((id, slot, changes) => sent.push([id, slot, changes[0].number]));
  for (let at = 1; at <= 100; at += 1) scheduler.ask("scenario", [lever(at)]);
  assert.deepEqual(sent, [[1, "scenario", 1]]);
  assert.equal(scheduler.answered(1), "scenario");
  assert.deepEqual(sent.at(-1), [2, "scenario", 100]);
  assert.equal(scheduler.idle, false);
  scheduler.answered(2);
  assert.equal(scheduler.idle, true);
  assert.equal(sent.length, 2);
});

test("the scenario goes before the one compared with; a stranger's answer is ignored", () => {
  const sent: string[] = [];
  const scheduler = makeScheduler((_, slot) => sent.push(slot));
  scheduler.ask("compare", [lever(1)]);
  scheduler.ask("compare", [lever(2)]);
  scheduler.ask("scenario", [lever(3)]);
  assert.equal(scheduler.answered(99), null);
  scheduler.answered(1);
  scheduler.answered(2);
  assert.deepEqual(sent, ["compare", "scenario", "compare"]);
});

/** Time that goes when told to. */
function handClock(): Clock & { go(to: number): void } {
  let time = 0;
  let next = 1;
  const waiting = new Map<number, { at: number; what: () => void }>();
  return {
    now: () => time,
    after: (milliseconds, what) => {
      waiting.set(next, { at: time + milliseconds, what });
      return next++;
    },
    cancel: (timer) => void waiting.delete(timer),
    go(to) {
      for (;;) {
        const due = [...waiting].filter(([, timer]) => timer.at <= to).sort((one, other) => one[1].at - other[1].at)[0];
        if (!due) break;
        waiting.delete(due[0]);
        time = due[1].at;
        due[1].what();
      }
      time = to;
    },
  };
}

test("the band is asked for once, after rest", () => {
  const clock = handClock();
  let asked = 0;
  const rest = atRest(400, () => (asked += 1), clock);
  for (let at = 0; at <= 2000; at += 100) {
    clock.go(at);
    rest.touch();
  }
  assert.equal(asked, 0);
  clock.go(2400);
  assert.equal(asked, 1);
});

test("sentences are spoken at most once a second, and the last one always", () => {
  const clock = handClock();
  const spoken: [number, number][] = [];
  const say = atMostOnce<number>(1000, (value) => spoken.push([clock.now(), value]), clock);
  for (let at = 0; at <= 2550; at += 50) {
    clock.go(at);
    say(at);
  }
  clock.go(10_000);
  assert.deepEqual(spoken, [
    [0, 0],
    [1000, 950],
    [2000, 1950],
    [3000, 2550],
  ]);
});

function result(people: number): RunResult {
  return { years: [2024], values: { total_population: Float64Array.of(people) }, ages: new Float64Array(0) };
}

/** A worker in the test's hands. */
function handChannel(): { channel: Channel; asks: Ask[]; answer: (answer: Answer) => void } {
  const asks: Ask[] = [];
  let hear: (answer: Answer) => void = () => undefined;
  return {
    channel: { post: (ask) => asks.push(ask), listen: (listener) => (hear = listener) },
    asks,
    answer: (answer) => hear(answer),
  };
}

async function opened() {
  const hand = handChannel();
  const failures: string[] = [];
  const waiting = openSession(hand.channel, new ArrayBuffer(8), (message) => failures.push(message));
  hand.answer({ kind: "opened", meta, base: result(1), baseBand: null, milliseconds: 1 });
  return { ...hand, failures, session: await waiting };
}

test("a refused run leaves the last good one on show, with what was wrong", async () => {
  const { session, asks, answer } = await opened();
  const bad = [lever(99)];
  session.run("scenario", bad);
  const run = asks.at(-1);
  assert.ok(run?.kind === "run");
  answer({ kind: "refused", id: run.id, problems: [{ change: 0, kind: "range", values: {} }] });
  assert.equal(session.scenario.value.result.values.total_population[0], 1);
  assert.equal(session.problems.value?.changes, bad);
  assert.equal(session.busy.value, false);
});

test("a failed run frees the way for the next", async () => {
  const { session, asks, answer, failures } = await opened();
  session.run("scenario", [lever(1)]);
  session.run("scenario", [lever(2)]);
  const [, first] = asks;
  assert.ok(first.kind === "run");
  answer({ kind: "failed", id: first.id, message: "no memory" });
  assert.deepEqual(failures, ["no memory"]);
  const second = asks.at(-1);
  assert.ok(second?.kind === "run");
  assert.equal(second.changes[0].number, 2);
});

test("a band gives way to a run, and what comes of it afterwards is not heard", async () => {
  const { session, asks, answer } = await opened();
  session.askBand({ changes: [], area: "region", baseYear: 2022, target: 1 });
  const band = asks.at(-1);
  assert.ok(band?.kind === "band");
  session.run("scenario", [lever(1)]);
  assert.deepEqual(
    asks.slice(-2).map((ask) => ask.kind),
    ["stop", "run"],
  );
  answer({ kind: "band", id: band.id, quantiles: { years: [], q: [], members: 1, of: 1 }, done: true });
  assert.equal(session.band.value, null);
});

test("a comparison that was given up does not come back", async () => {
  const { session, asks, answer } = await opened();
  session.run("compare", [lever(1)]);
  const run = asks.at(-1);
  assert.ok(run?.kind === "run");
  session.forgetCompare();
  answer({ kind: "ran", id: run.id, slot: "compare", result: result(5), milliseconds: 1 });
  assert.equal(session.compare.value, null);
});

test("a worker that cannot open tells why", async () => {
  const hand = handChannel();
  const waiting = openSession(hand.channel, new ArrayBuffer(8), () => undefined);
  hand.answer({ kind: "failed", id: 0, message: "damaged" });
  await assert.rejects(waiting, /damaged/);
});
