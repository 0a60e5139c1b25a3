/** The page's worker: the model, whose text stands before this one, answers the page's questions. */
import type { Ask } from "../shared/protocol.ts";
import type { ModelSource } from "./model.ts";
import { Service } from "./service.ts";
import type { Later } from "./tasks.ts";

/** What the worker sees of its own world. */
interface Scope {
  norrsimModel?: ModelSource;
  postMessage(message: unknown, transfer: Transferable[]): void;
  onmessage: ((event: MessageEvent<Ask>) => void) | null;
}

/** Calls back behind the messages that wait; a timer would let four milliseconds pass each time. */
function laterByChannel(): Later {
  const waiting: (() => void)[] = [];
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => waiting.shift()?.();
  return (what) => {
    waiting.push(what);
    port2.postMessage(null);
  };
}

const scope = globalThis as unknown as Scope;
const service = new Service({
  model: scope.norrsimModel ?? {
    hash: "",
    open: () => {
      throw new Error("the page came without its model");
    },
  },
  post: (answer, transfer) => scope.postMessage(answer, transfer),
  later: laterByChannel(),
  now: () => performance.now(),
});
scope.onmessage = ({ data }) => service.hear(data);
