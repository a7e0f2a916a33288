/**
 * What the checks of a result are called: by commands that name one (`--check`), and in links to one (`#check=…`).
 *
 * ```ts
 * namesOf(checks); // ['loss', 'calm']; of two specs that both have a 'loss': ['a.ded loss', 'b.ded loss']
 * ```
 */
import { groupBy } from '../core/memo.js';
import type { CheckResult } from './schema.js';

type Named = Pick<CheckResult, 'name' | 'spec'>;

/** With its spec, as `ldfi test` prints it. */
export const fullNameOf = ({ spec, name }: Named): string => `${spec.roots.join(' ')} ${name}`;

/** By check: its name, with its spec where several checks have that name. */
export function namesOf(checks: readonly Named[]): string[] {
  const alike = groupBy(checks, ({ name }) => name);
  return checks.map((check) => ((alike.get(check.name)?.length ?? 0) > 1 ? fullNameOf(check) : check.name));
}
