// node script_runs.mjs FOLDER: runs FOLDER/model.js on the inputs of plan.json and in.bin, writes out.json and out.bin.
import { closeSync, openSync, readFileSync, writeFileSync, writeSync } from "node:fs";
import { join } from "node:path";
import { runInThisContext } from "node:vm";

const folder = process.argv[2];
runInThisContext(readFileSync(join(folder, "model.js"), "utf8"));
const plan = JSON.parse(readFileSync(join(folder, "plan.json"), "utf8"));
const bytes = readFileSync(join(folder, "in.bin"));
const numbers = new Float64Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
const given = (places) =>
  Object.fromEntries(Object.entries(places).map(([name, [at, size]]) => [name, { values: numbers.subarray(at, at + size) }]));

const engine = globalThis.norrsimModel.open(given(plan.base));
const out = openSync(join(folder, "out.bin"), "w");
const told = {};
let at = 0;
for (const [name, places] of Object.entries(plan.runs)) {
  told[name] = {};
  for (const [key, values] of Object.entries(engine.run(given(places)))) {
    told[name][key] = [at, values.length];
    writeSync(out, new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
    at += values.length;
  }
}
closeSync(out);
writeFileSync(join(folder, "out.json"), JSON.stringify(told));
