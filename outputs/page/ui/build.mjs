// Bundles the page: page.js, worker.js, page.css and index.html in ../bundle. The same sources give the same bytes.
import { build } from "esbuild";
import { copyFile, mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const out = process.argv[2] ?? join(here, "..", "bundle");

await mkdir(out, { recursive: true });
await build({
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
  charset: "utf8",
  legalComments: "eof",
  target: ["chrome100", "firefox115", "safari16.4"],
  jsx: "automatic",
  jsxImportSource: "preact",
  logLevel: "info",
});
await copyFile(join(here, "src", "index.html"), join(out, "index.html"));
