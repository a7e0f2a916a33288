/**
 * The configuration file: found, loaded like any module of the user's, validated.
 */
import { existsSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { escapeText } from '../dedalus/frame.js';
import type { Config } from '../testing/config.js';
import { readText, shown } from './files.js';
import { complainOf, isModule, loadModule } from './modules.js';
import { complain } from './terminal.js';

/** Names of configurations, as they are looked for in the working folder. */
export const CONFIG_NAMES = ['ts', 'mts', 'cts', 'js', 'mjs', 'cjs', 'json'].map(
  (extension) => `ldfi.config.${extension}`,
);

export interface LoadedConfig {
  /** As shown to people. */
  readonly path: string;
  /** What its paths are relative to; absolute. */
  readonly folder: string;
  readonly config: Config;
  /** The configuration and what it imports. */
  readonly files: readonly string[];
}

/**
 * The configuration: a file of the user's choice, or the one of the working folder.
 * @returns 'none' if there is none; undefined, and a complaint, if there is something wrong with it
 */
export async function loadConfig(named: string | undefined): Promise<LoadedConfig | 'none' | undefined> {
  const found = named === undefined ? CONFIG_NAMES.filter((name) => existsSync(name)) : [named];
  const [path] = found;
  if (path === undefined) return 'none';
  if (found.length > 1) {
    complain(`error: there are ${found.join(' and ')}: keep one, or choose with --config\n`);
    return undefined;
  }
  const loaded = path.endsWith('.json') ? loadJson(path) : await loadCode(path);
  if (!loaded) return undefined;
  const { parseConfig } = await import('../testing/config.js');
  const parsed = parseConfig(loaded.data);
  if ('config' in parsed)
    return { path: shown(path), folder: dirname(resolve(path)), config: parsed.config, files: loaded.files };
  for (const problem of parsed.problems) complain(`error: ${escapeText(shown(path))}: ${escapeText(problem)}\n`);
  return undefined;
}

interface Data {
  readonly data: unknown;
  readonly files: readonly string[];
}

function loadJson(path: string): Data | undefined {
  const read = readText(path);
  try {
    if (read.ok) return { data: JSON.parse(read.text) as unknown, files: [path] };
    complain(`error: cannot read ${escapeText(path)}: ${escapeText(read.reason)}\n`);
  } catch (error) {
    complain(`error: ${escapeText(path)}: it is not JSON: ${escapeText((error as Error).message)}\n`);
  }
  return undefined;
}

async function loadCode(path: string): Promise<Data | undefined> {
  if (!isModule(path)) {
    complain(`error: ${escapeText(basename(path))}: a configuration is a .ts, .js or .json file\n`);
    return undefined;
  }
  const { exports, files, trouble } = await loadModule(path);
  if (trouble.length > 0) complainOf(trouble, files);
  else if (exports.default !== undefined)
    return { data: plain(exports.default), files: files.map((file) => file.path) };
  else complain(`error: ${escapeText(path)}: it has no default export: export default defineConfig({ … })\n`);
  return undefined;
}

/** CommonJS modules come with a `default` of their own. */
const plain = (value: unknown): unknown => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const { default: _, __esModule, ...rest } = value as Record<string, unknown>;
  return rest;
};
