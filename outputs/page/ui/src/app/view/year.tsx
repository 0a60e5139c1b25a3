/** The year of map, ages, table and reasons. */

import { NumberField, RangeField } from "./fields.tsx";
import { usePage } from "./page.ts";
import { Select } from "./select.tsx";

export function YearPick() {
  const { meta, say, store, view } = usePage();
  const words = say.value;
  const field = {
    low: meta.start,
    high: meta.until,
    step: 1,
    value: Math.max(meta.start, Math.min(meta.until, view.value.year)),
    onMove: (year: number) => store.send({ do: "view", view: { year } }),
    onRest: () => undefined,
  };
  return (
    <div class="year-pick">
      <IndicatorPick />
      <div class="pick">
        <label for="year-range">{words("year")}</label>
        <span class="lever-fields">
          <RangeField id="year-range" {...field} words={String(field.value)} />
          <NumberField {...field} whole label={words("year")} />
        </span>
      </div>
    </div>
  );
}

function IndicatorPick() {
  const { meta, say, store, view, language } = usePage();
  return (
    <Select
      label={say.value("indicator")}
      value={view.value.indicator}
      options={meta.indicators.map((each) => ({ value: each.key, label: each.label[language.value] }))}
      onPick={(indicator) => store.send({ do: "view", view: { indicator } })}
    />
  );
}
