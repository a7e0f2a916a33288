/**
 * The port through which the front end gets at source text: it never touches files itself. The command line
 * implements it over a file system; `memoryReader` serves tests and browsers.
 */

/** One source, or why there is none. */
export type ReadResult =
  | {
      readonly ok: true;
      /**
       * Canonical identity: equal exactly for the same source, however it was named. Also the `from` of later reads.
       */
      readonly id: string;
      /** The name shown to people. */
      readonly path: string;
      readonly text: string;
    }
  | {
      readonly ok: false;
      /** Why, in words that complete 'cannot read "x": …', e.g. `no such file`. */
      readonly reason: string;
      /** What to write instead, if that can be guessed. */
      readonly hint?: string | undefined;
    };

/** Reads sources, synchronously. */
export interface SourceReader {
  /**
   * @param path as written by the user, or in an `include`
   * @param from `id` of the source in whose folder `path` is looked up; `undefined` for a path of the command line
   */
  read(path: string, from: string | undefined): ReadResult;
}

/** A reader over texts by path: forward slashes, `.` and `..` resolved. */
export function memoryReader(files: Readonly<Record<string, string>>): SourceReader {
  const texts = new Map(Object.entries(files).map(([path, text]) => [normalise(path), text]));
  return {
    read(path, from) {
      const folder = from === undefined || path.startsWith('/') ? '' : from.slice(0, from.lastIndexOf('/') + 1);
      const id = normalise(folder + path);
      const text = texts.get(id);
      if (text !== undefined) return { ok: true, id, path: id, text };
      const prefix = id === '' ? '' : `${id}/`;
      const isFolder = [...texts.keys()].some((known) => known.startsWith(prefix));
      return { ok: false, reason: isFolder ? 'it is a directory' : 'no such file' };
    },
  };
}

function normalise(path: string): string {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part === '..' && parts.length > 0 && parts[parts.length - 1] !== '..') parts.pop();
    else parts.push(part);
  }
  return (path.startsWith('/') ? '/' : '') + parts.join('/');
}
