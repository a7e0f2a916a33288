/**
 * Modules of the user's, as the command line loads them: in a thread of their own.
 */
import { relative, resolve } from 'node:path';
import type { SourceFile } from '../../dedalus/ast.js';
import type { Diagnostic } from '../../dedalus/diagnostic.js';
import { renderDiagnostics } from '../../dedalus/render.js';
import type { LoadedThread, ModuleThread } from '../../worker/thread-host.js';
import { adviceFor } from '../io/advice.js';
import { explainHint } from '../io/explain-hint.js';
import { readText, shown } from '../io/files.js';
import { complain, fittedDiagnostics, paletteFor } from '../io/terminal.js';
import { loadErrors } from './load-errors.js';

export type CompiledFiles = LoadedThread['compiled'];

export interface LoadedModule {
  /** Undefined if it could not be loaded. */
  readonly loaded: LoadedThread | undefined;
  readonly thread: ModuleThread | undefined;
  /** The module and the user's own modules that it imports, as far as they were read. */
  readonly files: readonly SourceFile[];
  /** Why it could not be loaded; empty if it could. */
  readonly trouble: readonly Diagnostic[];
}

/** Extensions of modules that can be loaded. */
const EXTENSION = /\.[cm]?[jt]s$/;

export const isModule = (path: string): boolean => EXTENSION.test(path) && !/\.d\.[cm]?ts$/.test(path);

/** Why one of the files cannot be a spec, by its name. */
export function strangerIn(paths: readonly string[]): string | undefined {
  const path = paths.find((it) => /\.(?:[jt]sx|json|d\.[cm]?ts)$/.test(it));
  if (path === undefined) return undefined;
  const what = path.endsWith('.json') ? 'a result is for `ldfi replay` and `ldfi report`' : 'put the protocol in one';
  return `${path} is no spec: those are modules with protocols (.ts, .js) and Dedalus programs (.ded); ${what}`;
}

/**
 * @param signal gives loading up, which rejects with its reason
 * @param compiled what the compiler made of its files before, if that is known
 */
export async function loadModule(path: string, signal?: AbortSignal, compiled?: CompiledFiles): Promise<LoadedModule> {
  const full = resolve(path);
  const read = readText(full);
  const name = shown(path);
  const nothing = { loaded: undefined, thread: undefined };
  if (!read.ok) {
    const message = `cannot read "${name}": ${read.reason}`;
    const span = { file: 0, start: 0, end: 0 };
    const trouble = { severity: 'error', code: 'unreadable', message, span, hint: adviceFor(full) } as const;
    return { ...nothing, files: [{ path: name, text: '' }], trouble: [trouble] };
  }
  const { ModuleThread } = await import('../../worker/thread-host.js');
  const thread = new ModuleThread(full, { signal, ...(compiled && { compiled }) });
  const nameOf = (file: string): string => (file === full ? name : shown(relative('', file)));
  try {
    const loaded = await thread.load();
    const files = loaded.files.map(({ path: file, text }) => ({ path: nameOf(file), text }));
    if (!loaded.thrown) return { loaded, thread, files, trouble: [] };
    const paths = loaded.files.map((file) => file.path);
    thread.close();
    return { ...nothing, files, trouble: loadErrors(loaded.thrown, paths, files) };
  } catch (error) {
    thread.close();
    if (signal?.aborted && error === signal.reason) throw error;
    const files = [{ path: name, text: read.text }];
    return { ...nothing, files, trouble: loadErrors(error, [full], files) };
  }
}

/** Says what is wrong with a module. @param say default `complain` */
export function complainOf(
  diagnostics: readonly Diagnostic[],
  files: readonly SourceFile[],
  say: (text: string) => void = complain,
): void {
  // What concerns a file as a whole is shown without a line of it.
  const whole = files[0] ? [{ path: files[0].path, text: '' }] : [];
  const placed = diagnostics.map((one) =>
    one.span.end === 0 ? { ...one, span: { ...one.span, file: files.length } } : one,
  );
  const text = renderDiagnostics(placed, [...files, ...whole], paletteFor(process.stderr));
  say(fittedDiagnostics(`${text}\n${explainHint(diagnostics)}`));
}
