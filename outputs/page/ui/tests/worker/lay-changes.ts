/**
 * Lays changes on inputs as the page does, for tests/test_page_changes.py: `lay-changes.ts PAYLOAD OUT`, the payload not
 * deflated. Its header holds `dims`, `inputs` (as Engine has them), `start`, `until` and `sets` (lists of changes); OUT
 * gets for each set the names of the inputs changed with their problems as JSON, and beside it, in OUT.numbers, their
 * numbers one behind the other.
 */
import { readFileSync, writeFileSync } from "node:fs";
import type { Engine } from "../../src/shared/engine.ts";
import type { Change } from "../../src/shared/protocol.ts";
import { Layer } from "../../src/worker/changes/changes.ts";
import { unpack } from "../../src/worker/payload.ts";

interface Header {
  dims: Record<string, string[]>;
  inputs: Engine["inputs"];
  start: number;
  until: number;
  sets: Change[][];
}

const [source, out] = process.argv.slice(2);
const { header, arrays } = unpack(readFileSync(source));
const { dims, inputs, start, until, sets } = header as unknown as Header;
const engine = {
  inputs,
  times: arrays["times"].values,
  base: (name: string) => ({
    values: arrays[`base ${name}`].values,
    timed: arrays[`base ${name}`].shape.length > inputs[name].dims.length,
  }),
} as Engine;
const layer = new Layer({ engine, dims, start, until });

const numbers: Buffer[] = [];
const told = sets.map((changes) => {
  const { changed, problems } = layer.lay(changes);
  const names = Object.keys(changed ?? {}).sort();
  for (const name of names) numbers.push(Buffer.from(changed![name].values.slice().buffer));
  return { problems, changed: names.map((name) => ({ name, timed: changed![name].timed })) };
});
writeFileSync(out, JSON.stringify(told));
writeFileSync(`${out}.numbers`, Buffer.concat(numbers));
