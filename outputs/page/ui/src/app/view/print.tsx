/** What stands on paper alone: when it was printed, and the changes in words. */

import { useEffect } from "preact/hooks";
import { changesInWords } from "../words/change.ts";
import { usePage } from "./page.ts";

export function PrintHead() {
  const { printing, say, changes, names, meta, language, store } = usePage();
  useEffect(() => {
    const before = (): void => void (printing.value = true);
    const after = (): void => void (printing.value = false);
    addEventListener("beforeprint", before);
    addEventListener("afterprint", after);
    return () => {
      removeEventListener("beforeprint", before);
      removeEventListener("afterprint", after);
    };
  }, []);
  if (!printing.value) return null;
  const words = say.value;
  const date = new Intl.DateTimeFormat(language.value === "sv" ? "sv-SE" : "en-GB", { dateStyle: "long" }).format(
    new Date(),
  );
  const told = changesInWords(changes.value, names.value);
  const base = meta.base.title[language.value];
  return (
    <section class="print-only">
      <p class="print-title">{store.state.value.loaded?.title ?? words("scenario title")}</p>
      <p>
        {words("print made", { date })} {words("brand")} {meta.version}.
      </p>
      <h2>{words("print changes", { base })}</h2>
      {told.length ? (
        <ol>
          {told.map((line, at) => (
            <li key={at}>{line}</li>
          ))}
        </ol>
      ) : (
        <p>{words("changes none", { base })}</p>
      )}
    </section>
  );
}
