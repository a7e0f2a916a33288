/**
 * The diagnostics of a file that may be in several programs: mistakes of any of them, and the warnings of all, since
 * what one program never reads another may.
 */
import type { Diagnostic as Problem } from 'vscode-languageserver/node';
import type { Addresses } from './convert.js';
import { problemOf } from './convert.js';
import type { Known } from './programs.js';

export function problemsOf(id: string, programs: readonly Known[], addressOf: Addresses): Problem[] {
  const counted = new Map<string, { readonly problem: Problem; count: number }>();
  for (const { loaded } of programs) {
    const file = Math.max(0, loaded.tree.ids.indexOf(id));
    const own = loaded.diagnostics.filter(({ span }) => span.file === file);
    const problems = own.map((one) => problemOf(one, loaded.files, addressOf));
    for (const problem of new Map(problems.map((one) => [keyOf(one), one])).values()) {
      const key = keyOf(problem);
      const known = counted.get(key);
      if (known) known.count++;
      else counted.set(key, { problem, count: 1 });
    }
  }
  const kept = [...counted.values()].filter(
    ({ problem, count }) => problem.severity === 1 || count === programs.length,
  );
  return kept.map(({ problem }) => problem);
}

const keyOf = ({ range, code, message }: Problem): string => JSON.stringify([range, code, message]);
