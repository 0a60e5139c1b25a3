/** The answer on top: the question, the number against the target, the sentence, and where and when it holds. */

import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { areaGroups, areaName } from "../../shared/areas.ts";
import { entered, percent, signed, told } from "../words/numbers.ts";
import { countedAt, newResidents } from "../words/people.ts";
import { Compare, Library } from "./library.tsx";
import { Limits } from "./limits.tsx";
import { usePage } from "./page.ts";
import { Select } from "./select.tsx";

/** The first year that new residents can be counted from. */
const FIRST_BASE_YEAR = 2010;
const PER_CENT = 100;

export function Answer() {
  const { say, isRegion, area } = usePage();
  return (
    <section class="answer" aria-labelledby="question">
      <h1 id="question" tabIndex={-1}>
        {say.value("question region")}
        {isRegion.value ? null : <span class="where"> {area.value}</span>}
      </h1>
      <div class="answer-row">
        <Headline />
        <div class="answer-words">
          <Sentence />
          <Limits />
        </div>
      </div>
      <Wishes />
    </section>
  );
}

/** The number, and how far it reaches towards the target. */
function Headline() {
  const { answer, doc, say, language, isRegion } = usePage();
  const words = say.value;
  const { horizon, baseYear, target } = doc.value;
  const value = answer.value.scenario;
  const share = (PER_CENT * value) / target;
  return (
    <div class="headline">
      <p class="headline-number">
        <strong>{told(Math.abs(value), language.value)}</strong>{" "}
        <span>{words(value < 0 ? "answer fewer" : "answer label", { base: baseYear, year: horizon })}</span>
      </p>
      {isRegion.value ? (
        <>
          <Meter share={share} base={(PER_CENT * answer.value.base) / target} />
          <p class="headline-target">
            {words(share > 0 ? "answer share" : "answer target", {
              share: percent(Math.round(share), language.value),
              target: entered(target, language.value),
            })}
          </p>
        </>
      ) : null}
      <Compared />
    </div>
  );
}

/** New residents at the horizon in the scenario compared with. */
function Compared() {
  const { session, meta, members, doc, say, language, compared } = usePage();
  const found = session.compare.value;
  if (!found) return null;
  const { baseYear, horizon } = doc.value;
  const value = newResidents(meta, found.result, members.value, baseYear)[found.result.years.indexOf(horizon)];
  return (
    <p class="headline-target">
      {say.value("answer compare", { title: compared.value, number: signed(value, language.value) })}
    </p>
  );
}

/** The answer in short, always in sight where the page is one column; the sentence above is what is read out. */
export function Sum() {
  const { answer, doc, say, language, session } = usePage();
  const words = say.value;
  const { horizon, baseYear } = doc.value;
  const { scenario, base } = answer.value;
  const difference = Math.round(scenario - base);
  const key = difference === 0 ? "sum same" : difference > 0 ? "sum more" : "sum fewer";
  return (
    <p class="sum" aria-hidden="true">
      <strong>{told(Math.abs(scenario), language.value)}</strong>{" "}
      {words(scenario < 0 ? "answer fewer" : "answer label", { base: baseYear, year: horizon })}
      {session.scenario.value.changes.length ? (
        <span> {words(key, { difference: told(Math.abs(difference), language.value) })}</span>
      ) : null}
    </p>
  );
}

/** A bar against the target; the sentence below it says the same. */
function Meter({ share, base }: { share: number; base: number }) {
  const within = (value: number): number => Math.max(0, Math.min(PER_CENT, value));
  return (
    <svg class="meter" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true" focusable="false">
      <rect class="meter-room" x="0" y="0" width="100" height="8" />
      <rect class="meter-fill" x="0" y="0" width={within(share)} height="8" />
      <rect class="meter-base" x={within(base)} y="0" width="0.6" height="8" />
    </svg>
  );
}

function Sentence() {
  return (
    <p class="sentence">
      {usePage().answer.value.sentence} <Slow />
    </p>
  );
}

/** Milliseconds of running after which it is told that something is going on. */
const PATIENCE = 500;

/** Told only where a run takes long. */
function Slow() {
  const { session, say } = usePage();
  const late = useSignal(false);
  const busy = session.busy.value;
  useEffect(() => {
    if (!busy) return;
    const timer = setTimeout(() => (late.value = true), PATIENCE);
    return () => {
      clearTimeout(timer);
      late.value = false;
    };
  }, [busy]);
  return late.value ? <span class="hint">{say.value("computing")}</span> : null;
}

/** Where, from when, to when, and against what. */
function Wishes() {
  return (
    <div class="wishes">
      <AreaPick />
      <BaseYear />
      <Horizon />
      <Library />
      <Compare />
    </div>
  );
}

function AreaPick() {
  const { meta, language, say, store, view } = usePage();
  const words = say.value;
  const groups = areaGroups(meta.places);
  const option = (area: string) => ({
    value: area,
    label: area === "region" ? words("area region") : areaName(area, meta.places, language.value),
  });
  return (
    <Select
      label={words("area")}
      value={view.value.area}
      options={groups.region.map(option)}
      groups={[
        { label: words("area counties"), options: groups.counties.map(option) },
        { label: words("area fa"), options: groups.labourMarkets.map(option) },
        { label: words("area places"), options: groups.municipalities.map(option) },
      ]}
      onPick={(area) => store.send({ do: "view", view: { area } })}
    />
  );
}

function BaseYear() {
  const { meta, say, store, doc } = usePage();
  const all = meta.places.map((_, at) => at);
  const years = span(FIRST_BASE_YEAR, meta.start).filter(
    (year) => year >= meta.start || Number.isFinite(countedAt(meta, all, year)),
  );
  return (
    <Select
      label={say.value("base year")}
      value={String(doc.value.baseYear)}
      options={withOwn(years, doc.value.baseYear)}
      onPick={(year) => store.send({ do: "edit", doc: { baseYear: Number(year) } })}
    />
  );
}

function Horizon() {
  const { meta, say, store, doc } = usePage();
  return (
    <Select
      label={say.value("horizon")}
      value={String(doc.value.horizon)}
      options={withOwn(span(meta.start + 1, meta.until), doc.value.horizon)}
      onPick={(year) => {
        store.send({ do: "edit", doc: { horizon: Number(year) } });
        store.send({ do: "view", view: { year: Number(year) } });
      }}
    />
  );
}

/** Years to choose from, the one in force among them. */
function withOwn(years: readonly number[], own: number): { value: string; label: string }[] {
  const all = years.includes(own) ? years : [...years, own].sort((one, other) => one - other);
  return all.map((year) => ({ value: String(year), label: String(year) }));
}

function span(first: number, last: number): number[] {
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, at) => first + at);
}
