/**
 * Answers as they are read back: from a part of `ldfi test --shard`, or from a worker of a queue.
 */
import * as z from 'zod';
import type { Answer } from './answer.js';
import { faultSchema, tick } from './fault-schema.js';
import { checkSchema, pieceSchema, row } from './schema.js';

const count = z.int().min(0);
export const placeSchema = z.strictObject({ file: z.string(), line: count, column: count });

const run = z.strictObject({
  scenario: z.array(faultSchema),
  eot: tick,
  durable: z.array(z.string()).optional(),
  messages: z.array(
    z.strictObject({
      from: z.string(),
      to: z.string(),
      sent: count,
      nth: count.optional(),
      at: z.array(count),
      lost: z.boolean(),
      label: z.string(),
    }),
  ),
  seen: z.array(z.strictObject({ tick: count, text: z.string() })).optional(),
});

export const answerSchema = z.strictObject({
  check: checkSchema,
  shown: z.array(z.strictObject({ number: z.int().min(1), alike: count, run, place: placeSchema })),
  promised: z.array(row),
  place: placeSchema,
}) satisfies z.ZodType<Answer>;

const { bounds, expect, allow, ...fields } = checkSchema.shape;

const coverage = z.strictObject({
  faulty: count,
  promising: count,
  noun: z.enum(['rule', 'handler']),
  pieces: z.array(pieceSchema),
  ran: z.array(count),
  faults: z.array(
    z.strictObject({
      kind: z.string(),
      possible: count,
      idle: count.optional(),
      last: count,
    }),
  ),
  lastSent: z.int().optional(),
  excused: z.array(z.string()).optional(),
  injected: z.array(faultSchema),
});

/** What comes of a part of a search; what only counts is read as it is. */
export const findingsSchema = z.object({
  verdict: z.looseObject({
    kind: fields.verdict,
    counterexamples: fields.counterexamples,
    behaviours: z.array(z.string()).optional(),
    complete: z.boolean(),
    stopped: fields.stopped,
    detail: fields.detail,
    promises: fields.promises,
    warnings: fields.warnings.unwrap(),
    coverage: coverage.optional(),
    statistics: z.looseObject({ executions: fields.executions, minimalityRuns: fields.executions }),
  }),
  explored: z.array(z.object({ faults: z.array(faultSchema), outcome: z.enum(['holds', 'vacuous', 'violated']) })),
  reached: z.object({ tick: z.int(), faults: z.int() }),
  vacuous: z.string().optional(),
  notice: z.string().optional(),
  took: z.number().optional(),
});

/** A check before it is searched. */
export const askedSchema = z.object({ name: z.string(), bounds, expect, allow });
