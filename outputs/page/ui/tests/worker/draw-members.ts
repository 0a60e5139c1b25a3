/**
 * Draws members as the page does, for tests/test_page_chance.py: `draw-members.ts PAYLOAD OUT`, the payload not deflated.
 * Its header holds `chance`, `timed` and `changed` (names of arrays and inputs) and `drawn` (members); OUT gets the
 * numbers of all drawn inputs, one behind the other in the order of `names`, member by member.
 */
import { readFileSync, writeFileSync } from "node:fs";
import type { Engine, Given } from "../../src/shared/engine.ts";
import { Chance } from "../../src/worker/chance/chance.ts";
import type { PackedChance } from "../../src/worker/chance/packed.ts";
import { unpack } from "../../src/worker/payload.ts";

const [source, out] = process.argv.slice(2);
const { header, arrays } = unpack(readFileSync(source));
const timed = new Set(header.timed as string[]);
const names = header.names as string[];
const changed = header.changed as string[];

function given(name: string): Given {
  return { values: arrays[name].values, timed: timed.has(name) };
}

const engine = { times: arrays["times"].values, base: (name: string) => given(`base ${name}`) } as Engine;
const around = Object.fromEntries(changed.map((name) => [name, given(`changed ${name}`)]));
const draw = new Chance(header.chance as PackedChance, arrays, engine).around(around);
const parts = (header.drawn as number[]).flatMap((member) => {
  const inputs = draw(member);
  return names.map((name) => Buffer.from(inputs[name].values.slice().buffer));
});
writeFileSync(out, Buffer.concat(parts));
