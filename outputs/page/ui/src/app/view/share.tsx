/** The link to what is shown. */

import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { LinkError, packLink } from "../io/link.ts";
import type { Say } from "../texts/index.ts";
import { Dialog } from "./dialog.tsx";
import { usePage } from "./page.ts";

export function Share() {
  const { dialog, say } = usePage();
  return (
    <Dialog name="share" heading={say.value("share title")}>
      {dialog.value === "share" ? <Inside /> : null}
    </Dialog>
  );
}

function Inside() {
  const { doc, view, meta, say } = usePage();
  const link = useSignal("");
  const state = useSignal("");
  const field = useRef<HTMLInputElement>(null);
  const words = say.value;
  useEffect(() => {
    let gone = false;
    packLink(doc.value, view.value, meta)
      .then((hash) => {
        if (!gone) link.value = location.href.split("#")[0] + hash;
      })
      .catch((error: unknown) => {
        if (!gone) state.value = whyNot(error, words);
      });
    return () => {
      gone = true;
    };
  }, []);
  const copy = async (): Promise<void> => {
    field.current?.select();
    try {
      await navigator.clipboard.writeText(link.value);
      state.value = words("share copied");
    } catch {
      state.value = words("share not copied");
    }
  };
  return (
    <>
      <p>{words("share text")}</p>
      {location.protocol === "file:" ? <p class="hint">{words("share file")}</p> : null}
      {link.value ? (
        <div class="share-row">
          <label for="share-link">{words("share label")}</label>
          <input
            ref={field}
            id="share-link"
            type="text"
            readOnly
            value={link.value}
            onFocus={(event) => event.currentTarget.select()}
          />
          <button type="button" class="strong" onClick={() => void copy()}>
            {words("share copy")}
          </button>
        </div>
      ) : null}
      <p role="status">{state.value}</p>
    </>
  );
}

function whyNot(error: unknown, words: Say): string {
  return words(error instanceof LinkError && error.problem === "link size" ? "share too long" : "error compress");
}
