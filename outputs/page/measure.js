// Runs in the page before anything else, put there by measure.py: times moves of a lever, from the event to the frame
// that shows the answer. It reads the page and the worker's messages; the page knows nothing of it.
(() => {
  const QUIET_FRAMES = 2;
  const LONGEST = 10_000; // milliseconds until a move counts as unanswered
  const seen = { run: null, opened: null, slower: 1 };
  globalThis.measured = seen;

  // When each run was asked for, answered, and how long it took by the worker's own clock. A worker `slower` times as slow
  // is one whose answers come that much later: its waiting, running and talking all take so much longer.
  const Own = globalThis.Worker;
  globalThis.Worker = class extends Own {
    asked = new Map();
    postMessage(ask, ...rest) {
      if (ask.kind === "run") this.asked.set(ask.id, performance.now());
      super.postMessage(ask, ...rest);
    }
    set onmessage(hear) {
      super.onmessage = (event) => {
        const { kind, id, milliseconds } = event.data;
        if (kind !== "ran") return hear(event);
        const took = performance.now() - this.asked.get(id);
        this.asked.delete(id);
        const late = () => {
          seen.run = { at: performance.now(), milliseconds: milliseconds * seen.slower };
          hear(event);
        };
        if (seen.slower > 1) setTimeout(late, took * (seen.slower - 1));
        else late();
      };
    }
  };

  /** Calls with the time after the next frame has been laid out and painted: a task posted from a frame runs behind it. */
  function afterFrame(then) {
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => {
        port1.close(); // an open port is never let go
        then(performance.now());
      };
      port2.postMessage(null);
    });
  }

  const opening = new MutationObserver(() => {
    if (!document.querySelector("main .sentence")) return;
    opening.disconnect();
    afterFrame((now) => (seen.opened = now));
  });
  opening.observe(document, { childList: true, subtree: true });

  const inSight = (element) => {
    const { top, bottom, height } = element.getBoundingClientRect();
    return height > 0 && bottom > 0 && top < innerHeight;
  };

  /** How many charts can be seen. */
  seen.charts = () => [...document.querySelectorAll("figure svg.chart-svg")].filter(inSight).length;

  /**
   * Moves a lever as a hand does. Done when the sentence and every chart in sight have stood still for two frames after
   * the sentence changed; the time is that of the frame in which the last of them changed.
   */
  seen.move = (name, value) =>
    new Promise((done) => {
      const lever = [...document.querySelectorAll("input[type=range]")].find((each) => each.labels[0]?.textContent === name);
      const sentence = document.querySelector(".sentence");
      const figures = [...document.querySelectorAll("figure")].filter((each) => each.querySelector("svg.chart-svg") && inSight(each));
      const changed = new Set();
      let answered = false;
      let ended = false;
      let last = NaN;
      let quiet = 0;
      seen.run = null;
      const watch = new MutationObserver((records) => {
        for (const { target } of records) {
          if (sentence.contains(target)) answered = true;
          const figure = figures.find((each) => each.contains(target));
          if (figure) changed.add(figure);
        }
        quiet = 0;
        afterFrame((now) => (last = now));
      });
      for (const each of [sentence, ...figures]) watch.observe(each, { subtree: true, childList: true, attributes: true, characterData: true });
      const end = () => {
        if (ended) return;
        ended = true;
        watch.disconnect();
        lever.dispatchEvent(new Event("change", { bubbles: true }));
        const { run } = seen;
        done({ total: answered ? last - began : null, run: run && run.milliseconds, heard: run && run.at - began, charts: figures.length, redrawn: changed.size });
      };
      const wait = () => {
        quiet += 1;
        if (answered && quiet > QUIET_FRAMES && !Number.isNaN(last)) return end();
        if (performance.now() - began > LONGEST) return end();
        requestAnimationFrame(wait);
      };
      const set = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value").set;
      const began = performance.now();
      set.call(lever, String(value));
      lever.dispatchEvent(new Event("input", { bubbles: true }));
      requestAnimationFrame(wait);
    });
})();
