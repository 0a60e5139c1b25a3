/** The scenario as a file: who says it, and why, since every scenario file must tell. */

import { useRef } from "preact/hooks";
import { NAME_LETTERS, TEXT_LETTERS } from "../io/limits.ts";
import { fileName, tomlOf, type Header } from "../io/toml-out.ts";
import { teller } from "../texts/index.ts";
import { changesInWords } from "../words/change.ts";
import { Dialog } from "./dialog.tsx";
import { saveText } from "./files.ts";
import { usePage, type Page } from "./page.ts";

export function Save() {
  const { dialog, say } = usePage();
  return (
    <Dialog name="save" heading={say.value("save title")}>
      {dialog.value === "save" ? <Form /> : null}
    </Dialog>
  );
}

type Field = "title" | "author" | "source" | "description";

function Form() {
  const page = usePage();
  const words = page.say.value;
  const form = useRef<HTMLFormElement>(null);
  const loaded = page.store.state.value.loaded;
  const defaults: Record<Field, string> = {
    title: loaded?.title || words("save default title"),
    author: loaded?.author || words("save default author"),
    source: loaded?.source || words("save default source"),
    description: loaded?.description || "",
  };
  const save = (event: Event): void => {
    event.preventDefault();
    if (!form.current) return;
    const given = new FormData(form.current);
    const text = (field: Field): string => String(given.get(field) ?? "").trim() || defaults[field];
    const header = headerOf(page, {
      title: text("title"),
      author: text("author"),
      source: text("source"),
      description: text("description"),
    });
    saveText(
      tomlOf(page.doc.value, header, page.meta),
      fileName(header.title[page.language.value], "toml"),
      "application/toml",
    );
    page.dialog.value = null;
  };
  return (
    <form ref={form} class="save-form" onSubmit={save}>
      <p>{words("save text")}</p>
      <TextField name="title" label={words("save name")} value={defaults.title} />
      <TextField name="author" label={words("save author")} value={defaults.author} />
      <TextField name="source" label={words("save source")} value={defaults.source} long />
      <TextField name="description" label={words("save description")} value={defaults.description} long />
      <p class="buttons">
        <button type="submit" class="strong">
          {words("save do")}
        </button>
      </p>
    </form>
  );
}

function TextField({ name, label, value, long }: { name: Field; label: string; value: string; long?: boolean }) {
  const id = `save-${name}`;
  return (
    <div class="text-field">
      <label for={id}>{label}</label>
      {long ? (
        <textarea id={id} name={name} rows={3} maxLength={TEXT_LETTERS} defaultValue={value} />
      ) : (
        <input id={id} name={name} type="text" maxLength={NAME_LETTERS} defaultValue={value} />
      )}
    </div>
  );
}

/** What was written stands for both languages; a description left empty lists the changes in each. */
function headerOf({ doc, names }: Page, given: Record<Field, string>): Header {
  const both = (text: string) => ({ sv: text, en: text });
  const listed = (language: "sv" | "en"): string => {
    const say = teller(language);
    const changes =
      changesInWords(doc.value.changes, { ...names.value, language, say }).join("; ") || say("save nothing");
    return say("save default description", { changes }).slice(0, TEXT_LETTERS);
  };
  const description = given.description ? both(given.description) : { sv: listed("sv"), en: listed("en") };
  return { title: both(given.title), author: given.author, source: both(given.source), description, date: today() };
}

/** The reader's own date, as files have it. */
function today(): string {
  const now = new Date();
  const two = (part: number): string => String(part).padStart(2, "0");
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}
