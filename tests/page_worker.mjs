// node page_worker.mjs FOLDER: opens FOLDER/data.js as the page does, puts the questions of asks.json, writes answers.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { runInThisContext } from "node:vm";

const folder = process.argv[2];
const asks = JSON.parse(readFileSync(join(folder, "asks.json"), "utf8"));
runInThisContext(readFileSync(join(folder, "data.js"), "utf8"));
const { model, worker, payload } = globalThis.NORRSIM;
const answers = [];
const blocks = [];
let at = 0;

/** Arrays go to a file of numbers; the answer says where. */
const plain = (key, value) => {
  if (!(value instanceof Float64Array)) return value;
  blocks.push(value.slice());
  at += value.length;
  return { at: at - value.length, size: value.length };
};

let done;
const ended = new Promise((resolve) => (done = resolve));
let waiting = asks.length;
globalThis.postMessage = (answer) => {
  answers.push(JSON.parse(JSON.stringify(answer, plain)));
  const unfinished = (answer.kind === "band" || answer.kind === "why") && !answer.done;
  if (answer.kind === "opened") next();
  else if (!unfinished) {
    waiting -= 1;
    if (waiting === 0 || answer.kind === "failed") done();
    else next();
  }
};
let asked = 0;
const next = () => globalThis.onmessage({ data: asks[asked++] });
runInThisContext(`${model}\n${worker}`);
const bytes = Buffer.from(payload, "base64");
globalThis.onmessage({ data: { kind: "open", payload: bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length) } });
await ended;
const all = new Float64Array(at);
let from = 0;
for (const block of blocks) {
  all.set(block, from);
  from += block.length;
}
writeFileSync(join(folder, "answers.bin"), Buffer.from(all.buffer));
writeFileSync(join(folder, "answers.json"), JSON.stringify(answers));
process.exit(0);
