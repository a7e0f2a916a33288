/**
 * The result of a search over experiments on services, as it is saved: a version, the verdict, and what is needed to
 * show it and to replay it.
 */
import * as z from 'zod';
import type { LiveVerdict } from '../../experiments/verdict.js';
import { printableJson } from '../../report/result.js';
import type { LiveConfig } from '../http/config.js';
import type { HttpExperiment } from '../http/system.js';
import { recordedOf } from '../recorded/record.js';
import { recordedSchema } from '../recorded/schema.js';
import { parseResult } from './parse.js';

const count = z.int().min(0);
const faultSchema = z.strictObject({ call: z.string(), kind: z.string() });
const callSchema = z.strictObject({
  id: z.string(),
  parent: z.string().nullable(),
  service: z.string(),
  method: z.string(),
  path: z.string(),
  /** What the callee answered; 0 if it was not asked, or did not. */
  status: count,
  fault: z.string().nullable(),
  /** Milliseconds from the beginning of the experiment. */
  from: z.number(),
  to: z.number().nullable(),
});
const runSchema = z.strictObject({
  answer: z.strictObject({ status: count, ms: z.number(), error: z.string().nullable(), body: z.string() }),
  calls: z.array(callSchema),
  /** What is broken; empty if nothing is. */
  why: z.array(z.string()),
});

export const liveResultSchema = z.strictObject({
  schemaVersion: z.literal(1),
  tool: z.strictObject({ name: z.literal('ldfi'), version: z.string() }),
  kind: z.literal('live'),
  /** The configuration's file. */
  config: z.string(),
  entry: z.strictObject({ method: z.string(), url: z.string() }),
  promise: z.strictObject({ expect: z.string().nullable(), never: z.string().nullable(), file: z.string().nullable() }),
  kinds: z.array(z.string()),
  verdict: z.enum(['broken', 'vacuous', 'counterexamples', 'unreliable', 'exact', 'monotone', 'stopped']),
  exact: count,
  monotone: count.nullable(),
  stopped: z.enum(['runs', 'aborted', 'system']).nullable(),
  needed: count.nullable(),
  reasons: z.array(z.string()),
  experiments: count,
  /** Names of calls that cannot be told apart. */
  alike: z.array(z.string()),
  baseline: runSchema.nullable(),
  counterexamples: z.array(
    z.strictObject({
      faults: z.array(faultSchema).min(1),
      minimal: z.boolean(),
      reproduced: count,
      attempts: count,
      run: runSchema,
    }),
  ),
  /** What every experiment taught; left out by earlier versions. */
  recorded: recordedSchema.optional(),
});

export type LiveResult = z.infer<typeof liveResultSchema>;
export type LiveCounterexampleResult = LiveResult['counterexamples'][number];
export type RunView = z.infer<typeof runSchema>;
export type CallView = z.infer<typeof callSchema>;

/** Characters of an answer's body that are kept. */
const BODY = 2_000;

export interface About {
  readonly version: string;
  readonly path: string;
  readonly config: LiveConfig;
  readonly alike: readonly string[];
}

export function resultOf(verdict: LiveVerdict<HttpExperiment>, about: About): LiveResult {
  const { config } = about;
  return {
    schemaVersion: 1,
    tool: { name: 'ldfi', version: about.version },
    kind: 'live',
    config: about.path,
    entry: { method: config.entry.method, url: config.entry.url },
    promise: { expect: config.expect ?? null, never: config.never ?? null, file: config.promise ?? null },
    kinds: config.kinds,
    verdict: verdict.kind,
    exact: verdict.exact,
    monotone: verdict.monotone ?? null,
    stopped: verdict.stopped ?? null,
    needed: verdict.needed ?? null,
    reasons: [...verdict.reasons],
    experiments: verdict.experiments,
    alike: [...about.alike],
    baseline: verdict.baseline ? viewOf(verdict.baseline) : null,
    counterexamples: verdict.counterexamples.map(({ faults, experiment, minimal, reproduced, attempts }) => ({
      faults: faults.map(({ call, kind }) => ({ call, kind })),
      minimal,
      reproduced,
      attempts,
      run: viewOf(experiment),
    })),
    recorded: recordedOf(verdict),
  };
}

/** To a tenth of a millisecond. */
const rounded = (ms: number): number => Math.round(ms * 10) / 10;

function viewOf({ answer, log, outcome }: HttpExperiment): RunView {
  return {
    why: outcome.kind === 'bad' ? [...outcome.why] : [],
    answer: {
      status: answer.status,
      ms: rounded(answer.ms),
      error: answer.error ?? null,
      body: answer.body.slice(0, BODY),
    },
    calls: log.map(({ id, parent, service, method, target, status, fault, fired, from, to }) => ({
      id,
      parent: parent ?? null,
      service,
      method,
      path: target.split('?')[0] ?? '',
      status,
      fault: fired ? (fault ?? null) : null,
      from: rounded(from),
      to: to === undefined ? null : rounded(to),
    })),
  };
}

export const resultToJson = (result: LiveResult): string => `${printableJson(JSON.stringify(result, null, 2))}\n`;

/** @throws LdfiError 'bad-result' that lists what is wrong with it */
export const resultFromJson = (text: string): LiveResult => parseResult(text, liveResultSchema, '`ldfi live run`');
