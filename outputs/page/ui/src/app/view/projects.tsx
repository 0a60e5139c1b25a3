/** The register's projects, one row each: as announced, late, smaller, stopped or closed. */

import { useComputed } from "@preact/signals";
import type { Change, Fate, Project } from "../../shared/protocol.ts";
import { fatesOf, withFate, withoutFates } from "../state/changes.ts";
import { NEVER, placesInWords } from "../words/change.ts";
import { entered, keptOf, shownOf } from "../words/numbers.ts";
import { NumberField, RangeField } from "./fields.tsx";
import { usePage } from "./page.ts";
import { Select } from "./select.tsx";

const FATES: readonly Fate[] = ["delay", "scale", "stop", "closure"];
const AS_STATED = "";
const PER_CENT = 100;
/** What a fate begins at when it is chosen: two years late, half the size. */
const FIRST_DELAY = 2;
const FIRST_SCALE = 0.5;
/** Years after the planned opening at which a closure is first set. */
const YEARS_OPEN = 5;
const SCALE_STEP = 5;
const DELAY_STEP = 0.5;

export function Projects() {
  const { meta } = usePage();
  const alive = meta.projects.filter((project) => !isOver(project, meta.start));
  return (
    <div class="projects">
      {alive.map((project) => (
        <ProjectRow key={project.name} project={project} />
      ))}
      {meta.projects
        .filter((project) => !alive.includes(project))
        .map((project) => (
          <ProjectRow key={project.name} project={project} />
        ))}
    </div>
  );
}

/** Closed by the time the run begins. */
function isOver(project: Project, start: number): boolean {
  return project.knownClosure <= start + 1;
}

function firstNumber(project: Project, fate: Fate, start: number, until: number): number {
  const opens = Math.ceil(project.start + project.buildingTime);
  if (fate === "delay") return FIRST_DELAY;
  if (fate === "scale") return FIRST_SCALE;
  const year = fate === "stop" ? Math.ceil(project.start) + 1 : opens + YEARS_OPEN;
  return Math.min(until, Math.max(start + 2, year));
}

function ProjectRow({ project }: { project: Project }) {
  const { changes, store, say, language, meta } = usePage();
  const fates = useComputed(() => keptIfSame(fatesOf(changes.value, project.name)), );
  const words = say.value;
  const name = project.label[language.value];
  const edit = (next: Change[]): void => store.send({ do: "edit", doc: { changes: next } });
  const first = fates.value[0];
  const pick = (value: string): void => {
    const without = withoutFates(changes.peek(), project.name);
    const fate = FATES.find((each) => each === value);
    edit(fate ? withFate(without, project.name, fate, firstNumber(project, fate, meta.start, meta.until)) : without);
  };
  const also = (value: string): void => {
    const fate = FATES.find((each) => each === value);
    if (fate) edit(withFate(changes.peek(), project.name, fate, firstNumber(project, fate, meta.start, meta.until)));
  };
  const stated = isOver(project, meta.start) ? "fate gone" : project.knownStop < NEVER ? "fate stands" : "fate on";
  const options = [{ value: AS_STATED, label: words(stated) }, ...FATES.map((fate) => ({ value: fate as string, label: words(`fate ${fate}`) }))];
  const left = FATES.filter((fate) => !fates.value.some((change) => change.fate === fate));
  return (
    <div class={`lever project ${first ? "is-changed" : ""}`} role="group" aria-label={name}>
      <div class="lever-head">
        <span class="project-name">
          {name} <span class="unit">{words("project jobs", { jobs: entered(project.jobs, language.value) })}</span>
        </span>
      </div>
      <Select className="fate" label={words("project fate", { name })} value={first?.fate ?? AS_STATED} options={options} onPick={pick} />
      {fates.value.map((change) => (
        <FateFields key={change.fate} project={project} change={change} several={fates.value.length > 1} />
      ))}
      {first && left.length ? (
        <Select
          className="also"
          label={words("project also")}
          value={AS_STATED}
          options={[{ value: AS_STATED, label: words("project also none") }, ...left.map((fate) => ({ value: fate, label: words(`fate ${fate}`) }))]}
          onPick={also}
        />
      ) : null}
      <ProjectDetails project={project} />
    </div>
  );
}

const NO_FATES: Change[] = [];

/** One empty list for all, so that untouched rows are not drawn again. */
function keptIfSame(found: Change[]): Change[] {
  return found.length ? found : NO_FATES;
}

function FateFields({ project, change, several }: { project: Project; change: Change; several: boolean }) {
  const { store, changes, say, language, meta } = usePage();
  const words = say.value;
  const fate = change.fate as Fate;
  const shown = fate === "scale" ? PER_CENT : 1;
  const ends = project.ranges[fate];
  const yearly = fate === "stop" || fate === "closure";
  const [low, high] = yearly ? [meta.start + 1, meta.until] : ends.map((end) => shownOf(end, shown));
  const label = `${words(`fate ${fate}`)}, ${words(`fate ${fate} unit`)}: ${project.label[language.value]}`;
  const move = (value: number): void =>
    store.send({
      do: "edit",
      gesture: `project ${project.name} ${fate}`,
      doc: { changes: withFate(changes.peek(), project.name, fate, keptOf(value, shown)) },
    });
  const value = shownOf(change.number, shown);
  const field = { low, high: Math.max(high, Math.min(value, ends[1] * shown)), step: yearly ? 1 : fate === "scale" ? SCALE_STEP : DELAY_STEP, value, onMove: move, onRest: () => store.send({ do: "rest" }) };
  const unit = words(`fate ${fate} unit`);
  return (
    <div class="lever-fields">
      {several ? <span class="fate-name">{words(`fate ${fate}`)}</span> : null}
      <RangeField {...field} label={label} words={`${entered(value, language.value)} ${unit}`} />
      <NumberField {...field} label={words("lever number", { name: label })} unit={unit} />
      {several ? (
        <button type="button" class="plain" onClick={() => removeFate(fate)} aria-label={words("lever reset", { name: label })}>
          {words("change remove")}
        </button>
      ) : null}
    </div>
  );

  function removeFate(gone: Fate): void {
    const keep = FATES.filter((each) => each !== gone);
    store.send({ do: "edit", doc: { changes: withoutFates(changes.peek(), project.name, keep) } });
  }
}

function ProjectDetails({ project }: { project: Project }) {
  const { say, language, meta } = usePage();
  const words = say.value;
  const show = (value: number): string => entered(value, language.value);
  const facts = {
    company: project.company,
    places: placesInWords(project.places, meta.places, words),
    jobs: show(project.jobs),
    builders: show(project.builders),
    start: Math.floor(project.start),
    time: show(project.buildingTime),
  };
  return (
    <details class="lever-details">
      <summary>
        {words("lever details")}
        <span class="aloud">: {project.label[language.value]}</span>
      </summary>
      <p>{words("project facts", facts)}</p>
      <p>
        {words("project state")}: <span lang="en">{project.status}</span>. {words("lever source", { source: "" })}
        <span lang="en">{project.source}</span>.
      </p>
      {caution(project, meta.start).map(([key, year]) => (
        <p key={key} class="hint">
          {words(key, { year, today: meta.start })}
        </p>
      ))}
    </details>
  );
}

type Caution = "project closed" | "project stopped" | "project begun";

/** What keeps a change of this project from working as one may think. */
function caution(project: Project, start: number): [Caution, number][] {
  if (project.knownClosure <= start + 1) return [["project closed", Math.floor(project.knownClosure)]];
  if (project.knownStop < NEVER) return [["project stopped", Math.floor(project.knownStop)]];
  return project.start < start + 1 ? [["project begun", Math.floor(project.start)]] : [];
}
