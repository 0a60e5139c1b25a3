/** The head of the page: name, tools, language and appearance. */

import type { ComponentChildren } from "preact";
import { useRef } from "preact/hooks";
import type { Theme } from "../state/types.ts";
import { openFile } from "./files.ts";
import { emptyDoc, usePage } from "./page.ts";
import { goTo } from "./tour.tsx";

const THEMES: readonly Theme[] = ["auto", "light", "dark"];

export function Head() {
  const { say } = usePage();
  return (
    <header class="head">
      <p class="brand">{say.value("brand")}</p>
      <div class="tools" role="group" aria-label={say.value("tools")}>
        <History />
        <Tools />
        <LanguageAndTheme />
      </div>
    </header>
  );
}

function History() {
  const page = usePage();
  const { say, store } = page;
  const words = say.value;
  const { past, future, doc } = store.state.value;
  return (
    <>
      <ToolButton disabled={past.length === 0} onClick={() => store.send({ do: "undo" })} keys="Control+Z" label={words("undo")} />
      <ToolButton disabled={future.length === 0} onClick={() => store.send({ do: "redo" })} keys="Control+Shift+Z" label={words("redo")} />
      <ToolButton disabled={doc.changes.length === 0} onClick={() => store.send({ do: "reset", doc: emptyDoc(page) })} label={words("reset")} hint={words("reset hint")} />
    </>
  );
}

function Tools() {
  const page = usePage();
  const words = page.say.value;
  return (
    <>
      <ToolButton onClick={() => (page.dialog.value = "share")} label={words("share")} />
      <ToolButton onClick={() => (page.dialog.value = "save")} label={words("download")} />
      <FileButton />
      <ToolButton onClick={() => window.print()} label={words("print")} />
      {page.meta.story.length ? <ToolButton onClick={() => goTo(page, 0)} label={words("tour")} /> : null}
      <ToolButton onClick={() => (page.dialog.value = "about")} label={words("about")} />
    </>
  );
}

interface ToolProps {
  label: ComponentChildren;
  onClick: () => void;
  disabled?: boolean;
  hint?: string;
  keys?: string;
}

/** Stays in reach of the keyboard when there is nothing to do, so that focus is never lost. */
function ToolButton({ label, onClick, disabled, hint, keys }: ToolProps) {
  return (
    <button type="button" class="tool" aria-disabled={disabled ? "true" : undefined} onClick={() => disabled || onClick()} title={hint} aria-keyshortcuts={keys}>
      {label}
    </button>
  );
}

function FileButton() {
  const page = usePage();
  const input = useRef<HTMLInputElement>(null);
  const words = page.say.value;
  const take = (): void => {
    const file = input.current?.files?.[0];
    if (file) void openFile(page, file);
    if (input.current) input.current.value = "";
  };
  return (
    <>
      <ToolButton onClick={() => input.current?.click()} label={words("load")} />
      <input ref={input} type="file" class="file" accept=".toml,text/plain" tabIndex={-1} aria-label={words("load")} hidden onChange={take} />
    </>
  );
}

function LanguageAndTheme() {
  const { say, store, view } = usePage();
  const words = say.value;
  const { language, theme } = view.value;
  const other = language === "sv" ? "en" : "sv";
  return (
    <>
      <label class="tool-pick">
        <span class="aloud">{words("theme")}</span>
        <select value={theme} onChange={(event) => store.send({ do: "view", view: { theme: event.currentTarget.value as Theme } })}>
          {THEMES.map((each) => (
            <option key={each} value={each} selected={each === theme}>
              {words(`theme ${each}`)}
            </option>
          ))}
        </select>
      </label>
      <button type="button" class="tool language" lang={other} onClick={() => store.send({ do: "view", view: { language: other } })}>
        {words("other language")}
      </button>
    </>
  );
}
