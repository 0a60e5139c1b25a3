/** Entry of the page: checks the browser and the data file, then starts. */

import { lacking, openChannel, pageData, payloadOf } from "./app/run/open.ts";
import { teller } from "./app/texts/index.ts";
import { rememberedLanguage, showMessage, start, startMemory } from "./app/view/start.tsx";

declare global {
  var NORRSIM: unknown;
}

function open(): void {
  const room = document.getElementById("page");
  if (!room) return;
  const memory = startMemory();
  const found = globalThis.NORRSIM;
  const wish = typeof found === "object" && found !== null ? (found as { language?: unknown }).language : undefined;
  const language = rememberedLanguage(memory, wish);
  const words = teller(language);
  document.documentElement.lang = language;
  const missing = lacking();
  if (missing.length) return showMessage(room, words("error worker", { what: missing.join(", ") }));
  const data = pageData(found);
  const payload = data && payloadOf(data);
  if (!data || !payload) return showMessage(room, words("error data"));
  delete globalThis.NORRSIM;
  const broken = (message: string): void => {
    if (!room.querySelector("main")) showMessage(room, words("error start", { message }));
  };
  void start({ room, channel: openChannel(data, broken), payload, memory, language });
}

open();
