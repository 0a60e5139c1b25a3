/** A table of everything that is shown: the years of an area, or the municipalities in a year. */

import type { Indicator, RunResult } from "../../shared/protocol.ts";
import { seriesOf, valueOf } from "../../shared/indicators.ts";
import type { CsvCell } from "../io/csv.ts";
import { isThere } from "./figures.tsx";
import type { Page } from "./page.ts";

export type TableRows = "years" | "places";

export interface Sheet {
  caption: string;
  head: string[];
  units: string[];
  decimals: number[];
  rows: { label: string; values: number[] }[];
}

export interface SheetWish {
  rows: TableRows;
  withBase: boolean;
}

/** The numbers, unrounded. */
export function sheetOf(page: Page, wish: SheetWish): Sheet {
  const { meta, session, language, say } = page;
  const shown = meta.indicators.filter((each) => isThere(each, session.base));
  const runs = wish.withBase ? [session.scenario.value.result, session.base] : [session.scenario.value.result];
  const columns = shown.flatMap((indicator) => runs.map((run) => ({ indicator, run })));
  const name = (indicator: Indicator, run: RunResult): string => {
    const label = indicator.label[language.value];
    return run === session.base && wish.withBase && run !== runs[0] ? say.value("table base", { label }) : label;
  };
  return {
    caption: captionOf(page, wish.rows),
    head: [
      say.value(wish.rows === "years" ? "year" : "municipality"),
      ...columns.map(({ indicator, run }) => name(indicator, run)),
    ],
    units: ["", ...columns.map(({ indicator }) => indicator.unit[language.value])],
    decimals: columns.map(({ indicator }) => indicator.decimals),
    rows: wish.rows === "years" ? yearRows(page, columns) : placeRows(page, columns),
  };
}

type Column = { indicator: Indicator; run: RunResult };

function captionOf({ area, say, session, view, meta }: Page, rows: TableRows): string {
  const scenario = say.value(session.scenario.value.changes.length ? "scenario title" : "unchanged");
  if (rows === "years") return say.value("table caption years", { area: area.value, scenario });
  return say.value("table caption places", { year: Math.max(meta.start, view.value.year), scenario });
}

function yearRows({ session, members }: Page, columns: readonly Column[]): Sheet["rows"] {
  const series = columns.map(({ indicator, run }) => seriesOf(indicator, run, members.value));
  return session.base.years.map((year, at) => ({ label: String(year), values: series.map((values) => values[at]) }));
}

function placeRows({ session, meta, view, say, language }: Page, columns: readonly Column[]): Sheet["rows"] {
  const at = session.base.years.indexOf(Math.max(meta.start, view.value.year));
  const row = (label: string, members: number[]) => ({
    label,
    values: columns.map(({ indicator, run }) => valueOf(indicator, run, at, members)),
  });
  const order = meta.places
    .map((_, place) => place)
    .sort((one, other) => meta.places[one].name.localeCompare(meta.places[other].name, language.value));
  return [...order.map((place) => row(meta.places[place].name, [place])), row(say.value("total"), order)];
}

/** The table as rows of a file, with a line on top that says what it is. */
export function csvRows(sheet: Sheet, note: string): CsvCell[][] {
  return [
    [sheet.caption],
    [note],
    sheet.head.map((label, at) => (sheet.units[at] ? `${label} (${sheet.units[at]})` : label)),
    ...sheet.rows.map((row): CsvCell[] => [/^\d{4}$/.test(row.label) ? Number(row.label) : row.label, ...row.values]),
  ];
}
