/** All municipalities and indicators of a year, sorted by any column; scrolls in a room of its own. */

import { useCallback, useMemo, useState } from "preact/hooks";
import { isNumber, numbersOf } from "./format.ts";
import { memo } from "./memo.ts";
import type { DataColumn, DataRow, DataTableProps, TableColumn, TableData } from "./props.ts";
import { BY_NAME, nextOrder, sortRows, type Order } from "./sorting.ts";
import { chartTexts, fill, type ChartTexts } from "./texts.ts";

/** The table for the download, in the order shown; differences stand in columns of their own. */
export function dataRows(props: DataTableProps, rows: readonly DataRow[]): TableData {
  const words = chartTexts(props.language, props.texts);
  const columns: TableColumn[] = [{ label: props.placeLabel }];
  for (const column of props.columns) {
    const label = `${column.label} (${column.unit})`;
    columns.push({ label, decimals: column.decimals });
    if (props.difference) columns.push({ label: `${label}, ${words.difference}`, decimals: column.decimals, signed: true });
  }
  const all = props.total ? [...rows, props.total] : rows;
  const cells = all.map((row) => [row.label, ...props.columns.flatMap((_, at) => pair(row, at, props.difference ?? false))]);
  return { caption: props.caption, columns, rows: cells };
}

function pair(row: DataRow, at: number, difference: boolean): (number | null)[] {
  const [value, base] = [row.values[at], row.base?.[at]];
  const shown = isNumber(value) ? value : null;
  if (!difference) return [shown];
  return [shown, shown !== null && isNumber(base) ? shown - base : null];
}

interface HeadProps {
  label: string;
  unit?: string;
  column: number;
  order: Order;
  onOrder: (column: number) => void;
  words: ChartTexts;
}

function Head({ label, unit, column, order, onOrder, words }: HeadProps) {
  const sorted = order.column === column;
  return (
    <th scope="col" aria-sort={sorted ? order.direction : undefined} class={column < 0 ? "" : "chart-number"}>
      <button type="button" class="chart-sort" title={fill(words.sortBy, { label: label.toLowerCase() })} onClick={() => onOrder(column)}>
        {`${label}\u00a0`}
        <span class={`chart-arrow ${sorted ? order.direction : ""}`} aria-hidden="true" />
        {unit ? <span class="chart-unit">{unit}</span> : null}
      </button>
    </th>
  );
}

interface RowProps {
  row: DataRow;
  columns: readonly DataColumn[];
  table: DataTableProps;
}

function Cells({ row, columns, table }: RowProps) {
  const numbers = numbersOf(table.language);
  const words = chartTexts(table.language, table.texts);
  return (
    <>
      {columns.map((column, at) => {
        const [value, change] = pair(row, at, table.difference ?? false);
        return (
          <td key={column.key} class="chart-number">
            {value === null ? words.notShown : numbers.exact(value, column.decimals)}
            {isNumber(change) ? <span class="chart-change">{numbers.exact(change, column.decimals, true)}</span> : null}
          </td>
        );
      })}
    </>
  );
}

function Row({ row, columns, table }: RowProps) {
  const chosen = row.area === table.selected;
  const onSelect = table.onSelect;
  return (
    <tr class={chosen ? "is-chosen" : ""}>
      <th scope="row">
        {onSelect ? (
          <button type="button" class="chart-pick" aria-pressed={chosen} onClick={() => onSelect(chosen ? "region" : row.area)}>
            {row.label}
          </button>
        ) : (
          row.label
        )}
      </th>
      <Cells row={row} columns={columns} table={table} />
    </tr>
  );
}

export const DataTable = memo(function DataTable(props: DataTableProps) {
  const [order, setOrder] = useState<Order>(BY_NAME);
  const words = chartTexts(props.language, props.texts);
  const rows = useMemo(() => sortRows(props.rows, order, props.language), [props.rows, order, props.language]);
  const onOrder = useCallback((column: number) => setOrder((before) => nextOrder(before, column)), []);
  const { onTable } = props;
  const head = { order, onOrder, words };
  return (
    <div class="chart-data-table">
      <div class="chart-scroll is-tall" role="region" tabIndex={0} aria-labelledby={`${props.id}-caption`}>
        <table class="chart-table" id={props.id}>
          <caption id={`${props.id}-caption`}>{props.caption}</caption>
          <thead>
            <tr>
              <Head label={props.placeLabel} column={-1} {...head} />
              {props.columns.map((column, at) => (
                <Head key={column.key} label={column.label} unit={column.unit} column={at} {...head} />
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <Row key={row.area} row={row} columns={props.columns} table={props} />
            ))}
          </tbody>
          {props.total ? (
            <tfoot>
              <tr>
                <th scope="row">{props.total.label}</th>
                <Cells row={props.total} columns={props.columns} table={props} />
              </tr>
            </tfoot>
          ) : null}
        </table>
      </div>
      {onTable ? (
        <button type="button" class="chart-button" aria-describedby={`${props.id}-caption`} onClick={() => onTable(dataRows(props, rows))}>
          {words.download}
        </button>
      ) : null}
    </div>
  );
});
