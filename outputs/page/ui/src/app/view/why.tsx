/** Why the scenario differs: each change's share of the difference, as bars and as a table. */

import { useComputed } from "@preact/signals";
import { WhyChart, numbersOf, type Bar } from "../../charts/index.ts";
import type { Why as Found } from "../run/session.ts";
import { changeInWords } from "../words/change.ts";
import { tableSaver } from "./figures.tsx";
import { usePage } from "./page.ts";

export function Why() {
  const page = usePage();
  const { say, session, view, area, indicator, language } = page;
  const words = say.value;
  const shown = session.scenario.value.changes;
  const found = session.why.value;
  const ask = (): void =>
    session.askWhy({ changes: shown, indicator: indicator.value.key, year: view.value.year, area: view.value.area });
  const fresh =
    found &&
    found.wish.changes === shown &&
    found.wish.indicator === indicator.value.key &&
    found.wish.year === view.value.year &&
    found.wish.area === view.value.area;
  return (
    <details class="why-part" data-look="why">
      <summary>{words("why")}</summary>
      <p class="intro">
        {words("why intro", {
          indicator: indicator.value.label[language.value],
          year: view.value.year,
          area: area.value,
        })}
      </p>
      <p>
        <button
          type="button"
          aria-disabled={shown.length === 0 ? "true" : undefined}
          onClick={() => shown.length && ask()}
        >
          {words(found ? "why again" : "why run")}
        </button>{" "}
        <span role="status">
          {shown.length === 0
            ? words("why none")
            : found && !found.done
              ? words("why running", { done: found.runs, of: found.of })
              : found && !fresh
                ? words("why stale")
                : ""}
        </span>
      </p>
      {found ? <Shares found={found} /> : null}
    </details>
  );
}

function Shares({ found }: { found: Found }) {
  const page = usePage();
  const { say, language, names, meta } = page;
  const words = say.value;
  const indicator = meta.indicators.find((each) => each.key === found.wish.indicator);
  const onTable = useComputed(() => tableSaver(page)).value;
  if (!indicator) return null;
  const largest = Math.max(...found.shares.map((share) => share.error ?? 0));
  const error = numbersOf(language.value).round(largest, indicator.decimals);
  const bars: Bar[] = [...found.shares]
    .filter((share) => found.wish.changes[share.change] !== undefined)
    .map((share) => ({
      key: String(share.change),
      label: changeInWords(found.wish.changes[share.change], names.value),
      value: share.share,
    }))
    .sort((one, other) => Math.abs(other.value) - Math.abs(one.value));
  return (
    <WhyChart
      id="chart-why"
      level={3}
      heading={`${indicator.label[language.value]} ${found.wish.year}`}
      description={words("why total")}
      language={language.value}
      bars={bars}
      total={{ label: words("why total"), value: found.total }}
      unit={indicator.unit[language.value]}
      decimals={indicator.decimals}
      done={found.done}
      note={found.exact ? undefined : words("why inexact", { error })}
      onTable={onTable}
    />
  );
}
