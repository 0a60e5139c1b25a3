/** Scenario files and tables in and out of the page. */

import type { Language } from "../../shared/protocol.ts";
import { csvOf, type CsvCell } from "../io/csv.ts";
import type { Fault } from "../io/check.ts";
import { FILE_BYTES } from "../io/limits.ts";
import { readToml, tooLarge } from "../io/toml-in.ts";
import type { Say } from "../texts/index.ts";
import { entered } from "../words/numbers.ts";
import type { Page } from "./page.ts";

/** Problems told one by one; of more only the number is told. */
const TOLD = 8;

/** A blob handed to the browser's own download. */
export function saveText(text: string, name: string, type: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), HANDED_OVER);
}

/** Milliseconds after which every browser has taken the blob. */
const HANDED_OVER = 10_000;

export function saveCsv(rows: readonly (readonly CsvCell[])[], name: string, language: Language): void {
  saveText(csvOf(rows, language), name, "text/csv");
}

export async function openFile(page: Page, file: File): Promise<void> {
  const words = page.say.value;
  const refuse = (faults: readonly Fault[]): void =>
    page.tell("error", words("error file"), faultsInWords(faults, words, page.language.value));
  if (file.size > FILE_BYTES) return refuse([tooLarge(file.size)]);
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(await file.arrayBuffer());
  } catch {
    return refuse([{ key: "error file read", values: {} }]);
  }
  openText(page, text);
}

export function openText(page: Page, text: string): void {
  const words = page.say.value;
  const read = readToml(text, page.meta, page.language.value);
  if (Array.isArray(read)) {
    page.tell("error", words("error file"), faultsInWords(read, words, page.language.value));
    return;
  }
  page.store.send({ do: "load", doc: read.doc, loaded: read.loaded });
  page.tell(
    "note",
    words("note file", { title: read.loaded.title }),
    faultsInWords(read.notes, words, page.language.value),
  );
}

export function faultsInWords(faults: readonly Fault[], say: Say, language: Language): string[] {
  const lines = faults.slice(0, TOLD).map(({ key, values, where }) => {
    const words = say(key, written(values, language));
    return where ? `${where}: ${words}` : words;
  });
  return faults.length > TOLD ? [...lines, say("more problems", { count: faults.length - TOLD })] : lines;
}

/** Decimals in the page's language; whole numbers, which may be years, as they stand. */
function written(values: Fault["values"], language: Language): Fault["values"] {
  const shown = (value: string | number): string | number =>
    typeof value === "number" && !Number.isInteger(value) ? entered(value, language) : value;
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, shown(value)]));
}
