/**
 * What a command works on: a Dedalus program (one or more files) or a protocol (one export of a module). All that differs between the two is here.
 */

import { visible } from '../core/text.js';
import type { Row } from '../core/value.js';
import type { SourceFile } from '../dedalus/ast.js';
import type { Diagnostic } from '../dedalus/diagnostic.js';
import type { Program } from '../dedalus/program.js';
import type { Bounds, Scenario } from '../faults/fault.js';
import type { ProtocolRun } from '../lineage/learned/run.js';
import type { ProtocolSystem } from '../lineage/learned/system.js';
import { DedalusSystem } from '../lineage/system.js';
import type { AnyProtocol } from '../protocol/types.js';
import { type SpecFiles, specFiles } from '../report/result.js';
import type { Invariant } from '../simulator/outcome.js';
import type { Run } from '../simulator/run.js';
import { systemOf } from '../testing/check.js';
import { freshCopies } from './anew.js';
import { shown } from './files.js';
import { complainOf, isModule, strangerIn } from './modules.js';
import { loadProtocols } from './protocols.js';
import { loadSpec } from './spec.js';
import { complain } from './terminal.js';

interface Common {
  /** All files it is made of, by the names that results use. */
  readonly files: readonly SourceFile[];
  readonly spec: SpecFiles;
}

export interface DedalusSubject extends Common {
  readonly kind: 'dedalus';
  readonly program: Program;
}

export interface ProtocolSubject extends Common {
  readonly kind: 'protocol';
  readonly protocol: AnyProtocol;
  /** Whether it is the only protocol of its module. */
  readonly alone: boolean;
}

export type Subject = DedalusSubject | ProtocolSubject;

export interface LoadOptions {
  /** Leave out warnings. */
  readonly quiet: boolean;
  /** A file without checks, or a module without a protocol, may be a part of something: no warning. */
  readonly part?: boolean;
}

export interface Loaded {
  /** Undefined if there were mistakes; they have been said. */
  readonly subjects: readonly Subject[] | undefined;
  /** All that was read, also in vain. */
  readonly files: readonly SourceFile[];
  readonly diagnostics: readonly Diagnostic[];
  readonly warnings: number;
}

/** Dedalus files together are one program; every protocol of every module is a subject of its own. */
export async function loadSubjects(paths: readonly string[], { quiet, part = false }: LoadOptions): Promise<Loaded> {
  const modules = paths.filter(isModule);
  const nothing = { subjects: undefined, files: [], diagnostics: [], warnings: 0 };
  const stranger = strangerIn(paths);
  if (stranger !== undefined) {
    complain(`error: ${visible(stranger)}\n`);
    return nothing;
  }
  if (modules.length > 0 && modules.length < paths.length) {
    const others = paths.filter((path) => !isModule(path));
    complain(
      `error: ${visible(modules[0] ?? '')} is a module and ${visible(others[0] ?? '')} a Dedalus file: run them one after the other\n`,
    );
    return nothing;
  }
  if (modules.length > 0) return loadModules(modules, part);
  const { program, files, diagnostics, warnings } = loadSpec(paths, quiet, part);
  const spec = specFiles(paths.map(shown), files);
  return { subjects: program && [{ kind: 'dedalus', program, files, spec }], files, diagnostics, warnings };
}

async function loadModules(paths: readonly string[], part: boolean): Promise<Loaded> {
  const subjects: Subject[] = [];
  const read: SourceFile[] = [];
  const found: Diagnostic[] = [];
  for (const path of new Set(paths.map(shown))) {
    const { protocols, files, diagnostics } = await loadProtocols(path, part);
    // Spans count files from the first one of all.
    for (const one of diagnostics) found.push({ ...one, span: { ...one.span, file: one.span.file + read.length } });
    read.push(...files);
    if (diagnostics.length > 0) complainOf(diagnostics, files);
    const names = { roots: [path], files: files.map((file) => file.path), kind: 'protocol' as const };
    for (const protocol of protocols)
      subjects.push({
        kind: 'protocol',
        protocol,
        files,
        spec: { ...names, protocol: protocol.name },
        alone: protocols.length === 1,
      });
  }
  if (found.length > 0) complain(`${found.length === 1 ? '1 error' : `${found.length} errors`}; nothing was run.\n`);
  return { subjects: found.length > 0 ? undefined : subjects, files: read, diagnostics: found, warnings: 0 };
}

export interface Reading {
  readonly lineage: 'auto' | 'total' | 'run';
  readonly invariant: Invariant;
}

/** The system of a subject. @throws LdfiError 'bad-bounds' */
export function systemFor(subject: Subject, bounds: Bounds, reading: Reading): DedalusSystem | ProtocolSystem {
  if (subject.kind === 'dedalus') return new DedalusSystem(subject.program, bounds, reading);
  return systemOf(subject.protocol, bounds, {
    lineage: reading.lineage === 'run' ? 'run' : 'auto',
    freshHosts: () => freshCopies(subject),
  });
}

/** Runs one scenario. @throws LdfiError for handlers that do what they must not */
export function runOf(
  subject: Subject,
  bounds: Bounds,
  scenario: Scenario,
  invariant: Invariant,
): Promise<Run | ProtocolRun> {
  return systemFor(subject, bounds, { lineage: 'auto', invariant }).run(scenario);
}

/** What a Dedalus spec promised in a run: its `pre` rows at the end. */
export const promisedIn = (run: Run | ProtocolRun): Row[] => ('finals' in run ? [] : run.rows('pre', run.eot));
