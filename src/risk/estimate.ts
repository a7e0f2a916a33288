/**
 * An estimate from weighted samples, with what it may be off by.
 */
import { Z } from '../core/intervals.js';

export interface Estimate {
  readonly probability: number;
  readonly standardError: number;
  /** A 95 % confidence interval. */
  readonly interval: readonly [least: number, most: number];
  readonly samples: number;
  /** How many of the samples broke the promise. */
  readonly violated: number;
}

/** Mean and variance of samples as they come (Welford, 1962). */
export class Estimator {
  private samples = 0;
  private violated = 0;
  private mean = 0;
  private squares = 0;

  /** @param most no sample weighs more than this */
  constructor(private readonly most: number) {}

  /** @param weight of a sample; 0 if it keeps the promise */
  add(weight: number): void {
    this.samples++;
    if (weight > 0) this.violated++;
    const off = weight - this.mean;
    this.mean += off / this.samples;
    this.squares += off * (weight - this.mean);
  }

  /**
   * The interval is that of the normal distribution. Where no sample broke the promise, it ends where so many samples
   * without one are as improbable as 5 %.
   */
  get estimate(): Estimate {
    const { samples, violated, mean, squares, most } = this;
    const standardError = samples > 1 ? Math.sqrt(squares / (samples - 1) / samples) : Number.POSITIVE_INFINITY;
    const unseen = samples === 0 ? 1 : most * -Math.expm1(Math.log(0.05) / samples);
    const half = Z * standardError;
    return {
      probability: mean,
      standardError: samples > 1 ? standardError : 1,
      interval: violated === 0 ? [0, Math.min(1, unseen)] : [Math.max(0, mean - half), Math.min(1, mean + half)],
      samples,
      violated,
    };
  }
}
