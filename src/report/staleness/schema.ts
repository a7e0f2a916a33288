/**
 * The schema of how stale reads are: what `ldfi pbs --json` writes.
 */
import * as z from 'zod';
import type { Staleness } from '../../staleness/measure.js';
import { asNumber, complement, goesBack, stale } from '../../staleness/quorum.js';
import type { Plan } from '../../staleness/wars.js';
import { printableJson } from '../result.js';

const SCHEMA_VERSION = 1;

const count = z.int().min(1);
const ms = z.number().min(0);
const probability = z.number().min(0).max(1);
const share = { probability, least: probability, most: probability };
/** Bounds are left out where there are too few samples for them. */
const quantile = z.strictObject({ quantile: probability, ms, least: ms.optional(), most: ms.optional() });

export const stalenessSchema = z.strictObject({
  schemaVersion: z.literal(SCHEMA_VERSION),
  tool: z.strictObject({ name: z.literal('ldfi'), version: z.string() }),
  quorum: z.strictObject({ n: count, r: count, w: count }),
  /** What the model of latencies is called. */
  model: z.string(),
  samples: count,
  seed: z.int().min(0),
  /** That a read gives one of the last versions, if quorums are any and writes go no further: exact. */
  versions: z.array(z.strictObject({ versions: count, fraction: z.string().regex(/^\d+\/\d+$/), probability })),
  /** That a read is no older than the one before it of the same client, under the same conditions. */
  monotonic: z.strictObject({ writesPerRead: z.number().min(0), probability }),
  /** The probability of a consistent read some milliseconds after the write was done. Intervals are of 95 %. */
  curve: z.array(z.strictObject({ ms, ...share })).min(1),
  /** From when on so many reads are consistent. */
  visible: z.array(quantile),
  /** How long reads and writes take. */
  read: z.array(quantile),
  write: z.array(quantile),
});

export type StalenessResult = z.infer<typeof stalenessSchema>;

/**
 * @param versions up to how many versions a read may lag behind
 * @param writesPerRead of all clients, for each read of a client
 */
export function toStaleness(
  version: string,
  { quorum, model, samples, seed }: Plan,
  { versions, writesPerRead }: { readonly versions: number; readonly writesPerRead: number },
  found: Staleness,
): StalenessResult {
  return {
    schemaVersion: SCHEMA_VERSION,
    tool: { name: 'ldfi', version },
    quorum,
    model: model.name,
    samples,
    seed,
    versions: Array.from({ length: versions }, (_, i) => {
      const within = complement(stale(quorum, i + 1));
      const fraction = `${within.numerator}/${within.denominator}`;
      return { versions: i + 1, fraction, probability: asNumber(within) };
    }),
    monotonic: { writesPerRead, probability: 1 - goesBack(quorum, writesPerRead) },
    curve: [...found.curve],
    visible: [...found.visible],
    read: [...found.read],
    write: [...found.write],
  };
}

/** The same bytes for the same figures. */
export const stalenessToJson = (result: StalenessResult): string =>
  `${printableJson(JSON.stringify(result, undefined, 2))}\n`;
