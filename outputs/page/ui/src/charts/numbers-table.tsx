/** A chart's numbers, readable: first column names the row. */

import type { Language } from "../shared/protocol.ts";
import { isNumber, numbersOf } from "./format.ts";
import type { TableColumn, TableData } from "./props.ts";
import { chartTexts } from "./texts.ts";

type Cell = string | number | null;

export function cellText(cell: Cell, column: TableColumn, language: Language): string {
  if (typeof cell === "string") return cell;
  if (!isNumber(cell)) return chartTexts(language).notShown;
  return column.plain ? String(cell) : numbersOf(language).exact(cell, column.decimals ?? 0, column.signed);
}

export function NumbersTable({ id, language, table }: { id: string; language: Language; table: TableData }) {
  return (
    <div class="chart-scroll" role="region" tabIndex={0} aria-labelledby={`${id}-caption`}>
      <table class="chart-table">
        <caption id={`${id}-caption`}>{table.caption}</caption>
        <thead>
          <tr>
            {table.columns.map((column, at) => (
              <th key={at} scope="col" class={at > 0 ? "chart-number" : ""}>
                {column.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rows.map((row, at) => (
            <tr key={at}>
              <th scope="row">{cellText(row[0], table.columns[0], language)}</th>
              {row.slice(1).map((cell, column) => (
                <td key={column} class="chart-number">
                  {cellText(cell, table.columns[column + 1], language)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
