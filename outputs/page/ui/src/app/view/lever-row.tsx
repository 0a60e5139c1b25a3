/** One lever: range and number together, what it is today, and, on wish, source, time and reset. */

import { useComputed } from "@preact/signals";
import type { Change, Lever } from "../../shared/protocol.ts";
import {
  FIRST_YEAR,
  RAMP_YEARS,
  changeOf,
  coveringOf,
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

/** What a row shows and does: its change here, whether others reach in, and how it is moved and put back. */
function useLever(lever: Lever) {
  const page = usePage();
  const scope = useComputed(() => scopeOf(page, lever));
  const change = useComputed(() => changeOf(page.changes.value, lever.name, scope.value)).value;
  const shown = useComputed(() => coveringOf(page.changes.value, lever.name, scope.value)).value;
  const others = useComputed(() => othersWithin(page.changes.value, lever.name, scope.value).length > 0).value;
  const places = page.meta.places.map((place) => place.code);
  const edit = (changes: Change[], gesture?: string): void =>
    page.store.send({ do: "edit", gesture, doc: { changes } });
  return {
    change,
    others,
    number: shown?.number ?? lever.today,
    range: shown?.range ?? lever.range,
    move(moved: number): void {
      const number = keptOf(moved, lever.shown);
      const before = changeOf(page.changes.peek(), lever.name, scope.peek());
      const next = before ? { ...before, number } : newChange(lever, number);
      edit(withLever(page.changes.peek(), next, scope.peek(), places), `lever ${lever.name}`);
    },
    reset: () => edit(withoutLever(page.changes.peek(), lever.name, scope.peek(), places)),
    rest: () => page.store.send({ do: "rest" }),
  };
}

export function LeverRow({ lever }: { lever: Lever }) {
  const { say, language: tongue, view } = usePage();
  const { change, others, number, range, move, reset, rest } = useLever(lever);
  const words = say.value;
  const language = tongue.value;
  const label = lever.label[language];
  const [low, high] = range.map((end) => shownOf(end, lever.shown));
  const field = {
    low,
    high,
    step: shownOf(lever.step, lever.shown),
    value: shownOf(number, lever.shown),
    onMove: move,
    onRest: rest,
  };
  const id = `lever-${lever.name.replace(/\W+/g, "-")}`;
  const everywhere = view.value.scope !== null && !lever.dims.length;
  return (
    <div class={`lever ${change || others ? "is-changed" : ""}`}>
      <div class="lever-head">
        <label for={id}>{label}</label>
        {change || others ? <ResetButton label={label} onClick={reset} /> : null}
      </div>
      <div class="lever-fields">
        <RangeField id={id} {...field} describedBy={`${id}-today`} words={withUnit(number, lever, language)} />
        <NumberField
          {...field}
          label={words("lever number", { name: label })}
          unit={isCalendarYear(lever) ? undefined : lever.unitLabel[language]}
        />
      </div>
      {others ? <p class="hint">{words("lever other")}</p> : null}
      {everywhere ? <p class="hint">{words("lever everywhere")}</p> : null}
      <LeverDetails lever={lever} change={change} todayId={`${id}-today`} />
    </div>
  );
}

function ResetButton({ label, onClick }: { label: string; onClick: () => void }) {
  const words = usePage().say.value;
  return (
    <button type="button" class="plain" onClick={onClick} aria-label={words("lever reset", { name: label })}>
      {words("lever reset short")}
    </button>
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
