/**
 * Sources as an editor has them: the text of what is open goes before that of the disk.
 *
 * A file is known by its real path; a document that is no file, by its address.
 */
import { realpathSync } from 'node:fs';
import { dirname, isAbsolute, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ReadResult, SourceReader } from '../../dedalus/reader.js';
import { reasonOf } from '../../files/write.js';
import { readText } from '../io/files.js';

/** What a document is known by. */
export function idOf(uri: string): string {
  if (!uri.startsWith('file:')) return uri;
  try {
    const path = fileURLToPath(uri);
    return realPath(path) ?? path;
  } catch {
    return uri;
  }
}

/** Undefined if there is no such file. */
function realPath(path: string): string | undefined {
  try {
    return realpathSync(path);
  } catch {
    return undefined;
  }
}

/** @param open the text of an open document, by its id */
export const editorReader = (open: (id: string) => string | undefined): SourceReader => ({
  read(path, from): ReadResult {
    const text = from === undefined ? open(path) : undefined;
    if (text !== undefined) return { ok: true, id: path, path, text };
    if (from !== undefined && !isAbsolute(from)) return { ok: false, reason: 'save this file first' };
    const full = from === undefined ? resolve(path) : resolve(dirname(from), path);
    const id = realPath(full) ?? full;
    const own = open(id);
    if (own !== undefined) return { ok: true, id, path: id, text: own };
    try {
      const read = readText(id);
      return read.ok ? { ok: true, id, path: id, text: read.text } : read;
    } catch (error) {
      return { ok: false, reason: reasonOf(error) };
    }
  },
});
