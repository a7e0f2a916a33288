/**
 * The schema of frontiers: what `ldfi frontier --json` writes, and what is validated when it is read back.
 */
import * as z from 'zod';
import { printableJson } from '../result.js';
import { checkSchema } from '../schema.js';
import { sliceSchema } from './slice-schema.js';

const SCHEMA_VERSION = 1;

const { bounds, expect, name, spec } = checkSchema.shape;

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
export type { CellResult, SliceResult } from './slice-schema.js';

export const toFrontiers = (
  version: string,
  invariant: Frontiers['invariant'],
  frontiers: FrontierResult[],
): Frontiers => ({ schemaVersion: SCHEMA_VERSION, tool: { name: 'ldfi', version }, invariant, frontiers });

/** The same bytes for the same frontiers. */
export const frontiersToJson = (frontiers: Frontiers): string =>
  `${printableJson(JSON.stringify(frontiers, undefined, 2))}\n`;
