import assert from "node:assert/strict";
import { test } from "node:test";
import { dataRows } from "../../src/charts/data-table.tsx";
import { BY_NAME, nextOrder, sortRows } from "../../src/charts/sorting.ts";
import type { DataRow } from "../../src/charts/props.ts";

const row = (label: string, value: number | null, base = 1): DataRow => ({ area: `place:${label}`, label, values: [value], base: [base] });
const rows = [row("Övertorneå", 3), row("Arjeplog", null), row("Åsele", 1), row("Älvsbyn", 3), row("Boden", 2)];
const names = (sorted: DataRow[]) => sorted.map((entry) => entry.label);

test("names are in Swedish order, in both languages", () => {
  for (const language of ["sv", "en"] as const) {
    assert.deepEqual(names(sortRows(rows, BY_NAME, language)), ["Arjeplog", "Boden", "Åsele", "Älvsbyn", "Övertorneå"]);
  }
});

test("a column starts with the largest and turns at the next press; equals keep the order of names", () => {
  const first = nextOrder(BY_NAME, 0);
  assert.deepEqual(first, { column: 0, direction: "descending" });
  assert.deepEqual(names(sortRows(rows, first, "sv")), ["Älvsbyn", "Övertorneå", "Boden", "Åsele", "Arjeplog"]);
  const second = nextOrder(first, 0);
  assert.deepEqual(names(sortRows(rows, second, "sv")), ["Åsele", "Boden", "Älvsbyn", "Övertorneå", "Arjeplog"]);
  assert.deepEqual(nextOrder(second, -1), BY_NAME);
});

test("sorting leaves the rows that came as they were", () => {
  const before = names(rows);
  sortRows(rows, { column: 0, direction: "ascending" }, "sv");
  assert.deepEqual(names(rows), before);
});

test("the download has values and differences in columns of their own, the sum last", () => {
  const table = dataRows(
    {
      id: "t", caption: "Kommunerna 2040", language: "sv", placeLabel: "Kommun", rows: [], difference: true,
      columns: [{ key: "p", label: "Folkmängd", unit: "personer", decimals: 0 }], total: row("Hela regionen", 9, 4),
    },
    [row("Boden", 5, 2), row("Arjeplog", null)],
  );
  assert.deepEqual(table.columns.map((column) => column.label), ["Kommun", "Folkmängd (personer)", "Folkmängd (personer), skillnad"]);
  assert.deepEqual(table.rows, [["Boden", 5, 3], ["Arjeplog", null, null], ["Hela regionen", 9, 5]]);
});
