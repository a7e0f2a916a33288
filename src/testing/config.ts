/**
 * The configuration of a project's checks: what `ldfi test` runs when it is not told otherwise. Validated whole, all
 * problems at once.
 */
import * as z from 'zod';
import type { Problem } from '../core/invariant.js';
import { VERDICTS } from '../dedalus/program.js';
import { BOUND_LIMITS, mapBounds } from '../faults/bounds.js';
import { kinds } from '../faults/kinds.js';
import { mapLists } from '../faults/names.js';
import { selectFaults } from '../faults/selection.js';
import { problemsOf } from './config-problems.js';

const count = z.int().min(1);

function isFaultList(text: string): boolean {
  try {
    return selectFaults(text) !== undefined;
  } catch {
    return false;
  }
}
const verdict = z.enum(VERDICTS);
const ratesSchema = z.strictObject(
  Object.fromEntries(kinds().map(({ kind }) => [kind, z.number().min(0).lt(1).optional()])),
);

const entrySchema = z.strictObject({
  /** A file, a folder, or a pattern with `*` and `**`; or several. */
  files: z.union([z.string().min(1), z.array(z.string().min(1)).min(1)]),
  /** Bounds in place of those of the specs. */
  ...mapBounds((_, { least, most, help }) => z.int().min(least).max(most).describe(help).optional()),
  /** The kinds of faults, as in `omission,crash,delay:2`. */
  faults: z.string().refine(isFaultList, 'it is no list of kinds, like omission,crash,delay:2').optional(),
  /** Nodes and links that never fail; nodes that may crash, halt, restart, or whose clocks may stand still. */
  ...mapLists(() => z.array(z.string().min(1)).optional()),
  /** Nodes by the name of their group: partitions are between groups. */
  groups: z.record(z.string().min(1), z.array(z.string().min(1)).min(1)).optional(),
  /** What faults of a kind cost; 1 each if left out. */
  costs: z.record(z.string(), z.int().min(1).max(100)).optional(),
  /** Of Dedalus specs only: a protocol names its nodes itself. */
  nodes: z.array(z.string().min(1)).min(1).max(BOUND_LIMITS.nodes).optional(),
  /** The verdict to expect: of all checks, or by name of the check. */
  expect: z.union([verdict, z.record(z.string(), verdict)]).optional(),
});

export const configSchema = z.strictObject({
  /**
   * Paths are relative to the configuration's folder. Default: the folder `specs`. A later entry adds to an earlier one
   * of the same file.
   */
  specs: z
    .array(z.union([z.string().min(1), entrySchema]))
    .min(1)
    .optional(),
  /** As for `--reporter`: a name, or `name=file`. */
  reporters: z.array(z.string().min(1)).optional(),
  /**
   * A folder in which the result of all checks is kept: `ldfi.json`, for `ldfi replay`, and `test/index.html`, an
   * overview with a page for each spec.
   */
  reports: z.string().min(1).optional(),
  /** Seconds for all checks together. */
  timeout: count.max(1_000_000).optional(),
  /** Executions per check. */
  maxExecutions: count.optional(),
  maxFaults: z.int().min(0).optional(),
  /** How many checks are searched at once. */
  jobs: count.max(64).optional(),
  /** In how many parts each check is searched. */
  split: count.max(1_024).optional(),
  strategy: z.enum(['lineage', 'random', 'exhaustive']).optional(),
  lineage: z.enum(['auto', 'total', 'run']).optional(),
  invariant: z.enum(['strict', 'reference']).optional(),
  seed: z
    .int()
    .min(0)
    .max(2 ** 32 - 1)
    .optional(),
  first: z.boolean().optional(),
  /** Whether every warning beside a verdict makes its check fail. */
  strict: z.boolean().optional(),
  /** Counterexamples by probability, the most probable first. */
  rank: z.boolean().optional(),
  /** How probable one fault of a kind is; where that is left out, what the kind says. Asks for a ranking, too. */
  rates: ratesSchema.optional(),
  /** For editors, in JSON: `./node_modules/ldfi/dist/schemas/config.json`. */
  $schema: z.string().optional(),
});

export type Config = z.input<typeof configSchema>;
/** Files, and what is to be otherwise for them than they say themselves. */
export type ConfigEntry = z.input<typeof entrySchema>;

/** A configuration, for the default export of `ldfi.config.ts`: nothing but a help for editors. */
export const defineConfig = (config: Config): Config => config;

/** What a configuration file exports as a configuration, or all that is wrong with it. */
export function parseConfig(data: unknown): { config: Config } | { problems: readonly Problem[] } {
  const parsed = configSchema.safeParse(data);
  if (parsed.success) return { config: parsed.data };
  const keys = {
    whole: Object.keys(configSchema.shape),
    entry: Object.keys(entrySchema.shape),
    rates: Object.keys(ratesSchema.shape),
  };
  return { problems: parsed.error.issues.flatMap((issue) => problemsOf(issue, keys)) };
}
