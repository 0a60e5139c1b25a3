import assert from "node:assert/strict";
import { test } from "node:test";
import type { Answer, Ask } from "../../src/shared/protocol.ts";
import { fakeMeta, lever, opened, packed, PLACES, YEARS } from "./fake.ts";
import { Service } from "../../src/worker/service.ts";

type Band = Extract<Ask, { kind: "band" }>;

function of<Kind extends Answer["kind"]>(answers: Answer[], kind: Kind): Extract<Answer, { kind: Kind }>[] {
  return answers.filter((answer): answer is Extract<Answer, { kind: Kind }> => answer.kind === kind);
}

function band(id: number, more: Partial<Band> = {}): Band {
  return {
    kind: "band",
    id,
    changes: [lever("push", 1)],
    area: "region",
    baseYear: 2022,
    target: 10,
    members: 64,
    ...more,
  };
}

test("opening answers with the base run, by municipality and by age", async () => {
  const { answers } = await opened();
  const [{ base, baseBand, meta }] = of(answers, "opened");
  assert.equal(meta.places.length, PLACES.length);
  assert.deepEqual([...base.values.total_population.slice(0, 3)], [1005, 1010, 1015]);
  assert.deepEqual([...base.values.births.slice(0, 3)], [2010, 2020, 2030]);
  assert.equal(base.ages.length, YEARS.length * 2 * 2 * PLACES.length);
  assert.deepEqual([base.ages[0], base.ages[3]], [5 * 1005, 1005]);
  assert.equal(baseBand, null);
});

test("a run gives the changed values", async () => {
  const { service, answers, rest } = await opened();
  service.hear({ kind: "run", id: 1, slot: "scenario", changes: [lever("push", 2, { from: 2026 })] });
  rest();
  const [{ id, slot, result }] = of(answers, "ran");
  assert.deepEqual([id, slot], [1, "scenario"]);
  assert.deepEqual([...result.values.total_population.slice(-3)], [1007, 1014, 1021]);
});

test("of runs that wait only the newest of each slot is made", async () => {
  const { service, answers, rest, engine } = await opened();
  for (let id = 1; id <= 5; id++) service.hear({ kind: "run", id, slot: "scenario", changes: [lever("push", id)] });
  service.hear({ kind: "run", id: 6, slot: "compare", changes: [] });
  rest();
  assert.deepEqual(
    of(answers, "ran").map(({ id }) => id),
    [5, 6],
  );
  assert.equal(engine.runs, 3);
});

test("changes that cannot be made are refused with their problems", async () => {
  const { service, answers, rest } = await opened();
  service.hear({ kind: "run", id: 1, slot: "scenario", changes: [lever("push", 999)] });
  service.hear(band(2, { changes: [lever("push", 999)] }));
  service.hear({ kind: "why", id: 3, changes: [lever("push", 999)], indicator: "people", year: 2028, area: "region" });
  rest();
  assert.deepEqual(
    of(answers, "refused").map(({ id, problems }) => [id, problems[0].kind]),
    [
      [2, "range"],
      [3, "range"],
      [1, "range"],
    ],
  );
});

test("a band appears after 4, 8 and 16 members, and holds the median run", async () => {
  const { service, answers, rest } = await opened();
  service.hear(band(1));
  rest();
  const bands = of(answers, "band");
  assert.deepEqual(
    bands.map(({ quantiles, done }) => [quantiles.members, quantiles.of, done]),
    [
      [4, 16, false],
      [8, 16, false],
      [16, 16, true],
    ],
  );
  const { q, reached } = bands[2].quantiles;
  assert.ok(Math.abs(q[2][0] - (3030 + 6)) < 1e-9);
  assert.ok(q[0][0] < q[1][0] && q[3][0] < q[4][0]);
  assert.equal(reached!.length, YEARS.length);
  assert.ok(reached![0] > 0 && reached!.every((share) => share >= 0 && share <= 1 + 1e-12));
});

test("another area of the same changes needs no new runs", async () => {
  const { service, answers, rest, engine } = await opened();
  service.hear(band(1));
  rest();
  const runs = engine.runs;
  service.hear(band(2, { area: "place:2580" }));
  rest();
  assert.equal(engine.runs, runs);
  const { quantiles, done } = of(answers, "band").at(-1)!;
  assert.deepEqual([quantiles.members, done, quantiles.reached], [16, true, undefined]);
});

test("a run is answered before the next member of a band", async () => {
  const { service, answers, turn, engine } = await opened();
  service.hear(band(1));
  turn();
  turn();
  const runs = engine.runs;
  service.hear({ kind: "run", id: 2, slot: "compare", changes: [] });
  turn();
  assert.deepEqual([engine.runs, of(answers, "ran").length], [runs + 1, 1]);
  turn();
  assert.equal(engine.runs, runs + 2);
});

test("new changes end what is computed for the old ones", async () => {
  const { service, answers, turn, rest, engine } = await opened();
  service.hear(band(1));
  turn();
  service.hear({ kind: "run", id: 2, slot: "scenario", changes: [lever("push", 5)] });
  const runs = engine.runs;
  rest();
  assert.equal(engine.runs, runs + 1);
  assert.equal(of(answers, "band").length, 0);
});

test("the newest band takes the place of an older one, and goes on from what was computed", async () => {
  const { service, answers, turn, rest, engine } = await opened();
  service.hear(band(1));
  for (let slices = 0; slices < 6; slices++) turn();
  const runs = engine.runs;
  service.hear(band(2, { area: "county:25" }));
  rest();
  assert.equal(engine.runs, runs + 10);
  assert.deepEqual(
    of(answers, "band").map(({ id, quantiles }) => [id, quantiles.members]),
    [
      [1, 4],
      [2, 6],
      [2, 8],
      [2, 16],
    ],
  );
});

test("stop ends bands and reasons", async () => {
  const { service, turn, rest, engine } = await opened();
  service.hear(band(1));
  turn();
  service.hear({ kind: "stop" });
  const runs = engine.runs;
  rest();
  assert.equal(engine.runs, runs);
});

test("the shares of changes add up to the difference, and are kept for another year", async () => {
  const { service, answers, rest, engine } = await opened();
  const changes = [lever("push", 2), lever("help", 5), { ...lever("rate", 0.9), kind: "assumption" as const }];
  const ask = { kind: "why", id: 1, changes, indicator: "people", year: 2028, area: "region" } as const;
  service.hear(ask);
  rest();
  const why = of(answers, "why").at(-1)!;
  const total = 3 * (5 * 0.9 * 10 + 2 * 5) - 30;
  assert.ok(Math.abs(why.total - total) < 1e-9);
  assert.ok(Math.abs(why.shares.reduce((sum, { share }) => sum + share, 0) - total) < 1e-9);
  assert.deepEqual([why.runs, why.of, why.exact, why.done], [7, 7, true, true]);
  const runs = engine.runs;
  service.hear({ ...ask, id: 2, year: 2026, area: "place:2480" });
  rest();
  assert.equal(engine.runs, runs);
});

test("what there is not is told as a failure of that question alone", async () => {
  const { service, answers, rest } = await opened();
  service.hear({ kind: "why", id: 7, changes: [lever("push", 1)], indicator: "nothing", year: 2028, area: "region" });
  service.hear(band(8, { area: "place:0000" }));
  service.hear({ kind: "run", id: 9, slot: "scenario", changes: [lever("push", 1)] });
  rest();
  assert.deepEqual(
    of(answers, "failed").map(({ id }) => id),
    [7, 8],
  );
  assert.deepEqual(
    of(answers, "ran").map(({ id }) => id),
    [9],
  );
});

test("data of another model are refused, and what is asked meanwhile waits in vain", async () => {
  const answers: Answer[] = [];
  const service = new Service({
    model: { hash: "another", open: () => assert.fail() },
    post: (answer) => answers.push(answer),
    later: (what) => what(),
    now: () => 0,
  });
  service.hear({ kind: "open", payload: packed({ meta: fakeMeta() }, {}) });
  service.hear(band(1));
  while (answers.length === 0) await new Promise((resolve) => setTimeout(resolve, 1));
  assert.deepEqual(
    of(answers, "failed").map(({ message }) => message),
    ["the data belong to another model than the page's"],
  );
});
