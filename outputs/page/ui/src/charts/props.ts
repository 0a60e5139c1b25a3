/** What the page gives to the charts. */

import type { Area, Language } from "../shared/protocol.ts";
import type { ChartTexts } from "./texts.ts";

/** A chart's numbers as a table: for reading, and for the download. Numbers are unrounded; null: no value. */
export interface TableData {
  caption: string;
  columns: TableColumn[];
  rows: (string | number | null)[][];
}

export interface TableColumn {
  label: string;
  /** Decimals of numbers; text columns leave it out. Years have `plain`: no thousands separator. */
  decimals?: number;
  plain?: boolean;
  /** With a plus where it is more than nothing. */
  signed?: boolean;
}

/** Common to all charts. */
export interface FigureProps {
  /** Unique in the page: ids of the parts are made from it. */
  id: string;
  heading: string;
  /** Level of the heading; 3 where left out. */
  level?: 2 | 3 | 4;
  /** What the chart shows, in a sentence: the description of the picture. */
  description: string;
  language: Language;
  /** Replaces words of the charts' own. */
  texts?: Partial<ChartTexts>;
  /** Sentences under the chart; made from the data where left out. An empty string: none. */
  summary?: string;
  /** Gives a button that downloads the numbers. */
  onTable?: (table: TableData) => void;
  /** Source or caveat, small under the summary. */
  note?: string;
}

/** Tells pattern and weight of the line: the scenario is whole and thick, the base dashed, the compared dotted, history dots. */
export type Role = "scenario" | "base" | "compare" | "observed";

/** Colour and marker of a series or layer; without it the role decides. */
export type Hue = 0 | 1 | 2 | 3 | 4 | 5;

export interface Series {
  key: string;
  role: Role;
  /** As it stands in legend and table: "Scenariot", "Utan ändringar". */
  label: string;
  /** At the end of the line; the label where left out. */
  short?: string;
  /** In the middle of a sentence: "utan ändringar"; the label where left out. */
  said?: string;
  hue?: Hue;
  years: readonly number[];
  values: ArrayLike<number | null>;
}

export interface Band {
  key: string;
  /** "8 av 10 körningar" */
  label: string;
  /** 10–90 is wide, 25–75 is narrow. */
  width: "wide" | "narrow";
  role: Role;
  years: readonly number[];
  low: ArrayLike<number>;
  high: ArrayLike<number>;
  /** False while members are still being run: drawn lighter. */
  done?: boolean;
}

export interface YearControl {
  year: number;
  /** Without it the year is only marked. */
  onYear?: (year: number) => void;
}

export interface LineChartProps extends FigureProps, Partial<YearControl> {
  series: readonly Series[];
  bands?: readonly Band[];
  target?: { value: number; label: string };
  /** "personer", "tusen kronor per invånare" */
  unit: string;
  decimals: number;
  /** The axis shows zero. */
  zero?: boolean;
  /** A signed number in tables and read-outs: +1 200. */
  signed?: boolean;
  /** The axis is settled anew when this changes (area, indicator, base year); otherwise it keeps still. */
  axisKey?: string;
  /** Ratio of height to width in wide rooms; 0.5 where left out. */
  aspect?: number;
}

export interface Layer {
  key: string;
  label: string;
  short?: string;
  hue?: Hue;
  values: ArrayLike<number>;
  /** The same layer of the base run, for table and summary. */
  base?: ArrayLike<number>;
}

export interface StackChartProps extends FigureProps, Partial<YearControl> {
  years: readonly number[];
  /** From the bottom. */
  layers: readonly Layer[];
  /** What the layers add up to: "Jobb". */
  totalLabel: string;
  /** Name of the outline: "Utan ändringar". Drawn when every layer has a base, or when baseTotal is given. */
  baseLabel: string;
  baseTotal?: ArrayLike<number>;
  unit: string;
  decimals: number;
  axisKey?: string;
  aspect?: number;
}

export interface PyramidProps extends FigureProps {
  year: number;
  area: string;
  /** "0–4", … "100+" */
  groups: readonly string[];
  /** By age group. */
  women: ArrayLike<number>;
  men: ArrayLike<number>;
  base?: { women: ArrayLike<number>; men: ArrayLike<number>; label: string };
  scenarioLabel: string;
  unit: string;
  decimals?: number;
  axisKey?: string;
}

export interface MapPlace {
  code: string;
  name: string;
}

export interface MapScale {
  /** Diverging: around `middle` (0 where left out). */
  kind: "sequential" | "diverging";
  middle?: number;
  /** Limits between the classes, rising; made from the values and kept still while they fit, where left out. */
  limits?: readonly number[];
}

export interface MapChartProps extends FigureProps {
  viewBox: string;
  paths: readonly string[];
  points: readonly [number, number][];
  places: readonly MapPlace[];
  /** In the order of places; null or NaN: no value. */
  values: ArrayLike<number | null>;
  /** Values of the base run, for table and read-out. */
  base?: ArrayLike<number | null>;
  scale: MapScale;
  unit: string;
  decimals: number;
  signed?: boolean;
  year: number;
  /** "place:2584" is outlined; other areas are not marked unless `inside` is given. */
  selected: Area;
  /** Municipalities of the chosen area, when it is more than one: codes. */
  inside?: readonly string[];
  onSelect?: (area: Area) => void;
  axisKey?: string;
}

export interface Bar {
  key: string;
  label: string;
  value: number;
}

/** Each change's part of a difference, and the whole. */
export interface WhyChartProps extends FigureProps {
  bars: readonly Bar[];
  /** The whole difference, drawn last. */
  total: { label: string; value: number };
  unit: string;
  decimals: number;
  /** False while it is still being worked out: drawn lighter. */
  done?: boolean;
}

export interface DataColumn {
  key: string;
  label: string;
  unit: string;
  decimals: number;
}

export interface DataRow {
  /** An area: "place:2584". */
  area: Area;
  label: string;
  /** By column; null or NaN: no value. */
  values: ArrayLike<number | null>;
  base?: ArrayLike<number | null>;
}

export interface DataTableProps {
  id: string;
  caption: string;
  language: Language;
  texts?: Partial<ChartTexts>;
  /** Head of the first column: "Kommun". */
  placeLabel: string;
  columns: readonly DataColumn[];
  rows: readonly DataRow[];
  /** Sums or means that stand last, whatever the order. */
  total?: DataRow;
  /** Shows the difference to the base beside each value. */
  difference?: boolean;
  selected?: Area;
  onSelect?: (area: Area) => void;
  onTable?: (table: TableData) => void;
}

export interface SparkProps {
  values: ArrayLike<number>;
  base?: ArrayLike<number>;
  role?: Role;
}
