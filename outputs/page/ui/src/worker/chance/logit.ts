/** The logit-normal distribution of calibration/priors/prior.py. */

export function logit(share: number): number {
  return Math.log(share / (1 - share));
}

/** The value at a standard normal number z of a distribution between low and high, its centre on the logit scale. */
export function bent(low: number, high: number, centre: number, spread: number): number {
  return low + (high - low) / (1 + Math.exp(-(centre + spread)));
}

/** The centre of a distribution by its median, which lies between low and high. */
export function centreOf(low: number, high: number, median: number): number {
  return logit((median - low) / (high - low));
}
