// What the written model runs on: functions of the model's language, one room of numbers M, a run and its yearly values.

function xidz(numerator, denominator, otherwise) {
  return abs(denominator) < SMALL ? otherwise : numerator / denominator;
}

function modulo(x, m) {
  return m < SMALL ? 0 : x - m * trunc(x / m);
}

function ramp(slope, begin, end, time) {
  return time + SMALL > begin ? slope * (min(end, time) - begin) : 0;
}

function pulseTrain(begin, width, interval, end, time) {
  const since = time - begin + SMALL;
  const rest = since - interval * Math.floor(since / interval);
  return begin <= time && time < end && rest < width ? 1 : 0;
}

function square(x) {
  return x * x;
}

function within(index, last) {
  return index < 0 ? 0 : index > last ? last : index;
}

/** The table's value at x: straight between points, constant beyond them. */
function lookup(x, table) {
  const { xs, ys, slopes } = table;
  const last = xs.length - 1;
  if (!(x > xs[0])) return x !== x ? x : ys[0];
  if (x >= xs[last]) return ys[last];
  let piece = 0;
  while (piece < last - 1 && xs[piece + 1] <= x) piece++;
  return ys[piece] + slopes[piece] * (x - xs[piece]);
}

function lookupTable(xs, ys) {
  const slopes = xs.slice(1).map((x, i) => (x > xs[i] ? (ys[i + 1] - ys[i]) / (x - xs[i]) : 0));
  return { xs, ys, slopes };
}

/** Write an input into M, the same for all steps where it has one value alone. */
function put(name, values) {
  const spot = SPOTS[name];
  if (!spot) return; // nothing that is kept depends on it
  const [at, size, timed] = spot;
  if (!timed || values.length === size * STEPS) {
    M.set(values, at);
    return;
  }
  for (let t = 0; t < STEPS; t++) M.set(values, at + t * size);
}

/** What was last written to M beside the base; what rests on it is not that of the base either. At first: everything. */
let written = null;

/** The parts of a stage before the steps that rest on any of these inputs; null: all. */
function resting(stage, names) {
  return stage.filter(([, needs]) => names === null || needs.some((name) => names.has(name))).map(([part]) => part);
}

function compute(changed, record) {
  const names = written === null ? null : new Set([...written, ...changed]);
  written = null; // should anything fail, the next run computes everything anew
  for (const part of resting(before, names)) part(0);
  const parts = resting(drivers, names);
  for (let t = 0; t < STEPS; t++) for (const part of parts) part(t);
  written = changed;
  start(0);
  const [flowsAt, flows] = FLOWS;
  M.fill(0, flowsAt, flowsAt + flows);
  for (let t = 0; t < STEPS; t++) {
    step(t);
    M.copyWithin(STOCKS[0], NEXT[0], NEXT[0] + NEXT[1]);
    if (t % PER_YEAR === 0) record.levels(t / PER_YEAR);
    if ((t + 1) % PER_YEAR === 0) {
      record.flows((t + 1) / PER_YEAR);
      M.fill(0, flowsAt, flowsAt + flows);
    }
  }
}

/** Yearly values of what steps compute, taken from M while it runs. */
class Record {
  constructor(names) {
    this.found = {};
    this.inStep = [[], []];
    this.outside = [];
    for (const name of names) {
      const kept = KEPT[name];
      if (!kept) throw new Error(`the model keeps no '${name}'`);
      const values = new Float64Array(YEARS.length * kept.size);
      this.found[name] = values;
      if (kept.flow) values.fill(NaN, 0, kept.size);
      if (kept.stage === "step") this.inStep[kept.flow ? 1 : 0].push([kept.at, kept.size, values]);
      else this.outside.push([kept, values]);
    }
  }

  levels(year) {
    for (const [at, size, values] of this.inStep[0]) {
      const first = year * size;
      for (let i = 0; i < size; i++) values[first + i] = M[at + i];
    }
  }

  flows(year) {
    if (year >= YEARS.length) return;
    for (const [at, size, values] of this.inStep[1]) {
      const first = year * size;
      for (let i = 0; i < size; i++) values[first + i] = M[at + i] * DT;
    }
  }

  /** The yearly values of what no step computes. */
  rest() {
    for (const [{ at, size, timed, flow }, values] of this.outside) {
      for (let year = flow ? 1 : 0; year < YEARS.length; year++) {
        for (let i = 0; i < size; i++) {
          values[year * size + i] = flow ? summed(at, size, timed, year, i) : M[at + i + (timed ? year * PER_YEAR * size : 0)];
        }
      }
    }
    return this.found;
  }
}

function summed(at, size, timed, year, i) {
  let sum = 0;
  for (let t = (year - 1) * PER_YEAR; t < year * PER_YEAR; t++) sum += M[at + i + (timed ? t * size : 0)];
  return sum * DT;
}

/** The engine on a model's inputs, by name as written in the model; `arrays[name]` = { values }. */
function open(arrays) {
  const times = Float64Array.from({ length: STEPS }, (_, t) => START + t * DT);
  M.set(times, SPOTS.time[0]);
  if (SPOTS.initial_time) M[SPOTS.initial_time[0]] = times[0];
  if (SPOTS.final_time) M[SPOTS.final_time[0]] = times[STEPS - 1];
  const base = {};
  for (const name of Object.keys(INPUTS)) {
    const given = arrays[name];
    if (!given) throw new Error(`the data lack the input '${name}'`);
    const values = given.values;
    base[name] = { values, timed: values.length !== INPUTS[name].shape.reduce((a, b) => a * b, 1) };
    put(name, values);
  }
  return {
    hash: HASH,
    step: DT,
    times,
    years: YEARS,
    inputs: INPUTS,
    kept: KEPT,
    base(name) {
      if (!base[name]) throw new Error(`the model has no input '${name}'`);
      return base[name];
    },
    run(changed, wanted) {
      const names = Object.keys(changed);
      for (const name of names) put(name, changed[name].values);
      try {
        const record = new Record(wanted || Object.keys(KEPT));
        compute(names, record);
        return record.rest();
      } finally {
        for (const name of names) put(name, base[name].values);
      }
    },
  };
}
