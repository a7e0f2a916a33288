/**
 * What has changed between two results, old and new: as data, and its schema.
 *
 * A change is a regression or it is not; what makes it one is said where it is found (`results.ts`, `frontiers.ts`) and
 * in docs/ci.md.
 */
import * as z from 'zod';
import { faultSchema } from '../fault-schema.js';
import { printableJson } from '../result.js';

const SCHEMA_VERSION = 1;

const changeSchema = z.strictObject({
  /** The spec and the check. */
  subject: z.string(),
  kind: z.enum([
    'check-gained',
    'check-lost',
    'verdict',
    'expectation',
    'counterexamples-gained',
    'counterexamples-lost',
    'bounds',
    'reading',
    'cells-broken',
    'cells-mended',
    'cells-other',
    'cells-unsettled',
    'cells-settled',
    'cells-gained',
    'cells-lost',
  ]),
  isRegression: z.boolean(),
  /** In a sentence that goes on from the subject. */
  message: z.string(),
  /** The verdicts, where they differ. */
  old: z.string().optional(),
  new: z.string().optional(),
  /** Canonical: those that were gained or lost, or that break what was tolerated. */
  counterexamples: z.array(z.array(faultSchema)).optional(),
});

export const differenceSchema = z.strictObject({
  schemaVersion: z.literal(SCHEMA_VERSION),
  tool: z.strictObject({ name: z.literal('ldfi'), version: z.string() }),
  /** What was compared: results of `ldfi run` and `ldfi test`, or frontiers. */
  of: z.enum(['results', 'frontiers']),
  regressions: z.int().min(0),
  /** How many checks, or frontiers, are in both. */
  compared: z.int().min(0),
  /** By subject; of each the regressions first. */
  changes: z.array(changeSchema),
});

export type Difference = z.infer<typeof differenceSchema>;
export type Change = z.infer<typeof changeSchema>;

/** The changes in order, and how many of them are regressions. */
export function differenceOf(
  version: string,
  of: Difference['of'],
  compared: number,
  changes: readonly Change[],
): Difference {
  const subjects = [...new Set(changes.map(({ subject }) => subject))];
  const inOrder = subjects.flatMap((subject) => {
    const own = changes.filter((change) => change.subject === subject);
    return [...own.filter(({ isRegression }) => isRegression), ...own.filter(({ isRegression }) => !isRegression)];
  });
  const regressions = changes.filter(({ isRegression }) => isRegression).length;
  const tool = { name: 'ldfi', version } as const;
  return { schemaVersion: SCHEMA_VERSION, tool, of, regressions, compared, changes: inOrder };
}

/** The same bytes for the same difference. */
export const differenceToJson = (difference: Difference): string =>
  `${printableJson(JSON.stringify(difference, undefined, 2))}\n`;

/** Items by name, in order; those of one name are told apart by a number. */
export function byName<T>(items: readonly T[], nameOf: (item: T) => string): Map<string, T> {
  const found = new Map<string, T>();
  for (const item of items) {
    const name = nameOf(item);
    let own = name;
    for (let i = 2; found.has(own); i++) own = `${name} (${i})`;
    found.set(own, item);
  }
  return found;
}
