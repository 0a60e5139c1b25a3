/** The map of the municipalities: an indicator in a year, or how far it is from without changes. */

import { useComputed, useSignal } from "@preact/signals";
import { MapChart, type MapScale } from "../../charts/index.ts";
import { valuesByPlace } from "../../shared/indicators.ts";
import { isThere, tableSaver } from "./figures.tsx";
import { usePage } from "./page.ts";
import { Select } from "./select.tsx";

const VALUE = "value";
const CHANGE = "change";
const SEQUENTIAL: MapScale = { kind: "sequential" };
const DIVERGING: MapScale = { kind: "diverging", middle: 0 };
/** Indicators that go below zero and are read around it. */
const AROUND_ZERO: readonly string[] = ["net_migration", "municipal_result"];

export function MapFigure() {
  const page = usePage();
  const { meta, session, say, language, view, indicator, store, members } = page;
  const shows = useSignal(VALUE);
  const words = say.value;
  const year = Math.max(meta.start, Math.min(meta.until, view.value.year));
  const values = useComputed(() => {
    const at = session.base.years.indexOf(Math.max(meta.start, Math.min(meta.until, view.value.year)));
    if (!isThere(indicator.value, session.base)) return null;
    const now = valuesByPlace(indicator.value, session.scenario.value.result, at);
    const base = valuesByPlace(indicator.value, session.base, at);
    return shows.value === CHANGE ? { now: now.map((value, place) => value - base[place]), base: undefined } : { now, base };
  }).value;
  const inside = useComputed(() => (members.value.length === meta.places.length ? undefined : members.value.map((at) => meta.places[at].code))).value;
  const onTable = useComputed(() => tableSaver(page)).value;
  const select = useComputed(() => (area: string) => store.send({ do: "view", view: { area } })).value;
  if (!values) return null;
  const label = indicator.value.label[language.value];
  const change = shows.value === CHANGE;
  return (
    <>
      <Select
        className="map-shows"
        label={words("map shows")}
        value={shows.value}
        options={[
          { value: VALUE, label: words("map value") },
          { value: CHANGE, label: words("map change") },
        ]}
        onPick={(value) => (shows.value = value)}
      />
      <MapChart
        id="chart-map"
        heading={change ? words("chart map difference", { label }) : label}
        description={words("chart map text", { label, year })}
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
    </>
  );
}
