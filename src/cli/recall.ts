/**
 * The subject of a check of a result, loaded again: what it was may have moved, or become another.
 */
import { existsSync } from 'node:fs';
import { visible } from '../core/text.js';
import type { Bounds } from '../faults/fault.js';
import type { CheckResult, SpecFiles } from '../report/result.js';
import { loadSubjects, type Subject } from './subject.js';
import { complain } from './terminal.js';

/** Undefined, and a complaint, if it is not there any more or is not what the result is of. */
export async function subjectOf(
  { spec, bounds }: Pick<CheckResult, 'spec' | 'bounds'>,
  paths: readonly string[] = spec.roots,
): Promise<Subject | undefined> {
  const { subjects } = await loadSubjects(paths, { quiet: true });
  if (!subjects) return undefined;
  if (spec.kind !== 'protocol' && subjects[0]?.kind !== 'protocol') return subjects[0];
  const named = subjects.find((it) => it.kind === 'protocol' && it.protocol.name === spec.protocol);
  const meant = named ?? (subjects.length === 1 ? subjects[0] : undefined);
  const problem = meant ? changed(meant, spec, bounds) : `exports no protocol named "${spec.protocol ?? ''}"`;
  if (problem === undefined) return meant;
  const path = paths.join(' ');
  complain(`error: ${visible(`${path} ${problem}. Search it again: npx ldfi run ${path}`)}\n`);
  return undefined;
}

/** Why a result is not of this subject any more: its faults name nodes. */
function changed(subject: Subject, spec: SpecFiles, { nodes }: Pick<Bounds, 'nodes'>): string | undefined {
  if (subject.kind === 'dedalus') return 'is a Dedalus program, and the result is of a protocol';
  if (spec.kind !== 'protocol') return 'is a module, and the result is of a Dedalus program';
  const { protocol } = subject;
  if (JSON.stringify(protocol.nodes) === JSON.stringify(nodes)) return undefined;
  return `has changed: the nodes of ${protocol.name} are ${protocol.nodes.join(', ')}, and the result is of ${nodes.join(', ')}`;
}

/**
 * Says where to look for files of a result that are not there.
 * @param advice what to do about it
 */
export function complainOfMoved(roots: readonly string[], advice: string): void {
  if (!roots.every((root) => existsSync(root)))
    complain(`The result names its spec as seen from the folder of the run; ${advice}.\n`);
}
