/**
 * The schema of a result: what is written to JSON, and validated when it is read back. Apart from `result.ts`, so that
 * only those who read pay for loading the validator.
 */
import * as z from 'zod';
import { BLOOM } from '../bloom/model.js';
import { VERDICTS } from '../dedalus/program.js';
import { mapBounds } from '../faults/bounds.js';
import type { Bounds, Fault } from '../faults/fault.js';
import { mapLists } from '../faults/names.js';
import { faultForms, parseFaults } from '../faults/scenario.js';
import type { TreeData } from '../lineage/learned/decision-tree.js';
import type { Knowledge } from '../lineage/learned/system.js';
import { faultSchema, nodeName, tick } from './fault-schema.js';
import { sliceSchema } from './frontier/slice-schema.js';

/** Grows by one when a reader of the old form could misread the new one. */
export const SCHEMA_VERSION = 2;

/** Older ones that are read as well: version 1 knew omissions and crashes alone. */
const READ_VERSIONS = [1, SCHEMA_VERSION] as const;

/** Most runs of a search that a result lists. */
export const MOST_EXPLORED = 200;

const count = z.int().min(0);
export const row = z.array(z.union([z.string(), z.number()])).max(1000);
/** What is broken: at the end, or at a tick. */
const broken = z.union([row, z.strictObject({ tick, row })]);

const boundsSchema = z.lazy(() =>
  z.strictObject({
    ...mapBounds((_, { least, optional }) => (optional ? z.int().min(least).optional() : z.int().min(least))),
    nodes: z.array(nodeName).min(1),
    ...mapLists(() => z.array(nodeName).optional()),
    groups: z.record(nodeName, z.array(nodeName)).optional(),
    costs: z.record(z.string(), z.int().min(1).max(100)).optional(),
  }),
) as unknown as z.ZodType<{ -readonly [K in keyof Omit<Bounds, 'nodes'>]: Bounds[K] } & { nodes: string[] }>;

const counterexampleSchema = z.strictObject({
  /** Canonical: sorted by tick, then by kind, then by name. */
  faults: z.array(faultSchema).max(100_000),
  witnesses: z.array(broken),
  minimality: z.array(z.strictObject({ without: faultSchema, outcome: z.enum(['holds', 'vacuous']) })),
  class: z.int().min(1),
  /** What came about against what should have, and what each fault has to do with it; of the first of a class. */
  story: z.string().optional(),
  /** The first end of time (EOT), later than that of the bounds, with which the same faults break nothing. */
  horizon: z.int().min(1).optional(),
  /** That at least these faults happen, if it was asked for: the product of their rates. */
  probability: z.number().min(0).max(1).optional(),
});

const exploredSchema = z.strictObject({
  faults: z.array(faultSchema).max(100_000),
  outcome: z.enum(['holds', 'vacuous', 'violated']),
});

const texts = z.array(z.string());
const numbers = z.array(z.array(z.int()));

/** Trees may be deep, so they are walked and not described by a schema that calls itself. */
const treeSchema = z.custom<TreeData>(isTree, 'it is no decision tree');

const knowledgeSchema = z.strictObject({
  table: z.strictObject({
    nodes: texts,
    states: texts,
    timers: texts,
    messages: texts,
    failures: texts,
    lists: numbers,
    batches: numbers,
    sigmas: numbers,
    transitions: numbers,
    initials: z.array(z.int()),
    asked: texts.optional(),
  }),
  tree: treeSchema.optional(),
  always: treeSchema.nullable().optional(),
});

/** What is known of a protocol's handlers and check, or why nothing can be. */
export type Learned = Knowledge | { readonly missing: string };

const learnedSchema: z.ZodType<Learned> = z.union([z.strictObject({ missing: z.string() }), knowledgeSchema]);

/** Deepest tree that is read: whoever walks one calls itself. */
const DEEPEST = 2_000;

const outcomeSchema = z.strictObject({
  kind: z.enum(['holds', 'vacuous', 'violated']),
  witnesses: z.array(broken),
  readingsDiffer: z.boolean(),
});

function isTree(data: unknown): boolean {
  const open: [tree: unknown, depth: number][] = [[data, 0]];
  for (let next = open.pop(); next; next = open.pop()) {
    const [tree, depth] = next;
    if (depth > DEEPEST || typeof tree !== 'object' || tree === null) return false;
    if ('outcome' in tree) {
      if (!outcomeSchema.safeParse(tree.outcome).success) return false;
      continue;
    }
    const { probe, branches } = tree as { probe?: unknown; branches?: unknown };
    if (typeof probe !== 'string' || !Array.isArray(branches)) return false;
    for (const branch of branches as unknown[]) {
      if (!Array.isArray(branch) || branch.length !== 2 || typeof branch[0] !== 'string') return false;
      open.push([branch[1], depth + 1]);
    }
  }
  return true;
}

/** A rule by its place, or a handler of the protocol by name. */
const placeSchema = z.union([
  z.strictObject({
    path: z.string(),
    line: z.int().min(1),
    column: z.int().min(1),
    /** What the line says. */
    text: z.string().optional(),
  }),
  z.strictObject({ handler: z.string() }),
]);

const warningSchema = z.strictObject({
  /** Stable, kebab-case. */
  code: z.string(),
  message: z.string(),
  place: placeSchema.optional(),
});

export const pieceSchema = z.strictObject({
  name: z.string(),
  place: placeSchema.optional(),
  /** That it does nothing in any scenario within the bounds. */
  never: z.literal(true).optional(),
});

const coverageSchema = z.strictObject({
  /** Rules or handlers: how many there are, did something in a run, and do nothing in any scenario. */
  pieces: z.strictObject({
    noun: z.enum(['rule', 'handler']),
    all: count,
    ran: count,
    never: count,
    /** The first that did nothing. */
    missed: z.array(pieceSchema),
  }),
  /** By kind of which the bounds admit some. */
  faults: z.array(
    z.strictObject({
      kind: z.string(),
      /** How many the bounds admit, change nothing in any scenario (if that is known), and were injected. */
      possible: count,
      idle: count.optional(),
      injected: count,
      /** The first nodes and links that were hit, and all ticks. */
      where: z.array(z.string()),
      ticks: z.array(tick),
    }),
  ),
});

export const checkSchema = z.strictObject({
  name: z.string(),
  /** `roots`: the files that make the program; `files`: all files read, in order, includes too. */
  spec: z.strictObject({
    roots: z.array(z.string()).min(1),
    files: z.array(z.string()),
    /** Left out for a Dedalus program. */
    kind: z.literal('protocol').optional(),
    /** The name of the protocol: a module may export several. */
    protocol: z.string().optional(),
    /** The program itself, where its files are a module in which it is written in Bloom. */
    bloom: BLOOM.optional(),
  }),
  bounds: boundsSchema,
  /** Where nodes may restart: what they keep. Relations, or fields of the state. */
  durable: z.array(z.string().max(10_000)).optional(),
  expect: z.enum(VERDICTS).optional(),
  verdict: z.enum(VERDICTS),
  /** Whether every minimal counterexample within the bounds is listed. */
  complete: z.boolean(),
  stopped: z.enum(['first', 'executions', 'aborted', 'max-faults', 'limit', 'error']).optional(),
  detail: z.string().optional(),
  /** Of a vacuous verdict: whether some scenario within the bounds promises anything. */
  promises: z.enum(['some', 'none', 'unknown']).optional(),
  /** In how many scenarios within the bounds nothing is promised, if that was counted: digits. */
  vacuous: z
    .string()
    .regex(/^\d{1,400}$/)
    .optional(),
  /** How far a search without an answer came: the last tick that was prepared, and the most faults in one scenario. */
  reached: z
    .strictObject({
      tick: count,
      faults: count,
      /** Up to each of these every minimal counterexample was found: EFF, what the faults cost, how many there are. */
      exact: z.strictObject({ eff: count.optional(), cost: count.optional(), faults: count.optional() }).optional(),
    })
    .optional(),
  executions: count,
  minimalityRuns: count,
  lineage: z
    .strictObject({ mode: z.enum(['total', 'run', 'learned', 'none']), atoms: count, instances: count })
    .optional(),
  solver: z.strictObject({ variables: count, clauses: count, calls: count }),
  /** The verdict under the other invariant, where it differs. */
  otherReading: z.strictObject({ invariant: z.enum(['strict', 'reference']), verdict: z.enum(VERDICTS) }).optional(),
  /** What to know about how the verdict came about, in a sentence. */
  notice: z.string().optional(),
  /** Codes of warnings that the check says are meant to be given. */
  allow: z.array(z.string()).optional(),
  /** What to know beside the verdict. */
  warnings: z.array(warningSchema).optional(),
  /** That each of these makes the check fail (`--strict`). */
  strict: z.literal(true).optional(),
  /** What the executions have covered. */
  coverage: coverageSchema.optional(),
  counterexamples: z.array(counterexampleSchema),
  /** By which they are ranked, the most probable first; else they are in the canonical order. By kind of fault. */
  rates: z.record(z.string(), z.number().min(0).lt(1)).optional(),
  /** The first scenarios that were run, in order, with their outcomes. */
  explored: z.array(exploredSchema).max(MOST_EXPLORED).optional(),
  /** How much is tolerated around these bounds, if that was asked for: by end of time. */
  frontier: z.array(sliceSchema).optional(),
  /**
   * Of a protocol: the transitions of its nodes and the answers of its check as far as they are known, or why there are
   * none.
   */
  learned: learnedSchema.optional(),
});

export const resultSchema = z.strictObject({
  schemaVersion: z.literal(READ_VERSIONS),
  tool: z.strictObject({ name: z.literal('ldfi'), version: z.string() }),
  strategy: z.enum(['lineage', 'random', 'exhaustive']),
  invariant: z.enum(['strict', 'reference']),
  seed: z.int().optional(),
  checks: z.array(checkSchema),
});

export type Result = z.infer<typeof resultSchema>;
export type CheckResult = z.infer<typeof checkSchema>;
export type Exact = NonNullable<NonNullable<CheckResult['reached']>['exact']>;
export type CounterexampleResult = z.infer<typeof counterexampleSchema>;

/** Longest complaint about one place of a result. */
const LONGEST_ISSUE = 200;

/** A text as JSON. `problem` says in a line what is wrong with it. */
export function parsedJson(text: string): { data: unknown } | { problem: string } {
  try {
    return { data: JSON.parse(text) };
  } catch (error) {
    return { problem: `it is not JSON: ${error instanceof Error ? error.message : String(error)}` };
  }
}

/** Reads a result back. `problem` says in a line what is wrong with the text. */
export function resultFromJson(text: string): { result: Result } | { problem: string } {
  const read = parsedJson(text);
  if ('problem' in read) return read;
  const { data } = read;
  const parsed = resultSchema.safeParse(data);
  if (parsed.success) return { result: parsed.data };
  const version = z.object({ schemaVersion: z.number() }).safeParse(data);
  if (version.success && !READ_VERSIONS.some((known) => known === version.data.schemaVersion))
    return {
      problem: `its schema version is ${version.data.schemaVersion}; this ldfi reads versions ${READ_VERSIONS.join(' and ')}`,
    };
  if (!z.object({ tool: z.object({ name: z.literal('ldfi') }) }).safeParse(data).success)
    return { problem: 'it is not a result of ldfi; name a file that `ldfi run` or `ldfi test --json` wrote' };
  return { problem: `it is not a result of ldfi (${issuesOf(parsed.error)})` };
}

/** What is wrong with data, in a line. */
export const issuesOf = ({ issues }: z.ZodError): string =>
  issues
    .slice(0, 5)
    .map((issue) => `${issue.path.join('.') || 'top level'}: ${issue.message}`)
    .map((issue) => (issue.length > LONGEST_ISSUE ? `${issue.slice(0, LONGEST_ISSUE)}…` : issue))
    .join('; ');

/** Reads faults as they are printed (`a→b@1, crash a@2`) or as they stand in a result (a JSON list). */
export function faultsFromText(text: string): { faults: Fault[] } | { problem: string } {
  if (!text.trimStart().startsWith('[')) return parseFaults(text);
  try {
    const parsed = z.array(faultSchema).max(100_000).safeParse(JSON.parse(text));
    if (parsed.success) return { faults: parsed.data };
  } catch {
    // Said below, together with all else that is not a list of faults.
  }
  return { problem: `it is no list of faults as a result has them; they may be written, too, as in ${faultForms()}` };
}
