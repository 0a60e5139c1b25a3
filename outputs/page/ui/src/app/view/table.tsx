/** The table, and the way to take it along. */

import { useComputed, useSignal } from "@preact/signals";
import { fileName } from "../io/toml-out.ts";
import { changesInWords } from "../words/change.ts";
import { withDecimals } from "../words/numbers.ts";
import { saveCsv } from "./files.ts";
import { usePage } from "./page.ts";
import { Select } from "./select.tsx";
import { csvRows, sheetOf, type TableRows } from "./table-data.ts";

export function Table() {
  const page = usePage();
  const { say, language, area, view, meta, names, session } = page;
  const words = say.value;
  const rows = useSignal<TableRows>("years");
  const withBase = useSignal(false);
  const sheet = useComputed(() => sheetOf(page, { rows: rows.value, withBase: withBase.value })).value;
  const save = (): void => {
    const changes = changesInWords(session.scenario.value.changes, names.value).join("; ");
    const note = words("csv note", { version: meta.version, base: meta.base.title[language.value], changes });
    saveCsv(csvRows(sheet, note), fileName(sheet.caption, "csv"), language.value);
  };
  return (
    <section class="table" aria-labelledby="table-heading">
      <h3 id="table-heading">{words("table")}</h3>
      <div class="wishes">
        <Select
          label={words("table rows")}
          value={rows.value}
          options={[
            { value: "years", label: words("table years", { area: area.value }) },
            { value: "places", label: words("table places", { year: view.value.year }) },
          ]}
          onPick={(value) => (rows.value = value as TableRows)}
        />
        <label class="tick">
          <input type="checkbox" checked={withBase.value} onChange={(event) => (withBase.value = event.currentTarget.checked)} /> {words("table with base")}
        </label>
        <button type="button" onClick={save}>
          {words("table csv")}
        </button>
      </div>
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
                  <td key={at}>{Number.isFinite(value) ? withDecimals(value, sheet.decimals[at], language.value) : "–"}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
