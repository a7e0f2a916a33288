/**
 * The WARS model by sampling: one write to N replicas, done when W have acknowledged it, and a read t after that.
 *
 * The read is consistent if one of the first R replicas to answer had the write when the read came to it: w + t + R ≥ W
 * for one of them, where w is when the write was done. So every sample has one time from which on it is consistent, and
 * from those the probability follows for all t at once.
 *
 * Invariant: samples come in blocks, each with a stream of its own, so that whoever makes which block changes nothing.
 * Source: Bailis et al., "Probabilistically bounded staleness for practical partial quorums" (VLDB 2012), §4.1, §5.1.
 */
import { uniformStream } from '../core/stream.js';
import { drawsOf, type LatencyModel } from './latency.js';
import type { Quorum } from './quorum.js';

export interface Plan {
  readonly quorum: Quorum;
  readonly model: LatencyModel;
  readonly samples: number;
  /** An integer of 32 bits. */
  readonly seed: number;
}

/** Milliseconds, by sample. */
export interface Samples {
  /** From when after the write on a read is consistent: 0 or less, if from the beginning. */
  readonly visible: Float64Array<ArrayBuffer>;
  /** How long the read takes, and the write. */
  readonly read: Float64Array<ArrayBuffer>;
  readonly write: Float64Array<ArrayBuffer>;
}

/** Samples of a block; of the last one fewer. */
export const BLOCK = 16_384;

export const blocksOf = ({ samples }: Pick<Plan, 'samples'>): number => Math.ceil(samples / BLOCK);

export const roomFor = (samples: number): Samples => ({
  visible: new Float64Array(samples),
  read: new Float64Array(samples),
  write: new Float64Array(samples),
});

/** Puts a block in its place among all samples. */
export function place(all: Samples, block: number, part: Samples): void {
  for (const name of ['visible', 'read', 'write'] as const) all[name].set(part[name], block * BLOCK);
}

/** Makes the samples of one block. @param block from 0 */
export function sampleBlock({ quorum, model, samples, seed }: Plan, block: number): Samples {
  const size = Math.min(BLOCK, samples - block * BLOCK);
  const made = roomFor(size);
  const trial = trialOf(quorum, model, uniformStream(seed, block));
  for (let i = 0; i < size; i++) {
    const { visible, read, write } = trial();
    made.visible[i] = visible;
    made.read[i] = read;
    made.write[i] = write;
  }
  return made;
}

interface Trial {
  visible: number;
  read: number;
  write: number;
}

/** Makes one sample at each call. */
function trialOf(quorum: Quorum, model: LatencyModel, uniform: () => number): () => Trial {
  const { n } = quorum;
  const [drawW, drawA, drawR, drawS] = drawsOf(model);
  const { remote } = model;
  const [w, a, r, s] = [1, 2, 3, 4].map(() => new Float64Array(n)) as unknown as Latencies;
  const judge = judgeOf(quorum);
  return () => {
    const writer = remote > 0 ? Math.floor(uniform() * n) : 0;
    const reader = remote > 0 ? Math.floor(uniform() * n) : 0;
    for (let i = 0; i < n; i++) {
      const toWriter = i === writer ? 0 : remote;
      const toReader = i === reader ? 0 : remote;
      w[i] = drawW(uniform) + toWriter;
      a[i] = drawA(uniform) + toWriter;
      r[i] = drawR(uniform) + toReader;
      s[i] = drawS(uniform) + toReader;
    }
    return judge(w, a, r, s);
  };
}

type Latencies = readonly [w: Float64Array, a: Float64Array, r: Float64Array, s: Float64Array];

/** What the latencies of one write and one read come to, by replica. What is given is changed by the next call. */
export function judgeOf({ n, r: readers, w: writers }: Quorum): (...latencies: Latencies) => Trial {
  const done = new Float64Array(n);
  const answered = new Float64Array(n);
  const order = new Uint16Array(n);
  const trial: Trial = { visible: 0, read: 0, write: 0 };
  return (w, a, r, s) => {
    for (let i = 0; i < n; i++) {
      done[i] = (w[i] as number) + (a[i] as number);
      answered[i] = (r[i] as number) + (s[i] as number);
    }
    sortBy(done, order);
    trial.write = done[order[writers - 1] as number] as number;
    sortBy(answered, order);
    trial.read = answered[order[readers - 1] as number] as number;
    trial.visible = Number.POSITIVE_INFINITY;
    for (let i = 0; i < readers; i++) {
      const replica = order[i] as number;
      const from = (w[replica] as number) - (r[replica] as number) - trial.write;
      if (from < trial.visible) trial.visible = from;
    }
    return trial;
  };
}

/** Orders replicas by their times, those with equal ones by number: insertion, since there are few. */
function sortBy(times: Float64Array, order: Uint16Array): void {
  for (let i = 0; i < order.length; i++) {
    const time = times[i] as number;
    let at = i;
    for (; at > 0 && (times[order[at - 1] as number] as number) > time; at--) order[at] = order[at - 1] as number;
    order[at] = i;
  }
}
