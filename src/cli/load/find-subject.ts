/**
 * What a result is of, found again: what it was may have moved, or become another. A result is data that may come from
 * anybody, so it does not decide alone which code is run.
 */
import { existsSync, realpathSync } from 'node:fs';
import { relative } from 'node:path';
import { ProtocolSubject } from '../../answer/protocol.js';
import type { Subject } from '../../answer/subject.js';
import { commandLine, fileWord } from '../../core/shell.js';
import { visible } from '../../core/text.js';
import type { SourceFile } from '../../dedalus/ast.js';
import type { CheckResult, Result, SpecFiles } from '../../report/result.js';
import { resultFromJson } from '../../report/schema.js';
import { readText } from '../io/files.js';
import { complain } from '../io/terminal.js';
import { bloomSubject } from './bloom.js';
import { adviceFor, type ExperimentResult, experimentResult } from './experiment-result.js';
import { loadSubjects } from './load.js';
import { isModule } from './modules.js';

/**
 * The result in a file, or undefined and a complaint.
 * @param purpose completes 'error: cannot … FILE', e.g. `replay`
 * @param instead takes a result of experiments; without it there is a complaint that says what to do with one
 */
export function readResult(
  path: string,
  purpose: string,
  instead?: (found: ExperimentResult) => void,
): Result | undefined {
  const read = readText(path);
  const parsed = read.ok ? resultFromJson(read.text) : { problem: read.reason };
  if ('result' in parsed) return parsed.result;
  const experiments = read.ok ? experimentResult(read.text) : undefined;
  if (experiments && instead) {
    instead(experiments);
    return undefined;
  }
  const problem = experiments ? adviceFor(experiments, path) : parsed.problem;
  complain(`error: cannot ${purpose} ${visible(path)}: ${visible(problem)}\n`);
  return undefined;
}

/**
 * What a check is of. A module is run only if the user has named it, or if it lies below the working folder.
 * @param named paths that the user has named
 * @param advice what to do if it is not there any more
 * @returns undefined, and a complaint, if it is not there or is not what the result is of
 */
export async function subjectOf(
  { spec, bounds }: CheckResult,
  named: readonly string[] | undefined,
  advice: string,
): Promise<Subject | undefined> {
  const paths = named ?? spec.roots;
  const path = paths.join(' ');
  const refused = wrongKind(spec, paths) ?? (named ? undefined : untrusted(spec));
  if (refused !== undefined) return refuse(refused);
  if (spec.roots.some(isModule) && !named) complain(`note: this runs ${visible(path)}\n`);
  const { subjects } = await loadSubjects(paths, { quiet: true });
  if (!subjects) {
    if (!named && !spec.roots.every((root) => existsSync(root)))
      complain(`The result names its spec as seen from the folder of the run; ${advice}.\n`);
    return undefined;
  }
  if (spec.kind !== 'protocol') {
    const [program] = subjects;
    return program?.kind === 'dedalus' ? program : refuse(`${path} makes no program in Bloom any more`);
  }
  const protocols = subjects.filter((it) => it instanceof ProtocolSubject);
  const meant = protocols.find(({ protocol }) => protocol.name === spec.protocol) ?? only(protocols);
  const problem = meant ? changed(meant, bounds.nodes) : `exports no protocol named "${spec.protocol ?? ''}"`;
  return problem === undefined
    ? meant
    : refuse(`${path} ${problem}. Search it again: ${commandLine(['npx', 'ldfi', 'run', ...paths.map(fileWord)])}`);
}

/**
 * The same for who only shows it, and runs nothing: a result carries what a module has made with `bloom`.
 * @param check of no protocol
 */
export async function shownSubjectOf(check: CheckResult, advice: string): Promise<Subject | undefined> {
  const { bloom, roots } = check.spec;
  if (!bloom) return subjectOf(check, undefined, advice);
  const { subject, diagnostics } = await bloomSubject(bloom, modulesOf(check.spec), roots[0] ?? '');
  return subject ?? refuse(`the program in the result is not accepted: ${diagnostics[0]?.message}`);
}

function refuse(problem: string): undefined {
  complain(`error: ${visible(problem)}\n`);
}

const only = <T>(items: readonly T[]): T | undefined => (items.length === 1 ? items[0] : undefined);

function wrongKind({ kind, bloom }: SpecFiles, paths: readonly string[]): string | undefined {
  const isOfModule = kind === 'protocol' || bloom !== undefined;
  const wrong = paths.find((path) => isModule(path) !== isOfModule);
  if (wrong === undefined) return undefined;
  return isOfModule
    ? `${wrong} is a Dedalus program, and the result is of a module`
    : `${wrong} is a module, and the result is of a Dedalus program`;
}

function untrusted({ roots }: SpecFiles): string | undefined {
  const stranger = roots.find((root) => isModule(root) && existsSync(root) && !isBelowHere(root));
  return stranger
    ? `the result names a module outside the working folder, ${stranger}; if you trust it, name it: --spec ${stranger}`
    : undefined;
}

function isBelowHere(path: string): boolean {
  try {
    return !/^(?:\.\.(?:[\\/]|$)|[\\/]|[A-Za-z]:)/.test(relative(realpathSync('.'), realpathSync(path)));
  } catch {
    return false;
  }
}

/** Why a result is not of this protocol any more: its faults name nodes. */
function changed({ protocol }: ProtocolSubject, nodes: readonly string[]): string | undefined {
  if (JSON.stringify(protocol.nodes) === JSON.stringify(nodes)) return undefined;
  return `has changed: the nodes of ${protocol.name} are ${protocol.nodes.join(', ')}, and the result is of ${nodes.join(', ')}`;
}

/**
 * The texts of a protocol's modules, to be shown beside its result: nothing is run, and what lies elsewhere is left
 * out.
 */
export const modulesOf = ({ files }: SpecFiles): SourceFile[] =>
  files.flatMap((path) => {
    const read = isModule(path) && isBelowHere(path) ? readText(path) : undefined;
    return read?.ok ? [{ path, text: read.text }] : [];
  });
