/**
 * What is wrong with a configuration, in words: which property, what it must be, and what may have been meant.
 */
import type * as z from 'zod';
import type { Problem } from '../core/invariant.js';
import { VERDICTS } from '../dedalus/program.js';
import { BOUND_LIMITS, mapBounds } from '../faults/bounds.js';
import { nearest } from '../protocol/handler-names.js';

const VERDICT = `one of ${VERDICTS.join(', ')}`;

/** What each property must be. */
const MUST: Readonly<Record<string, string>> = {
  specs: "a list that is not empty, of files, folders, patterns and { files: '…' }",
  files: 'a file, a folder or a pattern, or a list of them',
  ...mapBounds((_, { least, most }) => `an integer from ${least} to ${most}`),
  nodes: `a list of 1 to ${BOUND_LIMITS.nodes} names`,
  expect: `${VERDICT}, or { name: verdict } for checks by their names`,
  reporters: "a list of names, like ['text', 'junit=reports/ldfi.xml']",
  reports: 'the name of a folder',
  timeout: 'an integer from 1 to 1000000, in seconds',
  maxExecutions: 'an integer, at least 1',
  maxFaults: 'an integer, at least 0',
  strategy: 'one of lineage, random, exhaustive',
  lineage: 'one of auto, total, run',
  invariant: 'one of strict, reference',
  seed: `an integer from 0 to ${2 ** 32 - 1}`,
  first: 'true or false',
};

type Path = readonly (string | number)[];

/** The names that there are. */
export interface Keys {
  readonly whole: readonly string[];
  /** Of an entry of `specs`. */
  readonly entry: readonly string[];
}

/** One per property; of a union, those of the alternative that comes closest. */
export function problemsOf(issue: z.core.$ZodIssue, data: unknown, keys: Keys, prefix: Path = []): Problem[] {
  const path = [...prefix, ...issue.path.map((key) => (typeof key === 'number' ? key : String(key)))];
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => unknown([...path, key], keys));
  if (issue.code === 'invalid_union') {
    const depth = (issues: readonly z.core.$ZodIssue[]): number => Math.max(0, ...issues.map((it) => it.path.length));
    // An alternative that complains about the whole was not meant.
    const closest = [...issue.errors].sort((a, b) => Number(isWhole(a)) - Number(isWhole(b)) || depth(b) - depth(a))[0];
    if (closest && !isWhole(closest)) return closest.flatMap((inner) => problemsOf(inner, data, keys, path));
  }
  const is = path.length > 0 && valueAt(data, path) === undefined ? 'is missing: it must be' : 'must be';
  return [{ path, message: `${placeOf(path)} ${is} ${wanted(path)}` }];
}

const isWhole = (issues: readonly z.core.$ZodIssue[]): boolean =>
  issues.some(({ code, path }) => path.length === 0 && code !== 'unrecognized_keys');

function wanted(path: Path): string {
  if (path.length === 0) return "an object: export default defineConfig({ specs: ['specs'] })";
  const [first, index, key, inner] = path;
  if (first === 'specs' && typeof index === 'number') {
    if (key === undefined) return "a file, a folder or a pattern, or { files: '…' }";
    return key === 'expect' && inner !== undefined ? VERDICT : (MUST[key] ?? '');
  }
  if (first === 'reporters' && index !== undefined) return "a name, like 'text' or 'junit=reports/ldfi.xml'";
  return MUST[String(first)] ?? '';
}

function unknown(path: Path, keys: Keys): Problem {
  const key = String(path.at(-1));
  const known = path.length > 1 ? keys.entry : keys.whole;
  const meant = nearest(key, known);
  const hint = meant ? `is it \`${meant}\`?` : `there are ${known.join(', ')}`;
  return { path, message: `there is no ${placeOf(path)}`, hint };
}

const valueAt = (data: unknown, path: Path): unknown =>
  path.reduce((value: unknown, key) => (value as Record<string | number, unknown> | undefined)?.[key], data);

/** `specs[1].eot`, in backquotes. */
function placeOf(path: Path): string {
  if (path.length === 0) return 'the configuration';
  const parts = path.map((key, i) => (typeof key === 'number' ? `[${key}]` : `${i > 0 ? '.' : ''}${key}`));
  return `\`${parts.join('')}\``;
}
