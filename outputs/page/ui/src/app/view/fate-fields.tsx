/** How late, how large, or when: range and number of one thing that happens to a project. */

import type { Change, Fate, Project } from "../../shared/protocol.ts";
import { withFate, withoutFates } from "../state/changes.ts";
import { FATES } from "../state/projects.ts";
import { entered, keptOf, shownOf } from "../words/numbers.ts";
import { NumberField, RangeField } from "./fields.tsx";
import { usePage } from "./page.ts";

const PER_CENT = 100;
const STEPS: Record<Fate, number> = { delay: 0.5, scale: 5, stop: 1, closure: 1 };

interface Props {
  project: Project;
  change: Change;
  /** More than one thing happens to the project. */
  several: boolean;
}

export function FateFields({ project, change, several }: Props) {
  const { store, changes, say, language, meta } = usePage();
  const words = say.value;
  const fate = change.fate as Fate;
  const shown = fate === "scale" ? PER_CENT : 1;
  const value = shownOf(change.number, shown);
  const unit = words(`fate ${fate} unit`);
  const label = `${words(`fate ${fate}`)}, ${unit}: ${project.label[language.value]}`;
  const edit = (next: Change[], gesture?: string): void => store.send({ do: "edit", gesture, doc: { changes: next } });
  const field = {
    ...endsOf(project, change, shown, meta.start + 1, meta.until),
    step: STEPS[fate],
    value,
    onMove: (moved: number) =>
      edit(withFate(changes.peek(), project.name, fate, keptOf(moved, shown)), `project ${project.name} ${fate}`),
    onRest: () => store.send({ do: "rest" }),
  };
  const remove = (): void =>
    edit(
      withoutFates(
        changes.peek(),
        project.name,
        FATES.filter((each) => each !== fate),
      ),
    );
  return (
    <div class="lever-fields">
      {several ? <span class="fate-name">{words(`fate ${fate}`)}</span> : null}
      <RangeField {...field} label={label} words={`${entered(value, language.value)} ${unit}`} />
      <NumberField {...field} label={words("lever number", { name: label })} unit={unit} />
      {several ? (
        <button type="button" class="plain" onClick={remove} aria-label={words("fate remove", { name: label })}>
          {words("change remove")}
        </button>
      ) : null}
    </div>
  );
}

/** The register's range; years of the calendar are those of the run, stretched where a file says otherwise. */
function endsOf(
  project: Project,
  { fate, number }: Change,
  shown: number,
  first: number,
  last: number,
): { low: number; high: number } {
  if (fate === "stop" || fate === "closure") return { low: Math.min(first, number), high: Math.max(last, number) };
  const [low, high] = project.ranges[fate as Fate].map((end) => shownOf(end, shown));
  return { low, high };
}
