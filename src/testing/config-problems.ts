/**
 * What is wrong with a configuration: zod's own words, the property they are about, and what may have been meant.
 */
import type * as z from 'zod';
import type { Problem } from '../core/invariant.js';

import { nearest } from '../protocol/handler-names.js';

type Path = readonly (string | number)[];
type Issue = z.core.$ZodIssue;

/** The names that there are. */
export interface Keys {
  readonly whole: readonly string[];
  /** Of an entry of `specs`. */
  readonly entry: readonly string[];
  /** Of `rates`. */
  readonly rates: readonly string[];
}

/** One per property; of a union, those of the alternative that comes closest. */
export function problemsOf(issue: Issue, keys: Keys, prefix: Path = []): Problem[] {
  const path = [...prefix, ...issue.path.map((key) => (typeof key === 'number' ? key : String(key)))];
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => unknown([...path, key], keys));
  if (issue.code !== 'invalid_union') return [{ path, message: `${placeOf(path)}: ${wordsOf(issue)}` }];
  // An alternative that complains about the whole was not meant.
  const meant = issue.errors.filter(
    (issues) => !issues.some((it) => it.path.length === 0 && it.code !== 'unrecognized_keys'),
  );
  const depth = (issues: readonly Issue[]): number => Math.max(0, ...issues.map((it) => it.path.length));
  const [closest] = meant.sort((a, b) => depth(b) - depth(a));
  if (closest) return closest.flatMap((inner) => problemsOf(inner, keys, path));
  return [{ path, message: `${placeOf(path)}: ${issue.errors.flat().map(wordsOf).join('; or ')}` }];
}

const wordsOf = ({ message }: Issue): string =>
  message.replace(/^Invalid input: /, '').replace(/^[A-Z]/, (c) => c.toLowerCase());

function unknown(path: Path, keys: Keys): Problem {
  const known = path.length === 1 ? keys.whole : path[0] === 'rates' ? keys.rates : keys.entry;
  const meant = nearest(String(path.at(-1)), known);
  const hint = meant ? `is it \`${meant}\`?` : `there are ${known.join(', ')}`;
  return { path, message: `there is no ${placeOf(path)}`, hint };
}

/** `specs[1].eot`, in backquotes. */
function placeOf(path: Path): string {
  if (path.length === 0) return 'the configuration (export default defineConfig({ … }))';
  const parts = path.map((key, i) => (typeof key === 'number' ? `[${key}]` : `${i > 0 ? '.' : ''}${key}`));
  return `\`${parts.join('')}\``;
}
