/**
 * Loading what a command works on: Dedalus files together are one program, and every protocol of every module is a
 * subject of its own, as is a module's Bloom program. What is wrong with them is said on stderr.
 */
import { DedalusSubject } from '../../answer/dedalus.js';
import { ProtocolSubject, type SystemOpener } from '../../answer/protocol.js';
import type { Subject } from '../../answer/subject.js';
import { invariant, LdfiError, problemsInWords } from '../../core/invariant.js';
import { visible } from '../../core/text.js';
import type { SourceFile } from '../../dedalus/ast.js';
import type { Diagnostic } from '../../dedalus/diagnostic.js';
import { loadProgram } from '../../dedalus/load.js';
import { locate } from '../../dedalus/locate.js';
import { renderDiagnostics } from '../../dedalus/render.js';
import { ProtocolSystem } from '../../lineage/learned/system.js';
import type { UnreadableSpec } from '../../report/reporters/index.js';
import { plural } from '../../report/words.js';
import { type BoundOverrides, type Check, isCalled } from '../../search/check.js';
import { explainHint } from '../io/explain-hint.js';
import { fileReader } from '../io/file-reader.js';
import { shown } from '../io/files.js';
import { complain, fittedDiagnostics, paletteFor } from '../io/terminal.js';
import { bloomSubject } from './bloom.js';
import { type CompiledFiles, complainOf, isModule, strangerIn } from './modules.js';
import { type LoadedProtocols, loadProtocols, type ProtocolLoader } from './protocols.js';

type Compiled = ReadonlyMap<string, CompiledFiles>;

export interface LoadOptions {
  /** Leave out warnings. */
  readonly quiet: boolean;
  /** A file without checks, or a module without a protocol, may be a part of something: no warning. */
  readonly part?: boolean;
  /** Gives loading a module up, which rejects with its reason. */
  readonly signal?: AbortSignal | undefined;
  /** What the compiler made of modules before, by name. */
  readonly compiled?: Compiled | undefined;
  /** Loads modules; default: this process does. */
  readonly protocols?: ProtocolLoader | undefined;
}

export interface Loaded {
  /** Undefined if there were mistakes; they have been said. */
  readonly subjects: readonly Subject[] | undefined;
  /** All that was read, also in vain. */
  readonly files: readonly SourceFile[];
  /** Mistakes and warnings, in the files in their order. */
  readonly diagnostics: readonly Diagnostic[];
  readonly warnings: number;
  readonly compiled: Compiled;
  /** What reporters have to know if there were mistakes: a spec must not look as if it had not been there. */
  readonly unread: UnreadableSpec;
}

/** Where a subject comes from: which one it is of those that these paths give. Another process finds it by that. */
export interface Origin {
  readonly paths: readonly string[];
  readonly part: boolean;
  readonly number: number;
  readonly compiled: Compiled;
}

const origins = new WeakMap<Subject, Origin>();

/** Of a subject that `loadSubjects` gave. */
export const originOf = (subject: Subject): Origin | undefined => origins.get(subject);

export async function loadSubjects(paths: readonly string[], options: LoadOptions): Promise<Loaded> {
  const loaded = await loadAnew(paths, options);
  loaded.subjects?.forEach((subject, number) => {
    origins.set(subject, { paths, part: options.part ?? false, number, compiled: loaded.compiled });
  });
  return loaded;
}

async function loadAnew(
  paths: readonly string[],
  { quiet, part = false, signal, compiled, protocols = loadProtocols }: LoadOptions,
): Promise<Loaded> {
  const modules = paths.filter(isModule);
  const reason = strangerIn(paths) ?? mixed(paths, modules);
  if (reason !== undefined) {
    complain(`error: ${visible(reason)}\n`);
    return {
      subjects: undefined,
      files: [],
      diagnostics: [],
      warnings: 0,
      compiled: new Map(),
      unread: unreadOf(paths, [], [], reason),
    };
  }
  return modules.length > 0
    ? loadModules(modules, quiet, (path) => protocols(path, part, signal, compiled?.get(path)))
    : loadFiles(paths, quiet, part);
}

function mixed(paths: readonly string[], [module]: readonly string[]): string | undefined {
  const other = paths.find((path) => !isModule(path));
  if (module === undefined || other === undefined) return undefined;
  return `${module} is a module and ${other} a Dedalus file: run them one after the other`;
}

function loadFiles(paths: readonly string[], quiet: boolean, part: boolean): Loaded {
  const { program, files, diagnostics } = loadProgram(paths, fileReader);
  const terse = quiet || (part && program?.checks.length === 0);
  const said = diagnostics.filter(({ severity }) => severity === 'error' || !terse);
  if (said.length > 0)
    complain(fittedDiagnostics(`${renderDiagnostics(said, files, paletteFor(process.stderr))}\n${explainHint(said)}`));
  const errors = countErrors(diagnostics);
  return {
    subjects: program && [new DedalusSubject(program, files, paths.map(shown), diagnostics)],
    files,
    diagnostics,
    warnings: diagnostics.length - errors,
    compiled: new Map(),
    unread: unreadOf(paths, diagnostics, files),
  };
}

async function loadModules(
  paths: readonly string[],
  quiet: boolean,
  load: (path: string) => Promise<LoadedProtocols>,
): Promise<Loaded> {
  const compiled = new Map<string, CompiledFiles>();
  const subjects: Subject[] = [];
  const read: SourceFile[] = [];
  const found: Diagnostic[] = [];
  for (const path of new Set(paths.map(shown))) {
    const { protocols, files, bloom, ...made } = await load(path);
    const program = bloom && made.diagnostics.length === 0 ? await bloomSubject(bloom, files, path) : undefined;
    const diagnostics = program?.diagnostics ?? made.diagnostics;
    compiled.set(path, made.compiled);
    // Spans count files from the first one of all.
    for (const one of diagnostics) found.push({ ...one, span: { ...one.span, file: one.span.file + read.length } });
    read.push(...files);
    const said = diagnostics.filter(({ severity }) => severity === 'error' || !quiet);
    if (said.length > 0) complainOf(said, files);
    if (program?.subject) subjects.push(program.subject);
    for (const { info, names, host } of protocols) {
      const open: SystemOpener = (bounds, options) => {
        invariant(host, 'it is searched where it was loaded');
        return new ProtocolSystem(host, bounds, options);
      };
      subjects.push(new ProtocolSubject(info, files, path, protocols.length === 1, open, names));
    }
  }
  const unread = unreadOf(paths, found, read);
  const errors = countErrors(found);
  return {
    subjects: errors > 0 ? undefined : subjects,
    files: read,
    diagnostics: found,
    warnings: found.length - errors,
    compiled,
    unread,
  };
}

/** How many mistakes there are; said if there are any. */
function countErrors(diagnostics: readonly Diagnostic[]): number {
  const errors = diagnostics.filter(({ severity }) => severity === 'error').length;
  if (errors > 0) complain(`${plural(errors, 'error')}; nothing was run.\n`);
  return errors;
}

/** Why a spec could not be used: its mistakes, or the reason given. */
function unreadOf(
  paths: readonly string[],
  diagnostics: readonly Diagnostic[],
  files: readonly SourceFile[],
  reason = 'its checks cannot be run; the log says why',
): UnreadableSpec {
  const whole = { file: shown(paths[0] ?? ''), line: 1, column: 1 };
  const problems = diagnostics
    .filter(({ severity }) => severity === 'error')
    .map((error) => {
      const { path: file, line, column } = locate(files, error.span);
      return { message: problemsInWords([error]), place: file === '' ? whole : { file, line, column } };
    });
  return {
    path: paths.map(shown).join(' '),
    problems: problems.length > 0 ? problems : [{ message: reason, place: whole }],
  };
}

/** One check, and what it is of. */
export interface Job {
  readonly subject: Subject;
  readonly check: Check;
  /** What it is called while it is searched. */
  readonly label: string;
}

/**
 * The checks of a subject, or undefined, and a complaint, if there is something wrong with their bounds.
 * @param quiet leave out notes
 */
export function jobsOf(subject: Subject, overrides: BoundOverrides, quiet: boolean): Job[] | undefined {
  const where = visible(subject.spec.roots.join(' ') + (subject.name === '' ? '' : ` (${subject.name})`));
  try {
    const checks = subject.checks(overrides);
    const doubts = quiet ? [] : checks.map((check) => subject.doubts(check)).filter((doubt) => doubt !== '');
    for (const doubt of doubts) complain(`note: ${where}: ${doubt}\n`);
    return checks.map((check) => ({ subject, check, label: check.name }));
  } catch (error) {
    if (!(error instanceof LdfiError)) throw error;
    complain(`error: ${where}: ${visible(error.message)}\n`);
    return undefined;
  }
}

/** The checks to run, or undefined (and a complaint) if there is none of that name. */
export function named(jobs: readonly Job[], name: string | undefined): readonly Job[] | undefined {
  if (name === undefined) return jobs;
  const found = jobs.filter(({ check }) => isCalled(check, name));
  if (found.length > 0) return found.map((job) => ({ ...job, check: { ...job.check, name }, label: name }));
  const names = jobs.map(({ check }) => check.name).join(', ');
  complain(`error: ${visible(`no check is named "${name}"; there are: ${names}`)}\n`);
  return undefined;
}
