/** The head of the page: name, tools, language and appearance. */

import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { Theme } from "../state/types.ts";
import { openFile } from "./files.ts";
import { emptyDoc, usePage } from "./page.ts";
import { goTo } from "./tour.tsx";

const NARROW = "(max-width: 48rem)";
const THEMES: readonly Theme[] = ["auto", "light", "dark"];

export function Head() {
  const { say } = usePage();
  return (
    <header class="head">
      <p class="brand">{say.value("brand")}</p>
      <div class="tools" role="group" aria-label={say.value("tools")}>
        <History />
        <Folded>
          <Tools />
          <ThemePick />
        </Folded>
        <LanguageButton />
      </div>
    </header>
  );
}

/** Where there is little room the rarer tools fold away. */
function Folded({ children }: { children: ComponentChildren }) {
  const { say } = usePage();
  const narrow = useMedia(NARROW);
  if (!narrow) return <>{children}</>;
  return (
    <details class="more-tools">
      <summary class="tool">{say.value("more tools")}</summary>
      <div class="tools">{children}</div>
    </details>
  );
}

/** Whether the window is of this kind now. */
function useMedia(query: string): boolean {
  const [fits, setFits] = useState(() => matchMedia(query).matches);
  useEffect(() => {
    const list = matchMedia(query);
    const hear = (): void => setFits(list.matches);
    list.addEventListener("change", hear);
    return () => list.removeEventListener("change", hear);
  }, [query]);
  return fits;
}

function History() {
  const page = usePage();
  const { say, store } = page;
  const words = say.value;
  const { past, future, doc } = store.state.value;
  return (
    <>
      <ToolButton
        disabled={past.length === 0}
        onClick={() => store.send({ do: "undo" })}
        keys="Control+Z"
        label={words("undo")}
      />
      <ToolButton
        disabled={future.length === 0}
        onClick={() => store.send({ do: "redo" })}
        keys="Control+Shift+Z"
        label={words("redo")}
      />
      <ToolButton
        disabled={doc.changes.length === 0}
        onClick={() => store.send({ do: "reset", doc: emptyDoc(page) })}
        label={words("reset")}
        hint={words("reset hint")}
      />
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
    <button
      type="button"
      class="tool"
      aria-disabled={disabled ? "true" : undefined}
      onClick={() => disabled || onClick()}
      title={hint}
      aria-keyshortcuts={keys}
    >
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
      <input
        ref={input}
        type="file"
        class="file"
        accept=".toml,text/plain"
        tabIndex={-1}
        aria-label={words("load")}
        hidden
        onChange={take}
      />
    </>
  );
}

function ThemePick() {
  const { say, store, view } = usePage();
  const words = say.value;
  const { theme } = view.value;
  return (
    <label class="tool-pick">
      <span class="aloud">{words("theme")}</span>
      <select
        value={theme}
        onChange={(event) => store.send({ do: "view", view: { theme: event.currentTarget.value as Theme } })}
      >
        {THEMES.map((each) => (
          <option key={each} value={each} selected={each === theme}>
            {words(`theme ${each}`)}
          </option>
        ))}
      </select>
    </label>
  );
}

function LanguageButton() {
  const { say, store, view } = usePage();
  const other = view.value.language === "sv" ? "en" : "sv";
  return (
    <button
      type="button"
      class="tool language"
      lang={other}
      onClick={() => store.send({ do: "view", view: { language: other } })}
    >
      {say.value("other language")}
    </button>
  );
}
