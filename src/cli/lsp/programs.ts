/**
 * The programs of the workspace, each loaded from one spec and what it includes, kept up to date as texts change.
 *
 * Every spec of the workspace, and every open one, is the root of a program. A file that others include belongs to
 * theirs; one that nobody includes is a program of its own.
 */
import { type LoadResult, loadProgram } from '../../dedalus/load.js';
import type { SourceReader } from '../../dedalus/reader.js';

/** A program, and the id of the file that it is known by. */
export interface Known {
  readonly root: string;
  readonly loaded: LoadResult;
}

/** As it was loaded last, if it was. */
interface Entry {
  loaded: LoadResult | undefined;
  isStale: boolean;
}

/** Specs beyond which those of the workspace are read only when they are opened. */
const MOST_ROOTS = 1000;

export class Programs {
  private readonly entries = new Map<string, Entry>();

  constructor(private readonly reader: SourceReader) {}

  /** Adds a root; it is loaded when it is asked for. */
  add(root: string, isOpen: boolean): void {
    if (this.entries.has(root) || (!isOpen && this.entries.size >= MOST_ROOTS)) return;
    this.entries.set(root, { loaded: undefined, isStale: true });
  }

  remove(root: string): void {
    this.entries.delete(root);
  }

  /** Files have changed: programs with them are out of date. @returns the ids of all files of those */
  changed(ids: ReadonlySet<string>): Set<string> {
    const touched = new Set(ids);
    for (const [root, entry] of this.entries) {
      const own = entry.loaded?.tree.ids ?? [];
      // Where something is missing, any new file may be it.
      const isMeant = ids.has(root) || own.some((id) => id && ids.has(id)) || entry.loaded?.tree.complete === false;
      if (!isMeant) continue;
      entry.isStale = true;
      for (const id of own) if (id) touched.add(id);
    }
    return touched;
  }

  /** Loads one that never was; undefined if there is none left. */
  loadOne(): Known | undefined {
    const root = [...this.entries].find(([, { loaded }]) => !loaded)?.[0];
    return root === undefined ? undefined : { root, loaded: this.load(root) };
  }

  /** All programs, by root in code-unit order. */
  all(): Known[] {
    return [...this.entries.keys()].sort().map((root) => ({ root, loaded: this.load(root) }));
  }

  /** Those loaded so far that a file is in, its own first; its own alone if it is in no other. */
  of(id: string): [Known, ...Known[]] {
    const others = [...this.entries]
      .filter(([root, { loaded }]) => root !== id && loaded?.tree.ids.includes(id))
      .map(([root]) => ({ root, loaded: this.load(root) }))
      .filter(({ loaded }) => loaded.tree.ids.includes(id))
      .sort((a, b) => (a.root < b.root ? -1 : 1));
    const [first, ...rest] = others;
    if (first && !this.entries.has(id)) return [first, ...rest];
    return [{ root: id, loaded: this.load(id) }, ...others];
  }

  private load(root: string): LoadResult {
    const entry = this.entries.get(root);
    if (entry?.loaded && !entry.isStale) return entry.loaded;
    const loaded = loadProgram([root], this.reader);
    if (entry) Object.assign(entry, { loaded, isStale: false });
    return loaded;
  }
}
