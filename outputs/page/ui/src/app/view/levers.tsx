/** The levers, grouped as people think, with assumptions kept apart. */

import { useComputed } from "@preact/signals";
import type { ComponentChildren } from "preact";
import type { Lever, LeverGroup } from "../../shared/protocol.ts";
import type { Key } from "../texts/index.ts";
import { LeverRow } from "./lever-row.tsx";
import { usePage } from "./page.ts";
import { Projects } from "./projects.tsx";
import { ScopePick } from "./scope.tsx";

type Group = LeverGroup | "projects";
const LEVER_GROUPS: readonly LeverGroup[] = ["homes", "moving", "work", "power", "economy", "services"];
const ASSUMED: LeverGroup = "births";
/** The group that stands open from the start, and another where there is room. */
const OPEN: Group = "moving";
const OPEN_ROOMY: Group = "homes";
const ROOMY = "(min-width: 62rem)";

export function Levers() {
  const words = usePage().say.value;
  return (
    <section class="levers" id="levers" tabIndex={-1} aria-labelledby="levers-heading">
      <h2 id="levers-heading">{words("levers")}</h2>
      <p class="intro">{words("levers intro")}</p>
      <ScopePick />
      <ProjectGroup />
      {LEVER_GROUPS.map((group) => (
        <LeverGroupView key={group} group={group} />
      ))}
      <Assumptions />
    </section>
  );
}

/** Levers that have a row: those of places or of the whole region. Others (of single projects) stand among the changes. */
export function hasRow(lever: Lever): boolean {
  return lever.dims.every((dim) => dim === "municipality");
}

function rowsOf(levers: readonly Lever[], group: LeverGroup): Lever[] {
  return levers.filter((lever) => lever.group === group && hasRow(lever));
}

function ProjectGroup() {
  const { changes } = usePage();
  const count = useComputed(
    () => new Set(changes.value.filter((change) => change.kind === "project").map((change) => change.project)).size,
  );
  return (
    <GroupFrame group="projects" count={count.value}>
      <Projects />
    </GroupFrame>
  );
}

function LeverGroupView({ group }: { group: LeverGroup }) {
  const { meta, changes } = usePage();
  const levers = rowsOf(meta.levers, group);
  const count = useComputed(
    () => levers.filter((lever) => changes.value.some((change) => change.name === lever.name)).length,
  );
  if (!levers.length) return null;
  return (
    <GroupFrame group={group} count={count.value}>
      {levers.map((lever) => (
        <LeverRow key={lever.name} lever={lever} />
      ))}
    </GroupFrame>
  );
}

function Assumptions() {
  const { meta, say } = usePage();
  if (!rowsOf(meta.levers, ASSUMED).length) return null;
  return (
    <div class="assumptions">
      <h3>{say.value("assumptions title")}</h3>
      <p class="intro">{say.value("assumptions intro")}</p>
      <LeverGroupView group={ASSUMED} />
    </div>
  );
}

function GroupFrame({ group, count, children }: { group: Group; count: number; children: ComponentChildren }) {
  const { say } = usePage();
  return (
    <details class="group" open={group === OPEN || (group === OPEN_ROOMY && matchMedia(ROOMY).matches)}>
      <summary>
        <span>{say.value(`group ${group}` as Key)}</span>
        {count ? <span class="badge">{say.value("group changed", { count })}</span> : null}
      </summary>
      {children}
    </details>
  );
}
