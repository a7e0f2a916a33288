/**
 * What `ldfi test` is to run: specs by path, from the command line or the configuration, and what is to be otherwise
 * for each.
 */
import { existsSync, statSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { globSync, isDynamicPattern } from 'tinyglobby';
import { visible } from '../../core/text.js';
import type { VerdictKind } from '../../dedalus/program.js';
import type { BoundOverrides, Check } from '../../search/check.js';
import type { ConfigEntry } from '../../testing/config.js';
import { adviceFor } from '../io/advice.js';
import { findSpecs, readText, shown } from '../io/files.js';
import { complain } from '../io/terminal.js';
import type { LoadedConfig } from './config.js';
import { isModule } from './modules.js';

export interface Planned {
  readonly path: string;
  /** Named as a file; else it was found, and may turn out to be a mere part of something. */
  readonly named: boolean;
  readonly bounds: BoundOverrides;
  /** For all checks, and by name of the check. */
  readonly expect: { readonly all?: VerdictKind | undefined; readonly by: Readonly<Record<string, VerdictKind>> };
}

export interface Plan {
  readonly specs: readonly Planned[];
  /** How many paths could not be used; said already. */
  readonly missing: number;
  /** Folders in which specs were looked for. */
  readonly folders: readonly string[];
}

interface Found {
  readonly path: string;
  readonly named: boolean;
}

/** @param paths of the command line; if there are none, those of the configuration, or `specs` */
export function makePlan(paths: readonly string[], configured: LoadedConfig | 'none', say = complain): Plan {
  const specs = new Map<string, Planned>();
  const folders: string[] = [];
  let missing = 0;
  const look = (path: string, hint: string): Found[] => {
    const { found, problems, looked } = find(path);
    folders.push(...looked);
    missing += problems.length;
    for (const problem of problems) say(`error: ${visible(problem)}${found.length === 0 ? hint : ''}\n`);
    return found;
  };
  const entries = entriesOf(configured);
  if (paths.length > 0 || !entries)
    for (const path of paths.length > 0 ? paths : [usualFolder(configured)])
      for (const found of look(path, paths.length > 0 ? '' : '; name files or folders')) add(specs, found, undefined);
  const chosen = paths.length > 0 ? new Set(specs.keys()) : undefined;
  for (const { files, entry } of entries ?? [])
    for (const path of files)
      for (const found of chosen ? find(path).found.filter((it) => chosen.has(it.path)) : look(path, ''))
        add(specs, found, entry);
  return { specs: [...specs.values()], missing, folders: [...new Set(folders)] };
}

/** Where specs are if nothing says so: beside the configuration. */
const usualFolder = (configured: LoadedConfig | 'none'): string =>
  configured === 'none' ? 'specs' : shown(relative('', join(configured.folder, 'specs')));

/** What the configuration lists, by paths as seen from the working folder. */
function entriesOf(
  configured: LoadedConfig | 'none',
): { files: string[]; entry: ConfigEntry | undefined }[] | undefined {
  if (configured === 'none') return undefined;
  return configured.config.specs?.map((spec) => {
    const files = typeof spec === 'string' ? [spec] : typeof spec.files === 'string' ? [spec.files] : spec.files;
    const seen = files.map((file) => shown(join(configured.folder, file)));
    return {
      files: seen.map((file) => (file === '' ? '.' : file)),
      entry: typeof spec === 'string' ? undefined : spec,
    };
  });
}

/** Specs at a path: a file, a folder, or a pattern. A path that gives none is a problem. */
function find(path: string): { found: Found[]; problems: string[]; looked: string[] } {
  if (!existsSync(path) && isDynamicPattern(path)) {
    const matches = globSync(path, { ignore: ['**/node_modules/**'], expandDirectories: false })
      .sort()
      .map(shown);
    const problems = matches.length === 0 ? [`no file matches ${path}`] : [];
    const base = path.split('/').findIndex((part) => isDynamicPattern(part));
    const folder = path.split('/').slice(0, base).join('/') || (path.startsWith('/') ? '/' : '.');
    return {
      found: matches.filter(isSpec).map((match) => ({ path: match, named: false })),
      problems,
      looked: [folder],
    };
  }
  const { specs, missing } = findSpecs([path], isSpec);
  const folder = statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
  const problems = missing.map((it) => {
    const advice = adviceFor(it.path);
    return `cannot read ${it.path}: ${it.reason}${advice === undefined ? '' : `; ${advice}`}`;
  });
  return { found: specs.map((spec) => ({ path: spec, named: !folder })), problems, looked: folder ? [path] : [] };
}

/**
 * Whether a file that was found and not named may be a spec: by its name, and of modules those that have to do with
 * `defineProtocol`, `defineSystem` or `bloom` and are no tests.
 */
function isSpec(path: string): boolean {
  if (path.endsWith('.ded')) return true;
  return isModule(path) && !/\.(test|spec|config)\.[cm]?[jt]s$/.test(path) && definesProtocols(path, new Set());
}

/** Whether a module, or one that it imports by a relative path, speaks of one of them. */
function definesProtocols(path: string, seen: Set<string>): boolean {
  if (seen.has(path)) return false;
  seen.add(path);
  const read = readText(path);
  if (!read.ok) return false;
  if (/\b(?:define(?:Protocol|System)\b|bloom\s*\()/.test(read.text)) return true;
  const imports = read.text.matchAll(/(?:\bfrom|\bimport|\brequire\()\s*\(?\s*['"](\.{1,2}\/[^'"]+)['"]/g);
  return [...imports].some(([, target = '']) =>
    sourcesOf(join(dirname(path), target)).some((source) => existsSync(source) && definesProtocols(source, seen)),
  );
}

/**
 * The files that an import may mean: TypeScript is imported by the name that it will have as JavaScript, or without an
 * extension.
 */
const sourcesOf = (target: string): string[] => [
  target,
  target.replace(/\.([cm]?)js$/, '.$1ts'),
  ...['.ts', '.js'].map((extension) => target + extension),
];

function add(specs: Map<string, Planned>, { path, named }: Found, entry: ConfigEntry | undefined): void {
  const known = specs.get(path) ?? { path, named, bounds: {}, expect: { by: {} } };
  const { files: _, expect, ...bounds } = entry ?? {};
  const given = Object.fromEntries(Object.entries(bounds).filter(([, value]) => value !== undefined));
  specs.set(path, {
    path,
    named: known.named || named,
    bounds: { ...known.bounds, ...given },
    expect: {
      all: typeof expect === 'string' ? expect : known.expect.all,
      by: { ...known.expect.by, ...(typeof expect === 'object' && expect) },
    },
  });
}

/**
 * Checks with the verdicts that the configuration expects; undefined, and a complaint, if it names a check that there
 * is not.
 */
export function withExpectations(checks: readonly Check[], { path, expect }: Planned): Check[] | undefined {
  const unknown = Object.keys(expect.by).filter((name) => !checks.some((check) => check.name === name));
  if (unknown.length > 0) {
    const names = checks.map(({ name }) => name).join(', ');
    complain(
      `error: ${visible(`${path}: the configuration expects something of ${unknown.join(', ')}; its checks are: ${names}`)}\n`,
    );
    return undefined;
  }
  return checks.map((check) => ({ ...check, expect: expect.by[check.name] ?? expect.all ?? check.expect }));
}
