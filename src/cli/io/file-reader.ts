/**
 * Sources of Dedalus programs, from the file system.
 */
import { realpathSync } from 'node:fs';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import type { ReadResult, SourceReader } from '../../dedalus/reader.js';
import { reasonOf } from '../../files/write.js';
import { adviceFor, adviceForInclude } from './advice.js';
import { readText, shown } from './files.js';

/** What files that were read are called, by their real path: whoever is included is named as its includer is. */
const names = new Map<string, string>();

export const fileReader: SourceReader = {
  read(path, from): ReadResult {
    const full = from === undefined ? resolve(path) : resolve(dirname(from), path);
    const read = readText(full);
    if (!read.ok) return { ...read, hint: from === undefined ? adviceFor(full) : adviceForInclude(full) };
    try {
      const includer = from === undefined || isAbsolute(path) ? undefined : names.get(from);
      const name = includer === undefined ? shown(path) : shown(join(dirname(includer), path));
      const id = realpathSync(full);
      if (!names.has(id)) names.set(id, name);
      return { ok: true, id, path: name, text: read.text };
    } catch (error) {
      return { ok: false, reason: reasonOf(error) };
    }
  },
};
