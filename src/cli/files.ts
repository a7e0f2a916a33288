/**
 * Files: reading sources, writing results by rename, finding specs.
 */
import {
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
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
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
    EISDIR: 'it is a directory',
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
    return {
      ok: true,
      id: realpathSync(full),
      path: from === undefined ? shown(path) : shown(relative('', full)),
      text: read.text,
    };
  },
};

/**
 * Writes a file whole or not at all: into a temporary file beside it, then a rename.
 * @throws the system error if that fails; an existing file is then as it was
 */
export function writeWhole(path: string, text: string): void {
  mkdirSync(dirname(resolve(path)), { recursive: true });
  const temporary = join(dirname(resolve(path)), `.${basename(path)}.${process.pid}.tmp`);
  try {
    writeFileSync(temporary, text, { flag: 'wx' });
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

/** All `.ded` files at or below the given files and folders, sorted within each folder, without duplicates. */
export function findSpecs(paths: readonly string[]): { specs: string[]; missing: { path: string; reason: string }[] } {
  const specs = new Set<string>();
  const missing: { path: string; reason: string }[] = [];
  const visit = (path: string, named: boolean): void => {
    try {
      if (!statSync(path).isDirectory()) {
        if (named || path.endsWith('.ded')) specs.add(shown(path));
        return;
      }
      const entries = readdirSync(path, { withFileTypes: true }).map(({ name }) => name);
      for (const name of entries.sort())
        if (name !== 'node_modules' && !name.startsWith('.')) visit(join(path, name), false);
    } catch (error) {
      if (named) missing.push({ path, reason: reasonOf(error) });
    }
  };
  for (const path of paths) visit(path, true);
  return { specs: [...specs], missing };
}
