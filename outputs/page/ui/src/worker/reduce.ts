/** From a variable's own dimensions to values by municipality. */
import type { Dimensions } from "../shared/engine.ts";
import type { Meta } from "../shared/protocol.ts";

/** Yearly values [year, …] to [year, municipality]. */
export type Reduce = (values: Float64Array) => Float64Array;

const PLACES = ["municipality", "workplace"];
const COUNTY = "county";

/**
 * How a variable is read by municipality: other dimensions are summed over. What is known by county alone, or for the
 * whole region, stands in every municipality of it, which is right for rates and means.
 */
export function reducer(variable: Dimensions, meta: Meta): Reduce {
  const axis = PLACES.map((name) => variable.dims.indexOf(name)).find((found) => found >= 0);
  if (axis !== undefined) return variable.dims.length === 1 ? (values) => values : summed(variable, axis);
  const county = variable.dims.indexOf(COUNTY);
  const counties = meta.dims[COUNTY] ?? [];
  const rows = meta.places.map(({ county: code, countyName }) =>
    county < 0 ? 0 : counties.findIndex((label) => label === code || label === countyName),
  );
  const reduce = summed(variable, county);
  return (values) => spread(reduce(values), rows, county < 0 ? 1 : variable.shape[county]);
}

/** Sums over all dimensions but one; over all when there is none. */
function summed({ shape }: Dimensions, axis: number): Reduce {
  const length = axis < 0 ? 1 : shape[axis];
  const size = shape.reduce((product, each) => product * each, 1);
  const inner = axis < 0 ? size : shape.slice(axis + 1).reduce((product, each) => product * each, 1);
  return (values) => {
    const found = new Float64Array((values.length / size) * length);
    for (let at = 0; at < values.length; at++) {
      const year = Math.floor(at / size);
      found[year * length + (Math.floor(at / inner) % length)] += values[at];
    }
    return found;
  };
}

function spread(values: Float64Array, rows: readonly number[], length: number): Float64Array {
  const years = values.length / length;
  return Float64Array.from(
    { length: years * rows.length },
    (_, at) => values[Math.floor(at / rows.length) * length + rows[at % rows.length]],
  );
}
