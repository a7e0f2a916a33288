/**
 * The schema of faults: what each kind says of its fields.
 */
import * as z from 'zod';
import type { Fault } from '../faults/fault.js';
import type { FaultKind, Field } from '../faults/kind.js';
import { kinds } from '../faults/kinds.js';

export const tick = z.int().min(1).max(100_000);
export const nodeName = z.string().max(10_000);

const FIELDS = {
  node: nodeName,
  nodes: z.array(nodeName).min(1).max(1000),
  tick,
  ticks: tick,
  way: z.enum(['|', '>']),
  nth: z.int().min(1).max(64).optional(),
} as const;

const objectOf = ({ kind, fields }: FaultKind) =>
  z.strictObject({
    kind: z.literal(kind),
    ...Object.fromEntries(Object.entries<Field>(fields).map(([name, field]) => [name, FIELDS[field]])),
  });

export const faultSchema = z.lazy(() =>
  z.discriminatedUnion('kind', kinds().map(objectOf) as [ReturnType<typeof objectOf>]),
) as unknown as z.ZodType<Fault>;
