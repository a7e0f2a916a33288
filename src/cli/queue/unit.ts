/**
 * What goes through a queue: units, each a check or a part of one, and what comes of them. No code is in a unit, only
 * names of files, which a worker has itself, and what they must say.
 */
import * as z from 'zod';
import type { Findings } from '../../answer/findings.js';
import { version } from '../../files/package.js';
import { answerSchema, askedSchema, findingsSchema } from '../../report/answer-schema.js';
import type { Timed } from '../commands/search.js';
import type { Request } from '../jobs/messages.js';

/** Where the feeder of a run looks for what comes, and what is there as long as it does. */
export const resultsOf = (run: string): string => `ldfi:${run}:results`;
export const signOf = (run: string): string => `ldfi:${run}:feeder`;

const unitSchema = z.object({
  version: z.string(),
  run: z.string().regex(/^[\w-]{1,64}$/),
  id: z.int().min(0),
  request: z.object({
    origin: z.object({ paths: z.array(z.string()).min(1), part: z.boolean(), number: z.int().min(0) }),
    text: z.string(),
    check: askedSchema,
    label: z.string(),
    flags: z.looseObject({}),
    keeps: z.boolean(),
    split: z
      .union([
        z.object({ cube: z.object({ number: z.int().min(1), of: z.int().min(1) }) }),
        z.object({ parts: z.array(findingsSchema) }),
      ])
      .optional(),
  }),
});

const resultSchema = z.object({
  id: z.int().min(0),
  said: z.array(z.string()),
  came: z.union([z.object({ answer: answerSchema, took: z.number() }), findingsSchema]).optional(),
  /** Why nothing came. */
  reason: z.string().optional(),
});

export interface Unit {
  readonly run: string;
  readonly id: number;
  readonly request: Request;
}

export interface UnitResult {
  readonly id: number;
  readonly said: readonly string[];
  readonly came?: Timed | Findings | undefined;
  readonly reason?: string | undefined;
}

/** @param request its flags are only those of the search */
export function unitOf(run: string, id: number, request: Request): unknown {
  const { compiled, ...origin } = request.origin;
  const { strategy, lineage, invariant, first, seed, maxFaults, maxExecutions, rank, rates, verbose } = request.flags;
  const flags = { strategy, lineage, invariant, first, seed, maxFaults, maxExecutions, rank, rates, verbose };
  return { version: version(), run, id, request: { ...request, origin, flags: { ...flags, quiet: true } } };
}

/** A unit, or what to say of one that cannot be read. */
export function readUnit(
  data: unknown,
): Unit | { readonly run?: string | undefined; readonly id?: number | undefined; readonly problem: string } {
  const head = z.object({ version: z.string(), run: z.string(), id: z.int() }).safeParse(data);
  const { version: other, run, id } = head.data ?? {};
  const problem = `it runs ldfi ${version()}, and the one who asks ${other === undefined ? 'another version' : other}`;
  const parsed = unitSchema.safeParse(data);
  if (!parsed.success || other !== version()) return { run, id, problem };
  // Read back as it was written.
  const unit = data as Unit;
  return { ...unit, request: { ...unit.request, origin: { ...unit.request.origin, compiled: new Map() } } };
}

/** Undefined for what is none. */
export function readResult(text: string): UnitResult | undefined {
  try {
    const data: unknown = JSON.parse(text);
    return resultSchema.safeParse(data).success ? (data as UnitResult) : undefined;
  } catch {
    return undefined;
  }
}
