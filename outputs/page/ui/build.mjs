// Bundles the page: page.js, worker.js, page.css, index.html, licences of what is in them, and build.json, which tells
// from which sources it was built. The same sources give the same bytes.
import { build } from "esbuild";
import { createHash } from "node:crypto";
import { copyFile, mkdir, readFile, readdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const out = process.argv[2] ?? join(here, "..", "bundle");
const NOT_BUILT = "src/dev/";
const TOOLS = ["build.mjs", "package-lock.json", "package.json", "tsconfig.json"];

/** SHA-256 of the names and contents of all sources. */
async function digest() {
  const found = await readdir(join(here, "src"), { recursive: true, withFileTypes: true });
  const sources = found
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name).slice(here.length + 1).replaceAll("\\", "/"))
    .filter((name) => !name.startsWith(NOT_BUILT));
  const all = createHash("sha256");
  for (const name of [...TOOLS, ...sources].sort()) {
    const own = createHash("sha256").update(await readFile(join(here, name))).digest("hex");
    all.update(`${name}\0${own}\n`);
  }
  return all.digest("hex");
}

/** The licences of the packages that the bundles hold. */
async function licences(inputs) {
  const packages = new Set();
  for (const path of inputs) {
    const name = /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1];
    if (name) packages.add(name);
  }
  const parts = [];
  for (const name of [...packages].sort()) {
    const folder = join(here, "node_modules", name);
    const { version, license } = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
    const file = (await readdir(folder)).find((each) => /^licen[cs]e/i.test(each));
    const text = file ? (await readFile(join(folder, file), "utf8")).trim() : "";
    parts.push(`${name} ${version} (${license})\n\n${text}\n`);
  }
  return parts.join(`\n${"-".repeat(80)}\n\n`);
}

await mkdir(out, { recursive: true });
const { metafile } = await build({
  absWorkingDir: here,
  entryPoints: [
    { in: "src/page.ts", out: "page" },
    { in: "src/worker/worker.ts", out: "worker" },
    { in: "src/page.css", out: "page" },
  ],
  outdir: out,
  bundle: true,
  format: "iife",
  minify: true,
  metafile: true,
  charset: "utf8",
  legalComments: "none",
  target: ["chrome100", "firefox115", "safari16.4"],
  jsx: "automatic",
  jsxImportSource: "preact",
  logLevel: "info",
});
await copyFile(join(here, "src", "index.html"), join(out, "index.html"));
await writeFile(join(out, "licences.txt"), await licences(Object.keys(metafile.inputs)));
await writeFile(join(out, "build.json"), `${JSON.stringify({ sources: await digest() }, null, 2)}\n`);
