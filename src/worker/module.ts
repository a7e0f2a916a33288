/**
 * Loading a module of the user's: TypeScript or JavaScript, ESM or CommonJS, without a build step, wherever `ldfi`
 * itself is installed.
 *
 * jiti does the work. `import … from 'ldfi'` in the module gives the very copy that is running, so the package need not
 * be installed beside it.
 */
import { readFileSync, realpathSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Jiti } from 'jiti';
import { type Compiled, importedBy, isSelfContained, loadCompiled } from './compiled.js';
import { loadCompiler } from './compiler.js';

export interface LoadedModule {
  readonly exports: Readonly<Record<string, unknown>>;
  /** What was thrown, if it could not be loaded. */
  readonly thrown: { readonly error: unknown } | undefined;
  /** The module and the user's own modules that it imports, by absolute path, as far as they were read. */
  readonly files: ReadonlyMap<string, Compiled>;
}

/**
 * Loads a module, whatever was loaded before. Never throws.
 * @param path absolute
 * @param ldfi what `import … from 'ldfi'` is to give
 * @param known what the compiler made of files before: compiling takes most of the time
 * @param progress called as files are read
 */
export async function loadModule(
  path: string,
  ldfi: object,
  known: ReadonlyMap<string, Compiled>,
  progress: () => void = () => undefined,
): Promise<LoadedModule> {
  const files = new Map<string, Compiled>(isSelfContained(known) ? known : []);
  try {
    const exports = await (files.size > 0
      ? loadCompiled(path, ldfi, files)
      : (await jitiFor(path, ldfi, known, files, progress)).import(path));
    return { exports: namesOf(exports), thrown: undefined, files: withRoot(files, path) };
  } catch (error) {
    return { exports: {}, thrown: { error }, files: withRoot(files, path) };
  }
}

/** Makes the compiler ready, which takes longer than most modules do. */
export async function warmUp(): Promise<void> {
  loadCompiler();
  await import('jiti');
}

/**
 * What the compiler makes of a module and of all that it imports, none of which is run. Never throws.
 * @param path absolute
 * @param progress called as files are read
 * @returns undefined if that shows only when the module is loaded
 */
export async function compiledAlone(
  path: string,
  progress: () => void,
): Promise<ReadonlyMap<string, Compiled> | undefined> {
  const files = new Map<string, Compiled>();
  try {
    const jiti = await jitiFor(path, {}, new Map(), files, progress);
    const visit = (file: string): boolean => {
      if (files.has(file)) return true;
      const source = readFileSync(file, 'utf8');
      // What is imported later may never be, and jiti knows a file by its real path.
      if (!/\.m?ts$/.test(file) || /\bimport\s*\(/.test(source) || realpathSync(file) !== file) return false;
      const code = jiti.transform({ source, filename: file, ts: true, async: true });
      return importedBy(file, code).every((imported) => imported !== undefined && visit(imported));
    };
    return visit(path) && isSelfContained(files) ? files : undefined;
  } catch {
    return undefined;
  }
}

/** @param files notes what the compiler makes of files */
async function jitiFor(
  path: string,
  ldfi: object,
  known: ReadonlyMap<string, Compiled>,
  files: Map<string, Compiled>,
  progress: () => void,
): Promise<Jiti> {
  const { createJiti } = await import('jiti');
  return createJiti(path, {
    virtualModules: { ldfi },
    fsCache: false,
    moduleCache: false,
    tsconfigPaths: true,
    transform: (options) => {
      progress();
      const { source } = options;
      const file = options.filename === undefined ? '' : resolve(options.filename);
      const before = known.get(file) ?? files.get(file);
      const own = !file.includes('/node_modules/');
      if (own) files.set(file, { source, code: '' });
      const made =
        before?.source === source && before.code !== ''
          ? before
          : loadCompiler()({ ...options, source: withoutHeader(source) });
      files.set(file, { source, code: made.code });
      return made;
    },
  });
}

/**
 * A text without the words of its first comment. The compiler puts that comment behind the imports, so that all up to
 * its number of lines would stand in others than those of the file.
 */
const withoutHeader = (source: string): string =>
  source.replace(/^\s*\/\*(?:(?!@jsx)[\s\S])*?\*\//, (header) => header.replace(/[^\n]/g, ''));

/** The module itself comes first, also where it needed no compiler. */
function withRoot(files: ReadonlyMap<string, Compiled>, path: string): ReadonlyMap<string, Compiled> {
  return new Map([[path, files.get(path) ?? { source: readFileSync(path, 'utf8'), code: '' }], ...files]);
}

/** Exports by name. CommonJS may export anything at all: what has no names is the default. */
function namesOf(exports: unknown): Record<string, unknown> {
  const named = typeof exports === 'object' && exports !== null ? { ...exports } : {};
  return 'default' in named
    ? named
    : { ...named, default: (exports as { default?: unknown } | null)?.default ?? exports };
}
