/** Makes the worker from the page's data file, and unpacks nothing here: the worker does that. */

import type { Answer, Ask } from "../../shared/protocol.ts";
import type { Channel } from "./session.ts";

export interface PageData {
  format: number;
  model: string;
  worker: string;
  payload: string;
}

const FORMAT = 1;

/** What the browser lacks, by the name under which it can be looked up; empty when it has everything. */
export function lacking(): string[] {
  const needed: Record<string, unknown> = {
    Worker: globalThis.Worker,
    DecompressionStream: globalThis.DecompressionStream,
    Blob: globalThis.Blob,
    Intl: globalThis.Intl,
  };
  return Object.keys(needed).filter((name) => typeof needed[name] === "undefined");
}

/** The data that data.js brought; null when the file is missing or of another kind. */
export function pageData(found: unknown): PageData | null {
  if (typeof found !== "object" || found === null) return null;
  const data = found as Partial<PageData>;
  const whole = [data.model, data.worker, data.payload].every((part) => typeof part === "string" && part.length > 0);
  return data.format === FORMAT && whole ? (data as PageData) : null;
}

/** The payload's bytes, still packed. Null when they are damaged. */
export function payloadOf(data: PageData): ArrayBuffer | null {
  try {
    const text = atob(data.payload);
    const bytes = new Uint8Array(text.length);
    for (let at = 0; at < text.length; at += 1) bytes[at] = text.charCodeAt(at);
    return bytes.buffer;
  } catch {
    return null;
  }
}

/** A worker of the model and what runs it; made of a blob, since a page opened from disk may load no other file as a worker. */
export function openChannel(data: PageData, broken: (message: string) => void): Channel {
  const address = URL.createObjectURL(new Blob([data.model, "\n", data.worker], { type: "text/javascript" }));
  const worker = new Worker(address);
  worker.onerror = (event) => broken(event.message || "worker");
  return {
    post: (ask: Ask, transfer: Transferable[] = []) => worker.postMessage(ask, transfer),
    listen: (hear: (answer: Answer) => void) => {
      worker.onmessage = (event: MessageEvent<Answer>) => {
        URL.revokeObjectURL(address);
        hear(event.data);
      };
    },
  };
}
