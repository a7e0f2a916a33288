/**
 * Medians and rounding: how many samples become one number.
 */

/** The middle of the sorted samples (the lower one of two); NaN of none. */
export function median(samples: readonly number[]): number {
  const sorted = [...samples].sort((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? Number.NaN;
}

/** The least of the samples; NaN of none. */
export const least = (samples: readonly number[]): number => (samples.length === 0 ? Number.NaN : Math.min(...samples));

/** Three significant digits, for the JSON. */
export const rounded = (value: number): number => (Number.isFinite(value) ? Number(value.toPrecision(3)) : value);
