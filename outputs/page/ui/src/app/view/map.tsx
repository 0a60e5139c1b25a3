/** The map of the municipalities: an indicator in a year, or how far it is from without changes. */

import { useComputed, useSignal, type Signal } from "@preact/signals";
import { MapChart, type MapScale } from "../../charts/index.ts";
import { valuesByPlace } from "../../shared/indicators.ts";
import { isThere, tableSaver } from "./figures.tsx";
import { usePage, type Page } from "./page.ts";
import { Select } from "./select.tsx";

const VALUE = "value";
const CHANGE = "change";
const SEQUENTIAL: MapScale = { kind: "sequential" };
const DIVERGING: MapScale = { kind: "diverging", middle: 0 };
/** Indicators that go below zero and are read around it. */
const AROUND_ZERO: readonly string[] = ["net_migration", "municipal_result"];

export function MapFigure() {
  const page = usePage();
  const shows = useSignal(VALUE);
  const words = page.say.value;
  const options = [
    { value: VALUE, label: words("map value") },
    { value: CHANGE, label: words("map change") },
  ];
  return (
    <>
      <Select
        className="map-shows"
        label={words("map shows")}
        value={shows.value}
        options={options}
        onPick={(value) => (shows.value = value)}
      />
      <MapView shows={shows} />
    </>
  );
}

/** The year among those of the run. */
function yearOf({ meta, view }: Page): number {
  return Math.max(meta.start, Math.min(meta.until, view.value.year));
}

function mapValues(page: Page, shows: string) {
  const { session, indicator } = page;
  if (!isThere(indicator.value, session.base)) return null;
  const at = session.base.years.indexOf(yearOf(page));
  const now = valuesByPlace(indicator.value, session.scenario.value.result, at);
  const base = valuesByPlace(indicator.value, session.base, at);
  return shows === CHANGE ? { now: now.map((value, place) => value - base[place]), base: undefined } : { now, base };
}

function insideOf({ members, meta }: Page): string[] | undefined {
  return members.value.length === meta.places.length ? undefined : members.value.map((at) => meta.places[at].code);
}

function MapView({ shows }: { shows: Signal<string> }) {
  const page = usePage();
  const { meta, say, language, view, indicator, store } = page;
  const values = useComputed(() => mapValues(page, shows.value)).value;
  const inside = useComputed(() => insideOf(page)).value;
  const onTable = useComputed(() => tableSaver(page)).value;
  const select = useComputed(() => (area: string) => store.send({ do: "view", view: { area } })).value;
  if (!values) return null;
  const label = indicator.value.label[language.value];
  const year = yearOf(page);
  const change = shows.value === CHANGE;
  return (
    <MapChart
      id="chart-map"
      heading={change ? say.value("chart map difference", { label }) : label}
      description={say.value("chart map text", { label, year })}
      language={language.value}
      viewBox={meta.map.viewBox}
      paths={meta.map.paths}
      points={meta.map.points}
      places={meta.places}
      values={values.now}
      base={values.base}
      scale={change || AROUND_ZERO.includes(indicator.value.key) ? DIVERGING : SEQUENTIAL}
      unit={indicator.value.unit[language.value]}
      decimals={indicator.value.decimals}
      signed={change}
      year={year}
      selected={view.value.area}
      inside={inside}
      onSelect={select}
      axisKey={`${indicator.value.key} ${shows.value}`}
      note={meta.map.source}
      onTable={onTable}
    />
  );
}
