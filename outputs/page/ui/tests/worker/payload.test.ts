import assert from "node:assert/strict";
import { test } from "node:test";
import { deflateRawSync } from "node:zlib";
import { inflate, PayloadError, readPayload, unpack } from "../../src/worker/payload.ts";
import { packed } from "./fake.ts";

function plain(header: unknown, numbers: Uint8Array): Uint8Array {
  const text = new TextEncoder().encode(JSON.stringify(header));
  const begin = Math.ceil((4 + text.length) / 8) * 8;
  const bytes = new Uint8Array(begin + numbers.length);
  new DataView(bytes.buffer).setUint32(0, text.length, true);
  bytes.set(text, 4);
  bytes.set(numbers, begin);
  return bytes;
}

function deflated(bytes: Uint8Array): ArrayBuffer {
  return new Uint8Array(deflateRawSync(bytes)).buffer;
}

test("arrays come back as they were packed", async () => {
  const { header, arrays } = await readPayload(packed({ meta: "Luleå" }, { one: [1.5, -2], other: [] }));
  assert.equal(header.meta, "Luleå");
  assert.deepEqual([...arrays.one.values], [1.5, -2]);
  assert.deepEqual(arrays.other.shape, [0]);
});

test("numbers of every kind, shuffled or not, are read", () => {
  const whole = new Uint8Array(Int16Array.of(-2, 300).buffer);
  const doubles = new Uint8Array(Float64Array.of(Math.PI, -1e300).buffer);
  const shuffled = Uint8Array.from({ length: 16 }, (_, at) => doubles[(at % 2) * 8 + Math.floor(at / 2)]);
  const bytes = Uint8Array.of(...whole, 0, 0, 0, 0, ...shuffled, 7, 255);
  const header = {
    arrays: {
      whole: { at: 0, shape: [2], dtype: "i2" },
      doubles: { at: 8, shape: [1, 2], dtype: "f8", shuffled: true },
      small: { at: 24, shape: [2], dtype: "u1" },
    },
  };
  const { arrays } = unpack(plain(header, bytes));
  assert.deepEqual([...arrays.whole.values], [-2, 300]);
  assert.deepEqual([...arrays.doubles.values], [Math.PI, -1e300]);
  assert.deepEqual([...arrays.small.values], [7, 255]);
});

test("damaged data are refused in words", async () => {
  const fails = (bytes: Uint8Array, words: RegExp) =>
    assert.throws(() => unpack(bytes), { name: "PayloadError", message: words });
  fails(Uint8Array.of(1, 2), /cut off/);
  fails(Uint8Array.of(255, 255, 255, 255), /header is cut off/);
  fails(plain("text", new Uint8Array(0)), /lists no arrays/);
  fails(plain({ arrays: { one: { at: 0, shape: [2], dtype: "f8" } } }, new Uint8Array(8)), /'one' is cut off/);
  fails(plain({ arrays: { one: { at: -8, shape: [1], dtype: "f8" } } }, new Uint8Array(8)), /'one' is not described/);
  fails(plain({ arrays: { one: { at: 0, shape: [1], dtype: "constructor" } } }, new Uint8Array(8)), /not described/);
  await assert.rejects(readPayload(Uint8Array.of(9, 9, 9).buffer), PayloadError);
});

test("data that would swell beyond measure are refused", async () => {
  await assert.rejects(inflate(deflated(new Uint8Array(5000)), 4000), /larger than 4000 bytes/);
  assert.equal((await inflate(deflated(new Uint8Array(4000)), 4000)).length, 4000);
});
