/**
 * Files: reading sources, writing results by rename, finding specs; and what can go wrong with them in words.
 */
import {
  chmodSync,
  closeSync,
  fstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, isAbsolute, join, normalize, relative, resolve, sep } from 'node:path';
import type { ReadResult, SourceReader } from '../dedalus/reader.js';

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

/** A system error in words. */
export function reasonOf(error: unknown): string {
  const code = (error as { code?: string }).code ?? '';
  const known: Record<string, string> = {
    ENOENT: 'no such file',
    EACCES: 'permission denied',
    EPERM: 'it is not permitted',
    EEXIST: 'a part of the path is not a directory',
    EISDIR: 'it is a directory',
    EFBIG: 'it would be too large',
    ENOTDIR: 'a part of the path is not a directory',
    ELOOP: 'too many symbolic links',
    ENAMETOOLONG: 'the name is too long',
    EROFS: 'the file system is read-only',
    ENOSPC: 'no space left',
    ERR_ENCODING_INVALID_ENCODED_DATA: 'it is not UTF-8 text',
    ERR_INVALID_ARG_VALUE: 'the path is not valid',
  };
  return known[code] ?? (error instanceof Error ? error.message : String(error));
}

/** Paths as people see them: forward slashes, relative to the working folder where that is shorter. */
export function shown(path: string): string {
  const near = relative('', path);
  const best = isAbsolute(path) && near !== '' && near.length < path.length ? near : path;
  return best.split(sep).join('/');
}

/** Sources from the file system. */
export const fileReader: SourceReader = {
  read(path, from): ReadResult {
    const full = from === undefined ? resolve(path) : resolve(dirname(from), path);
    const read = readText(full);
    if (!read.ok) return read;
    try {
      const name = from === undefined ? shown(path) : shown(relative('', full));
      return { ok: true, id: realpathSync(full), path: name, text: read.text };
    } catch (error) {
      return { ok: false, reason: reasonOf(error) };
    }
  },
};

/**
 * Writes a file whole or not at all: into a temporary file beside it, then a rename. Through a symbolic link it writes what the link
 * names; to a device or a pipe, which a rename would replace, it writes directly.
 * @throws the system error if that fails; an existing file is then as it was
 */
export function writeWhole(path: string, text: string): void {
  const there = statSync(path, { throwIfNoEntry: false });
  if (there?.isDirectory()) throw Object.assign(new Error('it is a directory'), { code: 'EISDIR' });
  if (there && !there.isFile()) {
    writeFileSync(path, text);
    return;
  }
  const target = there ? realpathSync(path) : resolve(path);
  mkdirSync(dirname(target), { recursive: true });
  const temporary = join(dirname(target), `.ldfi-${process.pid}.tmp`);
  try {
    writeFileSync(temporary, text, { flush: true });
    if (there) chmodSync(temporary, there.mode & 0o777);
    renameSync(temporary, target);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

interface FoundSpecs {
  /** Sorted within each folder, each file once however often it is named. */
  readonly specs: readonly string[];
  readonly missing: readonly { readonly path: string; readonly reason: string }[];
}

const isDedalus = (path: string): boolean => path.endsWith('.ded');

/**
 * All specs at or below some files and folders: what is named, and in folders what `wanted` says. Whatever cannot be looked at is reported, never
 * skipped: a spec that silently goes unchecked would be a false green.
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

const isOfInterest = (name: string): boolean => name !== 'node_modules' && !name.startsWith('.');

/** A link to nowhere that is not named like a spec is nobody's business. */
const isMissing = (error: unknown): boolean => (error as { code?: string }).code === 'ENOENT';
