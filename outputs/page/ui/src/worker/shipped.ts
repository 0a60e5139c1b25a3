/** The bands around the base that come with the page: outputs/page/bands.py. */
import type { Quantiles } from "../shared/protocol.ts";
import type { Packed } from "./payload.ts";

export type Shipped = (area: string) => Quantiles | null;

const QUANTILES = "band quantiles";
const REACHED = "band reached";
const REGION = "region";

/** The base's band by area; null where the page came without. */
export function shippedBands(
  header: Record<string, unknown>,
  arrays: Record<string, Packed>,
  years: readonly number[],
): Shipped | null {
  const told = header.band as { areas: string[]; members: number } | undefined;
  const found = arrays[QUANTILES];
  if (told === undefined || found === undefined) return null;
  const [, probabilities, length] = found.shape;
  return (area) => {
    const row = told.areas.indexOf(area);
    if (row < 0) return null;
    const begin = row * probabilities * length;
    const q = Array.from({ length: probabilities }, (_, at) =>
      found.values.slice(begin + at * length, begin + (at + 1) * length),
    );
    const reached = area === REGION && arrays[REACHED] ? { reached: arrays[REACHED].values.slice() } : {};
    return { years: [...years], q, members: told.members, of: told.members, ...reached };
  };
}
