/** The charts over the years, each from the runs and the chosen area. */

import { useComputed } from "@preact/signals";
import type { Indicator, Language, Quantiles, RunResult } from "../../shared/protocol.ts";
import { seriesOf, variablesOf } from "../../shared/indicators.ts";
import {
  LineChart,
  Pyramid,
  StackChart,
  type Band,
  type Layer,
  type Series,
  type TableData,
} from "../../charts/index.ts";
import type { CsvCell } from "../io/csv.ts";
import { fileName } from "../io/toml-out.ts";
import type { Key } from "../texts/index.ts";
import { entered, percent, signed } from "../words/numbers.ts";
import { PEOPLE, countedAt, newResidents, observedSum, startOf } from "../words/people.ts";
import { saveCsv } from "./files.ts";
import { usePage, type Page } from "./page.ts";

const OUTER = { low: 0, high: 4 };
const INNER = { low: 1, high: 3 };
const AGE_YEARS = 5;
const AGE_GROUPS = 21;
const SEXES = 2;
const PER_CENT = 100;
/** Hues that stay the same from chart to chart. */
const HUES = { first: 0, second: 1 } as const;

/** What every chart hands over when its numbers are asked for. */
export function tableSaver(page: Page): (table: TableData) => void {
  return (table) => {
    const rows: CsvCell[][] = [[table.caption], table.columns.map((column) => column.label), ...table.rows];
    saveCsv(rows, fileName(table.caption, "csv"), page.language.peek());
  };
}

function useSaver(): (table: TableData) => void {
  const page = usePage();
  return useComputed(() => tableSaver(page)).value;
}

/** The new residents against the target, with band, history and the scenario compared with. */
export function NewFigure() {
  const page = usePage();
  const { say, language, doc, area, isRegion, view, meta } = page;
  const words = say.value;
  const { baseYear, target, horizon } = doc.value;
  const series = useComputed(() => newSeries(page)).value;
  const bands = useComputed(() => bandsOf(page)).value;
  const note = useComputed(() => bandWords(page)).value;
  const goal = useComputed(() => ({
    value: doc.value.target,
    label: say.value("answer target", { target: entered(doc.value.target, language.value) }),
  })).value;
  const whole = isRegion.value;
  const key: Key = whole ? "chart new text" : "chart new text place";
  return (
    <LineChart
      id="chart-new"
      level={3}
      heading={words("chart new", { base: baseYear })}
      description={words(key, {
        first: meta.observed[PEOPLE]?.years[0] ?? meta.start,
        last: meta.until,
        target: entered(target, language.value),
        area: area.value,
      })}
      language={language.value}
      series={series}
      bands={bands}
      target={whole ? goal : undefined}
      unit={words("persons")}
      decimals={0}
      zero
      signed
      year={horizon}
      axisKey={`${view.value.area} ${baseYear} ${target}`}
      aspect={0.46}
      note={note}
      onTable={useSaver()}
    />
  );
}

function newSeries(page: Page): Series[] {
  const { fresh, session, meta, members, doc, say } = page;
  const words = say.value;
  const { years, scenario, base } = fresh.value;
  const { baseYear } = doc.value;
  const lines: Series[] = [];
  const observed = meta.observed[PEOPLE];
  const start = countedAt(meta, members.value, baseYear);
  if (observed && Number.isFinite(start)) {
    const values = observedSum(observed, members.value).map((people) => (people === null ? null : people - start));
    lines.push({ key: "observed", role: "observed", label: words("observed"), years: observed.years, values });
  }
  lines.push({ key: "base", role: "base", label: words("unchanged"), years, values: base });
  const compared = session.compare.value;
  if (compared)
    lines.push({
      key: "compare",
      role: "compare",
      label: page.compared.value,
      short: words("compared"),
      years,
      values: newResidents(meta, compared.result, members.value, baseYear),
    });
  lines.push({ key: "scenario", role: "scenario", label: words("scenario"), years, values: scenario });
  return lines;
}

/** The band of what is shown: of the scenario once it has been run, or the base's that came with the page. */
function bandOf(page: Page) {
  const { session, view, doc } = page;
  const { changes } = session.scenario.value;
  const found = session.band.value;
  const { area } = view.value;
  if (found && found.wish.changes === changes && found.wish.area === area) return found;
  if (changes.length || area !== "region" || !session.baseBand) return null;
  const { baseYear, target } = doc.value;
  return { quantiles: session.baseBand, done: true, wish: { changes, area, baseYear, target } };
}

function bandsOf(page: Page): Band[] {
  const found = bandOf(page);
  if (!found) return [];
  const { meta, session, members, doc, say } = page;
  const start = startOf(meta, session.base, members.value, doc.value.baseYear);
  const { years, q } = found.quantiles;
  const less = (at: number): Float64Array => q[at].map((people) => people - start);
  const role = found.wish.changes.length ? "scenario" : "base";
  return [
    {
      key: "wide",
      label: say.value("8 of 10"),
      width: "wide",
      role,
      years,
      low: less(OUTER.low),
      high: less(OUTER.high),
      done: found.done,
    },
    {
      key: "narrow",
      label: say.value("5 of 10"),
      width: "narrow",
      role,
      years,
      low: less(INNER.low),
      high: less(INNER.high),
      done: found.done,
    },
  ];
}

/** What the band is, how far it has come, and how often the target is reached. */
function bandWords(page: Page): string {
  const words = page.say.value;
  const found = bandOf(page);
  if (!found) return words("band none");
  const { members, of } = found.quantiles;
  if (!found.done) return `${words("band pending", { done: members, of })} ${words("band not")}`;
  const reached = page.isRegion.value ? reachedWords(page, found.quantiles) : "";
  return [words("band done", { of: members }), middleWords(page, found.quantiles), reached, words("band not")]
    .filter(Boolean)
    .join(" ");
}

const MIDDLE = 2;

function middleWords(page: Page, { q, years }: Quantiles): string {
  const { baseYear, horizon } = page.doc.value;
  const people = q[MIDDLE]?.[years.indexOf(horizon)];
  const start = startOf(page.meta, page.session.base, page.members.value, baseYear);
  if (people === undefined || !Number.isFinite(start)) return "";
  return page.say.value("band middle", { year: horizon, median: signed(people - start, page.language.value) });
}

function reachedWords(
  page: Page,
  { reached, years, members }: { reached?: Float64Array; years: number[]; members: number },
): string {
  const { horizon } = page.doc.value;
  const share = reached?.[years.indexOf(horizon)];
  if (share === undefined) return "";
  const words = page.say.value;
  if (share * members < 1) return words("band reached none", { year: horizon, of: members });
  return words("band reached", { year: horizon, share: percent(Math.round(PER_CENT * share), page.language.value) });
}

const JOBS: readonly string[] = ["jobs_local", "jobs_moved_in", "jobs_commuters", "jobs_nonregistered"];

/** Who holds the jobs, stacked. */
export function JobsFigure() {
  const page = usePage();
  const { meta, session, say, language, area, view } = page;
  const words = say.value;
  const layers = useComputed(() => JOBS.flatMap((key, at) => layerOf(page, key, at))).value;
  const onTable = useSaver();
  if (!layers.length) return null;
  return (
    <StackChart
      id="chart-jobs"
      heading={words("chart jobs")}
      description={words("chart jobs text", { area: area.value })}
      language={language.value}
      years={session.base.years}
      layers={layers}
      totalLabel={words("chart jobs total")}
      baseLabel={words("unchanged")}
      unit={unitOf(meta.indicators, JOBS[0], language.value)}
      year={view.value.year}
      decimals={0}
      axisKey={view.value.area}
      onTable={onTable}
    />
  );
}

function layerOf({ meta, session, members, language, say }: Page, key: string, at: number): Layer[] {
  const indicator = meta.indicators.find((each) => each.key === key);
  if (!indicator || !isThere(indicator, session.base)) return [];
  const values = (run: RunResult): Float64Array => seriesOf(indicator, run, members.value);
  return [
    {
      key,
      label: indicator.label[language.value],
      short: say.value(`short ${key}` as Key),
      hue: at as Layer["hue"],
      values: values(session.scenario.value.result),
      base: values(session.base),
    },
  ];
}

/** Whether a run holds what an indicator is made from. */
export function isThere(indicator: Indicator, run: RunResult): boolean {
  return variablesOf(indicator).every((key) => key in run.values);
}

function unitOf(indicators: readonly Indicator[], key: string, language: Language): string {
  return indicators.find((each) => each.key === key)?.unit[language] ?? "";
}

/** Two quantities that belong together, with and without changes. */
export function PairFigure({ name, first, second }: { name: "present" | "homes"; first: string; second: string }) {
  const page = usePage();
  const { meta, say, language, area, view } = page;
  const words = say.value;
  const series = useComputed(() => pairSeries(page, first, second)).value;
  const onTable = useSaver();
  if (!series.length) return null;
  return (
    <LineChart
      id={`chart-${name}`}
      heading={words(`chart ${name}`)}
      description={words(`chart ${name} text`, { area: area.value })}
      language={language.value}
      series={series}
      unit={unitOf(meta.indicators, first, language.value)}
      year={view.value.year}
      decimals={0}
      axisKey={view.value.area}
      onTable={onTable}
    />
  );
}

function pairSeries(page: Page, first: string, second: string): Series[] {
  const { meta, session, members, say, language } = page;
  const pair = [first, second].map((key) => meta.indicators.find((each) => each.key === key));
  if (!pair.every((each) => each && isThere(each, session.base))) return [];
  return (pair as Indicator[]).flatMap((indicator, at): Series[] => {
    const hue = at === 0 ? HUES.first : HUES.second;
    const label = indicator.label[language.value];
    const values = (run: RunResult): Float64Array => seriesOf(indicator, run, members.value);
    return [
      {
        key: `${indicator.key} base`,
        role: "base",
        hue,
        label: say.value("table base", { label }),
        short: "",
        years: session.base.years,
        values: values(session.base),
      },
      {
        key: indicator.key,
        role: "scenario",
        hue,
        label,
        years: session.base.years,
        values: values(session.scenario.value.result),
      },
    ];
  });
}

/** One indicator over the years: a fixed one, or the one chosen for map and table. */
export function IndicatorFigure({ name }: { name: string | null }) {
  const page = usePage();
  const { meta, session, say, language, area, view, indicator } = page;
  const chosen = useComputed(() =>
    name === null ? indicator.value : meta.indicators.find((each) => each.key === name),
  );
  const series = useComputed(() => (chosen.value ? indicatorSeries(page, chosen.value) : [])).value;
  const onTable = useSaver();
  const shown = chosen.value;
  if (!shown || !isThere(shown, session.base)) return null;
  const label = shown.label[language.value];
  return (
    <LineChart
      id={`chart-${name ?? "chosen"}`}
      heading={label}
      description={say.value("chart text", { label, area: area.value })}
      language={language.value}
      series={series}
      unit={shown.unit[language.value]}
      decimals={shown.decimals}
      year={view.value.year}
      axisKey={`${shown.key} ${view.value.area}`}
      note={shown.meaning[language.value]}
      onTable={onTable}
    />
  );
}

function indicatorSeries(page: Page, indicator: Indicator): Series[] {
  const { meta, session, members, say } = page;
  if (!isThere(indicator, session.base)) return [];
  const words = say.value;
  const values = (run: RunResult): Float64Array => seriesOf(indicator, run, members.value);
  const { years } = session.base;
  const lines: Series[] = [];
  const observed = meta.observed[indicator.key];
  const additive = indicator.per === undefined && indicator.weight === undefined;
  if (observed && (additive || members.value.length === 1)) {
    lines.push({
      key: "observed",
      role: "observed",
      label: words("observed"),
      years: observed.years,
      values: observedSum(observed, members.value),
    });
  }
  lines.push({ key: "base", role: "base", label: words("unchanged"), years, values: values(session.base) });
  const compared = session.compare.value;
  if (compared)
    lines.push({
      key: "compare",
      role: "compare",
      label: page.compared.value,
      short: words("compared"),
      years,
      values: values(compared.result),
    });
  lines.push({
    key: "scenario",
    role: "scenario",
    label: words("scenario"),
    years,
    values: values(session.scenario.value.result),
  });
  return lines;
}

const GROUPS: readonly string[] = Array.from({ length: AGE_GROUPS }, (_, at) =>
  at === AGE_GROUPS - 1 ? `${at * AGE_YEARS}+` : `${at * AGE_YEARS}–${at * AGE_YEARS + AGE_YEARS - 1}`,
);

/** People by age and sex in the chosen year. */
export function AgesFigure() {
  const page = usePage();
  const { session, members, say, language, area, view, meta } = page;
  const words = say.value;
  const year = Math.max(meta.start, view.value.year);
  const ages = useComputed(() => {
    const at = Math.max(0, session.base.years.indexOf(Math.max(meta.start, view.value.year)));
    const count = (run: RunResult) => agesOf(run, at, members.value, meta.places.length);
    return {
      now: count(session.scenario.value.result),
      base: { ...count(session.base), label: say.value("unchanged") },
    };
  }).value;
  return (
    <Pyramid
      id="chart-ages"
      heading={words("chart ages")}
      description={words("chart ages text", { area: area.value, year })}
      language={language.value}
      year={year}
      area={area.value}
      groups={GROUPS}
      women={ages.now.women}
      men={ages.now.men}
      base={ages.base}
      scenarioLabel={words("scenario")}
      unit={words("persons")}
      decimals={0}
      axisKey={view.value.area}
      onTable={useSaver()}
    />
  );
}

/** Women and men by age group; women stand first in the run. */
function agesOf(
  run: RunResult,
  year: number,
  members: readonly number[],
  places: number,
): { women: Float64Array; men: Float64Array } {
  const [women, men] = Array.from({ length: SEXES }, (_, sex) =>
    Float64Array.from({ length: AGE_GROUPS }, (_, group) => {
      const begin = ((year * SEXES + sex) * AGE_GROUPS + group) * places;
      let total = 0;
      for (const place of members) total += run.ages[begin + place];
      return total;
    }),
  );
  return { women, men };
}
