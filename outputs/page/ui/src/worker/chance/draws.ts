/** Standard normal numbers of a member of an ensemble. */
import { inverseNormal } from "./normal.ts";
import { Philox } from "./philox.ts";

/** Half the distance between the generator's numbers: 0 itself is never drawn. */
const SMALLEST = 2 ** -54;

/** Fill with the numbers of a member from a place (in values of the generator's counter) on. */
export function normalNumbers(seed: number, member: number, place: number, out: Float64Array): void {
  new Philox(seed, member).fill(place, out);
  for (let at = 0; at < out.length; at++) out[at] = inverseNormal(out[at] + SMALLEST);
}
