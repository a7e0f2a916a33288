/** The folders below `specs`: what they are called in the gallery, in its order, and which have pages of their own. */

interface Folder {
  readonly title: string;
  /** Whether each of its specs has a page in `docs/gallery`. */
  readonly hasPages?: true;
}

const FOLDERS: Readonly<Record<string, Folder>> = {
  broadcast: { title: 'Broadcast' },
  commit: { title: 'Atomic commit' },
  replication: { title: 'Replication' },
  consensus: { title: 'Consensus and elections' },
  storage: { title: 'A replicated file system', hasPages: true },
  kvs: { title: 'Key-value stores, level by level', hasPages: true },
  calm: { title: 'Results and the order of messages', hasPages: true },
  mapreduce: { title: 'Word counts, as a batch and as a pipeline', hasPages: true },
  integrity: { title: 'References between sets', hasPages: true },
  election: { title: 'Elections, by messages and by a service', hasPages: true },
  faults: { title: 'Bugs that only some kinds of faults bring out' },
  bugs: { title: 'Bugs that made history' },
  typescript: { title: 'Protocols in TypeScript' },
  adapters: { title: 'Machines of XState' },
  bloom: { title: 'Programs in Bloom' },
};

export const folderOf = (path: string): string => path.split('/')[1] ?? '';

/** Its name if it has no title. */
export const titleOf = (folder: string): string => FOLDERS[folder]?.title ?? folder;

/** Folders in the order of the gallery; those without a title come last. */
export function inOrder(folders: ReadonlySet<string>): string[] {
  return [...new Set([...Object.keys(FOLDERS).filter((one) => folders.has(one)), ...folders])];
}

/** Where the page of a spec is, in the repository; undefined if it has none. Its picture stands beside it. */
export const pageOf = (path: string, end: 'md' | 'svg' = 'md'): string | undefined =>
  FOLDERS[folderOf(path)]?.hasPages && path.endsWith('.ded')
    ? path.replace(/^specs/, 'docs/gallery').replace(/\.ded$/, `.${end}`)
    : undefined;
