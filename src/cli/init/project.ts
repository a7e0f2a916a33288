/**
 * What `ldfi init` changes in a project that is there: its `package.json` and its `.gitignore`.
 */
import { existsSync, lstatSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { readText } from '../io/files.js';
import { withReports } from './ignore.js';
import { withScript } from './package-script.js';

/** A file, with the text that it gets and what that adds to it; or why it is left alone. */
export type Change = { readonly path: string } & (
  | {
      readonly text: string;
      readonly adds: string;
      readonly isNew: boolean;
      /** Of `package.json`: the name of the script. */
      readonly script?: string;
    }
  | { readonly reason: string }
);

/** The changes to the project in a folder, which need not be there yet. */
export const changes = (folder: string): readonly Change[] =>
  [packageChange(join(folder, 'package.json')), ignoreChange(folder)].filter((one) => one !== undefined);

function packageChange(path: string): Change | undefined {
  if (!isThere(path)) return undefined;
  const read = readText(path);
  if (!read.ok) return { path, reason: read.reason };
  const scripted = withScript(read.text);
  if ('reason' in scripted) return { path, reason: scripted.reason };
  return { path, text: scripted.text, adds: `the script "${scripted.name}"`, isNew: false, script: scripted.name };
}

function ignoreChange(folder: string): Change | undefined {
  const path = join(folder, '.gitignore');
  const isNew = !isThere(path);
  if (isNew && !isInRepository(folder)) return undefined;
  const read = isNew ? ({ ok: true, text: '' } as const) : readText(path);
  if (!read.ok) return { path, reason: read.reason };
  const text = withReports(read.text);
  if (text === undefined) return { path, reason: 'it ignores reports/ already' };
  return { path, text, adds: 'reports/', isNew };
}

const isThere = (path: string): boolean => lstatSync(path, { throwIfNoEntry: false }) !== undefined;

/** Whether a folder, or one above it, is the root of a git repository. */
function isInRepository(folder: string): boolean {
  for (let at = resolve(folder); ; at = dirname(at)) {
    if (existsSync(join(at, '.git'))) return true;
    if (dirname(at) === at) return false;
  }
}

/** Whether the package `ldfi` can be imported in a folder. */
export function isInstalled(folder: string): boolean {
  for (let at = resolve(folder); ; at = dirname(at)) {
    if (existsSync(join(at, 'node_modules/ldfi/package.json'))) return true;
    if (dirname(at) === at) return false;
  }
}
