/**
 * The result of `ldfi nodes` as it is written to JSON: one versioned schema, and the model of its text and its page.
 */
import * as z from 'zod';
import { recordedSchema } from '../../recorded/schema.js';
import { parseResult } from '../../report/parse.js';

/** Grows by one when a reader of the old form could misread the new one. */
export const NODES_SCHEMA_VERSION = 1;

const count = z.int().min(0);
const texts = z.array(z.string());

const messageSchema = z.strictObject({
  /** Its name, the same in every experiment. */
  id: z.string(),
  from: z.string(),
  to: z.string(),
  type: z.string(),
  /** The rest of its body, for people; cut off where it is long. */
  says: z.string(),
  /** Ticks. */
  sent: count,
  arrivals: z.array(count),
  fate: z.enum(['delivered', 'lost', 'cut', 'down', 'flying']),
  /** The kind of the fault that it met. */
  fault: z.string().optional(),
});

const runSchema = z.strictObject({
  messages: z.array(messageSchema),
  /** How many more there were. */
  left: count,
  nodes: z.array(z.strictObject({ tick: count, node: z.string(), words: z.string() })),
  operations: z.array(
    z.strictObject({
      client: z.string(),
      node: z.string(),
      asks: z.string(),
      /** Of the reads at the end; 0 for what was planned. */
      round: count,
      invoked: count,
      completed: count.optional(),
      status: z.enum(['ok', 'failed', 'unknown']),
      answer: z.string().optional(),
    }),
  ),
  /** Tick at which the reads at the end began, if there were any. */
  readsFrom: count.optional(),
  end: count,
  /** Nodes that were up in the end. */
  live: texts,
  /** By node: the end of what it wrote to standard error. */
  stderr: z.record(z.string(), z.string()),
});

const counterexampleSchema = z.strictObject({
  faults: z.array(z.strictObject({ call: z.string(), kind: z.string(), words: z.string() })),
  why: texts,
  /** Whether it is known that each proper subset keeps the promise. */
  minimal: z.boolean(),
  /** How often the faults broke the promise, of how many times: the one in which it was found is counted. */
  reproduced: count,
  attempts: count,
  run: runSchema,
});

export const nodesResultSchema = z.strictObject({
  schemaVersion: z.literal(NODES_SCHEMA_VERSION),
  tool: z.strictObject({ name: z.literal('ldfi'), version: z.string() }),
  kind: z.literal('nodes'),
  workload: z.string(),
  promise: z.string(),
  command: texts,
  bounds: z.strictObject({
    nodes: texts,
    faults: texts,
    /** Ticks. */
    eff: count,
    eot: count,
    tickMs: count,
    maxFaults: count,
    maxRuns: count,
  }),
  /** `kept`: with the faults that were injected at the user's wish, and no others. */
  verdict: z.enum(['broken', 'vacuous', 'counterexamples', 'unreliable', 'exact', 'monotone', 'stopped', 'kept']),
  /** All sets of up to so many faults were tried, or an experiment shows what they would do. */
  exact: count,
  /** Experiments with larger sets than the verdict is about, which found nothing. */
  beyond: count,
  /** No set of up to so many faults cuts every known way of succeeding. */
  monotone: count.optional(),
  stopped: z.enum(['runs', 'aborted', 'system', 'first']).optional(),
  /** How many experiments the next step of the exact pass would have taken. */
  needed: count.optional(),
  /** Faults that were injected at the user's wish, instead of a search. */
  injected: texts.optional(),
  reasons: texts,
  /** Families of messages that share one name, and one fault. */
  grouped: texts,
  /** Messages at which there may be a fault, in the first experiment. */
  injectable: count,
  experiments: count,
  counterexamples: z.array(counterexampleSchema),
  /** The first experiment without faults. */
  baseline: runSchema.optional(),
  /** Why the promise is broken without faults. */
  broken: texts,
  /** What every experiment taught; left out by earlier versions. */
  recorded: recordedSchema.optional(),
});

export type NodesResult = z.infer<typeof nodesResultSchema>;
export type RunResult = z.infer<typeof runSchema>;
export type MessageResult = z.infer<typeof messageSchema>;
export type NodesCounterexample = z.infer<typeof counterexampleSchema>;

/** @throws LdfiError 'bad-result' that says what is wrong with it */
export const nodesFromJson = (text: string): NodesResult => parseResult(text, nodesResultSchema, '`ldfi nodes`');
