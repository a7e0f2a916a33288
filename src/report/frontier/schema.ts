/**
 * The schema of frontiers: what `ldfi frontier --json` writes, and what is validated when it is read back.
 */
import * as z from 'zod';
import { VERDICTS } from '../../dedalus/program.js';
import { printableJson } from '../result.js';
import { checkSchema, faultSchema } from '../schema.js';

const SCHEMA_VERSION = 1;

const count = z.int().min(0);
const { bounds, expect, name, spec } = checkSchema.shape;

/** Most cells of one slice that are read. */
const MOST_CELLS = 100_000;

const sliceSchema = z.strictObject({
  /** The end of time of all its cells. */
  eot: z.int().min(1),
  /** The bounds that vary, and their values in ascending order. */
  axes: z.array(z.strictObject({ name: z.string(), values: z.array(count).min(1) })),
  cells: z
    .array(
      z.strictObject({
        /** The values of the bounds, in the order of the axes. */
        at: z.array(count),
        /** What a search within these bounds says; `inconclusive` if that was not found out. */
        verdict: z.enum(VERDICTS),
        /** The smallest counterexample known: its position in `counterexamples`, from 0. */
        counterexample: count.optional(),
        /** Whether none within these bounds has fewer faults. */
        isSmallest: z.boolean().optional(),
      }),
    )
    .max(MOST_CELLS),
  /** Minimal ones, as many as the frontier needs: not all there are. */
  counterexamples: z.array(z.strictObject({ faults: z.array(faultSchema).max(100_000) })),
  executions: count,
  /** Why some cells are not settled: the time was over, or the system became too large. */
  stopped: z.enum(['aborted', 'limit']).optional(),
  detail: z.string().optional(),
});

const frontierSchema = z.strictObject({
  spec,
  /** The name by which `ldfi run --check` finds the check that is meant, with bounds of one's own. */
  check: z.string(),
  /** The checks that are about nothing but one of the cells each. */
  checks: z.array(z.strictObject({ name, bounds, expect })).min(1),
  /** By end of time. */
  slices: z.array(sliceSchema),
});

export const frontiersSchema = z.strictObject({
  schemaVersion: z.literal(SCHEMA_VERSION),
  tool: z.strictObject({ name: z.literal('ldfi'), version: z.string() }),
  invariant: z.enum(['strict', 'reference']),
  frontiers: z.array(frontierSchema),
});

export type Frontiers = z.infer<typeof frontiersSchema>;
export type FrontierResult = z.infer<typeof frontierSchema>;
export type SliceResult = z.infer<typeof sliceSchema>;
export type CellResult = SliceResult['cells'][number];

export const toFrontiers = (
  version: string,
  invariant: Frontiers['invariant'],
  frontiers: FrontierResult[],
): Frontiers => ({ schemaVersion: SCHEMA_VERSION, tool: { name: 'ldfi', version }, invariant, frontiers });

/** The same bytes for the same frontiers. */
export const frontiersToJson = (frontiers: Frontiers): string =>
  `${printableJson(JSON.stringify(frontiers, undefined, 2))}\n`;
