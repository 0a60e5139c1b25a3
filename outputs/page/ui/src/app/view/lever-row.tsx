/** One lever: range and number together, what it is today, and, on wish, source, time and reset. */

import { useComputed } from "@preact/signals";
import type { Change, Lever } from "../../shared/protocol.ts";
import {
  FIRST_YEAR,
  RAMP_YEARS,
  changeOf,
  othersWithin,
  withLever,
  withTiming,
  withoutLever,
  type Timing,
} from "../state/changes.ts";
import type { Scope } from "../state/types.ts";
import type { Key } from "../texts/index.ts";
import { isCalendarYear, withUnit } from "../words/change.ts";
import { entered, keptOf, shownOf } from "../words/numbers.ts";
import { NumberField, RangeField } from "./fields.tsx";
import { usePage, type Page } from "./page.ts";

/** Places that a lever acts in: one number for the whole region has no places. */
function scopeOf(page: Page, lever: Lever): Scope {
  return lever.dims.includes("municipality") ? page.view.value.scope : null;
}

function newChange(lever: Lever, number: number): Change {
  const change: Change = { kind: lever.kind, name: lever.name, way: "value", number };
  return lever.kind === "lever" ? { ...change, from: FIRST_YEAR, ramp: RAMP_YEARS } : change;
}

export function LeverRow({ lever }: { lever: Lever }) {
  const page = usePage();
  const scope = useComputed(() => scopeOf(page, lever));
  const change = useComputed(() => changeOf(page.changes.value, lever.name, scope.value));
  const others = useComputed(() => othersWithin(page.changes.value, lever.name, scope.value).length > 0);
  const { store, meta } = page;
  const places = meta.places.map((place) => place.code);
  const language = page.language.value;
  const words = page.say.value;
  const gesture = `lever ${lever.name}`;

  const move = (shown: number): void => {
    const number = keptOf(shown, lever.shown);
    const before = changeOf(page.changes.peek(), lever.name, scope.peek());
    const next = before ? { ...before, number } : newChange(lever, number);
    store.send({ do: "edit", gesture, doc: { changes: withLever(page.changes.peek(), next, scope.peek(), places) } });
  };
  const reset = (): void =>
    store.send({ do: "edit", doc: { changes: withoutLever(page.changes.peek(), lever.name, scope.peek(), places) } });

  const number = change.value?.number ?? lever.today;
  const [low, high] = (change.value?.range ?? lever.range).map((end) => shownOf(end, lever.shown));
  const label = lever.label[language];
  const field = {
    low,
    high,
    step: shownOf(lever.step, lever.shown),
    value: shownOf(number, lever.shown),
    onMove: move,
    onRest: () => store.send({ do: "rest" }),
  };
  const id = `lever-${lever.name.replace(/\W+/g, "-")}`;
  return (
    <div class={`lever ${change.value || others.value ? "is-changed" : ""}`}>
      <div class="lever-head">
        <label for={id}>{label}</label>
        {change.value || others.value ? (
          <button type="button" class="plain" onClick={reset} aria-label={words("lever reset", { name: label })}>
            {words("lever reset short")}
          </button>
        ) : null}
      </div>
      <div class="lever-fields">
        <RangeField id={id} {...field} describedBy={`${id}-today`} words={withUnit(number, lever, language)} />
        <NumberField
          {...field}
          label={words("lever number", { name: label })}
          unit={isCalendarYear(lever) ? undefined : lever.unitLabel[language]}
        />
      </div>
      {others.value ? <p class="hint">{words("lever other")}</p> : null}
      <LeverDetails lever={lever} change={change.value} todayId={`${id}-today`} />
    </div>
  );
}

function LeverDetails({ lever, change, todayId }: { lever: Lever; change: Change | undefined; todayId: string }) {
  const { say, language } = usePage();
  const words = say.value;
  const source = lever.source[language.value];
  const [low, high] = lever.range.map((end) =>
    isCalendarYear(lever) ? String(end) : entered(shownOf(end, lever.shown), language.value),
  );
  const foreign = language.value === "sv" && lever.source.sv === lever.source.en;
  return (
    <details class="lever-details">
      <summary>
        <span id={todayId}>
          {words("lever today", { value: withUnit(lever.today, lever, language.value) })}{" "}
          <span class="lever-span">({words("lever range", { low, high })})</span>
        </span>{" "}
        <span class="more">{words("lever details")}</span>
      </summary>
      <p>{lever.meaning[language.value]}</p>
      {source ? <p lang={foreign ? "en" : undefined}>{words("lever source", { source })}</p> : null}
      {/^[ABCD]$/.test(lever.quality) ? (
        <p>{words("lever quality", { quality: words(`quality ${lever.quality}` as Key) })}</p>
      ) : null}
      {lever.kind === "assumption" ? (
        <p>{words("whole run")}</p>
      ) : change ? (
        <TimeFields change={change} name={lever.label[language.value]} />
      ) : null}
    </details>
  );
}

/** From when, for how long, and how fast a change comes into force. */
export function TimeFields({ change, name }: { change: Change; name: string }) {
  const { store, changes, say, meta } = usePage();
  const words = say.value;
  const set = (timing: Timing): void =>
    store.send({ do: "edit", doc: { changes: withTiming(changes.peek(), change, timing) } });
  const years = { low: meta.start + 1, high: meta.until, step: 1, onRest: () => undefined };
  const from = change.from ?? meta.start + 1;
  return (
    <div class="times" role="group" aria-label={name}>
      <NumberField {...years} visible label={words("lever from")} value={from} onMove={(year) => set({ from: year })} />
      <NumberField
        {...years}
        visible
        low={0}
        high={meta.until - meta.start}
        step={0.5}
        label={words("lever ramp")}
        value={change.ramp ?? 0}
        onMove={(ramp) => set({ ramp })}
      />
      <NumberField
        {...years}
        visible
        whole
        low={Math.ceil(from)}
        label={words("lever until")}
        value={change.until ?? null}
        onMove={(until) => set({ until })}
        onEmpty={() => set({ until: undefined })}
      />
    </div>
  );
}
