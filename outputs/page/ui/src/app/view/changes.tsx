/** All changes made, in words: each can be given another number or taken away. */

import { useComputed } from "@preact/signals";
import type { Change } from "../../shared/protocol.ts";
import { withNumber, withoutAt } from "../state/changes.ts";
import { changeInWords, leverOf, problemInWords } from "../words/change.ts";
import { keptOf, shownOf } from "../words/numbers.ts";
import { NumberField } from "./fields.tsx";
import { TimeFields } from "./lever-row.tsx";
import { usePage } from "./page.ts";

const PER_CENT = 100;
/** A factor is no longer a lever's own unit; anything in this span may be tried, and the model says no. */
const MOST_FACTOR = 100;

export function Changes() {
  const { changes, say, meta, language, store } = usePage();
  const words = say.value;
  const base = meta.base.title[language.value];
  const { loaded } = store.state.value;
  const count = changes.value.length;
  return (
    <section class="changes" aria-labelledby="changes-heading">
      <h2 id="changes-heading">{words("changes title")}</h2>
      {loaded && count ? (
        <details class="loaded">
          <summary>{loaded.title}</summary>
          <p>{loaded.description}</p>
        </details>
      ) : null}
      <p>
        {count === 0
          ? words("changes none", { base })
          : words(count === 1 ? "changes count one" : "changes count", { count, base })}
      </p>
      <ol>
        {changes.value.map((change, at) => (
          <Row key={`${at} ${change.name}`} at={at} />
        ))}
      </ol>
    </section>
  );
}

function Row({ at }: { at: number }) {
  const { changes, names, say, store, session } = usePage();
  const change = useComputed(() => changes.value[at]);
  const refused = useComputed(() => {
    const found = session.problems.value;
    return found?.changes === changes.value ? found.problems.find((problem) => problem.change === at) : undefined;
  });
  if (!change.value) return null;
  const words = say.value;
  const told = changeInWords(change.value, names.value);
  const edit = (next: Change[]): void => store.send({ do: "edit", gesture: `change ${at}`, doc: { changes: next } });
  return (
    <li>
      <span class="change-words">{told}</span>
      {refused.value ? (
        <span class="fault">
          {words("change refused", { why: problemInWords(refused.value, changes.value, names.value) })}
        </span>
      ) : null}
      <span class="change-tools">
        <ChangeNumber
          change={change.value}
          told={told}
          onMove={(number) => edit(withNumber(changes.peek(), at, number))}
        />
        <button
          type="button"
          class="plain"
          onClick={() => store.send({ do: "edit", doc: { changes: withoutAt(changes.peek(), at) } })}
          aria-label={words("change remove this", { words: told })}
        >
          {words("change remove")}
        </button>
      </span>
      {change.value.kind === "lever" ? (
        <details class="lever-details">
          <summary>
            {words("lever details")}
            <span class="aloud">: {told}</span>
          </summary>
          {change.value.source ? (
            <p>{words("lever source", { source: change.value.source[names.value.language] })}</p>
          ) : null}
          <TimeFields change={change.value} name={told} />
        </details>
      ) : null}
    </li>
  );
}

function ChangeNumber({ change, told, onMove }: { change: Change; told: string; onMove: (number: number) => void }) {
  const { meta, say, store } = usePage();
  const lever = leverOf(meta, change.name);
  const shown = change.fate === "scale" ? PER_CENT : change.way === "multiply" ? 1 : (lever?.shown ?? 1);
  const [low, high] = endsOf(
    change,
    meta.projects.find((each) => each.name === change.project)?.ranges ?? null,
    lever?.range ?? null,
  ).map((end) => shownOf(end, shown));
  return (
    <NumberField
      label={say.value("change number", { words: told })}
      low={low}
      high={high}
      step={1}
      value={shownOf(change.number, shown)}
      onMove={(value) => onMove(keptOf(value, shown))}
      onRest={() => store.send({ do: "rest" })}
    />
  );
}

type Range = [number, number];

function endsOf(change: Change, fates: Record<string, Range> | null, own: Range | null): Range {
  if (change.fate && fates) return fates[change.fate];
  if (change.way === "multiply") return [0, MOST_FACTOR];
  const [low, high] = change.range ?? own ?? [-Infinity, Infinity];
  return change.way === "add" ? [low - high, high - low] : [low, high];
}
