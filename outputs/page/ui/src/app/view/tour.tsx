/** The guided story: offered on a first visit, never forced; each step sets the page, and it can be left at any time. */

import { useEffect, useRef } from "preact/hooks";
import { useComputed, useSignal } from "@preact/signals";
import { emptyDoc, tidy, usePage, type Page } from "./page.ts";


export function goTo(page: Page, step: number): void {
  const { meta, store, memory } = page;
  const told = meta.story[step];
  if (!told) return;
  memory.keep({ toured: true });
  const known = meta.indicators.some((each) => each.key === told.look);
  const indicator = known ? told.look : page.view.peek().indicator;
  store.send({
    do: "tour",
    step,
    doc: { ...emptyDoc(page), changes: tidy(told.changes, meta) },
    area: told.area,
    indicator,
  });
}

export function TourOffer() {
  const page = usePage();
  const { meta, memory, say, store } = page;
  const offered = useComputed(() => store.state.value.tour !== null);
  const declined = useSignal(false);
  const words = say.value;
  if (memory.kept.toured || declined.value || offered.value || !meta.story.length) return null;
  const decline = (): void => {
    declined.value = true;
    if (!memory.keep({ toured: true })) page.tell("note", words("note storage"));
  };
  return (
    <aside class="offer" aria-label={words("tour title")}>
      <p>{words("tour offer", { count: meta.story.length })}</p>
      <p class="buttons">
        <button type="button" class="strong" onClick={() => goTo(page, 0)}>
          {words("tour start")}
        </button>
        <button type="button" onClick={decline}>
          {words("tour no")}
        </button>
      </p>
    </aside>
  );
}

export function Tour() {
  const page = usePage();
  const tour = useComputed(() => page.store.state.value.tour).value;
  const heading = useRef<HTMLHeadingElement>(null);
  const step = tour?.step ?? null;
  useEffect(() => {
    if (step === null) return;
    heading.current?.focus({ preventScroll: true });
    show(page, step);
  }, [step]);
  if (!tour) return null;
  const { meta, language, say } = page;
  const words = say.value;
  const told = meta.story[tour.step];
  const last = tour.step === meta.story.length - 1;
  return (
    <section class="tour" aria-labelledby="tour-heading">
      <p class="tour-step">{words("tour step", { step: tour.step + 1, count: meta.story.length })}</p>
      <h2 id="tour-heading" ref={heading} tabIndex={-1}>
        {told.title[language.value]}
      </h2>
      <p>{told.text[language.value]}</p>
      <p class="buttons">
        {tour.step > 0 ? (
          <button type="button" onClick={() => goTo(page, tour.step - 1)}>
            {words("tour back")}
          </button>
        ) : null}
        {last ? null : (
          <button type="button" class="strong" onClick={() => goTo(page, tour.step + 1)}>
            {words("tour next")}
          </button>
        )}
        <button type="button" class={last ? "strong" : ""} onClick={() => end(page, true)}>
          {words("tour keep")}
        </button>
        <button type="button" onClick={() => end(page, false)}>
          {words("tour end")}
        </button>
      </p>
    </section>
  );
}

/** Ends the story; the keyboard goes on at the question. */
function end(page: Page, keep: boolean): void {
  page.store.send({ do: "tour end", keep });
  document.getElementById("question")?.focus();
}

/** Milliseconds after which charts above have been drawn, and the page has found its heights. */
const SETTLED = 350;

/** Room between the story's box and what the step speaks of, in pixels. */
const GAP = 12;

/** Brings what the step speaks of into view, below the story's own box where that stays on top. */
function show(page: Page, step: number): void {
  const { look } = page.meta.story[step];
  const box = document.querySelector(".tour");
  const target = document.querySelector<HTMLElement>(`[data-look="${CSS.escape(look)}"]`);
  const onTop = box !== null && getComputedStyle(box).position === "sticky";
  if (target) target.style.scrollMarginTop = onTop ? `${box.getBoundingClientRect().height + GAP}px` : "";
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const go = (behavior: ScrollBehavior): void => target?.scrollIntoView({ block: "start", behavior });
  go(calm ? "auto" : "smooth");
  setTimeout(() => go("auto"), SETTLED);
}
