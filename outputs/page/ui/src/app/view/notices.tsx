/** Messages: what could not be done, once and in plain words. They stay until closed. */

import { usePage } from "./page.ts";

export function Notices() {
  const { store, say } = usePage();
  const { notices } = store.state.value;
  const words = say.value;
  return (
    <div class="notices" role="region" aria-label={words("messages")} aria-live="polite">
      {notices.map((notice) => (
        <div
          key={notice.id}
          lang={notice.language}
          class={`notice ${notice.tone}`}
          role={notice.tone === "error" ? "alert" : undefined}
        >
          <div>
            <p>{notice.text}</p>
            {notice.lines.length ? (
              <ul>
                {notice.lines.map((line, at) => (
                  <li key={at}>{line}</li>
                ))}
              </ul>
            ) : null}
          </div>
          <button
            type="button"
            class="plain"
            onClick={() => store.send({ do: "dismiss", id: notice.id })}
            aria-label={words("dismiss")}
          >
            {words("close")}
          </button>
        </div>
      ))}
    </div>
  );
}
