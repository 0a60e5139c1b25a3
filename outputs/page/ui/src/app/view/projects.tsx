/** The register's projects, one row each: as announced, late, smaller, stopped or closed. */

import { useComputed } from "@preact/signals";
import type { Change, Fate, Project } from "../../shared/protocol.ts";
import { fatesOf, withFate, withoutFates } from "../state/changes.ts";
import { FATES, cautionsOf, firstNumber, standingOf, type Standing } from "../state/projects.ts";
import type { Key } from "../texts/index.ts";
import { placesInWords } from "../words/change.ts";
import { entered } from "../words/numbers.ts";
import { FateFields } from "./fate-fields.tsx";
import { usePage } from "./page.ts";
import { Select } from "./select.tsx";

const AS_STATED = "";
const ORDER: readonly Standing[] = ["on", "runs", "stands", "gone"];

export function Projects() {
  const { meta } = usePage();
  const rank = (project: Project): number => ORDER.indexOf(standingOf(project, meta.start));
  const sorted = [...meta.projects].sort((one, other) => rank(one) - rank(other) || other.jobs - one.jobs);
  return (
    <div class="projects">
      {sorted.map((project) => (
        <ProjectRow key={project.name} project={project} />
      ))}
    </div>
  );
}

const NO_FATES: Change[] = [];

function ProjectRow({ project }: { project: Project }) {
  const { changes, say, language } = usePage();
  const fates = useComputed(() => {
    const found = fatesOf(changes.value, project.name);
    return found.length ? found : NO_FATES;
  }).value;
  const name = project.label[language.value];
  return (
    <div class={`lever project ${fates.length ? "is-changed" : ""}`} role="group" aria-label={name}>
      <p class="project-name">
        {name} <span class="unit">{say.value("project jobs", { jobs: entered(project.jobs, language.value) })}</span>
      </p>
      <FatePick project={project} first={fates[0]?.fate} />
      {fates.map((change) => (
        <FateFields key={change.fate} project={project} change={change} several={fates.length > 1} />
      ))}
      {fates.length ? <AlsoPick project={project} fates={fates} /> : null}
      {fates.length ? <Cautions project={project} fates={fates} /> : null}
      <ProjectDetails project={project} />
    </div>
  );
}

/** What happens to the project; another choice takes the place of all before it. */
function FatePick({ project, first }: { project: Project; first: Fate | undefined }) {
  const { changes, store, say, language, meta } = usePage();
  const words = say.value;
  const pick = (value: string): void => {
    const without = withoutFates(changes.peek(), project.name);
    const fate = FATES.find((each) => each === value);
    const next = fate
      ? withFate(without, project.name, fate, firstNumber(project, fate, meta.start, meta.until))
      : without;
    store.send({ do: "edit", doc: { changes: next } });
  };
  const stated: Key = `fate ${standingOf(project, meta.start)}`;
  const options = [
    { value: AS_STATED, label: words(stated) },
    ...FATES.map((fate) => ({ value: fate as string, label: words(`fate ${fate}`) })),
  ];
  return (
    <Select
      className="fate"
      label={words("project fate", { name: project.label[language.value] })}
      value={first ?? AS_STATED}
      options={options}
      onPick={pick}
    />
  );
}

/** A second thing that happens to the same project. */
function AlsoPick({ project, fates }: { project: Project; fates: readonly Change[] }) {
  const { changes, store, say, meta } = usePage();
  const words = say.value;
  const left = FATES.filter((fate) => !fates.some((change) => change.fate === fate));
  if (!left.length) return null;
  const add = (value: string): void => {
    const fate = FATES.find((each) => each === value);
    if (!fate) return;
    const number = firstNumber(project, fate, meta.start, meta.until);
    store.send({ do: "edit", doc: { changes: withFate(changes.peek(), project.name, fate, number) } });
  };
  const options = [
    { value: AS_STATED, label: words("project also none") },
    ...left.map((fate) => ({ value: fate as string, label: words(`fate ${fate}`) })),
  ];
  return (
    <Select className="also" label={words("project also")} value={AS_STATED} options={options} onPick={add} returns />
  );
}

/** What keeps the change from working as one may think. */
function Cautions({ project, fates }: { project: Project; fates: readonly Change[] }) {
  const { say, meta } = usePage();
  return (
    <>
      {cautionsOf(project, fates, meta.start).map(({ kind, year }) => (
        <p key={kind} class="hint">
          {say.value(`project ${kind}`, { year, today: meta.start })}
        </p>
      ))}
    </>
  );
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
        <span class="more">{words("lever details")}</span>
        <span class="aloud">: {project.label[language.value]}</span>
      </summary>
      <p>{words("project facts", facts)}</p>
      <p>
        {words("project state")}: <span lang="en">{project.status}</span>. {words("lever source", { source: "" })}
        <span lang="en">{project.source}</span>.
      </p>
    </details>
  );
}
