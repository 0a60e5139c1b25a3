/** The scenarios that come with the page, and the one to compare with. */

import type { Compare as Wish } from "../state/types.ts";
import { tidy, usePage } from "./page.ts";
import { Select } from "./select.tsx";

const NONE = "";
const PINNED = "pinned";
const LIBRARY = "library:";

export function Library() {
  const page = usePage();
  const { meta, say, store, language } = page;
  const words = say.value;
  const bring = (name: string): void => {
    const found = meta.scenarios.find((each) => each.name === name);
    if (!found) return;
    const title = found.title[language.value];
    const loaded = { title, author: "", source: "", description: found.description[language.value] };
    store.send({ do: "load", doc: { ...page.doc.value, changes: tidy(found.changes, meta) }, loaded });
    page.tell("note", words("library used", { title }));
  };
  const options = meta.scenarios.map((each) => ({ value: each.name, label: each.title[language.value] }));
  return (
    <Select
      label={words("library")}
      value={NONE}
      options={[{ value: NONE, label: words("library pick") }, ...options]}
      onPick={bring}
      returns
    />
  );
}

export function Compare() {
  const { meta, say, store, view, language, changes } = usePage();
  const words = say.value;
  const wish = view.value.compare;
  const pick = (value: string): void => {
    if (value === PINNED && wish?.kind === "pinned") return;
    const compare: Wish = value.startsWith(LIBRARY) ? { kind: "library", name: value.slice(LIBRARY.length) } : null;
    store.send({ do: "view", view: { compare } });
  };
  const pinned =
    wish?.kind === "pinned"
      ? [{ value: PINNED, label: words("compare pinned title", { count: wish.changes.length }) }]
      : [];
  const library = meta.scenarios.map((each) => ({ value: LIBRARY + each.name, label: each.title[language.value] }));
  return (
    <div class="compare">
      <Select
        label={words("compare")}
        value={wish === null ? NONE : wish.kind === "pinned" ? PINNED : LIBRARY + wish.name}
        options={[{ value: NONE, label: words("compare none") }, ...pinned]}
        groups={[{ label: words("compare library"), options: library }]}
        onPick={pick}
      />
      <button
        type="button"
        onClick={() => store.send({ do: "view", view: { compare: { kind: "pinned", changes: changes.value } } })}
      >
        {words("compare pin")}
      </button>
    </div>
  );
}
