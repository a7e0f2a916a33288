/**
 * Loading a module of the user's: TypeScript or JavaScript, ESM or CommonJS, without a build step, wherever `ldfi` itself is installed.
 *
 * jiti does the work. `import … from 'ldfi'` in the module gives the very copy that is running, so the package need not be installed beside it.
 */
import { dirname, relative, resolve } from 'node:path';
import type { SourceFile } from '../dedalus/ast.js';
import type { Diagnostic } from '../dedalus/diagnostic.js';
import { renderDiagnostics } from '../dedalus/render.js';
import { putGates } from '../protocol/gatehouse.js';
import { readText, shown } from './files.js';
import { complain, paletteFor } from './terminal.js';
import { NeverLoaded, troubleOf } from './trouble.js';

export interface LoadedModule {
  /** What it exports; empty if it could not be loaded. */
  readonly exports: Readonly<Record<string, unknown>>;
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

/** How long loading may wait for a top-level await, in milliseconds. */
const PATIENCE = 20_000;

/** What the compiler made of a file's text: modules are loaded again and again, and compiling is what takes the time. */
const CODE = new Map<string, { readonly source: string; readonly code: string }>();

function compiled(file: string, source: string, compile: () => string): string {
  const known = CODE.get(file);
  if (known?.source === source) return known.code;
  const code = compile();
  CODE.set(file, { source, code });
  return code;
}

/** Loads a module anew, whatever was loaded before. Never throws. */
export async function loadModule(path: string): Promise<LoadedModule> {
  const full = resolve(path);
  const read = readText(full);
  const name = shown(path);
  if (!read.ok) return failed([{ path: name, text: '' }], 'unreadable', `cannot read "${name}": ${read.reason}`);
  const { createJiti } = await import('jiti');
  const ldfi = await import('./ldfi.js');
  const compiler = createJiti(full, { fsCache: false });
  const seen = new Map([[full, read.text]]);
  const jiti = createJiti(full, {
    virtualModules: { ldfi },
    fsCache: false,
    moduleCache: false,
    tsconfigPaths: true,
    transform: (options) => {
      if (options.filename && !options.filename.includes('/node_modules/'))
        seen.set(resolve(options.filename), options.source);
      return { code: compiled(options.filename ?? '', options.source, () => compiler.transform(options)) };
    },
  });
  divertConsole();
  // What the module keeps for itself (`const { random } = Math`) is guarded as well.
  putGates();
  const files = (): SourceFile[] => [...seen].map(([file, text]) => ({ path: nameOf(file, full, name), text }));
  try {
    const exports = await inTime(jiti.import(full));
    return { exports: namesOf(exports), files: files(), trouble: [] };
  } catch (error) {
    const trouble = troubleOf(error, [...seen.keys()], files());
    return { exports: {}, files: files(), trouble };
  }
}

/** Says what is wrong with a module. */
export function complainOf(diagnostics: readonly Diagnostic[], files: readonly SourceFile[]): void {
  // What concerns a file as a whole is shown without a line of it.
  const whole = files[0] ? [{ path: files[0].path, text: '' }] : [];
  const placed = diagnostics.map((one) =>
    one.span.end === 0 ? { ...one, span: { ...one.span, file: files.length } } : one,
  );
  complain(`${renderDiagnostics(placed, [...files, ...whole], paletteFor(process.stderr))}\n`);
}

function failed(files: readonly SourceFile[], code: string, message: string): LoadedModule {
  return { exports: {}, files, trouble: [{ severity: 'error', code, message, span: { file: 0, start: 0, end: 0 } }] };
}

/** The root goes by the name that the user gave it. */
const nameOf = (file: string, root: string, name: string): string => (file === root ? name : shown(relative('', file)));

/** Exports by name. CommonJS may export anything at all: what has no names is the default. */
function namesOf(exports: unknown): Record<string, unknown> {
  const named = typeof exports === 'object' && exports !== null ? { ...exports } : {};
  return 'default' in named
    ? named
    : { ...named, default: (exports as { default?: unknown } | null)?.default ?? exports };
}

async function inTime<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () =>
        reject(
          new NeverLoaded(
            `it was not loaded within ${PATIENCE / 1000} s: does it wait for something at its top level?`,
          ),
        ),
      PATIENCE,
    );
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Stdout is for results: what modules and their handlers print goes to stderr. */
function divertConsole(): void {
  for (const name of ['log', 'info', 'debug', 'table', 'dir'] as const) console[name] = console.error;
}

/** Folders in which something that a module is made of may change. */
export const foldersOf = (files: readonly SourceFile[]): string[] => [
  ...new Set(files.map(({ path }) => dirname(resolve(path)))),
];
