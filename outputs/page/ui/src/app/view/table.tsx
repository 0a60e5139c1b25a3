/** The table, and the way to take it along. */

import { useComputed, useSignal, type Signal } from "@preact/signals";
import { numbersOf } from "../../charts/index.ts";
import { fileName } from "../io/toml-out.ts";
import { changesInWords } from "../words/change.ts";
import { saveCsv } from "./files.ts";
import { usePage, type Page } from "./page.ts";
import { Select } from "./select.tsx";
import { csvRows, sheetOf, type Sheet, type TableRows } from "./table-data.ts";

export function Table() {
  const page = usePage();
  const rows = useSignal<TableRows>("years");
  const withBase = useSignal(false);
  const sheet = useComputed(() => sheetOf(page, { rows: rows.value, withBase: withBase.value })).value;
  return (
    <section class="table" aria-labelledby="table-heading">
      <h3 id="table-heading">{page.say.value("table")}</h3>
      <TableWishes rows={rows} withBase={withBase} sheet={sheet} />
      <SheetView sheet={sheet} />
    </section>
  );
}

interface Wishes {
  rows: Signal<TableRows>;
  withBase: Signal<boolean>;
  sheet: Sheet;
}

function TableWishes({ rows, withBase, sheet }: Wishes) {
  const page = usePage();
  const { say, area, view } = page;
  const words = say.value;
  const options = [
    { value: "years", label: words("table years", { area: area.value }) },
    { value: "places", label: words("table places", { year: view.value.year }) },
  ];
  return (
    <div class="wishes">
      <Select
        label={words("table rows")}
        value={rows.value}
        options={options}
        onPick={(value) => (rows.value = value as TableRows)}
      />
      <label class="tick">
        <input
          type="checkbox"
          checked={withBase.value}
          onChange={(event) => (withBase.value = event.currentTarget.checked)}
        />{" "}
        {words("table with base")}
      </label>
      <button type="button" onClick={() => saveSheet(page, sheet)}>
        {words("table csv")}
      </button>
    </div>
  );
}

function saveSheet({ session, names, say, meta, language }: Page, sheet: Sheet): void {
  const changes = changesInWords(session.scenario.value.changes, names.value).join("; ");
  const note = say.value("csv note", { version: meta.version, base: meta.base.title[language.value], changes });
  saveCsv(csvRows(sheet, note), fileName(sheet.caption, "csv"), language.value);
}

function SheetView({ sheet }: { sheet: Sheet }) {
  const numbers = numbersOf(usePage().language.value);
  return (
    <div class="scroll tall" tabIndex={0} role="region" aria-labelledby="table-caption">
      <table class="numbers">
        <caption id="table-caption">{sheet.caption}</caption>
        <thead>
          <tr>
            {sheet.head.map((label, at) => (
              <th scope="col" key={at}>
                {label}
                {sheet.units[at] ? <span class="unit">{sheet.units[at]}</span> : null}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {sheet.rows.map((row) => (
            <tr key={row.label}>
              <th scope="row">{row.label}</th>
              {row.values.map((value, at) => (
                <td key={at}>{Number.isFinite(value) ? numbers.round(value, sheet.decimals[at]) : "–"}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
