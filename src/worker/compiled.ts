/**
 * Loading a module whose compiled code is known: without a compiler and without jiti, whose own loading takes longer
 * than all the rest of a fresh thread's start.
 *
 * Only for modules that import nothing but `ldfi` and each other, by relative paths. They see what jiti would give
 * them: the same functions around their code, and exports as jiti hands them on.
 */
import { existsSync } from 'node:fs';
import { Module } from 'node:module';
import { dirname, resolve } from 'node:path';
import { runInThisContext } from 'node:vm';

/** A file as the compiler was given it, and what it made of it. */
export interface Compiled {
  readonly source: string;
  readonly code: string;
}

type Files = ReadonlyMap<string, Compiled>;
type Exports = Record<PropertyKey, unknown>;

/** As jiti's compiler writes an import. */
const IMPORT = /\bjitiImport\((["'])([^"'\\]+)\1\)/g;

/** Whether `loadCompiled` can load these files; they may be none at all. */
export function isSelfContained(files: Files): boolean {
  for (const [path, { code }] of files) {
    if (code === '' || code.startsWith('#!')) return false;
    if (/\b(?:jitiImport|jitiESMResolve|require|__JITI_ERROR__)\b/.test(code.replaceAll(IMPORT, ''))) return false;
    for (const [, , id = ''] of code.matchAll(IMPORT))
      if (id !== 'ldfi' && fileOf(id, path, files) === undefined) return false;
  }
  return files.size > 0;
}

/** The file that a relative import means, as TypeScript has it: `./a.js` may be `./a.ts`. */
function fileOf(id: string, from: string, files: Pick<Files, 'has'>): string | undefined {
  if (!/^\.\.?\//.test(id)) return undefined;
  const exact = resolve(dirname(from), id);
  if (files.has(exact)) return exact;
  const path = exact.replace(/\.([cm]?)js$/, '.$1ts');
  return files.has(path) && !existsSync(exact) ? path : undefined;
}

/** The files that a compiled one imports, but for `ldfi`; undefined stands for what is no file beside it. */
export const importedBy = (path: string, code: string): readonly (string | undefined)[] =>
  [...code.matchAll(IMPORT)].flatMap(([, , id = '']) => (id === 'ldfi' ? [] : [fileOf(id, path, { has: existsSync })]));

/** @param path of the module, one of `files` */
export function loadCompiled(path: string, ldfi: object, files: Files): Promise<unknown> {
  const modules = new Map<string, Module>();
  const load = async (file: string): Promise<unknown> => {
    const known = modules.get(file);
    // One that is still being loaded has what it has exported so far.
    if (known) return handedOn(known.exports);
    const module = new Module(file);
    modules.set(file, module);
    module.filename = file;
    module.path = dirname(file);
    const parameters = 'exports, require, module, __filename, __dirname, jitiImport, jitiESMResolve';
    const text = `(async function (${parameters}) { ${files.get(file)?.code}\n});`;
    const run = runInThisContext(text, { filename: file, lineOffset: 0, displayErrors: false }) as (
      ...values: unknown[]
    ) => Promise<void>;
    await run(module.exports, undefined, module, file, module.path, (id: string) =>
      id === 'ldfi' ? Promise.resolve(handedOn(ldfi)) : load(fileOf(id, file, files) as string),
    );
    module.loaded = true;
    return handedOn(module.exports);
  };
  return load(path);
}

/** What importers see: the exports, and those of the default export where there are no others of that name. */
function handedOn(exports: unknown): unknown {
  if ((typeof exports !== 'object' && typeof exports !== 'function') || exports === null) return exports;
  const { default: main, __esModule } = exports as Exports;
  const inner = (typeof main === 'object' && main !== null) || typeof main === 'function' ? (main as Exports) : {};
  const seen = new Map<PropertyKey, unknown>();
  const look = (target: object, name: PropertyKey): unknown => {
    if (name === '__esModule') return true;
    if (name === 'default') {
      if (main === undefined || main === null) return exports;
      return typeof inner.default === 'function' && __esModule ? inner.default : main;
    }
    if (name in target) return (target as Exports)[name];
    const value = inner[name];
    return typeof value === 'function' ? value.bind(inner) : value;
  };
  return new Proxy(exports, {
    get(target, name) {
      if (!seen.has(name)) seen.set(name, look(target, name));
      return seen.get(name);
    },
  });
}
