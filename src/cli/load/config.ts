/**
 * The configuration file: found, loaded like any module of the user's, validated.
 */
import { existsSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import type { Problem } from '../../core/invariant.js';
import { visible } from '../../core/text.js';
import type { SourceFile } from '../../dedalus/ast.js';
import type { Diagnostic } from '../../dedalus/diagnostic.js';
import { exportedAt } from '../../report/source/exported.js';
import { findProperty } from '../../report/source/literal.js';
import type { Config } from '../../testing/config.js';
import { readText, shown } from '../io/files.js';
import { parseTarget, type Target } from '../io/reporter-flag.js';
import { complain } from '../io/terminal.js';
import { complainOf, isModule, loadModule } from './modules.js';

/** Names of configurations, as they are looked for. */
export const CONFIG_NAMES = ['ts', 'mts', 'cts', 'js', 'mjs', 'cjs', 'json'].map(
  (extension) => `ldfi.config.${extension}`,
);

export interface LoadedConfig {
  /** As shown to people. */
  readonly path: string;
  /** What its paths are relative to; absolute. */
  readonly folder: string;
  readonly config: Config;
  /** Its reporters, read. */
  readonly reporters: readonly Target[];
  /** The configuration and what it imports. */
  readonly files: readonly string[];
}

/**
 * Where a configuration may be: in the working folder, or in one above it, as far as the project goes (a folder with a
 * `package.json` or `.git` is its root).
 * @returns paths, the nearest folder first
 */
export function configPlaces(): string[][] {
  const places: string[][] = [];
  for (let folder = resolve('.'); ; folder = dirname(folder)) {
    places.push(CONFIG_NAMES.map((name) => relative('', join(folder, name))));
    const isRoot = ['package.json', '.git'].some((name) => existsSync(join(folder, name)));
    if (isRoot) return places;
    // Without a project nothing above is anybody's.
    if (dirname(folder) === folder) return places.slice(0, 1);
  }
}

/**
 * The configuration: a file of the user's choice, or the nearest one from the working folder up.
 * @returns 'none' if there is none; undefined, and a complaint, if there is something wrong with it
 */
export async function loadConfig(named: string | undefined): Promise<LoadedConfig | 'none' | undefined> {
  const near = configPlaces().map((paths) => paths.filter((path) => existsSync(path)));
  const found = named === undefined ? (near.find((paths) => paths.length > 0) ?? []) : [named];
  const [path] = found;
  if (path === undefined) return 'none';
  if (found.length > 1) {
    complain(`error: there are ${found.join(' and ')}: keep one, or choose with --config\n`);
    return undefined;
  }
  const loaded = path.endsWith('.json') ? loadJson(path) : await loadCode(path);
  if (!loaded) return undefined;
  const { parseConfig } = await import('../../testing/config.js');
  const parsed = parseConfig(loaded.data);
  const targets = 'config' in parsed ? (parsed.config.reporters ?? []).map(parseTarget) : [];
  const problems = 'config' in parsed ? targets.flatMap(reporterProblem) : parsed.problems;
  if ('config' in parsed && problems.length === 0)
    return {
      path: shown(path),
      folder: dirname(resolve(path)),
      config: parsed.config,
      reporters: targets.flatMap((it) => ('problem' in it ? [] : [it])),
      files: loaded.files.map((file) => file.path),
    };
  complainOf(diagnosticsOf(problems, loaded.files), loaded.files);
  return undefined;
}

const reporterProblem = (target: ReturnType<typeof parseTarget>, i: number): Problem[] =>
  'problem' in target ? [{ path: ['reporters', i], message: `\`reporters[${i}]\`: ${target.problem}` }] : [];

interface Data {
  readonly data: unknown;
  /** The configuration first. */
  readonly files: readonly SourceFile[];
}

function loadJson(path: string): Data | undefined {
  const read = readText(path);
  try {
    if (read.ok) return { data: JSON.parse(read.text) as unknown, files: [{ path: shown(path), text: read.text }] };
    complain(`error: cannot read ${visible(path)}: ${visible(read.reason)}\n`);
  } catch (error) {
    complain(`error: ${visible(path)}: it is not JSON: ${visible((error as Error).message)}\n`);
  }
  return undefined;
}

async function loadCode(path: string): Promise<Data | undefined> {
  if (!isModule(path)) {
    complain(`error: ${visible(basename(path))}: a configuration is a .ts, .js or .json file\n`);
    return undefined;
  }
  const { thread, files, trouble } = await loadModule(path);
  if (trouble.length > 0) complainOf(trouble, files);
  const exported = await thread?.exported();
  thread?.close();
  if (exported !== undefined) return { data: plain(exported), files };
  if (trouble.length === 0)
    complain(`error: ${visible(path)}: it has no default export: export default defineConfig({ … })\n`);
  return undefined;
}

/** CommonJS modules come with a `default` of their own. */
const plain = (value: unknown): unknown => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const { default: _, __esModule, ...rest } = value as Record<string, unknown>;
  return rest;
};

/** One per problem, at its property where that is written out in the file. */
function diagnosticsOf(problems: readonly Problem[], files: readonly SourceFile[]): Diagnostic[] {
  const text = files[0]?.text ?? '';
  const at = exportedAt(text, 'defineConfig');
  const diagnostics = problems.map(({ path, message, hint }): Diagnostic => {
    const { start, end } = (at === undefined ? undefined : findProperty(text, at, path)) ?? { start: 0, end: 0 };
    return { severity: 'error', code: 'bad-config', message, hint, span: { file: 0, start, end } };
  });
  return diagnostics.sort((a, b) => a.span.start - b.span.start);
}
