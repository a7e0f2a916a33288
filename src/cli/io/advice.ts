/**
 * What to do about a path that cannot be read: a folder is for `ldfi test`, and a name that is nearly right is told.
 *
 * ```
 * error[cannot-read]: cannot read "specs/retri.ded": no such file
 *   = help: did you mean specs/retry.ded?
 * ```
 */
import { existsSync, readdirSync, statSync } from 'node:fs';
import { basename, dirname, extname, join, relative } from 'node:path';
import { commandLine, fileWord } from '../../core/shell.js';
import { suggest } from '../../dedalus/suggest.js';
import { findSpecs, isOfInterest, shown } from './files.js';

/** Undefined if nothing comes to mind. @param path as the user has written it */
export function adviceFor(path: string): string | undefined {
  if (isFolder(path))
    return `it is a folder; this runs all specs in it: ${commandLine(['npx', 'ldfi', 'test', fileWord(relative('', path) || '.')])}`;
  if (existsSync(path)) return undefined;
  const meant = nearIn(dirname(path), path) ?? sameName(path);
  return meant === undefined ? undefined : `did you mean ${shown(meant)}?`;
}

/** The same for a file that is to be included: of another kind than was written it is hardly the one that is meant. */
export function adviceForInclude(path: string): string | undefined {
  const meant = nearIn(dirname(path), path, (name) => extname(name) === extname(path));
  return meant === undefined ? undefined : `did you mean ${basename(meant)}?`;
}

/** What lies where the path leads, by a name that is nearly the same. */
function nearIn(folder: string, path: string, isWanted: (name: string) => boolean = () => true): string | undefined {
  const name = suggest(basename(path), namesIn(folder).filter(isWanted));
  return name === undefined ? undefined : join(folder, name);
}

/** A spec of the folder `specs` by this name, or nearly so. */
function sameName(path: string): string | undefined {
  const { specs } = findSpecs(['specs'], () => true);
  const name = basename(path);
  const meant = specs.some((it) => basename(it) === name)
    ? name
    : suggest(
        name,
        specs.map((it) => basename(it)),
      );
  return specs.find((it) => basename(it) === meant);
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder).filter(isOfInterest).sort();
  } catch {
    return [];
  }
}
