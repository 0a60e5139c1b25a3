/** The numbers of each chart as rows, for its table and the download. */

import type { LineChartProps, MapChartProps, PyramidProps, StackChartProps, TableColumn, TableData, WhyChartProps } from "./props.ts";
import { isNumber } from "./format.ts";
import { inSentence } from "./summary.ts";
import { chartTexts, fill } from "./texts.ts";

type Cell = number | null;

function byYear(years: readonly number[], values: ArrayLike<number | null>): Map<number, Cell> {
  return new Map(years.map((year, at) => [year, isNumber(values[at]) ? values[at] : null]));
}

export function lineTable(props: LineChartProps): TableData {
  const words = chartTexts(props.language, props.texts);
  const columns: TableColumn[] = [{ label: words.year, plain: true }];
  const cells: Map<number, Cell>[] = [];
  const add = (label: string, years: readonly number[], values: ArrayLike<number | null>) => {
    columns.push({ label, decimals: props.decimals, signed: props.signed });
    cells.push(byYear(years, values));
  };
  for (const line of props.series) add(line.label, line.years, line.values);
  for (const band of props.bands ?? []) {
    add(fill(words.low, { label: band.label }), band.years, band.low);
    add(fill(words.high, { label: band.label }), band.years, band.high);
  }
  const years = [...new Set(cells.flatMap((column) => [...column.keys()]))].sort((a, b) => a - b);
  const rows = years.map((year) => [year, ...cells.map((column) => column.get(year) ?? null)]);
  return { caption: `${props.heading} (${props.unit})`, columns, rows };
}

export function stackTable(props: StackChartProps): TableData {
  const words = chartTexts(props.language, props.texts);
  const decimals = props.decimals;
  const based = props.layers.every((layer) => layer.base);
  const columns: TableColumn[] = [{ label: words.year, plain: true }];
  for (const layer of props.layers) {
    columns.push({ label: layer.label, decimals });
    if (based) columns.push({ label: `${layer.label}, ${inSentence(props.baseLabel)}`, decimals });
  }
  columns.push({ label: props.totalLabel, decimals });
  const rows = props.years.map((year, at) => {
    const row: (number | null)[] = [year];
    for (const layer of props.layers) {
      row.push(layer.values[at]);
      if (based) row.push(layer.base?.[at] ?? null);
    }
    row.push(props.layers.reduce((sum, layer) => sum + layer.values[at], 0));
    return row;
  });
  return { caption: `${props.heading} (${props.unit})`, columns, rows };
}

export function pyramidTable(props: PyramidProps): TableData {
  const words = chartTexts(props.language, props.texts);
  const decimals = props.decimals ?? 0;
  const base = props.base;
  const columns: TableColumn[] = [{ label: words.ages }];
  for (const run of base ? [props.scenarioLabel, base.label] : [props.scenarioLabel]) {
    const named = inSentence(run);
    columns.push({ label: `${words.women}, ${named}`, decimals }, { label: `${words.men}, ${named}`, decimals });
  }
  const rows = props.groups.map((group, at) => {
    const row: (string | number)[] = [group, props.women[at], props.men[at]];
    return base ? [...row, base.women[at], base.men[at]] : row;
  });
  return { caption: `${props.heading}, ${props.area} ${props.year} (${props.unit})`, columns, rows };
}

export function mapTable(props: MapChartProps): TableData {
  const words = chartTexts(props.language, props.texts);
  const decimals = props.decimals;
  const columns: TableColumn[] = [{ label: words.place }, { label: String(props.year), decimals, signed: props.signed }];
  if (props.base) columns.push({ label: words.difference, decimals, signed: true });
  const rows = props.places.map((place, at) => {
    const value = props.values[at];
    const before = props.base?.[at];
    const row: (string | number | null)[] = [place.name, isNumber(value) ? value : null];
    if (props.base) row.push(isNumber(value) && isNumber(before) ? value - before : null);
    return row;
  });
  return { caption: `${props.heading}, ${props.year} (${props.unit})`, columns, rows };
}

export function whyTable(props: WhyChartProps): TableData {
  const words = chartTexts(props.language, props.texts);
  const columns: TableColumn[] = [{ label: words.change }, { label: `${words.share} (${props.unit})`, decimals: props.decimals, signed: true }];
  const rows = [...props.bars, props.total].map((bar) => [bar.label, bar.value]);
  return { caption: props.heading, columns, rows };
}
