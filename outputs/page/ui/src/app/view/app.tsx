/** The whole page: head, messages, levers beside results. */

import type { ReadonlySignal } from "@preact/signals";
import { About } from "./about.tsx";
import { Answer, Sum } from "./answer.tsx";
import { Changes } from "./changes.tsx";
import { Head } from "./head.tsx";
import { Levers } from "./levers.tsx";
import { Notices } from "./notices.tsx";
import { PageProvider, usePage, type Page } from "./page.ts";
import { PrintHead } from "./print.tsx";
import { Results } from "./results.tsx";
import { Save } from "./save.tsx";
import { Share } from "./share.tsx";
import { Tour, TourOffer } from "./tour.tsx";

export function App({ page, spoken }: { page: Page; spoken: ReadonlySignal<string> }) {
  return (
    <PageProvider value={page}>
      <Skip />
      <Head />
      <Notices />
      <PrintHead />
      <main class="page">
        <TourOffer />
        <Answer />
        <Tour />
        <Sum />
        <div class="columns">
          <div class="left">
            <Levers />
            <Changes />
          </div>
          <Results />
        </div>
      </main>
      <Foot />
      <Share />
      <Save />
      <About />
      <Speech spoken={spoken} />
    </PageProvider>
  );
}

function Skip() {
  const say = usePage().say.value;
  return (
    <nav class="skips" aria-label={say("brand")}>
      <a class="skip" href="#levers">
        {say("skip levers")}
      </a>
      <a class="skip" href="#results">
        {say("skip")}
      </a>
    </nav>
  );
}

function Foot() {
  const { say, meta, dialog } = usePage();
  const words = say.value;
  return (
    <footer class="foot">
      <p>
        {words("brand")} {meta.version}, {meta.written}.{" "}
        <button type="button" class="link" onClick={() => (dialog.value = "about")}>
          {words("about")}
        </button>
      </p>
    </footer>
  );
}

/** What has happened, for those who listen: politely, at most once a second. */
function Speech({ spoken }: { spoken: ReadonlySignal<string> }) {
  return (
    <p class="aloud" role="status" aria-live="polite" aria-atomic="true">
      {spoken.value}
    </p>
  );
}
