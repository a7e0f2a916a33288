/**
 * Files: reading sources, and finding specs.
 */
import { closeSync, fstatSync, openSync, readdirSync, readSync, realpathSync, statSync } from 'node:fs';
import { isAbsolute, join, normalize, relative, resolve, sep } from 'node:path';
import type { SourceFile } from '../../dedalus/ast.js';
import { reasonOf } from '../../files/write.js';

/** Largest file read, in bytes. */
const MOST_BYTES = 64 * 1024 * 1024;

/** Text of a file, or why there is none. */
export function readText(path: string): { ok: true; text: string } | { ok: false; reason: string } {
  try {
    // Opening a named pipe would block; everything but a regular file is refused before it is opened.
    const stat = statSync(path);
    if (stat.isDirectory()) return { ok: false, reason: 'it is a directory' };
    if (!stat.isFile()) return { ok: false, reason: 'it is not a regular file' };
    if (stat.size > MOST_BYTES) return { ok: false, reason: `it is larger than ${MOST_BYTES / 1024 / 1024} MiB` };
    const handle = openSync(path, 'r');
    try {
      const bytes = new Uint8Array(fstatSync(handle).size);
      let length = 0;
      for (let n = -1; n !== 0 && length < bytes.length; length += n)
        n = readSync(handle, bytes, length, bytes.length - length, null);
      return { ok: true, text: new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(0, length)) };
    } finally {
      closeSync(handle);
    }
  } catch (error) {
    return { ok: false, reason: reasonOf(error) };
  }
}

/** Those of the sources that say something else by now. */
export const editedSince = (files: readonly SourceFile[]): string[] =>
  files.flatMap(({ path, text }) => {
    const now = readText(path);
    return now.ok && now.text !== text ? [path] : [];
  });

/** Paths as people see them: forward slashes, relative to the working folder where that is shorter. */
export function shown(path: string): string {
  const near = relative('', path);
  const isFar = isAbsolute(path) || path.startsWith('..');
  const best = isFar && near !== '' && near.length < path.length ? near : path;
  return best.split(sep).join('/');
}

/** A relative path as imports in a file of this folder have it. */
export function seenFrom(folder: string, path: string): string {
  const found = relative(resolve(folder), resolve(path)).split(sep).join('/');
  return /^\.\.(?:\/|$)/.test(found) ? found : `./${found}`;
}

interface FoundSpecs {
  /** Sorted within each folder, each file once however often it is named. */
  readonly specs: readonly string[];
  readonly missing: readonly { readonly path: string; readonly reason: string }[];
}

const isDedalus = (path: string): boolean => path.endsWith('.ded');

/**
 * All specs at or below some files and folders: what is named, and in folders what `wanted` says. Whatever cannot be
 * looked at is reported, never skipped: a spec that silently goes unchecked would be a false green.
 */
export function findSpecs(paths: readonly string[], wanted: (path: string) => boolean = isDedalus): FoundSpecs {
  const specs: string[] = [];
  const missing: { path: string; reason: string }[] = [];
  // By real path, so that links in a circle end.
  const seen = new Set<string>();
  const visit = (path: string, named: boolean): void => {
    try {
      const real = realpathSync(path);
      const folder = statSync(real).isDirectory();
      if (seen.has(real) || !(folder || named || wanted(path))) return;
      seen.add(real);
      if (!folder) specs.push(shown(normalize(path)));
      else for (const name of readdirSync(path).sort()) if (isOfInterest(name)) visit(join(path, name), false);
    } catch (error) {
      if (named || isDedalus(path) || !isMissing(error)) missing.push({ path: shown(path), reason: reasonOf(error) });
    }
  };
  for (const path of paths) visit(path, true);
  return { specs, missing };
}

/** Whether a folder's entry may be a spec, or a folder with one. */
export const isOfInterest = (name: string): boolean => name !== 'node_modules' && !name.startsWith('.');

/** A link to nowhere that is not named like a spec is left out in silence. */
const isMissing = (error: unknown): boolean => (error as { code?: string }).code === 'ENOENT';
